//! Parcels joined by links → the small groups of them that score best.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::candidates::{Candidate, Right};
use super::figures::{PartFigures, Together};
use super::graph::Graph;
use super::score::Score;
use crate::quantity::Exact;

/// A group by its score, then by its parcels: the best is the least.
pub(super) type Ranked = (Reverse<u32>, Vec<u32>);

/// How many groups that begin with one parcel are looked at; more there are only around a parcel with hundreds of
/// neighbours.
const MOST_OF_ONE: usize = 20_000;

/// How many parcels are looked at in one go.
const CHUNK: usize = 2048;

/// What is looked for.
pub(super) struct GroupSearch<'a> {
    pub(super) graph: &'a Graph,
    pub(super) candidates: &'a [Option<Candidate>],
    /// The most parcels of a group.
    pub(super) most_parcels: usize,
    /// The parcels that it must hold, by place, in order.
    pub(super) holding: &'a [u32],
    /// Only these count, where not all do.
    pub(super) within: Option<&'a [u32]>,
    /// The area from which on a parcel stands on its own, 亩.
    pub(super) standalone: Option<Exact>,
}

impl GroupSearch<'_> {
    /// The best groups, in order, no more than `most`; and how many parcels have more groups than were looked at.
    pub(super) fn best(&self, most: usize) -> (Vec<Ranked>, usize) {
        let roots: Vec<u32> = match self.within {
            Some(within) => within.to_vec(),
            None => (0..).take(self.candidates.len()).collect(),
        };
        let chunks: Vec<(BinaryHeap<Ranked>, usize)> = roots
            .par_chunks(CHUNK)
            .map(|roots| {
                let mut best = Best {
                    heap: BinaryHeap::new(),
                    most,
                };
                let cut = roots
                    .iter()
                    .filter(|root| self.begun_with(**root, &mut best));
                let cut = cut.count();
                (best.heap, cut)
            })
            .collect();
        let cut = chunks.iter().map(|(_, cut)| cut).sum();
        let mut all: Vec<Ranked> = chunks.into_iter().flat_map(|(heap, _)| heap).collect();
        all.sort_unstable();
        all.truncate(most);
        (all, cut)
    }

    /// Looks at every group whose first parcel is `root`, each once (the ESU enumeration of connected subgraphs, Wernicke
    /// 2006); whether there were too many.
    fn begun_with(&self, root: u32, best: &mut Best) -> bool {
        let Some(candidate) = &self.candidates[root as usize] else {
            return false;
        };
        let mut walk = Walk {
            search: self,
            root,
            group: vec![root],
            seen: 0,
            best,
        };
        let beside: Vec<u32> = self.beyond(root, root).collect();
        walk.grow(&beside, &beside, &candidate.right.clone());
        walk.seen > MOST_OF_ONE
    }

    /// The neighbours of a parcel that come behind `root`.
    fn beyond(&self, place: u32, root: u32) -> impl Iterator<Item = u32> {
        let beside = self.graph.beside(place).iter().map(|(to, _)| *to);
        beside.filter(move |to| {
            *to > root
                && self
                    .within
                    .is_none_or(|within| within.binary_search(to).is_ok())
        })
    }

    fn ranked(&self, group: &[u32]) -> Option<Ranked> {
        let mut group = group.to_vec();
        group.sort_unstable();
        let holds = |place: &u32| group.binary_search(place).is_ok();
        if !self.holding.iter().all(holds) {
            return None;
        }
        let score = score(self.graph, self.candidates, &group, self.standalone);
        Some((Reverse(score.millionths()), group))
    }
}

/// The score of a group, whose parcels are in order.
pub(super) fn score(
    graph: &Graph,
    candidates: &[Option<Candidate>],
    group: &[u32],
    standalone: Option<Exact>,
) -> Score {
    let parts: Vec<&PartFigures> = group
        .iter()
        .filter_map(|place| candidates[*place as usize].as_ref())
        .map(|candidate| &candidate.figures)
        .collect();
    let together = Together::of(&parts.iter().copied());
    Score::of(
        parts.iter().copied(),
        &together,
        graph.shared_among(group),
        standalone,
    )
}

/// The best groups so far, the worst of them on top.
struct Best {
    heap: BinaryHeap<Ranked>,
    most: usize,
}

impl Best {
    fn add(&mut self, ranked: Ranked) {
        if self.heap.len() < self.most {
            self.heap.push(ranked);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && ranked < *worst
        {
            *worst = ranked;
        }
    }
}

struct Walk<'a, 'b> {
    search: &'a GroupSearch<'a>,
    root: u32,
    group: Vec<u32>,
    seen: usize,
    best: &'b mut Best,
}

impl Walk<'_, '_> {
    /// Grows the group by each of `beside` in turn; `known` are all parcels that the group touches or ever could have been
    /// grown by, `right` what is known of the right to it.
    fn grow(&mut self, beside: &[u32], known: &[u32], right: &Right) {
        for (at, next) in beside.iter().enumerate() {
            self.seen += 1;
            if self.seen > MOST_OF_ONE {
                return;
            }
            let Some(candidate) = &self.search.candidates[*next as usize] else {
                continue;
            };
            if right.differs(&candidate.right) {
                continue;
            }
            self.group.push(*next);
            if let Some(ranked) = self.search.ranked(&self.group) {
                self.best.add(ranked);
            }
            if self.group.len() < self.search.most_parcels {
                let joined = Right {
                    kind: right.kind.clone().or_else(|| candidate.right.kind.clone()),
                    nature: right
                        .nature
                        .clone()
                        .or_else(|| candidate.right.nature.clone()),
                };
                // only what the new parcel alone touches is added, so that no group is found twice
                let fresh: Vec<u32> = self
                    .search
                    .beyond(*next, self.root)
                    .filter(|to| !known.contains(to) && !self.group.contains(to))
                    .collect();
                let further: Vec<u32> = beside[at + 1..].iter().chain(&fresh).copied().collect();
                let known: Vec<u32> = known.iter().chain(&fresh).copied().collect();
                self.grow(&further, &known, &joined);
            }
            self.group.pop();
        }
    }
}
