//! A piece and its bodies → the directions in which lines are tried.

use std::f64::consts::PI;

use geo::Coord;

use super::body::{Body, edges};
use super::piece::{LotPiece, length};
use super::quota::count;

/// How many directions are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fan {
    /// Those of edges, at right angles to them, and every ten degrees.
    Coarse,
    /// Those in which a free line comes or goes, those between, and so many more that no free line half a metre wide is missed.
    Fine,
}

/// More points and bodies than this are not paired with each other.
const PAIRED: usize = 40;

/// A direction to either side as one: the angle from 0 up to π and the vector of length one.
fn folded(along: Coord) -> Option<(f64, Coord)> {
    let long = length(along);
    if long <= 1e-9 || !long.is_finite() {
        return None;
    }
    let mut along = along / long;
    if along.y < 0.0 || (along.y == 0.0 && along.x < 0.0) {
        along = -along;
    }
    let angle = along.y.atan2(along.x);
    Some((angle, along + Coord::zero()))
}

/// The directions of the longest edges of the ring and the bodies, and those at right angles, longest sums first.
pub(super) fn along_edges(piece: &LotPiece, all: &[Body], most: usize) -> Vec<Coord> {
    let parts = piece.bodies.iter().flat_map(|&body| &all[body].parts);
    let rings = std::iter::once(&piece.ring).chain(parts);
    let mut found: Vec<(f64, Coord, f64)> = rings
        .flat_map(|ring| edges(ring))
        .filter_map(|(a, b)| {
            let (angle, along) = folded(b - a)?;
            // both at right angles are one
            let (angle, along) = if angle >= PI / 2.0 {
                folded(Coord {
                    x: along.y,
                    y: -along.x,
                })?
            } else {
                (angle, along)
            };
            Some((angle, along, length(b - a)))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.2.total_cmp(&a.2)));
    // edges within half a degree go with the longest of them
    let mut groups: Vec<(f64, Coord, f64, f64)> = Vec::new();
    for (angle, along, long) in found {
        match groups.last_mut() {
            Some(group) if angle - group.0 < 0.009 => {
                group.3 += long;
                if long > group.2 {
                    (group.1, group.2) = (along, long);
                }
            }
            _ => groups.push((angle, along, long, long)),
        }
    }
    groups.sort_by(|a, b| b.3.total_cmp(&a.3).then(a.0.total_cmp(&b.0)));
    groups.truncate(most);
    let both = |&(_, along, _, _): &(f64, Coord, f64, f64)| {
        let right = Coord {
            x: -along.y,
            y: along.x,
        };
        [Some(along), folded(right).map(|(_, right)| right)]
    };
    groups.iter().flat_map(both).flatten().collect()
}

/// The directions to try in a piece; `points` are places on its border that matter.
pub(super) fn directions(piece: &LotPiece, all: &[Body], points: &[Coord], fan: Fan) -> Vec<Coord> {
    let most = if fan == Fan::Coarse { 6 } else { 60 };
    let mut found: Vec<(f64, Coord)> = along_edges(piece, all, most)
        .into_iter()
        .filter_map(folded)
        .collect();
    let step = if fan == Fan::Coarse {
        PI / 18.0
    } else {
        pairs(piece, all, points, &mut found);
        (1.5 / diameter(piece)).clamp(PI / 720.0, PI / 90.0)
    };
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.x.total_cmp(&b.1.x)));
    found.dedup_by(|b, a| b.0 - a.0 < 1e-7);
    let mut between = Vec::new();
    for index in 0..found.len() {
        let here = found[index].0;
        let next = found
            .get(index + 1)
            .map_or_else(|| found[0].0 + PI, |next| next.0);
        let parts = ((next - here) / step).ceil().max(1.0);
        // the middle between two directions in which something begins or ends counts most
        let parts = if fan == Fan::Fine && parts < 2.0 {
            2.0
        } else {
            parts
        };
        let mut part = 1.0;
        while part < parts {
            let angle = here + (next - here) * part / parts;
            let (y, x) = angle.sin_cos();
            between.extend(folded(Coord { x, y }));
            part += 1.0;
        }
    }
    found.extend(between);
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, along)| along).collect()
}

fn diameter(piece: &LotPiece) -> f64 {
    let (mut low, mut high) = (piece.ring[0], piece.ring[0]);
    for at in &piece.ring {
        low = Coord {
            x: low.x.min(at.x),
            y: low.y.min(at.y),
        };
        high = Coord {
            x: high.x.max(at.x),
            y: high.y.max(at.y),
        };
    }
    length(high - low)
}

/// The directions of lines that pass between two bodies and touch both, as near as lines may come.
fn pairs(piece: &LotPiece, all: &[Body], points: &[Coord], found: &mut Vec<(f64, Coord)>) {
    let corners = if piece.is_convex {
        Vec::new()
    } else {
        reflex(piece)
    };
    let points = points.iter().chain(&corners);
    let bodies = piece.bodies.iter().map(|&body| {
        let body = &all[body];
        (body.hull.clone(), body.clearance)
    });
    let hulls: Vec<(Vec<Coord>, f64)> = bodies
        .chain(points.map(|&at| (vec![at], 0.0)))
        .take(PAIRED)
        .collect();
    for (index, (a, near_a)) in hulls.iter().enumerate() {
        for (b, near_b) in &hulls[..index] {
            let reach = near_a + near_b;
            for &p in a {
                for &q in b {
                    touching((a, p), (b, q), reach, found);
                }
            }
        }
    }
}

/// The directions in which two hulls, seen along a line, are just `reach` apart at these two corners.
fn touching(
    (a, p): (&[Coord], Coord),
    (b, q): (&[Coord], Coord),
    reach: f64,
    found: &mut Vec<(f64, Coord)>,
) {
    let to = q - p;
    let long = length(to);
    if long <= reach.max(1e-9) {
        return;
    }
    let sine = reach / long;
    let cosine = (1.0 - sine * sine).sqrt();
    for sine in [sine, -sine] {
        let along = Coord {
            x: to.x * cosine - to.y * sine,
            y: to.x * sine + to.y * cosine,
        } / long;
        let across = |at: Coord| crate::geometry::ring::cross(along, at);
        let (at_p, at_q) = (across(p), across(q));
        // one lies wholly on this side, the other on that
        let up = if reach > 0.0 { at_q < at_p } else { true };
        let lies = |hull: &[Coord], at: f64, above: bool| {
            hull.iter().all(|&corner| {
                let off = across(corner) - at;
                if above { off > -1e-9 } else { off < 1e-9 }
            })
        };
        let is_tangent = (lies(a, at_p, up) && lies(b, at_q, !up))
            || (reach == 0.0 && lies(a, at_p, !up) && lies(b, at_q, up));
        if is_tangent {
            found.extend(folded(along));
        }
    }
}

/// The corners at which the ring turns right.
fn reflex(piece: &LotPiece) -> Vec<Coord> {
    let count = piece.ring.len();
    let corner = |at: usize| piece.ring[at % count];
    (0..count)
        .filter(|&at| {
            let (before, here, next) = (corner(at + count - 1), corner(at), corner(at + 1));
            crate::geometry::ring::cross(here - before, next - here) < 0.0
        })
        .map(corner)
        .take(PAIRED)
        .collect()
}

/// The angle between two directions to either side, in degrees from 0 to 90.
pub(super) fn angle_between(a: Coord, b: Coord) -> f64 {
    let across = crate::geometry::ring::cross(a, b).abs();
    let along = crate::geometry::ring::dot(a, b).abs();
    across.atan2(along).to_degrees()
}

/// The mean of some numbers, 1 for none.
pub(super) fn mean(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let many = numbers.len();
    if many == 0 {
        return 1.0;
    }
    numbers.sum::<f64>() / count(many)
}
