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
        let (tallest, wide) = heights
            .iter()
            .fold((0_u16, 0_u16), |(tallest, wide), height| {
                (tallest.max(*height), wide + u16::from(*height > 0))
            });
        if usize::from(tallest) * usize::from(wide) <= best.0
            || rows.peek().is_some_and(|(_, next)| !ends(next))
        {
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
const ROUNDING: f64 = 1e-6;

/// The open cell whose middle is farthest from the middle of a cell that is not open, those around the grid among them,
/// and how far that is. `None` where no cell is open.
///
/// How far is found by looking around the cells that can be farther than those before. Of several that are as far one is
/// chosen by distances as of Felzenszwalb and Huttenlocher (Distance Transforms of Sampled Functions, 2012): along the
/// columns, and then along each run of open cells of a row the lowest of parabolas; this only in runs that hold one of them.
pub(super) fn farthest(open: &[bool], grid: &Raster) -> Option<((usize, usize), f64)> {
    let away = along_columns(open, grid.columns);
    let of_row = |row: usize| &away[row * grid.columns..][..grid.columns];
    let most: Vec<f64> = (0..grid.rows)
        .map(|row| none_beyond(of_row(row), grid.size))
        .collect();
    let mut promising: Vec<usize> = (0..grid.rows).collect();
    promising.sort_unstable_by(|a, b| most[*b].total_cmp(&most[*a]));
    let mut reached = 0.0;
    for row in promising {
        if most[row] <= reached {
            break;
        }
        for run in runs(of_row(row)) {
            reached = run.beyond(reached, grid.size);
        }
    }
    let least = reached * (1.0 - ROUNDING);
    let (mut squares, mut lowest) = (Vec::new(), Vec::new());
    let mut best = (0.0, None);
    for row in (0..grid.rows).rev().filter(|row| most[*row] > least) {
        for run in runs(of_row(row)) {
            if run.beyond(least, grid.size) > least {
                run.squares(grid.size, &mut squares);
                let stretch = (run.first, grid.size.x);
                along_row(&squares, stretch, &mut lowest, |at, square| {
                    if square > best.0 {
                        best = (square, Some((run.first + at - 1, row)));
                    }
                });
            }
        }
    }
    best.1.map(|cell| (cell, f64::sqrt(best.0)))
}

/// The square of a distance that no cell of a row is beyond: none is farther than along its column, nor than along the row.
fn none_beyond(away: &[u16], size: Coord) -> f64 {
    let tallest = away.iter().fold(0_u16, |most, away| most.max(*away));
    #[expect(clippy::cast_precision_loss, reason = "few cells")]
    let half = away.len().div_ceil(2) as f64;
    let most = f64::min(f64::from(tallest) * size.y, half * size.x);
    most * most
}

/// Open cells of a row one after another.
struct Run<'a> {
    /// The column of its first cell.
    first: usize,
    /// How many cells each is from one of its column that is not open.
    away: &'a [u16],
}

/// The runs of a row.
fn runs(away: &[u16]) -> impl Iterator<Item = Run<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let first = from + away[from..].iter().position(|away| *away > 0)?;
        let rest = &away[first..];
        let count = rest.iter().position(|away| *away == 0);
        let away = &rest[..count.unwrap_or(rest.len())];
        from = first + away.len();
        Some(Run { first, away })
    })
}

impl Run<'_> {
    /// The square of the distance of the farthest of its cells, or `least` where none is farther.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no more than the cells of a row or a column"
    )]
    fn beyond(&self, least: f64, size: Coord) -> f64 {
        let mut reached = least;
        let cells_to = |square: f64, size: f64| (square.sqrt() / size) as u16;
        // cells so near an end of the run, or so few from one that is not open, are none that is farther
        let (mut near_end, mut few) = (cells_to(reached, size.x), cells_to(reached, size.y));
        let mut at = usize::from(near_end);
        loop {
            let to = self.away.len().saturating_sub(near_end.into());
            let rest = self.away.get(at..to).unwrap_or_default();
            let Some(next) = rest.iter().position(|away| *away > few) else {
                return reached;
            };
            at += next;
            let square = self.square(at, reached, size);
            if square > reached {
                reached = square;
                (near_end, few) = (cells_to(reached, size.x), cells_to(reached, size.y));
            }
            at += 1;
        }
    }

    /// The square of the distance of a cell, or one that is no more than `enough`.
    fn square(&self, at: usize, enough: f64, size: Coord) -> f64 {
        let square_of = |cells: u16| {
            let away = f64::from(cells) * size.y;
            away * away
        };
        let cell = |at: Option<usize>| at.and_then(|at| self.away.get(at)).copied();
        let mut square = square_of(self.away[at]);
        let mut step = 0.0;
        for away in 1.. {
            step += size.x;
            let across = step * step;
            if square <= enough || across >= square {
                break;
            }
            // behind an end of the run is none that is open
            let before = cell(at.checked_sub(away)).unwrap_or(0);
            let nearer = before.min(cell(Some(at + away)).unwrap_or(0));
            square = square.min(across + square_of(nearer));
        }
        square
    }

    /// The squares of the distances of its cells along their columns, and of the cells at both ends of it.
    fn squares(&self, size: Coord, squares: &mut Vec<f64>) {
        squares.clear();
        squares.push(0.0);
        squares.extend(self.away.iter().map(|away| {
            let away = f64::from(*away) * size.y;
            away * away
        }));
        squares.push(0.0);
    }
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
