//! GDAL's field types → Arrow columns, filled value by value.

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Float64Builder, Int16Builder, Int32Builder, Int64Builder, StringBuilder,
};
use arrow_array::{ArrayRef, Date32Array, StringArray};
use arrow_schema::DataType;
use gdal_sys::{OGRFieldSubType, OGRFieldType};

use super::loose_types::Strays;
use super::raw::{RawField, RawTime, Rows};
use crate::formats::batch::date_text;
use crate::formats::encoding::Texts;

/// How a field of this kind is given on; `None` for bytes, which no rule reads.
/// Times of day and lists become text, a 32-bit real the shortest number that is the same (1.2, not 1.2000000477).
pub fn kind_of(field: &RawField) -> Option<DataType> {
    Some(match (field.kind, field.subtype) {
        (OGRFieldType::OFTInteger, OGRFieldSubType::OFSTBoolean) => DataType::Boolean,
        (OGRFieldType::OFTInteger, OGRFieldSubType::OFSTInt16) => DataType::Int16,
        (OGRFieldType::OFTInteger, _) => DataType::Int32,
        (OGRFieldType::OFTInteger64, _) => DataType::Int64,
        (OGRFieldType::OFTReal, _) => DataType::Float64,
        (OGRFieldType::OFTDate, _) => DataType::Date32,
        (OGRFieldType::OFTBinary, _) => return None,
        _ => DataType::Utf8,
    })
}

/// A column that is being filled.
pub struct Filling {
    field: usize,
    source: OGRFieldType::Type,
    single: bool,
    texts: Texts,
    strays: Option<Strays>,
    builder: Builder,
}

enum Builder {
    Boolean(BooleanBuilder),
    Short(Int16Builder),
    Integer(Int32Builder),
    Long(Int64Builder),
    Real(Float64Builder),
    /// A day, or what stands in its place.
    Date(Vec<Option<Result<i32, String>>>),
    Text(StringBuilder),
}

impl Filling {
    /// An empty column for the field at this index of GDAL's.
    pub fn new(field: usize, raw: &RawField, texts: Texts) -> Self {
        let builder = match kind_of(raw) {
            Some(DataType::Boolean) => Builder::Boolean(BooleanBuilder::new()),
            Some(DataType::Int16) => Builder::Short(Int16Builder::new()),
            Some(DataType::Int32) => Builder::Integer(Int32Builder::new()),
            Some(DataType::Int64) => Builder::Long(Int64Builder::new()),
            Some(DataType::Float64) => Builder::Real(Float64Builder::new()),
            Some(DataType::Date32) => Builder::Date(Vec::new()),
            _ => Builder::Text(StringBuilder::new()),
        };
        Self {
            field,
            source: raw.kind,
            single: raw.subtype == OGRFieldSubType::OFSTFloat32,
            texts,
            strays: None,
            builder,
        }
    }

    /// The same column as text, in which some rows have a value that is not of the column's type.
    pub fn with_strays(self, strays: Strays) -> Self {
        Self {
            strays: Some(strays),
            builder: Builder::Text(StringBuilder::new()),
            ..self
        }
    }

    /// Adds the value of the current row.
    pub fn take(&mut self, rows: &mut Rows) {
        let field = self.field;
        let there = !rows.is_null(field);
        let integer = |rows: &Rows| there.then(|| rows.integer(field));
        match &mut self.builder {
            Builder::Boolean(builder) => builder.append_option(integer(rows).map(|n| n != 0)),
            Builder::Short(builder) => {
                builder.append_option(integer(rows).and_then(|n| n.try_into().ok()));
            }
            Builder::Integer(builder) => {
                builder.append_option(integer(rows).and_then(|n| n.try_into().ok()));
            }
            Builder::Long(builder) => builder.append_option(integer(rows)),
            Builder::Real(builder) => {
                let number = there.then(|| rows.real(field));
                builder.append_option(if self.single {
                    number.map(shortest)
                } else {
                    number
                });
            }
            Builder::Date(values) => {
                let day = there.then(|| rows.time(field)).flatten().and_then(days);
                values.push(match day {
                    Some(day) => Some(Ok(day)),
                    None if there => no_day(rows.bytes(field)).map(Err),
                    None => None,
                });
            }
            Builder::Text(builder)
                if let Some(stray) = self.strays.as_ref().and_then(|all| all.get(&rows.id())) =>
            {
                builder.append_value(stray);
            }
            Builder::Text(builder) if !there => builder.append_null(),
            Builder::Text(builder) => match self.source {
                OGRFieldType::OFTDate | OGRFieldType::OFTDateTime => {
                    builder.append_option(rows.time(field).and_then(time_text));
                }
                OGRFieldType::OFTReal => builder.append_value(rows.real(field).to_string()),
                OGRFieldType::OFTStringList => {
                    builder.append_value(self.texts.decode(&rows.joined(field)));
                }
                _ => builder.append_value(self.texts.decode(rows.bytes(field))),
            },
        }
    }

    /// The column so far; the next one begins empty.
    pub fn finish(&mut self) -> ArrayRef {
        match &mut self.builder {
            Builder::Boolean(builder) => Arc::new(builder.finish()),
            Builder::Short(builder) => Arc::new(builder.finish()),
            Builder::Integer(builder) => Arc::new(builder.finish()),
            Builder::Long(builder) => Arc::new(builder.finish()),
            Builder::Real(builder) => Arc::new(builder.finish()),
            Builder::Date(values) => days_or_texts(std::mem::take(values)),
            Builder::Text(builder) => Arc::new(builder.finish()),
        }
    }
}

/// What stands where a day should, as GDAL shows it; zeros say that there is none.
fn no_day(shown: &[u8]) -> Option<String> {
    let shown = String::from_utf8_lossy(shown);
    let says = shown.contains(|c: char| ('1'..='9').contains(&c));
    says.then(|| shown.into_owned())
}

/// Days, or texts where one of them is no day: what cannot be read must not look like a blank.
fn days_or_texts(values: Vec<Option<Result<i32, String>>>) -> ArrayRef {
    let text = |value: Result<i32, String>| match value {
        Ok(days) => date_text(days.into()),
        Err(text) => Some(text),
    };
    if values.iter().flatten().any(Result::is_err) {
        let texts = values.into_iter().map(|value| value.and_then(text));
        return Arc::new(texts.collect::<StringArray>());
    }
    let days = values.into_iter().map(|value| value.and_then(Result::ok));
    Arc::new(days.collect::<Date32Array>())
}

/// A 32-bit real that came as 64 bits, as the number a person wrote.
#[expect(
    clippy::cast_possible_truncation,
    reason = "it was a 32-bit real to begin with"
)]
pub fn shortest(number: f64) -> f64 {
    (number as f32).to_string().parse().unwrap_or(number)
}

fn date(time: RawTime) -> Option<jiff::civil::Date> {
    let (year, month, day, ..) = time;
    jiff::civil::Date::new(
        year.try_into().ok()?,
        month.try_into().ok()?,
        day.try_into().ok()?,
    )
    .ok()
}

fn days(time: RawTime) -> Option<i32> {
    Some(
        jiff::civil::date(1970, 1, 1)
            .until(date(time)?)
            .ok()?
            .get_days(),
    )
}

/// `2021-12-26` at midnight, else `2021-12-26T08:30:00`, on the clock it was written by.
fn time_text(time: RawTime) -> Option<String> {
    let date = date(time)?;
    let (.., hour, minute, second, _) = time;
    if hour == 0 && minute == 0 && second == 0.0 {
        return Some(date.to_string());
    }
    Some(format!(
        "{date}T{hour:02}:{minute:02}:{:02}",
        second.trunc()
    ))
}

/// Whether no two of some names are one.
pub fn names_are_unique<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_precision_number_is_what_was_written() {
        assert_eq!(shortest(f64::from(1.2_f32)).to_bits(), 1.2_f64.to_bits());
    }

    #[test]
    fn times_keep_the_day_on_the_clock_of_the_writer() {
        assert_eq!(
            time_text((2021, 12, 26, 0, 0, 0.0, 132)).as_deref(),
            Some("2021-12-26")
        );
        assert_eq!(
            time_text((2021, 12, 26, 8, 5, 9.5, 0)).as_deref(),
            Some("2021-12-26T08:05:09")
        );
        assert_eq!(time_text((0, 0, 0, 0, 0, 0.0, 0)), None);
        assert_eq!(days((1970, 1, 2, 0, 0, 0.0, 0)), Some(1));
    }
}
