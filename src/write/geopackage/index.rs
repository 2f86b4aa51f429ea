//! The boxes of a layer's rows → its spatial index, packed along a Hilbert curve.
//!
//! To push a million boxes into an R-tree of SQLite one by one takes longer than all else of a GeoPackage. Its nodes are
//! rows of tables whose form is part of SQLite's file format (`sqlite.org/rtree.html`, 6.1), and are written as they are.

use geo::Coord;
use rusqlite::{Connection, Result, params};

use crate::geometry::Bounds;
use crate::write::hilbert::hilbert_order;

/// Of a cell: a number of 8 bytes and four bounds of 4.
const CELL: usize = 24;
/// SQLite has no more cells in a node.
const MOST_CELLS: usize = 51;
/// The head of a node: the height of the tree, which the root says, and how many cells there are.
const HEAD: usize = 4;

/// A row, or a node below another, with the box around it, rounded outwards.
#[derive(Clone, Copy)]
struct NodeCell {
    id: i64,
    low: [f32; 2],
    high: [f32; 2],
}

/// The boxes of rows, by their numbers.
#[derive(Default)]
pub(super) struct SpatialIndex {
    cells: Vec<NodeCell>,
}

impl SpatialIndex {
    pub(super) fn push(&mut self, id: i64, around: Bounds) {
        self.cells.push(NodeCell {
            id,
            low: [down(around.min.x), down(around.min.y)],
            high: [up(around.max.x), up(around.max.y)],
        });
    }

    /// Fills the R-tree of that name, which is there and empty.
    pub(super) fn write(self, file: &Connection, tree: &str) -> Result<()> {
        if self.cells.is_empty() {
            return Ok(());
        }
        let bounds = |cell: &NodeCell| {
            let at = |[x, y]: [f32; 2]| Coord {
                x: x.into(),
                y: y.into(),
            };
            Bounds {
                min: at(cell.low),
                max: at(cell.high),
            }
        };
        let extent = bounds(&around(0, &self.cells));
        let order = hilbert_order(self.cells.len(), extent, |at| bounds(&self.cells[at]));
        let cells: Vec<NodeCell> = order.iter().map(|at| self.cells[*at]).collect();
        let table = |part: &str| format!("\"{}_{part}\"", tree.replace('"', "\"\""));
        let mut node = file.prepare(&format!("REPLACE INTO {} VALUES (?1, ?2)", table("node")))?;
        let mut rows = Vec::with_capacity(cells.len());
        let mut parents = Vec::new();
        let (mut cells, mut height, mut next) = (cells, 0_u16, 2_i64);
        loop {
            let is_root = cells.len() <= MOST_CELLS;
            let nodes = cells.len().div_ceil(MOST_CELLS);
            let mut above = Vec::with_capacity(nodes);
            for place in 0..nodes {
                // as many in each, give or take one
                let [from, to] = [place, place + 1].map(|at| at * cells.len() / nodes);
                let within = &cells[from..to];
                let number = if is_root { 1 } else { next };
                next += i64::from(!is_root);
                let of = |cell: &NodeCell| (cell.id, number);
                if height == 0 {
                    rows.extend(within.iter().map(of));
                } else {
                    parents.extend(within.iter().map(of));
                }
                let said = if is_root { height } else { 0 };
                node.execute(params![number, bytes(said, within)])?;
                above.push(around(number, within));
            }
            if is_root {
                break;
            }
            (cells, height) = (above, height + 1);
        }
        rows.sort_unstable();
        fill(file, &table("rowid"), &rows)?;
        fill(file, &table("parent"), &parents)
    }
}

fn fill(file: &Connection, table: &str, pairs: &[(i64, i64)]) -> Result<()> {
    let mut insert = file.prepare(&format!("INSERT INTO {table} VALUES (?1, ?2)"))?;
    pairs
        .iter()
        .try_for_each(|pair| insert.execute(*pair).map(drop))
}

/// The cell of a node that holds these.
fn around(id: i64, cells: &[NodeCell]) -> NodeCell {
    let mut all = NodeCell {
        id,
        low: [f32::INFINITY; 2],
        high: [f32::NEG_INFINITY; 2],
    };
    for cell in cells {
        for axis in 0..2 {
            all.low[axis] = all.low[axis].min(cell.low[axis]);
            all.high[axis] = all.high[axis].max(cell.high[axis]);
        }
    }
    all
}

/// A node: big-endian, as long as SQLite makes all of them.
#[expect(clippy::cast_possible_truncation, reason = "no more than 51 cells")]
fn bytes(height: u16, cells: &[NodeCell]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + CELL * MOST_CELLS);
    bytes.extend(height.to_be_bytes());
    bytes.extend((cells.len() as u16).to_be_bytes());
    for cell in cells {
        bytes.extend(cell.id.to_be_bytes());
        for axis in 0..2 {
            bytes.extend(cell.low[axis].to_be_bytes());
            bytes.extend(cell.high[axis].to_be_bytes());
        }
    }
    bytes.resize(HEAD + CELL * MOST_CELLS, 0);
    bytes
}

/// The nearest number of single precision that is no greater.
#[expect(clippy::cast_possible_truncation, reason = "rounded outwards next")]
fn down(number: f64) -> f32 {
    let near = number as f32;
    if f64::from(near) > number {
        near.next_down()
    } else {
        near
    }
}

/// The nearest number of single precision that is no less.
fn up(number: f64) -> f32 {
    -down(-number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Boxes on a grid of that many columns and rows, and the number of those that meet one of them.
    fn met(columns: i64, rows: i64, window: [f64; 4]) -> (i64, i64) {
        let file = Connection::open_in_memory().unwrap();
        let create = "CREATE VIRTUAL TABLE \"r-t\" USING rtree(id, minx, maxx, miny, maxy)";
        file.execute_batch(create).unwrap();
        let mut index = SpatialIndex::default();
        let mut expected = 0;
        let [left, bottom, right, top] = window;
        for number in 0..columns * rows {
            #[expect(clippy::cast_precision_loss, reason = "few boxes")]
            let min = Coord {
                x: 500_000.1 + (number % columns) as f64,
                y: 3_150_000.1 + (number / columns) as f64,
            };
            let max = min + Coord { x: 0.5, y: 0.5 };
            index.push(number + 1, Bounds { min, max });
            let meets = min.x <= right && max.x >= left && min.y <= top && max.y >= bottom;
            expected += i64::from(meets);
        }
        index.write(&file, "r-t").unwrap();
        let check: String = file
            .query_row("SELECT rtreecheck('r-t')", [], |row| row.get(0))
            .unwrap();
        assert_eq!(check, "ok");
        let sql = "SELECT count(*) FROM \"r-t\" WHERE minx <= ?3 AND maxx >= ?1 AND miny <= ?4 AND maxy >= ?2";
        let found = file.query_row(sql, window, |row| row.get(0)).unwrap();
        (found, expected)
    }

    #[test]
    fn sqlite_finds_a_packed_tree_whole_and_all_that_meets_a_window() {
        for (columns, rows) in [(1, 1), (51, 1), (52, 1), (60, 60), (400, 400)] {
            let window = [500_010.8, 3_150_000.0, 500_012.3, 3_150_001.9];
            let (found, expected) = met(columns, rows, window);
            // bounds of single precision reach a little further
            assert!(
                found >= expected,
                "{columns} × {rows}: {found} of {expected}"
            );
            let all = [0.0, 0.0, 1e9, 1e9];
            assert_eq!(met(columns, rows, all), (columns * rows, columns * rows));
        }
    }

    #[test]
    fn bounds_are_rounded_outwards() {
        for number in [0.0, 0.1, -0.1, 3_150_000.1, -3_150_000.1, 1e-30] {
            assert!(f64::from(down(number)) <= number && f64::from(up(number)) >= number);
            assert!(up(number) <= down(number).next_up());
        }
    }
}
