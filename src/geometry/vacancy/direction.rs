//! The walls and lines of a piece of ground → the few directions in which a rectangle is looked for.

use geo::{ConvexHull, Coord, MultiPoint};

use super::frame::area;
use super::ground::Ground;
use crate::geometry::Bounds;
use crate::geometry::ring::{cross, dot};

/// Directions nearer than this to one that is taken are the same: the sine of a degree.
const SAME: f64 = 0.017_452_406;

/// More directions are not tried.
const MOST: usize = 12;

/// No more edges than this, the longest, are looked at.
const EDGES: usize = 1024;

/// No more edges of a hull than this are looked at.
const HULL: usize = 256;

/// Vectors of length 1, right or right and up, in which most of the walls and lines run, or across which; the one that is
/// most often met first. Nearby directions are those of their longest edge.
pub(super) fn directions(ground: &Ground) -> Vec<Coord> {
    let rings = ground.parcel.iter().flat_map(|shape| shape.rings());
    let walls = ground.footprints.iter().flat_map(|shape| shape.rings());
    let lines = rings.flat_map(|ring| ring.windows(2));
    let walls = walls.flat_map(|ring| ring.windows(2));
    // what stands outside has no say, however near the parcel's box it is
    let walls = walls.filter(|wall| ground.parcel_holds((wall[0] + wall[1]) / 2.0));
    let edges = lines.chain(walls);
    let along = edges.map(|edge| edge[1] - edge[0]);
    let mut edges: Vec<(f64, Coord)> = along
        .filter_map(|along| Some((dot(along, along).sqrt(), upright(along)?)))
        .collect();
    edges.sort_by(|a, b| {
        let by_direction = a.1.x.total_cmp(&b.1.x);
        b.0.total_cmp(&a.0).then(by_direction)
    });
    edges.truncate(EDGES);
    let mut taken: Vec<(f64, Coord)> = Vec::new();
    for (length, direction) in edges {
        match taken.iter_mut().find(|(_, other)| alike(*other, direction)) {
            Some((sum, _)) => *sum += length,
            None => taken.push((length, direction)),
        }
    }
    taken.sort_by(|a, b| b.0.total_cmp(&a.0));
    taken.truncate(MOST - 1);
    let mut directions: Vec<Coord> = taken.into_iter().map(|(_, direction)| direction).collect();
    let side = along_least_box(ground.parcel.coords());
    let new = side.filter(|side| !directions.iter().any(|other| alike(*other, *side)));
    directions.extend(new);
    directions
}

/// The direction of the least box that holds all corners: it lies along an edge of their hull.
fn along_least_box(corners: &[Coord]) -> Option<Coord> {
    let corners: MultiPoint = corners.iter().copied().collect();
    let hull = corners.convex_hull();
    let hull = &hull.exterior().0;
    let edges = hull.windows(2).take(HULL);
    let directions = edges.filter_map(|edge| upright(edge[1] - edge[0]));
    let boxes = directions.map(|direction| {
        let seen = hull.iter().map(|&c| Coord {
            x: dot(c, direction),
            y: cross(direction, c),
        });
        let around = seen.fold(Bounds::EMPTY, Bounds::including);
        (area(&around), direction)
    });
    let least = boxes.min_by(|a, b| a.0.total_cmp(&b.0));
    least.map(|(_, direction)| direction)
}

/// The direction of a vector, turned by right angles until it is right, or right and up.
fn upright(along: Coord) -> Option<Coord> {
    let length = dot(along, along).sqrt();
    let (x, y) = (along.x / length, along.y / length);
    let (x, y) = match (x > 0.0, y > 0.0) {
        (true, true) => (x, y),
        (false, true) => (y, -x),
        (false, false) => (-x, -y),
        (true, false) => (-y, x),
    };
    // what points up points right
    let direction = if x > 0.0 {
        Coord { x, y }
    } else {
        Coord { x: y, y: 0.0 }
    };
    (dot(direction, direction) > 0.5).then_some(direction)
}

/// Whether two directions, or one and another turned by a right angle, are the same.
fn alike(a: Coord, b: Coord) -> bool {
    cross(a, b).abs() < SAME || dot(a, b).abs() < SAME
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_direction_is_that_of_both_sides_of_a_rectangle() {
        for (x, y) in [(3.0, 4.0), (-4.0, 3.0), (-3.0, -4.0), (4.0, -3.0)] {
            let direction = upright(Coord { x, y }).unwrap();
            assert!((direction - Coord { x: 0.6, y: 0.8 }).x.abs() < 1e-15);
        }
        for (x, y) in [(5.0, 0.0), (0.0, 5.0), (-5.0, 0.0), (0.0, -5.0)] {
            assert_eq!(upright(Coord { x, y }), Some(Coord { x: 1.0, y: 0.0 }));
        }
        assert_eq!(upright(Coord::zero()), None);
    }
}
