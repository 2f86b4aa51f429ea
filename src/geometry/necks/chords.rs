//! The boundary of a polygon and a width → the chords that may cut it: none crosses another, shorter ones first.

use std::cmp::Ordering;

use geo::Coord;
use rustc_hash::FxHashMap;

use super::boundary::{Boundary, is_between};
use crate::geometry::ring::{distance, dot, side};
use crate::geometry::{Bounds, BoxIndex};

/// A chord takes off at least this many times its own length of boundary, or else at least …
const TIMES_ITSELF: f64 = 4.0;

/// … this many times the width.
const TIMES_WIDTH: f64 = 2.0;

/// A chord ends in a corner, or where another does, that is as near to its end as this share of the width.
const NEAR: f64 = 0.002;

/// The cosine between two chords of one corner that go to different sides.
const APART: f64 = 0.5;

/// Where a chord ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum End {
    /// At a node of the boundary.
    Node(u32),
    /// At a new place on an edge.
    Edge(u32),
}

/// A straight way through the inside, from a node to a place on the boundary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chord {
    pub(super) from: u32,
    pub(super) end: End,
    pub(super) line: [Coord; 2],
    /// How far a new end may lie beside its edge, times the length of that edge.
    pub(super) slack: f64,
}

impl Chord {
    fn along(&self) -> Coord {
        self.line[1] - self.line[0]
    }

    fn squared(&self) -> f64 {
        dot(self.along(), self.along())
    }

    /// Shorter ones first, then by the coordinates of their ends.
    fn order(&self, other: &Self) -> Ordering {
        let ends = |chord: &Self| {
            let [a, b] = chord.line;
            let swap = by_place(a, b).is_gt();
            if swap { [b, a] } else { [a, b] }
        };
        let ([a, b], [c, d]) = (ends(self), ends(other));
        let length = self.squared().total_cmp(&other.squared());
        length.then(by_place(a, c)).then(by_place(b, d))
    }

    /// Whether the two have more in common than one end.
    fn conflicts(&self, other: &Self) -> bool {
        let ([a, b], [c, d]) = (self.line, other.line);
        let shared = [(a, b, c, d), (a, b, d, c), (b, a, c, d), (b, a, d, c)];
        match shared.into_iter().find(|(a, _, c, _)| a == c) {
            Some((a, b, _, d)) => side(a, b, d) == 0.0 && dot(b - a, d - a) > 0.0,
            None => meet(self.line, other.line),
        }
    }
}

/// From left to right, then upwards.
pub(super) fn by_place(a: Coord, b: Coord) -> Ordering {
    a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
}

/// Whether two segments have a point in common, where neither has an end in common.
fn meet([a, b]: [Coord; 2], [c, d]: [Coord; 2]) -> bool {
    let bounds = (Bounds::of(&[a, b]), Bounds::of(&[c, d]));
    let apart = |s: f64, t: f64| (s > 0.0 && t > 0.0) || (s < 0.0 && t < 0.0);
    bounds.0.meets(&bounds.1)
        && !apart(side(a, b, c), side(a, b, d))
        && !apart(side(c, d, a), side(c, d, b))
}

/// All chords shorter than `width` that cross neither each other nor the boundary.
pub(super) fn find(boundary: &Boundary, width: f64) -> Vec<Chord> {
    let mut seen: Vec<Chord> = Vec::new();
    for corner in (0..).take(boundary.corners.len()) {
        if boundary.is_reflex(corner) {
            seen.extend(from_corner(boundary, corner, width).into_iter().flatten());
        }
    }
    seen.sort_by(Chord::order);
    let reach = NEAR * width;
    let index = BoxIndex::new(seen.iter().map(|chord| Bounds::of(&chord.line)));
    let mut taken: Vec<Option<Chord>> = vec![None; seen.len()];
    let mut ends: FxHashMap<u32, Vec<Coord>> = FxHashMap::default();
    for (at, mut chord) in seen.into_iter().enumerate() {
        if let End::Edge(edge) = chord.end {
            let off = |other: Coord| distance(other, chord.line[1], chord.line[1]);
            let others = ends.get(&edge).into_iter().flatten();
            let other = others.copied().find(|&other| off(other) <= reach);
            if let Some(other) = other.filter(|&other| other != chord.line[1]) {
                chord.line[1] = other;
                if !is_clear(boundary, &chord) {
                    continue;
                }
            }
        }
        let window = Bounds::of(&chord.line).grown(2.0 * reach);
        let mut others = index
            .meeting(window)
            .filter_map(|other| taken[other as usize]);
        if others.any(|other| chord.conflicts(&other)) || !keeps_its_edge(boundary, &chord) {
            continue;
        }
        if let End::Edge(edge) = chord.end {
            ends.entry(edge).or_default().push(chord.line[1]);
        }
        taken[at] = Some(chord);
    }
    taken.into_iter().flatten().collect()
}

/// The shortest chord from a corner, and the shortest to another side of it.
fn from_corner(boundary: &Boundary, corner: u32, width: f64) -> [Option<Chord>; 2] {
    let at = boundary.at(corner);
    let mut open: Vec<Chord> = boundary
        .near(Bounds::of(&[at]).grown(width))
        .filter_map(|edge| towards(boundary, corner, edge, width))
        .collect();
    open.sort_by(Chord::order);
    open.dedup_by(|a, b| a.line == b.line);
    let mut found: [Option<Chord>; 2] = [None; 2];
    for chord in open {
        let beside = |first: Chord| {
            let cosine = dot(first.along(), chord.along());
            cosine > APART * (first.squared() * chord.squared()).sqrt()
        };
        if found[0].is_some_and(beside)
            || is_wiggle(boundary, corner, &chord, width)
            || !is_clear(boundary, &chord)
        {
            continue;
        }
        if found[0].is_some() {
            found[1] = Some(chord);
            break;
        }
        found[0] = Some(chord);
    }
    found
}

/// The way from a corner to the nearest point of an edge, where it is shorter than `width`.
fn towards(boundary: &Boundary, corner: u32, edge: u32, width: f64) -> Option<Chord> {
    let node = boundary.corners[corner as usize].node;
    let [a, b] = boundary.ends(edge as usize);
    let at = boundary.at(corner);
    let start = boundary.corners[edge as usize];
    let ends = [start.node, boundary.corners[start.behind as usize].node];
    if ends.contains(&node) || distance(at, a, b) >= width {
        return None;
    }
    let along = b - a;
    let share = (dot(at - a, along) / dot(along, along)).clamp(0.0, 1.0);
    let foot = a + along * share;
    let near = |place: Coord| dot(foot - place, foot - place).sqrt() <= NEAR * width;
    let (end, place) = match (near(a), near(b)) {
        (true, _) if share <= 0.5 => (End::Node(ends[0]), a),
        (_, true) => (End::Node(ends[1]), b),
        _ => (End::Edge(edge), foot),
    };
    if let End::Node(end) = end
        && boundary.are_neighbours(node, end)
    {
        return None;
    }
    let far = place.x.abs().max(place.y.abs());
    let slack = match end {
        End::Node(_) => 0.0,
        End::Edge(_) => dot(along, along).sqrt() * (far.next_up() - far),
    };
    let chord = Chord {
        from: node,
        end,
        line: [at, place],
        slack,
    };
    let fits = chord.squared() < width * width && chord.squared() > 0.0;
    (fits && boundary.opens(node, place)).then_some(chord)
}

/// Whether a chord runs through the inside, and meets the boundary nowhere but at its ends.
fn is_clear(boundary: &Boundary, chord: &Chord) -> bool {
    let [from, to] = chord.line;
    let arrives = match chord.end {
        End::Node(node) => boundary.opens(node, from),
        End::Edge(edge) => {
            let [a, b] = boundary.ends(edge as usize);
            let turn = [a, to, b];
            side(a, b, from) > 0.0
                && side(a, to, from) > 0.0
                && side(to, b, from) > 0.0
                && is_between(turn, from)
        }
    };
    let mut others = boundary.near(Bounds::of(&chord.line));
    arrives
        && boundary.opens(chord.from, to)
        && others.all(|edge| {
            let ends = boundary.ends(edge as usize);
            chord.end == End::Edge(edge)
                || ends.contains(&from)
                || ends.contains(&to)
                || !meet(chord.line, ends)
        })
}

/// Whether the edge on which a chord ends, bent to that end by its rounding, still meets no other edge.
fn keeps_its_edge(boundary: &Boundary, chord: &Chord) -> bool {
    let End::Edge(edge) = chord.end else {
        return true;
    };
    let ([a, b], to) = (boundary.ends(edge as usize), chord.line[1]);
    boundary.near(Bounds::of(&[a, to, b])).all(|other| {
        let ends = boundary.ends(other as usize);
        let is_next = ends.contains(&a) || ends.contains(&b);
        is_next || !(meet([a, to], ends) || meet([to, b], ends))
    })
}

/// Whether a chord takes off so little of its ring that it is no neck.
fn is_wiggle(boundary: &Boundary, corner: u32, chord: &Chord, width: f64) -> bool {
    let most = (TIMES_ITSELF * chord.squared().sqrt()).min(TIMES_WIDTH * width);
    let place = chord.line[1];
    let onward = |corner: u32| boundary.corners[corner as usize].behind;
    let back = |corner: u32| boundary.corners[corner as usize].before;
    let is_short = |target: u32, step: &dyn Fn(u32) -> u32| {
        let (mut at, mut way) = (corner, 0.0);
        let length = |a: Coord, b: Coord| dot(b - a, b - a).sqrt();
        while at != target && way < most {
            let next = step(at);
            way += length(boundary.at(at), boundary.at(next));
            at = next;
            if at == corner {
                return false;
            }
        }
        way + length(boundary.at(at), place) < most
    };
    match chord.end {
        End::Edge(edge) => is_short(edge, &onward) || is_short(onward(edge), &back),
        End::Node(node) => {
            let mut ends = boundary.corners_at(node);
            ends.any(|end| is_short(end, &onward) || is_short(end, &back))
        }
    }
}
