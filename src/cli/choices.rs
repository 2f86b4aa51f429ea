//! What an option can be, where it is one of a few words.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// Yes or no, as an option says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(from = "bool", into = "bool")]
pub(super) enum YesOrNo {
    /// 是.
    Yes,
    /// 否.
    No,
}

impl From<bool> for YesOrNo {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl From<YesOrNo> for bool {
    fn from(wish: YesOrNo) -> Self {
        wish == YesOrNo::Yes
    }
}

/// A viewer whose maps are shifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ViewerArgument {
    /// 高德, and others in GCJ-02.
    Amap,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum AreaArgument {
    /// Registered or contracted area (登记面积), where known; else on the plane.
    Registered,
    /// Plane area of the polygon (平面面积).
    Plane,
    /// Area on the CGCS2000 ellipsoid (椭球面积).
    Ellipsoid,
}
