//! The choices that led to each state of a search → which of two ways favours the first sites, and a whole way.

use std::cmp::Ordering;

use super::order::SearchOrder;

/// Nobody gets the piece; the last of all choices.
pub(super) const NOBODY: u32 = u32::MAX;

/// The last step of a way.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Track {
    /// The state it came from, among those kept after the step before.
    pub parent: u32,
    /// The site that got the piece of the step, or [`NOBODY`].
    pub choice: u32,
}

/// The tracks of the states that were kept after each step.
#[derive(Default)]
pub(super) struct History {
    pub steps: Vec<Vec<Track>>,
}

impl History {
    /// Which of two ways to the step after those kept gives the first piece where they differ to an earlier site.
    pub fn compare(&self, plan: &SearchOrder, mut a: Track, mut b: Track) -> Ordering {
        let mut step = self.steps.len();
        let mut first = (u32::MAX, Ordering::Equal);
        loop {
            let piece = plan.steps[step].piece;
            if a.choice != b.choice && piece < first.0 {
                first = (piece, a.choice.cmp(&b.choice));
            }
            if a.parent == b.parent || step == 0 {
                return first.1;
            }
            step -= 1;
            let kept = &self.steps[step];
            (a, b) = (kept[a.parent as usize], kept[b.parent as usize]);
        }
    }

    /// Who gets each piece on the way to a state kept after the last step.
    pub fn takers(&self, plan: &SearchOrder, mut state: u32) -> Vec<u32> {
        let mut takers = vec![NOBODY; plan.steps.len()];
        for (step, kept) in plan.steps.iter().zip(&self.steps).rev() {
            let track = kept[state as usize];
            takers[step.piece as usize] = track.choice;
            state = track.parent;
        }
        takers
    }
}
