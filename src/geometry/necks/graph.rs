//! A boundary and its chords → arcs between nodes, and the walks with the inside on the left that they form.

use std::cmp::Ordering;

use geo::Coord;
use rustc_hash::FxHashMap;

use super::boundary::{Boundary, key, number};
use super::chords::{Chord, End};
use crate::geometry::ring::{dot, side};

/// The arcs along the rings, inside to their left, then both directions of each chord.
pub(super) struct Graph {
    pub(super) nodes: Vec<Coord>,
    /// How many nodes were there before the chords.
    old: usize,
    arcs: Vec<[u32; 2]>,
    /// Where the chords begin among the arcs.
    rings: usize,
    /// Which chords are in use.
    pub(super) in_use: Vec<bool>,
    /// The arcs that leave each node, and where those of each node begin.
    leaving: Vec<u32>,
    starts: Vec<u32>,
}

/// The closed walks along the arcs in use.
pub(super) struct Walks {
    pub(super) arcs: Vec<Vec<u32>>,
    /// The walk that an arc belongs to; `u32::MAX` of an arc that is not in use.
    pub(super) of: Vec<u32>,
}

impl Graph {
    pub(super) fn of(boundary: &Boundary, chords: &[Chord]) -> Self {
        let mut nodes = boundary.nodes.clone();
        let (mut known, mut cuts) = (FxHashMap::default(), Vec::new());
        let mut ends = Vec::with_capacity(chords.len());
        for chord in chords {
            let end = match chord.end {
                End::Node(node) => node,
                End::Edge(edge) => {
                    let fresh = number(nodes.len());
                    let place = chord.line[1];
                    let node = *known.entry((edge, key(place))).or_insert(fresh);
                    if node == fresh {
                        nodes.push(place);
                        let [a, b] = boundary.ends(edge as usize);
                        cuts.push((edge, dot(place - a, b - a), node));
                    }
                    node
                }
            };
            ends.push([chord.from, end]);
        }
        cuts.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut cuts = cuts.into_iter().peekable();
        let mut arcs = Vec::with_capacity(boundary.corners.len() + 3 * chords.len());
        for (edge, corner) in (0_u32..).zip(&boundary.corners) {
            let mut from = corner.node;
            while let Some((_, _, node)) = cuts.next_if(|cut| cut.0 == edge) {
                arcs.push([from, node]);
                from = node;
            }
            arcs.push([from, boundary.corners[corner.behind as usize].node]);
        }
        let rings = arcs.len();
        arcs.extend(ends.into_iter().flat_map(|[a, b]| [[a, b], [b, a]]));
        let mut leaving: Vec<u32> = (0..number(arcs.len())).collect();
        leaving.sort_by_key(|&arc| arcs[arc as usize][0]);
        let mut starts = vec![0; nodes.len() + 1];
        for [from, _] in &arcs {
            starts[*from as usize + 1] += 1;
        }
        (1..starts.len()).for_each(|at| starts[at] += starts[at - 1]);
        Self {
            nodes,
            old: boundary.nodes.len(),
            arcs,
            rings,
            in_use: vec![true; chords.len()],
            leaving,
            starts,
        }
    }

    /// The places of a ring of nodes, without those new ones where no chord ends any more.
    pub(super) fn places(&self, ring: &[u32]) -> Vec<Coord> {
        let is_kept = |node: u32| {
            let mut arcs = self.leaving_from(node);
            (node as usize) < self.old || arcs.any(|arc| arc as usize >= self.rings)
        };
        let kept = ring.iter().filter(|node| is_kept(**node));
        kept.map(|&node| self.nodes[node as usize]).collect()
    }

    /// The node at which an arc begins.
    pub(super) fn start(&self, arc: u32) -> u32 {
        self.arcs[arc as usize][0]
    }

    /// The arcs in use that leave a node.
    fn leaving_from(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let range = self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize;
        let all = self.leaving[range].iter().copied();
        all.filter(|&arc| self.is_used(arc as usize))
    }

    fn is_used(&self, arc: usize) -> bool {
        arc < self.rings || self.in_use[(arc - self.rings) / 2]
    }

    /// The arc behind `arc` with nothing between them on the left.
    fn next(&self, arc: u32) -> Option<u32> {
        let [from, at] = self.arcs[arc as usize];
        let place = |node: u32| self.nodes[node as usize];
        let (back, at_place) = (place(from), place(at));
        let to = |arc: &u32| place(self.arcs[*arc as usize][1]);
        self.leaving_from(at)
            .min_by(|one, other| clockwise(at_place, back, to(one), to(other)))
    }

    /// All walks, `None` where arcs do not close to walks.
    pub(super) fn walks(&self) -> Option<Walks> {
        let mut of = vec![u32::MAX; self.arcs.len()];
        let mut walks = Vec::new();
        for first in 0..self.arcs.len() {
            if of[first] != u32::MAX || !self.is_used(first) {
                continue;
            }
            let (mut arc, mut walk) = (number(first), Vec::new());
            while of[arc as usize] == u32::MAX {
                of[arc as usize] = number(walks.len());
                walk.push(arc);
                arc = self.next(arc)?;
            }
            if arc as usize != first {
                return None;
            }
            walks.push(walk);
        }
        Some(Walks { arcs: walks, of })
    }

    /// Takes out of use the chords that cut nothing off: the same walk passes both sides.
    pub(super) fn drop_bridges(&mut self) -> Option<()> {
        let walks = self.walks()?;
        for chord in 0..self.in_use.len() {
            let [one, other] = self.sides(&walks, chord);
            self.in_use[chord] = one != other;
        }
        Some(())
    }

    /// The walks on both sides of a chord in use.
    pub(super) fn sides(&self, walks: &Walks, chord: usize) -> [u32; 2] {
        [0, 1].map(|way| walks.of[self.rings + 2 * chord + way])
    }
}

/// The order of `one` and `other` when `at` is walked round clockwise, from just after `back` until `back` itself.
fn clockwise(at: Coord, back: Coord, one: Coord, other: Coord) -> Ordering {
    let half = |to: Coord| {
        let turn = side(at, back, to);
        let behind = dot(back - at, to - at) > 0.0;
        match (turn < 0.0, turn > 0.0, behind) {
            (true, ..) => 0,
            (_, true, _) => 2,
            (_, _, true) => 3,
            _ => 1,
        }
    };
    let order = half(one).cmp(&half(other));
    order.then_with(|| side(at, one, other).total_cmp(&0.0))
}
