//! A piece, its bodies and a direction → the offsets at which something begins or ends.

use geo::Coord;

use crate::geometry::ring::dot;

use super::line::{NEAR, View};
use super::task::Task;

/// What is at an offset.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Begins,
    Ends,
    Other,
}

/// What is seen of a piece in one direction.
#[derive(Default)]
pub(super) struct Sight {
    pub view: View,
    /// How far each body reaches across, clearance included.
    pub spans: Vec<(f64, f64)>,
    /// Between two of these nothing begins or ends.
    pub offsets: Vec<f64>,
    marks: Vec<(f64, Mark)>,
}

impl Sight {
    /// Turns to a direction: where the corners and bodies are across it, and with `inner` all corners of bodies, elsewhere only of those that
    /// a line may come into.
    pub fn look(&mut self, task: &Task<'_>, along: Coord, inner: bool) {
        let across = Coord {
            x: -along.y,
            y: along.x,
        };
        let (piece, bodies) = (task.piece, &task.ground.bodies);
        self.view.turn(piece, along);
        self.spans.clear();
        self.spans
            .extend(piece.bodies.iter().map(|&body| bodies[body].span(across)));
        let marks = &mut self.marks;
        marks.clear();
        marks.extend(self.view.across.iter().map(|&at| (at, Mark::Other)));
        let ends = |range: &[f64]| {
            let start = (f64::INFINITY, f64::NEG_INFINITY);
            range
                .iter()
                .fold(start, |(low, high), &at| (low.min(at), high.max(at)))
        };
        let (low, high) = ends(&self.view.across);
        let spans = self.spans.iter();
        marks.extend(spans.flat_map(|&(low, high)| [(low, Mark::Begins), (high, Mark::Ends)]));
        marks.extend(task.points.iter().map(|&at| (dot(at, across), Mark::Other)));
        let inner = if inner { &piece.bodies } else { &task.entered };
        for body in inner.iter().map(|&body| &bodies[body]) {
            let corners = body.parts.iter().flatten().map(|&at| dot(at, across));
            let marked =
                |at: f64| [at - body.clearance, at + body.clearance].map(|at| (at, Mark::Other));
            marks.extend(corners.flat_map(marked));
        }
        marks.retain(|&(at, _)| at >= low && at <= high);
        marks.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let offsets = &mut self.offsets;
        offsets.clear();
        for group in marks.chunk_by(|a, b| b.0 - a.0 < NEAR) {
            let at = f64::midpoint(group[0].0, group[group.len() - 1].0);
            offsets.push(at);
            let has = |mark: Mark| group.iter().any(|&(_, other)| other == mark);
            // where one body ends just as the next begins, a line fits in exactly
            if has(Mark::Begins) && has(Mark::Ends) {
                offsets.push(at);
            }
        }
        task.ground.spend(4 * offsets.len());
    }
}
