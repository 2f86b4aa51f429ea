//! Boxes → the order in which a Hilbert curve meets their centres, so that neighbours lie together in a file.

use rayon::prelude::*;

use crate::geometry::{Bounds, HILBERT_BITS, hilbert_position};

/// The first `count` rows, each with its box, along the curve through `extent`; rows in the same cell keep their order.
pub(super) fn hilbert_order(
    count: usize,
    extent: Bounds,
    of: impl Fn(usize) -> Bounds + Sync,
) -> Vec<usize> {
    let size = extent.max - extent.min;
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
    let mut keys: Vec<(u32, usize)> = (0..count)
        .into_par_iter()
        .map(|row| {
            let Bounds { min, max } = of(row);
            let x = cell(min.x, max.x, extent.min.x, size.x);
            let y = cell(min.y, max.y, extent.min.y, size.y);
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
        let at = geo::Coord { x: 5.0, y: 5.0 };
        let point = Bounds { min: at, max: at };
        let boxes = [Bounds::EMPTY, point, Bounds::EMPTY];
        assert_eq!(hilbert_order(3, point, |row| boxes[row]), [0, 1, 2]);
    }
}
