//! The edges of a shape, and which of them lie near a box.

use geo::Coord;

use super::NOISE;
use crate::geometry::ring::{dot, winding};
use crate::geometry::{Bounds, ShapeRef};

/// One edge of a ring, from corner to corner, with the inside of the shape on its left.
#[derive(Clone, Copy, Debug)]
pub(super) struct IndexedEdge {
    pub(super) from: Coord,
    pub(super) to: Coord,
}

impl IndexedEdge {
    pub(super) fn along(&self) -> Coord {
        self.to - self.from
    }

    pub(super) fn bounds(&self) -> Bounds {
        Bounds::EMPTY.including(self.from).including(self.to)
    }
}

/// An edge near the other shape, and what was found out about the two.
pub(super) struct Near {
    pub(super) edge: IndexedEdge,
    /// How near the other shape comes to its first corner.
    pub(super) distance: f64,
    /// How much of it runs along the other's boundary.
    pub(super) along: f64,
    /// The first and the last place where the other's boundary touches it, as distances from its first corner.
    touched: (f64, f64),
}

impl Near {
    fn new(edge: IndexedEdge) -> Self {
        Self {
            edge,
            distance: f64::INFINITY,
            along: 0.0,
            touched: (f64::INFINITY, f64::NEG_INFINITY),
        }
    }

    /// Notes that the other's boundary touches the edge there.
    pub(super) fn touch(&mut self, point: Coord) {
        let along = self.edge.along();
        let place = dot(along, point - self.edge.from) / dot(along, along).sqrt();
        self.touched = (self.touched.0.min(place), self.touched.1.max(place));
    }

    /// Whether some of it lies between places where it touches, and not on the boundary: only then can it run through
    /// the inside of the other shape.
    pub(super) fn may_cut(&self) -> bool {
        self.touched.1 - self.touched.0 > self.along + NOISE
    }
}

/// How many edges share a box in the index of a long boundary.
const BLOCK: usize = 32;

/// The box of a shape, and for long boundaries the boxes of their stretches, so that a road of a hundred thousand
/// corners is not walked again for each of its neighbours.
#[derive(Clone, Debug)]
pub struct EdgeIndex {
    bounds: Bounds,
    blocks: Vec<Bounds>,
}

impl EdgeIndex {
    /// The index of a shape.
    pub fn of(shape: ShapeRef<'_>) -> Self {
        let coords = shape.coords();
        let mut blocks = Vec::new();
        if coords.len() > 4 * BLOCK {
            // each block also holds the corner that the next one begins with
            let block =
                |start: usize| Bounds::of(&coords[start..coords.len().min(start + BLOCK + 1)]);
            blocks.extend((0..coords.len()).step_by(BLOCK).map(block));
        }
        Self {
            bounds: Bounds::of(coords),
            blocks,
        }
    }

    /// The box around the shape.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// How often the rings of the shape wind round `point`; `None` when it lies exactly on one of them.
    pub fn winding(&self, shape: ShapeRef<'_>, point: Coord) -> Option<i32> {
        // an edge to the left of the point, above or below it counts for nothing
        let beside = |block: &Bounds| {
            block.max.x >= point.x && block.min.y <= point.y && block.max.y >= point.y
        };
        let mut turns = Some(0);
        self.stretches(shape, beside, |stretch| {
            turns = turns
                .zip(winding(stretch, point))
                .map(|(sum, more)| sum + more);
            turns.is_some()
        });
        turns
    }

    /// Whether `holds` for every edge of the shape whose box meets `window`; it is asked no further once it does not.
    pub fn all_near(
        &self,
        shape: ShapeRef<'_>,
        window: Bounds,
        mut holds: impl FnMut(Coord, Coord) -> bool,
    ) -> bool {
        self.stretches(
            shape,
            |block| block.meets(&window),
            |stretch| {
                let mut near = stretch
                    .windows(2)
                    .filter(|edge| Bounds::of(edge).meets(&window));
                near.all(|edge| holds(edge[0], edge[1]))
            },
        )
    }

    /// Fills `near` with the edges of the shape whose boxes meet `window`.
    pub(super) fn near(&self, shape: ShapeRef<'_>, window: Bounds, near: &mut Vec<Near>) {
        near.clear();
        self.all_near(shape, window, |from, to| {
            near.push(Near::new(IndexedEdge { from, to }));
            true
        });
    }

    /// Hands over the stretches of the boundary whose boxes are `wanted`, each with the corner that the next begins
    /// with, until `visit` says stop; whether it never did. A short boundary comes ring by ring.
    fn stretches<'a>(
        &self,
        shape: ShapeRef<'a>,
        wanted: impl Fn(&Bounds) -> bool,
        mut visit: impl FnMut(&'a [Coord]) -> bool,
    ) -> bool {
        if self.blocks.is_empty() {
            return shape.rings().all(visit);
        }
        let mut start = 0;
        for ring in shape.rings() {
            let mut at = 0;
            while at + 1 < ring.len() {
                let block = (start + at) / BLOCK;
                let end = ((block + 1) * BLOCK - start).min(ring.len() - 1);
                if wanted(&self.blocks[block]) && !visit(&ring[at..=end]) {
                    return false;
                }
                at = end;
            }
            start += ring.len();
        }
        true
    }
}
