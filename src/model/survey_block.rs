//! A block of the survey boundary (调查区), or the land inside a control line.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::feature_name;

/// Ground on which land is looked for, without its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SurveyBlock {
    /// Its 0-based row in the input.
    pub row: u32,
    /// Its number; empty when the input has none.
    pub id: CompactString,
}

impl SurveyBlock {
    /// Its name in messages: its id, or its row.
    pub fn name(&self) -> String {
        feature_name(&self.id, self.row)
    }
}
