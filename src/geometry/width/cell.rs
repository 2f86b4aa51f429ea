//! A triangle and the edges near it → how large a circle with its centre there can be.

use geo::Coord;

use crate::geometry::ring::dot;

/// How far an edge is from the three corners of a triangle.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellRow {
    pub(super) edge: u32,
    pub(super) off: [f64; 3],
}

/// How often distances are mixed at most: three edges bound a circle, and a round more puts their weights right.
const ROUNDS: usize = 4;

/// How much nearer to what is asked for a round must come.
const WORTHWHILE: f64 = 0.05;

/// A bound of the distance to the boundary, over all points of a triangle.
pub(super) struct Bound {
    pub(super) most: f64,
    /// Where, by weights of the corners, the distance may well be the largest.
    pub(super) guess: Option<[f64; 3]>,
}

impl Bound {
    /// The least bound that some mixing of distances gives; it is no further improved once it is at most `enough`.
    ///
    /// Proof: the distance from a segment is a convex function, so any weighted mean of distances from segments is too,
    /// and over a triangle it is largest at a corner. The nearest segment is no farther than the mean.
    pub(super) fn of(rows: &[CellRow], enough: f64) -> Self {
        let Some(first) = rows
            .iter()
            .min_by(|a, b| largest(a.off).total_cmp(&largest(b.off)))
        else {
            return Self {
                most: f64::INFINITY,
                guess: None,
            };
        };
        let (mut mean, mut most) = (first.off, largest(first.off));
        let mut bounding = [Some(first), None, None];
        for _ in 0..ROUNDS {
            if most <= enough {
                break;
            }
            // what is farther off where the mean is largest makes it no less
            let top = highest(mean);
            let nearer = rows.iter().filter(|row| row.off[top] < most);
            let mixed = nearer.map(|row| (mix(mean, row.off, top), row));
            let Some(((less, weight), row)) = mixed.min_by(|a, b| a.0.0.total_cmp(&b.0.0)) else {
                break;
            };
            if most - less <= WORTHWHILE * (most - enough) {
                break;
            }
            most = less;
            mean = std::array::from_fn(|at| mean[at] + weight * (row.off[at] - mean[at]));
            bounding = [Some(row), bounding[0], bounding[1]];
        }
        let guess = match bounding {
            [Some(a), Some(b), Some(c)] => alike(a.off, b.off, c.off),
            _ => None,
        };
        Self { most, guess }
    }
}

/// The share of `b` in the mean of `a` and `b` that makes its largest entry least: that entry and the share. Entry `top`
/// is the largest of `a`, and less in `b`.
fn mix(a: [f64; 3], b: [f64; 3], mut top: usize) -> (f64, f64) {
    let slope = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    let mut share = 0.0;
    // down along the largest entry, until one that rises takes its place
    while slope[top] < 0.0 {
        let (mut next, mut until) = (top, 1.0);
        for other in 0..3 {
            let closing = slope[other] - slope[top];
            let lead = a[top] - a[other];
            if closing > 0.0 && lead < until * closing && lead >= share * closing && other != top {
                (next, until) = (other, lead / closing);
            }
        }
        share = until;
        if next == top {
            break;
        }
        top = next;
    }
    // where three are equal, rounding may have passed over one of them: any share gives a bound, but it is the largest
    let mixed = std::array::from_fn(|at| a[at] + share * slope[at]);
    (largest(mixed), share)
}

/// The largest of three numbers.
pub(super) fn largest(of: [f64; 3]) -> f64 {
    of[0].max(of[1]).max(of[2])
}

/// The number of the largest of three numbers.
fn highest(of: [f64; 3]) -> usize {
    let first = usize::from(of[1] > of[0]);
    if of[2] > of[first] { 2 } else { first }
}

/// The weights, none negative, that give `a`, `b` and `c` the same mean.
fn alike(a: [f64; 3], b: [f64; 3], c: [f64; 3]) -> Option<[f64; 3]> {
    let less = |x: [f64; 3], at: usize| a[at] - x[at];
    let minor = |i: usize, j: usize| less(b, i) * less(c, j) - less(b, j) * less(c, i);
    let weights = [minor(1, 2), minor(2, 0), minor(0, 1)];
    let sum: f64 = weights.iter().sum();
    let weights = weights.map(|weight| weight / sum);
    weights
        .iter()
        .all(|weight| *weight >= 0.0)
        .then_some(weights)
}

/// The point with these weights of the corners.
pub(super) fn weighted(corners: [Coord; 3], weights: [f64; 3]) -> Coord {
    corners[0] * weights[0] + corners[1] * weights[1] + corners[2] * weights[2]
}

/// The number of the corner opposite to the longest side, and the length of that side.
pub(super) fn longest_side(corners: [Coord; 3]) -> (usize, f64) {
    let length = |at: usize| {
        let side = corners[(at + 2) % 3] - corners[(at + 1) % 3];
        dot(side, side)
    };
    let apex = (1..3).fold(
        0,
        |apex, at| {
            if length(at) > length(apex) { at } else { apex }
        },
    );
    (apex, length(apex).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_no_less_than_the_least_mean_of_the_corners() {
        // of the first two, half and half, all three entries are the same but for rounding
        let off = [
            [
                11.188_486_315_216_29,
                22.376_972_630_432_586,
                7.458_990_876_810_861,
            ],
            [
                18.647_477_192_027_154,
                7.458_990_876_810_861,
                22.376_972_630_432_58,
            ],
            [
                22.407_659_549_931_143,
                10.394_518_836_773_138,
                10.394_518_836_773_136,
            ],
        ];
        let rows = off.map(|off| CellRow { edge: 0, off });
        let mean = |row: &CellRow| row.off.iter().sum::<f64>() / 3.0;
        let least = rows.iter().map(mean).fold(f64::INFINITY, f64::min);
        assert!(Bound::of(&rows, 7.508_990_876_810_861).most >= least);
    }
}
