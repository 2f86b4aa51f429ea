//! Boxes → the order in which a Hilbert curve meets their centres, so that neighbours lie together in a file.

use flatgeobuf::packed_r_tree::NodeItem;
use rayon::prelude::*;

use crate::geometry::{HILBERT_BITS, hilbert_position};

/// The rows of `boxes` along the curve through `extent`; rows in the same cell keep their order.
pub(super) fn hilbert_order(boxes: &[NodeItem], extent: &NodeItem) -> Vec<usize> {
    let cell = |low: f64, high: f64, from: f64, width: f64| {
        let share = (f64::midpoint(low, high) - from) / width;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast to an integer keeps within its range, and no number is 0"
        )]
        let cell = (share * f64::from((1 << HILBERT_BITS) - 1)) as u32;
        cell
    };
    let mut keys: Vec<(u32, usize)> = boxes
        .par_iter()
        .enumerate()
        .map(|(row, b)| {
            let x = cell(b.min_x, b.max_x, extent.min_x, extent.width());
            let y = cell(b.min_y, b.max_y, extent.min_y, extent.height());
            (hilbert_position(x.min(0xffff), y.min(0xffff)), row)
        })
        .collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_that_are_empty_or_in_one_place_keep_their_order() {
        let boxes = [
            NodeItem::create(0),
            NodeItem::bounds(5.0, 5.0, 5.0, 5.0),
            NodeItem::create(0),
        ];
        assert_eq!(hilbert_order(&boxes, &boxes[1]), [0, 1, 2]);
    }
}
