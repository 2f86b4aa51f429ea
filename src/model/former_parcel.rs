//! A parcel (宗地) as it was at an earlier time.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::{feature_name, parcel_part};
use crate::quantity::Area;

/// A parcel of an earlier time, without its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormerParcel {
    /// Its 0-based row in the input.
    pub row: u32,
    /// 宗地代码 that it had; empty when the input has none.
    pub id: CompactString,
    /// Its key, where that is not the one that its id shows as it is written ([`super::other_key`]).
    pub other_key: Option<Box<str>>,
    /// 宗地面积 as it was registered.
    pub area_registered: Option<Area>,
}

impl FormerParcel {
    /// Its name in messages: its id, or its row.
    pub fn name(&self) -> String {
        feature_name(&self.id, self.row)
    }

    /// The part of its id that names the parcel, as [`super::Parcel::key`].
    pub fn key(&self) -> &str {
        let other = self.other_key.as_deref();
        other.unwrap_or_else(|| parcel_part(&self.id))
    }
}
