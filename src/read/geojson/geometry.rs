//! A GeoJSON geometry → a shape, or why there is none.

use geo::Coord;

use super::cursor::{Cursor, Fault, Number};
use crate::geometry::Shapes;
use crate::read::GeometryFlaw;

/// Coordinates as they are nested, before it is known what they are: a geometry may name its type last.
#[derive(Default)]
pub(super) struct Nest {
    coords: Vec<Coord>,
    ring_ends: Vec<usize>,
    part_ends: Vec<usize>,
    /// How deep the arrays go: 1 is a position, 3 a polygon; 0 where all are empty.
    height: u8,
    /// What is wrong with them, where they are no coordinates at all.
    wrong: Option<&'static str>,
}

/// Parses the geometry at the cursor and appends one shape, which is empty where a flaw is returned.
///
/// # Errors
/// When it is no JSON.
pub(super) fn geometry(
    cursor: &mut Cursor,
    nest: &mut Nest,
    shapes: &mut Shapes,
) -> Result<Option<GeometryFlaw>, Fault> {
    let flaw = if cursor.peek() == b'n' {
        cursor.word("null")?;
        Some(GeometryFlaw::Null)
    } else {
        object(cursor, nest, shapes, 0)?
    };
    if flaw.is_some() {
        shapes.abandon_shape();
    }
    shapes.end_shape();
    Ok(flaw)
}

/// The names of the geometries of RFC 7946, with how deep the coordinates of each are nested.
const KINDS: [(&str, u8); 7] = [
    ("Polygon", 3),
    ("MultiPolygon", 4),
    ("Point", 1),
    ("LineString", 2),
    ("MultiPoint", 2),
    ("MultiLineString", 3),
    ("GeometryCollection", 0),
];

/// Whether `kind` is the type of a geometry.
pub(super) fn is_geometry(kind: &str) -> bool {
    KINDS.iter().any(|(name, _)| *name == kind)
}

/// Appends the polygons of a geometry object without ending the shape.
fn object(
    cursor: &mut Cursor,
    nest: &mut Nest,
    shapes: &mut Shapes,
    depth: u8,
) -> Result<Option<GeometryFlaw>, Fault> {
    if depth > 8 {
        return cursor.fault("geometry collections are nested more than eight deep");
    }
    if cursor.peek() != b'{' {
        return cursor.fault("expected a geometry: an object or `null`");
    }
    nest.clear();
    let (mut kind, mut members, mut inner) = (None, None, None);
    cursor.object(|cursor, key| {
        match &*key {
            "type" => kind = Some(cursor.string()?),
            "coordinates" => {
                nest.clear();
                nest.height = nest.array(cursor, 0)?;
            }
            "geometries" => {
                // Kept for later: this geometry's own type may yet follow.
                members = Some(cursor.clone());
                cursor.skip()?;
            }
            _ => drop(cursor.skip()?),
        }
        Ok(())
    })?;
    let Some(kind) = kind else {
        return Ok(Some(undecodable("a geometry without a type")));
    };
    let Some(&(name, height)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        return Ok(Some(undecodable(&format!(
            "an unknown type of geometry `{kind}`"
        ))));
    };
    if name == "GeometryCollection" {
        let (mut polygons, mut others) = (false, false);
        if let Some(mut members) = members {
            members.array(|cursor| {
                match object(cursor, nest, shapes, depth + 1)? {
                    None => polygons = true,
                    Some(GeometryFlaw::NotPolygonal(_)) => others = true,
                    Some(GeometryFlaw::Null | GeometryFlaw::Empty) => {}
                    flaw => inner = flaw,
                }
                Ok(())
            })?;
        }
        return Ok(match (inner, polygons, others) {
            (Some(flaw), ..) => Some(flaw),
            (None, true, _) => None,
            (None, false, true) => Some(GeometryFlaw::NotPolygonal(name)),
            (None, false, false) => Some(GeometryFlaw::Empty),
        });
    }
    Ok(match (nest.wrong, nest.height) {
        (Some(wrong), _) => Some(undecodable(wrong)),
        (None, 0) => Some(GeometryFlaw::Empty),
        (None, found) if found != height => Some(undecodable(&format!(
            "coordinates nested {found} deep, where a {name} has {height}"
        ))),
        (None, _) if name.ends_with("Polygon") => {
            nest.append_to(shapes);
            None
        }
        _ => Some(GeometryFlaw::NotPolygonal(name)),
    })
}

fn undecodable(why: &str) -> GeometryFlaw {
    GeometryFlaw::Undecodable(why.to_owned())
}

impl Nest {
    fn clear(&mut self) {
        self.coords.clear();
        self.ring_ends.clear();
        self.part_ends.clear();
        (self.height, self.wrong) = (0, None);
    }

    /// Parses an array of coordinates at any height and gives that height.
    fn array(&mut self, cursor: &mut Cursor, depth: u8) -> Result<u8, Fault> {
        if depth > 8 {
            return cursor.fault("coordinates are nested too deep");
        }
        if cursor.peek() != b'[' {
            self.wrong = Some("coordinates that are no array");
            cursor.skip()?;
            return Ok(0);
        }
        let mut ahead = cursor.clone();
        ahead.at += 1;
        if matches!(ahead.peek(), b'-' | b'0'..=b'9') {
            return self.position(cursor);
        }
        let mut below = None;
        cursor.array(|cursor| {
            let height = self.array(cursor, depth + 1)?;
            match below {
                Some(other) if other != height && other != 0 && height != 0 => {
                    self.wrong = Some("coordinates of different depth side by side");
                }
                // An empty shell would make the hole behind it a shell.
                Some(0) if height == 2 => self.wrong = Some("an empty ring before others"),
                _ => {}
            }
            below = Some(height.max(below.unwrap_or(0)));
            Ok(())
        })?;
        match below {
            Some(1) => self.ring_ends.push(self.coords.len()),
            Some(2) => self.part_ends.push(self.ring_ends.len()),
            _ => {}
        }
        Ok(below
            .filter(|&below| below > 0)
            .map_or(0, |below| below + 1))
    }

    /// Parses `[x, y, …]`, of which only x and y are kept.
    fn position(&mut self, cursor: &mut Cursor) -> Result<u8, Fault> {
        let (mut xy, mut count) = ([0.0; 2], 0);
        cursor.array(|cursor| {
            if !matches!(cursor.peek(), b'-' | b'0'..=b'9') {
                self.wrong = Some("a coordinate that is no number");
                return cursor.skip().map(drop);
            }
            let number = real(cursor.number()?);
            if let Some(place) = xy.get_mut(count) {
                *place = number;
            }
            count += 1;
            Ok(())
        })?;
        if count < 2 {
            self.wrong = Some("a position with fewer than two numbers");
        }
        self.coords.push(Coord { x: xy[0], y: xy[1] });
        Ok(1)
    }

    fn append_to(&self, shapes: &mut Shapes) {
        let (mut ring, mut coord) = (0, 0);
        for &part_end in &self.part_ends {
            for &end in &self.ring_ends[ring..part_end] {
                shapes.push_ring(&self.coords[coord..end]);
                coord = end;
            }
            ring = part_end;
            shapes.end_part();
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "no coordinate needs more than 53 bits"
)]
fn real(number: Number) -> f64 {
    match number {
        Number::Whole(number) => number as f64,
        Number::Real(number) => number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> (Option<GeometryFlaw>, Shapes) {
        let mut shapes = Shapes::default();
        let mut cursor = Cursor::new(json.as_bytes(), 0);
        let flaw = geometry(&mut cursor, &mut Nest::default(), &mut shapes).unwrap();
        (flaw, shapes)
    }

    const RING: &str = "[[0,0],[2,0],[2,2],[0,0]]";

    #[test]
    fn members_come_in_any_order_and_heights_are_dropped() {
        let plain = read(&format!(r#"{{"type":"Polygon","coordinates":[{RING}]}}"#));
        let turned = read(
            r#"{"coordinates":[[[0,0,5],[2.0,0,5,6],[2,2,5],[0,0,5]]],"bbox":[0,0,2,2],"type":"Polygon"}"#,
        );
        assert_eq!(plain, turned);
        assert_eq!((plain.0, plain.1.get(0).coords().len()), (None, 4));
    }

    #[test]
    fn a_multipolygon_and_a_collection_keep_their_parts_and_holes() {
        let multi =
            format!(r#"{{"type":"MultiPolygon","coordinates":[[{RING},{RING}],[],[{RING}]]}}"#);
        let (flaw, shapes) = read(&multi);
        let rings: Vec<_> = shapes
            .get(0)
            .parts()
            .map(|part| part.rings().len())
            .collect();
        assert_eq!((flaw, rings), (None, vec![2, 1]));
        let point = r#"{"type":"Point","coordinates":[1,1]}"#;
        let both = read(&format!(
            r#"{{"type":"GeometryCollection","geometries":[{point},{multi}]}}"#
        ));
        assert_eq!((both.0, both.1.get(0).parts().len()), (None, 2));
    }

    #[test]
    fn what_is_no_polygon_is_a_flaw_and_leaves_an_empty_shape() {
        use GeometryFlaw::{Empty, NotPolygonal, Null};
        for (json, expected) in [
            ("null", Null),
            (
                r#"{"type":"Point","coordinates":[1,2]}"#,
                NotPolygonal("Point"),
            ),
            (
                r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}"#,
                NotPolygonal("MultiLineString"),
            ),
            (r#"{"type":"Polygon","coordinates":[]}"#, Empty),
            (r#"{"type":"MultiPolygon","coordinates":[[[]]]}"#, Empty),
            (r#"{"type":"Polygon"}"#, Empty),
            (r#"{"type":"GeometryCollection","geometries":[]}"#, Empty),
        ] {
            let (flaw, shapes) = read(json);
            assert_eq!(
                (flaw, shapes.coords().len(), shapes.len()),
                (Some(expected), 0, 1),
                "{json}"
            );
        }
        for json in [
            r#"{"coordinates":[[[0,0]]]}"#.to_owned(),
            r#"{"type":"Polygone","coordinates":[]}"#.to_owned(),
            format!(r#"{{"type":"Polygon","coordinates":{RING}}}"#),
            format!(r#"{{"type":"Polygon","coordinates":[[],{RING}]}}"#),
            r#"{"type":"Polygon","coordinates":[[[0,0],[1]]]}"#.to_owned(),
            r#"{"type":"Polygon","coordinates":[[[0,null]]]}"#.to_owned(),
            r#"{"type":"Polygon","coordinates":"x"}"#.to_owned(),
            r#"{"type":"Polygon","coordinates":[[[0,0],[[1,1]]]]}"#.to_owned(),
        ] {
            let (flaw, shapes) = read(&json);
            assert!(
                matches!(flaw, Some(GeometryFlaw::Undecodable(_))),
                "{json}: {flaw:?}"
            );
            assert_eq!((shapes.coords().len(), shapes.len()), (0, 1), "{json}");
        }
    }
}
