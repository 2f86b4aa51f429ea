//! A grid and its header → the rows of the table, what merged cells mean in them, and what stands around them.

use std::borrow::Cow;

use super::body::BodyRow;
use super::cell::Cell;
use super::grid::{Grid, Region, in_row};
use super::header::{Header, Knows};
use super::heading::Heading;

/// A longer text of merged cells is a remark, and is not said again for each row.
const LONGEST: usize = 512;

/// What an office wrote beside the values of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    /// Its name in the workbook; empty where it has none.
    pub(crate) name: String,
    /// What stands above the header.
    pub(crate) titles: Vec<String>,
    /// What stands above each column.
    pub(crate) headings: Vec<Heading>,
    /// Whether days count from 1904.
    pub(crate) since_1904: bool,
    /// The 0-based row of the sheet, or line of the file, of each row of the table.
    pub(crate) rows: Vec<u32>,
    /// Rows that sum up others: read, and left out.
    pub(crate) sums: u64,
    /// Of rows that sum up: the row, the column, and what it says.
    pub(crate) totals: Vec<Total>,
    /// Headers said again, and remarks.
    pub(crate) passed_over: (u64, u64),
    /// For each column, the rows (by their place in `rows`) that only go on with a merged cell that began above.
    continued: Vec<Vec<u32>>,
}

/// A sum that a table states.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Total {
    /// Its 0-based row in the sheet.
    pub(crate) row: u32,
    /// How many rows of the table stand above it.
    pub(crate) behind: usize,
    /// The column.
    pub(crate) column: usize,
    /// What it says.
    pub(crate) text: String,
}

/// A table that has its header.
pub(super) struct SheetTable {
    pub(super) sheet: Sheet,
    grid: Grid,
    /// By column and row of the table, rising: the row of the sheet whose cell holds for it.
    merged: Vec<Vec<(u32, u32)>>,
}

impl SheetTable {
    /// Finds the table in a grid; `None` where no row names two known fields.
    pub(super) fn find(grid: Grid, knows: Knows<'_>) -> Option<Self> {
        let header = Header::find(&grid, knows)?;
        let mut sheet = Sheet {
            titles: titles(&grid, &header),
            headings: header.headings.clone(),
            ..Sheet::default()
        };
        for row in grid.rows().skip_while(|row| *row < header.below) {
            let inside = |(column, _): &(u16, Cell)| usize::from(*column) < header.headings.len();
            if !grid.row(row).iter().any(inside) {
                continue;
            }
            match BodyRow::of(&grid, &header, row) {
                BodyRow::Data => sheet.rows.push(row),
                BodyRow::Total => {
                    sheet.sums += 1;
                    for (column, cell) in grid.row(row).iter().filter(|cell| inside(cell)) {
                        sheet.totals.push(Total {
                            row,
                            behind: sheet.rows.len(),
                            column: usize::from(*column),
                            text: cell.text().into_owned(),
                        });
                    }
                }
                BodyRow::Average => sheet.sums += 1,
                BodyRow::Header => sheet.passed_over.0 += 1,
                BodyRow::Remark => sheet.passed_over.1 += 1,
            }
        }
        let mut merged = vec![Vec::new(); sheet.headings.len()];
        for region in grid
            .merged()
            .iter()
            .filter(|region| region.bottom > region.top)
        {
            go_on(&grid, &sheet.rows, region, &mut merged);
        }
        let rows = |column: &Vec<(u32, u32)>| column.iter().map(|(row, _)| *row).collect();
        sheet.continued = merged.iter().map(rows).collect();
        Some(Self {
            sheet,
            grid,
            merged,
        })
    }

    /// The text of a column in a row of the table.
    pub(super) fn text(&self, column: usize, row: usize) -> Option<Cow<'_, str>> {
        let at = u16::try_from(column).ok()?;
        let number = *self.sheet.rows.get(row)?;
        if let Some(cell) = in_row(self.grid.row(number), at) {
            return Some(cell.text());
        }
        let merged = self.merged.get(column)?;
        let row = u32::try_from(row).ok()?;
        let found = merged.binary_search_by_key(&row, |(row, _)| *row).ok()?;
        let text = self.grid.text(merged.get(found)?.1, at)?;
        (text.len() <= LONGEST).then_some(text)
    }
}

impl Sheet {
    /// Whether a row of the table only goes on with a merged cell of this column: its value was said above, once for all.
    pub(crate) fn goes_on(&self, column: usize, row: usize) -> bool {
        let rows = self.continued.get(column);
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        rows.is_some_and(|rows| rows.binary_search(&row).is_ok())
    }
}

/// Notes the rows that a merged region goes on through, in its first column; regions come by their first row.
fn go_on(grid: &Grid, rows: &[u32], region: &Region, merged: &mut [Vec<(u32, u32)>]) {
    let Some(column) = merged.get_mut(region.left as usize) else {
        return;
    };
    let at = u16::try_from(region.left).unwrap_or(u16::MAX);
    let from = rows.partition_point(|row| *row <= region.top);
    // of regions that overlap, which no program writes, the first holds
    let from = column
        .last()
        .map_or(from, |(row, _)| from.max(*row as usize + 1));
    for (row, number) in rows.iter().enumerate().skip(from) {
        if *number > region.bottom {
            break;
        }
        if grid.cell(*number, at).is_none() {
            column.push((u32::try_from(row).unwrap_or(u32::MAX), region.top));
        }
    }
}

/// The texts above the header.
fn titles(grid: &Grid, header: &Header) -> Vec<String> {
    let rows = grid.rows().take_while(|row| *row < header.top);
    let cells = rows.flat_map(|row| grid.row(row).iter().take(64));
    cells.map(|(_, cell)| cell.text().into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::grid::{grid, merged};
    use super::*;

    fn knows(heading: &Heading) -> Option<u64> {
        let said = heading.said();
        let word = said.words.last()?;
        let at = ["企业名称", "宗地", "税收"]
            .iter()
            .position(|known| known == word);
        at.map(|at| at as u64)
    }

    #[test]
    fn a_merged_value_holds_for_each_row_it_spans_and_is_said_once() {
        let regions = [
            Region {
                top: 1,
                left: 0,
                bottom: 2,
                right: 0,
            },
            Region {
                top: 1,
                left: 2,
                bottom: 2,
                right: 2,
            },
        ];
        let grid = merged(
            &[
                &["企业名称", "宗地", "税收"],
                &["甲公司", "G1", "100"],
                &["", "G2", ""],
                &["乙公司", "G3", ""],
            ],
            &regions,
        );
        let table = SheetTable::find(grid, &knows).unwrap();
        let text = |column, row| table.text(column, row).map(Cow::into_owned);
        assert_eq!(text(0, 1).as_deref(), Some("甲公司"));
        assert_eq!(text(2, 1).as_deref(), Some("100"));
        assert_eq!(text(2, 2), None);
        assert!(
            table.sheet.goes_on(2, 1) && !table.sheet.goes_on(2, 0) && !table.sheet.goes_on(1, 1)
        );
    }

    #[test]
    fn totals_remarks_and_headers_said_again_are_no_rows() {
        let grid = grid(&[
            &["2021年"],
            &["企业名称", "宗地", "税收"],
            &["甲公司", "G1", "100"],
            &["企业名称", "宗地", "税收"],
            &["乙公司", "G2", "1"],
            &["合计", "", "101"],
            &["注：无"],
        ]);
        let sheet = SheetTable::find(grid, &knows).unwrap().sheet;
        assert_eq!(sheet.rows, [2, 4]);
        assert_eq!((sheet.sums, sheet.passed_over), (1, (1, 1)));
        assert_eq!(sheet.titles, ["2021年"]);
        assert_eq!(
            sheet
                .totals
                .last()
                .map(|total| (total.behind, &*total.text)),
            Some((2, "101"))
        );
    }
}
