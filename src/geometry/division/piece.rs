//! A ring that may be cut and what stands in it → areas, lengths and access on either side of a line, and the two halves.

use std::cmp::Ordering;

use geo::Coord;

use crate::geometry::ring::{cross, dot};

use super::body::Body;

/// Where a corner of a ring comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LotPieceKind {
    /// It was given.
    Corner,
    /// Access begins or ends here: no corner of a lot.
    Mark,
    /// A line was cut to it, or bends here.
    Cut,
}

/// A simple ring, counter-clockwise and open (its first corner is not repeated), with the numbers of the bodies in it.
#[derive(Clone, Debug)]
pub(super) struct LotPiece {
    pub ring: Vec<Coord>,
    pub kinds: Vec<LotPieceKind>,
    /// Whether the edge that begins at this corner gives access.
    pub open: Vec<bool>,
    /// Its holes are bodies, too.
    pub bodies: Vec<usize>,
    /// Without the holes.
    pub area: f64,
    pub is_convex: bool,
    /// Twice the area, and the length, of the edges before each corner.
    crosses: Vec<f64>,
    lengths: Vec<f64>,
}

/// A place on a ring: `share` of the way along an edge, 0 at the corner where it begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub edge: usize,
    pub share: f64,
    pub at: Coord,
}

impl Place {
    fn order(&self, other: &Self) -> Ordering {
        let by_share = || self.share.total_cmp(&other.share);
        self.edge.cmp(&other.edge).then_with(by_share)
    }
}

/// Area and perimeter of one side of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figure {
    pub area: f64,
    pub perimeter: f64,
}

impl LotPiece {
    pub fn new(
        ring: Vec<Coord>,
        kinds: Vec<LotPieceKind>,
        open: Vec<bool>,
        bodies: Vec<usize>,
        all: &[Body],
    ) -> Self {
        let count = ring.len();
        let mut crosses = vec![0.0; count + 1];
        let mut lengths = vec![0.0; count + 1];
        for index in 0..count {
            let (a, b) = (ring[index], ring[(index + 1) % count]);
            crosses[index + 1] = crosses[index] + cross(a, b);
            lengths[index + 1] = lengths[index] + length(b - a);
        }
        let holes: f64 = bodies.iter().map(|&body| all[body].hole_area()).sum();
        let area = crosses[count] / 2.0 - holes;
        let is_convex = (0..count).all(|index| {
            let corner = |step| ring[(index + step) % count];
            let (here, next) = (corner(1) - corner(0), corner(2) - corner(1));
            cross(here, next) >= -1e-9 * length(here) * length(next)
        });
        Self {
            ring,
            kinds,
            open,
            bodies,
            area,
            is_convex,
            crosses,
            lengths,
        }
    }

    pub fn perimeter(&self) -> f64 {
        self.lengths[self.ring.len()]
    }

    /// The corner at the end of an edge.
    pub fn end(&self, edge: usize) -> Coord {
        self.ring[if edge + 1 == self.ring.len() {
            0
        } else {
            edge + 1
        }]
    }

    /// The corners strictly behind `from` up to the edge of `to`, forward: the first and how many.
    fn between(&self, from: &Place, to: &Place) -> (usize, usize) {
        let count = self.ring.len();
        let first = (from.edge + 1) % count;
        if from.order(to) == Ordering::Less {
            (first, to.edge - from.edge)
        } else {
            (first, count - from.edge + to.edge)
        }
    }

    /// Edges from `from` forward to `to`, parts of edges at both ends, and whether they give access.
    fn edges(&self, from: Place, to: Place) -> impl Iterator<Item = (Coord, Coord, usize)> {
        let (first, many) = self.between(&from, &to);
        let count = self.ring.len();
        (0..=many).map(move |step| {
            let here = (first + count + step - 1) % count;
            let a = if step == 0 { from.at } else { self.ring[here] };
            let b = if step == many { to.at } else { self.end(here) };
            (a, b, if step == 0 { from.edge } else { here })
        })
    }

    /// The side left of the line from `from` over its bends to `to`, holes not taken off.
    pub fn left_of(&self, from: &Place, bends: &[Coord], to: &Place) -> Figure {
        let (first, many) = self.between(to, from);
        let (mut twice, mut perimeter, mut at) = (0.0, 0.0, from.at);
        for &next in bends.iter().chain([&to.at]) {
            twice += cross(at, next);
            perimeter += length(next - at);
            at = next;
        }
        if many > 0 {
            let count = self.ring.len();
            let last = (first + many - 1) % count;
            twice += cross(at, self.ring[first]) + cross(self.ring[last], from.at);
            perimeter += length(self.ring[first] - at) + length(from.at - self.ring[last]);
            let run = |sums: &[f64]| {
                if first + many > count {
                    sums[count] - sums[first] + sums[last]
                } else {
                    sums[last] - sums[first]
                }
            };
            twice += run(&self.crosses);
            perimeter += run(&self.lengths);
        } else {
            twice += cross(at, from.at);
            perimeter += length(from.at - at);
        }
        Figure {
            area: twice / 2.0,
            perimeter,
        }
    }

    /// The ring left of a line.
    pub fn ring_left_of(&self, from: &Place, bends: &[Coord], to: &Place, out: &mut Vec<Coord>) {
        out.clear();
        out.push(from.at);
        out.extend_from_slice(bends);
        out.push(to.at);
        let (first, many) = self.between(to, from);
        out.extend((0..many).map(|step| self.ring[(first + step) % self.ring.len()]));
        if from.share == 0.0 {
            out.pop();
        }
    }

    /// The unbroken stretches with access on the boundary from `from` forward to `to`.
    pub fn stretches(&self, from: Place, to: Place, mut each: impl FnMut(f64)) {
        let mut run = 0.0;
        for (a, b, edge) in self.edges(from, to) {
            if self.open[edge] {
                run += length(b - a);
            } else if run > 0.0 {
                each(std::mem::take(&mut run));
            }
        }
        if run > 0.0 {
            each(run);
        }
    }

    /// The place to walk round the ring from without breaking a stretch in two.
    pub fn start(&self) -> Place {
        let closed = self.open.iter().position(|&open| !open).unwrap_or(0);
        Place {
            edge: closed,
            share: 0.0,
            at: self.ring[closed],
        }
    }

    /// The longest unbroken stretch with access, 0 where there is none.
    pub fn longest_access(&self) -> f64 {
        let mut longest = 0.0_f64;
        self.stretches(self.start(), self.start(), |run| longest = longest.max(run));
        longest
    }

    /// Its two sides: left of the line with the bodies that `is_left` names, and the rest.
    pub fn split(
        &self,
        (from, bends, to): (Place, &[Coord], Place),
        is_left: impl Fn(usize) -> bool,
        all: &[Body],
    ) -> [Self; 2] {
        let (left, right): (Vec<usize>, Vec<usize>) =
            self.bodies.iter().partition(|&&body| is_left(body));
        let back: Vec<Coord> = bends.iter().rev().copied().collect();
        [
            self.side(from, bends, to, left, all),
            self.side(to, &back, from, right, all),
        ]
    }

    fn side(
        &self,
        from: Place,
        bends: &[Coord],
        to: Place,
        bodies: Vec<usize>,
        all: &[Body],
    ) -> Self {
        let (mut ring, mut kinds, mut open) = (Vec::new(), Vec::new(), Vec::new());
        let mut push = |at: Coord, kind: LotPieceKind, is_open: bool| {
            ring.push(at);
            kinds.push(kind);
            open.push(is_open);
        };
        let kind = |place: &Place| match self.kinds[place.edge] {
            LotPieceKind::Corner if place.share == 0.0 => LotPieceKind::Corner,
            _ => LotPieceKind::Cut,
        };
        push(from.at, kind(&from), false);
        for &at in bends {
            push(at, LotPieceKind::Cut, false);
        }
        for (step, (at, end, edge)) in self.edges(to, from).enumerate() {
            if at == end {
                continue;
            }
            let kind = if step == 0 {
                kind(&to)
            } else {
                self.kinds[edge]
            };
            push(at, kind, self.open[edge]);
        }
        Self::new(ring, kinds, open, bodies, all)
    }
}

pub(super) fn length(along: Coord) -> f64 {
    dot(along, along).sqrt()
}

/// Whether a point lies in an open ring; one on its border may be either.
pub(super) fn holds(ring: &[Coord], point: Coord) -> bool {
    let mut inside = false;
    let mut a = ring[ring.len() - 1];
    for &b in ring {
        if (a.y > point.y) != (b.y > point.y) {
            let to_the_right = (point.x - a.x) * (b.y - a.y) < (b.x - a.x) * (point.y - a.y);
            inside ^= to_the_right == (b.y > a.y);
        }
        a = b;
    }
    inside
}
