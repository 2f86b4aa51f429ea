//! Well-known binary with circular arcs → the same without, each chord at most a given height off its arc, the area kept.

use geo::Coord;

/// Chords of one arc, at most: one centimetre on a full circle of 30 km radius.
const MOST_CHORDS: u32 = 4096;

/// The angle of a chord, at most, however small the circle: thirty degrees.
const WIDEST_CHORD: f64 = std::f64::consts::FRAC_PI_6;

const SHORT: &str = "the geometry ends too early";

/// Whether this may have arcs: a curved type, or a collection.
pub fn may_curve(wkb: &[u8]) -> bool {
    let mut reader = Reader {
        bytes: wkb,
        little: true,
    };
    reader
        .head()
        .is_ok_and(|(kind, _)| kind == 7 || (8..=14).contains(&kind))
}

/// The same geometry in straight lines; `sagitta` is how far a chord may be off its arc, in units of the coordinates.
/// The points on an arc do not depend on the direction in which it is drawn, so that neighbours stay neighbours.
pub fn straighten(wkb: &[u8], sagitta: f64) -> Result<Vec<u8>, &'static str> {
    let mut reader = Reader {
        bytes: wkb,
        little: true,
    };
    let mut out = Vec::with_capacity(wkb.len() * 4);
    reader.geometry(&mut out, sagitta, 0)?;
    Ok(out)
}

struct Reader<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl Reader<'_> {
    /// The type without its dimensions, and how many numbers a point has.
    fn head(&mut self) -> Result<(u32, usize), &'static str> {
        self.little = self.take::<1>()?[0] != 0;
        let code = self.count()?;
        let (kind, iso) = ((code & 0x0fff_ffff) % 1000, (code & 0x0fff_ffff) / 1000);
        let extra = usize::from(code & 0x8000_0000 != 0 || iso == 1 || iso == 3)
            + usize::from(code & 0x4000_0000 != 0 || iso == 2 || iso == 3);
        if code & 0x2000_0000 != 0 {
            self.count()?;
        }
        Ok((kind, 2 + extra))
    }

    fn geometry(&mut self, out: &mut Vec<u8>, sagitta: f64, depth: u8) -> Result<(), &'static str> {
        if depth > 8 {
            return Err("geometry collections nested more than eight deep");
        }
        let (kind, width) = self.head()?;
        match kind {
            1 => {
                begin(out, 1);
                let at = self.point(width)?;
                write_point(out, at);
            }
            2 | 8 | 9 => {
                let points = self.line(kind, width, sagitta, depth)?;
                begin(out, 2);
                write_points(out, &points);
            }
            3 | 17 => {
                begin(out, 3);
                let rings = self.count()?;
                out.extend(rings.to_le_bytes());
                for _ in 0..rings {
                    let points = self.points(width)?;
                    write_points(out, &points);
                }
            }
            10 => {
                begin(out, 3);
                let rings = self.count()?;
                out.extend(rings.to_le_bytes());
                for _ in 0..rings {
                    let (kind, width) = self.head()?;
                    let points = self.line(kind, width, sagitta, depth)?;
                    write_points(out, &points);
                }
            }
            4..=7 | 11 | 12 | 15 | 16 => {
                begin(
                    out,
                    match kind {
                        11 => 5,
                        12 => 6,
                        kind => kind,
                    },
                );
                let members = self.count()?;
                out.extend(members.to_le_bytes());
                for _ in 0..members {
                    self.geometry(out, sagitta, depth + 1)?;
                }
            }
            _ => return Err("an unknown kind of curve"),
        }
        Ok(())
    }

    /// The points of a straight, circular or compound line.
    fn line(
        &mut self,
        kind: u32,
        width: usize,
        sagitta: f64,
        depth: u8,
    ) -> Result<Vec<Coord>, &'static str> {
        match kind {
            2 => self.points(width),
            8 => Ok(stroke(&self.points(width)?, sagitta)),
            9 if depth <= 8 => {
                let mut all: Vec<Coord> = Vec::new();
                for _ in 0..self.count()? {
                    let (kind, width) = self.head()?;
                    let points = self.line(kind, width, sagitta, depth + 1)?;
                    let repeated = all.last().is_some() && all.last() == points.first();
                    all.extend(&points[usize::from(repeated)..]);
                }
                Ok(all)
            }
            _ => Err("a ring that is no line"),
        }
    }

    fn points(&mut self, width: usize) -> Result<Vec<Coord>, &'static str> {
        let count = self.count()? as usize;
        if count
            .checked_mul(width * 8)
            .is_none_or(|size| size > self.bytes.len())
        {
            return Err(SHORT);
        }
        (0..count).map(|_| self.point(width)).collect()
    }

    fn point(&mut self, width: usize) -> Result<Coord, &'static str> {
        let at = Coord {
            x: self.number()?,
            y: self.number()?,
        };
        for _ in 2..width {
            self.number()?;
        }
        Ok(at)
    }

    fn number(&mut self) -> Result<f64, &'static str> {
        let bytes = self.take()?;
        Ok(if self.little {
            f64::from_le_bytes(bytes)
        } else {
            f64::from_be_bytes(bytes)
        })
    }

    fn count(&mut self) -> Result<u32, &'static str> {
        let bytes = self.take()?;
        Ok(if self.little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], &'static str> {
        let (taken, rest) = self.bytes.split_first_chunk::<N>().ok_or(SHORT)?;
        self.bytes = rest;
        Ok(*taken)
    }
}

fn begin(out: &mut Vec<u8>, kind: u32) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

fn write_points(out: &mut Vec<u8>, points: &[Coord]) {
    out.extend(
        u32::try_from(points.len())
            .unwrap_or(u32::MAX)
            .to_le_bytes(),
    );
    for &at in points {
        write_point(out, at);
    }
}

fn write_point(out: &mut Vec<u8>, at: Coord) {
    out.extend(at.x.to_le_bytes());
    out.extend(at.y.to_le_bytes());
}

/// The arcs through each three of these points (end, middle, end = next begin) as chords.
fn stroke(points: &[Coord], sagitta: f64) -> Vec<Coord> {
    let mut line: Vec<Coord> = points.first().copied().into_iter().collect();
    for arc in points.windows(3).step_by(2) {
        let (from, to) = (arc[0], arc[2]);
        let turned = (to.x, to.y) < (from.x, from.y);
        let (start, end) = if turned { (to, from) } else { (from, to) };
        let mut between = between(start, arc[1], end, sagitta);
        if turned {
            between.reverse();
        }
        line.extend(between);
        line.push(to);
    }
    line
}

/// The points along the arc from `start` over `middle` to `end`, without its ends. They stand as far outside the arc as
/// it takes for the chords to enclose its area: on the arc, a full circle of 100 m radius would lack 4 m².
fn between(start: Coord, middle: Coord, end: Coord, sagitta: f64) -> Vec<Coord> {
    let (a, b) = (middle - start, end - start);
    let cross = a.x * b.y - a.y * b.x;
    let square = |c: Coord| c.x * c.x + c.y * c.y;
    let centre = if start == end {
        // A full circle is written as two ends that are one, and the point opposite.
        Coord {
            x: f64::midpoint(start.x, middle.x),
            y: f64::midpoint(start.y, middle.y),
        }
    } else {
        Coord {
            x: start.x + (b.y * square(a) - a.y * square(b)) / (2.0 * cross),
            y: start.y + (a.x * square(b) - b.x * square(a)) / (2.0 * cross),
        }
    };
    let radius = square(start - centre).sqrt();
    let angle = |at: Coord| (at.y - centre.y).atan2(at.x - centre.x);
    let first = angle(start);
    let mut span = angle(end) - first;
    if start == end {
        span = std::f64::consts::TAU;
    } else if cross > 0.0 && span <= 0.0 {
        span += std::f64::consts::TAU;
    } else if cross < 0.0 && span >= 0.0 {
        span -= std::f64::consts::TAU;
    }
    let chord = 2.0 * (1.0 - (sagitta / radius).min(0.5)).acos();
    let chords = (span.abs() / chord).ceil();
    if !(chords.is_finite() && radius.is_finite()) || (cross == 0.0 && start != end) {
        return vec![middle];
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held between 2 and the most"
    )]
    let chords = chords
        .max((span.abs() / WIDEST_CHORD).ceil())
        .clamp(2.0, f64::from(MOST_CHORDS)) as u32;
    let radius = outer_radius(radius, span.abs(), f64::from(chords));
    (1..chords)
        .map(|step| {
            let (sin, cos) = (first + span * f64::from(step) / f64::from(chords)).sin_cos();
            Coord {
                x: centre.x + radius * cos,
                y: centre.y + radius * sin,
            }
        })
        .collect()
}

/// The radius of the points between the ends of an arc with which `chords` chords span the area of its sector: the first
/// and the last chord have one end on the arc, all others none.
fn outer_radius(radius: f64, span: f64, chords: f64) -> f64 {
    let (between, sector) = (chords - 2.0, radius * radius * span / (span / chords).sin());
    if between < 0.5 {
        return sector / (2.0 * radius);
    }
    ((radius * radius + between * sector).sqrt() - radius) / between
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(feature = "gdal")]
    use crate::geometry::{Decoded, Shapes, decode_wkb, plane_area};

    #[cfg(feature = "gdal")]
    fn shape(wkt: &str, sagitta: f64) -> Shapes {
        let wkb = gdal::vector::Geometry::from_wkt(wkt)
            .unwrap()
            .iso_wkb()
            .unwrap();
        assert!(may_curve(&wkb), "{wkt}");
        let mut shapes = Shapes::default();
        let straight = straighten(&wkb, sagitta).unwrap();
        assert_eq!(decode_wkb(&straight, &mut shapes, false), Decoded::Polygon);
        shapes
    }

    #[cfg(feature = "gdal")]
    #[test]
    fn a_stroked_circle_has_its_area_and_is_within_a_centimetre_everywhere() {
        for wkt in [
            "CURVEPOLYGON (CIRCULARSTRING (0 0, 100 100, 200 0, 100 -100, 0 0))",
            "CURVEPOLYGON Z (CIRCULARSTRING Z (0 0 1, 200 0 1, 0 0 1))",
            "MULTISURFACE (CURVEPOLYGON (COMPOUNDCURVE (CIRCULARSTRING (0 0, 100 100, 200 0), CIRCULARSTRING (200 0, 100 -100, 0 0))))",
        ] {
            let shapes = shape(wkt, 0.01);
            let ring = shapes.get(0).coords();
            assert_eq!(ring.first(), ring.last());
            assert!(ring.len() > 100 && ring.len() < 300, "{}", ring.len());
            for side in ring.windows(2) {
                let off = |c: Coord| ((c.x - 100.0).hypot(c.y) - 100.0).abs();
                assert!(off(side[0]) <= 0.01 && off((side[0] + side[1]) / 2.0) <= 0.01);
            }
            let area = plane_area(shapes.get(0));
            assert!((area - std::f64::consts::PI * 1e4).abs() < 1e-6, "{area}");
        }
    }

    #[test]
    fn the_area_of_any_arc_is_that_of_its_segment() {
        // a slice of a circle of radius r that spans an angle has r² (angle − sin angle) / 2 beyond its chord
        for (radius, span) in [
            (0.05_f64, 3.0_f64),
            (7.5, 0.2),
            (7.5, 4.0),
            (350.0, 1.0),
            (5000.0, 0.01),
        ] {
            let at = |angle: f64| Coord {
                x: 600_000.0 + radius * angle.cos(),
                y: 3_165_000.0 + radius * angle.sin(),
            };
            let (from, over, to) = (at(0.3), at(0.3 + span / 2.0), at(0.3 + span));
            let mut line = stroke(&[from, over, to], 0.01);
            line.push(from);
            let area = crate::geometry::ring::signed_area(&line);
            let expected = radius * radius * (span - span.sin()) / 2.0;
            assert!(
                (area - expected).abs() < 1e-3 * 0.5,
                "{radius} {span}: {area} {expected}"
            );
        }
    }

    #[test]
    fn an_arc_has_the_same_points_in_both_directions() {
        let there = stroke(
            &[(0.1, 0.2), (7.0, 9.0), (20.3, 0.4)].map(Coord::from),
            0.01,
        );
        let mut back = stroke(
            &[(20.3, 0.4), (7.0, 9.0), (0.1, 0.2)].map(Coord::from),
            0.01,
        );
        back.reverse();
        assert_eq!(there, back);
    }

    #[test]
    fn three_points_in_a_line_are_no_trouble() {
        let line = stroke(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)].map(Coord::from), 0.01);
        assert_eq!(line.len(), 3);
        assert_eq!(stroke(&[], 0.01), []);
    }

    #[cfg(feature = "gdal")]
    #[test]
    fn broken_bytes_are_no_trouble() {
        let wkb = gdal::vector::Geometry::from_wkt("CURVEPOLYGON (CIRCULARSTRING (0 0, 2 0, 0 0))")
            .unwrap()
            .iso_wkb()
            .unwrap();
        for end in 0..wkb.len() {
            assert_eq!(straighten(&wkb[..end], 0.01), Err(SHORT));
        }
    }
}
