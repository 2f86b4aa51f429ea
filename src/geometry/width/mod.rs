//! A shape → how wide it is: its largest inscribed circle, its width as a strip, its compactness, whether it is a sliver.

mod cell;
mod form;
mod ground;
mod search;

use std::f64::consts::PI;

use geo::Coord;

use super::ring::{cross, dot};
use super::{Bounds, PartRef, ShapeRef, is_convex};
pub use form::{compactness, perimeter, strip_width};
use ground::WidthGround;
use search::WidthSearch;

/// The largest circle that lies in a shape, in units of its CRS. Twice the radius is the smallest width in the sense of
/// planning: nowhere is there room for more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InscribedCircle {
    /// A point of the shape that is `radius` away from its boundary.
    pub centre: Coord,
    /// The radius of the circle around it.
    pub radius: f64,
    /// No circle that lies in the shape has a larger radius than this.
    pub at_most: f64,
}

/// How fine a distance can be told apart in a polygon, as a share of its size.
const FINEST: f64 = 1e-9;

/// The largest circle in a shape that has passed the gate; of several parts the largest of all, for a circle must lie in
/// one of them. `at_most` exceeds `radius` by no more than `tolerance`, or by a billionth of the shape's size where that
/// is more. `None` for a shape without area.
///
/// Each part is cut into triangles, and each of these again wherever a larger circle may still have its centre; no other
/// triangle can hold one (see `cell.rs` for the proof). A part that asks for an unreasonable number of triangles is given
/// up, and `at_most` says how much is open.
pub fn inscribed_circle(shape: ShapeRef<'_>, tolerance: f64) -> Option<InscribedCircle> {
    let mut search = WidthSearch::new(tolerance.max(FINEST * size(shape.bounds())), f64::INFINITY);
    for part in shape.parts() {
        let area = form::figures(part).0;
        if area > 0.0 {
            search.look_at(&WidthGround::of(part, area));
        }
    }
    (search.radius > 0.0).then_some(InscribedCircle {
        centre: search.centre,
        radius: search.radius,
        at_most: search.at_most,
    })
}

/// Whether it is certain that no circle of this diameter, in units of the CRS, lies in the shape: the quick way to dismiss
/// the slivers that digitising leaves. A shape without area is narrower than any width.
///
/// Most shapes are judged by their area `A`, perimeter `P` and box alone; `r` is the radius of the largest circle:
/// - `πr² ≤ A` and `2r ≤` the shorter side of the box, for the circle lies in both; so it does in the strip along the
///   longest edge that holds all corners;
/// - `A ≤ rP` where there is no hole: every point is within `r` of the boundary, and the line at distance `t` inside is no
///   longer than `P` (Osserman, Bonnesen-style isoperimetric inequalities, 1979; many small holes leave no room for a
///   circle, and take no area);
/// - `2A ≥ rP` where the shape is convex: seen from the centre it falls into triangles whose height is at least `r`. A disc
///   with a hair of great length shows that it need not hold for others.
///
/// The rest is cut into triangles as by [`inscribed_circle`], until one circle is found or none can be. A circle that fits
/// to within a billionth of the shape's size may be taken either way.
pub fn is_narrower(shape: ShapeRef<'_>, width: f64) -> bool {
    width > 0.0 && shape.parts().all(|part| part_is_narrower(part, width))
}

fn part_is_narrower(part: PartRef<'_>, width: f64) -> bool {
    let (area, perimeter, holes) = form::figures(part);
    let bounds = part.rings().next().map_or(Bounds::EMPTY, Bounds::of);
    let Coord { x, y } = bounds.max - bounds.min;
    let is_small = area <= 0.0 || 4.0 * area < PI * width * width || x.min(y) < width;
    if is_small
        || part
            .rings()
            .next()
            .is_some_and(|shell| across(shell) < width * (1.0 - FINEST))
    {
        return true;
    }
    let is_whole = holes == 0.0;
    if is_whole && 2.0 * area >= perimeter * width {
        return false;
    }
    if is_whole && 4.0 * area < perimeter * width && part.rings().all(is_convex) {
        return true;
    }
    let mut search = WidthSearch::new(FINEST * size(bounds), width / 2.0);
    search.look_at(&WidthGround::of(part, area));
    search.at_most < width / 2.0
}

/// How far the corners of a ring reach across its longest edge.
fn across(ring: &[Coord]) -> f64 {
    let along = |edge: &[Coord]| edge[1] - edge[0];
    let square = |edge: &[Coord]| dot(along(edge), along(edge));
    let longest = ring
        .windows(2)
        .max_by(|a, b| square(a).total_cmp(&square(b)));
    let Some(edge) = longest else { return 0.0 };
    let sides = ring
        .iter()
        .map(|corner| cross(along(edge), *corner - edge[0]));
    let (right, left) = sides.fold((0.0_f64, 0.0_f64), |(right, left), side| {
        (right.min(side), left.max(side))
    });
    (left - right) / square(edge).sqrt()
}

fn size(bounds: Bounds) -> f64 {
    let Coord { x, y } = bounds.max - bounds.min;
    x.hypot(y).max(0.0)
}

#[cfg(test)]
mod tests;
