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
    /// Whether the input says of that what is neither yes nor no: 暂不符合, 待核实. Then it is not known, whatever a plan says.
    pub conforms_unread: bool,
    /// The id of the parcel that it was granted to; several stay one text, joined by `;`.
    pub granted_to: Option<CompactString>,
}

impl GivenPiece {
    /// Whether it conforms to the plan: as the input says, else as the plan does; unknown where the input says something else.
    pub fn conforms_or(&self, on_plan: Option<bool>) -> Option<bool> {
        if self.conforms_unread {
            return None;
        }
        self.conforms_to_plan.or(on_plan)
    }

    /// Its name in messages: its id, or its row.
    pub fn name(&self) -> String {
        feature_name(&self.id, self.row)
    }
}
