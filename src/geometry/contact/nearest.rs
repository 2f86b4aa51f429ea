//! Two shapes that do not touch → the place in the middle between them where they come nearest.

use geo::Coord;

use super::Side;
use crate::geometry::ring::dot;

/// The middle of the shortest line between two shapes no farther apart than `reach`, in units of the CRS; of lines as
/// short the first. `None` where they are farther apart.
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
    let mut best: Option<(f64, Coord)> = None;
    let mut look = |corner: Coord, (from, to): (Coord, Coord)| {
        let foot = foot(corner, from, to);
        let off = corner - foot;
        let square = dot(off, off);
        if square <= reach * reach && best.is_none_or(|(least, _)| square < least) {
            best = Some((square, (corner + foot) / 2.0));
        }
    };
    for a in &near_a {
        for b in &near_b {
            look(a.0, *b);
            look(a.1, *b);
            look(b.0, *a);
            look(b.1, *a);
        }
    }
    best.map(|(_, place)| place)
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
}
