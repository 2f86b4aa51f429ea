//! Two shapes → the area of the one that lies on the other: a containment test first, clipping only along lines.

use geo::Coord;

use super::Indexed;
use crate::geometry::{Bounds, Cover, ShapeRef, Side, common_area, is_convex, plane_area, ring};
use crate::quantity::{Missing, Quantity};

/// A part smaller than this, in square units of the CRS, is what rounding leaves along a line.
pub(super) const NO_PART: f64 = 1e-6;

/// A corner nearer to a line than this, in units of the CRS, lies on it: over a wall of ten metres that is no part.
const ON_LINE: f64 = 1e-7;

/// The area of `inner`, with the box around it and its whole area, on `outer` in square units; `None` when none of it
/// lies there.
pub fn part_on(
    (inner, bounds, whole): (ShapeRef<'_>, Bounds, f64),
    (outer, edges): Side<'_>,
) -> Option<Quantity<f64>> {
    if let Some(place) = clear_place(inner, bounds, (outer, edges)) {
        let stands_there = edges.winding(outer, place).is_some_and(|turns| turns > 0);
        return stands_there.then_some(Ok(whole));
    }
    let part = common_area(inner, outer);
    let slack = NO_PART.max(whole * 1e-9);
    if part <= whole + slack {
        return (part > slack).then_some(Ok(if whole - part <= slack { whole } else { part }));
    }
    // more than the whole: measured again slab by slab, and unknown if that is no better
    let mut cover = Cover::default();
    inner.rings().for_each(|ring| cover.add(ring, 0));
    outer.rings().for_each(|ring| cover.add(ring, 1));
    let part = cover.area(|[inner, outer]| inner > 0 && outer > 0);
    Some(if part <= whole + slack {
        Ok(part)
    } else {
        Err(Missing::Measurement)
    })
}

/// The common area of two features in square units; `None` where there is none. The one with fewer corners
/// is laid on the other, whose edges are indexed; `whole` is the area of the first.
pub fn common(
    first: &Indexed<'_>,
    a: u32,
    second: &Indexed<'_>,
    b: u32,
    whole: f64,
) -> Option<Quantity<f64>> {
    let (a, b) = (first.side(a as usize), second.side(b as usize));
    if a.0.coords().len() <= b.0.coords().len() {
        part_on((a.0, a.1.bounds(), whole), b)
    } else {
        part_on((b.0, b.1.bounds(), plane_area(b.0)), a)
    }
}

/// A place in `inner` that tells whether all of it lies on `outer`: there is one when no line of `outer` runs through
/// `inner`, though some may run along its edges.
fn clear_place(inner: ShapeRef<'_>, bounds: Bounds, (outer, edges): Side<'_>) -> Option<Coord> {
    let corners = inner.coords();
    let mut touched = false;
    let clear = edges.all_near(outer, bounds, |from, to| {
        touched = true;
        let along = to - from;
        let on_line = ON_LINE * ring::dot(along, along).sqrt();
        let sides = corners
            .iter()
            .map(|&corner| ring::cross(along, corner - from));
        let (right, left) = sides.fold((0.0_f64, 0.0_f64), |(right, left), side| {
            (right.min(side), left.max(side))
        });
        right >= -on_line || left <= on_line
    });
    if !clear {
        return None;
    }
    if !touched {
        return Some(corners[0]);
    }
    // a corner may lie on the line; the middle of a convex shape does not
    let mut rings = inner.rings();
    let (ring, None) = (rings.next()?, rings.next()) else {
        return None;
    };
    #[expect(clippy::cast_precision_loss, reason = "a ring has few corners")]
    let middle = ring[1..]
        .iter()
        .fold(Coord::zero(), |sum, &corner| sum + (corner - ring[0]))
        / (ring.len() - 1) as f64;
    let from_first: Vec<Coord> = ring.iter().map(|&corner| corner - ring[0]).collect();
    is_convex(&from_first).then_some(ring[0] + middle)
}
