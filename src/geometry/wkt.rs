//! Well-known text, or well-known binary written in hexadecimal digits → shapes, and the CRS that it says (EWKT, EWKB).

use geo::Coord;

use super::{Decoded, Shapes, decode_wkb};

const BROKEN: &str = "text that is no geometry";

/// Appends the polygon in a text as one shape, heights dropped; with any other outcome an empty shape is appended.
pub fn decode_text(text: &str, shapes: &mut Shapes) -> Decoded {
    let text = text.trim();
    if let Some(bytes) = hex(text) {
        return decode_wkb(&bytes, shapes, false);
    }
    let wkt = ewkt(text).map_or(text, |(_, wkt)| wkt);
    let decoded = polygons(wkt, shapes);
    if decoded != Decoded::Polygon {
        shapes.abandon_shape();
    }
    shapes.end_shape();
    decoded
}

/// Whether a text is one of the geometries that [`decode_text`] reads.
pub fn is_geometry_text(text: &str) -> bool {
    let mut shapes = Shapes::default();
    !matches!(decode_text(text, &mut shapes), Decoded::Broken(_))
}

/// The SRID of EWKT or of EWKB in hexadecimal digits.
pub fn srid_of_text(text: &str) -> Option<u32> {
    let text = text.trim();
    match ewkt(text) {
        Some((srid, _)) => Some(srid),
        None => srid_of_wkb(&hex(text.get(..18)?)?),
    }
}

/// The SRID that stands in EWKB.
pub fn srid_of_wkb(bytes: &[u8]) -> Option<u32> {
    let number = |from: usize| {
        let four: [u8; 4] = bytes.get(from..from + 4)?.try_into().ok()?;
        Some(match bytes[0] {
            0 => u32::from_be_bytes(four),
            _ => u32::from_le_bytes(four),
        })
    };
    (number(1)? & 0x2000_0000 != 0).then(|| number(5))?
}

/// `SRID=4549;POLYGON(…)` → 4549 and the rest.
pub fn ewkt(text: &str) -> Option<(u32, &str)> {
    let (head, wkt) = text.trim().split_once(';')?;
    let (key, srid) = head.split_once('=')?;
    let srid = srid.trim().parse().ok()?;
    key.trim()
        .eq_ignore_ascii_case("SRID")
        .then_some((srid, wkt.trim()))
}

/// The bytes of a text that begins as well-known binary does and has hexadecimal digits only.
fn hex(text: &str) -> Option<Vec<u8>> {
    let begins = text.starts_with("00") || text.starts_with("01");
    if !begins || text.len() < 10 || text.len() % 2 == 1 || !text.is_ascii() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let byte = |pair: &[u8]| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok();
    text.as_bytes().chunks_exact(2).map(byte).collect()
}

fn polygons(wkt: &str, shapes: &mut Shapes) -> Decoded {
    let begin = wkt.find('(').unwrap_or(wkt.len());
    let (head, body) = wkt.split_at(begin);
    let head = head.to_ascii_uppercase();
    let mut words = head.split_ascii_whitespace();
    let name = words.next().unwrap_or_default();
    let name = name.strip_suffix('Z').unwrap_or(name);
    let depth_of_rings = match name {
        "POLYGON" => 2,
        "MULTIPOLYGON" => 3,
        "POINT" => return Decoded::NotPolygonal("Point"),
        "MULTIPOINT" => return Decoded::NotPolygonal("MultiPoint"),
        "LINESTRING" => return Decoded::NotPolygonal("LineString"),
        "MULTILINESTRING" => return Decoded::NotPolygonal("MultiLineString"),
        "CURVEPOLYGON" | "MULTISURFACE" => return Decoded::Curved,
        _ => return Decoded::Broken(BROKEN),
    };
    if words.any(|word| word == "EMPTY") {
        return Decoded::Empty;
    }
    let (mut depth, mut from, mut points, mut rings) = (0, 0, 0, 0);
    for (at, c) in body.bytes().enumerate() {
        if !matches!(c, b'(' | b',' | b')') {
            continue;
        }
        let between = body[from..at].trim();
        from = at + 1;
        if c == b'(' {
            depth += 1;
            continue;
        }
        if !between.is_empty() {
            let mut numbers = between.split_ascii_whitespace().map(str::parse::<f64>);
            let (Some(Ok(x)), Some(Ok(y)), true) =
                (numbers.next(), numbers.next(), depth == depth_of_rings)
            else {
                return Decoded::Broken(BROKEN);
            };
            shapes.push_coord(Coord { x, y });
            points += 1;
        }
        if c == b')' {
            if depth == depth_of_rings && points > 0 {
                shapes.end_ring();
                rings += 1;
                points = 0;
            } else if depth + 1 == depth_of_rings && rings > 0 {
                shapes.end_part();
            }
            depth -= 1;
        }
    }
    match (depth, rings) {
        (0, 0) => Decoded::Empty,
        (0, _) => Decoded::Polygon,
        _ => Decoded::Broken(BROKEN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(text: &str) -> f64 {
        let mut shapes = Shapes::default();
        assert_eq!(decode_text(text, &mut shapes), Decoded::Polygon, "{text}");
        assert_eq!(shapes.len(), 1);
        crate::geometry::plane_area(shapes.get(0))
    }

    #[test]
    fn polygons_are_read_from_text_and_from_hexadecimal_digits() {
        for text in [
            "POLYGON((0 0,4 0,4 2,0 2,0 0))",
            " polygon z ((0 0 9, 4 0 9, 4 2 9, 0 2 9, 0 0 9)) ",
            "SRID=4549;MULTIPOLYGON(((0 0,4 0,4 2,0 2,0 0)))",
            "POLYGON((0 0,4 0,4 3,0 3,0 0),(1 1,1 3,3 3,3 1,1 1))",
            "010300000001000000040000000000000000000000000000000000000000000000000010400000000000000000\
             0000000000001040000000000000104000000000000000000000000000000000",
        ] {
            assert!((area(text) - 8.0).abs() < 1e-9, "{text}");
        }
    }

    #[test]
    fn what_is_no_polygon_is_said_to_be_none() {
        let mut shapes = Shapes::default();
        for (text, expected) in [
            ("POLYGON EMPTY", Decoded::Empty),
            ("POINT(1 2)", Decoded::NotPolygonal("Point")),
            ("POLYGON((0 0,1 0,1 x,0 0))", Decoded::Broken(BROKEN)),
            ("POLYGON((0 0,1 0,1 1,0 0)", Decoded::Broken(BROKEN)),
            ("工业用地", Decoded::Broken(BROKEN)),
            ("", Decoded::Broken(BROKEN)),
        ] {
            assert_eq!(decode_text(text, &mut shapes), expected, "{text}");
        }
        assert_eq!(shapes.len(), 6);
        assert!(shapes.coords().is_empty());
    }

    #[test]
    fn an_srid_is_found_in_either_form() {
        assert_eq!(srid_of_text("srid = 4549; POLYGON((0 0))"), Some(4549));
        assert_eq!(srid_of_text("0103000020C511000001000000"), Some(4549));
        assert_eq!(srid_of_text("010300000001000000"), None);
        assert_eq!(srid_of_text("POLYGON((0 0,1 0,1 1,0 0))"), None);
    }
}
