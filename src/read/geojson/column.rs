//! The values of one property, as they come → an Arrow column of the type that holds them all.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_schema::DataType;

/// The values of a property in the rows that have one: nothing is stored for the others,
/// so that no file can make more cells than it has bytes.
#[derive(Default)]
pub(super) struct Column {
    rows: Vec<u32>,
    values: Values,
}

/// A type that holds every value so far.
#[derive(Default)]
enum Values {
    #[default]
    None,
    Bool(Vec<bool>),
    Int(Vec<i64>),
    Real(Vec<f64>),
    Text {
        text: String,
        ends: Vec<usize>,
    },
}

/// One value of a property that is not null.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(Cow<'a, str>),
}

/// Whole numbers beyond this would change when they become reals.
const EXACT: u64 = 1 << 53;

impl Column {
    /// The row of the last value.
    pub(super) fn last_row(&self) -> Option<u32> {
        self.rows.last().copied()
    }

    /// Takes the value of a row, which is behind all rows before.
    pub(super) fn push(&mut self, row: u32, value: Value) {
        self.rows.push(row);
        match (&mut self.values, value) {
            (Values::Bool(values), Value::Bool(value)) => values.push(value),
            (Values::Int(values), Value::Int(value)) => values.push(value),
            (Values::Real(values), Value::Real(value)) => values.push(value),
            (Values::Text { text, ends }, value) => {
                value.write_to(text);
                ends.push(text.len());
            }
            (values, value) => {
                *values = std::mem::take(values).widened(value.kind(), value.is_exact());
                // One step of widening makes room for the value, so this ends.
                self.rows.pop();
                let value = match (&self.values, value) {
                    #[expect(clippy::cast_precision_loss, reason = "exact, or it would be text")]
                    (Values::Real(_), Value::Int(value)) => Value::Real(value as f64),
                    (_, value) => value,
                };
                self.push(row, value);
            }
        }
    }

    /// The type that holds every value; `None` where there is no value.
    pub(super) fn kind(&self) -> Option<DataType> {
        Some(match self.values {
            Values::None => return None,
            Values::Bool(_) => DataType::Boolean,
            Values::Int(_) => DataType::Int64,
            Values::Real(_) => DataType::Float64,
            Values::Text { .. } => DataType::Utf8,
        })
    }

    /// Whether its whole numbers would be the same as reals.
    pub(super) fn is_exact(&self) -> bool {
        match &self.values {
            Values::Int(values) => values.iter().all(|value| value.unsigned_abs() <= EXACT),
            _ => true,
        }
    }

    /// As a column of `rows` rows of a type that holds every value; it must not outgrow 32-bit offsets.
    pub(super) fn array(&self, kind: &DataType, rows: usize) -> ArrayRef {
        let mut row = 0_u32;
        let mut places = self.rows.iter().map(move |&at| {
            let nulls = at - row;
            row = at + 1;
            nulls as usize
        });
        let mut cells = (0..self.rows.len()).map(|index| (places.next().unwrap_or(0), index));
        let tail = rows - self.rows.last().map_or(0, |&last| last as usize + 1);
        macro_rules! build {
            ($builder:expr, $value:expr) => {{
                let (mut builder, value) = ($builder, $value);
                for (nulls, index) in cells {
                    builder.append_nulls(nulls);
                    builder.append_value(value(index));
                }
                builder.append_nulls(tail);
                Arc::new(builder.finish())
            }};
        }
        match (&self.values, kind) {
            (Values::None, _) => arrow_array::new_null_array(kind, rows),
            (Values::Bool(values), DataType::Boolean) => {
                build!(BooleanBuilder::with_capacity(rows), |i: usize| values[i])
            }
            (Values::Int(values), DataType::Int64) => {
                build!(Int64Builder::with_capacity(rows), |i: usize| values[i])
            }
            (Values::Real(values), DataType::Float64) => {
                build!(Float64Builder::with_capacity(rows), |i: usize| values[i])
            }
            #[expect(
                clippy::cast_precision_loss,
                reason = "exact, or the type would be text"
            )]
            (Values::Int(values), DataType::Float64) => {
                build!(Float64Builder::with_capacity(rows), |i: usize| values[i]
                    as f64)
            }
            (values, _) => {
                let mut text = StringBuilder::with_capacity(rows, 0);
                let mut cell = String::new();
                for (nulls, index) in cells.by_ref() {
                    text.append_nulls(nulls);
                    cell.clear();
                    values.write_to(index, &mut cell);
                    text.append_value(&cell);
                }
                text.append_nulls(tail);
                Arc::new(text.finish())
            }
        }
    }
}

/// The type that holds the values of both.
pub(super) fn common(a: &DataType, b: &DataType, exact: bool) -> DataType {
    match (a, b) {
        _ if a == b => a.clone(),
        (DataType::Int64, DataType::Float64) | (DataType::Float64, DataType::Int64) if exact => {
            DataType::Float64
        }
        _ => DataType::Utf8,
    }
}

impl Values {
    fn widened(self, kind: DataType, exact: bool) -> Self {
        match (self, kind) {
            (Self::None, DataType::Boolean) => Self::Bool(Vec::new()),
            (Self::None, DataType::Int64) => Self::Int(Vec::new()),
            (Self::None, DataType::Float64) => Self::Real(Vec::new()),
            #[expect(clippy::cast_precision_loss, reason = "checked to be exact")]
            (Self::Int(values), DataType::Float64)
                if values.iter().all(|value| value.unsigned_abs() <= EXACT) =>
            {
                Self::Real(values.into_iter().map(|value| value as f64).collect())
            }
            // The whole number becomes a real, and is taken as such.
            (Self::Real(values), DataType::Int64) if exact => Self::Real(values),
            (values, _) => {
                let (mut text, mut ends) = (String::new(), Vec::new());
                for index in 0..values.len() {
                    values.write_to(index, &mut text);
                    ends.push(text.len());
                }
                Self::Text { text, ends }
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::Bool(values) => values.len(),
            Self::Int(values) => values.len(),
            Self::Real(values) => values.len(),
            Self::Text { ends, .. } => ends.len(),
        }
    }

    fn write_to(&self, index: usize, out: &mut String) {
        match self {
            Self::None => {}
            Self::Bool(values) => Value::Bool(values[index]).write_to(out),
            Self::Int(values) => Value::Int(values[index]).write_to(out),
            Self::Real(values) => Value::Real(values[index]).write_to(out),
            Self::Text { text, ends } => {
                let start = index.checked_sub(1).map_or(0, |before| ends[before]);
                out.push_str(&text[start..ends[index]]);
            }
        }
    }
}

impl Value<'_> {
    fn kind(&self) -> DataType {
        match self {
            Self::Bool(_) => DataType::Boolean,
            Self::Int(_) => DataType::Int64,
            Self::Real(_) => DataType::Float64,
            Self::Text(_) => DataType::Utf8,
        }
    }

    fn is_exact(&self) -> bool {
        !matches!(self, Self::Int(value) if value.unsigned_abs() > EXACT)
    }

    fn write_to(&self, out: &mut String) {
        // Writing into a text cannot fail.
        let _ = match self {
            Self::Bool(value) => write!(out, "{value}"),
            Self::Int(value) => write!(out, "{value}"),
            // Digit for digit 1e300 would be 300 of them.
            Self::Real(value) if !(1e-5..1e17).contains(&value.abs()) && *value != 0.0 => {
                write!(out, "{value:e}")
            }
            Self::Real(value) => write!(out, "{value}"),
            Self::Text(value) => out.write_str(value),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    fn column(values: &[(u32, Value)]) -> Column {
        let mut column = Column::default();
        for (row, value) in values {
            column.push(*row, value.clone());
        }
        column
    }

    fn texts(column: &Column, kind: &DataType, rows: usize) -> Vec<Option<String>> {
        let array = column.array(kind, rows);
        (0..rows)
            .map(|row| read::Column(&array).text(row).map(Cow::into_owned))
            .collect()
    }

    #[test]
    fn rows_without_a_value_are_null() {
        let column = column(&[(1, Value::Int(7)), (3, Value::Int(8))]);
        let expected = [None, Some("7"), None, Some("8"), None].map(|text| text.map(str::to_owned));
        for kind in [DataType::Int64, DataType::Float64, DataType::Utf8] {
            assert_eq!(texts(&column, &kind, 5), expected, "{kind}");
        }
    }

    #[test]
    fn mixed_types_become_text_and_mixed_numbers_real() {
        use Value::{Bool, Int, Real, Text};
        let numbers = column(&[(0, Int(1)), (1, Real(2.5)), (2, Int(3))]);
        assert_eq!(numbers.kind(), Some(DataType::Float64));
        let mixed = column(&[
            (0, Int(1)),
            (1, Real(2.5)),
            (2, Text("三".into())),
            (3, Bool(true)),
        ]);
        assert_eq!(mixed.kind(), Some(DataType::Utf8));
        assert_eq!(
            texts(&mixed, &DataType::Utf8, 4),
            ["1", "2.5", "三", "true"].map(|text| Some(text.to_owned()))
        );
    }

    #[test]
    fn a_long_whole_number_is_never_rounded_to_a_real() {
        let id = 3_301_000_010_010_000_001;
        for values in [
            [(0, Value::Int(id)), (1, Value::Real(0.5))],
            [(0, Value::Real(0.5)), (1, Value::Int(id))],
        ] {
            let column = column(&values);
            assert_eq!(column.kind(), Some(DataType::Utf8));
            assert!(texts(&column, &DataType::Utf8, 2).contains(&Some(id.to_string())));
        }
        assert!(!column(&[(0, Value::Int(id))]).is_exact());
        assert_eq!(
            common(&DataType::Int64, &DataType::Float64, false),
            DataType::Utf8
        );
    }
}
