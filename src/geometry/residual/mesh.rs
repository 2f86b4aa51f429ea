//! The edges of a tile → which of them lie near each other, and where they cross.

use super::edges::LatticeEdge;
use super::grid::{BucketGrid, Sorted};
use super::lattice::{Node, crossing};

/// The edges of a tile, sorted into a finer grid.
pub(super) struct Mesh {
    grid: BucketGrid,
    starts: Vec<usize>,
    cells: Vec<u32>,
    edges: Sorted<u32>,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "a tile has fewer than 2^32 edges, and no side of a cell need be exact"
)]
impl Mesh {
    /// The mesh of the edges that may meet a tile; none where they do not.
    pub(super) fn new(tiles: &BucketGrid, tile: usize, edges: &[LatticeEdge]) -> Option<Self> {
        let corner = tiles.corner(tile);
        let xs = || edges.iter().flat_map(|edge| [edge.a.x, edge.b.x]);
        let ys = || edges.iter().flat_map(|edge| [edge.a.y, edge.b.y]);
        let within = |low: Option<i64>, high: Option<i64>, from: i64| {
            let (low, high) = (low?.max(from), high?.min(from + tiles.side - 1));
            (low <= high).then_some((low, high))
        };
        let (left, right) = within(xs().min(), xs().max(), corner.x)?;
        let (low, high) = within(ys().min(), ys().max(), corner.y)?;
        let (width, height) = ((right - left + 1) as f64, (high - low + 1) as f64);
        let many = edges.len() as f64;
        // an edge is to meet a few cells on average, however long some are
        let length = |edge: &LatticeEdge| {
            let reach = (edge.b.x - edge.a.x).max((edge.b.y - edge.a.y).abs());
            reach.min(tiles.side) as f64
        };
        let length = edges.iter().map(length).sum::<f64>() / many;
        let side = (width * height / many).sqrt();
        let side = side.max(width.max(height) / many).max(length / 2.0);
        let min = Node { x: left, y: low };
        let max = Node { x: right, y: high };
        let grid = BucketGrid::over(min, max, side as i64 + 1);
        let mut starts = Vec::with_capacity(edges.len() + 1);
        let mut cells = Vec::with_capacity(3 * edges.len());
        starts.push(0);
        for edge in edges {
            grid.each_cell(edge.a, edge.b, |cell| cells.push(cell as u32));
            starts.push(cells.len());
        }
        let mut pairs = Vec::with_capacity(cells.len());
        for at in 0..edges.len() {
            let met = cells[starts[at]..starts[at + 1]].iter();
            pairs.extend(met.map(|&cell| (cell, at as u32)));
        }
        let edges = Sorted::new(grid.len(), &pairs);
        Some(Self {
            grid,
            starts,
            cells,
            edges,
        })
    }

    /// The cells that an edge may meet.
    pub(super) fn cells(&self, edge: usize) -> &[u32] {
        &self.cells[self.starts[edge]..self.starts[edge + 1]]
    }

    /// Nodes of the tile by cell.
    pub(super) fn by_cell(&self, nodes: &[Node]) -> Sorted<Node> {
        let place = |&node: &Node| Some((self.grid.cell(node)? as u32, node));
        let pairs: Vec<(u32, Node)> = nodes.iter().filter_map(place).collect();
        Sorted::new(self.grid.len(), &pairs)
    }

    /// Calls `found` with each crossing of two edges, once for a pair: in the cell where it lies.
    pub(super) fn crossings<E>(
        &self,
        edges: &[LatticeEdge],
        mut found: impl FnMut(Node) -> Result<(), E>,
    ) -> Result<(), E> {
        for cell in 0..self.grid.len() {
            let here = self.edges.of(cell);
            for (place, &one) in here.iter().enumerate() {
                let one = &edges[one as usize];
                let (low, high) = (one.a.y.min(one.b.y), one.a.y.max(one.b.y));
                for &two in &here[place + 1..] {
                    let two = &edges[two as usize];
                    let apart = two.a.x > one.b.x
                        || two.b.x < one.a.x
                        || two.a.y.min(two.b.y) > high
                        || two.a.y.max(two.b.y) < low;
                    if apart {
                        continue;
                    }
                    if let Some(node) = crossing(one.a, one.b, two.a, two.b)
                        && self.grid.cell(node) == Some(cell)
                    {
                        found(node)?;
                    }
                }
            }
        }
        Ok(())
    }
}
