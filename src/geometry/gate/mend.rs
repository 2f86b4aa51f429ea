//! A shape with crossing rings → a valid one that covers the same ground, or nothing when two methods disagree.

use geo::algorithm::bool_ops::OpType;
use geo::{Area, BooleanOps, Coord, LineString, MapCoords, MultiPolygon, Polygon};

use super::conflicts;
use super::tidy::tidy;
use crate::geometry::ring::{cross, distance, dot, signed_area};
use crate::geometry::{Cover, ShapeRef, Shapes, plane_area};
use geo::algorithm::bool_ops::FillRule;

/// How far an area may move between the overlay and the sum over slabs, relative to all that the shells wind round: the
/// overlay's grid moves a sliver of a hole by more than that of its own area, and nothing is lost by it.
const AGREEMENT: f64 = 1e-7;

/// What the overlay's grid may move a boundary by, relative to the extent: it has 2^30 steps each way.
const GRID: f64 = 4e-9;

/// Mends part by part: all that a shell winds round counts as inside, whichever way, less all that its holes wind
/// round; then the parts are joined, overlaps once. Everything happens near the origin, for the overlay's own grid.
/// What comes out is empty when nothing is left.
pub(super) fn mend(shape: ShapeRef<'_>) -> Option<Shapes> {
    let origin = *shape.coords().first()?;
    let mut shells = Cover::default();
    let first_rings = shape.parts().filter_map(|part| part.rings().next());
    first_rings.for_each(|ring| shells.add(ring, 0));
    let rounding = AGREEMENT * shells.area(|[turns, _]| turns != 0);
    let original = Original::of(shape);
    // a strip can be so long that a step of the grid along it is more than a share of its area; once its corners are
    // back where they were, that is no excuse any more
    let step = rounding.max(length(shape) * original.extent * GRID);
    let mut whole = MultiPolygon(Vec::new());
    for part in shape.parts() {
        let mut rings = part
            .rings()
            .map(|ring| ring.iter().map(|&c| c - origin).collect::<Vec<Coord>>());
        let shell = region(rings.next()?, step)?;
        let mut mended = shell;
        for hole in rings {
            let hole = region(hole, step)?;
            let expected = covered(&[(&mended, 0), (&hole, 1)], |[inside, hole]| {
                inside > 0 && hole == 0
            });
            mended = agreed(mended.difference(&hole), expected, step)?;
        }
        let expected = covered(&[(&whole, 0), (&mended, 0)], |[inside, _]| inside > 0);
        whole = agreed(whole.union(&mended), expected, step)?;
    }
    let meant = meant_area(shape);
    let precise = rounding.max(length(shape) * original.farthest * f64::EPSILON);
    let finish = |place: &dyn Fn(Coord) -> Coord, corners: Option<&Original<'_>>| {
        let mended = finish(&whole, precise, place, corners)?;
        let area = plane_area(mended.get(0));
        meant
            .is_none_or(|meant| (meant - area).abs() <= precise)
            .then_some(mended)
    };
    let is_valid = |shapes: &Shapes| conflicts(shapes.get(0)).is_empty();
    let restore = |c| original.restore(c + origin);
    let restored = finish(&restore, Some(&original)).filter(is_valid);
    // corners that came back crossed a line again: without those in the middle of a line, or where the overlay left them,
    // they do not
    restored
        .or_else(|| finish(&restore, None).filter(is_valid))
        .or_else(|| finish(&|c| c + origin, None).filter(is_valid))
        .or_else(|| finish(&restore, Some(&original)))
}

/// What a shape of one part must cover: what its shell winds round less what its holes wind round.
fn meant_area(shape: ShapeRef<'_>) -> Option<f64> {
    let (Some(part), 1) = (shape.parts().next(), shape.parts().len()) else {
        return None;
    };
    let mut cover = Cover::default();
    let mut rings = part.rings();
    cover.add(rings.next()?, 0);
    // what two holes wind round in turn would cancel
    let hole = rings.next().unwrap_or_default();
    cover.add(hole, 1);
    rings
        .next()
        .is_none()
        .then(|| cover.area(|[shell, hole]| shell != 0 && hole == 0))
}

fn length(shape: ShapeRef<'_>) -> f64 {
    let edge = |edge: &[Coord]| (edge[1].x - edge[0].x).hypot(edge[1].y - edge[0].y);
    shape
        .rings()
        .flat_map(|ring| ring.windows(2).map(edge))
        .sum()
}

/// The mended shape with its points put where they belong, without slivers; nothing when its area is not sure.
fn finish(
    whole: &MultiPolygon,
    rounding: f64,
    place: &dyn Fn(Coord) -> Coord,
    corners: Option<&Original<'_>>,
) -> Option<Shapes> {
    let whole = whole.map_coords(place);
    let smallest = whole.unsigned_area() * 1e-9;
    let mut out = Shapes::default();
    for mut polygon in oriented(&whole) {
        if let Some(original) = corners {
            polygon.exterior_mut(|ring| ring.0 = original.with_corners(&ring.0));
            polygon.interiors_mut(|holes| {
                for hole in holes {
                    hole.0 = original.with_corners(&hole.0);
                }
            });
        }
        push_tidy(&polygon, smallest, &mut out);
    }
    out.end_shape();
    is_sound(out.get(0), rounding).then_some(out)
}

/// Adds a polygon as a part, without the spikes and slivers that its corners coming back can leave.
fn push_tidy(polygon: &Polygon, smallest: f64, out: &mut Shapes) {
    let shell = tidy(&polygon.exterior().0).ring;
    if signed_area(&shell) <= smallest {
        return;
    }
    out.push_ring(&shell);
    let holes = polygon.interiors().iter().map(|hole| tidy(&hole.0).ring);
    for hole in holes.filter(|hole| -signed_area(hole) > smallest) {
        out.push_ring(&hole);
    }
    out.end_part();
}

/// Whether every place is wound round once or not at all, so that shells less holes are the ground that is covered.
fn is_sound(shape: ShapeRef<'_>, rounding: f64) -> bool {
    let mut cover = Cover::default();
    shape.rings().for_each(|ring| cover.add(ring, 0));
    (cover.area(|[turns, _]| turns == 1) - plane_area(shape)).abs() <= rounding
}

/// The boundary of the shape as it came. The overlay moves every point to its grid; a point must come back to where it
/// was to the last digit, or the boundary would no longer be that of the neighbours.
struct Original<'a> {
    shape: ShapeRef<'a>,
    by_x: Vec<Coord>,
    extent: f64,
    grid: f64,
    /// The largest of its numbers, by which the last digit is weighed.
    farthest: f64,
}

impl<'a> Original<'a> {
    fn of(shape: ShapeRef<'a>) -> Self {
        let mut by_x = shape.coords().to_vec();
        by_x.sort_by(|a, b| a.x.total_cmp(&b.x));
        let size = shape.bounds().max - shape.bounds().min;
        let extent = size.x.max(size.y);
        let numbers = by_x.iter().map(|c| c.x.abs().max(c.y.abs()));
        Self {
            shape,
            extent,
            grid: extent * 1e-8,
            farthest: numbers.fold(0.0, f64::max),
            by_x,
        }
    }

    /// The corner or crossing that `point` was before the overlay moved it, or the point itself where it is neither.
    fn restore(&self, point: Coord) -> Coord {
        let first = self
            .by_x
            .partition_point(|corner| corner.x < point.x - self.grid);
        let near = self.by_x[first..]
            .iter()
            .take_while(|corner| corner.x <= point.x + self.grid);
        let apart = |corner: &Coord| (corner.x - point.x).hypot(corner.y - point.y);
        let nearest = near.min_by(|a, b| apart(a).total_cmp(&apart(b)));
        let corner = nearest.filter(|corner| apart(corner) <= self.grid).copied();
        corner.or_else(|| self.crossing(point)).unwrap_or(point)
    }

    /// The ring with the corners that lie on its edges: the overlay takes corners out that are nearly in line.
    fn with_corners(&self, ring: &[Coord]) -> Vec<Coord> {
        let mut out: Vec<Coord> = ring.first().copied().into_iter().collect();
        for edge in ring.windows(2) {
            let (from, to) = (edge[0], edge[1]);
            let (west, east) = (from.x.min(to.x) - self.grid, from.x.max(to.x) + self.grid);
            let first = self.by_x.partition_point(|corner| corner.x < west);
            let along = to - from;
            let near = self.by_x[first..]
                .iter()
                .take_while(|corner| corner.x <= east);
            let mut between: Vec<(f64, Coord)> = near
                .filter(|&&corner| corner != from && corner != to)
                .map(|&corner| (dot(corner - from, along), corner))
                .filter(|&(reach, corner)| {
                    reach > 0.0
                        && reach < dot(along, along)
                        && distance(corner, from, to) <= self.grid
                })
                .collect();
            between.sort_by(|a, b| a.0.total_cmp(&b.0));
            between.dedup_by_key(|(_, corner)| *corner);
            out.extend(between.into_iter().map(|(_, corner)| corner));
            out.push(to);
        }
        out
    }

    /// Where two edges cross that both pass by `point`.
    fn crossing(&self, point: Coord) -> Option<Coord> {
        let edges = self
            .shape
            .rings()
            .flat_map(|ring| ring.windows(2))
            .map(|edge| (edge[0], edge[1]));
        let mut passing = edges.filter(|(from, to)| distance(point, *from, *to) <= self.grid);
        let (from, to) = passing.next()?;
        let along = to - from;
        passing.find_map(|(other_from, other_to)| {
            let other = other_to - other_from;
            let share = cross(other_from - from, other) / cross(along, other);
            let crossing = from + along * share;
            let apart = (crossing.x - point.x).hypot(crossing.y - point.y);
            (apart <= self.grid).then_some(crossing)
        })
    }
}

/// What a ring winds round.
fn region(ring: Vec<Coord>, rounding: f64) -> Option<MultiPolygon> {
    let mut cover = Cover::default();
    cover.add(&ring, 0);
    let expected = cover.area(|[turns, _]| turns != 0);
    let polygon = Polygon::new(LineString(ring), Vec::new());
    let nothing = MultiPolygon(Vec::new());
    agreed(
        polygon.boolean_op_with_fill_rule(&nothing, OpType::Union, FillRule::NonZero),
        expected,
        rounding,
    )
}

fn covered(regions: &[(&MultiPolygon, usize)], inside: impl Fn([i32; 2]) -> bool) -> f64 {
    let mut cover = Cover::default();
    for &(region, group) in regions {
        for polygon in &oriented(region) {
            cover.add(&polygon.exterior().0, group);
            polygon
                .interiors()
                .iter()
                .for_each(|hole| cover.add(&hole.0, group));
        }
    }
    cover.area(inside)
}

fn agreed(region: MultiPolygon, expected: f64, rounding: f64) -> Option<MultiPolygon> {
    let area = region.unsigned_area();
    ((area - expected).abs() <= rounding.max(AGREEMENT * area.max(expected))).then_some(region)
}

/// Shells counter-clockwise, holes clockwise.
fn oriented(region: &MultiPolygon) -> MultiPolygon {
    let turn = |ring: &LineString, left: bool| {
        let mut ring = ring.clone();
        if (signed_area(&ring.0) > 0.0) != left {
            ring.0.reverse();
        }
        ring
    };
    let orient = |polygon: &Polygon| {
        let holes = polygon.interiors().iter().map(|hole| turn(hole, false));
        Polygon::new(turn(polygon.exterior(), true), holes.collect())
    };
    MultiPolygon(region.iter().map(orient).collect())
}
