//! Two shapes → the strips of ground between stretches of their boundaries that face each other within a tolerance.

use geo::Coord;

use crate::geometry::Side;
use crate::geometry::ring::{cross, dot};

/// Shorter, or nearer, than this is rounding, in units of the CRS.
const NOISE: f64 = 1e-6;

/// How steeply boundaries may part where the tolerance, not a corner, ends a strip: about 6 degrees. Those that part more
/// steeply meet in a corner, and a corner is no boundary in common.
const STEEPEST: f64 = 0.1;

/// The ground between an edge and a stretch of another shape's boundary that faces it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Strip {
    /// Both ends, each from the edge across to the other boundary.
    pub(super) ends: [End; 2],
    /// How long it is, in units of the CRS.
    pub(super) length: f64,
}

/// An end of a strip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct End {
    pub(super) near: Coord,
    pub(super) far: Coord,
    /// How wide the gap is there; 0 where the boundaries touch.
    pub(super) width: f64,
    /// The gap goes on there, wider than the tolerance.
    pub(super) cut: bool,
}

impl Strip {
    /// Its corners counter-clockwise, closed, none twice; fewer than four where there is no ground in it.
    pub(super) fn ring(&self) -> Vec<Coord> {
        let [from, to] = self.ends;
        let mut ring = vec![from.far, to.far, to.near, from.near];
        ring.dedup();
        if ring.first() == ring.last() {
            ring.pop();
        }
        ring.extend(ring.first().copied());
        ring
    }

    /// The gap at its widest.
    pub(super) fn width(&self) -> f64 {
        self.ends[0].width.max(self.ends[1].width)
    }
}

/// The strips along the edges of `a` that `b` faces within `tolerance`, which may overlap each other.
pub(super) fn strips_along(a: Side<'_>, b: Side<'_>, tolerance: f64) -> Vec<Strip> {
    let edges = |one: Side<'_>, other: Side<'_>| {
        let mut edges = Vec::new();
        one.1.all_near(
            one.0,
            other.1.bounds().grown(tolerance + NOISE),
            |from, to| {
                edges.push((from, to));
                true
            },
        );
        edges
    };
    // a gap as wide as the tolerance is closed, whatever the last digits of its corners
    let tolerance = tolerance + NOISE;
    let (of_a, of_b) = (edges(a, b), edges(b, a));
    let box_of = |(from, to)| crate::geometry::Bounds::of(&[from, to]);
    let mut strips = Vec::new();
    for edge in of_a {
        let around = box_of(edge).grown(tolerance);
        let near = of_b.iter().filter(|other| around.meets(&box_of(**other)));
        strips.extend(near.filter_map(|other| facing(edge, *other, tolerance)));
    }
    strips
}

/// The strip between an edge and another that runs the other way on its outer side.
fn facing(a: (Coord, Coord), b: (Coord, Coord), tolerance: f64) -> Option<Strip> {
    let along = a.1 - a.0;
    let length = dot(along, along).sqrt();
    let unit = along / length;
    let place = |point: Coord| dot(unit, point - a.0);
    // the inside is on the left, so that what faces it lies on the right
    let off = |point: Coord| -cross(unit, point - a.0);
    let (start, end) = (place(b.1), place(b.0));
    if end - start <= NOISE {
        return None;
    }
    let (off_start, slope) = (off(b.1), (off(b.0) - off(b.1)) / (end - start));
    let width_at = |place: f64| off_start + slope * (place - start);
    let place_of = |width: f64| start + (width - off_start) / slope;
    let (mut from, mut to, mut cut) = (start.max(0.0), end.min(length), [false; 2]);
    if slope == 0.0 {
        if !(0.0..=tolerance).contains(&off_start) {
            return None;
        }
    } else {
        let (touching, widest) = (place_of(0.0), place_of(tolerance));
        cut = [slope < 0.0 && widest > from, slope > 0.0 && widest < to];
        from = from.max(touching.min(widest));
        to = to.min(touching.max(widest));
    }
    let steep = (cut[0] || cut[1]) && slope.abs() > STEEPEST;
    if to - from <= NOISE || steep {
        return None;
    }
    let right = Coord {
        x: unit.y,
        y: -unit.x,
    };
    let end_at = |place: f64, cut| {
        let width = width_at(place).clamp(0.0, tolerance);
        let near = a.0 + unit * place;
        End {
            near,
            far: near + right * width,
            width,
            cut,
        }
    };
    let strip = Strip {
        ends: [end_at(from, cut[0]), end_at(to, cut[1])],
        length: to - from,
    };
    (strip.width() > NOISE).then_some(strip)
}
