//! Open cells → the largest rectangle of them, and the one that is farthest from any that is not open.

use geo::Coord;

use super::grid::{Cells, Raster};

/// The largest rectangle of open cells, row by row with the heights of the columns below (the largest rectangle under a
/// histogram); of several the first.
pub(super) fn largest_rectangle(open: &[bool], columns: usize) -> Option<Cells> {
    let mut heights = vec![0_usize; columns + 1];
    let mut best = (0, None);
    // columns whose heights rise, each with how far to the left its height reaches
    let mut rising: Vec<(usize, usize)> = Vec::new();
    let mut rows = open.chunks(columns).enumerate().peekable();
    while let Some((row, cells)) = rows.next() {
        for (height, open) in heights.iter_mut().zip(cells) {
            *height = if *open { *height + 1 } else { 0 };
        }
        // where all that is open stays open in the next row, every rectangle goes on there
        let goes_on = |next: &[bool]| cells.iter().zip(next).all(|(here, next)| !*here || *next);
        if rows.peek().is_some_and(|(_, next)| goes_on(next)) {
            continue;
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

/// What rounding can take from a distance or add to it, as a share of it.
const ROUNDING: f64 = 1e-9;

/// The open cell whose middle is farthest from the middle of a cell that is not open, those around the grid among them,
/// and how far that is. `None` where no cell is open.
///
/// Distances are those of Felzenszwalb and Huttenlocher (Distance Transforms of Sampled Functions, 2012): along the
/// columns, and then along each row the lowest of parabolas; this only in rows in which a cell can be the farthest.
pub(super) fn farthest(open: &[bool], grid: &Raster) -> Option<((usize, usize), f64)> {
    let (columns, rows) = (grid.columns, grid.rows);
    let away = along_columns(open, columns);
    let of_row = |row: usize| &away[row * columns..][..columns];
    // no cell of a row is farther than along its column, nor than along the row
    let most: Vec<f64> = (0..rows).map(|row| most(of_row(row), grid.size)).collect();
    let mut squares = vec![0.0; columns + 2];
    let mut lowest = Vec::with_capacity(columns + 2);
    let mut best_of = |row: usize, from: f64| {
        for (square, away) in squares[1..].iter_mut().zip(of_row(row)) {
            let away = f64::from(*away) * grid.size.y;
            *square = away * away;
        }
        let mut best = (from, None);
        along_row(&squares, grid.size.x, &mut lowest, |column, square| {
            if square > best.0 {
                best = (square, Some((column - 1, row)));
            }
        });
        best
    };
    let promising = (0..rows).max_by(|a, b| most[*a].total_cmp(&most[*b]))?;
    let (reached, _) = best_of(promising, 0.0);
    let mut best = (0.0, None);
    for row in (0..rows).rev() {
        if most[row] > 0.0 && most[row] >= reached.max(best.0) * (1.0 - ROUNDING) {
            let found = best_of(row, best.0);
            if found.1.is_some() {
                best = found;
            }
        }
    }
    best.1.map(|cell| (cell, f64::sqrt(best.0)))
}

/// How many cells each cell is from one of its column that is not open.
fn along_columns(open: &[bool], columns: usize) -> Vec<u16> {
    let mut away = vec![0_u16; open.len()];
    let mut before = vec![0_u16; columns];
    let one_more = |before: u16, open: bool| before.saturating_add(1) * u16::from(open);
    for (away, open) in away.chunks_mut(columns).zip(open.chunks(columns)) {
        for ((away, before), open) in away.iter_mut().zip(&mut before).zip(open) {
            *before = one_more(*before, *open);
            *away = *before;
        }
    }
    before.fill(0);
    let rows = away.chunks_mut(columns).zip(open.chunks(columns));
    for (away, open) in rows.rev() {
        for ((away, before), open) in away.iter_mut().zip(&mut before).zip(open) {
            *before = one_more(*before, *open);
            *away = (*away).min(*before);
        }
    }
    away
}

/// The square of a distance that no cell of a row is beyond.
fn most(away: &[u16], size: Coord) -> f64 {
    let mut most = 0.0_f64;
    for run in away.split(|away| *away == 0) {
        let mut place = 1.0;
        #[expect(clippy::cast_precision_loss, reason = "few cells")]
        let count = run.len() as f64;
        for away in run {
            let along = f64::min(place, count + 1.0 - place) * size.x;
            most = most.max(along.min(f64::from(*away) * size.y));
            place += 1.0;
        }
    }
    most * most
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
