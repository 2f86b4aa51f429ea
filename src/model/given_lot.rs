//! A lot (分割后宗地) of a split that somebody drew.

use compact_str::CompactString;

use super::feature_name;

/// A lot of a split, without its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GivenLot {
    /// Its 0-based row in the input.
    pub row: u32,
    /// Its number; empty when the input has none.
    pub id: CompactString,
    /// 拟转让: whether it is to be sold, where the input says so.
    pub sold: Option<bool>,
}

impl GivenLot {
    /// Its name in messages: its id, or its row.
    pub fn name(&self) -> String {
        feature_name(&self.id, self.row)
    }
}
