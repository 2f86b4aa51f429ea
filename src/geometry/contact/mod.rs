//! Two shapes → how they lie to each other: the boundary they share, the ground both cover, the gap between them.

mod edges;
mod nearest;
mod run;
mod walk;

use geo::Coord;
use serde::{Deserialize, Serialize};

pub use edges::EdgeIndex;
pub use nearest::nearest_place;
pub use walk::{Stretch, Walk, walk};

use super::ring::{dot, side};
use super::{ShapeRef, common_area};
use edges::{IndexedEdge, Near};
use run::{Run, run_along};

/// What counts as touching, and how far a gap is looked for; in units of the CRS.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    /// Boundaries nearer than this are one boundary; 0 for exactly.
    pub tolerance: f64,
    /// Shapes nearer than this, but not touching, have a gap between them.
    pub gap: f64,
}

/// How two shapes lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ContactKind {
    /// They share a stretch of boundary.
    Edge,
    /// They touch, without a stretch in common.
    Point,
    /// Both cover some ground, deeper than the tolerance.
    Overlap,
    /// They do not touch; what lies between is narrower than the reach.
    Gap,
}

/// The contact of two shapes, in units of their CRS.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// How they lie to each other.
    pub kind: ContactKind,
    /// The length of the first one's boundary that runs along the second's within the tolerance.
    pub shared: f64,
    /// The area that both cover.
    pub overlap: f64,
    /// The least distance between the two; 0 where they touch.
    pub gap: f64,
}

/// Below this a length or a depth is rounding, not geometry: a thousandth of a millimetre in metres.
const NOISE: f64 = 1e-6;

/// Less ground than this is printed as 0.00, in square metres as in square feet.
const NEXT_TO_NOTHING: f64 = 4e-3;

/// Less than this is not shared exactly but by chance, where a tolerance says that corners are drawn only so well.
const MILLIMETRE: f64 = 1e-3;

/// Stretches that come to no more than so many tolerances are what the tolerance makes of a corner, unless some of them
/// is shared exactly: around a corner edges pass within a tolerance of each other on every side.
const CORNER: f64 = 3.0;

/// Room to work in, so that millions of contacts do not ask for memory millions of times.
#[derive(Default)]
pub struct Scratch {
    near_a: Vec<Near>,
    near_b: Vec<Near>,
    runs: Vec<Run>,
}

/// A shape and the index of its edges.
pub type Side<'a> = (ShapeRef<'a>, &'a EdgeIndex);

/// The contact of two shapes that have passed the gate; `None` when they are farther apart than the reach.
pub fn contact(a: Side<'_>, b: Side<'_>, reach: Reach, scratch: &mut Scratch) -> Option<Contact> {
    let (box_a, box_b) = (a.1.bounds(), b.1.bounds());
    let far = reach.tolerance.max(reach.gap);
    if !box_a.grown(far).meets(&box_b) {
        return None;
    }
    let Scratch {
        near_a,
        near_b,
        runs,
    } = scratch;
    a.1.near(a.0, box_b.grown(far), near_a);
    b.1.near(b.0, box_a.grown(far), near_b);
    let met = Meeting::of(near_a, near_b, runs, reach);
    let corner = deepest_corner(near_a, b).max(deepest_corner(near_b, a));
    let chord = has_chord(near_a, near_b, b) || has_chord(near_b, near_a, a);
    let crossed = (met.crossed || corner > 0.0) && !met.is_shallow(corner, near_a, reach);
    let overlap = if chord || crossed {
        common_area(a.0, b.0)
    } else {
        0.0
    };
    // a strip of overlap is as deep as it is wide; where no boundary runs along, it is taken as a square
    let strip = if met.shared > NOISE {
        overlap / met.shared
    } else {
        overlap.sqrt()
    };
    let kind = if overlap > NOISE && corner.max(strip) > reach.tolerance {
        ContactKind::Overlap
    } else if met.exact > reach.tolerance.clamp(NOISE, MILLIMETRE)
        || met.shared > CORNER * reach.tolerance
    {
        ContactKind::Edge
    } else if met.gap <= reach.tolerance || overlap > NOISE {
        ContactKind::Point
    } else if met.gap <= reach.gap {
        ContactKind::Gap
    } else {
        return None;
    };
    let gap = if overlap > NOISE { 0.0 } else { met.gap };
    Some(Contact {
        kind,
        shared: met.shared,
        overlap,
        gap,
    })
}

/// How far the deepest corner of some edges reaches into `other`, 0 when none is inside; infinite when nothing of the
/// other's boundary is within reach of it.
fn deepest_corner(near: &[Near], other: Side<'_>) -> f64 {
    let deep = near.iter().filter(|near| near.distance > NOISE);
    deep.filter(|near| covers(other, near.edge.from))
        .map(|near| near.distance)
        .fold(0.0, f64::max)
}

/// Whether an edge runs through the inside of `other` from boundary to boundary: ground that both cover without an edge
/// that crosses another and without a corner inside, as of a diamond in a square.
fn has_chord(near: &[Near], others: &[Near], other: Side<'_>) -> bool {
    let mut touches = Vec::new();
    near.iter().filter(|near| near.may_cut()).any(|near| {
        let edge = &near.edge;
        let around = edge.bounds().grown(NOISE);
        let beside = || others.iter().filter(|b| around.meets(&b.edge.bounds()));
        let off =
            |point: Coord, edge: &IndexedEdge| super::ring::distance(point, edge.from, edge.to);
        let length = dot(edge.along(), edge.along()).sqrt();
        touches.clear();
        for b in beside() {
            let ends = [(edge.from, 0.0), (edge.to, length)];
            let at_end = ends.iter().filter(|(end, _)| off(*end, &b.edge) <= NOISE);
            touches.extend(at_end.map(|(_, place)| *place));
            if off(b.edge.from, edge) <= NOISE {
                touches.push(dot(edge.along(), b.edge.from - edge.from) / length);
            }
        }
        touches.sort_by(f64::total_cmp);
        touches.windows(2).any(|piece| {
            let middle = edge.from + edge.along() * (f64::midpoint(piece[0], piece[1]) / length);
            piece[1] - piece[0] > NOISE
                && beside().all(|b| off(middle, &b.edge) > NOISE)
                && covers(other, middle)
        })
    })
}

/// What comes out of looking at each pair of near edges.
struct Meeting {
    shared: f64,
    /// How much of that is shared to the last digit, but for noise.
    exact: f64,
    gap: f64,
    /// Two edges cross, or run along each other with both insides on the same side.
    crossed: bool,
    /// The farthest that edges which cross reach across each other; infinite where insides lie on the same side.
    reached: f64,
}

impl Meeting {
    fn of(near_a: &mut [Near], near_b: &mut [Near], runs: &mut Vec<Run>, reach: Reach) -> Self {
        let far = reach.tolerance.max(reach.gap);
        let mut met = Self {
            shared: 0.0,
            exact: 0.0,
            gap: f64::INFINITY,
            crossed: false,
            reached: 0.0,
        };
        for a in near_a.iter_mut() {
            runs.clear();
            let around = a.edge.bounds().grown(far);
            for b in near_b.iter_mut().filter(|b| around.meets(&b.edge.bounds())) {
                met.gap = met.gap.min(apart(a, b));
                if let Some(run) = run_along(&a.edge, &b.edge, reach.tolerance) {
                    a.along += run.length();
                    b.along += run.length();
                    // with both insides on the same side of it this is no boundary between the two
                    let same_side = dot(a.edge.along(), b.edge.along()) > 0.0;
                    if same_side {
                        met.crossed = true;
                        met.reached = f64::INFINITY;
                    }
                    if !same_side || run.length() > reach.tolerance {
                        met.exact += if run.exact { run.length() } else { 0.0 };
                        runs.push(run);
                    }
                } else if let Some(depth) = crossing(&a.edge, &b.edge) {
                    met.crossed = true;
                    met.reached = met.reached.max(depth);
                    met.gap = 0.0;
                }
            }
            met.shared += run::total(runs);
        }
        met
    }

    /// Whether the ground in common is only what rounding leaves along a shared boundary: so little that it prints as
    /// none, and no deeper than the tolerance.
    fn is_shallow(&self, corner: f64, near: &[Near], reach: Reach) -> bool {
        let length: f64 = near
            .iter()
            .map(|near| dot(near.edge.along(), near.edge.along()).sqrt())
            .sum();
        let most = self.reached.max(corner) * length;
        most < NEXT_TO_NOTHING && most < reach.tolerance * self.shared
    }
}

/// The distance between two edges; each keeps where the other touches it, and how near its first corner comes.
fn apart(a: &mut Near, b: &mut Near) -> f64 {
    let off = |point: Coord, edge: &IndexedEdge| super::ring::distance(point, edge.from, edge.to);
    let (from_a, to_a) = (off(a.edge.from, &b.edge), off(a.edge.to, &b.edge));
    let (from_b, to_b) = (off(b.edge.from, &a.edge), off(b.edge.to, &a.edge));
    a.distance = a.distance.min(from_a);
    b.distance = b.distance.min(from_b);
    let ends = [
        (from_a, a.edge.from),
        (to_a, a.edge.to),
        (from_b, b.edge.from),
        (to_b, b.edge.to),
    ];
    for (_, point) in ends.into_iter().filter(|(distance, _)| *distance <= NOISE) {
        a.touch(point);
        b.touch(point);
    }
    from_a.min(to_a).min(from_b).min(to_b)
}

/// How far two edges that cross between their ends reach across each other: all of one of them lies within that of the
/// other's line. `None` when they do not cross.
fn crossing(a: &IndexedEdge, b: &IndexedEdge) -> Option<f64> {
    let across = |line: &IndexedEdge, edge: &IndexedEdge| {
        let (from, to) = (
            side(line.from, line.to, edge.from),
            side(line.from, line.to, edge.to),
        );
        let length = dot(line.along(), line.along()).sqrt();
        (from * to < 0.0).then(|| from.abs().max(to.abs()) / length)
    };
    Some(across(a, b)?.min(across(b, a)?))
}

/// Whether `point` lies strictly inside the shape.
fn covers(shape: Side<'_>, point: Coord) -> bool {
    shape.1.bounds().holds(point)
        && shape
            .1
            .winding(shape.0, point)
            .is_some_and(|turns| turns > 0)
}

#[cfg(test)]
mod tests;
