//! The plan of a group and a width → the best allotment among the states kept, and what those let go could have come to.
//!
//! The states after a step are told apart by what the half-done sites have received: of two that are alike the better
//! one stands for both. While no more than `width` are kept after any step, the search is exact.

use rustc_hash::FxHashMap;

use super::bound::Bounds;
use super::history::{History, NOBODY, Track};
use super::order::{SearchOrder, Step};
use super::site::{Answers, Site, is_hopeful};

/// States after a step beyond which those with the same future are merged, at the cost of asking about it.
const ASK_BEYOND: usize = 64;

/// Land, then feasible sites.
pub(super) type Worth = (u64, u32);

/// What a search goes through.
pub(super) struct Field<'a> {
    pub areas: &'a [u64],
    pub plan: &'a SearchOrder,
    pub sites: &'a [Site],
    pub bounds: &'a Bounds,
    /// States that may be kept after a step.
    pub width: usize,
    /// An allotment worth this much is known; only as good ones are of use.
    pub known: Worth,
}

impl Field<'_> {
    /// The most feasible sites of a state that has some, and half-done ones with and without land.
    fn at_most(&self, at: usize, feasible: u32, begun: u32, bare: u32) -> u32 {
        let all = u32::try_from(self.sites.len()).unwrap_or(u32::MAX);
        (feasible + self.bounds.after[at].feasible(begun, bare)).min(all)
    }
}

/// The outcome of a search.
pub(super) struct Outcome {
    /// The best allotment found and its worth; `None`: none as good as the one known.
    pub best: Option<(Worth, Vec<u32>)>,
    /// Of the states let go, the most land they could have come to, by the most feasible sites.
    pub let_go: Vec<Option<u64>>,
    /// States tried.
    pub nodes: u64,
}

struct State {
    now: Worth,
    /// The most it can come to.
    most: Worth,
    track: Track,
    received: Box<[u64]>,
}

/// Searches step by step.
pub(super) fn search(field: &Field<'_>, answers: &mut Answers<'_>) -> Outcome {
    let mut history = History::default();
    let mut outcome = Outcome {
        best: None,
        let_go: vec![None; field.sites.len() + 1],
        nodes: 0,
    };
    let mut states = vec![State {
        now: (0, 0),
        most: (u64::MAX, u32::MAX),
        track: Track {
            parent: 0,
            choice: NOBODY,
        },
        received: Box::default(),
    }];
    for at in 0..field.plan.steps.len() {
        let mut next = SearchLayer::new(field, &history, at);
        for (parent, state) in (0_u32..).zip(&states) {
            outcome.nodes += next.follow(parent, state, answers);
        }
        states = next.states;
        if states.len() > ASK_BEYOND {
            states = merged(field, &history, at, states, answers);
        }
        if states.len() > field.width {
            // a stable sort, and the states came in a fixed order
            states.sort_by_key(|state| std::cmp::Reverse((state.most, state.now)));
            for state in states.drain(field.width..) {
                let land = &mut outcome.let_go[state.most.1 as usize];
                *land = (*land).max(Some(state.most.0));
            }
        }
        history
            .steps
            .push(states.iter().map(|state| state.track).collect());
    }
    // no site is half done any more, so that at most one state is left
    outcome.best = states
        .first()
        .map(|state| (state.now, history.takers(field.plan, 0)));
    outcome
}

/// The states after a step while they are being found.
struct SearchLayer<'a> {
    field: &'a Field<'a>,
    history: &'a History,
    at: usize,
    states: Vec<State>,
    by_received: FxHashMap<Box<[u64]>, u32>,
}

impl<'a> SearchLayer<'a> {
    fn new(field: &'a Field<'a>, history: &'a History, at: usize) -> Self {
        Self {
            field,
            history,
            at,
            states: Vec::new(),
            by_received: FxHashMap::default(),
        }
    }

    fn step(&self) -> &'a Step {
        &self.field.plan.steps[self.at]
    }

    /// Gives the piece of the step to each site that can take it, and to nobody; how many ways that is.
    fn follow(&mut self, parent: u32, state: &State, answers: &mut Answers<'_>) -> u64 {
        let step = self.step();
        let area = self.field.areas[step.piece as usize];
        let mut open = state.received.to_vec();
        open.resize(step.open.len(), 0);
        let mut ways = 0;
        // whoever can take all that is left takes this piece sooner than nobody
        let mut must = false;
        for place in &step.choices {
            let at = *place as usize;
            let site = &self.field.sites[step.open[at] as usize];
            if site.cap - open[at] < area {
                continue;
            }
            open[at] += area;
            must |= site.takes_all(step.done[at], open[at]);
            let track = Track {
                parent,
                choice: step.open[at],
            };
            self.arrive(track, &open, (state.now.0 + area, state.now.1), answers);
            ways += 1;
            open[at] -= area;
        }
        if !must {
            let track = Track {
                parent,
                choice: NOBODY,
            };
            self.arrive(track, &open, state.now, answers);
            ways += 1;
        }
        ways
    }

    fn arrive(
        &mut self,
        track: Track,
        open: &[u64],
        (land, mut feasible): Worth,
        answers: &mut Answers<'_>,
    ) {
        let step = self.step();
        let rest = &self.field.bounds.after[self.at];
        let received: Box<[u64]> = step.kept.iter().map(|at| open[*at as usize]).collect();
        let most = land.saturating_add(rest.land(step, self.field.sites, &received));
        if most < self.field.known.0 {
            return;
        }
        for place in &step.closed {
            let at = *place as usize;
            feasible += u32::from(answers.is_feasible(step.open[at], open[at]));
        }
        let (mut begun, mut bare) = (0, 0);
        for (at, received) in step.kept.iter().zip(&received) {
            if self.field.bounds.hopeful[step.open[*at as usize] as usize] {
                *(if *received > 0 { &mut begun } else { &mut bare }) += 1;
            }
        }
        let state = State {
            now: (land, feasible),
            most: (most, self.field.at_most(self.at, feasible, begun, bare)),
            track,
            received,
        };
        if state.most < self.field.known {
            return;
        }
        if let Some(place) = self.by_received.get(&state.received) {
            let alike = &mut self.states[*place as usize];
            if is_better(self.field, self.history, &state, alike) {
                *alike = state;
            }
        } else {
            let place = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
            self.by_received.insert(state.received.clone(), place);
            self.states.push(state);
        }
    }
}

fn is_better(field: &Field<'_>, history: &History, a: &State, b: &State) -> bool {
    let alike = b.now.cmp(&a.now);
    alike
        .then_with(|| history.compare(field.plan, a.track, b.track))
        .is_lt()
}

/// Merges the states whose half-done sites have the same future, and lets those without a use go.
fn merged(
    field: &Field<'_>,
    history: &History,
    at: usize,
    states: Vec<State>,
    answers: &mut Answers<'_>,
) -> Vec<State> {
    let step = &field.plan.steps[at];
    let mut by_future: FxHashMap<Box<[u64]>, u32> = FxHashMap::default();
    let mut kept: Vec<State> = Vec::new();
    for mut state in states {
        let (mut begun, mut bare) = (0, 0);
        let mut future = Vec::with_capacity(state.received.len());
        for (place, received) in step.kept.iter().zip(&state.received) {
            let site = step.open[*place as usize];
            let done = step.done[*place as usize];
            let of = &field.sites[site as usize];
            let signature = answers.signature(site, of, done, *received);
            future.push(signature.unwrap_or(*received));
            if field.bounds.hopeful[site as usize] && signature.is_none_or(is_hopeful) {
                *(if *received > 0 { &mut begun } else { &mut bare }) += 1;
            }
        }
        state.most.1 = field.at_most(at, state.now.1, begun, bare);
        if state.most < field.known {
            continue;
        }
        let future = future.into_boxed_slice();
        if let Some(place) = by_future.get(&future) {
            let alike = &mut kept[*place as usize];
            if is_better(field, history, &state, alike) {
                *alike = state;
            }
        } else {
            by_future.insert(future, u32::try_from(kept.len()).unwrap_or(u32::MAX));
            kept.push(state);
        }
    }
    kept
}
