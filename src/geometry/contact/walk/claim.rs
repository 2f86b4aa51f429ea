//! A ring and the edges of other shapes → where they run along it.

use geo::Coord;

use crate::geometry::contact::NOISE;
use crate::geometry::contact::edges::IndexedEdge;
use crate::geometry::contact::run::{Run, run_along};
use crate::geometry::ring::{distance, dot};

/// A stretch of a ring that runs along an edge of a shape.
#[derive(Clone, Copy)]
pub(super) struct Claim {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) who: usize,
    pub(super) exact: bool,
    /// The inside of both shapes is on the same side.
    same_side: bool,
    beside: IndexedEdge,
    /// The edge of the ring, and the length of the ring up to it.
    edge: IndexedEdge,
    start: f64,
}

impl Claim {
    /// How far the shape is off where the ring has come to `place`.
    fn off(&self, place: f64) -> f64 {
        let along = self.edge.along();
        let point = self.edge.from + along * ((place - self.start) / dot(along, along).sqrt());
        distance(point, self.beside.from, self.beside.to)
    }

    /// Whether it has a better right to `place` than `other`.
    pub(super) fn is_before(&self, other: &Self, place: f64) -> bool {
        if self.same_side != other.same_side {
            return other.same_side;
        }
        let (off, other_off) = (self.off(place), other.off(place));
        if (off - other_off).abs() > NOISE {
            return off < other_off;
        }
        self.who < other.who
    }
}

/// Where the edges run along a ring, in order of where that begins, and the length of the ring.
pub(super) fn claims_along(
    ring: &[Coord],
    edges: &[(usize, IndexedEdge)],
    tolerance: f64,
) -> (Vec<Claim>, f64) {
    let (mut claims, mut start) = (Vec::new(), 0.0);
    for pair in ring.windows(2) {
        let edge = IndexedEdge {
            from: pair[0],
            to: pair[1],
        };
        let length = dot(edge.along(), edge.along()).sqrt();
        if length == 0.0 {
            continue;
        }
        let window = edge.bounds().grown(tolerance);
        let near = edges
            .iter()
            .filter(|(_, beside)| window.meets(&beside.bounds()));
        for &(who, beside) in near {
            let Some(run) = run_along(&edge, &beside, tolerance) else {
                continue;
            };
            let same_side = dot(edge.along(), beside.along()) > 0.0;
            if !same_side || run.length() > tolerance {
                let Run { from, to, exact } = run;
                claims.push(Claim {
                    from: start + from,
                    to: start + to,
                    who,
                    exact,
                    same_side,
                    beside,
                    edge,
                    start,
                });
            }
        }
        start += length;
    }
    claims.sort_by(|a, b| a.from.total_cmp(&b.from));
    (claims, start)
}
