//! Records → Arrow columns, one for each field, and back.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array as _, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field};
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::cell::{Cell, record};

/// So many records are looked at by one thread.
const CHUNK: usize = 4096;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnKind {
    Text,
    Json,
    Integer,
    Real,
    Truth,
}

impl ColumnKind {
    /// Of a value; `None` where nothing is known.
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Null => None,
            Value::Bool(_) => Some(Self::Truth),
            Value::Number(number) if number.is_f64() => Some(Self::Real),
            Value::Number(_) => Some(Self::Integer),
            Value::String(_) => Some(Self::Text),
            Value::Array(_) | Value::Object(_) => Some(Self::Json),
        }
    }

    /// What holds values of both kinds.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Integer, Self::Real) | (Self::Real, Self::Integer) => Self::Real,
            _ => Self::Json,
        }
    }
}

/// The fields of some records and what each holds.
#[derive(Clone, Debug)]
pub(super) struct Columns(Vec<(String, ColumnKind)>);

impl Columns {
    /// The columns that hold all of some records: `row` and `id` first, then by name. A field of which no record knows
    /// anything is as in a record without content, else a text.
    ///
    /// # Errors
    /// When a record cannot be taken apart.
    pub(super) fn of<T: Serialize + Sync + Default>(
        records: &[T],
    ) -> Result<Self, serde_json::Error> {
        let kinds = records.par_chunks(CHUNK).map(|records| {
            let mut kinds: BTreeMap<String, Option<ColumnKind>> = BTreeMap::new();
            for record in records {
                for (name, value) in fields(record)? {
                    let kind = ColumnKind::of(&value);
                    match kinds.get_mut(&name) {
                        None => drop(kinds.insert(name, kind)),
                        Some(have) => *have = both(*have, kind),
                    }
                }
            }
            Ok(kinds)
        });
        let mut all: BTreeMap<String, Option<ColumnKind>> = BTreeMap::new();
        for kinds in kinds.collect::<Result<Vec<_>, _>>()? {
            for (name, kind) in kinds {
                let have = all.entry(name).or_default();
                *have = both(*have, kind);
            }
        }
        for (name, value) in fields(&T::default())? {
            let have = all.entry(name).or_default();
            *have = have.or(ColumnKind::of(&value));
        }
        let mut columns: Vec<(String, ColumnKind)> = all
            .into_iter()
            .map(|(name, kind)| (name, kind.unwrap_or(ColumnKind::Text)))
            .collect();
        let first = |name: &str| match name {
            "row" => 0,
            "id" => 1,
            _ => 2,
        };
        columns.sort_by(|(a, _), (b, _)| (first(a), a).cmp(&(first(b), b)));
        Ok(Self(columns))
    }

    /// The fields of a schema.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field> + '_ {
        self.0.iter().map(|(name, kind)| {
            let kind = match kind {
                ColumnKind::Text | ColumnKind::Json => DataType::Utf8,
                ColumnKind::Integer => DataType::Int64,
                ColumnKind::Real => DataType::Float64,
                ColumnKind::Truth => DataType::Boolean,
            };
            Field::new(name, kind, true)
        })
    }

    /// The columns whose texts are JSON, for the metadata of a file.
    pub(super) fn json(&self) -> impl Iterator<Item = &str> {
        let json = self.0.iter().filter(|(_, kind)| *kind == ColumnKind::Json);
        json.map(|(name, _)| name.as_str())
    }

    /// The arrays of some records.
    ///
    /// # Errors
    /// When a record cannot be taken apart.
    pub(super) fn arrays<'a, T: Serialize + 'a>(
        &self,
        records: impl Iterator<Item = &'a T>,
    ) -> Result<Vec<ArrayRef>, serde_json::Error> {
        let mut builders: Vec<Builder> = self.0.iter().map(|(_, kind)| (*kind).into()).collect();
        for record in records {
            let mut fields: BTreeMap<String, Value> = fields(record)?.into_iter().collect();
            for ((name, _), builder) in self.0.iter().zip(&mut builders) {
                builder.add(fields.remove(name).unwrap_or_default());
            }
        }
        Ok(builders.into_iter().map(Builder::finish).collect())
    }

    /// The records of some rows of a batch; `json` are the columns whose texts are JSON, columns of other names say nothing of them.
    ///
    /// # Errors
    /// When a row is no such record.
    pub(super) fn records<T: DeserializeOwned>(
        batch: &RecordBatch,
        json: &[String],
        but: &[&str],
        rows: impl Iterator<Item = usize>,
    ) -> Result<Vec<T>, serde_json::Error> {
        let schema = batch.schema();
        let named = schema.fields().iter().zip(batch.columns());
        let columns: Vec<(&str, &ArrayRef, bool)> = named
            .filter(|(field, _)| !but.contains(&field.name().as_str()))
            .map(|(field, array)| {
                let name = field.name().as_str();
                (name, array, json.iter().any(|json| json == name))
            })
            .collect();
        let row = |row: usize| {
            let cells = columns.iter().filter_map(move |(name, array, is_json)| {
                Some((*name, cell(array, *is_json, row)?))
            });
            record::<T>(cells)
        };
        rows.map(row).collect()
    }
}

fn cell(array: &ArrayRef, is_json: bool, row: usize) -> Option<Cell<'_>> {
    if array.is_null(row) {
        return None;
    }
    Some(match array.data_type() {
        DataType::Utf8 if is_json => Cell::Json(array.as_string::<i32>().value(row)),
        DataType::Utf8 => Cell::Text(array.as_string::<i32>().value(row)),
        DataType::Int64 => Cell::Integer(array.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => Cell::Real(array.as_primitive::<Float64Type>().value(row)),
        DataType::Boolean => Cell::Truth(array.as_boolean().value(row)),
        _ => return None,
    })
}

fn both(one: Option<ColumnKind>, other: Option<ColumnKind>) -> Option<ColumnKind> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.and(other)),
        (one, other) => one.or(other),
    }
}

fn fields<T: Serialize>(record: &T) -> Result<serde_json::Map<String, Value>, serde_json::Error> {
    match serde_json::to_value(record)? {
        Value::Object(fields) => Ok(fields),
        other => Ok([("value".to_owned(), other)].into_iter().collect()),
    }
}

/// A column that is being filled.
enum Builder {
    Text(StringBuilder),
    Json(StringBuilder),
    Integer(Int64Builder),
    Real(Float64Builder),
    Truth(BooleanBuilder),
}

impl From<ColumnKind> for Builder {
    fn from(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Text => Self::Text(StringBuilder::new()),
            ColumnKind::Json => Self::Json(StringBuilder::new()),
            ColumnKind::Integer => Self::Integer(Int64Builder::new()),
            ColumnKind::Real => Self::Real(Float64Builder::new()),
            ColumnKind::Truth => Self::Truth(BooleanBuilder::new()),
        }
    }
}

impl Builder {
    fn add(&mut self, value: Value) {
        match (self, value) {
            (Self::Text(builder), Value::String(text)) => builder.append_value(text),
            (Self::Json(builder), value) if !value.is_null() => {
                builder.append_value(value.to_string());
            }
            (Self::Integer(builder), value) => builder.append_option(value.as_i64()),
            (Self::Real(builder), value) => builder.append_option(value.as_f64()),
            (Self::Truth(builder), value) => builder.append_option(value.as_bool()),
            (Self::Text(builder) | Self::Json(builder), _) => builder.append_null(),
        }
    }

    fn finish(self) -> ArrayRef {
        match self {
            Self::Text(mut builder) | Self::Json(mut builder) => Arc::new(builder.finish()),
            Self::Integer(mut builder) => Arc::new(builder.finish()),
            Self::Real(mut builder) => Arc::new(builder.finish()),
            Self::Truth(mut builder) => Arc::new(builder.finish()),
        }
    }
}
