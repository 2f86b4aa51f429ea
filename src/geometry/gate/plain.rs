//! Recognises the polygons that nothing is wrong with, as nearly all are, without moving a single coordinate.

use geo::Coord;

use super::conflict::segments_meet;
use super::tidy::is_spike;
use super::{FARTHEST, negligible};
use crate::geometry::ring::signed_area;
use crate::geometry::{Bounds, ShapeRef};

/// Beyond this many corners the pairs of edges are too many to look at each.
const MOST_CORNERS: usize = 40;

/// The only ring of a shape in which nothing is to be mended, whatever way it runs: closed, tidy, simple and of some
/// area. `None` says nothing about the shape.
pub(super) fn plain_ring(shape: ShapeRef<'_>, clockwise: Option<bool>) -> Option<&[Coord]> {
    let mut rings = shape.rings();
    let (ring, None) = (rings.next()?, rings.next()) else {
        return None;
    };
    let corners = ring.len() - 1;
    let usable = |c: &Coord| c.x.abs() < FARTHEST && c.y.abs() < FARTHEST;
    if !(3..=MOST_CORNERS).contains(&corners)
        || ring[0] != ring[corners]
        || !ring.iter().all(usable)
    {
        return None;
    }
    let area = signed_area(ring);
    if area.abs() <= negligible(ring)
        || clockwise.is_some_and(|clockwise| clockwise != (area < 0.0))
    {
        return None;
    }
    let corner = |at: usize| ring[at % corners];
    let tidy =
        |at| corner(at) != corner(at + 1) && !is_spike(corner(at), corner(at + 1), corner(at + 2));
    let simple = |at: usize| {
        let (from, to) = (ring[at], ring[at + 1]);
        let around = Bounds::EMPTY.including(from).including(to);
        let last = if at == 0 { corners - 1 } else { corners };
        (at + 2..last).all(|other| {
            let pair = &ring[other..other + 2];
            !Bounds::of(pair).meets(&around) || !segments_meet((from, to), (pair[0], pair[1]))
        })
    };
    ((0..corners).all(tidy) && (0..corners).all(simple)).then_some(ring)
}
