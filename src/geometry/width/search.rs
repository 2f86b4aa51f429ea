//! The triangles of polygons → the largest circle in them, and a bound that none exceeds.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use geo::Coord;

use super::cell::{Bound, CellRow, largest, longest_side, weighted};
use super::ground::WidthGround;
use crate::geometry::Bounds;

/// How many triangles are cut for each edge of a polygon, and at least.
const CELLS: (usize, usize) = (200, 20_000);

/// How many times an edge is held against a triangle at the most, whatever the polygon: what it costs in time and memory.
const ROWS: usize = 16_000_000;

/// The search for the largest circle, or for one that is large enough.
pub(super) struct WidthSearch {
    tolerance: f64,
    /// A circle of this radius ends the search; a triangle where none is so large need not be looked at.
    enough: f64,
    pub(super) radius: f64,
    pub(super) centre: Coord,
    pub(super) at_most: f64,
    open: BinaryHeap<WidthCell>,
    /// Memory of triangles that are done with.
    spare: Vec<Vec<CellRow>>,
}

/// A triangle in which the largest circle may have its centre; the most promising is the greatest.
struct WidthCell {
    corners: [Coord; 3],
    most: f64,
    /// The edges that can bound a circle there; as yet unknown of a triangle that has not been looked at.
    rows: Option<Vec<CellRow>>,
}

impl Ord for WidthCell {
    fn cmp(&self, other: &Self) -> Ordering {
        self.most.total_cmp(&other.most)
    }
}

impl PartialOrd for WidthCell {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for WidthCell {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for WidthCell {}

impl WidthSearch {
    pub(super) fn new(tolerance: f64, enough: f64) -> Self {
        Self {
            tolerance,
            enough,
            radius: 0.0,
            centre: Coord::zero(),
            at_most: 0.0,
            open: BinaryHeap::new(),
            spare: Vec::new(),
        }
    }

    /// A triangle whose bound is not above this can be left.
    fn settled(&self) -> f64 {
        if self.enough.is_finite() {
            self.enough.next_down()
        } else {
            self.radius + self.tolerance
        }
    }

    fn is_over(&self) -> bool {
        self.radius >= self.enough
    }

    /// Looks for a larger circle in `ground`, and raises the bound to what may lie there.
    pub(super) fn look_at(&mut self, ground: &WidthGround) {
        for point in ground.samples() {
            let edges = (0_u32..).zip(&ground.edges);
            let offs = edges.map(|(edge, _)| ground.off(edge, point));
            self.try_centre(ground, point, offs.fold(f64::INFINITY, f64::min));
        }
        let triangles = ground.triangles.iter();
        self.open = triangles
            .map(|&(corners, most)| WidthCell {
                corners,
                most,
                rows: None,
            })
            .collect();
        let mut left = CELLS.1 + CELLS.0 * ground.edges.len();
        let mut rows_left = ROWS;
        while let Some(cell) = self.open.pop() {
            let spent = left == 0 || rows_left == 0;
            if cell.most <= self.settled() || spent || self.is_over() {
                // none of the others promises more
                self.leave(cell.most);
                break;
            }
            left -= 1;
            match cell.rows {
                None => {
                    let near = ground.near(Bounds::of(&cell.corners).grown(cell.most));
                    let mut rows = self.spare.pop().unwrap_or_default();
                    rows.extend(near.map(|edge| ground.row(edge, cell.corners)));
                    rows_left = rows_left.saturating_sub(rows.len());
                    let least = rows.iter().map(|row| largest(row.off));
                    let most = least.fold(cell.most, f64::min);
                    let size = longest_side(cell.corners).1;
                    rows.retain(|row| largest(row.off) - size <= most);
                    self.open(ground, cell.corners, rows);
                }
                Some(_) if longest_side(cell.corners).1 <= self.tolerance / 2.0 => {
                    self.leave(cell.most);
                }
                Some(rows) => {
                    rows_left = rows_left.saturating_sub(rows.len());
                    self.halve(ground, cell.corners, cell.most, rows);
                }
            }
        }
        self.leave(self.radius);
    }

    /// Notes that circles in a triangle may be so large and are looked for no more.
    fn leave(&mut self, most: f64) {
        self.at_most = self.at_most.max(most);
    }

    /// Cuts a triangle across its longest side.
    fn halve(
        &mut self,
        ground: &WidthGround,
        corners: [Coord; 3],
        most: f64,
        mut rows: Vec<CellRow>,
    ) {
        let (apex, size) = longest_side(corners);
        let (a, b) = ((apex + 1) % 3, (apex + 2) % 3);
        let middle = (corners[a] + corners[b]) / 2.0;
        let mut other_rows = self.spare.pop().unwrap_or_default();
        let mut nearest = f64::INFINITY;
        rows.retain_mut(|row| {
            // what is farther off than the largest circle can reach does not bound it
            if largest(row.off) - size > most {
                return false;
            }
            let off = ground.off(row.edge, middle);
            nearest = nearest.min(off);
            let mut other = *row;
            other.off[b] = off;
            other_rows.push(other);
            row.off[a] = off;
            true
        });
        if nearest > self.radius || nearest >= size {
            if ground.holds(middle) {
                self.try_centre(ground, middle, nearest);
            } else if nearest >= size {
                self.spare.extend([rows, other_rows].map(emptied));
                return;
            }
        }
        let with = |at: usize| {
            let mut half = corners;
            half[at] = middle;
            half
        };
        self.open(ground, with(a), rows);
        self.open(ground, with(b), other_rows);
    }

    /// Opens a triangle, and tries the place in it where the largest circle may well be.
    fn open(&mut self, ground: &WidthGround, corners: [Coord; 3], rows: Vec<CellRow>) {
        let bound = Bound::of(&rows, self.settled());
        if let Some(weights) = bound.guess.filter(|_| bound.most > self.settled()) {
            let point = weighted(corners, weights);
            let offs = rows.iter().map(|row| ground.off(row.edge, point));
            let nearest = offs.fold(f64::INFINITY, f64::min);
            if nearest > self.radius && ground.holds(point) {
                self.try_centre(ground, point, nearest);
            }
        }
        if bound.most > self.settled() {
            self.open.push(WidthCell {
                corners,
                most: bound.most,
                rows: Some(rows),
            });
        } else {
            self.leave(bound.most);
            self.spare.push(emptied(rows));
        }
    }

    fn try_centre(&mut self, ground: &WidthGround, point: Coord, nearest: f64) {
        if nearest > self.radius {
            self.radius = nearest;
            self.centre = point + ground.origin;
        }
    }
}

fn emptied(mut rows: Vec<CellRow>) -> Vec<CellRow> {
    rows.clear();
    rows
}
