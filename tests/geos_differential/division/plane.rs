//! What the tests know of plane geometry, by brute force.

use geo::Coord;

pub fn at(x: f64, y: f64) -> Coord {
    Coord { x, y }
}

pub fn cross(a: Coord, b: Coord) -> f64 {
    a.x * b.y - a.y * b.x
}

pub fn length(a: Coord) -> f64 {
    a.x.hypot(a.y)
}

/// The edges of a ring, closed or not.
pub fn edges(ring: &[Coord]) -> Vec<(Coord, Coord)> {
    let open = if ring.first() == ring.last() {
        &ring[1..]
    } else {
        ring
    };
    (0..open.len())
        .map(|k| (open[k], open[(k + 1) % open.len()]))
        .collect()
}

/// The area by the shoelace formula, positive counter-clockwise.
pub fn shoelace(ring: &[Coord]) -> f64 {
    let from = ring[0];
    edges(ring)
        .iter()
        .map(|&(a, b)| cross(a - from, b - from) / 2.0)
        .sum()
}

pub fn is_inside(ring: &[Coord], p: Coord) -> bool {
    edges(ring).iter().fold(false, |inside, &(a, b)| {
        let crosses =
            (a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * ((p.y - a.y) / (b.y - a.y));
        inside ^ crosses
    })
}

pub fn from_segment(p: Coord, (a, b): (Coord, Coord)) -> f64 {
    let along = b - a;
    let share = ((p - a).x * along.x + (p - a).y * along.y) / (along.x.powi(2) + along.y.powi(2));
    length(p - (a + along * share.clamp(0.0, 1.0)))
}

/// Where two segments cross, as shares of both.
pub fn crossing((a, b): (Coord, Coord), (c, d): (Coord, Coord)) -> Option<(f64, f64)> {
    let turn = cross(b - a, d - c);
    if turn.abs() < 1e-9 * length(b - a) * length(d - c) {
        return None;
    }
    let shares = [cross(c - a, d - c) / turn, cross(c - a, b - a) / turn];
    let is_on = |share: &f64| (0.0..=1.0).contains(share);
    shares.iter().all(is_on).then_some((shares[0], shares[1]))
}

/// The distance of two segments.
pub fn apart(one: (Coord, Coord), other: (Coord, Coord)) -> f64 {
    if crossing(one, other).is_some() {
        return 0.0;
    }
    [
        from_segment(one.0, other),
        from_segment(one.1, other),
        from_segment(other.0, one),
        from_segment(other.1, one),
    ]
    .into_iter()
    .fold(f64::INFINITY, f64::min)
}

/// The distance of a segment from a ring and what it holds.
pub fn from_ring(segment: (Coord, Coord), ring: &[Coord]) -> f64 {
    if is_inside(ring, segment.0) {
        return 0.0;
    }
    let apart = edges(ring)
        .into_iter()
        .map(|edge| self::apart(segment, edge));
    apart.fold(f64::INFINITY, f64::min)
}

/// Both sides of an open ring cut by a line that begins and ends on the insides of two of its edges.
pub fn halves(
    ring: &[Coord],
    (from, first): (usize, Coord),
    bends: &[Coord],
    (to, last): (usize, Coord),
) -> [Vec<Coord>; 2] {
    let count = ring.len();
    let side = |(from, first): (usize, Coord), bends: Vec<Coord>, (to, last): (usize, Coord)| {
        let mut side = vec![first];
        side.extend(bends);
        side.push(last);
        let mut corner = (to + 1) % count;
        loop {
            side.push(ring[corner]);
            if corner == from {
                break side;
            }
            corner = (corner + 1) % count;
        }
    };
    let back = bends.iter().rev().copied().collect();
    [
        side((from, first), bends.to_vec(), (to, last)),
        side((to, last), back, (from, first)),
    ]
}
