//! Ground that is no building land: a road, water, green.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{ObstacleKind, feature_name};

/// Ground that nobody can be granted to build on, without its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Obstacle {
    /// Its 0-based row in the input.
    pub row: u32,
    /// Its number; empty when the input has none, which is usual.
    pub id: CompactString,
    /// What it is, where the input says so.
    pub kind: Option<ObstacleKind>,
    /// The word or code of the input that says so.
    pub kind_given: Option<CompactString>,
    /// What it is called (市府大道).
    pub name: Option<CompactString>,
}

impl Obstacle {
    /// Its name in messages: its id, or its row.
    pub fn name(&self) -> String {
        feature_name(&self.id, self.row)
    }
}
