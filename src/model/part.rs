//! A layer and some of its positions → the layer of those features alone, in their order.

use rustc_hash::FxHashSet;

use super::{City, Layer, LeftOut};
use crate::geometry::{Bounds, Shapes};

impl<T: Clone> Layer<T> {
    /// The features at rising positions. What became of the features of the input is still told of all of them, and what
    /// was set aside is still there.
    pub fn part(&self, positions: &[u32]) -> Self {
        let mut shapes = Shapes::default();
        let mut part = Self {
            rows: Vec::with_capacity(positions.len()),
            shapes: Shapes::default(),
            account: self.account,
            unclear: FxHashSet::default(),
            left_out: self.left_out.clone(),
        };
        for (place, at) in (0..).zip(positions) {
            part.rows.push(self.rows[*at as usize].clone());
            shapes.push(self.shapes.get(*at as usize));
            if self.unclear.contains(at) {
                part.unclear.insert(place);
            }
        }
        part.shapes = shapes;
        part
    }
}

impl<T> LeftOut<T> {
    /// Whether what is left of its outline comes into a box; one without a place does not.
    pub fn meets(&self, window: Bounds) -> bool {
        self.outline
            .bounds()
            .is_some_and(|bounds| bounds.meets(&window))
    }
}

impl City {
    /// A length in metres, in units of the CRS.
    pub fn units(&self, metres: f64) -> f64 {
        metres / self.crs.metres().unwrap_or(f64::NAN)
    }
}
