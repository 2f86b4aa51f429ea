//! A GeoJSON geometry → a shape, or why there is none.

use std::fmt;

use geo::Coord;
use geojson::{Geometry, GeometryValue, Position};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::geometry::Shapes;
use crate::read::GeometryFlaw;

/// Parses a geometry and appends one shape, which is empty where a flaw is returned.
pub(super) fn push(json: Option<&str>, shapes: &mut Shapes) -> Option<GeometryFlaw> {
    let flaw = json.map_or(Some(GeometryFlaw::Null), |json| {
        polygons(json, shapes).unwrap_or_else(|_| {
            shapes.abandon_shape();
            geometry(json, shapes)
        })
    });
    if flaw.is_some() {
        shapes.abandon_shape();
    }
    shapes.end_shape();
    flaw
}

/// Nearly all geometries of a city: polygons, whose type is written before their coordinates.
/// An error means only that it is none of these.
fn polygons(json: &str, shapes: &mut Shapes) -> serde_json::Result<Option<GeometryFlaw>> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let some = deserializer.deserialize_map(Polygons(shapes))?;
    Ok((!some).then_some(GeometryFlaw::Empty))
}

/// All other geometries, and whatever is wrong.
fn geometry(json: &str, shapes: &mut Shapes) -> Option<GeometryFlaw> {
    let result = json
        .parse()
        .map_err(|error: geojson::Error| error.to_string())
        .and_then(|geometry: Geometry| parts(&geometry, shapes).map_err(str::to_owned));
    result.unwrap_or_else(|why| Some(GeometryFlaw::Undecodable(why)))
}

/// Appends the polygons of a geometry; the flaw it has where it has none.
fn parts(geometry: &Geometry, shapes: &mut Shapes) -> Result<Option<GeometryFlaw>, &'static str> {
    let polygons = match &geometry.value {
        GeometryValue::Polygon { coordinates } => std::slice::from_ref(coordinates),
        GeometryValue::MultiPolygon { coordinates } => coordinates,
        GeometryValue::GeometryCollection { geometries } => {
            let mut worst = Some(GeometryFlaw::Empty);
            for geometry in geometries {
                match (parts(geometry, shapes)?, &worst) {
                    (None, _) => worst = None,
                    (Some(GeometryFlaw::NotPolygonal(_)), Some(_)) => {
                        worst = Some(GeometryFlaw::NotPolygonal("GeometryCollection"));
                    }
                    _ => {}
                }
            }
            return Ok(worst);
        }
        GeometryValue::MultiPoint { coordinates } | GeometryValue::LineString { coordinates }
            if coordinates.is_empty() =>
        {
            &[]
        }
        GeometryValue::MultiLineString { coordinates } if coordinates.is_empty() => &[],
        GeometryValue::Point { .. } => return Ok(Some(GeometryFlaw::NotPolygonal("Point"))),
        GeometryValue::MultiPoint { .. } => {
            return Ok(Some(GeometryFlaw::NotPolygonal("MultiPoint")));
        }
        GeometryValue::LineString { .. } => {
            return Ok(Some(GeometryFlaw::NotPolygonal("LineString")));
        }
        GeometryValue::MultiLineString { .. } => {
            return Ok(Some(GeometryFlaw::NotPolygonal("MultiLineString")));
        }
    };
    let mut some = false;
    for polygon in polygons {
        let mut part = Part::default();
        for ring in polygon {
            for position in ring {
                shapes.push_coord(coord(position).ok_or("a position of fewer than two numbers")?);
            }
            part.end_ring(ring.len(), shapes)?;
        }
        some |= part.end(shapes);
    }
    Ok((!some).then_some(GeometryFlaw::Empty))
}

fn coord(position: &Position) -> Option<Coord> {
    match *position.as_slice() {
        [x, y, ..] => Some(Coord { x, y }),
        _ => None,
    }
}

/// A polygon that is being built.
#[derive(Default)]
struct Part {
    empty: bool,
    rings: bool,
}

impl Part {
    /// Ends a ring; an empty one is left out, unless it is a shell: the hole behind it would become the shell.
    fn end_ring(&mut self, points: usize, shapes: &mut Shapes) -> Result<(), &'static str> {
        if points == 0 {
            self.empty = true;
        } else if self.empty && !self.rings {
            return Err("an empty ring before others");
        } else {
            shapes.end_ring();
            self.rings = true;
        }
        Ok(())
    }

    /// Ends the part; whether it has a ring.
    fn end(self, shapes: &mut Shapes) -> bool {
        if self.rings {
            shapes.end_part();
        }
        self.rings
    }
}

/// Takes a polygon or multipolygon and says whether it has any part.
struct Polygons<'a>(&'a mut Shapes);

impl<'de> Visitor<'de> for Polygons<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a polygon")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        let (mut depth, mut some) = (None, None);
        while let Some(key) = map.next_key::<&str>()? {
            match (key, depth) {
                ("type", None) => {
                    depth = match map.next_value::<&str>()? {
                        "Polygon" => Some(PART),
                        "MultiPolygon" => Some(PART + 1),
                        _ => return Err(A::Error::custom("no polygon")),
                    };
                }
                ("coordinates", Some(depth)) if some.is_none() => {
                    some = Some(map.next_value_seed(Nested(depth, self.0))? > 0);
                }
                ("type" | "coordinates" | "geometries", _) => {
                    return Err(A::Error::custom("unusual"));
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        some.ok_or_else(|| A::Error::custom("no coordinates"))
    }
}

/// An array of coordinates at a depth: a ring, a part, or parts. Gives how many of what is below it are not empty.
struct Nested<'a>(u8, &'a mut Shapes);

const RING: u8 = 1;
const PART: u8 = 2;

impl<'de> DeserializeSeed<'de> for Nested<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Nested<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("coordinates")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<usize, A::Error> {
        let Self(depth, shapes) = self;
        let (mut count, mut part) = (0, Part::default());
        if depth == RING {
            while let Some(XY(coord)) = seq.next_element()? {
                shapes.push_coord(coord);
                count += 1;
            }
            return Ok(count);
        }
        while let Some(below) = seq.next_element_seed(Nested(depth - 1, shapes))? {
            count += usize::from(below > 0);
            if depth == PART {
                part.end_ring(below, shapes).map_err(A::Error::custom)?;
            }
        }
        part.end(shapes);
        Ok(count)
    }
}

/// A position, of which only x and y are kept.
struct XY(Coord);

impl<'de> Deserialize<'de> for XY {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbers;

        impl<'de> Visitor<'de> for Numbers {
            type Value = XY;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a position")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<XY, A::Error> {
                let (Some(x), Some(y)) = (seq.next_element()?, seq.next_element()?) else {
                    return Err(A::Error::custom("fewer than two numbers"));
                };
                while seq.next_element::<f64>()?.is_some() {}
                Ok(XY(Coord { x, y }))
            }
        }
        deserializer.deserialize_seq(Numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> (Option<GeometryFlaw>, Shapes) {
        let mut shapes = Shapes::default();
        let flaw = push(Some(json), &mut shapes);
        (flaw, shapes)
    }

    const RING: &str = "[[0,0],[2,0],[2,2],[0,0]]";

    #[test]
    fn members_come_in_any_order_and_heights_are_dropped() {
        let plain = read(&format!(r#"{{"type":"Polygon","coordinates":[{RING}]}}"#));
        let heights = "[[[0,0,5],[2.0,0,5,6],[2,2,5],[0,0,5]]]";
        for turned in [
            format!(r#"{{"coordinates":{heights},"bbox":[0,0,2,2],"type":"Polygon"}}"#),
            format!(r#"{{"bbox":[0,0,2,2],"type":"Polygon","coordinates":{heights},"x":[{{}}]}}"#),
            format!(r#"{{"\u0074ype":"Pol\u0079gon","coordinates":{heights}}}"#),
        ] {
            assert_eq!(plain, read(&turned), "{turned}");
        }
        assert_eq!((plain.0, plain.1.get(0).coords().len()), (None, 4));
    }

    #[test]
    fn a_multipolygon_and_a_collection_keep_their_parts_and_holes() {
        let multi = format!("[[{RING},{RING}],[],[[],[]],[{RING},[]]]");
        let multi = format!(r#"{{"type":"MultiPolygon","coordinates":{multi}}}"#);
        let (flaw, shapes) = read(&multi);
        let rings: Vec<_> = shapes
            .get(0)
            .parts()
            .map(|part| part.rings().len())
            .collect();
        assert_eq!((flaw, rings), (None, vec![2, 1]));
        let point = r#"{"type":"Point","coordinates":[1,1]}"#;
        let both = read(&format!(
            r#"{{"type":"GeometryCollection","geometries":[{multi},{point}]}}"#
        ));
        assert_eq!(both, (None, shapes));
    }

    #[test]
    fn a_coordinate_is_the_nearest_double() {
        for text in [
            "120.12345678901234",
            "0.30000000000000004",
            "1e-7",
            "-0.0",
            "5e-324",
        ] {
            let json = format!(r#"{{"type":"Polygon","coordinates":[[[{text},7]]]}}"#);
            let expected: f64 = text.parse().unwrap();
            assert_eq!(
                read(&json).1.coords()[0].x.to_bits(),
                expected.to_bits(),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_polygon_is_a_flaw_and_leaves_an_empty_shape() {
        use GeometryFlaw::{Empty, NotPolygonal};
        let point = r#"{"type":"Point","coordinates":[1,2]}"#;
        for (json, expected) in [
            (point.to_owned(), NotPolygonal("Point")),
            (
                r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}"#.to_owned(),
                NotPolygonal("MultiLineString"),
            ),
            (
                format!(r#"{{"type":"GeometryCollection","geometries":[{point}]}}"#),
                NotPolygonal("GeometryCollection"),
            ),
            (r#"{"type":"Polygon","coordinates":[]}"#.to_owned(), Empty),
            (
                r#"{"type":"MultiPolygon","coordinates":[[[]]]}"#.to_owned(),
                Empty,
            ),
            (
                r#"{"type":"LineString","coordinates":[]}"#.to_owned(),
                Empty,
            ),
            (
                r#"{"type":"GeometryCollection","geometries":[]}"#.to_owned(),
                Empty,
            ),
        ] {
            let (flaw, shapes) = read(&json);
            assert_eq!(
                (flaw, shapes.coords().len(), shapes.len()),
                (Some(expected), 0, 1),
                "{json}"
            );
        }
        let (flaw, shapes) = (push(None, &mut Shapes::default()), Shapes::default());
        assert_eq!((flaw, shapes.len()), (Some(GeometryFlaw::Null), 0));
    }

    #[test]
    fn coordinates_that_are_none_are_a_flaw_however_deep_they_go() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        let polygon = |coordinates: &str| {
            let (flaw, shapes) = read(&format!(
                r#"{{"type":"Polygon","coordinates":{coordinates}}}"#
            ));
            assert_eq!((shapes.coords().len(), shapes.len()), (0, 1));
            flaw
        };
        for coordinates in [
            RING,
            "[[],[[0,0],[2,0],[2,2],[0,0]]]",
            "[[[[0,0],[2,0],[2,2],[0,0]]]]",
            "[[[0,0],[1]]]",
            "[[[0,null]]]",
            "[[[0,0],[[1,1]]]]",
            "[[[1e999,0]]]",
            "\"x\"",
            &deep,
        ] {
            let flaw = polygon(coordinates);
            assert!(
                matches!(flaw, Some(GeometryFlaw::Undecodable(_))),
                "{coordinates:.50}: {flaw:?}"
            );
        }
        for json in [
            r#"{"coordinates":[[[0,0]]]}"#,
            r#"{"type":"Polygon"}"#,
            r#"{"type":"Polygone","coordinates":[]}"#,
            r#"{"type":"Polygon","coordinates":[],"coordinates":[]}"#,
            "5",
        ] {
            let flaw = read(json).0;
            assert!(
                matches!(flaw, Some(GeometryFlaw::Undecodable(_))),
                "{json}: {flaw:?}"
            );
        }
    }
}
