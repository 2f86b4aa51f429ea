//! Holes that closing strips leave → those that are gaps between shapes, and no land.

use super::facing::{End, Strip};
use crate::geometry::contact::{ContactKind, Reach, Scratch, contact};
use crate::geometry::ring::distance;
use crate::geometry::{
    Bounds, BoxIndex, EdgeIndex, ShapeRef, Shapes, Side, is_narrower, plane_area,
};

/// How far the lattice may move a line, and some more, in units of the CRS.
const MOVED: f64 = 1e-5;

/// Where gaps meet there is room for a few squares of their width, not for more: at 20 degrees six of them.
const SQUARES: f64 = 8.0;

/// The holes of `regions` that are gaps: they lie between two shapes at least, and either no circle as wide as the
/// tolerance fits in, or gaps meet there, each of them closed up to there, as where one turns round a pointed corner.
pub(super) fn gaps(
    regions: &Shapes,
    sides: &[Side<'_>],
    boxes: &BoxIndex,
    strips: &[Strip],
    tolerance: f64,
) -> Shapes {
    let holes = regions
        .iter()
        .flat_map(|region| region.parts())
        .flat_map(|part| part.rings().skip(1));
    let mut gaps = Shapes::default();
    let ends: Vec<&End> = strips
        .iter()
        .flat_map(|strip| &strip.ends)
        .filter(|end| end.width > MOVED)
        .collect();
    let index = BoxIndex::new(ends.iter().map(|end| Bounds::of(&[end.near, end.far])));
    for hole in holes {
        gaps.push_turned(hole, true);
        let shape = gaps.get(gaps.len() - 1);
        let open = open_ends(shape, &ends, &index);
        let is_gap = if is_narrower(shape, tolerance + MOVED) {
            !open.is_empty() || lies_between(shape, sides, boxes)
        } else {
            is_junction(shape, &open, tolerance)
        };
        if !is_gap {
            gaps.pop_shape();
        }
    }
    gaps
}

/// The ends of strips that lie on the boundary of a hole.
fn open_ends<'a>(hole: ShapeRef<'_>, ends: &[&'a End], index: &BoxIndex) -> Vec<&'a End> {
    let on_it = |end: &&End| {
        let across = end.far - end.near;
        [0.25, 0.5, 0.75].into_iter().any(|share| {
            let point = end.near + across * share;
            let mut edges = hole.rings().flat_map(|ring| ring.windows(2));
            edges.any(|edge| distance(point, edge[0], edge[1]) <= MOVED)
        })
    };
    let near = index.meeting(hole.bounds().grown(MOVED));
    near.map(|at| ends[at as usize]).filter(on_it).collect()
}

/// Whether gaps that are narrow enough meet in a hole.
fn is_junction(hole: ShapeRef<'_>, open: &[&End], tolerance: f64) -> bool {
    open.len() >= 2
        && open.iter().all(|end| !end.cut)
        && plane_area(hole) <= SQUARES * tolerance * tolerance
}

/// Whether two shapes border a hole.
fn lies_between(hole: ShapeRef<'_>, sides: &[Side<'_>], boxes: &BoxIndex) -> bool {
    let edges = EdgeIndex::of(hole);
    let reach = Reach {
        tolerance: MOVED,
        gap: 0.0,
    };
    let mut scratch = Scratch::default();
    let borders = |at: &u32| {
        contact((hole, &edges), sides[*at as usize], reach, &mut scratch)
            .is_some_and(|contact| contact.kind != ContactKind::Point)
    };
    boxes
        .meeting(edges.bounds().grown(MOVED))
        .filter(borders)
        .take(2)
        .count()
        == 2
}
