//! The states of land in the survey of idle and inefficient land, and why a parcel is in one.

use jiff::civil::Date;

/// How far a parcel has come from approval to use; the order is that of its life (批而未供、供而未用、闲置、疑似闲置、在建、
/// 建成、低效).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// 批而未供: approved for building, granted to nobody.
    ApprovedNotSupplied,
    /// 供而未用: granted, building not begun, not idle.
    SuppliedNotStarted,
    /// 闲置: not begun a year after the day agreed (闲置土地处置办法 第二条第一款).
    Idle,
    /// 疑似闲置: may be found idle (第二条第二款), or looks empty and no contract says why.
    SuspectedIdle,
    /// 在建: begun, not complete.
    UnderConstruction,
    /// 建成: complete and in use, as far as anybody says.
    Built,
    /// 低效: complete, and below a limit of law, plan, contract or policy.
    Inefficient,
    /// Facts are missing.
    Unknown,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::ApprovedNotSupplied,
        Self::SuppliedNotStarted,
        Self::Idle,
        Self::SuspectedIdle,
        Self::UnderConstruction,
        Self::Built,
        Self::Inefficient,
        Self::Unknown,
    ];

    /// The state by the word in the column `state`.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == word)
    }

    /// The word in the column `state`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ApprovedNotSupplied => "approved_not_supplied",
            Self::SuppliedNotStarted => "supplied_not_started",
            Self::Idle => "idle",
            Self::SuspectedIdle => "suspected_idle",
            Self::UnderConstruction => "under_construction",
            Self::Built => "built",
            Self::Inefficient => "inefficient",
            Self::Unknown => "unknown",
        }
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::ApprovedNotSupplied => "批而未供",
            Self::SuppliedNotStarted => "供而未用",
            Self::Idle => "闲置",
            Self::SuspectedIdle => "疑似闲置",
            Self::UnderConstruction => "在建",
            Self::Built => "建成",
            Self::Inefficient => "低效",
            Self::Unknown => "情况不明",
        }
    }
}

/// Why a parcel is in its state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Building had not begun a year after the day agreed.
    NotStartedForAYear,
    /// Begun on less than a third of the land, then stopped for a year.
    StoppedUnderAThird,
    /// Begun with less than 25 % of the money, then stopped for a year.
    StoppedUnderAQuarter,
    /// Both.
    StoppedUnderBoth,
    /// By its contract idle, but buildings stand on it.
    ContradictedByBuildings,
    /// Not begun, and the day agreed has not come.
    NotDue,
    /// Not begun, and the day agreed is past by less than a year.
    Overdue,
    /// Begun, not complete.
    Started,
    /// Complete by its contract.
    Completed,
    /// Complete as its buildings show.
    BuildingsStand,
    /// Buildings stand on it that are not complete.
    BuildingsUnfinished,
    /// Recorded as granted to nobody.
    RecordedUnallotted,
    /// Recorded as empty.
    RecordedVacant,
    /// No building stands on it.
    NoBuilding,
    /// Buildings cover next to nothing of it.
    NearlyNoBuilding,
    /// Its enterprises pay little tax for their land.
    LowTax,
    /// Its plot ratio is below that of its industry.
    BelowIndustry,
    /// Its plot ratio is below the least of its plan.
    BelowPlan,
    /// Its plot ratio is below that of its contract.
    BelowContract,
    /// Its records contradict each other.
    Contradiction,
    /// Facts are missing.
    Missing,
}

impl Reason {
    /// The word in the column `reason`.
    pub const fn name(self) -> &'static str {
        self.words().0
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        self.words().1
    }

    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NotStartedForAYear => ("not_started_for_a_year", "超过动工开发日期满一年未动工"),
            Self::StoppedUnderAThird => (
                "stopped_under_a_third",
                "已动工面积不足三分之一，中止开发建设满一年",
            ),
            Self::StoppedUnderAQuarter => (
                "stopped_under_a_quarter_invested",
                "已投资额不足百分之二十五，中止开发建设满一年",
            ),
            Self::StoppedUnderBoth => (
                "stopped_under_a_third_and_a_quarter_invested",
                "已动工面积不足三分之一、已投资额不足百分之二十五，中止开发建设满一年",
            ),
            Self::ContradictedByBuildings => (
                "contradicted_by_buildings",
                "合同台账为未动工满一年，但地上有建筑，须核实",
            ),
            Self::NotDue => ("not_due", "未到约定动工开发日期"),
            Self::Overdue => ("overdue", "已过约定动工开发日期，未满一年"),
            Self::Started => ("started", "已动工，未竣工"),
            Self::Completed => ("completed", "已竣工"),
            Self::BuildingsStand => ("buildings_stand", "地上有建筑"),
            Self::BuildingsUnfinished => ("buildings_unfinished", "地上建筑未竣工"),
            Self::RecordedUnallotted => ("recorded_unallotted", "登记为未供应"),
            Self::RecordedVacant => ("recorded_vacant", "登记为空闲"),
            Self::NoBuilding => ("no_building", "地上无建筑（几何线索）"),
            Self::NearlyNoBuilding => ("nearly_no_building", "建筑基底占比极低（几何线索）"),
            Self::LowTax => ("low_tax", "连续两年亩均税收偏低"),
            Self::BelowIndustry => ("plot_ratio_below_industry", "容积率低于行业控制值"),
            Self::BelowPlan => ("plot_ratio_below_plan", "容积率低于规划下限"),
            Self::BelowContract => ("plot_ratio_below_contract", "容积率低于合同约定"),
            Self::Contradiction => ("contradictory_records", "台账自相矛盾，须核实"),
            Self::Missing => ("missing_facts", "资料不全"),
        }
    }

    /// A limit by the word for it on the command line.
    pub fn criterion(word: &str) -> Option<Self> {
        Some(match word.trim() {
            "tax" => Self::LowTax,
            "industry" => Self::BelowIndustry,
            "contract" => Self::BelowContract,
            "plan" => Self::BelowPlan,
            _ => return None,
        })
    }
}

/// A state with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The state.
    pub state: State,
    /// Why.
    pub reason: Reason,
    /// Since which day, where one is known.
    pub since: Option<Date>,
}

impl Stage {
    pub(super) const fn new(state: State, reason: Reason, since: Option<Date>) -> Self {
        Self {
            state,
            reason,
            since,
        }
    }
}
