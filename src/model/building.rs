//! A building (自然幢) and its storeys (层).

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{BuildingUse, Completion, feature_name};
use crate::quantity::Area;

/// A building (自然幢), without its shape. Nothing that the input leaves out is filled in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Building {
    /// Its 0-based row in the input.
    pub row: u32,
    /// 自然幢号 or whatever identifies it; empty when the input has none.
    pub id: CompactString,
    /// The parcel that its record names (宗地代码, 隶属宗地).
    pub parcel_id: Option<CompactString>,
    /// 地上层数: storeys above ground.
    pub storeys: Option<f32>,
    /// 地下层数: storeys below ground.
    pub storeys_below: Option<f32>,
    /// 总层数: all storeys.
    pub storeys_total: Option<f32>,
    /// 层高: metres from floor to floor, the same for all its storeys.
    pub storey_height: Option<f32>,
    /// 建筑高度: metres from the ground to the top.
    pub height: Option<f32>,
    /// 建筑面积, basement included where that is how it was surveyed, and which figure it is.
    pub floor_area: Option<(Area, FloorAreaSource)>,
    /// 地下面积: the part of the floor area below ground.
    pub floor_area_below: Option<Area>,
    /// 计容建筑面积: the floor area that counts for the plot ratio.
    pub far_floor_area: Option<Area>,
    /// 房屋用途, as far as it matters.
    pub building_use: Option<BuildingUse>,
    /// 竣工日期, and the state of its works.
    pub completion: Completion,
}

impl Building {
    /// Its name in messages: its id, or its row.
    pub fn name(&self) -> String {
        feature_name(&self.id, self.row)
    }

    /// Storeys above ground: as given, or all storeys less those below ground; `None` when neither is known, or fewer
    /// storeys are counted in all than below ground.
    pub fn storeys_above(&self) -> Option<f32> {
        let above = || Some(self.storeys_total? - self.storeys_below.unwrap_or(0.0));
        self.storeys.or_else(above).filter(|above| *above >= 0.0)
    }
}

/// Which figure a floor area is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FloorAreaSource {
    /// 计容建筑面积, given as such.
    FarFloorArea,
    /// The sum over a table of storeys (层建筑面积).
    Storeys,
    /// 实测建筑面积 less what lies below ground.
    Surveyed,
    /// 预测建筑面积.
    Predicted,
    /// Footprint times storeys above ground.
    FootprintTimesStoreys,
}

impl FloorAreaSource {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::FarFloorArea => "far_floor_area",
            Self::Storeys => "storeys_table",
            Self::Surveyed => "surveyed",
            Self::Predicted => "predicted",
            Self::FootprintTimesStoreys => "footprint_x_storeys",
        }
    }
}

/// One storey (层) of a building.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Storey {
    /// 实际层: negative below ground; `None` when the input does not say.
    pub level: Option<f32>,
    /// 层建筑面积.
    pub floor_area: Option<Area>,
    /// 层高 in metres.
    pub storey_height: Option<f32>,
}

/// The storeys of each building that a table of storeys names, by its key ([`super::key`]), from the lowest up.
pub type Storeys = FxHashMap<CompactString, Vec<Storey>>;
