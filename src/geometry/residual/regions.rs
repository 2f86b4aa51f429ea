//! Borders → regions, each an outer ring with the holes that lie in it.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::compass::{crosses_level, is_left};
use super::edges::LatticeEdge;
use super::grid::{BucketGrid, Sorted};
use super::lattice::{Node, side};
use super::rings::{Ring, Traced};
use super::{ResidualError, Shapes};

/// The regions that the borders enclose, in order.
pub(super) fn regions(grid: &BucketGrid, mut traced: Traced) -> Result<Shapes, ResidualError> {
    put_holes(grid, &mut traced)?;
    let mut regions: Vec<(Ring, Vec<Ring>)> = traced
        .borders
        .into_iter()
        .filter_map(|border| Some((border.shell?, border.holes)))
        .collect();
    let upwards = |one: &Ring, two: &Ring| {
        let keys = |ring: &Ring| ring.iter().map(|node| (node.y, node.x)).collect::<Vec<_>>();
        let corner = |ring: &Ring| (ring[0].y, ring[0].x);
        corner(one)
            .cmp(&corner(two))
            .then_with(|| keys(one).cmp(&keys(two)))
    };
    regions
        .par_iter_mut()
        .for_each(|(_, holes)| holes.sort_unstable_by(upwards));
    regions.par_sort_unstable_by(|one, two| upwards(&one.0, &two.0));
    let mut shapes = Shapes::default();
    for (shell, holes) in &regions {
        for ring in std::iter::once(shell).chain(holes) {
            for node in ring.iter().chain(ring.first()) {
                shapes.push_coord(node.coord());
            }
            shapes.end_ring();
        }
        shapes.end_part();
        shapes.end_shape();
    }
    Ok(shapes)
}

/// Puts the holes that touch no outer border into the region they are left out of.
fn put_holes(grid: &BucketGrid, traced: &mut Traced) -> Result<(), ResidualError> {
    let lonely: Vec<usize> = (0..traced.borders.len())
        .filter(|&at| traced.borders[at].shell.is_none())
        .collect();
    if lonely.is_empty() {
        return Ok(());
    }
    let sight = Sight::new(grid, traced);
    let seen = lonely
        .par_iter()
        .map(|&at| {
            let holes = traced.borders[at].holes.iter().flatten();
            let leftmost = holes.min().copied().unwrap_or_default();
            sight
                .left_of(leftmost)
                .map(|corner| traced.border_of[corner as usize])
                .ok_or_else(|| ResidualError::open(leftmost))
        })
        .collect::<Result<Vec<u32>, _>>()?;
    let mut around: Vec<usize> = (0..traced.borders.len()).collect();
    for (&at, &seen) in lonely.iter().zip(&seen) {
        around[at] = seen as usize;
    }
    for &at in &lonely {
        // what is seen lies farther left each time, so that this ends at the outer border
        let mut outer = at;
        while around[outer] != outer {
            around[outer] = around[around[outer]];
            outer = around[outer];
        }
        let mut holes = std::mem::take(&mut traced.borders[at].holes);
        traced.borders[outer].holes.append(&mut holes);
    }
    Ok(())
}

/// Finds the border that is seen from a node when looking left.
struct Sight<'a> {
    grid: &'a BucketGrid,
    /// The stretches of the borders that may meet each tile, each from the corner of that number on.
    tiles: Sorted<(LatticeEdge, u32)>,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "there are fewer than 2^32 corners and 2^21 tiles"
)]
impl<'a> Sight<'a> {
    fn new(grid: &'a BucketGrid, traced: &Traced) -> Self {
        let mut stretches = Vec::new();
        for (number, sector) in traced.sectors.iter().enumerate() {
            if let Some(edge) = LatticeEdge::new(sector.at, sector.to, [0; 2])
                && edge.a.y != edge.b.y
            {
                grid.each_cell(edge.a, edge.b, |cell| {
                    stretches.push((cell as u32, (edge, number as u32)));
                });
            }
        }
        Self {
            grid,
            tiles: Sorted::new(grid.len(), &stretches),
        }
    }

    /// The corner that the nearest stretch of border left of a node, on the level just above it, begins with.
    fn left_of(&self, node: Node) -> Option<u32> {
        let from = self.grid.cell(node)?;
        let row_start = from - from % self.grid.columns;
        for tile in (row_start..=from).rev() {
            let mut left = self
                .tiles
                .of(tile)
                .iter()
                .filter(|(edge, _)| crosses_level(edge, node.y) && has_right(edge, node));
            let Some(first) = left.next() else {
                continue;
            };
            let nearest = left.fold(first, |nearest, other| {
                if is_farther_right(&other.0, &nearest.0) {
                    other
                } else {
                    nearest
                }
            });
            // a stretch that has left the tile may hide behind one that never met it
            let border = 2 * self.grid.corner(tile).x - 1;
            let upwards = nearest.0.b.y > nearest.0.a.y;
            if is_left(&nearest.0, border, 2 * node.y) == upwards {
                return Some(nearest.1);
            }
        }
        None
    }
}

/// The lower and the upper end of an edge.
fn upright(edge: &LatticeEdge) -> (Node, Node) {
    if edge.a.y < edge.b.y {
        (edge.a, edge.b)
    } else {
        (edge.b, edge.a)
    }
}

/// Whether a node lies right of an edge, not on it.
fn has_right(edge: &LatticeEdge, node: Node) -> bool {
    let (low, high) = upright(edge);
    side(low, high, node) < 0
}

/// Whether, of two edges that cross one level and not each other, the first does so farther right.
fn is_farther_right(one: &LatticeEdge, two: &LatticeEdge) -> bool {
    let ((low, high), (other_low, other_high)) = (upright(one), upright(two));
    // one end of either lies beside the other edge
    let of_two = |node: Node| side(other_low, other_high, node).cmp(&0).reverse();
    let of_one = |node: Node| side(low, high, node).cmp(&0);
    let upper = if high.y <= other_high.y {
        of_two(high)
    } else {
        of_one(other_high)
    };
    let lower = || {
        if low.y >= other_low.y {
            of_two(low)
        } else {
            of_one(other_low)
        }
    };
    upper.then_with(lower) == Ordering::Greater
}
