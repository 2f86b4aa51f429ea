//! A polygon and lines that somebody drew → the parts that the lines cut it into.

use geo::{Coord, LineString, Polygon};

use crate::geometry::ring::dot;

use super::body::{Body, apart, edges};
use super::ground::tidy;
use super::line::NEAR;
use super::lots::{Atlas, is_simple, rings};
use super::piece::{LotPiece, LotPieceKind, Place, holds, length};

/// Why lines do not cut a polygon into parts.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum CutError {
    /// The shell has no area.
    #[error("the polygon has no area: give a ring of three corners or more")]
    NoPolygon,
    /// A line that lies outside, or along the border.
    #[error("line `{line}` cuts nothing: draw it through the polygon, from border to border")]
    Nothing {
        /// The number of the line, from 0.
        line: usize,
    },
    /// A line that ends inside.
    #[error(
        "line `{line}` ends at `{x} {y}`, {distance:.3} m from the border: draw it as far as the border, or an earlier line"
    )]
    Ends {
        /// The number of the line, from 0.
        line: usize,
        /// Easting of its end, in m.
        x: f64,
        /// Northing of its end, in m.
        y: f64,
        /// How far the border is, in m.
        distance: f64,
    },
    /// A line that meets a hole.
    #[error("line `{line}` meets a hole: draw it round the hole")]
    Hole {
        /// The number of the line, from 0.
        line: usize,
    },
    /// A line that crosses itself, or runs back along itself or the border.
    #[error("line `{line}` meets itself or runs along the border: draw it without loops")]
    Loop {
        /// The number of the line, from 0.
        line: usize,
    },
}

/// The parts that lines cut a polygon into, one line after the other: each runs from border to border, or to a line before
/// it, and may cross several parts. An end may overshoot, or fall short, by `tolerance` metres. Parts have the same corners
/// along a line, closed rings, shells counter-clockwise, and come in the order of their first corners from the left.
///
/// # Errors
///
/// When a line ends inside, meets a hole or itself, or cuts nothing.
pub fn cut(
    shell: &[Coord],
    holes: &[Vec<Coord>],
    lines: &[Vec<Coord>],
    tolerance: f64,
) -> Result<Vec<Polygon>, CutError> {
    let origin = *shell.first().ok_or(CutError::NoPolygon)?;
    let given = holes.iter().flatten().chain(shell);
    let corners: Vec<_> = given.map(|&at| (at - origin, at)).collect();
    let ring = tidy(shell, origin, true).ok_or(CutError::NoPolygon)?;
    let holes = holes.iter().filter_map(|ring| tidy(ring, origin, true));
    let bodies: Vec<Body> = holes
        .filter_map(|ring| Body::new(None, false, 0.0, vec![ring]))
        .collect();
    let count = ring.len();
    let whole = LotPiece::new(
        ring,
        vec![LotPieceKind::Corner; count],
        vec![false; count],
        (0..bodies.len()).collect(),
        &bodies,
    );
    let mut pieces = vec![whole];
    for (number, line) in lines.iter().enumerate() {
        let mut line: Vec<Coord> = line.iter().map(|&at| at - origin).collect();
        line.dedup();
        cut_by(&mut pieces, &bodies, &line, number, tolerance).map_err(|error| match error {
            CutError::Ends {
                line,
                x,
                y,
                distance,
            } => CutError::Ends {
                line,
                x: x + origin.x,
                y: y + origin.y,
                distance,
            },
            other => other,
        })?;
    }
    let atlas = Atlas::new(&corners, origin);
    let close = |ring: &[Coord], is_left: bool| {
        let ring: Vec<Coord> = ring.iter().map(|&at| atlas.place(at)).collect();
        LineString(tidy(&ring, Coord::zero(), is_left).unwrap_or_default())
    };
    let parts = pieces.iter().zip(rings(&pieces)).map(|(piece, ring)| {
        let holes = piece.bodies.iter().map(|&hole| &bodies[hole].parts[0]);
        Polygon::new(
            close(&ring, true),
            holes.map(|hole| close(hole, false)).collect(),
        )
    });
    let mut parts: Vec<Polygon> = parts.collect();
    parts.sort_by(|a, b| super::ground::by_coords(&a.exterior().0, &b.exterior().0));
    Ok(parts)
}

/// Cuts all pieces by one line.
fn cut_by(
    pieces: &mut Vec<LotPiece>,
    holes: &[Body],
    line: &[Coord],
    number: usize,
    tolerance: f64,
) -> Result<(), CutError> {
    let mut chords = Vec::new();
    for piece in pieces.iter() {
        chords.extend(inner_parts(piece, line, number, tolerance)?);
    }
    if chords.is_empty() {
        return Err(CutError::Nothing { line: number });
    }
    for chord in chords {
        let legs = || chord.windows(2);
        if legs().any(|leg| {
            holes
                .iter()
                .any(|hole| hole.distance(leg[0], leg[1]) < NEAR)
        }) {
            return Err(CutError::Hole { line: number });
        }
        let halves = pieces.iter().enumerate().find_map(|(at, piece)| {
            let is_within = holds(&piece.ring, within(&chord)?);
            is_within.then(|| Some((at, halves(piece, &chord, holes)?)))?
        });
        let (at, [left, right]) = halves.ok_or(CutError::Loop { line: number })?;
        pieces[at] = left;
        pieces.push(right);
    }
    Ok(())
}

/// A place on a line that is not one of its ends: the middle of its longest leg.
fn within(line: &[Coord]) -> Option<Coord> {
    let longest = line.windows(2).max_by(|a, b| {
        let long = |leg: &[Coord]| length(leg[1] - leg[0]);
        long(a).total_cmp(&long(b))
    })?;
    Some((longest[0] + longest[1]) / 2.0)
}

fn halves(piece: &LotPiece, chord: &[Coord], holes: &[Body]) -> Option<[LotPiece; 2]> {
    let (from, to) = (
        place(piece, chord[0])?,
        place(piece, chord[chord.len() - 1])?,
    );
    let bends = &chord[1..chord.len() - 1];
    if from.edge == to.edge && from.share == to.share {
        return None;
    }
    let mut left = Vec::new();
    piece.ring_left_of(&from, bends, &to, &mut left);
    let is_left = |hole: usize| holds(&left, holes[hole].insides[0]);
    let halves = piece.split((from, bends, to), is_left, holes);
    let is_part = |half: &LotPiece| half.ring.len() > 2 && half.area > 0.0 && is_simple(half);
    halves.iter().all(is_part).then_some(halves)
}

/// The place on a ring at a point that lies on it.
fn place(piece: &LotPiece, at: Coord) -> Option<Place> {
    let corner = piece
        .ring
        .iter()
        .position(|&corner| length(corner - at) < NEAR);
    if let Some(edge) = corner {
        let at = piece.ring[edge];
        return Some(Place {
            edge,
            share: 0.0,
            at,
        });
    }
    let (edge, share) = nearest(piece, at)?;
    Some(Place { edge, share, at })
}

/// The nearest edge to a point, and how far along it the nearest place is.
fn nearest(piece: &LotPiece, at: Coord) -> Option<(usize, f64)> {
    let off = edges(&piece.ring).map(|(a, b)| crate::geometry::ring::distance(at, a, b));
    let (edge, _) = off.enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let (a, b) = (piece.ring[edge], piece.end(edge));
    let share = dot(at - a, b - a) / dot(b - a, b - a);
    Some((edge, share.clamp(0.0, 1.0 - f64::EPSILON)))
}

/// A place on a line where it meets a ring, in the order along the line.
#[derive(Clone, Copy)]
struct Meeting {
    leg: usize,
    share: f64,
    at: Coord,
}

/// The parts of a line strictly inside a piece, each from border to border.
fn inner_parts(
    piece: &LotPiece,
    line: &[Coord],
    number: usize,
    tolerance: f64,
) -> Result<Vec<Vec<Coord>>, CutError> {
    let mut parts = Vec::new();
    let meetings = meetings(piece, line);
    for stretch in 0..=meetings.len() {
        let from = stretch.checked_sub(1).map(|before| meetings[before]);
        let to = meetings.get(stretch).copied();
        let mut part: Vec<Coord> = from.iter().map(|meeting| meeting.at).collect();
        let first = from.map_or(0, |meeting| meeting.leg + 1);
        let last = to.map_or(line.len(), |meeting| meeting.leg + 1);
        part.extend(&line[first.min(last)..last]);
        part.extend(to.map(|meeting| meeting.at));
        part.dedup_by(|b, a| length(*b - *a) < NEAR);
        let Some(middle) = within(&part) else {
            continue;
        };
        if !holds(&piece.ring, middle) || from_border(piece, middle) < NEAR {
            continue;
        }
        // an end that just passes an earlier line
        let long: f64 = part.windows(2).map(|leg| length(leg[1] - leg[0])).sum();
        let (is_first, is_last) = (from.is_none(), to.is_none());
        if is_first != is_last && long <= tolerance {
            continue;
        }
        for (is_open, front) in [(is_first, true), (is_last, false)] {
            if is_open {
                let end = if front { part[0] } else { part[part.len() - 1] };
                let on = reached(piece, end, number, tolerance)?;
                if front {
                    part.insert(0, on);
                } else {
                    part.push(on);
                }
            }
        }
        part.dedup_by(|b, a| length(*b - *a) < NEAR);
        parts.push(part);
    }
    Ok(parts)
}

fn from_border(piece: &LotPiece, at: Coord) -> f64 {
    let off = edges(&piece.ring).map(|(a, b)| crate::geometry::ring::distance(at, a, b));
    off.fold(f64::INFINITY, f64::min)
}

/// The nearest place on the border to an end that falls short of it.
fn reached(piece: &LotPiece, end: Coord, line: usize, tolerance: f64) -> Result<Coord, CutError> {
    let distance = from_border(piece, end);
    match nearest(piece, end) {
        Some((edge, share)) if distance <= tolerance => {
            let (a, b) = (piece.ring[edge], piece.end(edge));
            Ok(a + (b - a) * share)
        }
        _ => Err(CutError::Ends {
            line,
            x: end.x,
            y: end.y,
            distance,
        }),
    }
}

/// Where a line meets a ring, corners of both that lie on the other included.
fn meetings(piece: &LotPiece, line: &[Coord]) -> Vec<Meeting> {
    let mut found: Vec<Meeting> = Vec::new();
    for (leg, ends) in line.windows(2).enumerate() {
        let (a, b) = (ends[0], ends[1]);
        let share = |at: Coord| (dot(at - a, b - a) / dot(b - a, b - a)).clamp(0.0, 1.0);
        for (c, d) in edges(&piece.ring) {
            if apart((a, b), (c, d)) > NEAR {
                continue;
            }
            let near = |at: Coord, (a, b): (Coord, Coord)| {
                crate::geometry::ring::distance(at, a, b) <= NEAR
            };
            let corners = [c, d].into_iter().filter(|&at| near(at, (a, b)));
            let own = [a, b].into_iter().filter(|&at| near(at, (c, d)));
            let before = found.len();
            found.extend(corners.chain(own).map(|at| Meeting {
                leg,
                share: share(at),
                at,
            }));
            if found.len() == before {
                let turn = crate::geometry::ring::cross(b - a, d - c);
                // how far along the edge: the cross product with the leg is that of the leg's beginning
                let at = c + (d - c) * (crate::geometry::ring::cross(b - a, a - c) / turn);
                found.push(Meeting {
                    leg,
                    share: share(at),
                    at,
                });
            }
        }
    }
    found.sort_by(|a, b| a.leg.cmp(&b.leg).then(a.share.total_cmp(&b.share)));
    found.dedup_by(|b, a| length(b.at - a.at) < NEAR);
    found
}

#[cfg(test)]
mod tests;
