//! Shapes → what they are like as a whole, and the grid of tiles that suits them.

use super::grid::BucketGrid;
use super::lattice::{FARTHEST, Node};
use crate::geometry::ShapeRef;

/// About how many edges a tile is meant to have.
const EDGES_IN_TILE: f64 = 1500.0;

/// More tiles than this no row and no column of the grid has.
const MOST_TILES: i64 = 1024;

/// How many cells a side the ground is cut into to see how much of it is built up.
const CELLS: usize = 256;

/// What the layers are like.
pub(super) struct Survey {
    min: Node,
    max: Node,
    edges: f64,
    length: f64,
    places: Vec<Node>,
}

impl Survey {
    pub(super) fn none() -> Self {
        let (least, most) = (i64::MIN, i64::MAX);
        Self {
            min: Node { x: most, y: most },
            max: Node { x: least, y: least },
            edges: 0.0,
            length: 0.0,
            places: Vec::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Looks at a shape too; whether it may have passed the gate.
    pub(super) fn see(&mut self, shape: ShapeRef<'_>) -> bool {
        for ring in shape.rings() {
            let is_near = |number: f64| number.abs() <= FARTHEST;
            if !ring.iter().all(|c| is_near(c.x) && is_near(c.y)) || ring.first() != ring.last() {
                return false;
            }
            for edge in ring.windows(2) {
                self.edges += 1.0;
                self.length += (edge[1].x - edge[0].x).abs() + (edge[1].y - edge[0].y).abs();
            }
            for &c in ring {
                self.hold(Node::of(c));
            }
        }
        self.places
            .extend(shape.coords().first().map(|&c| Node::of(c)));
        true
    }

    /// A grid over all, of tiles of the given side in steps or of one that suits.
    pub(super) fn grid(&self, side: Option<i64>) -> BucketGrid {
        let side = side.unwrap_or_else(|| self.side());
        let extent = (self.max.x - self.min.x).max(self.max.y - self.min.y);
        BucketGrid::over(self.min, self.max, side.max(extent / MOST_TILES + 1))
    }

    fn hold(&mut self, node: Node) {
        self.min = Node {
            x: self.min.x.min(node.x),
            y: self.min.y.min(node.y),
        };
        self.max = Node {
            x: self.max.x.max(node.x),
            y: self.max.y.max(node.y),
        };
    }

    /// Of both.
    pub(super) fn and(mut self, mut other: Self) -> Self {
        self.hold(other.min);
        self.hold(other.max);
        self.edges += other.edges;
        self.length += other.length;
        self.places.append(&mut other.places);
        self
    }

    /// The side of tiles, in steps: so many that each has about [`EDGES_IN_TILE`] where anything is built up, so few
    /// that few edges run through more than one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "the side may be off by a little"
    )]
    fn side(&self) -> i64 {
        let (low, high) = (self.min.coord(), self.max.coord());
        let cell = |at: f64, low: f64, high: f64| {
            ((at - low) / (high - low).max(f64::MIN_POSITIVE) * (CELLS as f64 - 1.0)) as i64
        };
        let mut cells: Vec<(i64, i64)> = self
            .places
            .iter()
            .map(|place| place.coord())
            .map(|c| (cell(c.x, low.x, high.x), cell(c.y, low.y, high.y)))
            .collect();
        cells.sort_unstable();
        cells.dedup();
        let built_up = cells.len() as f64 / (CELLS * CELLS) as f64;
        let area = (high.x - low.x) * (high.y - low.y) * built_up;
        let edges = self.edges.max(1.0);
        let side = (area * EDGES_IN_TILE / edges).sqrt();
        let steps = side.max(4.0 * self.length / edges) / Node { x: 1, y: 1 }.coord().x;
        steps.ceil() as i64 + 1
    }
}
