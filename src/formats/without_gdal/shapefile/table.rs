//! A dBASE file → its columns, decoded row by row from a memory map.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, Int64Array, StringArray,
};
use arrow_schema::DataType;
use memmap2::Mmap;

use crate::formats::batch::date_text;
use crate::formats::dbf;
use crate::formats::encoding::Texts;
use crate::formats::file::map;
use crate::formats::{Field, Source, SourceError};

/// A dBASE file.
pub(super) struct Table {
    bytes: Mmap,
    texts: Texts,
    first_row: usize,
    width: usize,
    rows: usize,
    columns: Vec<Stored>,
}

/// A column as the file describes it.
struct Stored {
    name: Vec<u8>,
    kind: u8,
    from: usize,
    size: usize,
    decimals: u8,
}

/// A value that is there: of the kind of its column, or the text that stands in its place.
enum DbfValue<T> {
    Of(T),
    Stray(String),
}

impl Table {
    /// Opens the file; with how its text is read where that is worth knowing.
    ///
    /// # Errors
    /// When it cannot be read or is no dBASE file.
    pub(super) fn open(
        source: &Source,
        path: &Path,
        asked: Option<Texts>,
    ) -> Result<(Self, Option<String>), SourceError> {
        let bytes = map(&Source::File {
            path: path.to_owned(),
            layer: None,
        })?;
        let broken = || {
            SourceError::unreadable(source, "its `.dbf` is no whole dBASE file; export it again")
        };
        let short = |at: usize| {
            let pair = bytes.get(at..at + 2)?.try_into().ok()?;
            Some(usize::from(u16::from_le_bytes(pair)))
        };
        let count = bytes.get(4..8).and_then(|four| four.try_into().ok());
        let count = count.map_or(0, u32::from_le_bytes) as usize;
        let (first_row, width) = short(8).zip(short(10)).ok_or_else(broken)?;
        let heads = bytes.get(32..first_row).ok_or_else(broken)?;
        let mut columns = Vec::new();
        let mut from = 1;
        for head in heads.chunks_exact(32).take_while(|head| head[0] != 0x0d) {
            let name = head[..11].split(|&byte| byte == 0).next();
            let (mut size, mut decimals) = (usize::from(head[16]), head[17]);
            if !matches!(head[11], b'N' | b'F') {
                size += usize::from(decimals) << 8;
                decimals = 0;
            }
            columns.push(Stored {
                name: name.unwrap_or_default().to_vec(),
                kind: head[11],
                from,
                size,
                decimals,
            });
            from += size;
        }
        if width == 0 || from > width {
            return Err(broken());
        }
        let there = (bytes.len() - first_row) / width;
        let (found, note) = dbf::texts(path);
        let (texts, note) = asked.map_or((found, note), |asked| (asked, None));
        let table = Self {
            rows: count.min(there),
            bytes,
            texts,
            first_row,
            width,
            columns,
        };
        Ok((table, note))
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn texts(&self) -> Texts {
        self.texts
    }

    pub(super) fn fields(&self) -> Vec<Field> {
        let field = |column: &Stored| Field {
            may_be_cut: self.texts.fill_a_name(&column.name),
            ..Field::new(self.texts.decode(&column.name), column.data_type())
        };
        self.columns.iter().map(field).collect()
    }

    /// Whether a row was deleted, but not yet taken out.
    pub(super) fn is_deleted(&self, row: usize) -> bool {
        row < self.rows && self.bytes[self.first_row + row * self.width] == b'*'
    }

    /// What is stored, without the blanks around it; nothing for a row that is not there, and for what says that it is
    /// unknown.
    fn stored(&self, column: &Stored, row: usize) -> Option<&[u8]> {
        if row >= self.rows {
            return None;
        }
        let from = self.first_row + row * self.width + column.from;
        let value = self.bytes.get(from..from + column.size)?;
        let value = value.split(|&byte| byte == 0).next().unwrap_or_default();
        let value = trimmed(value);
        let nothing = match column.kind {
            b'N' | b'F' => value.is_empty() || value[0] == b'*',
            b'D' => value.iter().all(|&byte| byte == b'0'),
            b'L' => value.is_empty() || value[0] == b'?',
            _ => value.is_empty(),
        };
        (!nothing).then_some(value)
    }

    /// The values of a column in these rows, and how many are not of its kind: these make a column of texts.
    pub(super) fn column(&self, at: usize, rows: &[usize]) -> (ArrayRef, usize) {
        let column = &self.columns[at];
        let values = rows.iter().map(|&row| self.stored(column, row));
        match column.data_type() {
            DataType::Boolean => {
                let truth = |value: &[u8]| matches!(value[0], b'T' | b't' | b'Y' | b'y');
                let array = values
                    .map(|value| value.map(truth))
                    .collect::<BooleanArray>();
                (Arc::new(array), 0)
            }
            DataType::Int32 => self.typed(values, number::<i32>, i32::to_string, |values| {
                Arc::new(Int32Array::from(values))
            }),
            DataType::Int64 => self.typed(values, number::<i64>, i64::to_string, |values| {
                Arc::new(Int64Array::from(values))
            }),
            DataType::Float64 => self.typed(values, number::<f64>, f64::to_string, |values| {
                Arc::new(Float64Array::from(values))
            }),
            DataType::Date32 => {
                let text = |days: &i32| date_text((*days).into()).unwrap_or_default();
                self.typed(values, day, text, |values| {
                    Arc::new(Date32Array::from(values))
                })
            }
            _ => {
                let texts = values.map(|value| value.map(|value| self.texts.decode(value)));
                (Arc::new(texts.collect::<StringArray>()), 0)
            }
        }
    }

    fn typed<'a, T>(
        &self,
        values: impl Iterator<Item = Option<&'a [u8]>>,
        parse: impl Fn(&str) -> Option<T>,
        text: impl Fn(&T) -> String,
        array: impl Fn(Vec<Option<T>>) -> ArrayRef,
    ) -> (ArrayRef, usize) {
        let cell = |value: &[u8]| {
            let said = self.texts.decode(value);
            parse(&said).map_or_else(|| DbfValue::Stray(said.into_owned()), DbfValue::Of)
        };
        let cells: Vec<Option<DbfValue<T>>> = values.map(|value| value.map(cell)).collect();
        let is_stray = |cell: &&DbfValue<T>| matches!(cell, DbfValue::Stray(_));
        let strays = cells.iter().flatten().filter(is_stray).count();
        if strays == 0 {
            let values = cells.into_iter().map(|cell| match cell {
                Some(DbfValue::Of(value)) => Some(value),
                _ => None,
            });
            return (array(values.collect()), 0);
        }
        let texts = cells.into_iter().map(|cell| {
            cell.map(|cell| match cell {
                DbfValue::Of(value) => text(&value),
                DbfValue::Stray(said) => said,
            })
        });
        (Arc::new(texts.collect::<StringArray>()), strays)
    }
}

impl Stored {
    /// How a column is given on: numbers without decimals as whole ones, as long as they have room.
    fn data_type(&self) -> DataType {
        match (self.kind, self.decimals, self.size) {
            (b'L', ..) => DataType::Boolean,
            (b'D', ..) => DataType::Date32,
            (b'N' | b'F', 0, ..=9) => DataType::Int32,
            (b'N' | b'F', 0, ..=18) => DataType::Int64,
            (b'N' | b'F', ..) => DataType::Float64,
            _ => DataType::Utf8,
        }
    }
}

/// The bytes without the blanks around them.
fn trimmed(mut value: &[u8]) -> &[u8] {
    while let [b' ', rest @ ..] | [rest @ .., b' '] = value {
        value = rest;
    }
    value
}

/// A number of a column; a whole number may be written with zeros behind the point.
fn number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let plain = text.strip_prefix('+').unwrap_or(text);
    let whole = || {
        let (whole, rest) = plain.split_once('.')?;
        let zeros = rest.bytes().all(|byte| byte == b'0');
        zeros.then(|| whole.parse().ok())?
    };
    let is_number = plain.bytes().any(|byte| byte.is_ascii_digit());
    let parsed = is_number.then(|| plain.parse().ok())?;
    parsed.or_else(whole)
}

/// The days since 1970 of a day as `20220601`.
fn day(text: &str) -> Option<i32> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, rest) = text.split_at(4);
    let (month, day) = rest.split_at(2);
    let day =
        jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(jiff::civil::date(1970, 1, 1).until(day).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_are_read_or_left_as_they_are_written() {
        assert_eq!(number::<i32>("12"), Some(12));
        assert_eq!(number::<i32>("+12.00"), Some(12));
        assert_eq!(number::<f64>("1.25"), Some(1.25));
        assert_eq!(number::<f64>("1e3"), Some(1000.0));
        for text in ["12.5", "1,2", "3F", "inf", "nan"] {
            assert_eq!(number::<i32>(text), None, "{text}");
        }
        assert_eq!(number::<f64>("nan"), None);
        assert_eq!(day("19700102"), Some(1));
        for text in ["20221301", "2022-6-1", "soon", "2022"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
