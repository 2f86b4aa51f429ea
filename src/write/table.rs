//! A result as rows and columns, of which every format is written.

use std::borrow::Cow;

use crate::geometry::{Crs, ShapeRef};
use crate::quantity::Decimal;

/// A result to be written: `rows` rows that are asked for cell by cell, so that nothing is stored twice.
pub struct Table<'a> {
    /// The name of its files, without extension: `parcels`.
    pub name: &'static str,
    /// Its name in Chinese: 宗地.
    pub title: &'static str,
    /// How many rows.
    pub rows: usize,
    /// Its columns, in order.
    pub columns: Vec<Column<'a>>,
    /// The shapes of its rows, where it is a map layer.
    pub geometry: Option<TableGeometry<'a>>,
}

/// A column of a result.
pub struct Column<'a> {
    /// Its name, the same in every format.
    pub name: Cow<'static, str>,
    /// Its name in Chinese, for formats that carry a second one.
    pub alias: Cow<'static, str>,
    /// What its cells hold.
    pub kind: Kind,
    /// The cell of a row.
    pub cell: Box<dyn Fn(usize) -> Value<'a> + Sync + 'a>,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number with this many decimals.
    Decimal(u8),
}

/// A cell. Unknown is always `Null`, never a zero or an empty text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Unknown.
    Null,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A number with a fixed count of decimals.
    Decimal(Decimal),
}

/// The shapes of a table's rows, in both forms that formats ask for.
pub struct TableGeometry<'a> {
    /// The CRS of `plane`.
    pub crs: &'a Crs,
    /// The shape of a row in the computing CRS.
    pub plane: Box<dyn Fn(usize) -> ShapeRef<'a> + Sync + 'a>,
    /// The shape of a row in WGS 84, longitude first; `None` where the CRS cannot be taken there.
    pub degrees: Option<Box<dyn Fn(usize) -> ShapeRef<'a> + Sync + 'a>>,
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<Decimal> for Value<'_> {
    fn from(decimal: Decimal) -> Self {
        Self::Decimal(decimal)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl Table<'_> {
    /// This table with the rows of another of the same columns behind its own; without shapes.
    pub(super) fn then(self, more: Self) -> Self {
        let first = self.rows;
        let both = self.columns.into_iter().zip(more.columns);
        let columns = both.map(|(column, behind)| Column {
            cell: Box::new(move |row| {
                if row < first {
                    (column.cell)(row)
                } else {
                    (behind.cell)(row - first)
                }
            }),
            name: column.name,
            alias: column.alias,
            kind: column.kind,
        });
        Self {
            rows: first + more.rows,
            columns: columns.collect(),
            geometry: None,
            ..self
        }
    }
}

impl<'a> Column<'a> {
    /// A column from its names, its kind, and how to get the cell of a row.
    pub fn new<V: Into<Value<'a>>>(
        name: impl Into<Cow<'static, str>>,
        alias: impl Into<Cow<'static, str>>,
        kind: Kind,
        cell: impl Fn(usize) -> V + Sync + 'a,
    ) -> Self {
        Self {
            name: name.into(),
            alias: alias.into(),
            kind,
            cell: Box::new(move |row| cell(row).into()),
        }
    }
}
