//! A GeoJSON geometry → a shape, or why there is none.

use geo::Coord;
use geojson::{Geometry, GeometryValue, PolygonType};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::column::Text;
use crate::formats::GeometryFlaw;
use crate::geometry::Shapes;

/// Parses a geometry and appends one shape, which is empty where a flaw is returned.
pub(super) fn push(json: Option<&str>, shapes: &mut Shapes) -> Option<GeometryFlaw> {
    let flaw = json.map_or(Some(GeometryFlaw::Null), |json| {
        value(json)
            .and_then(|geometry| parts(&geometry, shapes).map_err(str::to_owned))
            .unwrap_or_else(|why| Some(GeometryFlaw::Undecodable(why)))
    });
    if flaw.is_some() {
        shapes.abandon_shape();
    }
    shapes.end_shape();
    flaw
}

#[derive(Deserialize)]
struct Plain<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    coordinates: &'a RawValue,
}

/// Parses a geometry: plain polygons, which are nearly all of a city, several times faster than the rest.
fn value(json: &str) -> Result<GeometryValue, String> {
    // An array would do for a struct.
    if json.starts_with('{')
        && let Ok(Plain { kind, coordinates }) = serde_json::from_str(json)
    {
        let json = coordinates.get();
        let polygons = match &*kind.0 {
            "Polygon" => serde_json::from_str(json)
                .ok()
                .map(|coordinates| GeometryValue::Polygon { coordinates }),
            "MultiPolygon" => serde_json::from_str(json)
                .ok()
                .map(|coordinates| GeometryValue::MultiPolygon { coordinates }),
            _ => None,
        };
        if let Some(polygons) = polygons {
            return Ok(polygons);
        }
    }
    json.parse::<Geometry>()
        .map(|geometry| geometry.value)
        .map_err(|error| error.to_string())
}

/// Appends the polygons of a geometry; the flaw it has where it has none.
fn parts(
    geometry: &GeometryValue,
    shapes: &mut Shapes,
) -> Result<Option<GeometryFlaw>, &'static str> {
    let mut flaw = Some(GeometryFlaw::Empty);
    match geometry {
        GeometryValue::Polygon { coordinates } => {
            if part(coordinates, shapes)? {
                flaw = None;
            }
        }
        GeometryValue::MultiPolygon { coordinates } => {
            for polygon in coordinates {
                if part(polygon, shapes)? {
                    flaw = None;
                }
            }
        }
        GeometryValue::GeometryCollection { geometries } => {
            for member in geometries {
                match parts(&member.value, shapes)? {
                    None => flaw = None,
                    Some(GeometryFlaw::NotPolygonal(_)) if flaw.is_some() => {
                        flaw = Some(GeometryFlaw::NotPolygonal(geometry.type_name()));
                    }
                    _ => {}
                }
            }
        }
        other => flaw = Some(GeometryFlaw::NotPolygonal(other.type_name())),
    }
    Ok(flaw)
}

/// Appends a polygon without its empty rings; whether any is left.
fn part(polygon: &PolygonType, shapes: &mut Shapes) -> Result<bool, &'static str> {
    let mut rings = polygon.iter().skip_while(|ring| ring.is_empty()).peekable();
    if rings.peek().is_none() {
        return Ok(false);
    }
    if polygon[0].is_empty() {
        // The hole behind it would become the shell.
        return Err("an empty ring before others");
    }
    for ring in rings.filter(|ring| !ring.is_empty()) {
        for position in ring {
            let [x, y, ..] = *position.as_slice() else {
                return Err("a position with fewer than two numbers");
            };
            shapes.push_coord(Coord { x, y });
        }
        shapes.end_ring();
    }
    shapes.end_part();
    Ok(true)
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
