//! Ground → the largest rectangle in it on which nothing stands, proved on the ground itself.

use geo::Coord;

use super::direction::directions;
use super::frame::{Frame, Side, TOUCH, area};
use super::ground::Ground;
use super::search::{Found, Search};
use crate::geometry::Bounds;
use crate::geometry::ring::{side, winding};

/// A rectangle in any direction, in metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rectangle {
    /// Its corners, counter-clockwise.
    pub corners: [Coord; 4],
    /// Its shorter side, in m.
    pub width: f64,
    /// Its longer side, in m.
    pub length: f64,
    /// Its area, in m².
    pub area: f64,
    /// No rectangle in one of the directions that were tried has a larger area, in m².
    pub at_most: f64,
}

/// How far a rectangle is drawn in until it is proved, in metres; it is given up after the last.
const MARGINS: [f64; 4] = [2.0 * TOUCH, 2e-5, 2e-4, 2e-3];

/// Steps of a side, as shares of the width: each half of the one before.
const STEPS: i32 = 9;

/// The orders in which sides are moved out.
const ORDERS: [[Side; 4]; 4] = [
    [Side::Left, Side::Right, Side::Bottom, Side::Top],
    [Side::Bottom, Side::Top, Side::Left, Side::Right],
    [Side::Right, Side::Top, Side::Left, Side::Bottom],
    [Side::Top, Side::Left, Side::Bottom, Side::Right],
];

pub(super) fn rectangle(ground: &Ground) -> Option<Rectangle> {
    let frames: Vec<Frame> = directions(ground)
        .into_iter()
        .map(|direction| Frame::of(ground, direction))
        .collect();
    let search = Search::of(&frames);
    let Found { frame, bounds } = search.best?;
    let frame = &frames[frame];
    let bounds = improved(frame, bounds);
    let slack = ground.slack.max(1e-9);
    // what is proved is larger than what is told by as much as its corners may move when they are rounded
    let proved = MARGINS.map(|margin| bounds.grown(-margin));
    let mut proved = proved.into_iter().filter(|proved| {
        let size = proved.max - proved.min;
        size.x.min(size.y) > 2.0 * slack && is_empty(ground, corners(frame, proved))
    });
    let drawn_in = proved.next()?.grown(-slack);
    let size = drawn_in.max - drawn_in.min;
    let area = area(&drawn_in);
    (area > 0.0).then(|| Rectangle {
        corners: corners(frame, &drawn_in).map(|corner| corner + ground.origin),
        width: size.x.min(size.y),
        length: size.x.max(size.y),
        area,
        at_most: search.at_most.max(area),
    })
}

fn corners(frame: &Frame, of: &Bounds) -> [Coord; 4] {
    let Bounds { min, max } = *of;
    let (left, right) = (Coord { x: min.x, y: max.y }, Coord { x: max.x, y: min.y });
    [min, right, max, left].map(|corner| frame.placed(corner))
}

/// The box with its sides moved, one or two of them inwards and then all outwards, as long as that makes it greater: this
/// is what slanted lines need, along which a corner can slide.
fn improved(frame: &Frame, found: Bounds) -> Bounds {
    let size = found.max - found.min;
    let window = found.grown(size.x.max(size.y));
    let edges: Vec<u32> = (0_u32..)
        .zip(&frame.edges)
        .map(|(edge, _)| edge)
        .filter(|&edge| frame.within(edge, &window).is_some())
        .collect();
    let spread = |of: Bounds| {
        let all = ORDERS.map(|order| frame.spread(of, order, &window, &edges));
        all.into_iter().fold(
            of,
            |best, of| if area(&of) > area(&best) { of } else { best },
        )
    };
    let mut best = spread(found);
    let sides = ORDERS[0];
    let pairs = sides
        .iter()
        .flat_map(|a| sides.iter().map(move |b| [*a, *b]));
    let moves: Vec<[Side; 2]> = pairs.filter(|[a, b]| (*a as u8) <= (*b as u8)).collect();
    for halving in 2..2 + STEPS {
        let size = best.max - best.min;
        let by = 0.5_f64.powi(halving);
        for pair in &moves {
            let mut shifted = best;
            for (number, side) in pair.iter().enumerate() {
                if number == 0 || pair[0] != pair[1] {
                    let is_across = matches!(side, Side::Left | Side::Right);
                    let size = if is_across { size.x } else { size.y };
                    *side.of(&mut shifted) += side.inwards() * by * size;
                }
            }
            if shifted.min.x < shifted.max.x && shifted.min.y < shifted.max.y {
                let larger = spread(shifted);
                if area(&larger) > area(&best) {
                    best = larger;
                }
            }
        }
    }
    best
}

/// Whether a rectangle lies in the parcel and meets no footprint, for certain: no edge comes up to it, and so all of it is
/// where one corner is.
fn is_empty(ground: &Ground, corners: [Coord; 4]) -> bool {
    let standing = ground.footprints.iter().flat_map(|shape| shape.rings());
    let standing: Option<i32> = standing.map(|ring| winding(ring, corners[0])).sum();
    let around = Bounds::of(&corners);
    let rings = [&ground.parcel, &ground.footprints].into_iter();
    let rings = rings.flat_map(|shapes| shapes.iter().flat_map(|shape| shape.rings()));
    let mut edges = rings.flat_map(|ring| ring.windows(2));
    edges.all(|edge| !Bounds::of(edge).meets(&around) || is_apart(&corners, edge[0], edge[1]))
        && ground.parcel_holds(corners[0])
        && standing == Some(0)
}

/// Whether a line along one of the sides, or along the segment, lies between: convex shapes that do not meet have one.
fn is_apart(corners: &[Coord; 4], a: Coord, b: Coord) -> bool {
    let beside = (0..4).any(|at| {
        let (from, to) = (corners[at], corners[(at + 1) % 4]);
        side(from, to, a) < 0.0 && side(from, to, b) < 0.0
    });
    beside
        || corners.iter().all(|&corner| side(a, b, corner) > 0.0)
        || corners.iter().all(|&corner| side(a, b, corner) < 0.0)
}
