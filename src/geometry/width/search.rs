//! The triangles of polygons → the largest circle in them, and a bound that none exceeds.

use std::ops::Range;

use geo::Coord;

use super::cell::{Bound, Row, largest, longest_side, weighted};
use super::ground::Ground;
use crate::geometry::Bounds;

/// How many triangles are cut for each edge of a polygon, and at least.
const CELLS: (usize, usize) = (200, 20_000);

/// The search for the largest circle, or for one that is large enough.
pub(super) struct Search {
    tolerance: f64,
    /// A circle of this radius ends the search; a triangle where none is so large need not be looked at.
    enough: f64,
    pub(super) radius: f64,
    pub(super) centre: Coord,
    pub(super) at_most: f64,
    rows: Vec<Row>,
    /// The rows of the triangle at hand, and how far its new corner is from each of their edges.
    fresh: Vec<(Row, f64)>,
    open: Vec<Cell>,
}

/// A triangle in which the largest circle may have its centre.
struct Cell {
    corners: [Coord; 3],
    rows: Range<usize>,
    /// Where the rows end that are needed after this triangle.
    keep: usize,
    most: f64,
}

impl Search {
    pub(super) fn new(tolerance: f64, enough: f64) -> Self {
        Self {
            tolerance,
            enough,
            radius: 0.0,
            centre: Coord::zero(),
            at_most: 0.0,
            rows: Vec::new(),
            fresh: Vec::new(),
            open: Vec::new(),
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
    pub(super) fn look_at(&mut self, ground: &Ground) {
        for point in ground.samples() {
            let offs = (0_u32..).zip(&ground.edges);
            let nearest = offs.map(|(edge, _)| ground.off(edge, point));
            self.try_centre(ground, point, nearest.fold(f64::INFINITY, f64::min));
        }
        let mut left = CELLS.1 + CELLS.0 * ground.edges.len();
        for &(corners, reach) in &ground.triangles {
            if reach <= self.settled() {
                self.leave(reach);
                break;
            }
            self.rows.clear();
            let near = ground.near(Bounds::of(&corners).grown(reach));
            self.rows.extend(near.map(|edge| ground.row(edge, corners)));
            self.open(ground, corners, 0..self.rows.len());
            while let Some(cell) = self.open.pop() {
                let is_fine = longest_side(cell.corners).1 <= self.tolerance / 2.0;
                if cell.most <= self.settled() || is_fine || left == 0 || self.is_over() {
                    self.leave(cell.most);
                } else {
                    left -= 1;
                    self.halve(ground, &cell);
                }
            }
        }
    }

    /// Notes that circles in a triangle may be so large and are looked for no more.
    fn leave(&mut self, most: f64) {
        self.at_most = self.at_most.max(most).max(self.radius);
    }

    /// Cuts a triangle across its longest side.
    fn halve(&mut self, ground: &Ground, cell: &Cell) {
        let (apex, size) = longest_side(cell.corners);
        let (a, b) = ((apex + 1) % 3, (apex + 2) % 3);
        let middle = (cell.corners[a] + cell.corners[b]) / 2.0;
        self.rows.truncate(cell.keep);
        self.fresh.clear();
        let mut nearest = f64::INFINITY;
        for old in &self.rows[cell.rows.clone()] {
            // what is farther off than the largest circle can reach does not bound it
            if largest(old.off) - size <= cell.most {
                let off = ground.off(old.edge, middle);
                nearest = nearest.min(off);
                self.fresh.push((*old, off));
            }
        }
        let is_inside = ground.holds(middle);
        if is_inside {
            self.try_centre(ground, middle, nearest);
        } else if nearest >= size {
            return;
        }
        let before = self.open.len();
        for at in [a, b] {
            let first = self.rows.len();
            self.rows.extend(self.fresh.iter().map(|&(mut row, off)| {
                row.off[at] = off;
                row
            }));
            let mut corners = cell.corners;
            corners[at] = middle;
            self.open(ground, corners, first..self.rows.len());
        }
        let halves = &mut self.open[before..];
        // the more promising half is taken first, and leaves the rows of the other alone
        halves.sort_by(|a, b| a.most.total_cmp(&b.most));
        halves
            .iter_mut()
            .for_each(|half| half.keep = self.rows.len());
    }

    /// Opens a triangle, and tries the place in it where the largest circle may well be.
    fn open(&mut self, ground: &Ground, corners: [Coord; 3], rows: Range<usize>) {
        let near = &self.rows[rows.clone()];
        let bound = Bound::of(near, self.settled());
        if let Some(weights) = bound.guess {
            let point = weighted(corners, weights);
            let offs = near.iter().map(|row| ground.off(row.edge, point));
            let nearest = offs.fold(f64::INFINITY, f64::min);
            if nearest > self.radius && ground.holds(point) {
                self.try_centre(ground, point, nearest);
            }
        }
        self.open.push(Cell {
            corners,
            keep: rows.end,
            rows,
            most: bound.most,
        });
    }

    fn try_centre(&mut self, ground: &Ground, point: Coord, nearest: f64) {
        if nearest > self.radius {
            self.radius = nearest;
            self.centre = point + ground.origin;
        }
    }
}
