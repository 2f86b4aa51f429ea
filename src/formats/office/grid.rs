//! Cells as they come → a grid of the filled ones, row by row, with the regions that are merged.

use std::borrow::Cow;

use super::cell::Cell;

/// More filled cells than this are refused: forty columns of half a million rows.
const MOST_CELLS: usize = 20_000_000;

/// More bytes of text than this are refused: a workbook says a text once and may repeat it a million times.
const MOST_TEXT: usize = 1 << 30;

/// A region of merged cells, its last row and column included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Region {
    pub(super) top: u32,
    pub(super) left: u32,
    pub(super) bottom: u32,
    pub(super) right: u32,
}

/// The filled cells of a sheet, by row and column.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The 0-based number of each row that has a cell, and where its cells begin; rising.
    rows: Vec<(u32, u32)>,
    /// Column and value, rising within a row.
    cells: Vec<(u16, Cell)>,
    /// What is merged, by its first row.
    merged: Vec<Region>,
}

impl Grid {
    /// Takes cells, which may come in any order, and regions.
    ///
    /// # Errors
    /// When they are more than can be held.
    pub(super) fn of(
        cells: impl Iterator<Item = Result<(u32, u32, Cell), String>>,
        mut merged: Vec<Region>,
    ) -> Result<Self, String> {
        merged.sort_unstable();
        let mut grid = Self {
            merged,
            ..Self::default()
        };
        let (mut in_order, mut text) = (true, 0_usize);
        for cell in cells {
            let (row, column, cell) = cell?;
            let Ok(column) = u16::try_from(column) else {
                return Err(format!("it has a cell in column {}", u64::from(column) + 1));
            };
            text += cell.room();
            if grid.cells.len() >= MOST_CELLS || text > MOST_TEXT {
                return Err(format!(
                    "it has more than {MOST_CELLS} filled cells or {} MB of text; leave out columns that are not needed, \
                     or divide it",
                    MOST_TEXT >> 20
                ));
            }
            in_order &= grid.push(row, column, cell);
        }
        if !in_order {
            grid.sort();
        }
        Ok(grid)
    }

    /// Adds a cell; whether it stands behind the last.
    fn push(&mut self, row: u32, column: u16, cell: Cell) -> bool {
        let last = self.rows.last().map(|(row, _)| *row);
        let behind = match (last, self.cells.last()) {
            (Some(last), Some((before, _))) => (last, *before) < (row, column),
            _ => true,
        };
        if last != Some(row) {
            let at = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
            self.rows.push((row, at));
        }
        self.cells.push((column, cell));
        behind
    }

    /// Puts cells in order; of several in one place the first counts.
    fn sort(&mut self) {
        let starts = std::mem::take(&mut self.rows);
        let ends = starts.iter().skip(1).map(|(_, at)| *at as usize);
        let mut ends = ends.chain([self.cells.len()]);
        let mut rows = starts.iter();
        let (mut row, mut end) = (0, 0);
        let mut all = Vec::with_capacity(self.cells.len());
        for (at, (column, cell)) in std::mem::take(&mut self.cells).into_iter().enumerate() {
            if at == end {
                row = rows.next().map_or(row, |(row, _)| *row);
                end = ends.next().unwrap_or(usize::MAX);
            }
            all.push((row, column, cell));
        }
        all.sort_by_key(|(row, column, _)| (*row, *column));
        all.dedup_by_key(|(row, column, _)| (*row, *column));
        for (row, column, cell) in all {
            self.push(row, column, cell);
        }
    }

    /// The rows that have a cell, in order: their numbers.
    pub(super) fn rows(&self) -> impl Iterator<Item = u32> {
        self.rows.iter().map(|(row, _)| *row)
    }

    /// The cells of a row, empty where it has none.
    pub(super) fn row(&self, row: u32) -> &[(u16, Cell)] {
        let Ok(at) = self.rows.binary_search_by_key(&row, |(row, _)| *row) else {
            return &[];
        };
        let begin = self.rows[at].1 as usize;
        let end = self
            .rows
            .get(at + 1)
            .map_or(self.cells.len(), |next| next.1 as usize);
        self.cells.get(begin..end).unwrap_or_default()
    }

    /// The cell in a place.
    pub(super) fn cell(&self, row: u32, column: u16) -> Option<&Cell> {
        in_row(self.row(row), column)
    }

    /// The text in a place.
    pub(super) fn text(&self, row: u32, column: u16) -> Option<Cow<'_, str>> {
        self.cell(row, column).map(Cell::text)
    }

    /// The merged regions, by their first row.
    pub(super) fn merged(&self) -> &[Region] {
        &self.merged
    }
}

/// The cell of a row in a column.
pub(super) fn in_row(cells: &[(u16, Cell)], column: u16) -> Option<&Cell> {
    // most rows are filled from their first column on
    if let Some((at, cell)) = cells.get(column as usize)
        && *at == column
    {
        return Some(cell);
    }
    let at = cells.binary_search_by_key(&column, |(at, _)| *at).ok()?;
    cells.get(at).map(|(_, cell)| cell)
}

#[cfg(test)]
pub(super) fn grid(rows: &[&[&str]]) -> Grid {
    merged(rows, &[])
}

#[cfg(test)]
pub(super) fn merged(rows: &[&[&str]], merged: &[Region]) -> Grid {
    let cells = rows.iter().zip(0..).flat_map(|(row, number)| {
        row.iter()
            .zip(0..)
            .filter_map(move |(text, column)| Some(Ok((number, column, Cell::of_text(text)?))))
    });
    Grid::of(cells, merged.to_vec()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_in_any_order_are_found_in_their_places() {
        let cell = |row, column, number| Ok((row, column, Cell::Number(number)));
        let cells = [
            cell(7, 2, 3.0),
            cell(0, 5, 1.0),
            cell(7, 0, 2.0),
            cell(7, 2, 9.0),
        ];
        let grid = Grid::of(cells.into_iter(), Vec::new()).unwrap();
        assert_eq!(grid.rows().collect::<Vec<_>>(), [0, 7]);
        assert_eq!(grid.text(7, 2).as_deref(), Some("3"));
        assert_eq!(grid.text(7, 0).as_deref(), Some("2"));
        assert_eq!((grid.text(7, 1), grid.text(3, 0)), (None, None));
        assert!(Grid::of([cell(0, 70_000, 1.0)].into_iter(), Vec::new()).is_err());
    }
}
