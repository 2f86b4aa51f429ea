//! A sheet of a workbook → its rows as they are, without looking for a header.

use super::grid::Grid;
use super::workbook::Workbook;

/// The rows of a sheet, up to the last that holds anything.
pub(crate) struct SheetRows {
    grid: Grid,
    filled: Vec<u32>,
    columns: u16,
}

impl SheetRows {
    /// The names of the sheets of a workbook.
    ///
    /// # Errors
    /// When the bytes are no workbook that can be read, and what to do.
    pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<String>, String> {
        let workbook = workbook(bytes)?;
        let sheets = workbook.sheets.into_iter();
        Ok(sheets.map(|sheet| sheet.name).collect())
    }

    /// The rows of one.
    ///
    /// # Errors
    /// When the sheet is broken, or larger than can be held.
    pub(crate) fn of(bytes: &[u8], sheet: &str) -> Result<Self, String> {
        let grid = workbook(bytes)?.grid(sheet, None)?;
        let rows: Vec<u32> = grid.rows().collect();
        let width = |row: &u32| grid.row(*row).last().map_or(0, |(column, _)| column + 1);
        Ok(Self {
            columns: rows.iter().map(width).max().unwrap_or_default(),
            filled: rows,
            grid,
        })
    }

    /// How many rows hold anything.
    pub(crate) fn len(&self) -> usize {
        self.filled.len()
    }

    /// How many columns there are, up to the last that holds anything.
    pub(crate) fn columns(&self) -> usize {
        self.columns.into()
    }

    /// The text of a cell.
    pub(crate) fn text(&self, row: usize, column: usize) -> Option<String> {
        let column = u16::try_from(column).ok()?;
        let text = self.grid.text(*self.filled.get(row)?, column)?;
        Some(text.into_owned())
    }
}

fn workbook(bytes: &[u8]) -> Result<Workbook<'_>, String> {
    let found = Workbook::open(bytes)?;
    found.ok_or_else(|| "it is neither text nor a workbook".to_owned())
}
