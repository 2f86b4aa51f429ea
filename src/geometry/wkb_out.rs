//! Shapes → well-known binary (ISO 19125, little-endian), for the formats that keep geometry in it.

use geo::Coord;

use super::ShapeRef;

const POINT: u32 = 1;
const LINE: u32 = 2;
const POLYGON: u32 = 3;
const MULTI_LINE: u32 = 5;
const MULTI_POLYGON: u32 = 6;

/// Appends `shape` as a MultiPolygon, or as a Polygon where it has one part and `simplest` is set.
pub fn encode_wkb(shape: ShapeRef<'_>, simplest: bool, out: &mut Vec<u8>) {
    let parts = shape.parts();
    let single = simplest && parts.len() == 1;
    if !single {
        begin(out, MULTI_POLYGON, parts.len());
    }
    for part in parts {
        let rings = part.rings();
        begin(out, POLYGON, rings.len());
        for ring in rings {
            push_coords(out, ring);
        }
    }
}

/// Appends lines as a MultiLineString.
pub fn encode_lines_wkb(lines: &[Vec<Coord>], out: &mut Vec<u8>) {
    begin(out, MULTI_LINE, lines.len());
    for line in lines {
        head(out, LINE);
        push_coords(out, line);
    }
}

/// Appends a Point.
pub fn encode_point_wkb(at: Coord, out: &mut Vec<u8>) {
    head(out, POINT);
    push_coord(out, at);
}

fn push_coords(out: &mut Vec<u8>, coords: &[Coord]) {
    push_count(out, coords.len());
    for at in coords {
        push_coord(out, *at);
    }
}

fn push_coord(out: &mut Vec<u8>, at: Coord) {
    out.extend_from_slice(&at.x.to_le_bytes());
    out.extend_from_slice(&at.y.to_le_bytes());
}

fn begin(out: &mut Vec<u8>, code: u32, count: usize) {
    head(out, code);
    push_count(out, count);
}

fn head(out: &mut Vec<u8>, code: u32) {
    out.push(1);
    out.extend_from_slice(&code.to_le_bytes());
}

/// Counts fit: a column of shapes holds them in 32 bits too.
fn push_count(out: &mut Vec<u8>, count: usize) {
    out.extend_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::super::{Decoded, Shapes, decode_wkb};
    use super::*;
    use geo::wkt;

    #[test]
    fn what_is_encoded_decodes_to_the_same_shape() {
        let mut shapes = Shapes::default();
        shapes.push_geo(&wkt!(MULTIPOLYGON(((0. 0.,9. 0.,9. 9.,0. 0.),(5. 1.,6. 2.,6. 1.,5. 1.)))));
        shapes
            .push_geo(&wkt!(MULTIPOLYGON(((0. 0.,1. 0.,1. 1.,0. 0.)),((2. 2.,3. 2.,3. 3.,2. 2.)))));
        for (simplest, codes) in [(true, [3, 6]), (false, [6, 6])] {
            let mut back = Shapes::default();
            for (shape, code) in shapes.iter().zip(codes) {
                let mut bytes = Vec::new();
                encode_wkb(shape, simplest, &mut bytes);
                assert_eq!(bytes[..5], [1, code, 0, 0, 0]);
                assert_eq!(decode_wkb(&bytes, &mut back, false), Decoded::Polygon);
            }
            assert_eq!(back, shapes);
        }
    }
}
