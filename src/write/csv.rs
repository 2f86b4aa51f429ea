//! A table → CSV (RFC 4180): a header of column names, unknown as an empty cell.
//!
//! UTF-8, and a byte order mark where the folder wants one: Excel knows the encoding by it, and plain readers would take
//! it for a part of the first column's name. Lines
//! that end in `\n`, so that `diff`, `grep` and `wc` see the same rows as a reader of CSV; all of these and Excel
//! accept both line ends. Text is written as it is, also where it begins with `=`: an id must come back unchanged.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use super::chunks::{LongestPiece, in_order, none_of};
use super::{ResultFolder, Table, Value, WriteError};
use crate::quantity::Decimal;

const ROWS: usize = 1024;

/// Writes `name.csv`.
pub(super) fn write(folder: &ResultFolder, table: &Table<'_>) -> Result<(), WriteError> {
    let name = format!("{}.csv", table.name);
    let shown = folder.shown(&name);
    write_at(&folder.path(&name), (&shown, folder.has_csv_mark()), table)
}

/// Writes the table at `path`; messages call it `shown`, and it begins with a byte order mark if it shall be `marked`.
pub(super) fn write_at(
    path: &Path,
    (shown, marked): (&Path, bool),
    table: &Table<'_>,
) -> Result<(), WriteError> {
    let failed = |source| WriteError::io(shown)(source);
    let mut file = File::create(path).map_err(failed)?;
    let names: Vec<&str> = table.columns.iter().map(|column| &*column.name).collect();
    let mut header = Vec::new();
    if marked {
        header.extend_from_slice("\u{feff}".as_bytes());
    }
    push_row(&mut header, names.into_iter().map(Value::from));
    file.write_all(&header).map_err(failed)?;
    let room = LongestPiece::default();
    in_order(
        table.rows,
        ROWS,
        |rows| {
            let mut out = Vec::with_capacity(room.get());
            for row in rows {
                push_row(&mut out, table.columns.iter().map(|c| (c.cell)(row)));
            }
            room.saw(out.len());
            Ok(out)
        },
        |out| file.write_all(&out).map_err(failed),
    )
}

fn push_row<'a>(out: &mut Vec<u8>, cells: impl Iterator<Item = Value<'a>>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            out.push(b',');
        }
        match cell {
            Value::Null => {}
            Value::Text(text) => push_text(out, &text),
            Value::Integer(number) => Decimal::new(number, 0).write_to(out),
            Value::Decimal(decimal) => decimal.write_to(out),
        }
    }
    out.push(b'\n');
}

/// An empty text is quoted, so that it is told apart from an unknown one.
fn push_text(out: &mut Vec<u8>, text: &str) {
    let special = |byte| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if !text.is_empty() && none_of(text.as_bytes(), special) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_only_where_they_must_be() {
        let mut out = Vec::new();
        let cells = [
            Value::Null,
            "宗地 一".into(),
            "a,b".into(),
            "说\"好\"".into(),
            "two\nlines".into(),
            "=1+1".into(),
            "".into(),
            Value::Integer(-3),
            Decimal::new(5, 2).into(),
            Value::Null,
        ];
        push_row(&mut out, cells.into_iter());
        assert_eq!(
            String::from_utf8(out).unwrap(),
            ",宗地 一,\"a,b\",\"说\"\"好\"\"\",\"two\nlines\",=1+1,\"\",-3,0.05,\n"
        );
    }
}
