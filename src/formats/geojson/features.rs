//! The JSON of some features → shapes and property columns.

use std::borrow::Cow;
use std::fmt;

use arrow_array::{ArrayRef, new_null_array};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::column::{Column, Text, Value};
use super::geometry;
use crate::formats::{Field, GeometryFlaw};
use crate::geometry::Shapes;

/// Some consecutive rows of the file, with all their properties.
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
}

/// A feature, or a geometry that stands alone, whose parts are yet to be parsed.
#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<Text<'a>>,
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    properties: Option<&'a RawValue>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
}

/// What is wrong, and the text of which part of the file that is said about.
pub(super) type Fault<'a> = (&'a str, serde_json::Error);

/// A feature may not be larger than this, so that no text column outgrows its 32-bit offsets.
const LARGEST: usize = 256 << 20;

impl Features {
    /// Parses a feature, or a geometry that stands alone.
    ///
    /// # Errors
    /// When it is none, or has a property twice. What is wrong with its geometry is only a flaw.
    pub(super) fn push<'a>(&mut self, json: &'a str) -> Result<(), Fault<'a>> {
        if json.len() > LARGEST {
            return Err((json, Error::custom("a feature is larger than 256 MiB")));
        }
        let no_feature = "expected an object with `\"type\": \"Feature\"`";
        // An array would do for a struct.
        if !json.starts_with('{') {
            return Err((json, Error::custom(no_feature)));
        }
        let feature: Feature = serde_json::from_str(json).map_err(|error| (json, error))?;
        let geometry = match feature.kind.as_ref().map(|kind| &*kind.0) {
            Some("Feature") => feature.geometry.map(RawValue::get),
            Some(
                "Polygon" | "MultiPolygon" | "Point" | "MultiPoint" | "LineString"
                | "MultiLineString" | "GeometryCollection",
            ) if feature.properties.is_none() && feature.geometry.is_none() => Some(json),
            _ => return Err((json, Error::custom(no_feature))),
        };
        if let Some(properties) = feature.properties.map(RawValue::get) {
            serde_json::Deserializer::from_str(properties)
                .deserialize_map(Properties(self))
                .map_err(|error| (properties, error))?;
        }
        if let Some(id) = feature.id
            && let Some(id) = Value::of(id).map_err(|error| (id.get(), error))?
        {
            self.ids.push(self.rows, id);
        }
        if let Some(flaw) = geometry::push(geometry, &mut self.shapes) {
            self.flaws.push((self.rows, flaw));
        }
        self.rows += 1;
        Ok(())
    }

    /// Makes the `id` members a property.
    pub(super) fn name_ids(&mut self) {
        let place = self.place("id".into());
        self.columns[place].1 = std::mem::take(&mut self.ids);
    }

    /// The column of a property.
    pub(super) fn column(&self, field: &Field) -> ArrayRef {
        let rows = self.rows as usize;
        match self.places.get(&field.name) {
            Some(&place) => self.columns[place].1.array(&field.kind, rows),
            None => new_null_array(&field.kind, rows),
        }
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

struct Properties<'a>(&'a mut Features);

impl<'de> Visitor<'de> for Properties<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("properties: an object or null")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self(features) = self;
        // Most features have the same properties in the same order: look at the next place first.
        let mut next = 0;
        while let Some((Text(name), value)) = map.next_entry::<_, &RawValue>()? {
            let place = match features.columns.get(next) {
                Some((expected, _)) if *expected == name => next,
                _ => features.place(name),
            };
            next = place + 1;
            let (name, column) = &mut features.columns[place];
            if let Some(value) = Value::of(value).map_err(A::Error::custom)?
                && !column.push(features.rows, value)
            {
                let twice = format!("the property `{name}` is there twice in one feature");
                return Err(A::Error::custom(twice));
            }
        }
        Ok(())
    }
}
