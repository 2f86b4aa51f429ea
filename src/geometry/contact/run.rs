//! Where one edge runs along another within a tolerance.

use super::NOISE;
use super::edges::IndexedEdge;
use crate::geometry::ring::{cross, dot, side};

/// How steeply edges may part where the tolerance, not an end, cuts the run short: about 6 degrees.
const STEEPEST: f64 = 0.1;

/// A stretch of an edge, as distances from its first corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) from: f64,
    pub(super) to: f64,
    /// Both edges lie on one line there, but for noise.
    pub(super) exact: bool,
}

impl Run {
    pub(super) fn length(&self) -> f64 {
        self.to - self.from
    }
}

/// The stretch of `a` along which `b` runs no farther off than `tolerance`; exactly on it when that is 0.
///
/// A run cut short by the tolerance counts only where the two part gently: edges that meet at an angle pass within
/// any tolerance of each other, and share a point, not a boundary.
pub(super) fn run_along(a: &IndexedEdge, b: &IndexedEdge, tolerance: f64) -> Option<Run> {
    let length = dot(a.along(), a.along()).sqrt();
    let unit = a.along() / length;
    let (start, end) = (dot(unit, b.from - a.from), dot(unit, b.to - a.from));
    let (from, to) = (start.min(end).max(0.0), start.max(end).min(length));
    if to - from <= NOISE {
        return None;
    }
    if tolerance == 0.0 {
        let on_line = side(a.from, a.to, b.from) == 0.0 && side(a.from, a.to, b.to) == 0.0;
        return on_line.then_some(Run {
            from,
            to,
            exact: true,
        });
    }
    let off = cross(unit, b.from - a.from);
    let slope = cross(unit, b.along()) / (end - start);
    let off_at = |place: f64| off + slope * (place - start);
    let farthest = off_at(from).abs().max(off_at(to).abs());
    if farthest <= tolerance {
        return Some(Run {
            from,
            to,
            exact: farthest <= NOISE,
        });
    }
    if slope.abs() > STEEPEST {
        return None;
    }
    let (one, other) = (
        start + (tolerance - off) / slope,
        start + (-tolerance - off) / slope,
    );
    let cut = Run {
        from: from.max(one.min(other)),
        to: to.min(one.max(other)),
        exact: false,
    };
    (cut.length() > NOISE).then_some(cut)
}

/// The length that some runs of one edge cover together.
pub(super) fn total(runs: &mut [Run]) -> f64 {
    runs.sort_by(|a, b| a.from.total_cmp(&b.from));
    let mut covered = f64::NEG_INFINITY;
    let mut sum = 0.0;
    for run in runs {
        sum += (run.to - run.from.max(covered)).max(0.0);
        covered = covered.max(run.to);
    }
    sum
}
