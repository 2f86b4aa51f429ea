//! A cell → the type that its column promises, for formats whose columns have one.

use std::borrow::Cow;
use std::path::Path;

use super::{Column, Kind, Value, WriteError};

/// What a typed format stores. A number with decimals becomes the nearest binary one.
pub(super) enum Typed<'a> {
    Null,
    Text(Cow<'a, str>),
    Integer(i64),
    Real(f64),
}

/// The cell of `row`; an error when it is not of its column's kind. A whole number is a number with decimals too.
pub(super) fn typed<'a>(
    column: &Column<'a>,
    row: usize,
    file: &Path,
) -> Result<Typed<'a>, WriteError> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "the nearest binary number is what such a column holds"
    )]
    match ((column.cell)(row), column.kind) {
        (Value::Null, _) => Ok(Typed::Null),
        (Value::Text(text), Kind::Text) => Ok(Typed::Text(text)),
        (Value::Integer(number), Kind::Integer) => Ok(Typed::Integer(number)),
        (Value::Integer(number), Kind::Decimal(_)) => Ok(Typed::Real(number as f64)),
        (Value::Decimal(decimal), Kind::Decimal(_)) => Ok(Typed::Real(decimal.to_f64())),
        _ => Err(WriteError::Cell {
            file: file.to_owned(),
            column: column.name.to_string(),
            row,
            what: "another kind of value than the rest",
        }),
    }
}
