//! Frames → the largest box in any of them that no edge enters, and a bound that none exceeds.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::frame::{Frame, Piece, TOUCH, area};
use crate::geometry::Bounds;

/// The search ends when no box can be greater by more than this share.
const TOLERANCE: f64 = 0.002;

/// How many nodes are opened in the first frame, and how often something is held against a node, at the most.
const FIRST: (usize, usize) = (1_500, 2_000_000);

/// The same in each of the others: they are seldom better.
const OTHER: (usize, usize) = (300, 200_000);

/// A box, in the frame of this number.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub(super) frame: usize,
    pub(super) bounds: Bounds,
}

/// All boxes that lie in one and hold another.
struct Node {
    frame: usize,
    /// They lie in it.
    outer: Bounds,
    /// Their lower left corner is no farther right or up than `min`, their upper right no farther left or down than `max`:
    /// where `min` is less than `max` they hold what is between.
    inner: Bounds,
    hindrances: Vec<u32>,
    /// No box is greater.
    most: f64,
    /// What is most in the way.
    pivot: Option<Piece>,
}

impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        self.most.total_cmp(&other.most)
    }
}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Node {}

/// The search, frame after frame, in each the most promising node first. A node that something enters falls into four: a
/// box that does not meet the thing is right or left of it, or else it is above or below. So each box is in one node only,
/// and none is lost.
pub(super) struct Search<'a> {
    frames: &'a [Frame],
    open: BinaryHeap<Node>,
    pub(super) best: Option<Found>,
    best_area: f64,
    pub(super) at_most: f64,
    looks: usize,
    spare: Vec<Vec<u32>>,
}

impl<'a> Search<'a> {
    pub(super) fn of(frames: &'a [Frame]) -> Self {
        let mut search = Self {
            frames,
            open: BinaryHeap::new(),
            best: None,
            best_area: 0.0,
            at_most: 0.0,
            looks: 0,
            spare: Vec::new(),
        };
        search.run();
        search
    }

    fn run(&mut self) {
        for (number, frame) in self.frames.iter().enumerate() {
            let outer = frame.bounds();
            self.looks = 0;
            self.add(Node {
                frame: number,
                outer,
                inner: Bounds {
                    min: outer.max,
                    max: outer.min,
                },
                hindrances: frame.hindrances.clone(),
                most: 0.0,
                pivot: None,
            });
            let (nodes, looks) = if number == 0 { FIRST } else { OTHER };
            let mut opened = 0;
            while let Some(node) = self.open.pop() {
                let is_spent = opened == nodes || self.looks > looks;
                if node.most <= self.best_area * (1.0 + TOLERANCE) || is_spent {
                    self.at_most = self.at_most.max(node.most);
                    break;
                }
                opened += 1;
                self.open(node);
            }
            self.open.clear();
        }
        self.at_most = self.at_most.max(self.best_area);
    }

    fn open(&mut self, node: Node) {
        let frame = &self.frames[node.frame];
        if let Some(bounds) = frame.cut_free(node.outer, &node.hindrances, self.best_area) {
            self.best_area = area(&bounds);
            self.best = Some(Found {
                frame: node.frame,
                bounds,
            });
        }
        if let Some(pivot) = node.pivot {
            let Node { outer, inner, .. } = node;
            let (low, high) = pivot.split(&outer);
            let (mut right, mut left, mut above, mut below) = (outer, outer, outer, outer);
            (right.min.x, left.max.x) = (high.x, low.x);
            (above.min.y, below.max.y) = (high.y, low.y);
            let mut across = inner;
            across.min.x = across.min.x.min(high.x);
            across.max.x = across.max.x.max(low.x);
            let children = [
                (right, inner),
                (left, inner),
                (above, across),
                (below, across),
            ];
            for (outer, inner) in children {
                let mut hindrances = self.spare.pop().unwrap_or_default();
                hindrances.clear();
                hindrances.extend(&node.hindrances);
                self.add(Node {
                    frame: node.frame,
                    outer,
                    inner,
                    hindrances,
                    most: 0.0,
                    pivot: None,
                });
            }
        }
        self.spare.push(node.hindrances);
    }

    /// Adds a node if a greater box may be in it.
    fn add(&mut self, mut node: Node) {
        self.looks += 2 * node.hindrances.len();
        let may_be = area(&node.outer) > self.best_area && self.settle(&mut node);
        if may_be && node.most > self.best_area * (1.0 + TOLERANCE) {
            self.open.push(node);
        } else {
            if may_be {
                self.at_most = self.at_most.max(node.most);
            }
            self.spare.push(node.hindrances);
        }
    }

    /// Leaves out what does not enter the node, draws it in where something must be passed on one side, and finds what is
    /// most in the way; `false` when no box is left.
    fn settle(&self, node: &mut Node) -> bool {
        let frame = &self.frames[node.frame];
        let Node {
            outer,
            inner,
            hindrances,
            ..
        } = node;
        let mut is_left = is_possible(outer, inner);
        hindrances.retain(|&number| {
            is_left && frame.within(number, outer).is_some() && {
                is_left = pass(frame, number, outer, inner);
                true
            }
        });
        if !is_left || !is_possible(outer, inner) {
            return false;
        }
        node.most = area(outer);
        node.pivot = None;
        let mut nearest = f64::INFINITY;
        hindrances.retain(|&number| {
            let Some(piece) = frame.within(number, outer) else {
                return false;
            };
            let fits = |cut: &Bounds| is_possible(&cut.grown(TOUCH), inner);
            let cuts = piece.cuts(outer).into_iter().flatten();
            let most = cuts.filter(fits).map(|cut| area(&cut)).fold(0.0, f64::max);
            let off = piece.off(outer);
            if most < node.most || (most == node.most && off < nearest) {
                (node.most, node.pivot, nearest) = (most, Some(piece), off);
            }
            true
        });
        true
    }
}

/// Draws `outer` in above or below of what is across the way of the inner box, or beside it; `false` where it leaves none.
fn pass(frame: &Frame, number: u32, outer: &mut Bounds, inner: &Bounds) -> bool {
    let mut column = outer.grown(-TOUCH);
    (column.min.x, column.max.x) = (inner.min.x, inner.max.x);
    let passed = (column.min.x <= column.max.x).then(|| frame.clipped(number, &column));
    if let Some(Piece { low, high, .. }) = passed.flatten() {
        match (low.y + TOUCH >= inner.max.y, high.y - TOUCH <= inner.min.y) {
            (false, false) => return false,
            (true, false) => outer.max.y = outer.max.y.min(low.y).max(inner.max.y),
            (false, true) => outer.min.y = outer.min.y.max(high.y).min(inner.min.y),
            (true, true) => {}
        }
    }
    let mut row = outer.grown(-TOUCH);
    (row.min.y, row.max.y) = (inner.min.y, inner.max.y);
    let passed = (row.min.y <= row.max.y).then(|| frame.clipped(number, &row));
    if let Some(Piece { low, high, .. }) = passed.flatten() {
        match (low.x + TOUCH >= inner.max.x, high.x - TOUCH <= inner.min.x) {
            (false, false) => return false,
            (true, false) => outer.max.x = outer.max.x.min(low.x).max(inner.max.x),
            (false, true) => outer.min.x = outer.min.x.max(high.x).min(inner.min.x),
            (true, true) => {}
        }
    }
    true
}

/// Whether a box can lie in the outer one and hold the inner one.
fn is_possible(outer: &Bounds, inner: &Bounds) -> bool {
    outer.min.x <= inner.min.x
        && outer.min.y <= inner.min.y
        && outer.max.x >= inner.max.x
        && outer.max.y >= inner.max.y
        && outer.min.x < outer.max.x
        && outer.min.y < outer.max.y
}
