//! Open cells → the largest rectangle of them, and the one that is farthest from any that is not open.

use geo::Coord;

use super::grid::{Cells, Raster};

/// The largest rectangle of open cells, row by row with the heights of the columns below (the largest rectangle under a
/// histogram); of several the first.
pub(super) fn largest_rectangle(open: &[bool], columns: usize) -> Option<Cells> {
    let mut heights = vec![0_u16; columns + 1];
    let mut best = (0, None);
    // columns whose heights rise, each with how far to the left its height reaches
    let mut rising: Vec<(usize, usize)> = Vec::new();
    let mut rows = open.chunks(columns).enumerate().peekable();
    while let Some((row, cells)) = rows.next() {
        for (height, open) in heights.iter_mut().zip(cells) {
            *height = height.saturating_add(1) * u16::from(*open);
        }
        // where all that is open stays open in the next row, every rectangle goes on there
        let ends = |next: &[bool]| {
            let both = cells.iter().zip(next);
            both.fold(0, |any, (here, next)| {
                any | u8::from(*here) & u8::from(!*next)
            }) > 0
        };
        if rows.peek().is_some_and(|(_, next)| !ends(next)) {
            continue;
        }
        rising.clear();
        for (column, height) in heights.iter().enumerate() {
            let height = usize::from(*height);
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
/// columns, and then along each run of open cells of a row the lowest of parabolas; this only in runs in which a cell can
/// be the farthest.
pub(super) fn farthest(open: &[bool], grid: &Raster) -> Option<((usize, usize), f64)> {
    let (columns, rows) = (grid.columns, grid.rows);
    let away = along_columns(open, columns);
    let of_row = |row: usize| &away[row * columns..][..columns];
    let most: Vec<f64> = (0..rows)
        .map(|row| {
            let runs = runs(of_row(row)).map(|(_, run)| about(run));
            let cells = f64::from(runs.max().unwrap_or(0)) * grid.size.x.max(grid.size.y);
            cells * cells
        })
        .collect();
    let mut squares = Vec::with_capacity(columns + 2);
    let mut lowest = Vec::with_capacity(columns + 2);
    // of the runs of a row in which a cell can be as far as `reached`
    let mut best_of = |row: usize, from: f64, reached: f64| {
        let mut best = (from, None);
        for (first, run) in runs(of_row(row)) {
            if exactly(run, grid.size) < reached.max(best.0) * (1.0 - ROUNDING) {
                continue;
            }
            squares.clear();
            squares.push(0.0);
            squares.extend(run.iter().map(|away| {
                let away = f64::from(*away) * grid.size.y;
                away * away
            }));
            squares.push(0.0);
            along_row(&squares, (first, grid.size.x), &mut lowest, |at, square| {
                if square > best.0 {
                    best = (square, Some((first + at - 1, row)));
                }
            });
        }
        best
    };
    let promising = (0..rows).max_by(|a, b| most[*a].total_cmp(&most[*b]))?;
    let (reached, _) = best_of(promising, 0.0, 0.0);
    let mut best = (0.0, None);
    for row in (0..rows).rev() {
        if most[row] > 0.0 && most[row] >= reached.max(best.0) * (1.0 - ROUNDING) {
            let found = best_of(row, best.0, reached);
            if found.1.is_some() {
                best = found;
            }
        }
    }
    best.1.map(|cell| (cell, f64::sqrt(best.0)))
}

/// The runs of cells of a row that are open, each with the column of its first.
fn runs(away: &[u16]) -> impl Iterator<Item = (usize, &[u16])> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let first = from + away[from..].iter().position(|away| *away > 0)?;
        let rest = &away[first..];
        let count = rest.iter().position(|away| *away == 0);
        let run = &rest[..count.unwrap_or(rest.len())];
        from = first + run.len();
        Some((first, run))
    })
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

/// How many cells no cell of a run is farther than, along its column or along the row.
fn about(run: &[u16]) -> u16 {
    let (left, right) = run.split_at(run.len().div_ceil(2));
    from_end(left.iter()).max(from_end(right.iter().rev()))
}

fn from_end<'a>(half: impl Iterator<Item = &'a u16>) -> u16 {
    let cells = (1_u16..).zip(half);
    cells.fold(0, |most, (place, away)| most.max(place.min(*away)))
}

/// The square of a distance that no cell of a run is beyond: none is farther than along its column, nor than along the row.
fn exactly(run: &[u16], size: Coord) -> f64 {
    let mut most = 0.0_f64;
    let mut place = 1.0;
    #[expect(clippy::cast_precision_loss, reason = "few cells")]
    let count = run.len() as f64;
    for away in run {
        let along = f64::min(place, count + 1.0 - place) * size.x;
        most = most.max(along.min(f64::from(*away) * size.y));
        place += 1.0;
    }
    most * most
}

/// Tells for each place of a stretch of a row, those at its ends excepted, the least of `(x - x')² + square(x')`.
fn along_row(
    squares: &[f64],
    (first, step): (usize, f64),
    lowest: &mut Vec<(usize, f64)>,
    mut tell: impl FnMut(usize, f64),
) {
    #[expect(clippy::cast_precision_loss, reason = "few cells")]
    let x = |at: usize| (first + at) as f64 * step;
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

#[cfg(test)]
mod tests {
    use geo::MultiPolygon;
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::Shapes;

    /// The same by the lowest of parabolas along whole rows, all of them.
    fn farthest_of_all(open: &[bool], grid: &Raster) -> Option<((usize, usize), f64)> {
        let away = along_columns(open, grid.columns);
        let mut best = (0.0, None);
        for (row, away) in away.chunks(grid.columns).enumerate().rev() {
            let inner = away.iter().map(|away| {
                let away = f64::from(*away) * grid.size.y;
                away * away
            });
            let squares: Vec<f64> = [0.0].into_iter().chain(inner).chain([0.0]).collect();
            along_row(&squares, (0, grid.size.x), &mut Vec::new(), |at, square| {
                if square > best.0 {
                    best = (square, Some((at - 1, row)));
                }
            });
        }
        best.1.map(|cell| (cell, f64::sqrt(best.0)))
    }

    fn largest_of_all(open: &[bool], columns: usize) -> usize {
        let rows = open.len() / columns;
        let mut most = 0;
        for bottom in 0..rows {
            let mut all = vec![true; columns];
            for top in bottom..rows {
                let row = &open[top * columns..][..columns];
                all.iter_mut().zip(row).for_each(|(all, open)| *all &= open);
                let widest = all.split(|open| !open).map(<[bool]>::len).max();
                most = most.max(widest.unwrap_or(0) * (top + 1 - bottom));
            }
        }
        most
    }

    proptest! {
        #[test]
        fn runs_tell_what_whole_rows_tell(
            (width, height) in (1.0_f64..40.0, 1.0_f64..40.0),
            walls in prop::collection::vec((0_usize..1600, 1_usize..12), 0..12),
        ) {
            let yard = geo::Rect::new((0.0, 0.0), (width, height)).to_polygon();
            let mut shapes = Shapes::default();
            shapes.push_geo(&MultiPolygon(vec![yard]));
            let grid = Raster::along(shapes.get(0), 1.0).unwrap();
            let mut open = vec![true; grid.columns * grid.rows];
            for (from, count) in walls {
                let cells = from % open.len()..open.len();
                open[cells].iter_mut().take(count).for_each(|open| *open = false);
            }
            prop_assert_eq!(farthest(&open, &grid), farthest_of_all(&open, &grid));
            let found = largest_rectangle(&open, grid.columns);
            let area = found.map_or(0, |cells| {
                (cells.right - cells.left) * (cells.top - cells.bottom)
            });
            prop_assert_eq!(area, largest_of_all(&open, grid.columns));
        }
    }
}
