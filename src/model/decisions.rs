//! What was guessed of each layer, once and from all of its rows → words that can be written down and read again, so that a
//! part of a city is understood as the whole is.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::LayerKind;
use crate::formats::DecimalMark;
use crate::law::LandUseSystem;

/// What was decided of every layer, and the CRS to compute in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decisions {
    /// The plane CRS in which everything is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computing_crs: Option<String>,
    /// By the name of the layer.
    #[serde(flatten)]
    pub layers: BTreeMap<String, LayerDecisions>,
}

/// What was decided of a layer. What its source says itself is no decision, and stands here for information.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LayerDecisions {
    /// The CRS of its coordinates; used where the source declares none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crs: Option<String>,
    /// Whether the first coordinate is the northing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub north_first: Option<bool>,
    /// The encoding of its text; `mixed` where rows are of two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The unit of its registered areas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_unit: Option<AreaUnit>,
    /// By column: the unit of its floor areas.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub floor_unit: BTreeMap<String, AreaUnit>,
    /// The system of its land-use codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub land_use_codes: Option<LandUseCodes>,
    /// How its densities without a percent sign are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<ShareScale>,
    /// How its green ratios without a percent sign are written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub green_ratio: Option<ShareScale>,
    /// By column: what stands before the decimals of numbers in text.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub decimal_mark: BTreeMap<String, DecimalMark>,
    /// By column that names no unit: the unit of its money.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub money_unit: BTreeMap<String, MoneyUnit>,
}

impl Decisions {
    /// What was decided of a layer.
    pub fn of(&self, layer: LayerKind) -> LayerDecisions {
        self.layers.get(layer.name()).cloned().unwrap_or_default()
    }

    /// Adds what was decided of a layer.
    pub fn add(&mut self, layer: LayerKind, decided: LayerDecisions) {
        if decided != LayerDecisions::default() {
            self.layers.insert(layer.name().to_owned(), decided);
        }
    }
}

/// A unit of land.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaUnit {
    /// 平方米.
    M2,
    /// 公顷.
    Ha,
    /// 亩.
    Mu,
    /// 平方公里.
    Km2,
    /// Square feet.
    Ft2,
    /// None that is known: areas are not used.
    Unknown,
}

/// The system of the land-use codes of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LandUseCodes {
    /// GB/T 21010-2017 土地利用现状分类.
    Survey,
    /// 国土空间调查、规划、用途管制用地用海分类.
    Spatial,
    /// GB 50137-2011 城市用地分类与规划建设用地标准.
    CityPlan,
    /// Its codes leave it open: only names are read.
    Unknown,
}

impl LandUseCodes {
    /// Of a system, or of none.
    pub fn of(system: Option<LandUseSystem>) -> Self {
        match system {
            Some(LandUseSystem::Survey) => Self::Survey,
            Some(LandUseSystem::Spatial) => Self::Spatial,
            Some(LandUseSystem::CityPlan) => Self::CityPlan,
            None => Self::Unknown,
        }
    }

    /// The system.
    pub const fn system(self) -> Option<LandUseSystem> {
        match self {
            Self::Survey => Some(LandUseSystem::Survey),
            Self::Spatial => Some(LandUseSystem::Spatial),
            Self::CityPlan => Some(LandUseSystem::CityPlan),
            Self::Unknown => None,
        }
    }
}

/// How the shares of a layer are written. A number over 1 is a percentage and one below it a share in any of them; what 1
/// itself is, this tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShareScale {
    /// From 0 to 1.
    #[default]
    Share,
    /// From 0 to 100.
    Percent,
    /// Some so, some so.
    Both,
}

/// The unit of money of a column that names none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyUnit {
    /// 万元.
    Wan,
    /// Its numbers are too large for 万元: it is not used.
    Unknown,
}
