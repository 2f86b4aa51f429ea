//! The values of a column of SQLite, row after row → an Arrow column of the type it is declared to have, or of text.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int16Array, Int32Array, Int64Array,
    StringArray,
};
use rusqlite::types::ValueRef;

use super::file::ColumnKind;
use crate::formats::batch::date_text;
use crate::formats::encoding::Texts;

/// A column that is being filled.
pub(super) struct Filling {
    kind: ColumnKind,
    cells: Vec<SqlValue>,
    strays: usize,
}

/// A value as it is stored.
#[derive(Debug, PartialEq)]
enum SqlValue {
    Null,
    Whole(i64),
    Real(f64),
    Day(i32),
    Text(String),
}

impl Filling {
    pub(super) fn new(kind: ColumnKind) -> Self {
        Self {
            kind,
            cells: Vec::new(),
            strays: 0,
        }
    }

    /// What a value that is not of the kind of the column would have to be.
    pub(super) fn what(&self) -> &'static str {
        match self.kind {
            ColumnKind::Day => "date",
            _ => "number",
        }
    }

    /// How many values so far are not of the kind of the column.
    pub(super) fn strays(&self) -> usize {
        self.strays
    }

    /// Adds the value of a row: SQLite keeps anything in any column.
    pub(super) fn push(&mut self, value: ValueRef<'_>) {
        self.look(value);
        self.cells.push(cell(self.kind, value));
    }

    /// Whether nothing is out of place in it.
    pub(super) fn takes_anything(&self) -> bool {
        matches!(
            self.kind,
            ColumnKind::Text | ColumnKind::Bytes | ColumnKind::Time
        )
    }

    /// Looks at a value without keeping it.
    pub(super) fn look(&mut self, value: ValueRef<'_>) {
        self.strays += usize::from(is_stray(self.kind, value));
    }

    /// The column so far, as text where `as_text`; the next one begins empty.
    pub(super) fn finish(&mut self, as_text: bool) -> ArrayRef {
        let cells = std::mem::take(&mut self.cells);
        if as_text {
            return texts(cells);
        }
        let whole = |cell: SqlValue| match cell {
            SqlValue::Whole(number) => Some(number),
            _ => None,
        };
        match self.kind {
            ColumnKind::Truth => {
                let truths = cells.into_iter().map(|cell| whole(cell).map(|n| n != 0));
                Arc::new(truths.collect::<BooleanArray>())
            }
            ColumnKind::Short => {
                let short = cells.into_iter().map(|cell| whole(cell)?.try_into().ok());
                Arc::new(short.collect::<Int16Array>())
            }
            ColumnKind::Whole => {
                let numbers = cells.into_iter().map(|cell| whole(cell)?.try_into().ok());
                Arc::new(numbers.collect::<Int32Array>())
            }
            ColumnKind::Long => Arc::new(cells.into_iter().map(whole).collect::<Int64Array>()),
            ColumnKind::Single | ColumnKind::Real => {
                let real = |cell: SqlValue| match cell {
                    SqlValue::Real(number) => Some(number),
                    _ => None,
                };
                Arc::new(cells.into_iter().map(real).collect::<Float64Array>())
            }
            ColumnKind::Day => {
                let day = |cell: SqlValue| match cell {
                    SqlValue::Day(days) => Some(days),
                    _ => None,
                };
                Arc::new(cells.into_iter().map(day).collect::<Date32Array>())
            }
            ColumnKind::Time | ColumnKind::Text | ColumnKind::Bytes => texts(cells),
        }
    }
}

fn texts(cells: Vec<SqlValue>) -> ArrayRef {
    let text = |cell: SqlValue| match cell {
        SqlValue::Null => None,
        SqlValue::Whole(number) => Some(number.to_string()),
        SqlValue::Real(number) => Some(number.to_string()),
        SqlValue::Day(days) => date_text(days.into()),
        SqlValue::Text(text) => Some(text),
    };
    Arc::new(cells.into_iter().map(text).collect::<StringArray>())
}

/// The value as its column gives it on; one that is not of its kind as it is.
fn cell(kind: ColumnKind, value: ValueRef<'_>) -> SqlValue {
    let text = |bytes: &[u8]| Texts::Either.decode(bytes).into_owned();
    #[expect(
        clippy::cast_precision_loss,
        reason = "as a column of real numbers gives whole ones"
    )]
    match (kind, value) {
        (_, ValueRef::Null) => SqlValue::Null,
        (ColumnKind::Single, ValueRef::Real(number)) => SqlValue::Real(shortest(number)),
        (ColumnKind::Single | ColumnKind::Real, ValueRef::Integer(number)) => {
            SqlValue::Real(number as f64)
        }
        (ColumnKind::Day, ValueRef::Text(bytes)) => {
            day(bytes).map_or_else(|| SqlValue::Text(text(bytes)), SqlValue::Day)
        }
        (ColumnKind::Time, ValueRef::Text(bytes)) => {
            let said = text(bytes);
            SqlValue::Text(time(&said).unwrap_or(said))
        }
        (_, ValueRef::Integer(number)) => SqlValue::Whole(number),
        (_, ValueRef::Real(number)) => SqlValue::Real(number),
        (_, ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => SqlValue::Text(text(bytes)),
    }
}

/// Whether a value is not of the kind of its column; neither text nor a moment is ever out of place.
fn is_stray(kind: ColumnKind, value: ValueRef<'_>) -> bool {
    if value == ValueRef::Null {
        return false;
    }
    let number = matches!(value, ValueRef::Integer(_));
    match kind {
        ColumnKind::Text | ColumnKind::Bytes | ColumnKind::Time => false,
        ColumnKind::Day => !matches!(value, ValueRef::Text(bytes) if day(bytes).is_some()),
        ColumnKind::Single | ColumnKind::Real => !number && !matches!(value, ValueRef::Real(_)),
        ColumnKind::Truth | ColumnKind::Short | ColumnKind::Whole | ColumnKind::Long => !number,
    }
}

/// A 32-bit real that came as 64 bits, as the number a person wrote.
#[expect(
    clippy::cast_possible_truncation,
    reason = "it was a 32-bit real to begin with"
)]
fn shortest(number: f64) -> f64 {
    (number as f32).to_string().parse().unwrap_or(number)
}

/// The days since 1970 of a day as `2021-12-26`.
fn day(bytes: &[u8]) -> Option<i32> {
    let text = std::str::from_utf8(bytes).ok()?;
    let date: jiff::civil::Date = (text.len() == 10).then(|| text.parse().ok())??;
    Some(jiff::civil::date(1970, 1, 1).until(date).ok()?.get_days())
}

/// `2021-12-26` at midnight, else `2021-12-26T08:30:00`, on the clock it was written by.
fn time(text: &str) -> Option<String> {
    let plain = text.trim_end_matches('Z');
    let time: jiff::civil::DateTime = plain.parse().ok()?;
    if time.time() == jiff::civil::Time::midnight() {
        return Some(time.date().to_string());
    }
    Some(time.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Column;

    fn column(kind: ColumnKind, values: &[ValueRef<'_>]) -> (Vec<Option<String>>, usize) {
        let mut filling = Filling::new(kind);
        for value in values {
            filling.push(*value);
        }
        let strays = filling.strays();
        let array = filling.finish(strays > 0);
        let text = |row| Column(&array).text(row).map(std::borrow::Cow::into_owned);
        ((0..values.len()).map(text).collect(), strays)
    }

    #[test]
    fn what_a_column_is_not_declared_to_hold_makes_a_text_of_it() {
        let some = |text: &str| Some(text.to_owned());
        let values = [
            ValueRef::Integer(3),
            ValueRef::Null,
            ValueRef::Text("三".as_bytes()),
        ];
        let (texts, strays) = column(ColumnKind::Long, &values);
        assert_eq!((texts, strays), (vec![some("3"), None, some("三")], 1));
        let (texts, strays) = column(ColumnKind::Real, &values[..2]);
        assert_eq!((texts, strays), (vec![some("3"), None], 0));
        let days = [ValueRef::Text(b"2021-12-26"), ValueRef::Text(b"soon")];
        let (texts, strays) = column(ColumnKind::Day, &days);
        assert_eq!((texts, strays), (vec![some("2021-12-26"), some("soon")], 1));
    }

    #[test]
    fn a_moment_keeps_the_day_on_the_clock_of_the_writer() {
        assert_eq!(
            time("2021-12-26T00:00:00.000Z").as_deref(),
            Some("2021-12-26")
        );
        assert_eq!(
            time("2021-12-26T08:05:09.500Z").as_deref(),
            Some("2021-12-26T08:05:09")
        );
        assert_eq!(time("soon"), None);
    }
}
