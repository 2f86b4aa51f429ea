//! Shapes → how large each is, and how much of it two surveys may see differently.

use rayon::prelude::*;

use crate::geometry::{Shapes, perimeter, plane_area};

/// What is less than this share of a parcel is no difference between two surveys of it.
const SHARE: f64 = 0.01;

/// A shape, in square units of the CRS.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    /// Its area.
    pub(super) area: f64,
    /// What two surveys of it may differ by: 1 % of it, or a strip as wide as the tolerance along half its boundary, which is
    /// what a shift takes off; never more than half of it.
    pub(super) slack: f64,
}

impl Size {
    /// Whether a part is most of it.
    pub(super) fn is_mostly(self, part: f64) -> bool {
        part > self.area / 2.0
    }

    /// Whether a part is all of it, as far as surveys agree.
    pub(super) fn is_all(self, part: f64) -> bool {
        self.area - part <= self.slack
    }

    /// Whether parts come to more than all of it.
    pub(super) fn is_exceeded(self, parts: f64) -> bool {
        parts - self.area > self.slack
    }

    /// The least common ground of two shapes that is no difference between surveys; `one` is a square metre.
    pub(super) fn least(self, other: Self, one: f64) -> f64 {
        let smaller = if self.area <= other.area { self } else { other };
        smaller.slack.max(one).min(smaller.area / 2.0)
    }
}

/// The sizes of shapes; `tolerance` in units of the CRS.
pub(super) fn sizes(shapes: &Shapes, tolerance: f64) -> Vec<Size> {
    let size = |at: usize| {
        let shape = shapes.get(at);
        let area = plane_area(shape);
        let strip = tolerance * perimeter(shape) / 2.0;
        Size {
            area,
            slack: strip.max(SHARE * area).min(area / 2.0),
        }
    };
    (0..shapes.len()).into_par_iter().map(size).collect()
}
