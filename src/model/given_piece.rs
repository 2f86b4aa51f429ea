//! A scattered piece of land (零星边角地、夹心地) as an office handed it over.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::feature_name;

/// A scattered piece that the office knows of, without its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GivenPiece {
    /// Its 0-based row in the input.
    pub row: u32,
    /// Its number; empty when the input has none.
    pub id: CompactString,
    /// Whether it conforms to the plan (符合规划), where the input says so.
    pub conforms_to_plan: Option<bool>,
    /// The id of the parcel that it was granted to; several stay one text, joined by `;`.
    pub granted_to: Option<CompactString>,
}

impl GivenPiece {
    /// Its name in messages: its id, or its row.
    pub fn name(&self) -> String {
        feature_name(&self.id, self.row)
    }
}
