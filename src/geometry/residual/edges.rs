//! Layers of shapes → their edges, tile by tile, those that cancel taken out.

use rayon::prelude::*;

use super::grid::{BucketGrid, Sorted};
use super::lattice::Node;

/// A line between two nodes, the first before the second, that some rings pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct LatticeEdge {
    pub(super) a: Node,
    pub(super) b: Node,
    /// How often rings of the cover and of what is taken pass from `a` to `b`, less how often they pass back: by that
    /// much more the rings wind round what is left of the line than round what is right of it.
    pub(super) turns: [i32; 2],
}

impl LatticeEdge {
    /// The edge that one ring passes from `from` to `to`, if these are two.
    pub(super) fn new(from: Node, to: Node, turns: [i32; 2]) -> Option<Self> {
        (from != to).then(|| {
            if from < to {
                Self {
                    a: from,
                    b: to,
                    turns,
                }
            } else {
                Self {
                    a: to,
                    b: from,
                    turns: turns.map(|turns| -turns),
                }
            }
        })
    }
}

/// Joins edges between the same two nodes and drops those that cancel. What is left is in order.
pub(super) fn merge(edges: &mut Vec<LatticeEdge>) {
    edges.sort_unstable_by_key(|edge| (edge.a, edge.b));
    edges.dedup_by(|edge, kept| {
        let same = edge.a == kept.a && edge.b == kept.b;
        if same {
            kept.turns[0] += edge.turns[0];
            kept.turns[1] += edge.turns[1];
        }
        same
    });
    edges.retain(|edge| edge.turns != [0; 2]);
}

/// Edges by tile: each at home where its first node lies, and a guest wherever else it may run through.
pub(super) struct Tiled {
    homes: Vec<Home>,
    guests: Sorted<LatticeEdge>,
}

/// The edges at home in a tile, those first that meet no other.
struct Home {
    edges: Vec<LatticeEdge>,
    staying: usize,
}

impl Tiled {
    /// Finds the guests of all tiles.
    pub(super) fn new(grid: &BucketGrid, homes: Vec<Vec<LatticeEdge>>) -> Self {
        let (homes, visits): (Vec<Home>, Vec<Vec<(u32, LatticeEdge)>>) = homes
            .into_par_iter()
            .enumerate()
            .map(|(tile, edges)| settle(grid, tile, edges))
            .unzip();
        Self {
            homes,
            guests: Sorted::new(grid.len(), &visits.concat()),
        }
    }

    /// All edges that may meet a tile, and how many of them, the first ones, meet no other.
    pub(super) fn meeting(
        &self,
        tile: usize,
    ) -> (impl Iterator<Item = &LatticeEdge> + Clone, usize) {
        let home = &self.homes[tile];
        (home.edges.iter().chain(self.guests.of(tile)), home.staying)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "there are about a million tiles at most"
)]
fn settle(
    grid: &BucketGrid,
    tile: usize,
    edges: Vec<LatticeEdge>,
) -> (Home, Vec<(u32, LatticeEdge)>) {
    let (mut visits, mut travelling) = (Vec::new(), Vec::new());
    let mut staying = edges;
    staying.retain(|edge| {
        let before = visits.len();
        grid.each_cell(edge.a, edge.b, |cell| {
            if cell != tile {
                visits.push((cell as u32, *edge));
            }
        });
        if visits.len() > before {
            travelling.push(*edge);
        }
        visits.len() == before
    });
    let count = staying.len();
    staying.append(&mut travelling);
    let home = Home {
        edges: staying,
        staying: count,
    };
    (home, visits)
}
