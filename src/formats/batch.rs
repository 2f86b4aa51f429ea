//! What every reader yields: rows as columns, with their geometry decoded.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;

use super::SourceError;
use super::written::figures;
use crate::formats::DecimalMark;
use crate::geometry::Shapes;

/// An open layer, of which the schema is known and no row has been read.
pub trait Layer {
    /// What it says of itself.
    fn schema(&self) -> &LayerSchema;

    /// Reads every row, with the columns of its fields at the indices in `columns`, in that order.
    /// `progress` is called with the count of rows that came in since the last call, from any thread.
    ///
    /// # Errors
    /// When the source cannot be read to its end; a bad feature is no error but a [`GeometryFlaw`].
    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError>;
}

/// What an open layer says of itself.
#[derive(Clone, Debug, Default)]
pub struct LayerSchema {
    /// Its name in the source.
    pub name: String,
    /// Its attributes, in order, without the geometry.
    pub fields: Vec<Field>,
    /// Whether it has a geometry column.
    pub has_geometry: bool,
    /// The CRS it declares, as a definition that GDAL understands (WKT, PROJJSON or `EPSG:n`).
    pub crs: Option<String>,
    /// The encoding in which its text is read, where the file does not say it for certain.
    pub encoding: Option<&'static str>,
    /// The attributes that are not among its fields: bytes, which no rule reads.
    pub left_out: Vec<String>,
    /// How many features it says it has; for progress only.
    pub feature_count: Option<u64>,
    /// What a reader of this layer should be told: an encoding that was guessed, a layer that was chosen.
    pub notes: Vec<String>,
}

/// An attribute of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name as stored.
    pub name: String,
    /// A second name the format carries (the alias of a file geodatabase or GeoPackage column).
    pub alias: Option<String>,
    /// How it is stored.
    pub kind: DataType,
    /// Whether its texts are moments, stored as such: `2021-12-26T08:30:00`, or the day alone at midnight.
    pub holds_times: bool,
    /// Whether its name fills all the room that the format has for it, so that more may have been cut off.
    pub may_be_cut: bool,
}

impl Field {
    /// An attribute that has nothing beside its name and its kind.
    pub fn new(name: impl Into<String>, kind: DataType) -> Self {
        Self {
            name: name.into(),
            alias: None,
            kind,
            holds_times: false,
            may_be_cut: false,
        }
    }

    /// An attribute of texts.
    pub fn text(name: impl Into<String>) -> Self {
        Self::new(name, DataType::Utf8)
    }
}

/// Some consecutive rows of a layer.
#[derive(Debug, Default)]
pub struct Batch {
    /// The 0-based number of its first row in the layer.
    pub first_row: u64,
    /// How many rows.
    pub rows: usize,
    /// The columns asked for, `rows` long each.
    pub columns: Vec<ArrayRef>,
    /// One shape a row, empty where there is a flaw; `None` for a table without geometry.
    pub shapes: Option<Shapes>,
    /// The rows (0-based in this batch, ascending) whose geometry is not a polygon that could be decoded.
    pub flaws: Vec<(u32, GeometryFlaw)>,
}

/// Why a row has no polygon, before anyone has looked at its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeometryFlaw {
    /// No geometry at all.
    Null,
    /// A geometry without a coordinate.
    Empty,
    /// A point or a line that encloses nothing; its OGC name.
    NotPolygonal(&'static str),
    /// Bytes that are no geometry.
    Undecodable(String),
    /// A coordinate far outside the area where the CRS may be used.
    FarOff(String),
}

/// One column of a batch, read as text or number whatever its type.
#[derive(Clone, Copy)]
pub struct Column<'a>(pub &'a ArrayRef);

impl<'a> Column<'a> {
    /// The value as text, trimmed; `None` for null and for blanks. Bytes that are not UTF-8 are replaced, never trusted.
    pub fn text(self, row: usize) -> Option<Cow<'a, str>> {
        let text = match self.stored_text(row)? {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        (!text.is_empty()).then_some(text)
    }

    /// The value as text with all its blanks; `None` for null alone, and for types that are read neither as text nor as
    /// a number.
    pub fn stored_text(self, row: usize) -> Option<Cow<'a, str>> {
        if self.0.is_null(row) {
            return None;
        }
        Some(match self.0.data_type() {
            DataType::Utf8 => lossy(bytes_at(
                self.0.as_string::<i32>().value_offsets(),
                self.0.as_string::<i32>().value_data(),
                row,
            )),
            DataType::LargeUtf8 => lossy(bytes_at(
                self.0.as_string::<i64>().value_offsets(),
                self.0.as_string::<i64>().value_data(),
                row,
            )),
            DataType::Boolean => Cow::Borrowed(if self.0.as_boolean().value(row) {
                "1"
            } else {
                "0"
            }),
            DataType::Int8
            | DataType::Int16
            | DataType::Int32
            | DataType::Int64
            | DataType::UInt8
            | DataType::UInt16
            | DataType::UInt32
            | DataType::UInt64 => Cow::Owned(self.integer(row)?.to_string()),
            // 0.35 in single precision is written 0.35, not 0.3499999940395355
            DataType::Float32 => {
                let number = self.0.as_primitive::<Float32Type>().value(row);
                Cow::Owned(number.is_finite().then(|| number.to_string())?)
            }
            DataType::Float64 => Cow::Owned(self.number(row)?.to_string()),
            DataType::Date32 => Cow::Owned(date_text(i64::from(
                self.0.as_primitive::<Date32Type>().value(row),
            ))?),
            _ => return None,
        })
    }

    /// The value as a number; text is read with full-width digits, thousands separators and a percent sign allowed.
    /// `None` for null, for what is no number, and for what is not finite.
    #[expect(
        clippy::cast_precision_loss,
        reason = "no measured figure needs more than 53 bits"
    )]
    pub fn number(self, row: usize) -> Option<f64> {
        if self.0.is_null(row) {
            return None;
        }
        let number = match self.0.data_type() {
            DataType::Float64 => self.0.as_primitive::<Float64Type>().value(row),
            DataType::Float32 => f64::from(self.0.as_primitive::<Float32Type>().value(row)),
            DataType::Utf8 | DataType::LargeUtf8 => parse_number(&self.text(row)?)?,
            _ => self.integer(row)? as f64,
        };
        number.is_finite().then_some(number)
    }

    /// The value of a column of whole numbers or of yes and no; `None` for null and for any other column.
    pub fn whole(self, row: usize) -> Option<i64> {
        (!self.0.is_null(row)).then(|| self.integer(row))?
    }

    fn integer(self, row: usize) -> Option<i64> {
        Some(match self.0.data_type() {
            DataType::Int64 => self.0.as_primitive::<Int64Type>().value(row),
            DataType::Int32 => self.0.as_primitive::<Int32Type>().value(row).into(),
            DataType::Int16 => self.0.as_primitive::<Int16Type>().value(row).into(),
            DataType::Int8 => self.0.as_primitive::<Int8Type>().value(row).into(),
            DataType::UInt64 => {
                i64::try_from(self.0.as_primitive::<UInt64Type>().value(row)).ok()?
            }
            DataType::UInt32 => self.0.as_primitive::<UInt32Type>().value(row).into(),
            DataType::UInt16 => self.0.as_primitive::<UInt16Type>().value(row).into(),
            DataType::UInt8 => self.0.as_primitive::<UInt8Type>().value(row).into(),
            DataType::Boolean => self.0.as_boolean().value(row).into(),
            _ => return None,
        })
    }
}

/// A number as offices write it: `１２．５`, `1,234.50`, `30%` (0.3). Units or words beside it make it no number. A column
/// of a layer is read by [`super::written`], which knows how the other numbers in it are written.
pub fn parse_number(text: &str) -> Option<f64> {
    let read = figures(text, DecimalMark::Point).ok()??;
    let scale = match &*read.behind {
        "" => 1.0,
        "%" => 0.01,
        _ => return None,
    };
    let number = read.digits.parse::<f64>().ok()? * scale;
    number.is_finite().then_some(number)
}

fn bytes_at<'a, O: TryInto<usize> + Copy>(offsets: &[O], data: &'a [u8], row: usize) -> &'a [u8] {
    let at = |index: usize| {
        offsets
            .get(index)
            .and_then(|&offset| offset.try_into().ok())
            .unwrap_or(0)
    };
    data.get(at(row)..at(row + 1)).unwrap_or_default()
}

fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    // to look whether it is text at all is faster than to look for the first byte that is none
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

/// Days since 1970-01-01 as `2022-06-01`.
pub(super) fn date_text(days: i64) -> Option<String> {
    let day = jiff::civil::date(1970, 1, 1)
        .checked_add(jiff::Span::new().try_days(days).ok()?)
        .ok()?;
    Some(day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Date32Array, Float64Array, StringArray};
    use std::sync::Arc;

    #[test]
    fn numbers_are_read_as_offices_write_them() {
        assert_eq!(parse_number("１２．５"), Some(12.5));
        assert_eq!(parse_number("1,234.50"), Some(1234.5));
        assert_eq!(parse_number("30%"), Some(0.3));
        assert_eq!(parse_number("-3"), Some(-3.0));
        for text in ["", "***", "nan", "inf", "12亩", "三"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn any_column_reads_as_text_and_number() {
        let text: ArrayRef = Arc::new(StringArray::from(vec![Some(" 3 "), Some("  "), None]));
        assert_eq!(Column(&text).text(0).as_deref(), Some("3"));
        assert_eq!(Column(&text).number(0), Some(3.0));
        assert_eq!((Column(&text).text(1), Column(&text).text(2)), (None, None));
        let real: ArrayRef = Arc::new(Float64Array::from(vec![2.5, f64::NAN]));
        assert_eq!(Column(&real).text(0).as_deref(), Some("2.5"));
        assert_eq!(Column(&real).number(1), None);
        let date: ArrayRef = Arc::new(Date32Array::from(vec![19144]));
        assert_eq!(Column(&date).text(0).as_deref(), Some("2022-06-01"));
    }
}
