//! The text of a `.csv` → a grid of cells for a separator.

use super::cell::Cell;
use super::grid::Grid;

/// The signs that may stand between the cells of a row.
pub(super) const SEPARATORS: [u8; 4] = *b",;\t|";

/// The cells of a text in UTF-8; only those of its first `rows` where that is given. Rows are the lines on which they begin.
///
/// # Errors
/// When there are more than can be held.
pub(super) fn grid(text: &str, separator: u8, rows: Option<u32>) -> Result<Grid, String> {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut column = 0;
    let mut row = 0;
    let cells = std::iter::from_fn(|| {
        loop {
            if let Some(text) = record.get(column) {
                column += 1;
                let Some(cell) = Cell::of_text(text) else {
                    continue;
                };
                let column = u32::try_from(column - 1).unwrap_or(u32::MAX);
                return Some(Ok((row, column, cell)));
            }
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => return None,
                Err(why) => return Some(Err(why.to_string())),
            }
            column = 0;
            row = record.position().map_or(0, |at| line(text, at));
            if rows.is_some_and(|rows| row >= rows) {
                return None;
            }
        }
    });
    Grid::of(cells, Vec::new())
}

/// The 0-based line on which a record begins; the reader counts from where the one before ended.
fn line(text: &str, at: &csv::Position) -> u32 {
    let byte = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let before = text.as_bytes().get(byte..).unwrap_or_default().iter();
    let blank = before.take_while(|byte| matches!(byte, b'\n' | b'\r'));
    let blank = blank.filter(|byte| **byte == b'\n').count() as u64;
    u32::try_from((at.line() + blank).saturating_sub(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_line_breaks_and_ragged_rows_are_kept_apart() {
        let text = "\u{feff}a,\"b\nc\",d\n\n1,2\n\"x\"\"y\",,=\"007\"\n";
        let grid = grid(text, b',', None).unwrap();
        assert_eq!(grid.rows().collect::<Vec<_>>(), [0, 3, 4]);
        assert_eq!(grid.text(0, 1).as_deref(), Some("b\nc"));
        assert_eq!(grid.text(4, 0).as_deref(), Some("x\"y"));
        assert_eq!(grid.text(4, 2).as_deref(), Some("007"));
        assert_eq!(grid.text(4, 1), None);
    }

    #[test]
    fn only_the_first_rows_are_read_where_that_is_asked() {
        let grid = grid("1;2\n3;4\n5;6\n", b';', Some(2)).unwrap();
        assert_eq!(grid.rows().collect::<Vec<_>>(), [0, 1]);
    }
}
