//! Words in what somebody wrote → whether they are said, or denied, dated, or made conditional (非工业, 原工业, 拟改工业).

/// What turns a word into its opposite, or says that it held once, or may come to hold.
const HEDGES: [&str; 24] = [
    "非",
    "不",
    "未",
    "无",
    "否",
    "没有",
    "禁",
    "除",
    "以外",
    "原",
    "曾",
    "拟",
    "待",
    "暂",
    "或",
    "改",
    "转",
    "变更",
    "调整为",
    "调为",
    "计划",
    "疑似",
    "可能",
    "存疑",
];

/// Words that hold one of these and deny nothing.
const HARMLESS: [&str; 44] = [
    "不动产",
    "不可抗力",
    "不锈钢",
    "无线",
    "无机",
    "无纺",
    "无人机",
    "无菌",
    "无锡",
    "非金属",
    "非机动",
    "非遗",
    "未来",
    "原料",
    "原材料",
    "原油",
    "原药",
    "原种",
    "平原",
    "草原",
    "高原",
    "中原",
    "太原",
    "转运",
    "转角",
    "转盘",
    "中转",
    "周转",
    "运转",
    "旋转",
    "改建",
    "改造",
    "改良",
    "改性",
    "改装",
    "改善",
    "接待",
    "招待",
    "待遇",
    "拆除",
    "除尘",
    "除湿",
    "无障碍",
    "计划生育",
];

/// What stands between a hedge and the word that it is said of: 非因政府, 未办理出让.
const BETWEEN: [&str; 13] = [
    "办理", "属于", "作为", "因", "由", "于", "系", "为", "属", "是", "办", "经", "以",
];

/// What takes a word back that stands before it.
const AFTER: [&str; 9] = [
    "无关", "除外", "以外", "之外", "未定", "待定", "待核", "不明", "存疑",
];

/// Whether a text denies, dates or doubts anything at all. A text that does so says nothing certain of any word in it.
pub fn is_hedged(text: &str) -> bool {
    HEDGES.iter().any(|hedge| text.contains(hedge)) && {
        let bare = HARMLESS
            .iter()
            .fold(text.to_owned(), |text, word| text.replace(word, ""));
        HEDGES.iter().any(|hedge| bare.contains(hedge))
    }
}

/// Whether a text holds a word and says it plainly at least once: 政府原因 is said in 政府未交地, and not in 非政府原因.
pub fn says(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        !is_hedge_before(before) && !is_taken_back(after)
    })
}

fn is_hedge_before(mut before: &str) -> bool {
    while let Some(rest) = BETWEEN.iter().find_map(|word| before.strip_suffix(word)) {
        if HEDGES.iter().any(|hedge| before.ends_with(hedge)) {
            return true;
        }
        before = rest;
    }
    HEDGES.iter().any(|hedge| before.ends_with(hedge))
        && HARMLESS.iter().all(|word| !before.ends_with(word))
}

fn is_taken_back(after: &str) -> bool {
    let after = ["的原因", "原因", "因素", "方面"]
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .unwrap_or(after);
    AFTER.iter().any(|word| after.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_denies_dates_or_doubts_is_hedged() {
        for text in [
            "非工业用地",
            "不是工业",
            "商业用地（原工业）",
            "居住用地（拟改工业）",
            "工业用地转居住",
            "工业或仓储",
            "待定",
            "未知",
            "除工业外",
            "暂定工业",
        ] {
            assert!(is_hedged(text), "{text}");
        }
        for text in [
            "工业用地",
            "不动产分割登记",
            "非金属矿物制品工业",
            "原料仓库",
            "中转仓储用地",
            "改建竣工",
            "industrial",
        ] {
            assert!(!is_hedged(text), "{text}");
        }
    }

    #[test]
    fn a_word_is_said_unless_every_time_it_is_taken_back() {
        for text in ["因政府规划调整", "政府未交地", "政府", "企业反映系政府原因"]
        {
            assert!(says(text, "政府"), "{text}");
        }
        for text in [
            "非政府原因",
            "无政府原因",
            "不是因政府原因",
            "非因政府",
            "与政府无关",
            "政府原因除外",
            "企业",
        ] {
            assert!(!says(text, "政府"), "{text}");
        }
        assert!(says("不可抗力", "不可抗力") && !says("非不可抗力", "不可抗力"));
        assert!(!says("未办理出让", "出让") && !says("尚未出让", "出让"));
        assert!(says("因不可抗力", "不可抗力"));
    }
}
