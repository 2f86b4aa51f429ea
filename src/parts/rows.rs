//! What is found of the features that a part owns, as rows of its Parquet files. Features are told by their rows in the input.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::geometry::{Contact, ContactKind};
use crate::parcels::{Assigned, PlanOfParcel};
use crate::quantity::{Missing, Quantity};

/// A parcel: the ground that buildings cover on it, and its plan block.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ParcelRow {
    pub(super) row: u32,
    pub(super) id: CompactString,
    pub(super) footprint_m2: Option<f64>,
    /// Why that is not known, where there are buildings.
    pub(super) footprint_missing: Option<Missing>,
    pub(super) plan_row: Option<u32>,
    pub(super) plan_share: Option<f64>,
    pub(super) plan_blocks: Option<u32>,
    pub(super) plan_overlapping: Option<bool>,
}

/// A building.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct BuildingRow {
    pub(super) row: u32,
    pub(super) id: CompactString,
}

/// A survey block.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct BlockRow {
    pub(super) row: u32,
    /// The first of the blocks that it hangs together with, by whose part the land left over in them is told.
    pub(super) first_row: u32,
}

/// A building on a parcel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ShareRow {
    /// The building.
    pub(super) row: u32,
    pub(super) parcel_row: u32,
    pub(super) part_m2: Option<f64>,
    pub(super) part_missing: Option<Missing>,
    pub(super) assigned: Assigned,
    /// Whether a reading gives it to another parcel.
    pub(super) given_away: bool,
}

/// Two buildings with ground in common on a parcel.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct TogetherRow {
    /// The parcel.
    pub(super) row: u32,
    pub(super) building_row: u32,
    pub(super) other_row: u32,
    pub(super) common_m2: f64,
}

/// Two parcels beside each other, the first of them owned.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PairRow {
    pub(super) row: u32,
    pub(super) other_row: u32,
    pub(super) kind: ContactKind,
    pub(super) shared_m: f64,
    pub(super) overlap_m2: f64,
    pub(super) gap_m: f64,
}

impl Default for ShareRow {
    fn default() -> Self {
        Self {
            row: 0,
            parcel_row: 0,
            part_m2: None,
            part_missing: None,
            assigned: Assigned::Space,
            given_away: false,
        }
    }
}

impl Default for PairRow {
    fn default() -> Self {
        Self {
            row: 0,
            other_row: 0,
            kind: ContactKind::Edge,
            shared_m: 0.0,
            overlap_m2: 0.0,
            gap_m: 0.0,
        }
    }
}

impl PairRow {
    pub(super) const fn contact(&self) -> Contact {
        Contact {
            kind: self.kind,
            shared: self.shared_m,
            overlap: self.overlap_m2,
            gap: self.gap_m,
        }
    }
}

/// A region that is left over in survey blocks, or a piece that it is cut into.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RegionRow {
    /// The first of the survey blocks that hang together.
    pub(super) row: u32,
    /// Its number among those of its part.
    pub(super) region: u32,
    /// The number of the piece; none of the region itself.
    pub(super) piece: Option<u32>,
}

/// A feature that a part owns and did not see all of: the layer, and the box that it needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OpenRow {
    pub(super) row: u32,
    pub(super) layer: String,
    pub(super) west: f64,
    pub(super) south: f64,
    pub(super) east: f64,
    pub(super) north: f64,
}

/// A quantity as two cells.
pub(super) fn cells(quantity: Quantity<f64>) -> (Option<f64>, Option<Missing>) {
    (quantity.ok(), quantity.err())
}

/// The quantity of two cells.
pub(super) fn quantity(known: Option<f64>, missing: Option<Missing>) -> Quantity<f64> {
    known.ok_or(missing.unwrap_or(Missing::Measurement))
}

impl ParcelRow {
    pub(super) fn plan(&self, block: Option<u32>) -> Option<PlanOfParcel> {
        Some(PlanOfParcel {
            block: block?,
            share: self.plan_share?,
            blocks: self.plan_blocks?,
            overlapping: self.plan_overlapping?,
        })
    }
}
