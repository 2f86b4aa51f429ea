//! A piece and directions → the straight lines that divide it as it should be.

use geo::Coord;

use super::line::{Chord, Line, NEAR, View};
use super::sight::Sight;
use super::task::{Cut, CutScratch, Task};

/// Offsets between which nothing begins or ends.
struct Slot {
    along: Coord,
    low: f64,
    high: f64,
}

impl Slot {
    fn middle(&self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    fn line(&self, offset: f64) -> Line {
        let along = self.along;
        Line { along, offset }
    }
}

/// Room to work in.
#[derive(Default)]
pub(super) struct Straight {
    sight: Sight,
    chords: Vec<Chord>,
    exact: Vec<Chord>,
    room: CutScratch,
}

impl Straight {
    /// Adds the straight cuts of a piece in one direction.
    pub fn find(&mut self, task: &Task<'_>, along: Coord, out: &mut Vec<Cut>) {
        self.sight.look(task, along, false);
        let mut slots = std::mem::take(&mut self.sight.offsets);
        for pair in slots.windows(2) {
            let slot = Slot {
                along,
                low: pair[0],
                high: pair[1],
            };
            self.slot(task, &slot, out);
            if task.ground.is_spent() {
                break;
            }
        }
        slots.clear();
        self.sight.offsets = slots;
    }

    /// Adds the cuts between two offsets.
    fn slot(&mut self, task: &Task<'_>, slot: &Slot, out: &mut Vec<Cut>) {
        let middle = slot.middle();
        task.ground.spend(self.sight.spans.len());
        if task.piece.is_convex {
            // a line is free or not whatever its chord: most need not be looked at
            let Some(left) = self.sides(middle) else {
                return;
            };
            task.ground.reach(|reached| reached.free = true);
            if !task.may_part(&left) {
                return;
            }
        }
        let mut chords = std::mem::take(&mut self.chords);
        self.sight.view.chords(task.piece, middle, &mut chords);
        task.ground.spend(task.piece.ring.len() + 4 * chords.len());
        for chord in &chords {
            if task.ground.is_spent() {
                break;
            }
            if self.gap(task, &slot.line(middle), chord).is_none() {
                continue;
            }
            task.ground.reach(|reached| reached.free = true);
            let left = if chords.len() == 1 {
                self.sides(middle)
            } else {
                let (from, to) = &chord.ends;
                task.sides((from, &[], to), &mut self.room)
            };
            if let Some(left) = left.filter(|left| task.may_part(left)) {
                self.chord(task, slot, chord, &left, out);
            }
        }
        self.chords = chords;
    }

    /// Adds the cuts between the edges of one chord.
    fn chord(
        &mut self,
        task: &Task<'_>,
        slot: &Slot,
        chord: &Chord,
        left: &[bool],
        out: &mut Vec<Cut>,
    ) {
        let middle = slot.middle();
        if slot.high - slot.low <= 1e-5 {
            self.cut(task, &slot.line(middle), chord.span, left, out);
            return;
        }
        let (from, to) = (chord.ends.0.edge, chord.ends.1.edge);
        let holes = task.holes_left(left);
        let ends = |view: &View, offset: f64| {
            let end = |edge: usize| view.on(task.piece, edge, offset);
            (end(from), end(to))
        };
        let area = |offset: f64| {
            let (a, b) = ends(&self.sight.view, offset);
            task.piece.left_of(&a.1, &[], &b.1).area - holes
        };
        // the land on the left becomes less as the line moves to the left
        let (low, mid, high) = (area(slot.low), area(middle), area(slot.high));
        let (curve, slope) = (2.0 * (low + high - 2.0 * mid), high - low);
        let mut tried: Vec<f64> = Vec::new();
        for sharing in &task.sharings {
            let (least, most) = (sharing.least.max(high), sharing.most.min(low));
            let wanted = if least <= most + 1e-6 {
                let within = |area: f64| area.clamp(least, most.max(least));
                [within(sharing.best), least, most, within(mid)]
            } else {
                // no division, but what could be reached
                let nearest = sharing.best.min(low).max(high);
                if !task.is_better(nearest) {
                    continue;
                }
                [nearest; 4]
            };
            for area in wanted {
                let share = solve(curve, slope - curve, low - area);
                let offset = slot.low + (slot.high - slot.low) * share;
                if tried.iter().all(|other| (other - offset).abs() > NEAR) {
                    tried.push(offset);
                    let (a, b) = ends(&self.sight.view, offset);
                    self.cut(task, &slot.line(offset), (a.0, b.0), left, out);
                }
            }
        }
    }

    /// Adds the chords on a line that lie between two places along it, where nothing blocks them.
    fn cut(
        &mut self,
        task: &Task<'_>,
        line: &Line,
        span: (f64, f64),
        left: &[bool],
        out: &mut Vec<Cut>,
    ) {
        let mut exact = std::mem::take(&mut self.exact);
        self.sight.view.chords(task.piece, line.offset, &mut exact);
        exact.retain(|chord| chord.span.0 < span.1 - NEAR && chord.span.1 > span.0 + NEAR);
        task.ground
            .spend(task.piece.ring.len() + self.sight.spans.len());
        for chord in &exact {
            let Some(gap) = self.gap(task, line, chord) else {
                continue;
            };
            let (from, to) = chord.ends;
            if exact.len() == 1 {
                task.weigh((from, &[], to), left, gap, &mut self.room, out);
            } else if let Some(left) = task.sides((&from, &[], &to), &mut self.room) {
                // the line touches a corner, and there is one chord on either side of it
                task.weigh((from, &[], to), &left, gap, &mut self.room, out);
            }
        }
        self.exact = exact;
    }

    /// On which side of a line each body is, by what it reaches across: `None` where one is on both.
    fn sides(&self, offset: f64) -> Option<Vec<bool>> {
        let side = |&(low, high): &(f64, f64)| {
            if low >= offset - NEAR {
                Some(true)
            } else {
                (high <= offset + NEAR).then_some(false)
            }
        };
        self.sight.spans.iter().map(side).collect()
    }

    /// How far a chord is from the next thing, `None` where a body is too near.
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
