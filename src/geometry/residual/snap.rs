//! Edges → edges that meet at their ends only, by snap rounding: whatever passes the pixel of a corner or of a crossing
//! is bent through its node. One round is enough, as crossings are those of the unbent edges.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::ResidualError;
use super::edges::{LatticeEdge, Tiled, merge};
use super::grid::{BucketGrid, Sorted};
use super::lattice::{Node, passes};
use super::mesh::Mesh;

/// So many pieces may come of an edge on average, and so many more of all: beyond that the input is no map.
const PIECES: u64 = 16;
const MORE_PIECES: u64 = 1_000_000;

/// A node that an edge of several tiles passes.
type Pass = (LatticeEdge, Node);

/// Bends all edges; none of those found meets another but at its ends.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a grid has fewer than 2^21 tiles"
)]
pub(super) fn snap(grid: &BucketGrid, edges: &Tiled, count: u64) -> Result<Tiled, ResidualError> {
    let left = Budget(AtomicU64::new(count * PIECES + MORE_PIECES));
    let snapped = (0..grid.len())
        .into_par_iter()
        .map(|tile| snap_tile(grid, tile, edges, &left))
        .collect::<Result<Vec<_>, _>>()?;
    let (pieces, passed): (Vec<_>, Vec<_>) = snapped.into_iter().unzip();
    let mut passed = passed.concat();
    passed.par_sort_unstable_by_key(|(edge, node)| (edge.a, edge.b, along(edge, *node)));
    let between: Vec<(u32, LatticeEdge)> = passed
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0)
        .filter_map(|pair| LatticeEdge::new(pair[0].1, pair[1].1, pair[0].0.turns))
        .filter_map(|piece| Some((grid.cell(piece.a)? as u32, piece)))
        .collect();
    let between = Sorted::new(grid.len(), &between);
    let homes = pieces
        .into_par_iter()
        .enumerate()
        .map(|(tile, mut pieces)| {
            pieces.extend(between.of(tile));
            merge(&mut pieces);
            pieces
        })
        .collect();
    Ok(Tiled::new(grid, homes))
}

/// How many more pieces may be made.
struct Budget(AtomicU64);

impl Budget {
    fn spend(&self, pieces: usize) -> Result<(), ResidualError> {
        let take = |left: u64| left.checked_sub(pieces as u64);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .map(|_| ())
            .map_err(|_| ResidualError::Tangled)
    }
}

/// Where on its way from its first to its last node an edge passes that one.
fn along(edge: &LatticeEdge, node: Node) -> (i64, i64) {
    let upwards = edge.b.y >= edge.a.y;
    (node.x, if upwards { node.y } else { -node.y })
}

/// The pieces of the edges that meet this tile only, and which nodes of the tile the others pass.
fn snap_tile(
    grid: &BucketGrid,
    tile: usize,
    edges: &Tiled,
    left: &Budget,
) -> Result<(Vec<LatticeEdge>, Vec<Pass>), ResidualError> {
    let (edges, staying) = edges.meeting(tile);
    let edges: Vec<LatticeEdge> = edges.copied().collect();
    let Some(mesh) = Mesh::new(grid, tile, &edges) else {
        return Ok((Vec::new(), Vec::new()));
    };
    let mut hot = Vec::with_capacity(2 * edges.len());
    for edge in &edges {
        hot.extend(
            [edge.a, edge.b]
                .into_iter()
                .filter(|&node| grid.cell(node) == Some(tile)),
        );
    }
    mesh.crossings(&edges, |node| {
        if grid.cell(node) == Some(tile) {
            hot.push(node);
            left.spend(1)?;
        }
        Ok(())
    })?;
    hot.sort_unstable();
    hot.dedup();
    let hot = mesh.by_cell(&hot);
    let mut pieces = Vec::with_capacity(edges.len());
    let (mut passed, mut chain) = (Vec::new(), Vec::new());
    for (at, edge) in edges.iter().enumerate() {
        chain.clear();
        for &cell in mesh.cells(at) {
            let met = hot.of(cell as usize).iter();
            chain.extend(met.filter(|&&node| passes(edge.a, edge.b, node)));
        }
        left.spend(chain.len().saturating_sub(2))?;
        if at < staying {
            chain.sort_unstable_by_key(|&node| along(edge, node));
            pieces.extend(
                chain
                    .windows(2)
                    .filter_map(|pair| LatticeEdge::new(pair[0], pair[1], edge.turns)),
            );
        } else {
            passed.extend(chain.iter().map(|&node| (*edge, node)));
        }
    }
    Ok((pieces, passed))
}
