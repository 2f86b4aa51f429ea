//! A parcel and what stands on it → the same near the origin, one way however it was written down.

use std::cmp::Ordering;

use geo::Coord;

use crate::geometry::ring::{signed_area, winding};
use crate::geometry::{Bounds, PartRef, ShapeRef, Shapes};

/// Coordinates beyond this are no place in a plane CRS.
const FARTHEST: f64 = 1e9;

/// A parcel and the footprints near it, moved to the parcel's lower left corner. Shells run counter-clockwise, holes
/// clockwise, rings begin at their lowest corner in order, and all are sorted: what is found does not depend on how the
/// ground was written down.
pub(super) struct Ground {
    pub(super) origin: Coord,
    /// The parcel as one shape; with no part where it is no place.
    pub(super) parcel: Shapes,
    /// One shape for each part of a footprint.
    pub(super) footprints: Shapes,
    pub(super) bounds: Bounds,
    /// How far from where it should be a coordinate can be written.
    pub(super) slack: f64,
}

impl Ground {
    /// Footprints farther than `reach` from the parcel's box are left out. Where a coordinate is no place nothing is
    /// known to be free: the parcel is then empty.
    pub(super) fn of<'a>(
        parcel: ShapeRef<'_>,
        footprints: impl IntoIterator<Item = ShapeRef<'a>>,
        reach: f64,
    ) -> Self {
        let mut ground = Self {
            origin: Coord::zero(),
            parcel: Shapes::default(),
            footprints: Shapes::default(),
            bounds: Bounds::EMPTY,
            slack: 0.0,
        };
        let bounds = parcel.bounds();
        if parcel.is_empty() || !is_place(parcel.coords()) {
            return ground;
        }
        let near = bounds.grown(reach);
        let mut standing = Vec::new();
        for part in footprints.into_iter().flat_map(|shape| shape.parts()) {
            let shell = part.rings().next().unwrap_or_default();
            if !part.rings().all(is_place) {
                return ground;
            }
            if Bounds::of(shell).meets(&near) {
                standing.push(settled(part, bounds.min));
            }
        }
        standing.sort_by(|a, b| by_rings(a, b));
        for part in &standing {
            push(&mut ground.footprints, part);
            ground.footprints.end_shape();
        }
        let mut parts: Vec<_> = parcel
            .parts()
            .map(|part| settled(part, bounds.min))
            .collect();
        parts.sort_by(|a, b| by_rings(a, b));
        for part in &parts {
            push(&mut ground.parcel, part);
        }
        ground.parcel.end_shape();
        let most = [bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y];
        let most = most.into_iter().fold(0.0_f64, |most, c| most.max(c.abs()));
        ground.origin = bounds.min;
        ground.bounds = Bounds::of(ground.parcel.coords());
        ground.slack = 4.0 * f64::EPSILON * most;
        ground
    }

    /// The parcel; `None` where there is none.
    pub(super) fn parcel(&self) -> Option<ShapeRef<'_>> {
        self.parcel.iter().next().filter(|shape| !shape.is_empty())
    }

    /// Whether a point lies inside the parcel, and not on its border.
    pub(super) fn parcel_holds(&self, point: Coord) -> bool {
        let rings = self.parcel.iter().flat_map(|shape| shape.rings());
        let turns: Option<i32> = rings.map(|ring| winding(ring, point)).sum();
        turns.is_some_and(|turns| turns != 0)
    }
}

fn is_place(ring: &[Coord]) -> bool {
    // false for what is not a number
    ring.iter()
        .all(|c| c.x.abs() < FARTHEST && c.y.abs() < FARTHEST)
}

fn push(shapes: &mut Shapes, rings: &[Vec<Coord>]) {
    for ring in rings {
        shapes.push_ring(ring);
    }
    shapes.end_part();
}

/// The rings of a part from `origin`, closed, turned and sorted.
fn settled(part: PartRef<'_>, origin: Coord) -> Vec<Vec<Coord>> {
    let mut rings: Vec<Vec<Coord>> = Vec::with_capacity(part.rings().len());
    for (number, ring) in part.rings().enumerate() {
        let mut corners: Vec<Coord> = ring.iter().map(|&c| c - origin).collect();
        corners.dedup();
        if corners.len() > 1 && corners.first() == corners.last() {
            corners.pop();
        }
        let lowest = (0..corners.len()).min_by(|&a, &b| by_place(&corners[a], &corners[b]));
        corners.rotate_left(lowest.unwrap_or(0));
        corners.extend(corners.first().copied());
        if (signed_area(&corners) < 0.0) == (number == 0) {
            corners.reverse();
        }
        rings.push(corners);
    }
    if let Some((_, holes)) = rings.split_first_mut() {
        holes.sort_by(|a, b| by_places(a, b));
    }
    rings
}

fn by_rings(a: &[Vec<Coord>], b: &[Vec<Coord>]) -> Ordering {
    let mut pairs = a.iter().zip(b).map(|(a, b)| by_places(a, b));
    let differ = pairs.find(|order| order.is_ne());
    differ.unwrap_or_else(|| a.len().cmp(&b.len()))
}

fn by_places(a: &[Coord], b: &[Coord]) -> Ordering {
    let mut pairs = a.iter().zip(b).map(|(a, b)| by_place(a, b));
    let differ = pairs.find(|order| order.is_ne());
    differ.unwrap_or_else(|| a.len().cmp(&b.len()))
}

fn by_place(a: &Coord, b: &Coord) -> Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}
