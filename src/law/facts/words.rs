//! The words that some facts may be, each with what else it is called.

/// A word and what else it may be called.
pub(super) type Words = &'static [(&'static str, &'static [&'static str])];

/// 亩均评价.
pub(super) const CLASS: Words = &[
    ("A", &["A类"]),
    ("B", &["B类"]),
    ("C", &["C类"]),
    ("D", &["D类"]),
    ("unrated", &["未参评", "未评价", "新企业"]),
];
/// 产业结构调整指导目录.
pub(super) const STATUS: Words = &[
    ("encouraged", &["鼓励类", "鼓励"]),
    ("permitted", &["允许类", "允许"]),
    ("restricted", &["限制类", "限制"]),
    ("eliminated", &["淘汰类", "淘汰"]),
];
/// 闲置原因.
pub(super) const CAUSE: Words = &[
    ("government", &["政府", "政府原因"]),
    ("enterprise", &["企业", "企业原因"]),
    ("force_majeure", &["不可抗力"]),
    ("unknown", &["不明"]),
];
/// 施工图审查分类: 特殊建设工程, 低风险工程, 一般工程.
pub(super) const REVIEW: Words = &[
    ("special", &["特殊建设工程", "特殊"]),
    ("low_risk", &["低风险工程", "低风险"]),
    ("general", &["一般工程", "一般"]),
];
/// Editions of GB/T 4754.
pub(super) const EDITION: Words = &[
    ("2002", &["GB/T 4754-2002"]),
    ("2011", &["GB/T 4754-2011"]),
    ("2017", &["GB/T 4754-2017"]),
];
/// 土地等别, as in 国土资发〔2006〕307号.
pub(super) const GRADE: Words = &[
    ("1", &["一", "一等"]),
    ("2", &["二", "二等"]),
    ("3", &["三", "三等"]),
    ("4", &["四", "四等"]),
    ("5", &["五", "五等"]),
    ("6", &["六", "六等"]),
    ("7", &["七", "七等"]),
    ("8", &["八", "八等"]),
    ("9", &["九", "九等"]),
    ("10", &["十", "十等"]),
    ("11", &["十一", "十一等"]),
    ("12", &["十二", "十二等"]),
    ("13", &["十三", "十三等"]),
    ("14", &["十四", "十四等"]),
    ("15", &["十五", "十五等"]),
];
