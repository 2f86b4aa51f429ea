//! A shape → its boundary points in the order in which surveyors number them.

use geo::Coord;

use super::ShapeRef;

/// A ring of a parcel, its points in the order of their numbers; not closed.
pub struct BoundaryRing {
    /// The number of its first point.
    pub first: usize,
    /// Its points.
    pub points: Vec<Coord>,
}

impl BoundaryRing {
    /// Each point with the next one.
    pub fn sides(&self) -> impl Iterator<Item = (Coord, Coord)> + '_ {
        let next = self.points.iter().cycle().skip(1);
        self.points.iter().copied().zip(next.copied())
    }
}

/// The rings of a shape: shells clockwise from their north-western point, holes the other way round; J1 is the first point of
/// the first shell, and numbers go on from ring to ring.
pub fn rings_of(shape: ShapeRef<'_>) -> Vec<BoundaryRing> {
    let mut first = 1;
    let mut rings = Vec::new();
    for part in shape.parts() {
        for (at, ring) in part.rings().enumerate() {
            let mut points = ring[..ring.len().saturating_sub(1)].to_vec();
            let clockwise = twice_area(&points) < 0.0;
            if clockwise != (at == 0) {
                points.reverse();
            }
            let west_north = |point: &Coord| point.y - point.x;
            let start = (0..points.len())
                .max_by(|a, b| west_north(&points[*a]).total_cmp(&west_north(&points[*b])));
            points.rotate_left(start.unwrap_or(0));
            let count = points.len();
            rings.push(BoundaryRing { first, points });
            first += count;
        }
    }
    rings
}

/// Positive where the points turn left.
fn twice_area(points: &[Coord]) -> f64 {
    let next = points.iter().cycle().skip(1);
    let origin = points.first().copied().unwrap_or_default();
    let cross = points.iter().zip(next).map(|(a, b)| {
        let (a, b) = (*a - origin, *b - origin);
        a.x * b.y - b.x * a.y
    });
    cross.sum()
}

#[cfg(test)]
mod tests {
    use super::super::Shapes;
    use super::*;

    fn shape(rings: &[&[(f64, f64)]]) -> Shapes {
        let mut shapes = Shapes::default();
        for ring in rings {
            let ring: Vec<Coord> = ring.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
            shapes.push_ring(&ring);
        }
        shapes.end_part();
        shapes.end_shape();
        shapes
    }

    #[test]
    fn points_are_numbered_clockwise_from_the_north_west_and_holes_go_on() {
        let shapes = shape(&[
            &[(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (0.0, 5.0), (0.0, 0.0)],
            &[(2.0, 2.0), (2.0, 3.0), (3.0, 3.0), (3.0, 2.0), (2.0, 2.0)],
        ]);
        let rings = rings_of(shapes.get(0));
        let points = |ring: &BoundaryRing| -> Vec<(f64, f64)> {
            ring.points.iter().map(|at| (at.x, at.y)).collect()
        };
        assert_eq!(
            points(&rings[0]),
            [(0.0, 5.0), (10.0, 5.0), (10.0, 0.0), (0.0, 0.0)]
        );
        assert_eq!(rings[1].first, 5);
        assert_eq!(
            points(&rings[1]),
            [(2.0, 3.0), (2.0, 2.0), (3.0, 2.0), (3.0, 3.0)]
        );
        let sides: Vec<f64> = rings[0]
            .sides()
            .map(|(a, b)| (b.x - a.x).hypot(b.y - a.y))
            .collect();
        assert_eq!(sides, [10.0, 5.0, 10.0, 5.0]);
    }
}
