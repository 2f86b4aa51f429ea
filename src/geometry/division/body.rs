//! Something that no line may cut → how far it reaches across a direction, and where it blocks a line.

use geo::Coord;
use geo::algorithm::convex_hull::quick_hull;

use crate::geometry::ring::{distance, dot, signed_area};

use super::line::{Line, NEAR};
use super::piece::holds;

/// A thing, or a hole of the plot, as far as it lies in the plot.
#[derive(Clone, Debug)]
pub(super) struct Body {
    /// Its number among the things given, `None` for a hole.
    pub thing: Option<usize>,
    pub counts: bool,
    /// No line may come nearer.
    pub clearance: f64,
    /// Its parts' outer rings, open. A courtyard cannot be reached without crossing what is around it.
    pub parts: Vec<Vec<Coord>>,
    /// A point inside each part.
    pub insides: Vec<Coord>,
    pub hull: Vec<Coord>,
    /// The longest unbroken stretch with access on a hole's border.
    pub access: f64,
}

impl Body {
    /// `None` where nothing with an area is left of it.
    pub fn new(
        thing: Option<usize>,
        counts: bool,
        clearance: f64,
        parts: Vec<Vec<Coord>>,
    ) -> Option<Self> {
        let parts: Vec<_> = parts
            .into_iter()
            .filter(|ring| ring.len() > 2 && area(ring) > 1e-6)
            .collect();
        let insides = parts
            .iter()
            .map(|ring| inside(ring))
            .collect::<Option<_>>()?;
        let mut points = parts.concat();
        if points.is_empty() {
            return None;
        }
        let mut hull = quick_hull(&mut points).0;
        hull.pop();
        Some(Self {
            thing,
            counts,
            clearance,
            parts,
            insides,
            hull,
            access: 0.0,
        })
    }

    /// The area it takes from the plot: that of a hole.
    pub fn hole_area(&self) -> f64 {
        if self.thing.is_some() {
            return 0.0;
        }
        self.parts.iter().map(|ring| area(ring)).sum()
    }

    pub fn hole_perimeter(&self) -> f64 {
        if self.thing.is_some() {
            return 0.0;
        }
        let edges = self.parts.iter().flat_map(|ring| edges(ring));
        edges.map(|(a, b)| super::piece::length(b - a)).sum()
    }

    /// From where to where it reaches across a direction, clearance included.
    pub fn span(&self, across: Coord) -> (f64, f64) {
        let offsets = self.hull.iter().map(|&corner| dot(corner, across));
        let (low, high) = offsets.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
            (low.min(at), high.max(at))
        });
        (low - self.clearance, high + self.clearance)
    }

    /// The stretches of a line that it blocks, as distances along the line, in any order.
    pub fn blocks(&self, line: &Line, mut each: impl FnMut(f64, f64)) {
        for ring in &self.parts {
            if self.clearance <= NEAR {
                // what touches the line from one side blocks it only on that side
                let sides = [-NEAR, NEAR].map(|step| crossed(ring, line, step));
                for a in sides[0].chunks_exact(2) {
                    for b in sides[1].chunks_exact(2) {
                        let (from, to) = (a[0].max(b[0]), a[1].min(b[1]));
                        if from < to {
                            each(from, to);
                        }
                    }
                }
                continue;
            }
            for pair in crossed(ring, line, 0.0).chunks_exact(2) {
                each(pair[0], pair[1]);
            }
            let reach = self.clearance - NEAR;
            for (a, b) in edges(ring) {
                if let Some((from, to)) = beside(line.seen(a), line.seen(b), reach) {
                    each(from, to);
                }
            }
        }
    }

    /// Whether it blocks a line anywhere between two places along it.
    pub fn is_between(&self, line: &Line, from: f64, to: f64) -> bool {
        let overlaps = |a: f64, b: f64| a < to - NEAR && b > from + NEAR;
        if self.clearance > NEAR {
            let reach = self.clearance - NEAR;
            let mut edges = self.parts.iter().flat_map(|ring| edges(ring));
            let is_near = |(a, b)| beside(line.seen(a), line.seen(b), reach);
            if edges.any(|edge| is_near(edge).is_some_and(|(a, b)| overlaps(a, b))) {
                return true;
            }
        }
        let mut found = false;
        self.blocks(line, |a, b| found |= overlaps(a, b));
        found
    }

    /// Whether a corner of a ring lies in its hull, or so near that a line from there may come into one of its bays.
    pub fn is_entered(&self, ring: &[Coord]) -> bool {
        let corners: usize = self.parts.iter().map(Vec::len).sum();
        let is_convex = self.hull.len() == corners;
        let near = |at: Coord| {
            let mut off = edges(&self.hull).map(|(a, b)| distance(at, a, b));
            holds(&self.hull, at) || off.any(|off| off < self.clearance)
        };
        !is_convex && ring.iter().any(|&at| near(at))
    }

    /// The distance from a segment, 0 where they meet.
    pub fn distance(&self, a: Coord, b: Coord) -> f64 {
        let mut nearest = f64::INFINITY;
        for ring in &self.parts {
            if holds(ring, a) {
                return 0.0;
            }
            for (c, d) in edges(ring) {
                nearest = nearest.min(apart((a, b), (c, d)));
            }
        }
        nearest
    }
}

/// The distance of two segments, 0 where they cross.
pub(super) fn apart((a, b): (Coord, Coord), (c, d): (Coord, Coord)) -> f64 {
    let turn = |a: Coord, b: Coord, c: Coord| crate::geometry::ring::cross(b - a, c - a);
    let parts = |a, b, c, d| (turn(a, b, c) > 0.0) != (turn(a, b, d) > 0.0);
    if parts(a, b, c, d) && parts(c, d, a, b) {
        return 0.0;
    }
    let ends = distance(a, c, d).min(distance(b, c, d));
    ends.min(distance(c, a, b)).min(distance(d, a, b))
}

pub(super) fn edges(ring: &[Coord]) -> impl Iterator<Item = (Coord, Coord)> {
    let next = ring.iter().cycle().skip(1);
    ring.iter().copied().zip(next.copied())
}

/// The area of an open ring.
pub(super) fn area(ring: &[Coord]) -> f64 {
    signed_area(ring).abs()
}

/// Where a line, moved aside by `step`, enters and leaves an open ring, in order.
fn crossed(ring: &[Coord], line: &Line, step: f64) -> Vec<f64> {
    let mut at: Vec<f64> = edges(ring)
        .filter_map(|(a, b)| {
            let (a, b) = (line.seen(a), line.seen(b));
            let (off_a, off_b) = (a.y - step, b.y - step);
            let crosses = (off_a > 0.0) != (off_b > 0.0);
            crosses.then(|| a.x + (b.x - a.x) * (off_a / (off_a - off_b)))
        })
        .collect();
    at.sort_unstable_by(f64::total_cmp);
    at
}

/// The part of the line (here the axis y = 0) that lies within `reach` of the segment from `a` to `b`.
fn beside(a: Coord, b: Coord, reach: f64) -> Option<(f64, f64)> {
    if a.y.min(b.y) >= reach || a.y.max(b.y) <= -reach {
        return None;
    }
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut take = |x: f64| {
        low = low.min(x);
        high = high.max(x);
    };
    for end in [a, b] {
        if end.y.abs() < reach {
            let half = (reach * reach - end.y * end.y).sqrt();
            take(end.x - half);
            take(end.x + half);
        }
    }
    let along = b - a;
    let long = super::piece::length(along);
    if long > 0.0 {
        let off = Coord {
            x: -along.y,
            y: along.x,
        } * (reach / long);
        for (a, b) in [(a + off, b + off), (a - off, b - off)] {
            if (a.y > 0.0) != (b.y > 0.0) {
                take(a.x + (b.x - a.x) * (a.y / (a.y - b.y)));
            }
        }
    }
    (low < high).then_some((low, high))
}

/// A point well inside an open ring: in the middle of the widest part of the line half way up.
fn inside(ring: &[Coord]) -> Option<Coord> {
    let (low, high) = ring
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
            (low.min(at.y), high.max(at.y))
        });
    let level = |share: f64| {
        let y = low + (high - low) * share;
        let line = Line {
            along: Coord { x: 1.0, y: 0.0 },
            offset: y,
        };
        let crossings = crossed(ring, &line, 0.0);
        let widest = crossings
            .chunks_exact(2)
            .max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
        Some((
            widest[1] - widest[0],
            Coord {
                x: f64::midpoint(widest[0], widest[1]),
                y,
            },
        ))
    };
    [0.5, 0.29, 0.77]
        .into_iter()
        .filter_map(level)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, at)| at)
}
