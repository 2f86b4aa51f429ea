//! Parcels of a merge → the land they would be together.

use super::bonds::snap_gap_m;
use crate::features::Known;
use crate::geometry::{ResidualError, Shapes, Union, union_of};

/// The land of a merge; areas in m², lengths in m.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedLand {
    /// Its ground, in units of the computing CRS.
    pub union: Union,
    /// Its area on the plane: what the parcels cover, overlaps once, and the gaps between them that were closed.
    pub plane_m2: f64,
    /// The land in closed gaps.
    pub closed_gap_m2: f64,
    /// How wide they are at most.
    pub closed_gap_m: f64,
    /// What the parcels cover more than once.
    pub overlap_m2: f64,
    /// Its boundary, holes included.
    pub perimeter_m: f64,
}

/// The land that parcels of the layer would be together, with gaps between them closed up to the width that the policy
/// takes for an error of digitising.
///
/// # Errors
/// When the boundaries of the parcels cannot be overlaid.
pub fn merged_land(known: Known<'_>, parcels: &[u32]) -> Result<MergedLand, ResidualError> {
    let metres = known.measured.city.crs.metres().unwrap_or(f64::NAN);
    let mut shapes = Shapes::default();
    for at in parcels {
        shapes.push(known.measured.city.parcels.shapes.get(*at as usize));
    }
    let union = union_of(&shapes, snap_gap_m(known) / metres)?;
    Ok(MergedLand {
        plane_m2: union.area * metres * metres,
        closed_gap_m2: union.closed_area * metres * metres,
        closed_gap_m: union.closed_width * metres,
        overlap_m2: union.overlap_area * metres * metres,
        perimeter_m: union.perimeter * metres,
        union,
    })
}
