//! Lots, lines and what stands near them → how good a division is.

use geo::Coord;

use super::Scores;
use super::direction::{angle_between, mean};
use super::piece::{Figure, length};
use super::quota::{Quota, count};

/// How much each score weighs: area, compactness, straightness, angle, clearance.
const WEIGHTS: [f64; 5] = [0.35, 0.25, 0.2, 0.1, 0.1];

/// From this distance on, in metres, being farther away from everything is no better.
const FAR: f64 = 10.0;

/// A lot, or a piece that is yet to be divided: its figure, and how many lots of which areas it is.
pub(super) type Lots<'a> = (Figure, &'a [Quota]);

/// The score of the areas: where they are asked, 1 less the worst deviation as a share of what is allowed; elsewhere the
/// smallest lot as a share of an equal one.
pub(super) fn area(lots: &[Lots<'_>]) -> f64 {
    let one = |(figure, quotas): &Lots<'_>| {
        let best: f64 = quotas.iter().map(|quota| quota.best).sum();
        if quotas.iter().all(|quota| quota.most.is_finite()) {
            1.0 - (figure.area - best).abs() / super::quota::leeway(best)
        } else {
            figure.area / best
        }
    };
    lots.iter().map(one).fold(1.0, f64::min).clamp(0.0, 1.0)
}

/// The mean of `16·A/P²` over the lots, each at most 1: that of a square.
pub(super) fn compactness(lots: &[Lots<'_>]) -> f64 {
    mean(lots.iter().map(|(figure, _)| {
        let compact = 16.0 * figure.area / (figure.perimeter * figure.perimeter);
        compact.clamp(0.0, 1.0)
    }))
}

/// The mean over the lines of 1 for a straight line, ½ for one bend, 0 for two.
pub(super) fn straightness<'a>(lines: impl ExactSizeIterator<Item = &'a [Coord]>) -> f64 {
    mean(lines.map(|line| (1.0 - 0.5 * count(line.len().saturating_sub(2))).max(0.0)))
}

/// The mean over all legs, by their lengths: 1 at a right angle to the plot's longest side, ½ along it, 0 half way between
/// a right angle and that.
pub(super) fn angle<'a>(lines: impl Iterator<Item = &'a [Coord]>, side: Coord) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for leg in lines.flat_map(|line| line.windows(2)) {
        let along = leg[1] - leg[0];
        let off = 90.0 - angle_between(along, side);
        let score = if off <= 45.0 {
            1.0 - off / 45.0
        } else {
            (off - 45.0) / 90.0
        };
        sum += score * length(along);
        weight += length(along);
    }
    if weight > 0.0 { sum / weight } else { 1.0 }
}

/// The least distance of a line from a thing as a share of twice the clearance asked, or of ten metres where that is more;
/// 1 where it is farther.
pub(super) fn clearance(distance: f64, asked: f64) -> f64 {
    (distance / FAR.max(2.0 * asked)).clamp(0.0, 1.0)
}

/// What this distance adds to the total.
pub(super) fn of_gap(distance: f64, asked: f64) -> f64 {
    clearance(distance, asked) * WEIGHTS[4]
}

impl Scores {
    /// The scores and their weighted sum.
    pub(super) fn of(parts: [f64; 5]) -> Self {
        let [area, compactness, straightness, angle, clearance] = parts;
        let total = parts.iter().zip(WEIGHTS).map(|(part, by)| part * by).sum();
        Self {
            total,
            area,
            compactness,
            straightness,
            angle,
            clearance,
        }
    }
}
