//! Columns and cells → a dBASE file.

use std::collections::BTreeSet;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};
use rayon::prelude::*;

use crate::write::typed::Typed;
use crate::write::{Column, Kind, MapLayer, Value, WriteError};

/// As wide as a text can be, in bytes.
const WIDEST: usize = 254;

/// A dBASE file that is being made.
pub(super) struct Dbf {
    columns: Vec<Stored>,
    encoding: &'static Encoding,
    records: Vec<u8>,
    rows: u32,
}

struct Stored {
    name: Vec<u8>,
    kind: u8,
    width: usize,
    decimals: u8,
}

impl Dbf {
    /// Begins a file with the columns of a layer.
    ///
    /// # Errors
    /// When a text is wider than a column can be.
    pub(super) fn new(
        layer: &MapLayer<'_, '_>,
        encoding: &str,
        shown: &Path,
    ) -> Result<Self, WriteError> {
        let encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(UTF_8);
        let mut taken = BTreeSet::new();
        let stored = |column: &Column<'_>| -> Result<Stored, WriteError> {
            let (kind, width, decimals) = match column.kind {
                Kind::Integer => (b'N', 18, 0),
                Kind::Decimal(places) => (b'N', 20, places),
                Kind::Text => (b'C', width(column, layer, shown)?, 0),
            };
            Ok(Stored {
                name: free_name(&column.name, encoding, &mut taken),
                kind,
                width,
                decimals,
            })
        };
        let columns = layer.table.columns.iter().map(stored);
        Ok(Self {
            columns: columns.collect::<Result<_, WriteError>>()?,
            encoding,
            records: Vec::new(),
            rows: 0,
        })
    }

    /// Adds a row.
    pub(super) fn push(&mut self, cells: &[Typed<'_>]) {
        self.rows += 1;
        self.records.push(b' ');
        for (column, cell) in self.columns.iter().zip(cells) {
            let text = match cell {
                // as other writers of Shapefiles say that a number is unknown
                Typed::Null if column.kind == b'N' => "*".repeat(column.width),
                Typed::Null => String::new(),
                Typed::Text(text) => text.replace('\0', "\u{fffd}"),
                Typed::Integer(number) => number.to_string(),
                Typed::Real(number) => {
                    format!("{number:.places$}", places = column.decimals.into())
                }
            };
            let bytes = encoded(&text, self.encoding);
            let bytes = &bytes[..bytes.len().min(column.width)];
            let blanks = vec![b' '; column.width - bytes.len()];
            if column.kind == b'N' {
                self.records.extend(blanks);
                self.records.extend(bytes);
            } else {
                self.records.extend(bytes);
                self.records.extend(blanks);
            }
        }
    }

    /// The whole file; nothing where it has more columns than there is room for.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        let head = u16::try_from(32 * self.columns.len() + 33).ok()?;
        let widths = self.columns.iter().map(|column| column.width);
        let width = u16::try_from(1 + widths.sum::<usize>()).ok()?;
        // the day of writing would differ from run to run
        let mut bytes = vec![3, 100, 1, 1];
        bytes.extend(self.rows.to_le_bytes());
        bytes.extend(head.to_le_bytes());
        bytes.extend(width.to_le_bytes());
        bytes.extend([0; 17]);
        let language = if self.encoding == UTF_8 { 0 } else { 0x4d };
        bytes.extend([language, 0, 0]);
        for column in &self.columns {
            let mut field = column.name.clone();
            field.resize(11, 0);
            field.extend([column.kind, 0, 0, 0, 0]);
            field.push(u8::try_from(column.width).ok()?);
            field.push(column.decimals);
            field.resize(32, 0);
            bytes.extend(field);
        }
        bytes.push(0x0d);
        bytes.extend(self.records);
        bytes.push(0x1a);
        Some(bytes)
    }
}

/// A text in an encoding; a sign that it has not as `?`.
fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, lacking) = encoding.encode(text);
    if !lacking {
        return bytes.into_owned();
    }
    let sign = |sign: char| {
        let text = sign.to_string();
        let (bytes, _, lacking) = encoding.encode(&text);
        if lacking {
            b"?".to_vec()
        } else {
            bytes.into_owned()
        }
    };
    text.chars().flat_map(sign).collect()
}

/// As wide as the widest text of a column, in UTF-8, which is never shorter than GBK.
fn width(column: &Column<'_>, layer: &MapLayer<'_, '_>, shown: &Path) -> Result<usize, WriteError> {
    let bytes = |row| match (column.cell)(row) {
        Value::Text(text) => text.len(),
        _ => 0,
    };
    let rows = (0..layer.len()).into_par_iter().map(|at| layer.row(at));
    let (width, row) = rows.map(|row| (bytes(row), row)).max().unwrap_or_default();
    if width > WIDEST {
        return Err(WriteError::Cell {
            file: shown.to_owned(),
            column: column.name.to_string(),
            row,
            what: "a text longer than the 254 bytes of a Shapefile",
        });
    }
    Ok(width.max(1))
}

/// The first ten bytes of a name, with a number at its end where they are taken.
fn free_name(name: &str, encoding: &'static Encoding, taken: &mut BTreeSet<Vec<u8>>) -> Vec<u8> {
    let cut = |room: usize| {
        let mut bytes = Vec::new();
        for sign in name.chars() {
            let sign = encoded(&sign.to_string(), encoding);
            if bytes.len() + sign.len() > room {
                break;
            }
            bytes.extend(sign);
        }
        bytes
    };
    let numbered = |number: usize| {
        let end = if number < 10 {
            format!("_{number}")
        } else {
            number.to_string()
        };
        let mut bytes = cut(10 - end.len());
        bytes.extend(end.into_bytes());
        bytes
    };
    let mut names = std::iter::once(cut(10)).chain((1..10_000).map(numbered));
    let free = names.find(|name| !taken.contains(&name.to_ascii_uppercase()));
    let name = free.unwrap_or_default();
    taken.insert(name.to_ascii_uppercase());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_between_signs_and_stays_its_own() {
        let mut taken = BTreeSet::new();
        let mut name = |name: &str| {
            let bytes = free_name(name, UTF_8, &mut taken);
            String::from_utf8(bytes).unwrap()
        };
        assert_eq!(name("footprint_m2"), "footprint_");
        assert_eq!(name("footprint_share"), "footprin_1");
        assert_eq!(name("FOOTPRINT_x"), "FOOTPRIN_2");
        assert_eq!(name("批准文号甲"), "批准文");
    }
}
