//! Coordinates → nodes of a fixed lattice, and what is exact about lines between them.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "the survey of the layers has seen that nodes lie below 2^51: doubles, 64 bits and products in 128 bits hold them"
)]

use geo::Coord;

/// Steps of the lattice in one unit of the CRS: about a micrometre each. A power of two, so that no double is rounded
/// but by the lattice itself.
const STEPS: f64 = 1_048_576.0;

/// Beyond this no coordinate may lie, in units of the CRS.
pub(super) const FARTHEST: f64 = 1_073_741_824.0;

/// A point of the lattice, in steps. The order is from left to right, then upwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node {
    pub(super) x: i64,
    pub(super) y: i64,
}

impl Node {
    /// The node nearest to a coordinate that is no farther away than [`FARTHEST`].
    pub(super) fn of(c: Coord) -> Self {
        Self {
            x: (c.x * STEPS).round() as i64,
            y: (c.y * STEPS).round() as i64,
        }
    }

    /// The coordinate, exactly.
    pub(super) fn coord(self) -> Coord {
        Coord {
            x: self.x as f64 / STEPS,
            y: self.y as f64 / STEPS,
        }
    }
}

/// On which side of the line from `a` to `b` lies `c`: positive left, negative right, zero on it.
pub(super) fn side(a: Node, b: Node, c: Node) -> i128 {
    product(b.x - a.x, c.y - a.y) - product(b.y - a.y, c.x - a.x)
}

pub(super) fn product(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

/// The node nearest to the point where two lines cross, neither at an end of the other.
pub(super) fn crossing(a: Node, b: Node, c: Node, d: Node) -> Option<Node> {
    let (at_a, at_b) = (side(c, d, a), side(c, d, b));
    let (at_c, at_d) = (side(a, b, c), side(a, b, d));
    let apart = |one: i128, two: i128| one.signum() * two.signum() < 0;
    if !apart(at_a, at_b) || !apart(at_c, at_d) {
        return None;
    }
    let (part, whole) = (
        at_a.unsigned_abs(),
        at_a.unsigned_abs() + at_b.unsigned_abs(),
    );
    Some(Node {
        x: a.x + share(b.x - a.x, part, whole),
        y: a.y + share(b.y - a.y, part, whole),
    })
}

/// `length · part / whole`, rounded half up, where part ≤ whole < 2^106.
fn share(length: i64, part: u128, whole: u128) -> i64 {
    let long = u128::from(length.unsigned_abs());
    let (quotient, rest) = if part.leading_zeros() + long.leading_zeros() >= 128 {
        (long * part / whole, long * part % whole)
    } else {
        divided(long as u64, part, whole)
    };
    if length < 0 {
        -((quotient + u128::from(2 * rest > whole)) as i64)
    } else {
        (quotient + u128::from(2 * rest >= whole)) as i64
    }
}

/// `long · part / whole` and the rest, bit by bit, where the product would not fit.
fn divided(long: u64, part: u128, whole: u128) -> (u128, u128) {
    let (mut quotient, mut rest) = (0, 0);
    for bit in (0..64 - long.leading_zeros()).rev() {
        quotient *= 2;
        rest = 2 * rest + if long >> bit & 1 == 1 { part } else { 0 };
        while rest >= whole {
            rest -= whole;
            quotient += 1;
        }
    }
    (quotient, rest)
}

/// Whether the line from `a` to `b`, `a` before `b`, meets the pixel of `c`: all points that round to it, half up.
pub(super) fn passes(a: Node, b: Node, c: Node) -> bool {
    if c.x < a.x || c.x > b.x || c.y < a.y.min(b.y) || c.y > a.y.max(b.y) {
        return false;
    }
    // seen across the line, the corners of the pixel reach by `reach` to both sides of its middle; those on its upper
    // and right border are not its own
    let middle = 2 * side(a, b, c);
    let reach = i128::from(b.x - a.x) + i128::from((b.y - a.y).abs());
    let left = middle + reach > 0 || (middle + reach == 0 && a.x == b.x);
    let right = middle - reach < 0 || (middle - reach == 0 && b.y <= a.y);
    left && right
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(x: i64, y: i64) -> Node {
        Node { x, y }
    }

    #[test]
    fn crossings_round_half_up_whichever_way_the_lines_run() {
        let ends = [node(0, 0), node(3, 3), node(0, 3), node(3, 0)];
        let [a, b, c, d] = ends;
        for (a, b) in [(a, b), (b, a)] {
            for (c, d) in [(c, d), (d, c)] {
                assert_eq!(crossing(a, b, c, d), Some(node(2, 2)));
                assert_eq!(crossing(c, d, a, b), Some(node(2, 2)));
            }
        }
        assert_eq!(
            crossing(a, b, node(3, 3), node(5, 0)),
            None,
            "an end is no crossing"
        );
        let low = |n: Node| node(n.x - 10, n.y - 10);
        assert_eq!(crossing(low(a), low(b), low(c), low(d)), Some(node(-8, -8)));
    }

    #[test]
    fn lines_across_the_whole_range_cross_exactly() {
        let far = 1 << 50;
        let found = crossing(
            node(-far, -far),
            node(far, far),
            node(-far, far + 6),
            node(far, -far + 6),
        );
        assert_eq!(found, Some(node(3, 3)));
        assert_eq!(divided(12, 7, 9), (9, 3));
    }

    #[test]
    fn a_pixel_has_its_lower_and_left_border_only() {
        // from (0, 0) to (4, 2): through the corner that (1, 1), (2, 1), (1, 0) and (2, 0)… share, and (1, 0.5)
        let passed = |x, y| passes(node(0, 0), node(4, 2), node(x, y));
        assert!(passed(0, 0) && passed(2, 1) && passed(4, 2));
        assert!(passed(1, 1), "(1, 0.5) is on the lower border of (1, 1)");
        assert!(passed(1, 0), "(0.5, 0.25) is inside of (1, 0)");
        assert!(!passed(0, 1) && !passed(3, 0));
        let falling = |x, y| passes(node(0, 1), node(1, 0), node(x, y));
        assert!(
            falling(1, 1),
            "(0.5, 0.5) is the lower left corner of (1, 1)"
        );
        assert!(
            !falling(0, 0),
            "(0.5, 0.5) is the upper right corner of (0, 0)"
        );
    }
}
