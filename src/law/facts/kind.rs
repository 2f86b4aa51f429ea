//! What kind of thing a fact is, and who knows it.

/// A fact that a rule can ask for, by its name in a check file: `site.area_m2`.
#[derive(Debug)]
pub struct Fact {
    /// `table.key`.
    pub name: &'static str,
    /// What it holds.
    pub kind: FactKind,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// Who knows it.
    pub from: Authority,
    /// What it usually is, as in a check file, or the name of the fact that it usually equals. Nothing is taken for granted
    /// by it.
    pub usual: Option<&'static str>,
}

/// What a fact holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// m² of land, rounded half-up to 0.01.
    Land,
    /// 亩 of land; held in m², unrounded.
    Mu,
    /// m² of floor or footprint, rounded half-up to 0.01.
    Floor,
    /// A share from 0 to 1, or `"30 %"`.
    Share,
    /// A plot ratio (容积率).
    PlotRatio,
    /// Metres.
    Metres,
    /// A whole number of things.
    Count,
    /// 万元.
    Wan,
    /// 万元 for each 亩.
    WanPerMu,
    /// 元 for each m².
    YuanPerM2,
    /// Yes or no.
    Truth,
    /// A day.
    Day,
    /// A day, or no when it has not come.
    DayOrNo,
    /// One of these words, each with what else it may be called.
    Word(&'static [(&'static str, &'static [&'static str])]),
    /// A use of land by its English or Chinese name.
    Use,
    /// 权利类型, as a code of TD/T 1066-2021 or its label.
    RightType,
    /// 权利性质, as a code of TD/T 1066-2021 or its label.
    RightNature,
    /// Any text.
    Text,
    /// Any texts.
    Texts,
    /// A number of 万元 for each 亩 by year.
    WanPerMuByYear,
    /// m² of floor by storey.
    FloorByStorey,
}

/// Who knows a fact: where to get it when it is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authority {
    /// 不动产登记、测绘.
    Register,
    /// 出让合同或划拨决定书.
    Contract,
    /// 控制性详细规划.
    Plan,
    /// 项目备案、设计方案.
    Project,
    /// 审批部门.
    Approval,
    /// 经信部门.
    Industry,
    /// 税务部门.
    Tax,
    /// 自然资源规划部门.
    Land,
    /// 财政、统计.
    Finance,
}

impl Authority {
    /// Where to ask, in Chinese and English.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Register => ("不动产登记或测绘成果", "the land register or the survey"),
            Self::Contract => (
                "出让合同或划拨决定书",
                "the grant contract or allocation decision",
            ),
            Self::Plan => ("控制性详细规划", "the detailed plan"),
            Self::Project => ("项目备案或设计方案", "the project filing or the design"),
            Self::Approval => ("项目审批部门", "the approving department"),
            Self::Industry => ("经信部门", "the industry department"),
            Self::Tax => ("税务部门", "the tax department"),
            Self::Land => ("自然资源规划部门", "the natural-resources department"),
            Self::Finance => ("财政或统计部门", "the finance or statistics department"),
        }
    }
}
