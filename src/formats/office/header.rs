//! The first rows of a grid → where its header is, and what stands above each column.

use rustc_hash::FxHashSet;

use super::cell::Cell;
use super::grid::{Grid, in_row};
use super::heading::Heading;
use super::plain::plain;
use super::units::unit;

/// A header is looked for in this many rows, and has at most this many.
const LOOKED_AT: (u32, u32) = (40, 4);

/// A header has at most this many columns.
const MOST_COLUMNS: u16 = 4096;

/// Tells which known field a heading names, for counting: equal numbers for the same field.
pub(crate) type Knows<'a> = &'a dyn Fn(&Heading) -> Option<u64>;

/// Where a header is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Its first row.
    pub(super) top: u32,
    /// The first row below it.
    pub(super) below: u32,
    /// What stands above each column.
    pub(super) headings: Vec<Heading>,
    /// How many different known fields it names.
    pub(super) known: usize,
}

impl Header {
    /// The header with most known fields among the first rows; of equals the one of fewest rows, then the first. `None` where
    /// no row names two known fields.
    pub(super) fn find(grid: &Grid, knows: Knows<'_>) -> Option<Self> {
        let rows: Vec<u32> = grid.rows().take_while(|row| *row < LOOKED_AT.0).collect();
        let mut best: Option<Self> = None;
        for depth in 1..=LOOKED_AT.1 {
            for &top in &rows {
                let below = top + depth;
                if grid.row(top).len() < 2
                    || cuts(grid, top, below)
                    || grid.row(below - 1).is_empty()
                {
                    continue;
                }
                let found = Self::at(grid, top, below, knows);
                if found.known > best.as_ref().map_or(1, |best| best.known) {
                    best = Some(found);
                }
            }
        }
        best.map(|found| found.with_groups(grid, knows).with_units(grid))
    }

    /// With the row below it that holds nothing but the units of its columns.
    fn with_units(mut self, grid: &Grid) -> Self {
        let cells = grid.row(self.below);
        let texts: Vec<(u16, String)> = cells
            .iter()
            .map(|(column, cell)| (*column, plain(&cell.text())))
            .collect();
        let bare = |text: &str| text.trim_matches(['(', ')']).to_owned();
        let is_idle = |text: &str| text.chars().all(|c| matches!(c, '-' | '/')) || text == "单位";
        let is_unit = |text: &str| unit(&bare(text)).is_some();
        let units = texts.iter().filter(|(_, text)| is_unit(text)).count();
        let all = texts.iter().all(|(_, text)| is_unit(text) || is_idle(text));
        if units == 0 || !all {
            return self;
        }
        for (column, text) in texts.iter().filter(|(_, text)| is_unit(text)) {
            let heading = self.headings.get_mut(usize::from(*column));
            if let Some(last) = heading.and_then(|heading| heading.parts.last_mut()) {
                *last = format!("{last}({})", bare(text));
            }
        }
        self.below += 1;
        self
    }

    fn at(grid: &Grid, top: u32, below: u32, knows: Knows<'_>) -> Self {
        let headings = headings(grid, top, below);
        let fields: FxHashSet<u64> = headings.iter().filter_map(knows).collect();
        Self {
            top,
            below,
            headings,
            known: fields.len(),
        }
    }

    /// With the rows above it that put its columns in groups: they may name units and years.
    fn with_groups(mut self, grid: &Grid, knows: Knows<'_>) -> Self {
        while self.below - self.top < LOOKED_AT.1
            && let Some(top) = self.top.checked_sub(1)
            && grid.row(top).len() > 1
            && !cuts(grid, top, self.below)
            && !is_about_the_table(grid.row(top))
        {
            let more = Self::at(grid, top, self.below, knows);
            if more.known < self.known {
                break;
            }
            self = more;
        }
        self
    }
}

/// Whether a row says something of the whole table, as `单位：万元`.
fn is_about_the_table(cells: &[(u16, Cell)]) -> bool {
    cells.iter().any(|(_, cell)| {
        let text = plain(&cell.text());
        text.contains(':')
            && ["单位", "日期", "时间", "部门"]
                .iter()
                .any(|word| text.contains(word))
    })
}

/// Whether a merged region begins in these rows and goes on below them.
fn cuts(grid: &Grid, top: u32, below: u32) -> bool {
    let from = grid.merged().partition_point(|region| region.top < top);
    let regions = grid.merged().iter().skip(from);
    let mut regions = regions.take_while(|region| region.top < below);
    regions
        .any(|region| region.bottom >= below && grid.cell(region.top, low(region.left)).is_some())
}

fn low(column: u32) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// What stands above each column in these rows.
fn headings(grid: &Grid, top: u32, below: u32) -> Vec<Heading> {
    let rows: Vec<&[(u16, Cell)]> = (top..below).map(|row| grid.row(row)).collect();
    let last = rows.iter().filter_map(|row| row.last());
    let columns = last.map(|(column, _)| column + 1).max().unwrap_or_default();
    let from = grid.merged().partition_point(|region| region.top < top);
    let regions = grid.merged().iter().skip(from);
    let regions = regions.take_while(|region| region.top < below);
    // no more than columns; what overlaps is no workbook of an office
    let regions: Vec<_> = regions.take(MOST_COLUMNS.into()).collect();
    let right = regions
        .iter()
        .map(|region| low(region.right).saturating_add(1));
    let columns = right
        .max()
        .unwrap_or_default()
        .max(columns)
        .min(MOST_COLUMNS);
    let mut texts = vec![vec![None; usize::from(columns)]; rows.len()];
    for (row, texts) in rows.iter().zip(&mut texts) {
        for (column, cell) in *row {
            if let Some(text) = texts.get_mut(usize::from(*column)) {
                *text = Some(cell.text().into_owned());
            }
        }
    }
    for region in &regions {
        let text = grid.text(region.top, low(region.left));
        for row in region.top..=region.bottom.min(below - 1) {
            let texts = texts.get_mut((row - top) as usize);
            let left = region.left as usize;
            let columns = texts.and_then(|texts| texts.get_mut(left..));
            let width = (region.right - region.left) as usize + 1;
            for place in columns.into_iter().flatten().take(width) {
                *place = place.take().or_else(|| text.as_deref().map(str::to_owned));
            }
        }
    }
    spread(&mut texts);
    let heading = |column: usize| {
        let mut parts: Vec<String> = Vec::new();
        for text in texts.iter().filter_map(|row| row[column].as_ref()) {
            if parts.last() != Some(text) {
                parts.push(text.clone());
            }
        }
        Heading { parts }
    };
    (0..usize::from(columns)).map(heading).collect()
}

/// A text above several columns that is not merged stands in the first of them: the blanks behind it are its own, as far as
/// there are texts below both.
fn spread(texts: &mut [Vec<Option<String>>]) {
    for row in 0..texts.len().saturating_sub(1) {
        let (above, below) = texts.split_at_mut(row + 1);
        let (Some(above), Some(below)) = (above.last_mut(), below.first()) else {
            return;
        };
        for column in 1..above.len() {
            // what is the same above and below is one text over both
            let is_group = below[column - 1].is_some() && below[column - 1] != above[column - 1];
            if above[column].is_none() && below[column].is_some() && is_group {
                above[column] = above[column - 1].clone();
            }
        }
    }
}

/// Whether a row says the header again, as on a new page.
pub(super) fn is_said_again(grid: &Grid, header: &Header, row: u32) -> bool {
    let cells = grid.row(row);
    (header.top..header.below).any(|above| {
        let above = grid.row(above);
        let is_same = |(column, cell): &&(u16, Cell)| in_row(above, *column) == Some(cell);
        let same = cells.iter().filter(is_same);
        let letters = |(_, cell): &&(u16, Cell)| cell.text().chars().any(char::is_alphabetic);
        let same = same.filter(letters).count();
        same >= 2 && same * 2 > cells.len()
    })
}

#[cfg(test)]
mod tests {
    use super::super::grid::grid;
    use super::*;

    fn knows(heading: &Heading) -> Option<u64> {
        let said = heading.said();
        let word = said.words.last()?;
        let at = ["企业名称", "信用代码", "税收"]
            .iter()
            .position(|known| known == word)?;
        let year = said.years.first().copied().unwrap_or_default();
        Some(at as u64 * 10_000 + year.unsigned_abs())
    }

    fn names(rows: &[&[&str]]) -> (u32, u32, Vec<String>) {
        let header = Header::find(&grid(rows), &knows).unwrap();
        let names = header.headings.iter().map(Heading::name).collect();
        (header.top, header.below, names)
    }

    #[test]
    fn groups_over_columns_are_spread_as_far_as_they_reach() {
        let (top, below, names) = names(&[
            &["2021年企业税收表"],
            &["填报单位：经信局", "", "", "单位：万元"],
            &["序号", "企业名称", "税收", "", "备注"],
            &["", "", "2020年", "2021年", ""],
            &["1", "甲公司", "1", "2", ""],
        ]);
        assert_eq!((top, below), (2, 4));
        assert_eq!(
            names,
            ["序号", "企业名称", "税收/2020年", "税收/2021年", "备注"]
        );
    }

    #[test]
    fn a_row_of_groups_is_kept_and_a_row_about_the_table_is_not() {
        let (top, below, names) = names(&[
            &["单位：万元", "2021年"],
            &["基本情况", "", "税收（万元）", ""],
            &["企业名称", "信用代码", "2020年", "2021年"],
            &["甲公司", "91", "1", "2"],
        ]);
        assert_eq!((top, below), (1, 3));
        assert_eq!(names[3], "税收（万元）/2021年");
    }

    #[test]
    fn a_grid_without_known_names_has_no_header() {
        assert_eq!(
            Header::find(&grid(&[&["a", "b"], &["1", "2"]]), &knows),
            None
        );
        assert_eq!(Header::find(&Grid::default(), &knows), None);
    }
}
