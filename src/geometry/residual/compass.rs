//! A node of a tile → how often the rings wind round the place just left of it.

use std::cmp::Ordering;

use super::edges::LatticeEdge;
use super::grid::{BucketGrid, Sorted};
use super::lattice::{Node, product, side};

/// How often the rings of the cover and of what is taken wind round a place.
pub(super) type Windings = [i32; 2];

pub(super) fn add(windings: &mut Windings, turns: Windings, times: i32) {
    windings[0] += turns[0] * times;
    windings[1] += turns[1] * times;
}

/// On which side of an edge lies a point half a step off the lattice, given in half steps: left (above) or right. A
/// point on the edge is moved left by very little; one that then still is on it, upwards by even less.
pub(super) fn is_left(edge: &LatticeEdge, x: i64, y: i64) -> bool {
    let (along_x, along_y) = (edge.b.x - edge.a.x, edge.b.y - edge.a.y);
    let side = product(along_x, y - 2 * edge.a.y) - product(along_y, x - 2 * edge.a.x);
    match side.cmp(&0) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => along_y >= 0,
    }
}

/// Whether an edge crosses the level just above `y`.
pub(super) fn crosses_level(edge: &LatticeEdge, y: i64) -> bool {
    (edge.a.y <= y) != (edge.b.y <= y)
}

/// How often one who crosses an edge from left to right on a level line comes to its left.
fn rightwards(edge: &LatticeEdge) -> i32 {
    if edge.b.y > edge.a.y { -1 } else { 1 }
}

/// By how much more the rings wind round the right end than round the left end of the lower border of a tile.
pub(super) fn below<'a>(
    grid: &BucketGrid,
    tile: usize,
    edges: impl Iterator<Item = &'a LatticeEdge>,
) -> Windings {
    let corner = grid.corner(tile);
    let (left, right) = (2 * corner.x - 1, 2 * (corner.x + grid.side) - 1);
    let level = 2 * corner.y - 1;
    let mut sum = [0; 2];
    for edge in edges {
        if crosses_level(edge, corner.y - 1)
            && is_left(edge, left, level) != is_left(edge, right, level)
        {
            add(&mut sum, edge.turns, rightwards(edge));
        }
    }
    sum
}

/// Goes from the lower left corner of a tile, whose windings are known, up its left border and then right to a node.
pub(super) struct Compass {
    edges: Vec<LatticeEdge>,
    /// The edges that cross the left border.
    border: Vec<u32>,
    /// The edges by height.
    bands: Sorted<u32>,
    height: i64,
    corner: Node,
    windings: Windings,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "a tile has fewer than 2^32 edges, and no band lies below its corner"
)]
impl Compass {
    pub(super) fn new(
        grid: &BucketGrid,
        tile: usize,
        edges: Vec<LatticeEdge>,
        windings: Windings,
    ) -> Self {
        let corner = grid.corner(tile);
        let count = (edges.len() / 16).clamp(1, 256);
        let height = grid.side / count as i64 + 1;
        let band = |y: i64| ((y - corner.y) / height).clamp(0, count as i64 - 1) as u32;
        let (mut border, mut bands) = (Vec::new(), Vec::new());
        for (number, edge) in edges.iter().enumerate() {
            if edge.a.x < corner.x && edge.b.x >= corner.x {
                border.push(number as u32);
            }
            let (low, high) = (edge.a.y.min(edge.b.y), edge.a.y.max(edge.b.y));
            if low < high {
                bands.extend((band(low)..=band(high)).map(|band| (band, number as u32)));
            }
        }
        Self {
            bands: Sorted::new(count, &bands),
            edges,
            border,
            height,
            corner,
            windings,
        }
    }

    /// The windings just left of a node of the tile, and above any edge that leaves it level to the left.
    pub(super) fn windings_left_of(&self, node: Node) -> Windings {
        let mut windings = self.windings;
        let (x, y) = (2 * self.corner.x - 1, 2 * node.y);
        for &edge in &self.border {
            let edge = &self.edges[edge as usize];
            if is_left(edge, x, y) && !is_left(edge, x, 2 * self.corner.y - 1) {
                add(&mut windings, edge.turns, 1);
            }
        }
        let band = (node.y - self.corner.y) / self.height;
        for &edge in self.bands.of(band as usize) {
            let edge = &self.edges[edge as usize];
            if !crosses_level(edge, node.y) {
                continue;
            }
            let upwards = edge.b.y > edge.a.y;
            let from_left = is_left(edge, x, y) == upwards;
            let beyond = side(edge.a, edge.b, node);
            let is_crossed = if upwards { beyond < 0 } else { beyond > 0 };
            if from_left && is_crossed {
                add(&mut windings, edge.turns, rightwards(edge));
            }
        }
        windings
    }
}
