//! A ring and segments along it that give access → the ring with a corner wherever access begins or ends.

use geo::Coord;

use crate::geometry::ring::{cross, dot};

use super::body::edges;
use super::piece::{LotPieceKind, length};

/// What lies this near to the border, in metres, lies on it.
const ON: f64 = 1e-3;

/// A ring with marks: its corners, where they come from, and whether the edge behind each gives access.
pub(super) type Marked = (Vec<Coord>, Vec<LotPieceKind>, Vec<bool>);

/// Marks an open ring.
pub(super) fn mark(ring: &[Coord], access: &[[Coord; 2]]) -> Marked {
    let (mut corners, mut kinds, mut open) = (Vec::new(), Vec::new(), Vec::new());
    let mut stretches = Vec::new();
    let mut access = access.to_vec();
    let left = |[a, b]: &[Coord; 2]| a.x.min(b.x);
    let right = |[a, b]: &[Coord; 2]| a.x.max(b.x);
    access.sort_by(|a, b| left(a).total_cmp(&left(b)));
    let widest = access.iter().map(|ends| right(ends) - left(ends));
    let widest = widest.fold(0.0, f64::max);
    for (a, b) in edges(ring) {
        // only those that may reach the edge: nothing else begins where these do
        let reach = [left(&[a, b]) - widest - ON, right(&[a, b]) + ON];
        let [first, last] = reach.map(|x| access.partition_point(|ends| left(ends) < x));
        let long = length(b - a);
        let along = (b - a) / long;
        stretches.clear();
        stretches.extend(access[first..last].iter().filter_map(|&segment| {
            let seen = segment.map(|at| Coord {
                x: dot(along, at - a),
                y: cross(along, at - a),
            });
            on_edge(seen, long)
        }));
        stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
        // where each stretch of access, those that meet joined, begins and ends
        let mut ends: Vec<(f64, f64)> = Vec::new();
        for &(from, to) in &stretches {
            match ends.last_mut() {
                Some(last) if from <= last.1 + 2.0 * ON => last.1 = last.1.max(to),
                _ => ends.push((from, to)),
            }
        }
        let mut push = |at: Coord, kind: LotPieceKind, is_open: bool| {
            corners.push(at);
            kinds.push(kind);
            open.push(is_open);
        };
        let starts_open = ends.first().is_some_and(|first| first.0 <= 2.0 * ON);
        push(a, LotPieceKind::Corner, starts_open);
        for (from, to) in ends {
            if from > 2.0 * ON {
                push(a + along * from, LotPieceKind::Mark, true);
            }
            if to < long - 2.0 * ON {
                push(a + along * to, LotPieceKind::Mark, false);
            }
        }
    }
    (corners, kinds, open)
}

/// The part of an edge, here from 0 to `long` on the axis y = 0, that a segment lies on.
fn on_edge([mut a, mut b]: [Coord; 2], long: f64) -> Option<(f64, f64)> {
    if a.x > b.x {
        (a, b) = (b, a);
    }
    if a.x > long || b.x < 0.0 || a.y.min(b.y) > ON || a.y.max(b.y) < -ON {
        return None;
    }
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let rise = b.y - a.y;
    if rise.abs() > ON {
        let at = |y: f64| (y - a.y) / rise;
        from = from.max(at(-ON).min(at(ON)));
        to = to.min(at(-ON).max(at(ON)));
    }
    let at = |share: f64| (a.x + (b.x - a.x) * share).clamp(0.0, long);
    let (from, to) = (at(from), at(to));
    (to - from > 2.0 * ON).then_some((from, to))
}
