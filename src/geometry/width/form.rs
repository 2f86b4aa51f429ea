//! Area and perimeter of a shape → how round it is, and how wide it would be as a strip.

use std::f64::consts::PI;

use crate::geometry::ring::{dot, signed_area};
use crate::geometry::{PartRef, ShapeRef, plane_area};

/// The length of all rings, shells and holes alike, in units of the CRS.
pub fn perimeter(shape: ShapeRef<'_>) -> f64 {
    shape.rings().map(ring_length).sum()
}

/// Compactness after Polsby and Popper, `4πA/P²` with the perimeter of all rings: 1 for a circle, π/4 for a square, near
/// 0 for a strip. `None` for a shape without area.
pub fn compactness(shape: ShapeRef<'_>) -> Option<f64> {
    let (area, perimeter) = (plane_area(shape), perimeter(shape));
    (area > 0.0).then(|| 4.0 * PI * area / (perimeter * perimeter))
}

/// The width, in units of the CRS, of the strip that has the same area and perimeter, and as many holes; parts are
/// weighted by their areas. `None` for a shape without area.
///
/// A strip of width `w` along a middle line of length `l`, its ends cut square, has `A = w·l` and `P = 2l + 2w` however
/// it turns its corners, so the answer is exact for rectangles, for L, U and Z shapes, and, as a hole takes the ends
/// away (`P = 2l`), for a frame or a ring. What is rounder than a square has `4A/P`, exact for a circle. Unlike `A` over
/// `P/2`, which falls short of the side of a square by half, it does not depend on how long the shape is; unlike the
/// [inscribed circle](super::inscribed_circle) it is a mean, which a single bulge hardly changes. But a frayed boundary
/// lengthens `P` and makes it less.
pub fn strip_width(shape: ShapeRef<'_>) -> Option<f64> {
    let (mut whole, mut sum) = (0.0, 0.0);
    for part in shape.parts() {
        let (area, perimeter, holes) = figures(part);
        let ends = 1.0 - holes;
        if area > 0.0 {
            let root = (perimeter * perimeter - 16.0 * ends * area).max(0.0).sqrt();
            sum += area * (4.0 * area / (perimeter + root));
            whole += area;
        }
    }
    (whole > 0.0).then(|| sum / whole)
}

/// Area, perimeter and the number of holes.
#[expect(
    clippy::cast_precision_loss,
    reason = "a part has fewer than 2^32 holes"
)]
pub(super) fn figures(part: PartRef<'_>) -> (f64, f64, f64) {
    let mut areas = part.rings().map(|ring| signed_area(ring).abs());
    let area = areas.next().unwrap_or(0.0) - areas.sum::<f64>();
    let holes = part.rings().len().saturating_sub(1);
    (area, part.rings().map(ring_length).sum(), holes as f64)
}

fn ring_length(ring: &[geo::Coord]) -> f64 {
    let edges = ring.windows(2).map(|edge| edge[1] - edge[0]);
    edges.map(|along| dot(along, along).sqrt()).sum()
}
