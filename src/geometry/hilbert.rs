//! Boxes → the order in which a Hilbert curve meets their middles, so that neighbours lie together in a file.

use rayon::prelude::*;

use super::Bounds;

/// The curve runs through a grid of 2^16 cells on each side.
pub const HILBERT_BITS: u32 = 16;

/// The positions of boxes along the curve through all of them; those in one cell keep their order.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast to an integer keeps within its range, and no number is 0"
)]
pub fn along_hilbert(boxes: &[Bounds]) -> Vec<u32> {
    let all = boxes.iter().fold(Bounds::EMPTY, |all, one| all.union(*one));
    let cell = |at: f64, from: f64, to: f64| {
        let share = (at - from) / (to - from);
        ((share * f64::from((1 << HILBERT_BITS) - 1)) as u32).min(0xffff)
    };
    let place = |(at, bounds): (usize, &Bounds)| {
        let middle = bounds.centre();
        let x = cell(middle.x, all.min.x, all.max.x);
        let y = cell(middle.y, all.min.y, all.max.y);
        (hilbert_position(x, y), at as u32)
    };
    let mut keys: Vec<(u32, u32)> = boxes.par_iter().enumerate().map(place).collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|(_, at)| at).collect()
}

/// How far along the curve the cell (`x`, `y`) lies, each below 2^16.
pub fn hilbert_position(mut x: u32, mut y: u32) -> u32 {
    let mut position = 0;
    for bit in (0..HILBERT_BITS).rev() {
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
            .flat_map(|x| (0..32).map(move |y| (hilbert_position(x, y), x, y)))
            .collect();
        cells.sort_unstable();
        for (index, pair) in (0..).zip(cells.windows(2)) {
            let [(at, ax, ay), (next, bx, by)] = [pair[0], pair[1]];
            assert_eq!((at, next), (index, index + 1));
            assert_eq!(ax.abs_diff(bx) + ay.abs_diff(by), 1);
        }
    }
}
