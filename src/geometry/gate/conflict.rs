//! Finds whether the rings of a polygon cross, touch or lie where they must not.

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

struct Edge {
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
    let mut edges: Vec<Edge> = Vec::with_capacity(rings.iter().map(|ring| ring.len()).sum());
    for (number, ring) in rings.iter().enumerate() {
        let of = ring.len() - 1;
        edges.extend(ring.windows(2).enumerate().map(|(index, edge)| Edge {
            ring: number,
            index,
            of,
            from: edge[0],
            to: edge[1],
            bounds: Bounds::of(edge),
        }));
    }
    edges.sort_by(|a, b| a.bounds.min.x.total_cmp(&b.bounds.min.x));
    let mut rings_touch = false;
    for (place, a) in edges.iter().enumerate() {
        for b in edges[place + 1..]
            .iter()
            .take_while(|b| b.bounds.min.x <= a.bounds.max.x)
        {
            if !a.bounds.meets(&b.bounds) || are_neighbours(a, b) || !meet(a, b) {
                continue;
            }
            if a.ring == b.ring {
                return Some(Conflict::Ring(if a.bounds.holds(b.from) {
                    b.from
                } else {
                    b.to
                }));
            }
            rings_touch = true;
        }
    }
    let holes = rings.get(1..).unwrap_or_default();
    if rings_touch {
        // Rings may touch in points; that they do no more shows in the area that they enclose together.
        return (!area_adds_up(&rings)).then(|| Conflict::Hole(holes[0][0]));
    }
    misplaced(rings[0], holes).map(Conflict::Hole)
}

/// Neighbours in a ring share a corner, and that a tidy ring does not turn back there is known.
fn are_neighbours(a: &Edge, b: &Edge) -> bool {
    let apart = a.index.abs_diff(b.index);
    a.ring == b.ring && (apart == 1 || apart + 1 == a.of)
}

/// Whether two edges have a point in common, exactly.
fn meet(a: &Edge, b: &Edge) -> bool {
    let (b_from, b_to) = (side(a.from, a.to, b.from), side(a.from, a.to, b.to));
    if b_from * b_to > 0.0 {
        return false;
    }
    let (a_from, a_to) = (side(b.from, b.to, a.from), side(b.from, b.to, a.to));
    if a_from * a_to > 0.0 {
        return false;
    }
    if b_from == 0.0 && b_to == 0.0 {
        let along = a.to - a.from;
        let (start, end) = (dot(along, b.from - a.from), dot(along, b.to - a.from));
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
