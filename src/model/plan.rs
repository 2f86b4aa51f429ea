//! A plan block (规划地块) of the detailed plan (控制性详细规划), and the limits that it sets.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::feature_name;
use crate::law::LandUse;
use crate::quantity::Decimal;

/// A plan block (规划地块), without its shape.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanBlock {
    /// Its 0-based row in the input.
    pub row: u32,
    /// 地块编号; empty when the input has none.
    pub id: CompactString,
    /// What the plan wants its land used for.
    pub land_use: Option<LandUse>,
    /// The code or text of the input that says so.
    pub land_use_given: Option<CompactString>,
    /// What may be built on it.
    pub limits: PlanLimits,
}

impl PlanBlock {
    /// Its name in messages: its id, or its row.
    pub fn name(&self) -> String {
        feature_name(&self.id, self.row)
    }
}

/// What may be built on a piece of land (规划条件). `None` is no limit on record, which is not the same as no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanLimits {
    /// 容积率下限.
    pub plot_ratio_min: Option<Limit>,
    /// 容积率上限.
    pub plot_ratio_max: Option<Limit>,
    /// 建筑密度下限, from 0 to 1.
    pub density_min: Option<Limit>,
    /// 建筑密度上限, from 0 to 1.
    pub density_max: Option<Limit>,
    /// 绿地率下限, from 0 to 1.
    pub green_ratio_min: Option<Limit>,
    /// 绿地率上限, from 0 to 1.
    pub green_ratio_max: Option<Limit>,
    /// 建筑高度下限 in metres.
    pub height_min: Option<Limit>,
    /// 建筑限高 in metres.
    pub height_max: Option<Limit>,
}

impl PlanLimits {
    /// Whether there is none on record.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A bound as the plan writes it, digit for digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The number.
    pub value: Decimal,
    /// Whether the number itself lies outside (`＜`, `＞`); 以上 and 以下 include it (民法典 §1259).
    pub strict: bool,
}
