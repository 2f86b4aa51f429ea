//! The values of one property, as they come → an Arrow column of the type that holds them all.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};
use arrow_schema::DataType;
use compact_str::CompactString;
use serde::Deserialize;
use serde_json::value::RawValue;

/// The values of a property in the rows that have one: nothing is stored for the others,
/// so that no file can make more cells than it has bytes.
#[derive(Default)]
pub(super) struct Column {
    rows: Vec<u32>,
    values: Vec<Value>,
    pub(super) kinds: Kinds,
}

/// One value of a property that is not null.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(CompactString),
}

/// A text that is not copied unless it has an escape.
#[derive(Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// Which kinds of values a column has.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) struct Kinds(u8);

const BOOL: u8 = 1;
const INT: u8 = 2;
/// Whole numbers that would change when they become reals.
const LONG: u8 = 4;
const REAL: u8 = 8;
const TEXT: u8 = 16;

impl Column {
    /// Takes the value of a row; false where the row, which must not be before any other, has one already.
    pub(super) fn push(&mut self, row: u32, value: Value) -> bool {
        if self.rows.last() == Some(&row) {
            return false;
        }
        self.kinds = self.kinds.and(Kinds(match &value {
            Value::Bool(_) => BOOL,
            Value::Int(value) if value.unsigned_abs() > 1 << 53 => INT | LONG,
            Value::Int(_) => INT,
            Value::Real(_) => REAL,
            Value::Text(_) => TEXT,
        }));
        self.rows.push(row);
        self.values.push(value);
        true
    }

    /// As a column of `rows` rows, of a type that holds every value.
    pub(super) fn array(&self, kind: &DataType, rows: usize) -> ArrayRef {
        let mut cells = self.rows.iter().zip(&self.values).peekable();
        let cells = (0..rows).map(|row| {
            let cell = cells.next_if(|(at, _)| **at as usize == row)?;
            Some(cell.1)
        });
        match kind {
            DataType::Boolean => Arc::new(cells.map(|cell| cell?.bool()).collect::<BooleanArray>()),
            DataType::Int64 => Arc::new(cells.map(|cell| cell?.int()).collect::<Int64Array>()),
            DataType::Float64 => Arc::new(cells.map(|cell| cell?.real()).collect::<Float64Array>()),
            _ => Arc::new(
                cells
                    .map(|cell| Some(cell?.text()))
                    .collect::<StringArray>(),
            ),
        }
    }
}

impl Kinds {
    /// The kinds of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The type that holds values of all these kinds without changing one.
    pub(super) fn data_type(self) -> DataType {
        match self.0 {
            BOOL => DataType::Boolean,
            kinds if kinds != 0 && kinds & !(INT | LONG) == 0 => DataType::Int64,
            kinds if kinds != 0 && kinds & !(INT | REAL) == 0 => DataType::Float64,
            _ => DataType::Utf8,
        }
    }
}

impl Value {
    /// A value as it is written; objects and arrays stay JSON, and null is nothing.
    ///
    /// # Errors
    /// When it is a text with an escape of half a character.
    pub(super) fn of(json: &RawValue) -> Result<Option<Self>, serde_json::Error> {
        let json = json.get();
        Ok(Some(match json.as_bytes().first() {
            Some(b'n') => return Ok(None),
            Some(b't' | b'f') => Self::Bool(json == "true"),
            Some(b'"') => Self::Text(serde_json::from_str::<Text>(json)?.0.into()),
            Some(b'-' | b'0'..=b'9') => {
                let whole = json != "-0" && !json.contains(['.', 'e', 'E']);
                // Too long for 64 bits, it is an identifier, and kept digit for digit.
                match (whole, json.parse(), json.parse::<f64>()) {
                    (true, Ok(value), _) => Self::Int(value),
                    (false, _, Ok(value)) if value.is_finite() => Self::Real(value),
                    _ => Self::Text(json.into()),
                }
            }
            _ => Self::Text(json.into()),
        }))
    }

    fn bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    fn int(&self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(*value),
            _ => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "exact, or the column is text")]
    fn real(&self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(*value as f64),
            Self::Real(value) => Some(*value),
            _ => None,
        }
    }

    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Bool(value) => value.to_string().into(),
            Self::Int(value) => value.to_string().into(),
            // Digit for digit 1e300 would be 300 of them.
            Self::Real(value) if !(1e-5..1e17).contains(&value.abs()) && *value != 0.0 => {
                format!("{value:e}").into()
            }
            Self::Real(value) => value.to_string().into(),
            Self::Text(value) => value.as_str().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;

    fn column(values: &[(u32, &str)]) -> Column {
        let mut column = Column::default();
        for (row, json) in values {
            let json = serde_json::from_str(json).unwrap();
            column.push(*row, Value::of(json).unwrap().unwrap());
        }
        column
    }

    fn texts(column: &Column, kind: &DataType, rows: usize) -> Vec<Option<String>> {
        let array = column.array(kind, rows);
        (0..rows)
            .map(|row| formats::Column(&array).text(row).map(Cow::into_owned))
            .collect()
    }

    #[test]
    fn rows_without_a_value_are_null() {
        let column = column(&[(1, "7"), (3, "8")]);
        let expected = [None, Some("7"), None, Some("8"), None].map(|text| text.map(str::to_owned));
        for kind in [DataType::Int64, DataType::Float64, DataType::Utf8] {
            assert_eq!(texts(&column, &kind, 5), expected, "{kind}");
        }
        assert_eq!(Column::default().kinds.data_type(), DataType::Utf8);
    }

    #[test]
    fn mixed_types_become_text_and_mixed_numbers_real() {
        let numbers = column(&[(0, "1"), (1, "2.5"), (2, "3")]);
        assert_eq!(numbers.kinds.data_type(), DataType::Float64);
        let mixed = column(&[(0, "1"), (1, "2.5"), (2, r#""三""#), (3, "true")]);
        assert_eq!(mixed.kinds.data_type(), DataType::Utf8);
        assert_eq!(
            texts(&mixed, &DataType::Utf8, 4),
            ["1", "2.5", "三", "true"].map(|text| Some(text.to_owned()))
        );
    }

    #[test]
    fn a_long_whole_number_is_never_rounded() {
        for long in ["3301000010010000001", "331002000000000000000000000001"] {
            for values in [[(0, long), (1, "0.5")], [(0, "0.5"), (1, long)]] {
                let column = column(&values);
                assert_eq!(column.kinds.data_type(), DataType::Utf8);
                assert!(texts(&column, &DataType::Utf8, 2).contains(&Some(long.to_owned())));
            }
        }
        let id = column(&[(0, "3301000010010000001"), (1, "1")]);
        assert_eq!(id.kinds.data_type(), DataType::Int64);
    }

    #[test]
    fn a_value_is_the_nearest_double_or_stays_as_it_is_written() {
        let value = |json| Value::of(serde_json::from_str(json).unwrap());
        for json in ["0.1", "1e300", "120.12345678901234", "-0", "2.5E-3"] {
            let expected = Value::Real(json.parse().unwrap());
            assert_eq!(value(json).unwrap(), Some(expected), "{json}");
        }
        for json in ["1e999", r#"{"a": [1]}"#, "[]"] {
            let expected = Value::Text(json.into());
            assert_eq!(value(json).unwrap(), Some(expected));
        }
        assert_eq!(value("null").unwrap(), None);
        let text = Value::Text("a\"一".into());
        assert_eq!(value(r#""a\"\u4e00""#).unwrap(), Some(text));
        assert!(value(r#""\ud800""#).is_err());
    }
}
