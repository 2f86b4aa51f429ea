//! Boxes → the order in which a Hilbert curve meets their centres, so that neighbours lie together in a file.

use flatgeobuf::packed_r_tree::NodeItem;
use rayon::prelude::*;

/// The curve runs through a grid of 2^16 cells on each side.
const BITS: u32 = 16;

/// The rows of `boxes` along the curve through `extent`; rows in the same cell keep their order.
pub(super) fn hilbert_order(boxes: &[NodeItem], extent: &NodeItem) -> Vec<usize> {
    let cell = |low: f64, high: f64, from: f64, width: f64| {
        let share = (f64::midpoint(low, high) - from) / width;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast to an integer keeps within its range, and no number is 0"
        )]
        let cell = (share * f64::from((1 << BITS) - 1)) as u32;
        cell
    };
    let mut keys: Vec<(u32, usize)> = boxes
        .par_iter()
        .enumerate()
        .map(|(row, b)| {
            let x = cell(b.min_x, b.max_x, extent.min_x, extent.width());
            let y = cell(b.min_y, b.max_y, extent.min_y, extent.height());
            (position(x.min(0xffff), y.min(0xffff)), row)
        })
        .collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|(_, row)| row).collect()
}

/// How far along the curve the cell (`x`, `y`) lies.
fn position(mut x: u32, mut y: u32) -> u32 {
    let mut position = 0;
    for bit in (0..BITS).rev() {
        let (right, upper) = ((x >> bit) & 1, (y >> bit) & 1);
        position = (position << 2) | ((3 * right) ^ upper);
        // Each quadrant holds the curve turned, so that its ends meet those of the quadrants beside it.
        if upper == 0 {
            if right == 1 {
                (x, y) = (!x, !y);
            }
            (x, y) = (y, x);
        }
    }
    position
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_meets_every_cell_once_and_steps_to_a_neighbour() {
        let mut cells: Vec<_> = (0..32)
            .flat_map(|x| (0..32).map(move |y| (position(x, y), x, y)))
            .collect();
        cells.sort_unstable();
        for (index, pair) in (0..).zip(cells.windows(2)) {
            let [(at, ax, ay), (next, bx, by)] = [pair[0], pair[1]];
            assert_eq!((at, next), (index, index + 1));
            assert_eq!(ax.abs_diff(bx) + ay.abs_diff(by), 1);
        }
    }

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
