//! Shapes of parcels → their areas on the plane and on the ellipsoid, and their places on Earth.

use rayon::prelude::*;

use crate::geometry::{Crs, Shapes, TransformError, ellipsoid_area, plane_area, transform};

/// The areas of the parcels of a layer, in its order.
#[derive(Clone, Debug)]
pub struct Areas {
    /// On the plane of the computing CRS, m².
    pub plane_m2: Vec<f64>,
    /// On the CGCS2000 ellipsoid (椭球面积), m²; NaN where a corner cannot be taken there.
    pub ellipsoid_m2: Vec<f64>,
    /// The shapes in degrees of `degrees`, longitude first.
    pub degrees: Shapes,
}

/// Measures the parcels; `degrees` is the geographic CRS of the results.
///
/// # Errors
/// When PROJ knows no way from the computing CRS to `degrees`.
pub fn areas(shapes: &Shapes, crs: &Crs, degrees: &Crs) -> Result<Areas, TransformError> {
    let metres = crs.metres().unwrap_or(f64::NAN);
    let mut there = shapes.clone();
    transform(there.coords_mut(), crs, degrees)?;
    let each = |shapes: &Shapes, area: &(dyn Fn(usize) -> f64 + Sync)| {
        (0..shapes.len()).into_par_iter().map(area).collect()
    };
    let plane_m2 = each(shapes, &|at| plane_area(shapes.get(at)) * metres * metres);
    let ellipsoid_m2 = each(&there, &|at| ellipsoid_area(there.get(at)));
    Ok(Areas {
        plane_m2,
        ellipsoid_m2,
        degrees: there,
    })
}
