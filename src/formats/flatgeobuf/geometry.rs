//! A FlatGeobuf geometry → a shape, or why there is none.

use flatgeobuf::{Geometry, GeometryType};
use geo::Coord;

use crate::formats::GeometryFlaw;
use crate::geometry::Shapes;

/// Appends one shape, which is empty where a flaw is returned. `declared` is the type in the header, which rules
/// unless it is unknown. A feature may not unfold into more than `most` coordinates: its parts can be shared.
pub(super) fn decode(
    geometry: Option<Geometry>,
    declared: GeometryType,
    most: usize,
    shapes: &mut Shapes,
) -> Option<GeometryFlaw> {
    let flaw = match geometry {
        None => Some(GeometryFlaw::Null),
        Some(geometry) => {
            let kind = if declared == GeometryType::Unknown {
                geometry.type_()
            } else {
                declared
            };
            let mut decoder = Decoder {
                shapes,
                left: most,
                parts: 0,
                other: None,
            };
            match decoder.geometry(geometry, kind, 0) {
                Err(why) => Some(GeometryFlaw::Undecodable(why.to_owned())),
                Ok(()) if decoder.parts > 0 => None,
                Ok(()) => Some(
                    decoder
                        .other
                        .map_or(GeometryFlaw::Empty, GeometryFlaw::NotPolygonal),
                ),
            }
        }
    };
    if flaw.is_some() {
        shapes.abandon_shape();
    }
    shapes.end_shape();
    flaw
}

struct Decoder<'s> {
    shapes: &'s mut Shapes,
    left: usize,
    parts: usize,
    /// The name of what is no polygon.
    other: Option<&'static str>,
}

impl Decoder<'_> {
    fn geometry(
        &mut self,
        from: Geometry,
        kind: GeometryType,
        depth: u8,
    ) -> Result<(), &'static str> {
        if depth > 8 {
            return Err("geometry collections nested more than eight deep");
        }
        match kind {
            GeometryType::Polygon | GeometryType::Triangle => self.polygon(from),
            GeometryType::MultiPolygon | GeometryType::PolyhedralSurface | GeometryType::TIN => {
                for part in from.parts().into_iter().flatten() {
                    self.polygon(part)?;
                }
                Ok(())
            }
            GeometryType::GeometryCollection => {
                for part in from.parts().into_iter().flatten() {
                    self.geometry(part, part.type_(), depth + 1)?;
                }
                if !from.parts().is_none_or(|parts| parts.is_empty()) {
                    self.other = Some("GeometryCollection");
                }
                Ok(())
            }
            GeometryType::Point => self.not_polygonal(from, "Point"),
            GeometryType::LineString => self.not_polygonal(from, "LineString"),
            GeometryType::MultiPoint => self.not_polygonal(from, "MultiPoint"),
            GeometryType::MultiLineString => self.not_polygonal(from, "MultiLineString"),
            GeometryType::Unknown => Err("a geometry that does not say what it is"),
            kind if kind.0 <= GeometryType::ENUM_MAX => Err(
                "arcs, which this format is not read with; make them lines first (`ogr2ogr -nlt CONVERT_TO_LINEAR`)",
            ),
            _ => Err("an unknown kind of geometry"),
        }
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "one arm among others that can fail"
    )]
    fn not_polygonal(&mut self, from: Geometry, name: &'static str) -> Result<(), &'static str> {
        if from.xy().is_some_and(|xy| !xy.is_empty()) {
            self.other = Some(name);
        }
        Ok(())
    }

    fn polygon(&mut self, from: Geometry) -> Result<(), &'static str> {
        let (points, odd) = from.xy().map_or((&[][..], &[][..]), |xy| {
            let (points, odd) = xy.bytes().as_chunks::<16>();
            (points, odd)
        });
        if !odd.is_empty() {
            return Err("an odd count of coordinates");
        }
        self.left = self
            .left
            .checked_sub(points.len())
            .ok_or("more coordinates than the feature has room for")?;
        let whole = [u32::try_from(points.len()).unwrap_or(u32::MAX)];
        let ends = from.ends().filter(|ends| !ends.is_empty());
        let count = ends.map_or(1, |ends| ends.len());
        let end = |ring: usize| ends.map_or(whole[0], |ends| ends.get(ring)) as usize;
        if end(count - 1) != points.len() {
            return Err("ring ends that do not agree with the coordinates");
        }
        let mut start = 0;
        for ring in 0..count {
            let ring_points = points
                .get(start..end(ring))
                .ok_or("ring ends that do not ascend")?;
            start = end(ring);
            if ring_points.is_empty() {
                if ring == 0 {
                    // Holes of a shell that is empty enclose nothing.
                    return Ok(());
                }
                continue;
            }
            for point in ring_points {
                let (x, y) = point.split_at(8);
                let number =
                    |bytes: &[u8]| f64::from_le_bytes(bytes.try_into().unwrap_or_default());
                self.shapes.push_coord(Coord {
                    x: number(x),
                    y: number(y),
                });
            }
            self.shapes.end_ring();
        }
        self.shapes.end_part();
        self.parts += 1;
        Ok(())
    }
}
