//! A piece and directions → the straight lines that divide it as it should be.

use geo::Coord;

use super::line::{Chord, Line, NEAR, View};
use super::quota::Sharing;
use super::sight::Sight;
use super::task::{Cut, Room, Task};

/// Offsets between which nothing begins or ends.
struct Slot {
    low: f64,
    high: f64,
}

/// Room to work in.
#[derive(Default)]
pub(super) struct Straight {
    sight: Sight,
    chords: Vec<Chord>,
    exact: Vec<Chord>,
    room: Room,
}

impl Straight {
    /// Adds the straight cuts of a piece in one direction.
    pub fn find(&mut self, task: &Task<'_>, along: Coord, out: &mut Vec<Cut>) {
        self.sight.look(task, along, !task.piece.is_convex);
        let mut slots = std::mem::take(&mut self.sight.offsets);
        for pair in slots.windows(2) {
            let slot = Slot {
                low: pair[0],
                high: pair[1],
            };
            self.slot(task, along, &slot, out);
            if task.ground.is_spent() {
                break;
            }
        }
        slots.clear();
        self.sight.offsets = slots;
    }

    /// Adds the cuts between two offsets.
    fn slot(&mut self, task: &Task<'_>, along: Coord, slot: &Slot, out: &mut Vec<Cut>) {
        let middle = f64::midpoint(slot.low, slot.high);
        task.ground.spend(self.sight.spans.len());
        if task.piece.is_convex {
            let (mut left, mut right) = (0, 0);
            for (&(low, high), &body) in self.sight.spans.iter().zip(&task.piece.bodies) {
                let counts = usize::from(task.ground.bodies[body].counts);
                if low >= middle - NEAR {
                    left += counts;
                } else if high <= middle + NEAR {
                    right += counts;
                } else {
                    return;
                }
            }
            task.ground.reach(|reached| reached.free = true);
            let fits =
                |sharing: &Sharing| left >= sharing.left.len() && right >= sharing.right.len();
            if !task.sharings.iter().any(fits) {
                return;
            }
        }
        let mut chords = std::mem::take(&mut self.chords);
        self.sight.view.chords(task.piece, middle, &mut chords);
        task.ground.spend(task.piece.ring.len());
        for chord in &chords {
            self.chord(task, along, slot, chord, out);
        }
        self.chords = chords;
    }

    /// Adds the cuts between the edges of one chord.
    fn chord(
        &mut self,
        task: &Task<'_>,
        along: Coord,
        slot: &Slot,
        chord: &Chord,
        out: &mut Vec<Cut>,
    ) {
        let middle = f64::midpoint(slot.low, slot.high);
        if slot.high - slot.low <= 1e-5 {
            self.cut(task, along, middle, chord.span, out);
            return;
        }
        let (from, to) = (chord.ends.0.edge, chord.ends.1.edge);
        let at = |view: &View, offset: f64| {
            let (a, b) = (
                view.on(task.piece, from, offset),
                view.on(task.piece, to, offset),
            );
            (task.piece.left_of(&a.1, &[], &b.1).area, (a.0, b.0))
        };
        // holes are not taken off yet: which side they are on is the same for all of the slot
        let holes = self.holes_left_of(task, chord);
        let [low, mid, high] =
            [slot.low, middle, slot.high].map(|offset| at(&self.sight.view, offset).0 - holes);
        let (curve, slope) = (2.0 * (low + high - 2.0 * mid), high - low);
        let mut tried = [f64::NAN; 16];
        let mut count = 0;
        for sharing in &task.sharings {
            let (least, most) = (sharing.least.max(high), sharing.most.min(low));
            let nearest = sharing.best.min(low).max(high);
            let wanted = if least <= most + 1e-6 {
                [
                    sharing.best.clamp(least, most.max(least)),
                    least,
                    most,
                    mid.clamp(least, most.max(least)),
                ]
            } else {
                // no division, but what could be reached
                if !task.is_better(nearest) {
                    continue;
                }
                [nearest; 4]
            };
            for area in wanted {
                let share = solve(curve, slope - curve, low - area);
                let offset = slot.low + (slot.high - slot.low) * share;
                let is_new = !tried[..count]
                    .iter()
                    .any(|&other: &f64| (other - offset).abs() < NEAR);
                if is_new && count < tried.len() {
                    tried[count] = offset;
                    count += 1;
                    let span = at(&self.sight.view, offset).1;
                    self.cut(task, along, offset, span, out);
                }
            }
        }
    }

    fn holes_left_of(&self, task: &Task<'_>, chord: &Chord) -> f64 {
        let bodies = task
            .piece
            .bodies
            .iter()
            .map(|&body| &task.ground.bodies[body]);
        let mut holes = bodies.filter(|body| body.thing.is_none()).peekable();
        if holes.peek().is_none() {
            return 0.0;
        }
        let mut ring = Vec::new();
        task.piece
            .ring_left_of(&chord.ends.0, &[], &chord.ends.1, &mut ring);
        holes
            .filter(|hole| super::piece::holds(&ring, hole.insides[0]))
            .map(super::body::Body::hole_area)
            .sum()
    }

    /// Adds the chords at an offset that lie between two places along it, where nothing blocks them.
    fn cut(
        &mut self,
        task: &Task<'_>,
        along: Coord,
        offset: f64,
        span: (f64, f64),
        out: &mut Vec<Cut>,
    ) {
        let mut exact = std::mem::take(&mut self.exact);
        self.sight.view.chords(task.piece, offset, &mut exact);
        task.ground
            .spend(task.piece.ring.len() + self.sight.spans.len());
        let overlaps =
            |chord: &&Chord| chord.span.0 < span.1 - NEAR && chord.span.1 > span.0 + NEAR;
        for chord in exact.iter().filter(overlaps) {
            if let Some(gap) = self.gap(task, &Line { along, offset }, chord) {
                task.ground.reach(|reached| reached.free = true);
                let line = (&chord.ends.0, &[][..], &chord.ends.1);
                let left = if exact.len() == 1 {
                    self.sides(offset)
                } else {
                    task.sides(line, &mut self.room)
                };
                if let Some(left) = left {
                    let line = (chord.ends.0, &[][..], chord.ends.1);
                    task.weigh(line, left, gap, &mut self.room, out);
                }
            }
        }
        self.exact = exact;
    }

    /// On which side of a line each body is, by what it reaches across: `None` where one is on both.
    fn sides(&self, offset: f64) -> Option<Vec<bool>> {
        let side = |&(low, high): &(f64, f64)| {
            if low >= offset - 2.0 * NEAR {
                Some(true)
            } else {
                (high <= offset + 2.0 * NEAR).then_some(false)
            }
        };
        self.sight.spans.iter().map(side).collect()
    }

    /// How far a chord is from the next body, `None` where one is too near.
    fn gap(&self, task: &Task<'_>, line: &Line, chord: &Chord) -> Option<f64> {
        let mut gap = f64::INFINITY;
        for (&(low, high), &body) in self.sight.spans.iter().zip(&task.piece.bodies) {
            let body = &task.ground.bodies[body];
            let off = (low - line.offset).max(line.offset - high);
            let mut here = off + body.clearance;
            if off < -NEAR {
                task.ground.spend(body.hull.len() * 4);
                if task.piece.is_convex || body.is_between(line, chord.span.0, chord.span.1) {
                    return None;
                }
                here = body.distance(chord.ends.0.at, chord.ends.1.at);
            }
            if body.thing.is_some() {
                gap = gap.min(here);
            }
        }
        Some(gap)
    }
}

/// The root of `a·x² + b·x + c` from 0 to 1, where there is one; the nearest place elsewhere.
fn solve(a: f64, b: f64, c: f64) -> f64 {
    let root = (b * b - 4.0 * a * c).max(0.0).sqrt();
    let q = -0.5 * (b + b.signum() * root);
    let off = |x: f64| (x - x.clamp(0.0, 1.0)).abs();
    let roots = [c / q, q / a].into_iter().filter(|x| x.is_finite());
    let nearest = roots.min_by(|x, y| off(*x).total_cmp(&off(*y)));
    nearest.map_or(0.0, |x| x.clamp(0.0, 1.0))
}
