//! A piece and a direction → how far one can go straight in from its border before a body is in the way.

use geo::Coord;

use super::line::{Chord, Line, NEAR};
use super::piece::{Place, length};
use super::sight::Sight;
use super::task::Task;

/// Shorter legs, in metres, are none.
pub(super) const SHORTEST: f64 = 0.5;

/// Lines of one direction between two offsets at which something begins or ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub along: Coord,
    pub low: f64,
    pub high: f64,
}

impl Band {
    pub fn middle(&self) -> Line {
        Line {
            along: self.along,
            offset: f64::midpoint(self.low, self.high),
        }
    }
}

/// A way straight in from the border, in the middle of its band.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leg {
    pub band: Band,
    pub start: Place,
    /// Where it must end at the latest.
    pub end: Coord,
}

/// A free part of a line that need not begin at the border, in the middle of its band.
#[derive(Clone, Copy, Debug)]
pub(super) struct Middle {
    pub band: Band,
    pub ends: (Coord, Coord),
}

/// All legs and middles of a piece in some directions.
#[derive(Default)]
pub(super) struct Legs {
    pub from_border: Vec<Leg>,
    pub middles: Vec<Middle>,
    sight: Sight,
    chords: Vec<Chord>,
    blocks: Vec<(f64, f64)>,
}

impl Legs {
    /// Adds those in one direction, until there are so many legs.
    pub fn find(&mut self, task: &Task<'_>, along: Coord, most: usize) {
        let is_done = |legs: &Vec<Leg>| legs.len() >= most || task.ground.is_spent();
        if is_done(&self.from_border) {
            return;
        }
        self.sight.look(task, along, true);
        let offsets = std::mem::take(&mut self.sight.offsets);
        for pair in offsets.windows(2) {
            if is_done(&self.from_border) {
                break;
            }
            let band = Band {
                along,
                low: pair[0],
                high: pair[1],
            };
            let offset = band.middle().offset;
            let mut chords = std::mem::take(&mut self.chords);
            self.sight.view.chords(task.piece, offset, &mut chords);
            task.ground.spend(task.piece.ring.len() + 4 * chords.len());
            for chord in &chords {
                if is_done(&self.from_border) {
                    break;
                }
                self.chord(task, &band, chord);
            }
            self.chords = chords;
        }
        self.sight.offsets = offsets;
    }

    fn chord(&mut self, task: &Task<'_>, band: &Band, chord: &Chord) {
        let line = band.middle();
        let (from, to) = chord.span;
        let blocks = &mut self.blocks;
        blocks.clear();
        for (&(low, high), &body) in self.sight.spans.iter().zip(&task.piece.bodies) {
            if low < line.offset - NEAR && high > line.offset + NEAR {
                let body = &task.ground.bodies[body];
                task.ground.spend(body.hull.len() * 4);
                body.blocks(&line, |a, b| {
                    if a < to - NEAR && b > from + NEAR {
                        blocks.push((a, b));
                    }
                });
            }
        }
        blocks.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let (start, end) = chord.ends;
        let at = |along: f64| start.at + line.along * (along - from);
        let mut free = from;
        for &(a, b) in blocks.iter().chain([&(to, to)]) {
            if a - free > SHORTEST {
                self.middles.push(Middle {
                    band: *band,
                    ends: (at(free), at(a)),
                });
            }
            free = free.max(b);
        }
        let first = blocks.first().map_or(to, |block| block.0);
        let last = blocks.iter().fold(from, |last, block| last.max(block.1));
        for (start, end) in [(start, at(first)), (end, at(last))] {
            let is_inward = length(end - start.at) > SHORTEST
                && if start.edge == chord.ends.0.edge && start.share == chord.ends.0.share {
                    first - from > SHORTEST
                } else {
                    to - last > SHORTEST
                };
            if is_inward {
                self.from_border.push(Leg {
                    band: *band,
                    start,
                    end,
                });
            }
        }
    }
}
