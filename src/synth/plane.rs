//! Points and open rings → the few measures the city is built with, using only operations that are exact everywhere.

use geo::Coord;

/// A ring without its closing point, counter-clockwise.
pub(super) type Ring = Vec<Coord>;

/// To the millimetre, as surveyed coordinates are kept.
pub(super) fn rounded(c: Coord) -> Coord {
    Coord {
        x: (c.x * 1000.0).round() / 1000.0,
        y: (c.y * 1000.0).round() / 1000.0,
    }
}

/// `from` plus `by` times `along`.
pub(super) fn moved(from: Coord, along: Coord, by: f64) -> Coord {
    Coord {
        x: from.x + along.x * by,
        y: from.y + along.y * by,
    }
}

/// The z component of the cross product.
pub(super) fn cross(a: Coord, b: Coord) -> f64 {
    a.x * b.y - a.y * b.x
}

/// The dot product.
pub(super) fn dot(a: Coord, b: Coord) -> f64 {
    a.x * b.x + a.y * b.y
}

/// Distance from `a` to `b`.
pub(super) fn distance(a: Coord, b: Coord) -> f64 {
    let d = b - a;
    dot(d, d).sqrt()
}

/// The unit vector from `a` to `b`.
pub(super) fn direction(a: Coord, b: Coord) -> Coord {
    let length = distance(a, b).max(1e-9);
    (b - a) / length
}

/// A quarter turn to the left.
pub(super) fn left(of: Coord) -> Coord {
    Coord { x: -of.y, y: of.x }
}

/// Signed area of an open ring, positive when counter-clockwise.
pub(super) fn area(ring: &[Coord]) -> f64 {
    let origin = ring[0];
    let mut twice = 0.0;
    for pair in ring.windows(2) {
        twice += cross(pair[0] - origin, pair[1] - origin);
    }
    twice / 2.0
}

/// The mean of the ring's corners: inside for every ring the city is made of.
#[expect(clippy::cast_precision_loss, reason = "a ring has few corners")]
pub(super) fn middle(ring: &[Coord]) -> Coord {
    let origin = ring[0];
    let sum = ring
        .iter()
        .fold(Coord { x: 0.0, y: 0.0 }, |sum, &c| sum + (c - origin));
    origin + sum / ring.len() as f64
}

/// The smallest and largest position of the ring's points along `axis`, measured from `origin`.
pub(super) fn extent(ring: &[Coord], origin: Coord, axis: Coord) -> (f64, f64) {
    ring.iter()
        .map(|&c| dot(c - origin, axis))
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
            (low.min(at), high.max(at))
        })
}

/// Whether two segments cross at an inner point of both.
pub(super) fn crosses(a: Coord, b: Coord, p: Coord, q: Coord) -> bool {
    let side = |u: Coord, v: Coord, w: Coord| cross(v - u, w - u);
    side(a, b, p) * side(a, b, q) < 0.0 && side(p, q, a) * side(p, q, b) < 0.0
}

/// Whether `c` lies inside the ring.
pub(super) fn holds(ring: &[Coord], c: Coord) -> bool {
    let mut inside = false;
    let mut before = ring[ring.len() - 1];
    for &at in ring {
        if (at.y > c.y) != (before.y > c.y)
            && c.x < (before.x - at.x) * (c.y - at.y) / (before.y - at.y) + at.x
        {
            inside = !inside;
        }
        before = at;
    }
    inside
}

/// The direction of the ring's longest edge.
pub(super) fn longest_edge(ring: &[Coord]) -> Coord {
    let mut best = (0.0, Coord { x: 1.0, y: 0.0 });
    for index in 0..ring.len() {
        let (a, b) = (ring[index], ring[(index + 1) % ring.len()]);
        let length = distance(a, b);
        if length > best.0 {
            best = (length, direction(a, b));
        }
    }
    best.1
}
