//! A stretch of GeoJSON features → shapes and property columns.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::column::{Column, Value};
use super::cursor::{Cursor, Fault, Number};
use super::geometry::{self, Nest};
use crate::geometry::Shapes;
use crate::read::GeometryFlaw;

/// The rows of a stretch of the file, with all their properties.
#[derive(Default)]
pub(super) struct Features {
    pub(super) rows: u32,
    pub(super) shapes: Shapes,
    pub(super) flaws: Vec<(u32, GeometryFlaw)>,
    /// The properties, in the order in which they first came.
    pub(super) columns: Vec<(String, Column)>,
    /// The `id` members of the features, which are no properties.
    pub(super) ids: Column,
    places: FxHashMap<String, usize>,
    nest: Nest,
}

impl Features {
    /// Parses the features of `range`: between commas if these are items of an array, else one behind the other.
    ///
    /// # Errors
    /// Where it is no JSON, or no feature.
    pub(super) fn parse(
        bytes: &[u8],
        range: Range<usize>,
        items: bool,
        is_last: bool,
    ) -> Result<Self, Fault> {
        let mut features = Self::default();
        let mut cursor = Cursor::new(&bytes[..range.end], range.start);
        loop {
            while !items && cursor.take(RECORD) {}
            if cursor.at_end() {
                return Ok(features);
            }
            features.feature(&mut cursor)?;
            if items && !cursor.take(b',') {
                return if cursor.at_end() {
                    Ok(features)
                } else {
                    cursor.fault("expected `,` or `]` behind a feature")
                };
            }
            if items && is_last && cursor.at_end() {
                return cursor.fault("expected a feature behind `,`");
            }
        }
    }

    /// The column of a property.
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.places.get(name).map(|&place| &self.columns[place].1)
    }

    /// Parses a feature, or a geometry that stands alone.
    fn feature(&mut self, cursor: &mut Cursor) -> Result<(), Fault> {
        if cursor.peek() != b'{' {
            return cursor.fault("expected a feature, which begins with `{`");
        }
        let start = cursor.clone();
        let (mut kind, mut flaw, mut is_feature) = (None, None, false);
        cursor.object(|cursor, key| {
            match &*key {
                "type" => kind = Some(cursor.string()?),
                "geometry" if flaw.is_some() => return cursor.fault("a second geometry"),
                "geometry" => {
                    flaw = Some(geometry::geometry(
                        cursor,
                        &mut self.nest,
                        &mut self.shapes,
                    )?);
                }
                "properties" if is_feature => return cursor.fault("a second `properties`"),
                "properties" => {
                    is_feature = true;
                    self.properties(cursor)?;
                }
                "id" => {
                    if let Some(value) = value(cursor)? {
                        self.ids.push_once(self.rows, value, cursor)?;
                    }
                }
                _ => drop(cursor.skip()?),
            }
            Ok(())
        })?;
        let flaw = match (kind.as_deref(), flaw) {
            (Some("Feature"), Some(flaw)) => flaw,
            (Some("Feature"), None) => {
                self.shapes.end_shape();
                Some(GeometryFlaw::Null)
            }
            (Some(kind), None) if geometry::is_geometry(kind) && !is_feature => {
                *cursor = start;
                geometry::geometry(cursor, &mut self.nest, &mut self.shapes)?
            }
            _ => return start.fault("expected an object with `\"type\": \"Feature\"`"),
        };
        if let Some(flaw) = flaw {
            self.flaws.push((self.rows, flaw));
        }
        self.rows += 1;
        Ok(())
    }

    fn properties(&mut self, cursor: &mut Cursor) -> Result<(), Fault> {
        if cursor.peek() == b'n' {
            return cursor.word("null");
        }
        // Most features have the same properties in the same order: look at the next place first.
        let mut next = 0;
        cursor.object(|cursor, name| {
            let place = match self.columns.get(next) {
                Some((expected, _)) if *expected == name => next,
                _ => self.place(name),
            };
            next = place + 1;
            if let Some(value) = value(cursor)? {
                self.columns[place].1.push_once(self.rows, value, cursor)?;
            }
            Ok(())
        })
    }

    fn place(&mut self, name: Cow<str>) -> usize {
        if let Some(&place) = self.places.get(&*name) {
            return place;
        }
        let place = self.columns.len();
        self.places.insert(name.clone().into_owned(), place);
        self.columns.push((name.into_owned(), Column::default()));
        place
    }
}

/// RS, which stands before each record of a GeoJSON text sequence (RFC 8142).
pub(super) const RECORD: u8 = 0x1e;

impl Column {
    fn push_once(&mut self, row: u32, value: Value, cursor: &Cursor) -> Result<(), Fault> {
        if self.last_row() == Some(row) {
            return cursor.fault("the same property is there twice in one feature");
        }
        self.push(row, value);
        Ok(())
    }
}

/// A value of a property; objects and arrays as their JSON text, and null as nothing.
fn value<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Value<'a>>, Fault> {
    Ok(Some(match cursor.peek() {
        b'"' => Value::Text(cursor.string()?),
        b'n' => {
            cursor.word("null")?;
            return Ok(None);
        }
        b't' => {
            cursor.word("true")?;
            Value::Bool(true)
        }
        b'f' => {
            cursor.word("false")?;
            Value::Bool(false)
        }
        b'-' | b'0'..=b'9' => {
            let start = cursor.clone();
            match cursor.number()? {
                Number::Whole(number) => Value::Int(number),
                Number::Real(number) => match start.clone().skip()? {
                    // Too long for a whole number of 64 bits: an identifier, kept digit for digit.
                    text if text.len() > 15 && !text.contains(['.', 'e', 'E']) => {
                        Value::Text(text.into())
                    }
                    _ => Value::Real(number),
                },
            }
        }
        _ => Value::Text(cursor.skip()?.into()),
    }))
}
