//! Two shapes that do not touch → the place in the middle between them where they come nearest.

use geo::Coord;

use super::Side;
use crate::geometry::ring::dot;

/// The middle of the shortest line between two shapes no farther apart than `reach`, in units of the CRS; where edges run
/// side by side, of all lines as short, the middle of their longest stretch. `None` where they are farther apart.
pub fn nearest_place(a: Side<'_>, b: Side<'_>, reach: f64) -> Option<Coord> {
    let edges = |(shape, index): Side<'_>, other: Side<'_>| {
        let mut edges = Vec::new();
        index.all_near(shape, other.1.bounds().grown(reach), |from, to| {
            edges.push((from, to));
            true
        });
        edges
    };
    let (near_a, near_b) = (edges(a, b), edges(b, a));
    let pairs = near_a
        .iter()
        .flat_map(|a| near_b.iter().map(move |b| between(*a, *b)));
    let mut best: Option<Between> = None;
    for found in pairs.filter(|found| found.distance <= reach) {
        let is_better = best.as_ref().is_none_or(|best| {
            let nearer = best.distance - found.distance;
            nearer > SAME || (nearer > -SAME && found.stretch > best.stretch)
        });
        if is_better {
            best = Some(found);
        }
    }
    best.map(|best| best.place)
}

/// Distances that differ by less than this, in units of the CRS, are the same: a hundredth of a millimetre in metres.
const SAME: f64 = 1e-5;

type Stretch = (Coord, Coord);

/// How two edges lie to each other.
struct Between {
    distance: f64,
    /// How long they run side by side at that distance.
    stretch: f64,
    /// The middle between them, in the middle of that stretch.
    place: Coord,
}

fn between(a: Stretch, b: Stretch) -> Between {
    let line = |corner: Coord, edge: Stretch| {
        let foot = foot(corner, edge.0, edge.1);
        let off = corner - foot;
        (dot(off, off).sqrt(), (corner + foot) / 2.0)
    };
    let lines = [line(a.0, b), line(a.1, b), line(b.0, a), line(b.1, a)];
    let distance = lines
        .iter()
        .fold(f64::INFINITY, |least, line| least.min(line.0));
    let places = lines
        .iter()
        .filter(|line| line.0 <= distance + SAME)
        .map(|line| line.1);
    let first = places.clone().next().unwrap_or(a.0);
    // the farthest of the places from the first is the other end of the stretch
    let last = places.fold(first, |last, place| {
        let square = |place: Coord| dot(place - first, place - first);
        if square(place) > square(last) {
            place
        } else {
            last
        }
    });
    let stretch = last - first;
    Between {
        distance,
        stretch: dot(stretch, stretch).sqrt(),
        place: (first + last) / 2.0,
    }
}

/// The point of an edge that is nearest to `point`.
fn foot(point: Coord, from: Coord, to: Coord) -> Coord {
    let along = to - from;
    let square = dot(along, along);
    let share = if square > 0.0 {
        dot(along, point - from) / square
    } else {
        0.0
    };
    from + along * share.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use geo::wkt;

    use super::*;
    use crate::geometry::{EdgeIndex, Shapes};

    #[test]
    fn the_place_lies_in_the_middle_of_the_shortest_line() {
        let mut shapes = Shapes::default();
        shapes.push_geo(&wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)))));
        shapes.push_geo(&wkt!(MULTIPOLYGON(((10.4 4.,20. 0.,20. 10.,10.4 4.)))));
        let index = [0, 1].map(|at| EdgeIndex::of(shapes.get(at)));
        let side = |at: usize| (shapes.get(at), &index[at]);
        let place = nearest_place(side(0), side(1), 0.5).unwrap();
        assert!((place.x - 10.2).abs() < 1e-12 && (place.y - 4.0).abs() < 1e-12);
        assert_eq!(nearest_place(side(0), side(1), 0.3), None);
    }

    #[test]
    fn walls_side_by_side_have_it_in_the_middle_of_their_stretch() {
        let mut shapes = Shapes::default();
        shapes.push_geo(&wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)))));
        shapes.push_geo(&wkt!(MULTIPOLYGON(((12. 4.,20. 4.,20. 30.,12. 30.,12. 4.)))));
        let index = [0, 1].map(|at| EdgeIndex::of(shapes.get(at)));
        let side = |at: usize| (shapes.get(at), &index[at]);
        let place = nearest_place(side(0), side(1), 3.0).unwrap();
        assert!((place.x - 11.0).abs() < 1e-12 && (place.y - 7.0).abs() < 1e-12);
    }
}
