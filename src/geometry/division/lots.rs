//! Pieces that are lots → lots in the coordinates of the plot, each shared corner in all lots that it belongs to.

use geo::Coord;
use rustc_hash::FxHashMap;

use crate::geometry::ring::{cross, distance, dot, signed_area};

use super::Lot;
use super::ground::{Ground, by_coords, tidy};
use super::piece::{Kind, Piece};

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
pub(super) fn rings(pieces: &[Piece]) -> Vec<Vec<Coord>> {
    let mut cuts: Vec<Coord> = Vec::new();
    for piece in pieces {
        let corners = piece.ring.iter().zip(&piece.kinds);
        cuts.extend(
            corners
                .filter(|(_, kind)| **kind == Kind::Cut)
                .map(|(at, _)| *at),
        );
    }
    cuts.sort_by(|a, b| by_coords(&[*a], &[*b]));
    cuts.dedup();
    pieces.iter().map(|piece| ring(piece, &cuts)).collect()
}

fn ring(piece: &Piece, cuts: &[Coord]) -> Vec<Coord> {
    let corners = piece.ring.iter().zip(&piece.kinds);
    let corners: Vec<Coord> = corners
        .filter(|(_, kind)| **kind != Kind::Mark)
        .map(|(at, _)| *at)
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
pub(super) fn lots(ground: &Ground<'_>, pieces: &[Piece], atlas: &Atlas) -> Vec<Lot> {
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

/// Whether a ring is simple where lines were cut: no edge that is not beside a cut comes near it.
pub(super) fn is_simple(piece: &Piece) -> bool {
    let count = piece.ring.len();
    let edge = |at: usize| (piece.ring[at], piece.ring[(at + 1) % count]);
    let is_cut = |at: usize| piece.kinds[at] == Kind::Cut;
    (0..count)
        .filter(|&at| is_cut(at) || is_cut((at + 1) % count))
        .all(|here| {
            (0..count).all(|other| {
                let beside =
                    other == here || (other + 1) % count == here || (here + 1) % count == other;
                let (a, b) = edge(here);
                let (c, d) = edge(other);
                if beside {
                    // back along the same line is no corner
                    let is_spike = |a: Coord, b: Coord, c: Coord| {
                        dot(b - a, c - b) < 0.0
                            && distance(c, a, b).min(distance(a, b, c)) < ROUNDING
                    };
                    return other == here
                        || a == b
                        || !(b == c && is_spike(a, b, d) || d == a && is_spike(c, d, b));
                }
                super::body::apart((a, b), (c, d)) > ROUNDING
            })
        })
        && cross(piece.ring[1] - piece.ring[0], piece.ring[2] - piece.ring[0]).is_finite()
}
