//! A spatial index over boxes.

use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::Bounds;

/// Finds which of many boxes meet a box.
pub struct BoxIndex(RTree<GeomWithData<Rectangle<[f64; 2]>, u32>>);

impl BoxIndex {
    /// The index over `boxes`, which are found again by their position; empty boxes are never found.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a layer has fewer than 2^32 features"
    )]
    pub fn new(boxes: impl Iterator<Item = Bounds>) -> Self {
        let rectangle = |bounds: Bounds| {
            Rectangle::from_corners([bounds.min.x, bounds.min.y], [bounds.max.x, bounds.max.y])
        };
        let filled = boxes
            .enumerate()
            .filter(|(_, bounds)| bounds.min.x <= bounds.max.x);
        Self(RTree::bulk_load(
            filled
                .map(|(at, bounds)| GeomWithData::new(rectangle(bounds), at as u32))
                .collect(),
        ))
    }

    /// The positions of all boxes that share a point with `window`, in no particular order.
    pub fn meeting(&self, window: Bounds) -> impl Iterator<Item = u32> + '_ {
        let window = AABB::from_corners([window.min.x, window.min.y], [window.max.x, window.max.y]);
        self.0
            .locate_in_envelope_intersecting(window)
            .map(|found| found.data)
    }
}
