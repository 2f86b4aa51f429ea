//! Pieces that are lots → lots in the coordinates of the plot, each shared corner in all lots that it belongs to.

use geo::Coord;
use rustc_hash::FxHashMap;

use crate::geometry::ring::{distance, dot, signed_area};

use super::Lot;
use super::ground::{CutGround, by_coords, tidy};
use super::piece::{LotPiece, LotPieceKind, length};

/// Where a line ends on an earlier one it lies on it to within rounding, in metres.
const ROUNDING: f64 = 1e-7;

/// From places as they are seen to coordinates: the corners that were given come back bit for bit.
pub(super) struct Atlas {
    given: FxHashMap<[u64; 2], Coord>,
    origin: Coord,
}

impl Atlas {
    pub fn new(corners: &[(Coord, Coord)], origin: Coord) -> Self {
        let given = corners.iter().map(|&(seen, at)| (key(seen), at)).collect();
        Self { given, origin }
    }

    pub fn place(&self, seen: Coord) -> Coord {
        let new = || seen + self.origin;
        self.given.get(&key(seen)).copied().unwrap_or_else(new)
    }
}

fn key(at: Coord) -> [u64; 2] {
    [at.x + 0.0, at.y + 0.0].map(f64::to_bits)
}

/// The rings of the pieces without marks, and with the ends of later lines on earlier ones.
pub(super) fn rings(pieces: &[LotPiece]) -> Vec<Vec<Coord>> {
    let cut = pieces
        .iter()
        .flat_map(|piece| piece.ring.iter().zip(&piece.kinds));
    let mut all: Vec<Coord> = cut
        .filter(|(_, kind)| **kind == LotPieceKind::Cut)
        .map(|(at, _)| *at)
        .collect();
    all.sort_by(|a, b| by_coords(&[*a], &[*b]));
    // two lines that end at one place of a third, on both sides of it, may see it where rounding puts it
    let mut cuts: Vec<Coord> = Vec::new();
    for at in all {
        if !cuts.iter().any(|&cut| length(cut - at) < ROUNDING) {
            cuts.push(at);
        }
    }
    pieces.iter().map(|piece| ring(piece, &cuts)).collect()
}

fn ring(piece: &LotPiece, cuts: &[Coord]) -> Vec<Coord> {
    let corners = piece.ring.iter().zip(&piece.kinds);
    let same = |at: Coord| {
        cuts.iter()
            .copied()
            .find(|&cut| length(cut - at) < ROUNDING)
    };
    let corners: Vec<Coord> = corners
        .filter(|(_, kind)| **kind != LotPieceKind::Mark)
        .map(|(&at, &kind)| {
            if kind == LotPieceKind::Cut {
                same(at).unwrap_or(at)
            } else {
                at
            }
        })
        .collect();
    let mut ring = Vec::new();
    for (a, b) in super::body::edges(&corners) {
        ring.push(a);
        let on = |&&at: &&Coord| at != a && at != b && distance(at, a, b) < ROUNDING;
        let mut between: Vec<Coord> = cuts.iter().filter(on).copied().collect();
        between.sort_by(|c, d| dot(*c - a, b - a).total_cmp(&dot(*d - a, b - a)));
        ring.extend(between);
    }
    ring
}

/// The lots that pieces are.
pub(super) fn lots(ground: &CutGround<'_>, pieces: &[LotPiece], atlas: &Atlas) -> Vec<Lot> {
    let close = |ring: Vec<Coord>, is_left: bool| {
        let ring: Vec<Coord> = ring.into_iter().map(|at| atlas.place(at)).collect();
        let mut ring = tidy(&ring, Coord::zero(), is_left).unwrap_or_default();
        ring.extend(ring.first().copied());
        ring
    };
    let mut lots: Vec<Lot> = Vec::new();
    for (piece, ring) in pieces.iter().zip(rings(pieces)) {
        let shell = close(ring, true);
        let bodies = || piece.bodies.iter().map(|&body| &ground.bodies[body]);
        let holes = bodies().filter(|body| body.thing.is_none());
        let holes: Vec<_> = holes
            .map(|hole| close(hole.parts[0].clone(), false))
            .collect();
        let area = signed_area(&shell) + holes.iter().map(|hole| signed_area(hole)).sum::<f64>();
        let mut things: Vec<usize> = bodies().filter_map(|body| body.thing).collect();
        things.sort_unstable();
        let access = bodies()
            .map(|body| body.access)
            .fold(piece.longest_access(), f64::max);
        lots.push(Lot {
            shell,
            holes,
            area,
            things,
            access,
        });
    }
    lots.sort_by(|a, b| by_coords(&a.shell, &b.shell));
    lots
}

/// Whether a ring is simple where lines were cut: no edge comes near an edge that begins or ends there, but for the next,
/// which does not run back along it.
pub(super) fn is_simple(piece: &LotPiece) -> bool {
    let count = piece.ring.len();
    let edge = |at: usize| (piece.ring[at], piece.end(at));
    let is_cut = |at: usize| piece.kinds[at] == LotPieceKind::Cut;
    let is_back = |a: Coord, b: Coord, c: Coord| {
        dot(b - a, c - b) < 0.0 && distance(c, a, b).min(distance(a, b, c)) < ROUNDING
    };
    let is_apart = |here: usize, other: usize| {
        let ((a, b), (c, d)) = (edge(here), edge(other));
        if here == other {
            true
        } else if (here + 1) % count == other {
            !is_back(a, b, d)
        } else if (other + 1) % count == here {
            !is_back(c, d, b)
        } else {
            super::body::apart((a, b), (c, d)) > ROUNDING
        }
    };
    let cut = (0..count).filter(|&at| is_cut(at) || is_cut((at + 1) % count));
    cut.into_iter()
        .all(|here| (0..count).all(|other| is_apart(here, other)))
}
