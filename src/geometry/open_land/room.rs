//! Open cells → the largest rectangle of them, and the one that is farthest from any that is not open.

use super::grid::{Cells, Grid};

/// The largest rectangle of open cells, row by row with the heights of the columns below (the largest rectangle under a
/// histogram); of several the first.
pub(super) fn largest_rectangle(open: &[bool], columns: usize) -> Option<Cells> {
    let mut heights = vec![0_usize; columns + 1];
    let mut best = (0, None);
    // columns whose heights rise, each with how far to the left its height reaches
    let mut rising: Vec<(usize, usize)> = Vec::new();
    for (row, cells) in open.chunks(columns).enumerate() {
        for (height, open) in heights.iter_mut().zip(cells) {
            *height = if *open { *height + 1 } else { 0 };
        }
        rising.clear();
        for (column, &height) in heights.iter().enumerate() {
            let mut left = column;
            while let Some(&(from, tall)) = rising.last() {
                if tall <= height {
                    break;
                }
                rising.pop();
                left = from;
                if tall * (column - from) > best.0 {
                    let (bottom, top) = (row + 1 - tall, row + 1);
                    let cells = Cells {
                        left,
                        bottom,
                        right: column,
                        top,
                    };
                    best = (tall * (column - from), Some(cells));
                }
            }
            if height > 0 && rising.last().is_none_or(|last| last.1 < height) {
                rising.push((left, height));
            }
        }
    }
    best.1
}

/// The open cell whose middle is farthest from the middle of a cell that is not open, those around the grid among them,
/// and how far that is. `None` where no cell is open.
///
/// Distances are those of Felzenszwalb and Huttenlocher (Distance Transforms of Sampled Functions, 2012): along the
/// columns, and then along each row the lowest of parabolas.
pub(super) fn farthest(open: &[bool], grid: &Grid) -> Option<((usize, usize), f64)> {
    let (columns, rows) = (grid.columns, grid.rows);
    let mut above = vec![0_u32; open.len()];
    for row in 0..rows {
        for column in 0..columns {
            let at = row * columns + column;
            let before = if row == 0 { 0 } else { above[at - columns] };
            above[at] = if open[at] { before + 1 } else { 0 };
        }
    }
    let mut below = vec![0_u32; columns];
    let mut best = (0.0, None);
    let mut squares = vec![0.0; columns + 2];
    let mut lowest = Vec::with_capacity(columns + 2);
    for row in (0..rows).rev() {
        let cells = &open[row * columns..][..columns];
        for (column, is_open) in cells.iter().enumerate() {
            below[column] = if *is_open { below[column] + 1 } else { 0 };
            let away = f64::from(above[row * columns + column].min(below[column])) * grid.size.y;
            squares[column + 1] = away * away;
        }
        if !cells.contains(&true) {
            continue;
        }
        along_row(&squares, grid.size.x, &mut lowest, |column, square| {
            if square > best.0 {
                best = (square, Some((column - 1, row)));
            }
        });
    }
    best.1.map(|cell| (cell, best.0.sqrt()))
}

/// Tells for each place of a row, those at its ends excepted, the least of `(x - x')² + square(x')`.
fn along_row(
    squares: &[f64],
    step: f64,
    lowest: &mut Vec<(usize, f64)>,
    mut tell: impl FnMut(usize, f64),
) {
    #[expect(clippy::cast_precision_loss, reason = "few cells")]
    let x = |at: usize| at as f64 * step;
    lowest.clear();
    for (at, square) in squares.iter().enumerate() {
        let from = loop {
            let Some(&(other, begins)) = lowest.last() else {
                break f64::NEG_INFINITY;
            };
            // where the two parabolas meet
            let rise = square - squares[other] + x(at) * x(at) - x(other) * x(other);
            let meet = rise / (2.0 * (x(at) - x(other)));
            if meet > begins {
                break meet;
            }
            lowest.pop();
        };
        lowest.push((at, from));
    }
    let mut next = 0;
    for at in 1..squares.len() - 1 {
        while lowest
            .get(next + 1)
            .is_some_and(|(_, begins)| *begins < x(at))
        {
            next += 1;
        }
        let other = lowest[next].0;
        let away = x(at) - x(other);
        tell(at, away * away + squares[other]);
    }
}
