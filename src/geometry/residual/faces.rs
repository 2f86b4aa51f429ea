//! Edges that meet at their ends only → how often the rings wind round each place, and the corners of what is left over.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::compass::{Compass, Windings, add, below};
use super::edges::{LatticeEdge, Tiled};
use super::grid::BucketGrid;
use super::lattice::{Node, side};

/// A corner of the land that is left over: its border comes from one node and goes on to another, the land on its left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sector {
    pub(super) at: Node,
    pub(super) from: Node,
    pub(super) to: Node,
}

fn is_left_over(windings: Windings) -> bool {
    windings[0] != 0 && windings[1] == 0
}

/// The corners in each tile, in order; `done` is told of each tile.
pub(super) fn sectors(
    grid: &BucketGrid,
    edges: &Tiled,
    done: impl Fn(usize) + Sync,
) -> Vec<Vec<Sector>> {
    let below: Vec<Windings> = (0..grid.len())
        .into_par_iter()
        .map(|tile| below(grid, tile, edges.meeting(tile).0))
        .collect();
    let mut corners = Vec::with_capacity(grid.len());
    for row in below.chunks(grid.columns) {
        let mut sum = [0; 2];
        for below in row {
            corners.push(sum);
            add(&mut sum, *below, 1);
        }
    }
    (0..grid.len())
        .into_par_iter()
        .map(|tile| {
            let sectors = Wheel::new(grid, tile, edges, corners[tile]).sectors();
            done(tile);
            sectors
        })
        .collect()
}

/// An edge as it leaves a node of the tile.
struct Spoke {
    at: Node,
    to: Node,
    turns: Windings,
    edge: usize,
    /// The windings left of it, once known.
    left: Option<Windings>,
}

impl Spoke {
    fn right(&self) -> Option<Windings> {
        let mut windings = self.left?;
        add(&mut windings, self.turns, -1);
        Some(windings)
    }
}

/// Which of two nodes around `at` comes first, counter-clockwise from just below the direction to the left.
fn round(at: Node, one: Node, two: Node) -> Ordering {
    let above = |node: Node| node.y > at.y || (node.y == at.y && node.x > at.x);
    above(one)
        .cmp(&above(two))
        .then_with(|| 0.cmp(&side(at, one, two)))
}

/// The edges around each node of a tile.
struct Wheel {
    spokes: Vec<Spoke>,
    /// For each edge where it leaves its first and its second node, if these are in the tile.
    ends: Vec<[Option<usize>; 2]>,
    compass: Compass,
}

impl Wheel {
    fn new(grid: &BucketGrid, tile: usize, edges: &Tiled, corner: Windings) -> Self {
        let edges: Vec<LatticeEdge> = edges.meeting(tile).0.copied().collect();
        let mut spokes = Vec::with_capacity(2 * edges.len());
        for (number, edge) in edges.iter().enumerate() {
            for (at, to, turns) in [
                (edge.a, edge.b, edge.turns),
                (edge.b, edge.a, edge.turns.map(|turns| -turns)),
            ] {
                if grid.cell(at) == Some(tile) {
                    spokes.push(Spoke {
                        at,
                        to,
                        turns,
                        edge: number,
                        left: None,
                    });
                }
            }
        }
        spokes.sort_unstable_by(|one, two| {
            one.at
                .cmp(&two.at)
                .then_with(|| round(one.at, one.to, two.to))
        });
        let mut ends = vec![[None; 2]; edges.len()];
        for (place, spoke) in spokes.iter().enumerate() {
            ends[spoke.edge][usize::from(spoke.at > spoke.to)] = Some(place);
        }
        Self {
            spokes,
            ends,
            compass: Compass::new(grid, tile, edges, corner),
        }
    }

    /// All corners of land that is left over, in order.
    fn sectors(mut self) -> Vec<Sector> {
        let hubs = self.hubs();
        let mut hub_of = vec![0; self.spokes.len()];
        for (number, hub) in hubs.iter().enumerate() {
            hub_of[hub.clone()].fill(number);
        }
        let mut next = Vec::new();
        for hub in &hubs {
            if self.spokes[hub.start].left.is_none() {
                let last = self.compass.windings_left_of(self.spokes[hub.start].at);
                self.spokes[hub.end - 1].left = Some(last);
                next.push(hub.end - 1);
            }
            while let Some(known) = next.pop() {
                self.spread(&hubs[hub_of[known]], known, &mut next);
            }
        }
        let mut sectors = Vec::new();
        for hub in &hubs {
            Self::sectors_at(&self.spokes[hub.clone()], &mut sectors);
        }
        sectors.sort_unstable();
        sectors
    }

    /// The spokes of each node.
    fn hubs(&self) -> Vec<std::ops::Range<usize>> {
        let mut start = 0;
        self.spokes
            .chunk_by(|one, two| one.at == two.at)
            .map(|hub| {
                let first = start;
                start += hub.len();
                first..start
            })
            .collect()
    }

    /// Goes round a node from the spoke whose left is known, and along each to its other end, where nothing is known.
    fn spread(&mut self, hub: &std::ops::Range<usize>, known: usize, next: &mut Vec<usize>) {
        let Some(mut windings) = self.spokes[known].left else {
            return;
        };
        for place in (known + 1..hub.end).chain(hub.start..=known) {
            let right = windings;
            let spoke = &mut self.spokes[place];
            add(&mut windings, spoke.turns, 1);
            spoke.left = Some(windings);
            let [first, second] = self.ends[spoke.edge];
            let other = if first == Some(place) { second } else { first };
            if let Some(other) = other.filter(|&other| self.spokes[other].left.is_none()) {
                self.spokes[other].left = Some(right);
                next.push(other);
            }
        }
    }
    /// The corners of land that is left over at one node.
    fn sectors_at(hub: &[Spoke], sectors: &mut Vec<Sector>) {
        let is_land = |windings: Option<Windings>| windings.is_some_and(is_left_over);
        for (start, first) in hub.iter().enumerate() {
            if !is_land(first.left) || is_land(first.right()) {
                continue;
            }
            let mut onwards = hub[start + 1..].iter().chain(&hub[..start]);
            let last = onwards.find(|last| !is_land(last.left));
            sectors.extend(last.map(|last| Sector {
                at: first.at,
                from: last.to,
                to: first.to,
            }));
        }
    }
}
