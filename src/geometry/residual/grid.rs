//! A square grid over the lattice: which cell holds a node, which cells a line may meet, and things sorted by cell.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a grid has fewer than 2^31 cells, and where a line runs is only asked within `SLACK`"
)]

use super::lattice::Node;

/// By how many steps the height of a line may be off, in doubles.
const SLACK: i64 = 4;

/// Square cells; cell (0, 0) begins half a step left of and below `origin`, where no node lies.
#[derive(Clone, Copy, Debug)]
pub(super) struct BucketGrid {
    pub(super) origin: Node,
    pub(super) side: i64,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

impl BucketGrid {
    /// The grid of cells of `side` steps that holds all nodes from `min` to `max`.
    pub(super) fn over(min: Node, max: Node, side: i64) -> Self {
        let count = |from: i64, to: i64| ((to - from) / side + 1) as usize;
        Self {
            origin: min,
            side,
            columns: count(min.x, max.x),
            rows: count(min.y, max.y),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.columns * self.rows
    }

    /// The cell of a node, if it lies on the grid.
    pub(super) fn cell(&self, node: Node) -> Option<usize> {
        let column = (node.x - self.origin.x).div_euclid(self.side);
        let row = (node.y - self.origin.y).div_euclid(self.side);
        let on = (0..self.columns as i64).contains(&column) && (0..self.rows as i64).contains(&row);
        on.then(|| row as usize * self.columns + column as usize)
    }

    /// The lowest, leftmost node of a cell.
    pub(super) fn corner(&self, cell: usize) -> Node {
        Node {
            x: self.origin.x + (cell % self.columns) as i64 * self.side,
            y: self.origin.y + (cell / self.columns) as i64 * self.side,
        }
    }

    /// Calls `visit` with each cell, once, that holds a point of the line from `a` to `b`, `a` before `b`, and maybe
    /// with some beside it.
    pub(super) fn each_cell(&self, a: Node, b: Node, mut visit: impl FnMut(usize)) {
        let column = |x: i64| (x - self.origin.x).div_euclid(self.side);
        let row = |y: i64| (y - self.origin.y).div_euclid(self.side);
        let (low, high) = (a.y.min(b.y), a.y.max(b.y));
        let (left, right) = (column(a.x), column(b.x));
        let (first, last) = (left.max(0), right.min(self.columns as i64 - 1));
        let slope = (b.y - a.y) as f64 / (b.x - a.x).max(1) as f64;
        for column in first..=last {
            let (mut from, mut to) = (low, high);
            if left < right {
                let border = self.origin.x + column * self.side;
                let height = |x: i64| a.y + (slope * (x - a.x) as f64) as i64;
                let one = height((border - 1).max(a.x));
                let two = height((border + self.side).min(b.x));
                from = from.max(one.min(two) - SLACK);
                to = to.min(one.max(two) + SLACK);
            }
            for row in row(from).max(0)..=row(to).min(self.rows as i64 - 1) {
                visit(row as usize * self.columns + column as usize);
            }
        }
    }
}

/// Things sorted by cell, those of a cell in the order they came in.
pub(super) struct Sorted<T> {
    starts: Vec<usize>,
    things: Vec<T>,
}

impl<T: Copy> Sorted<T> {
    /// Sorts things that come with their cell.
    pub(super) fn new(cells: usize, pairs: &[(u32, T)]) -> Self {
        let mut starts = vec![0; cells + 1];
        for &(cell, _) in pairs {
            starts[cell as usize + 1] += 1;
        }
        for cell in 0..cells {
            starts[cell + 1] += starts[cell];
        }
        let mut next = starts.clone();
        let mut things: Vec<T> = pairs.iter().map(|&(_, thing)| thing).collect();
        for &(cell, thing) in pairs {
            let place = &mut next[cell as usize];
            things[*place] = thing;
            *place += 1;
        }
        Self { starts, things }
    }

    /// What is in a cell.
    pub(super) fn of(&self, cell: usize) -> &[T] {
        &self.things[self.starts[cell]..self.starts[cell + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(a: (i64, i64), b: (i64, i64)) -> Vec<usize> {
        let node = |(x, y)| Node { x, y };
        let grid = BucketGrid::over(node((0, 0)), node((299, 299)), 100);
        let mut cells = Vec::new();
        grid.each_cell(node(a), node(b), |cell| cells.push(cell));
        cells.sort_unstable();
        cells
    }

    #[test]
    fn a_line_meets_the_cells_it_runs_through() {
        assert_eq!(met((10, 10), (20, 90)), [0]);
        assert_eq!(met((10, 50), (290, 50)), [0, 1, 2]);
        assert_eq!(
            met((10, 10), (290, 290)),
            [0, 1, 3, 4, 5, 7, 8],
            "within the slack"
        );
        assert_eq!(met((10, 250), (50, -900)), [0, 3, 6]);
        assert_eq!(met((-900, 150), (900, 151)), [3, 4, 5]);
        assert_eq!(met((400, 0), (500, 10)), [0; 0]);
    }

    #[test]
    fn things_come_back_by_cell() {
        let sorted = Sorted::new(3, &[(2, 'a'), (0, 'b'), (2, 'c')]);
        assert_eq!(
            [sorted.of(0), sorted.of(1), sorted.of(2)],
            [&['b'][..], &[], &['a', 'c']]
        );
    }
}
