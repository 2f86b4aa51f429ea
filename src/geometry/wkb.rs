//! Well-known binary → shapes: polygons of any flavour (either byte order, Z and M dropped), everything else named.

use geo::Coord;

use super::Shapes;

/// What a piece of WKB turned out to be. Only [`Decoded::Polygon`] has left coordinates in the shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// One or more polygons, now the last shape.
    Polygon,
    /// A geometry without a coordinate.
    Empty,
    /// Arcs: to be made linear by the library that read it, then decoded again.
    Curved,
    /// A point or a line; its OGC name.
    NotPolygonal(&'static str),
    /// Bytes that are no geometry; why.
    Broken(&'static str),
}

/// Appends the polygon in `bytes` as one shape; with any other outcome an empty shape is appended.
/// Closed lines count as the ring they draw when `close_lines` is set (CAD drawings have no polygons).
pub fn decode_wkb(bytes: &[u8], shapes: &mut Shapes, close_lines: bool) -> Decoded {
    let mut reader = Reader {
        bytes,
        little: true,
        shapes,
        close_lines,
        depth: 0,
    };
    let outcome = reader.geometry();
    match outcome {
        Ok(Content::Polygons(1..)) => {
            shapes.end_shape();
            Decoded::Polygon
        }
        other => {
            shapes.abandon_shape();
            shapes.end_shape();
            match other {
                Ok(Content::Polygons(_)) => Decoded::Empty,
                Ok(Content::Other(name)) => Decoded::NotPolygonal(name),
                Ok(Content::Curves) => Decoded::Curved,
                Err(why) => Decoded::Broken(why),
            }
        }
    }
}

enum Content {
    /// This many polygons were appended.
    Polygons(usize),
    Other(&'static str),
    Curves,
}

struct Reader<'a, 's> {
    bytes: &'a [u8],
    little: bool,
    shapes: &'s mut Shapes,
    close_lines: bool,
    depth: u8,
}

const SHORT: &str = "the geometry ends too early";

impl<'a> Reader<'a, '_> {
    fn geometry(&mut self) -> Result<Content, &'static str> {
        let [order, rest @ ..] = self.bytes else {
            return Err(SHORT);
        };
        self.little = *order != 0;
        self.bytes = rest;
        let code = self.count()?;
        // ISO adds 1000 for Z and 2000 for M; EWKB sets the high bits and may put an SRID behind them.
        let (kind, iso) = ((code & 0x0fff_ffff) % 1000, (code & 0x0fff_ffff) / 1000);
        let extra = usize::from(code & 0x8000_0000 != 0 || iso == 1 || iso == 3)
            + usize::from(code & 0x4000_0000 != 0 || iso == 2 || iso == 3);
        if code & 0x2000_0000 != 0 {
            self.count()?;
        }
        match kind {
            1 => self.take((2 + extra) * 8).map(|_| Content::Other("Point")),
            2 => self.line(2 + extra),
            3 | 17 => self.polygon(2 + extra),
            4 => self.members("MultiPoint"),
            5 => self.members("MultiLineString"),
            6 => self.members("MultiPolygon"),
            7 => self.members("GeometryCollection"),
            8..=14 => Ok(Content::Curves),
            15 | 16 => self.members("PolyhedralSurface"),
            _ => Err("an unknown kind of geometry"),
        }
    }

    /// The parts of a multi-geometry or collection: its polygons are kept, the rest is let go.
    fn members(&mut self, name: &'static str) -> Result<Content, &'static str> {
        self.depth += 1;
        if self.depth > 8 {
            return Err("geometry collections nested more than eight deep");
        }
        let (mut polygons, mut others) = (0, false);
        for _ in 0..self.count()? {
            match self.geometry()? {
                Content::Polygons(count) => polygons += count,
                Content::Curves => return Ok(Content::Curves),
                Content::Other(_) => others = true,
            }
        }
        self.depth -= 1;
        Ok(if polygons == 0 && others {
            Content::Other(name)
        } else {
            Content::Polygons(polygons)
        })
    }

    fn polygon(&mut self, width: usize) -> Result<Content, &'static str> {
        let rings = self.count()?;
        let mut kept = 0;
        for ring in 0..rings {
            let points = self.points(width)?;
            if points == 0 && ring == 0 {
                // Holes of a shell that is empty enclose nothing.
                for _ in 1..rings {
                    let skipped = self.count()? as usize;
                    self.take(skipped.checked_mul(width * 8).ok_or(SHORT)?)?;
                }
                return Ok(Content::Polygons(0));
            }
            if points > 0 {
                self.shapes.end_ring();
                kept += 1;
            }
        }
        if kept > 0 {
            self.shapes.end_part();
        }
        Ok(Content::Polygons(usize::from(kept > 0)))
    }

    fn line(&mut self, width: usize) -> Result<Content, &'static str> {
        if !self.close_lines {
            let points = self.count()? as usize;
            let bytes = points.checked_mul(width * 8).ok_or(SHORT)?;
            self.take(bytes)?;
            return Ok(Content::Other("LineString"));
        }
        let before = self.shapes.coords().len();
        let points = self.points(width)?;
        let ring = &self.shapes.coords()[before..];
        if points >= 4 && ring.first() == ring.last() {
            self.shapes.end_ring();
            self.shapes.end_part();
            return Ok(Content::Polygons(1));
        }
        self.shapes.drop_coords_from(before);
        Ok(Content::Other("LineString"))
    }

    /// The points of a ring, appended; how many.
    fn points(&mut self, width: usize) -> Result<usize, &'static str> {
        let count = self.count()? as usize;
        let bytes = self.take(count.checked_mul(width * 8).ok_or(SHORT)?)?;
        let little = self.little;
        let number = |bytes: &[u8]| {
            let bytes: [u8; 8] = bytes.try_into().unwrap_or_default();
            if little {
                f64::from_le_bytes(bytes)
            } else {
                f64::from_be_bytes(bytes)
            }
        };
        for point in bytes.chunks_exact(width * 8) {
            self.shapes.push_coord(Coord {
                x: number(&point[..8]),
                y: number(&point[8..16]),
            });
        }
        Ok(count)
    }

    fn count(&mut self) -> Result<u32, &'static str> {
        let bytes: [u8; 4] = self.take(4)?.try_into().map_err(|_| SHORT)?;
        Ok(if self.little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], &'static str> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(SHORT)?;
        self.bytes = rest;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A square of side 2 as WKB, with `extra` numbers behind x and y and the given type code.
    fn square(code: u32, extra: usize, little: bool) -> Vec<u8> {
        let int = |n: u32| {
            if little {
                n.to_le_bytes()
            } else {
                n.to_be_bytes()
            }
        };
        let real = |n: f64| {
            if little {
                n.to_le_bytes()
            } else {
                n.to_be_bytes()
            }
        };
        let mut bytes = vec![u8::from(little)];
        for n in [code, 1, 5] {
            bytes.extend(int(n));
        }
        for (x, y) in [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)] {
            bytes.extend(real(x));
            bytes.extend(real(y));
            (0..extra).for_each(|_| bytes.extend(real(9.0)));
        }
        bytes
    }

    #[test]
    fn every_flavour_of_a_square_is_the_same_square() {
        let mut shapes = Shapes::default();
        for (code, extra, little) in [
            (3, 0, true),
            (3, 0, false),
            (1003, 1, true),
            (2003, 1, true),
            (3003, 2, false),
            (0x8000_0003, 1, true),
            (0xc000_0003, 2, true),
        ] {
            assert_eq!(
                decode_wkb(&square(code, extra, little), &mut shapes, false),
                Decoded::Polygon
            );
        }
        let multi = [
            &[1][..],
            &6u32.to_le_bytes(),
            &2u32.to_le_bytes(),
            &square(3, 0, true),
            &square(3, 0, false),
        ]
        .concat();
        assert_eq!(decode_wkb(&multi, &mut shapes, false), Decoded::Polygon);
        for shape in shapes.iter().take(7) {
            assert_eq!(shape.coords(), shapes.get(0).coords());
        }
        assert_eq!(shapes.get(7).parts().len(), 2);
    }

    #[test]
    fn what_is_no_polygon_leaves_an_empty_shape_and_its_name() {
        let mut shapes = Shapes::default();
        let point = [
            &[1][..],
            &1u32.to_le_bytes(),
            &1f64.to_le_bytes(),
            &1f64.to_le_bytes(),
        ]
        .concat();
        let empty = [&[1][..], &3u32.to_le_bytes(), &0u32.to_le_bytes()].concat();
        let arcs = [&[1][..], &10u32.to_le_bytes()].concat();
        let greedy = [
            &[1][..],
            &3u32.to_le_bytes(),
            &1u32.to_le_bytes(),
            &u32::MAX.to_le_bytes(),
        ]
        .concat();
        assert_eq!(
            decode_wkb(&point, &mut shapes, false),
            Decoded::NotPolygonal("Point")
        );
        assert_eq!(decode_wkb(&empty, &mut shapes, false), Decoded::Empty);
        assert_eq!(decode_wkb(&arcs, &mut shapes, false), Decoded::Curved);
        assert_eq!(
            decode_wkb(&greedy, &mut shapes, false),
            Decoded::Broken(SHORT)
        );
        assert_eq!(decode_wkb(&[], &mut shapes, false), Decoded::Broken(SHORT));
        assert_eq!((shapes.len(), shapes.coords().len()), (5, 0));
    }

    #[test]
    fn a_closed_line_is_a_ring_only_where_that_is_asked_for() {
        let mut line = square(3, 0, true);
        line.splice(1..9, 2u32.to_le_bytes());
        let mut shapes = Shapes::default();
        assert_eq!(
            decode_wkb(&line, &mut shapes, false),
            Decoded::NotPolygonal("LineString")
        );
        assert_eq!(decode_wkb(&line, &mut shapes, true), Decoded::Polygon);
        assert_eq!(shapes.get(1).coords().len(), 5);
    }
}
