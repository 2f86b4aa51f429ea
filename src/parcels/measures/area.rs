//! The areas of a parcel → the one that ratios are taken to.

use crate::model::Parcel;
use crate::quantity::{Area, Missing, Quantity};

/// Which area ratios are taken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AreaChoice {
    /// As registered or contracted where known, else on the plane.
    #[default]
    Registered,
    /// On the plane of the computing CRS.
    Plane,
    /// On the CGCS2000 ellipsoid.
    Ellipsoid,
}

/// Which area a parcel's ratios were taken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AreaBasis {
    /// 登记面积 or 合同面积.
    Registered,
    /// 平面面积.
    Plane,
    /// 椭球面积.
    Ellipsoid,
}

impl AreaBasis {
    /// The word in the column `area_basis`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Plane => "plane",
            Self::Ellipsoid => "ellipsoid",
        }
    }
}

/// The area of a parcel by choice, and which it is.
pub(super) fn choose_area(
    parcel: &Parcel,
    plane: f64,
    ellipsoid: f64,
    choice: AreaChoice,
) -> (Quantity<f64>, AreaBasis) {
    match (choice, parcel.area_registered) {
        (AreaChoice::Registered, Some(registered)) if registered > Area::ZERO => {
            (Ok(registered.m2()), AreaBasis::Registered)
        }
        (AreaChoice::Registered | AreaChoice::Plane, _) => (Ok(plane), AreaBasis::Plane),
        (AreaChoice::Ellipsoid, _) if ellipsoid > 0.0 => (Ok(ellipsoid), AreaBasis::Ellipsoid),
        (AreaChoice::Ellipsoid, _) => (Err(Missing::Position), AreaBasis::Ellipsoid),
    }
}
