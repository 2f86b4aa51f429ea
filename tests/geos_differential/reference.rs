//! Shapes → GEOS, and what GEOS says of them. Always near the origin: the shift by a whole number of metres is exact
//! (the difference of two close doubles), so that GEOS sees the same shapes and loses no digits to seven-digit
//! coordinates; its own overlay at 40 000 km is the doubtful one.

use geo::Coord;
use geos::{CoordSeq, Geom, Geometry};
use plotratio::geometry::{PartRef, ShapeRef, Shapes};

pub type Ring = Vec<Coord>;

/// Shells and holes of the parts of one shape, rings closed or not.
pub type Parts = Vec<Vec<Ring>>;

pub fn closed(ring: &[Coord]) -> Ring {
    ring.iter().chain(ring.first()).copied().collect()
}

pub fn push(shapes: &mut Shapes, parts: &Parts) {
    for part in parts {
        part.iter().for_each(|ring| shapes.push_ring(ring));
        shapes.end_part();
    }
    shapes.end_shape();
}

pub fn shape(parts: &Parts) -> Shapes {
    let mut shapes = Shapes::default();
    push(&mut shapes, parts);
    shapes
}

/// A whole number of metres near the shape.
pub fn origin(shape: ShapeRef<'_>) -> Coord {
    let first = shape.coords()[0];
    Coord {
        x: first.x.round(),
        y: first.y.round(),
    }
}

fn sequence(ring: &[Coord], origin: Coord) -> CoordSeq {
    let numbers: Vec<[f64; 2]> = ring
        .iter()
        .map(|&c| [c.x - origin.x, c.y - origin.y])
        .collect();
    CoordSeq::new_from_vec(&numbers).unwrap()
}

pub fn polygon(part: PartRef<'_>, origin: Coord) -> Geometry {
    let mut rings = part
        .rings()
        .map(|ring| Geometry::create_linear_ring(sequence(ring, origin)).unwrap());
    let shell = rings.next().unwrap();
    Geometry::create_polygon(shell, rings.collect()).unwrap()
}

pub fn multipolygon(shape: ShapeRef<'_>, origin: Coord) -> Geometry {
    Geometry::create_multipolygon(shape.parts().map(|part| polygon(part, origin)).collect())
        .unwrap()
}

/// The shape as GEOS overlays need it: parts that share a line joined, for they are invalid side by side.
pub fn joined(shape: ShapeRef<'_>, origin: Coord) -> Geometry {
    let whole = multipolygon(shape, origin);
    if shape.parts().len() > 1 {
        whole.unary_union().unwrap()
    } else {
        whole
    }
}

pub fn line(ring: &[Coord], origin: Coord) -> Geometry {
    Geometry::create_line_string(sequence(ring, origin)).unwrap()
}

/// The ground that raw rings are meant to cover: in each part, what the shell winds round in either direction less
/// what any hole winds round; parts together, overlaps once. All lines are noded, and each face is asked.
pub fn intended_area(shape: ShapeRef<'_>) -> f64 {
    let origin = origin(shape);
    let lines = shape
        .rings()
        .filter(|ring| ring.len() > 1)
        .map(|ring| line(&closed(ring), origin));
    let lines = Geometry::create_multiline_string(lines.collect()).unwrap();
    let faces = Geometry::polygonize(&[lines.unary_union().unwrap()]).unwrap();
    let mut area = 0.0;
    for number in 0..faces.get_num_geometries().unwrap() {
        let face = faces.get_geometry_n(number).unwrap();
        // a sliver between lines that GEOS has moved apart by rounding has no point to ask, and no area
        if face.area().unwrap() < 1e-12 {
            continue;
        }
        let point = face.point_on_surface().unwrap();
        let point = Coord {
            x: point.get_x().unwrap() + origin.x,
            y: point.get_y().unwrap() + origin.y,
        };
        let inside = shape.parts().any(|part| {
            let mut rings = part.rings().map(|ring| turns(ring, point, origin));
            rings.next() != Some(0) && rings.all(|turns| turns == 0)
        });
        if inside {
            area += face.area().unwrap();
        }
    }
    area
}

/// How often a ring winds round a point that lies clear of it, by the angles that its edges span.
fn turns(ring: &[Coord], point: Coord, origin: Coord) -> i64 {
    let point = point - origin;
    let angle = |pair: &[Coord]| {
        let (a, b) = (pair[0] - origin - point, pair[1] - origin - point);
        (a.x * b.y - a.y * b.x).atan2(a.x * b.x + a.y * b.y)
    };
    let sum: f64 = closed(ring).windows(2).map(angle).sum();
    (sum / std::f64::consts::TAU).round() as i64
}

/// Fails when two areas differ by more than a millionth; a billionth of a square metre is rounding.
#[track_caller]
pub fn assert_area(found: f64, expected: f64, what: &str) {
    let slack = 1e-6 * expected.abs().max(found.abs()) + 1e-9;
    assert!(
        (found - expected).abs() <= slack,
        "{what}: {found} is not {expected}"
    );
}

/// The same shape near the origin, turned: between lines that nearly coincide GEOS can lose a face when it nodes them,
/// and which one hangs on the last digits. That is where its own result is the doubtful one, and is asked for again.
pub fn turned(shape: ShapeRef<'_>, angle: f64) -> Shapes {
    let (origin, (sin, cos)) = (origin(shape), angle.sin_cos());
    let mut turned = Shapes::default();
    turned.push(shape);
    for c in turned.coords_mut() {
        let from = *c - origin;
        *c = Coord {
            x: from.x * cos - from.y * sin,
            y: from.x * sin + from.y * cos,
        };
    }
    turned
}
