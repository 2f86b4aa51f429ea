//! A shape in degrees → whole multiples of a power of ten, as few decimals as keep it valid.

use geo::Coord;

use crate::geometry::{ShapeRef, Shapes, is_valid};
use crate::quantity::Decimal;

/// 10^-7 degrees are one centimetre.
const PLACES: u8 = 7;
/// 10^-12 degrees are a tenth of a micrometre: finer than coordinates in metres are stored.
const MOST_PLACES: u8 = 12;

/// A shape whose coordinates are written with a fixed number of decimals.
pub(super) struct Rounded {
    /// Its parts, each a counter-clockwise shell and clockwise holes, closed.
    pub(super) parts: Vec<Vec<Vec<[i64; 2]>>>,
    /// The decimals of its coordinates.
    pub(super) places: u8,
}

impl Rounded {
    /// Seven decimals, or the fewest more with which the shape is valid. One that no number of decimals makes valid has
    /// seven.
    pub(super) fn of(shape: ShapeRef<'_>) -> Self {
        let first = Self::with(shape, PLACES);
        if first.is_valid() {
            return first;
        }
        (PLACES + 1..=MOST_PLACES)
            .map(|places| Self::with(shape, places))
            .find(Self::is_valid)
            .unwrap_or(first)
    }

    fn with(shape: ShapeRef<'_>, places: u8) -> Self {
        let ring = |(number, ring)| round_ring(ring, number == 0, places);
        let parts = shape
            .parts()
            .map(|part| part.rings().enumerate().map(ring).collect());
        Self {
            parts: parts.collect(),
            places,
        }
    }

    /// Whether it is valid to the last digit: it is looked at from its first point, in units that a double holds exactly.
    #[expect(
        clippy::cast_precision_loss,
        reason = "differences of whole numbers below 2^53"
    )]
    fn is_valid(&self) -> bool {
        let rings = || self.parts.iter().flatten();
        let Some(&[x, y]) = rings().flatten().next() else {
            return true;
        };
        let from_first = |&[a, b]: &[i64; 2]| [a - x, b - y];
        let reach = rings()
            .flatten()
            .flat_map(from_first)
            .map(i64::unsigned_abs)
            .max();
        let mut unit = 1.0;
        while reach.unwrap_or(0) as f64 * unit > 5e8 {
            unit /= 2.0;
        }
        let mut shapes = Shapes::default();
        for part in &self.parts {
            for ring in part {
                let points = ring.iter().map(from_first);
                points.for_each(|[x, y]| {
                    shapes.push_coord(Coord {
                        x: x as f64 * unit,
                        y: y as f64 * unit,
                    });
                });
                shapes.end_ring();
            }
            shapes.end_part();
        }
        shapes.end_shape();
        is_valid(shapes.get(0))
    }
}

/// The ring in whole multiples, counter-clockwise for a shell and clockwise for a hole.
/// Points that rounding makes equal to the one before are dropped, unless fewer than four would be left.
fn round_ring(ring: &[Coord], shell: bool, places: u8) -> Vec<[i64; 2]> {
    let units = |value: f64| Decimal::round(value, places).map_or(0, Decimal::units);
    let mut rounded: Vec<[i64; 2]> = ring.iter().map(|c| [units(c.x), units(c.y)]).collect();
    let steps = rounded.windows(2).filter(|pair| pair[0] != pair[1]).count();
    if steps >= 3 {
        rounded.dedup();
    }
    let twice_area = twice_area(&rounded);
    if (shell && twice_area < 0) || (!shell && twice_area > 0) {
        rounded.reverse();
    }
    rounded
}

/// Exact, positive when counter-clockwise.
fn twice_area(ring: &[[i64; 2]]) -> i128 {
    let Some(&[x0, y0]) = ring.first() else {
        return 0;
    };
    ring.windows(2)
        .map(|pair| {
            let [[ax, ay], [bx, by]] = [pair[0], pair[1]];
            i128::from(ax - x0) * i128::from(by - y0) - i128::from(bx - x0) * i128::from(ay - y0)
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(rings: &[&[(f64, f64)]]) -> Rounded {
        let mut shapes = Shapes::default();
        for ring in rings {
            shapes.push_ring(&ring.iter().copied().map(Coord::from).collect::<Vec<_>>());
        }
        shapes.end_part();
        shapes.end_shape();
        Rounded::of(shapes.get(0))
    }

    #[test]
    fn only_a_shape_that_seven_decimals_spoil_has_more() {
        let square = [
            (121.0, 28.0),
            (121.1, 28.0),
            (121.1, 28.1),
            (121.0, 28.1),
            (121.0, 28.0),
        ];
        assert_eq!(rounded(&[&square]).places, 7);
        // a needle of half a centimetre's width
        let needle = [
            (121.0, 28.0),
            (121.1, 28.000_000_02),
            (121.1, 28.000_000_04),
            (121.0, 28.0),
        ];
        assert_eq!(rounded(&[&needle]).places, 8);
        // a hole a millimetre from the line of its shell
        let hole = [
            (121.02, 28.000_000_01),
            (121.04, 28.05),
            (121.05, 28.03),
            (121.02, 28.000_000_01),
        ];
        let slanted = [
            (121.0, 28.0),
            (121.07, 28.0),
            (121.1, 28.1),
            (121.0, 28.1),
            (121.0, 28.0),
        ];
        assert!(rounded(&[&slanted, &hole]).places <= 8);
    }

    #[test]
    fn what_no_decimals_make_valid_keeps_seven() {
        let line = [(121.0, 28.0), (121.1, 28.1), (121.2, 28.2), (121.0, 28.0)];
        assert_eq!(rounded(&[&line]).places, 7);
    }
}
