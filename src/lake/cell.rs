//! The cells of a row → the record that they hold.

use serde::de::value::MapDeserializer;
use serde::de::{Deserialize, Deserializer, IntoDeserializer, Visitor};
use serde_json::Error;

/// A cell that is known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'a> {
    Text(&'a str),
    /// Anything that is neither text nor number, as JSON.
    Json(&'a str),
    Integer(i64),
    Real(f64),
    Truth(bool),
}

/// The record of a row: its known cells, each with the name of its field.
pub(super) fn record<'a, T: Deserialize<'a>>(
    cells: impl Iterator<Item = (&'a str, Cell<'a>)>,
) -> Result<T, Error> {
    T::deserialize(MapDeserializer::new(cells))
}

impl<'de> IntoDeserializer<'de, Error> for Cell<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::Json(text) => serde_json::Deserializer::from_str(text).deserialize_any(visitor),
            Self::Integer(number) => visitor.visit_i64(number),
            Self::Real(number) => visitor.visit_f64(number),
            Self::Truth(truth) => visitor.visit_bool(truth),
        }
    }

    /// A cell that is not known is in no row.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => {
                visitor.visit_enum(IntoDeserializer::<Error>::into_deserializer(text))
            }
            Self::Json(text) => {
                serde_json::Deserializer::from_str(text).deserialize_enum(name, variants, visitor)
            }
            other => other.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Building, Completion, FloorAreaSource};
    use crate::quantity::Area;

    #[test]
    fn a_record_comes_back_from_its_cells() {
        let cells = [
            ("row", Cell::Integer(7)),
            ("id", Cell::Text("1.0")),
            ("storeys", Cell::Real(3.5)),
            ("floor_area", Cell::Json("[1234.5,\"Surveyed\"]")),
            ("completion", Cell::Json("{\"On\":\"2020-01-02\"}")),
        ];
        let building: Building = record(cells.into_iter()).unwrap();
        assert_eq!((building.row, &*building.id), (7, "1.0"));
        assert_eq!(building.storeys, Some(3.5));
        assert_eq!(
            building.floor_area,
            Some((Area::from_cents(123_450), FloorAreaSource::Surveyed))
        );
        assert_eq!(
            building.completion,
            Completion::On(jiff::civil::date(2020, 1, 2))
        );
        assert_eq!(building.height, None);
    }
}
