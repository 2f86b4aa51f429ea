//! Rings of two groups → the area where a rule over their winding numbers holds, strip by strip and slab by slab: no
//! topology is built, so none can go wrong.

use geo::Coord;

use crate::geometry::Bounds;
use crate::geometry::ring::cross;

/// How many edges there are to a strip.
const EDGES: usize = 48;

/// More strips are not made.
const STRIPS: usize = 1024;

/// The edges of some rings, each ring belonging to one of two groups.
pub(super) struct Sweep {
    /// Nothing outside is summed.
    bounds: Bounds,
    edges: Vec<Edge>,
}

/// An edge that runs upwards, or is level; `turn` is +1 where its ring ran upwards too, −1 where it ran downwards.
#[derive(Clone, Copy)]
struct Edge {
    low: Coord,
    high: Coord,
    turn: i32,
    group: usize,
}

impl Edge {
    fn x_at(&self, y: f64) -> f64 {
        self.low.x + (self.high.x - self.low.x) * ((y - self.low.y) / (self.high.y - self.low.y))
    }

    fn y_at(&self, x: f64) -> f64 {
        let share = (x - self.low.x) / (self.high.x - self.low.x);
        (self.low.y + (self.high.y - self.low.y) * share).clamp(self.low.y, self.high.y)
    }
}

/// What of an edge lies in a strip: from one height to another.
#[derive(Clone, Copy)]
struct Piece {
    from: f64,
    to: f64,
    edge: Edge,
}

/// Memory that one strip leaves to the next.
#[derive(Default)]
struct Room {
    pieces: Vec<Piece>,
    /// Where edges cross the strip's left border, and what that adds to the winding number above.
    entries: Vec<(f64, usize, i32)>,
    levels: Vec<f64>,
    active: Vec<Piece>,
    met: Vec<(f64, i32, usize)>,
}

impl Sweep {
    pub(super) fn within(bounds: Bounds) -> Self {
        Self {
            bounds,
            edges: Vec::new(),
        }
    }

    /// Adds a closed ring to group 0 or 1.
    pub(super) fn add(&mut self, ring: &[Coord], group: usize) {
        for edge in ring.windows(2) {
            let (a, b) = (edge[0], edge[1]);
            let (low, high, turn) = if a.y <= b.y { (a, b, 1) } else { (b, a, -1) };
            self.edges.push(Edge {
                low,
                high,
                turn,
                group,
            });
        }
    }

    /// The area, in square units, of all points within the bounds for whose winding numbers in the two groups `inside`
    /// holds.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "strips are few, and a number below zero is the first"
    )]
    pub(super) fn area(&self, inside: impl Fn([i32; 2]) -> bool) -> f64 {
        let Bounds { min, max } = self.bounds;
        let width = max.x - min.x;
        if width.is_nan() || width <= 0.0 || max.y <= min.y {
            return 0.0;
        }
        let count = (self.edges.len() / EDGES).clamp(1, STRIPS);
        let border = |strip: usize| min.x + width * (strip as f64 / count as f64);
        let strip_at = |x: f64| ((x - min.x) / width * count as f64) as usize;
        let mut strips = vec![Vec::new(); count];
        for (number, edge) in self.edges.iter().enumerate() {
            let (left, right) = (edge.low.x.min(edge.high.x), edge.low.x.max(edge.high.x));
            if right >= min.x && left <= max.x {
                // one more to either side, for a corner on a border
                let (first, last) = (strip_at(left).saturating_sub(1), strip_at(right) + 1);
                for strip in &mut strips[first.min(count - 1)..=last.min(count - 1)] {
                    strip.push(number);
                }
            }
        }
        let mut room = Room::default();
        let strips = strips.iter().enumerate().map(|(at, numbers)| {
            let edges = numbers.iter().map(|&number| self.edges[number]);
            room.fill(edges, border(at), border(at + 1));
            room.levels(min.y, max.y);
            room.area(border(at), border(at + 1), &inside)
        });
        strips.sum()
    }
}

impl Room {
    /// Takes what of the edges lies in the strip right of `left`, up to `right`.
    fn fill(&mut self, edges: impl Iterator<Item = Edge>, left: f64, right: f64) {
        self.pieces.clear();
        self.entries.clear();
        for edge in edges {
            let (low, high) = (edge.low.x, edge.high.x);
            if (low <= left) != (high <= left) {
                let turn = if low <= left { edge.turn } else { -edge.turn };
                self.entries.push((edge.y_at(left), edge.group, turn));
            }
            if (low <= left && high <= left) || (low > right && high > right) {
                continue;
            }
            let (mut from, mut to) = (edge.low.y, edge.high.y);
            for border in [left, right] {
                if (low <= border) != (high <= border) {
                    let is_left = border == left;
                    if (low <= border) == is_left {
                        from = from.max(edge.y_at(border));
                    } else {
                        to = to.min(edge.y_at(border));
                    }
                }
            }
            if from < to {
                self.pieces.push(Piece { from, to, edge });
            }
        }
        self.pieces.sort_by(|a, b| a.from.total_cmp(&b.from));
        self.entries.sort_by(|a, b| a.0.total_cmp(&b.0));
    }

    /// Every height from `bottom` to `top` at which a piece begins, ends or crosses another, ascending.
    fn levels(&mut self, bottom: f64, top: f64) {
        self.levels.clear();
        self.levels.extend([bottom, top]);
        // a level edge is no piece, but may cross the whole strip
        self.levels.extend(self.entries.iter().map(|entry| entry.0));
        for (at, a) in self.pieces.iter().enumerate() {
            self.levels.extend([a.from, a.to]);
            let above = self.pieces[at + 1..].iter();
            for b in above.take_while(|b| b.from < a.to) {
                self.levels.extend(crossing(&a.edge, &b.edge));
            }
        }
        self.levels.retain(|level| (bottom..=top).contains(level));
        self.levels.sort_unstable_by(f64::total_cmp);
        self.levels.dedup();
    }

    fn area(&mut self, left: f64, right: f64, inside: &impl Fn([i32; 2]) -> bool) -> f64 {
        let (mut next, mut entered, mut at_left, mut area) = (0, 0, [0; 2], 0.0);
        self.active.clear();
        for slab in self.levels.windows(2) {
            let (bottom, top) = (slab[0], slab[1]);
            let middle = f64::midpoint(bottom, top);
            while let Some(piece) = self.pieces.get(next).filter(|piece| piece.from <= bottom) {
                self.active.push(*piece);
                next += 1;
            }
            self.active.retain(|piece| piece.to > bottom);
            while let Some((_, group, turn)) =
                self.entries.get(entered).filter(|entry| entry.0 < middle)
            {
                at_left[*group] += turn;
                entered += 1;
            }
            self.met.clear();
            let edges = self.active.iter().map(|piece| &piece.edge);
            let met =
                edges.map(|edge| (edge.x_at(middle).clamp(left, right), edge.turn, edge.group));
            self.met.extend(met);
            self.met.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            let (mut windings, mut from, mut width) = (at_left, left, 0.0);
            for &(x, turn, group) in &self.met {
                if inside(windings) {
                    width += x - from;
                }
                windings[group] -= turn;
                from = x;
            }
            if inside(windings) {
                width += right - from;
            }
            area += width * (top - bottom);
        }
        area
    }
}

/// The height at which two edges cross between their ends.
fn crossing(a: &Edge, b: &Edge) -> Option<f64> {
    let apart = a.low.x.max(a.high.x) < b.low.x.min(b.high.x)
        || b.low.x.max(b.high.x) < a.low.x.min(a.high.x);
    if apart {
        return None;
    }
    let (along_a, along_b, between) = (a.high - a.low, b.high - b.low, b.low - a.low);
    let parallel = cross(along_a, along_b);
    let share_a = cross(between, along_b) / parallel;
    let share_b = cross(between, along_a) / parallel;
    let within = |share: f64| share > 0.0 && share < 1.0;
    (parallel != 0.0 && within(share_a) && within(share_b)).then_some(a.low.y + along_a.y * share_a)
}
