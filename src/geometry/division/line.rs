//! A straight line and a ring → the chords in which the line crosses what the ring holds.

use geo::Coord;

use crate::geometry::ring::{cross, dot};

use super::piece::{LotPiece, Place};

/// What is nearer than this, in metres, is one place.
pub(super) const NEAR: f64 = 1e-6;

/// A straight line: all points at `offset` to the left of the origin, seen along it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Of length one.
    pub along: Coord,
    pub offset: f64,
}

impl Line {
    pub fn through(a: Coord, b: Coord) -> Self {
        let along = (b - a) / super::piece::length(b - a);
        let offset = cross(along, a);
        Self { along, offset }
    }

    /// A point as distance along the line and distance to the left of it.
    pub fn seen(&self, point: Coord) -> Coord {
        Coord {
            x: dot(self.along, point),
            y: cross(self.along, point) - self.offset,
        }
    }
}

/// The corners of a ring, seen in a direction.
#[derive(Default)]
pub(super) struct View {
    pub along: Vec<f64>,
    pub across: Vec<f64>,
    room: [Vec<(f64, Place)>; 2],
    on_line: Vec<(f64, Place)>,
}

/// A part of a line strictly inside a ring, its ends on the ring.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chord {
    /// Distances along the line.
    pub span: (f64, f64),
    pub ends: (Place, Place),
}

impl View {
    pub fn turn(&mut self, piece: &LotPiece, along: Coord) {
        self.along.clear();
        self.across.clear();
        self.along
            .extend(piece.ring.iter().map(|&at| dot(along, at)));
        self.across
            .extend(piece.ring.iter().map(|&at| cross(along, at)));
    }

    /// The chords at an offset, in their order along the line. Where the line touches a corner one chord ends there and
    /// the next begins, and along an edge there is none.
    pub fn chords(&mut self, piece: &LotPiece, offset: f64, out: &mut Vec<Chord>) {
        out.clear();
        let mut room = std::mem::take(&mut self.room);
        let [below, above] = &mut room;
        let has_corner = self.crossings(piece, offset, false, below);
        if !has_corner {
            out.extend(below.chunks_exact(2).filter_map(chord));
            self.room = room;
            return;
        }
        self.crossings(piece, offset, true, above);
        let mut touched = std::mem::take(&mut self.on_line);
        touched.clear();
        for (corner, &at) in piece.ring.iter().enumerate() {
            if (self.across[corner] - offset).abs() <= NEAR {
                let place = Place {
                    edge: corner,
                    share: 0.0,
                    at,
                };
                touched.push((self.along[corner], place));
            }
        }
        touched.sort_by(|a, b| a.0.total_cmp(&b.0));
        // both in their order along the line: of two that overlap the one that ends first is done
        let (mut first, mut second, mut next) = (0, 0, 0);
        while let (Some(a), Some(b)) = (below.get(first..first + 2), above.get(second..second + 2))
        {
            let mut from = if a[0].0 > b[0].0 { a[0] } else { b[0] };
            let to = if a[1].0 < b[1].0 { a[1] } else { b[1] };
            while let Some(&touch) = touched.get(next).filter(|touch| touch.0 < to.0 - NEAR) {
                if touch.0 > from.0 + NEAR {
                    out.extend(chord(&[from, touch]));
                    from = touch;
                }
                next += 1;
            }
            out.extend(chord(&[from, to]));
            if a[1].0 < b[1].0 {
                first += 2;
            } else {
                second += 2;
            }
        }
        self.on_line = touched;
        self.room = room;
    }

    /// Where a line just above or just below the offset enters and leaves, in order; whether a corner lies on it.
    fn crossings(
        &self,
        piece: &LotPiece,
        offset: f64,
        above: bool,
        out: &mut Vec<(f64, Place)>,
    ) -> bool {
        out.clear();
        let count = piece.ring.len();
        let mut touches = false;
        let mut a = count - 1;
        let off = |corner: usize| self.across[corner] - offset;
        let is_up = |off: f64| off > NEAR || (above && off >= -NEAR);
        let mut off_a = off(a);
        for b in 0..count {
            let off_b = off(b);
            touches |= off_b.abs() <= NEAR;
            if is_up(off_a) != is_up(off_b) {
                let corner = |corner: usize| {
                    let at = piece.ring[corner];
                    let place = Place {
                        edge: corner,
                        share: 0.0,
                        at,
                    };
                    (self.along[corner], place)
                };
                out.push(if off_a.abs() <= NEAR {
                    corner(a)
                } else if off_b.abs() <= NEAR {
                    corner(b)
                } else {
                    let share = off_a / (off_a - off_b);
                    self.on_edge(piece, a, share)
                });
            }
            (a, off_a) = (b, off_b);
        }
        out.sort_by(|a, b| a.0.total_cmp(&b.0));
        touches
    }

    /// A place on an edge and how far along the direction it is.
    fn on_edge(&self, piece: &LotPiece, edge: usize, share: f64) -> (f64, Place) {
        let next = (edge + 1) % piece.ring.len();
        let (a, b) = (piece.ring[edge], piece.ring[next]);
        let at = a + (b - a) * share;
        let along = self.along[edge] + (self.along[next] - self.along[edge]) * share;
        (along, Place { edge, share, at })
    }

    /// Where the line at an offset crosses an edge that reaches to both sides of it, or ends on it.
    pub fn on(&self, piece: &LotPiece, edge: usize, offset: f64) -> (f64, Place) {
        let next = (edge + 1) % piece.ring.len();
        let (a, b) = (self.across[edge], self.across[next]);
        self.on_edge(piece, edge, ((offset - a) / (b - a)).clamp(0.0, 1.0))
    }
}

fn chord(ends: &[(f64, Place)]) -> Option<Chord> {
    let (from, to) = (ends[0], ends[1]);
    (to.0 - from.0 > NEAR).then_some(Chord {
        span: (from.0, to.0),
        ends: (from.1, to.1),
    })
}
