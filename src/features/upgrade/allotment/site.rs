//! One site of a group and the pieces it may still get → what they can add up to, and what answers they lead to.

use rustc_hash::FxHashMap;

use super::group::Group;
use super::order::SearchOrder;

/// Pieces whose every sum is kept.
const SUMMED: usize = 10;
/// Pieces whose every sum is asked about: two bits for each must fit into a word.
const ASKED: usize = 5;

/// A site, stage by stage as its pieces are done.
pub(super) struct Site {
    /// The most land its pieces can give it under its cap.
    pub cap: u64,
    stages: Vec<Stage>,
}

struct Stage {
    /// The land of the pieces that are left.
    all: u64,
    /// Every sum of them, ascending; none if there are too many.
    sums: Vec<u64>,
    /// The sum of every choice among them, by its bits; none if there are too many.
    choices: Vec<u64>,
}

/// The sites of a group.
pub(super) fn sites(group: &Group, plan: &SearchOrder) -> Vec<Site> {
    let of = |(cap, pieces): (&u64, &Vec<u32>)| {
        let areas: Vec<u64> = pieces.iter().map(|at| group.areas[*at as usize]).collect();
        let stages: Vec<Stage> = (0..=areas.len())
            .map(|at| Stage::of(&areas[at..]))
            .collect();
        let cap = stages[0].fill(*cap);
        Site { cap, stages }
    };
    group.caps.iter().zip(&plan.of_site).map(of).collect()
}

impl Stage {
    fn of(areas: &[u64]) -> Self {
        let mut sums = Vec::new();
        if areas.len() <= SUMMED {
            sums.push(0);
            for area in areas {
                let with: Vec<u64> = sums.iter().map(|sum| sum + area).collect();
                sums.extend(with);
            }
        }
        let choices = if areas.len() <= ASKED {
            sums.clone()
        } else {
            Vec::new()
        };
        sums.sort_unstable();
        sums.dedup();
        Self {
            all: areas.iter().sum(),
            sums,
            choices,
        }
    }

    fn fill(&self, room: u64) -> u64 {
        if room >= self.all {
            return self.all;
        }
        if self.sums.is_empty() {
            return room;
        }
        self.sums[self.sums.partition_point(|sum| *sum <= room) - 1]
    }
}

impl Site {
    /// The most land it can still get with `done` of its pieces done.
    pub fn fill(&self, done: u32, received: u64) -> u64 {
        self.stages[done as usize].fill(self.cap - received)
    }

    /// Whether it can take all the pieces that are left with `done` of them done.
    pub fn takes_all(&self, done: u32, received: u64) -> bool {
        self.stages[done as usize].all <= self.cap - received
    }
}

/// What is known of the upgrades of a group.
pub(super) struct Answers<'a> {
    /// The sites' numbers in the whole.
    pub names: &'a [usize],
    /// Whether a site can be upgraded with so much land more.
    pub ask: &'a dyn Fn(usize, u64) -> bool,
    /// By site and land.
    pub known: FxHashMap<(u32, u64), bool>,
    /// By site, pieces done and land.
    pub signatures: FxHashMap<(u32, u32, u64), Option<u64>>,
}

/// A choice of the pieces left fits, and the site can be upgraded with it.
const FEASIBLE: u64 = 2;

impl Answers<'_> {
    /// Whether a site has got a piece and can be upgraded with what it has got.
    pub fn is_feasible(&mut self, site: u32, received: u64) -> bool {
        received > 0
            && *self
                .known
                .entry((site, received))
                .or_insert_with(|| (self.ask)(self.names[site as usize], received))
    }

    /// What every choice among the pieces left comes to, two bits each: over the cap, fits, fits and is feasible. Sites
    /// with the same signature have the same future. `None`: too many pieces are left.
    pub fn signature(&mut self, site: u32, of: &Site, done: u32, received: u64) -> Option<u64> {
        if let Some(known) = self.signatures.get(&(site, done, received)) {
            return *known;
        }
        let choices = &of.stages[done as usize].choices;
        let mut signature = None;
        for sum in choices.iter().rev() {
            let land = received + sum;
            let outcome = if land > of.cap {
                0
            } else if self.is_feasible(site, land) {
                FEASIBLE
            } else {
                1
            };
            signature = Some(signature.unwrap_or(0) << 2 | outcome);
        }
        self.signatures.insert((site, done, received), signature);
        signature
    }
}

/// Whether some choice of a signature is feasible.
pub(super) fn is_hopeful(signature: u64) -> bool {
    signature & 0xAAAA_AAAA_AAAA_AAAA != 0
}
