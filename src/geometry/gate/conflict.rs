//! Finds whether the rings of a polygon cross, touch or lie where they must not.

use std::collections::BTreeSet;

use geo::Coord;

use crate::geometry::ring::{dot, side, signed_area, winding};
use crate::geometry::{Bounds, Cover, PartRef};

/// Why a part is not valid as it stands.
pub(super) enum Conflict {
    /// A ring crosses or touches itself there.
    Ring(Coord),
    /// A hole leaves its shell or meets another hole there.
    Hole(Coord),
}

struct RingEdge {
    ring: usize,
    /// Its position in the ring, and the number of edges that the ring has.
    index: usize,
    of: usize,
    from: Coord,
    to: Coord,
    bounds: Bounds,
}

/// The first conflict within a part whose rings are tidy, shell counter-clockwise and holes clockwise.
pub(super) fn within(part: PartRef<'_>) -> Option<Conflict> {
    let rings: Vec<&[Coord]> = part.rings().collect();
    let mut edges: Vec<RingEdge> = Vec::with_capacity(rings.iter().map(|ring| ring.len()).sum());
    for (number, ring) in rings.iter().enumerate() {
        let of = ring.len() - 1;
        edges.extend(ring.windows(2).enumerate().map(|(index, edge)| RingEdge {
            ring: number,
            index,
            of,
            from: edge[0],
            to: edge[1],
            bounds: Bounds::of(edge),
        }));
    }
    edges.sort_by(|a, b| a.bounds.min.x.total_cmp(&b.bounds.min.x));
    let mut touches = Touches::default();
    for (place, a) in edges.iter().enumerate() {
        for b in edges[place + 1..]
            .iter()
            .take_while(|b| b.bounds.min.x <= a.bounds.max.x)
        {
            if !a.bounds.meets(&b.bounds)
                || are_neighbours(a, b)
                || !segments_meet((a.from, a.to), (b.from, b.to))
            {
                continue;
            }
            if a.ring == b.ring {
                return Some(Conflict::Ring(if a.bounds.holds(b.from) {
                    b.from
                } else {
                    b.to
                }));
            }
            if !touches.add(a, b) {
                return Some(Conflict::Hole(b.from));
            }
        }
    }
    let holes = rings.get(1..).unwrap_or_default();
    if !touches.points.is_empty() {
        // that rings which touch do not cross as well shows in the area that they enclose together
        let apart = touches.cuts_inside(rings.len()) || !area_adds_up(&rings);
        return apart.then(|| Conflict::Hole(holes[0][0]));
    }
    misplaced(rings[0], holes).map(Conflict::Hole)
}

/// Neighbours in a ring share a corner, and that a tidy ring does not turn back there is known.
fn are_neighbours(a: &RingEdge, b: &RingEdge) -> bool {
    let apart = a.index.abs_diff(b.index);
    a.ring == b.ring && (apart == 1 || apart + 1 == a.of)
}

/// The points in which different rings touch.
#[derive(Default)]
struct Touches {
    /// The bits of a point, and a ring that passes it.
    points: BTreeSet<([u64; 2], usize)>,
}

impl Touches {
    /// Notes where two edges that meet touch; false when they do more: run along or cross each other.
    fn add(&mut self, a: &RingEdge, b: &RingEdge) -> bool {
        let on =
            |edge: &RingEdge, c: Coord| edge.bounds.holds(c) && side(edge.from, edge.to, c) == 0.0;
        let mut found: Option<Coord> = None;
        for (edge, end) in [(a, b.from), (a, b.to), (b, a.from), (b, a.to)] {
            if !on(edge, end) {
                continue;
            }
            if found.is_some_and(|other| other != end) {
                return false;
            }
            found = Some(end);
            // adding zero makes one of the two zeros
            let bits = [(end.x + 0.0).to_bits(), (end.y + 0.0).to_bits()];
            self.points.extend([(bits, a.ring), (bits, b.ring)]);
        }
        // without such a point they cross between their ends
        found.is_some()
    }

    /// Whether rings and points form a circle, so that the inside falls apart.
    fn cuts_inside(&self, rings: usize) -> bool {
        let mut group: Vec<usize> = (0..rings).collect();
        let same_point = self.points.iter().collect::<Vec<_>>();
        for passing in same_point.chunk_by(|a, b| a.0 == b.0) {
            for pair in passing.windows(2) {
                let (one, other) = (group[pair[0].1], group[pair[1].1]);
                if one == other {
                    return true;
                }
                group
                    .iter_mut()
                    .filter(|g| **g == one)
                    .for_each(|g| *g = other);
            }
        }
        false
    }
}

/// Whether two segments have a point in common, exactly.
pub(super) fn segments_meet(a: (Coord, Coord), b: (Coord, Coord)) -> bool {
    let (b_from, b_to) = (side(a.0, a.1, b.0), side(a.0, a.1, b.1));
    if b_from * b_to > 0.0 {
        return false;
    }
    let (a_from, a_to) = (side(b.0, b.1, a.0), side(b.0, b.1, a.1));
    if a_from * a_to > 0.0 {
        return false;
    }
    if b_from == 0.0 && b_to == 0.0 {
        let along = a.1 - a.0;
        let (start, end) = (dot(along, b.0 - a.0), dot(along, b.1 - a.0));
        return start.max(end) >= 0.0 && start.min(end) <= dot(along, along);
    }
    true
}

fn area_adds_up(rings: &[&[Coord]]) -> bool {
    let mut cover = Cover::default();
    for (number, ring) in rings.iter().enumerate() {
        cover.add(ring, usize::from(number > 0));
    }
    let enclosed: f64 = rings.iter().map(|ring| signed_area(ring)).sum();
    let covered = cover.area(|[shell, holes]| shell > 0 && holes == 0);
    (covered - enclosed).abs() <= 1e-9 * signed_area(rings[0])
}

/// The first hole, of rings that do not meet, that is outside the shell or inside another hole.
fn misplaced(shell: &[Coord], holes: &[&[Coord]]) -> Option<Coord> {
    let boxes: Vec<Bounds> = holes.iter().map(|hole| Bounds::of(hole)).collect();
    holes.iter().enumerate().find_map(|(number, hole)| {
        let point = hole[0];
        let outside = winding(shell, point) == Some(0);
        let in_another = || {
            let others = holes
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != number && boxes[*other].holds(point));
            others
                .into_iter()
                .any(|(_, other)| winding(other, point) != Some(0))
        };
        (outside || in_another()).then_some(point)
    })
}
