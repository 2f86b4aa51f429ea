//! Rings in any order and direction → parts: a ring inside an even number of others is a shell, inside an odd number a hole.

use geo::Coord;

use super::ring::{signed_area, winding};
use super::{Bounds, BoxIndex, PartRef, ShapeRef, Shapes};

/// A ring, and what decides where it lies.
struct Ring<'a> {
    points: &'a [Coord],
    bounds: Bounds,
    area: f64,
}

/// Whether the roles of a shape read from a format that tells shells by their direction (Shapefile) may be wrong: a shell
/// runs counter-clockwise, lies in the box of another, or has a hole that reaches out of its box or lies in that of another.
pub fn roles_in_doubt(shape: ShapeRef<'_>) -> bool {
    let finite = |c: &Coord| c.x.is_finite() && c.y.is_finite();
    if shape.rings().nth(1).is_none() || !shape.coords().iter().all(finite) {
        return false;
    }
    let mut shells: Vec<Bounds> = Vec::new();
    for part in shape.parts() {
        let mut rings = part.rings();
        let Some(shell) = rings.next() else { continue };
        let bounds = Bounds::of(shell);
        let holes: Vec<Bounds> = rings.map(Bounds::of).collect();
        let outside = holes.iter().any(|hole| !bounds.contains(hole));
        if signed_area(shell) > 0.0 || outside || any_nested(&holes) {
            return true;
        }
        shells.push(bounds);
    }
    any_nested(&shells)
}

/// Whether one of some boxes lies in another.
fn any_nested(boxes: &[Bounds]) -> bool {
    let mut order: Vec<&Bounds> = boxes.iter().collect();
    order.sort_by(|a, b| a.min.x.total_cmp(&b.min.x));
    order.iter().enumerate().any(|(at, a)| {
        order[at + 1..]
            .iter()
            .take_while(|b| b.min.x <= a.max.x)
            .any(|b| a.contains(b) || b.contains(a))
    })
}

/// Whether what a part calls a hole has its shell inside: every corner of the shell in the hole and none of the hole in the
/// shell, but for one point in which they may touch.
pub(super) fn is_inside_out(part: PartRef<'_>) -> bool {
    let mut rings = part.rings();
    let Some(shell) = rings.next() else {
        return false;
    };
    let bounds = Bounds::of(shell);
    let all = |ring: &[Coord], other: &[Coord], inside: bool| {
        let mut touch = None;
        ring.iter().all(|&corner| match winding(other, corner) {
            Some(turns) => (turns != 0) == inside,
            None => *touch.get_or_insert(corner) == corner,
        })
    };
    rings.any(|hole| {
        Bounds::of(hole).contains(&bounds) && all(shell, hole, true) && all(hole, shell, false)
    })
}

/// Adds `rings` as the parts that their places make of them; the shape is not ended.
pub fn push_nested<'a>(rings: impl Iterator<Item = &'a [Coord]>, out: &mut Shapes) {
    let mut rings: Vec<Ring<'a>> = rings.map(Ring::of).collect();
    // a ring comes after every ring that it can lie in; rings as large as each other keep their order
    rings.sort_by(|a, b| b.area.abs().total_cmp(&a.area.abs()));
    let index = BoxIndex::new(rings.iter().map(|ring| ring.bounds));
    let mut depths: Vec<usize> = Vec::with_capacity(rings.len());
    let mut holes: Vec<Vec<usize>> = vec![Vec::new(); rings.len()];
    for (at, ring) in rings.iter().enumerate() {
        let near = index.meeting(ring.bounds).map(|near| near as usize);
        let mut larger: Vec<usize> = near.filter(|&near| near < at).collect();
        // the smallest ring around it is the last one before it
        larger.sort_unstable_by(|a, b| b.cmp(a));
        let around = larger.into_iter().find(|&near| ring.lies_in(&rings[near]));
        let depth = around.map_or(0, |around| depths[around] + 1);
        depths.push(depth);
        if let Some(shell) = around.filter(|_| depth % 2 == 1) {
            holes[shell].push(at);
        }
    }
    for (at, shell) in rings
        .iter()
        .enumerate()
        .filter(|(at, _)| depths[*at].is_multiple_of(2))
    {
        out.push_ring(shell.points);
        for &hole in &holes[at] {
            out.push_ring(rings[hole].points);
        }
        out.end_part();
    }
}

/// The parts that rings make by their directions, as a Shapefile tells them: each that runs clockwise is a shell, each other
/// one a hole of the smallest shell around it, or a shell where there is none. Numbers of `rings`, the shell first; all in
/// the order of `rings`.
pub fn parts_by_direction(rings: &[Vec<Coord>]) -> Vec<Vec<usize>> {
    let known: Vec<Ring<'_>> = rings.iter().map(|ring| Ring::of(ring)).collect();
    let shells: Vec<usize> = (0..known.len())
        .filter(|&at| known[at].area < 0.0)
        .collect();
    if let [only] = shells[..] {
        let holes = (0..known.len()).filter(|&at| at != only);
        return vec![std::iter::once(only).chain(holes).collect()];
    }
    let mut parts: Vec<Vec<usize>> = shells.iter().map(|&shell| vec![shell]).collect();
    for at in (0..known.len()).filter(|&at| known[at].area >= 0.0) {
        let around = (0..shells.len()).filter(|&part| known[at].lies_in(&known[shells[part]]));
        let size = |part: usize| known[shells[part]].area.abs();
        match around.min_by(|&a, &b| size(a).total_cmp(&size(b))) {
            Some(part) => parts[part].push(at),
            None => parts.push(vec![at]),
        }
    }
    parts.sort_by_key(|part| part[0]);
    parts
}

impl<'a> Ring<'a> {
    fn of(points: &'a [Coord]) -> Self {
        Self {
            points,
            bounds: Bounds::of(points),
            area: signed_area(points),
        }
    }

    /// Whether it lies in `other`: by its first corner that is not on the line of it. A ring that crosses `other` is a
    /// hole of it where it runs the other way, and no more inside than outside where it runs the same way.
    fn lies_in(&self, other: &Self) -> bool {
        let places = || {
            let halfway = |edge: &[Coord]| (edge[0] + edge[1]) / 2.0;
            let middles = self.points.windows(2).map(halfway);
            let places = self.points.iter().copied().chain(middles);
            places.filter_map(|place| Some(winding(other.points, place)? != 0))
        };
        if other.bounds.contains(&self.bounds) {
            return places().next().unwrap_or(false);
        }
        self.area * other.area < 0.0 && places().any(|inside| inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::plane_area;

    /// A square from `low` to `high`, counter-clockwise unless `turned`.
    fn square(low: f64, high: f64, turned: bool) -> Vec<Coord> {
        let mut ring: Vec<Coord> = [
            (low, low),
            (high, low),
            (high, high),
            (low, high),
            (low, low),
        ]
        .map(Coord::from)
        .to_vec();
        if turned {
            ring.reverse();
        }
        ring
    }

    fn nested(rings: &[Vec<Coord>]) -> Shapes {
        let mut out = Shapes::default();
        push_nested(rings.iter().map(Vec::as_slice), &mut out);
        out.end_shape();
        out
    }

    #[test]
    fn a_hole_goes_to_the_smallest_shell_around_it_and_all_keep_their_order() {
        let (shell, hole) = (true, false);
        let rings = [
            square(2.0, 3.0, hole),
            square(0.0, 10.0, shell),
            square(20.0, 30.0, shell),
            square(4.0, 8.0, shell),
            square(5.0, 6.0, hole),
            square(40.0, 41.0, hole),
        ];
        assert_eq!(
            parts_by_direction(&rings),
            [vec![1, 0], vec![2], vec![3, 4], vec![5]]
        );
        assert_eq!(parts_by_direction(&rings[..2]), [[1, 0]]);
        assert_eq!(parts_by_direction(&rings[..1]), [[0]]);
    }

    #[test]
    fn every_order_and_direction_of_a_lake_with_an_island_is_the_same_ground() {
        let orders = [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ];
        for order in orders {
            for turned in 0..8_u8 {
                let ring = |at: usize| {
                    let (low, high) = [(0.0, 10.0), (2.0, 8.0), (4.0, 6.0)][at];
                    square(low, high, turned >> at & 1 == 1)
                };
                let shapes = nested(&order.map(ring));
                let parts: Vec<usize> = shapes.get(0).parts().map(|p| p.rings().len()).collect();
                assert_eq!(parts, [2, 1], "{order:?} {turned}");
            }
        }
    }

    #[test]
    fn rings_beside_each_other_are_shells_and_the_same_ring_twice_is_no_hole() {
        let shapes = nested(&[square(0.0, 4.0, true), square(5.0, 9.0, false)]);
        assert_eq!(shapes.get(0).parts().len(), 2);
        let twice = nested(&[square(0.0, 4.0, true), square(0.0, 4.0, true)]);
        assert_eq!(twice.get(0).parts().len(), 2);
    }

    #[test]
    fn a_hole_over_the_edge_of_its_shell_stays_a_hole() {
        let shapes = nested(&[square(0.0, 10.0, true), square(8.0, 12.0, false)]);
        assert_eq!(shapes.get(0).parts().len(), 1);
        let beside = nested(&[square(0.0, 10.0, true), square(8.0, 12.0, true)]);
        assert_eq!(beside.get(0).parts().len(), 2);
    }

    #[test]
    fn a_hole_that_touches_its_shell_at_every_corner_is_one() {
        let diamond = [(5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0), (5.0, 0.0)];
        let shapes = nested(&[diamond.map(Coord::from).to_vec(), square(0.0, 10.0, true)]);
        assert_eq!(shapes.get(0).parts().len(), 1);
        assert!((plane_area(shapes.get(0)) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn a_part_whose_hole_comes_first_is_inside_out() {
        let shape = |rings: &[Vec<Coord>]| {
            let mut out = Shapes::default();
            for ring in rings {
                out.push_ring(ring);
            }
            out.end_part();
            out.end_shape();
            out
        };
        let (shell, hole) = (square(0.0, 10.0, false), square(2.0, 4.0, false));
        let part = |shapes: &Shapes| is_inside_out(shapes.get(0).parts().next().unwrap());
        assert!(part(&shape(&[hole.clone(), shell.clone()])));
        assert!(!part(&shape(&[shell.clone(), hole])));
        assert!(!part(&shape(&[shell])));
    }
}
