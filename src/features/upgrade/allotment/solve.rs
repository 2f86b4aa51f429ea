//! One group and a budget → its allotment, by ever wider searches until one lets nothing go or the budget is used up.

use rustc_hash::FxHashMap;

use super::AllottedGroup;
use super::bound::Bounds;
use super::group::Group;
use super::history::NOBODY;
use super::order::{SearchOrder, plan};
use super::search::{Field, Worth, search};
use super::site::{Answers, Site, is_hopeful, sites};
use super::subset::best_subset;

/// States kept after a step by the first search; each further one keeps [`WIDER`] times as many.
const FIRST_WIDTH: u64 = 64;
/// The same in groups of more than [`FEW`] pieces, which gain more by the bounds that a first way sharpens.
const FIRST_WIDTH_OF_MANY: u64 = 4;
const FEW: usize = 20;
const WIDER: u64 = 8;
/// Pieces of a group beyond which bounds are not sharpened along the best way, which takes a flow for each step.
const MOST_FOR_SHARPENING: usize = 500;

/// Solves a group; the takers are sites of the whole, by the pieces of the group.
pub(super) fn solve(
    group: Group,
    ask: &impl Fn(usize, u64) -> bool,
    budget: u64,
) -> (AllottedGroup, Vec<Option<usize>>) {
    if group.sites.len() == 1 {
        return solve_one(group, ask);
    }
    let plan = plan(&group);
    let sites = sites(&group, &plan);
    let mut answers = Answers {
        names: &group.sites,
        ask,
        known: FxHashMap::default(),
        signatures: FxHashMap::default(),
    };
    let found = widen(&group, &plan, &sites, &mut answers, budget);
    let takers = found.takers.iter();
    let takers = takers
        .map(|taker| (*taker != NOBODY).then(|| group.sites[*taker as usize]))
        .collect();
    // no more than there is, and than all sites together may take
    let land = group.areas.iter().sum::<u64>();
    let room = group
        .caps
        .iter()
        .fold(0_u64, |sum, cap| sum.saturating_add(*cap));
    let solved = AllottedGroup {
        pieces: group.pieces,
        sites: group.sites,
        area: found.worth.0,
        feasible: found.worth.1 as usize,
        area_at_most: found.most.0.min(land).min(room),
        feasible_at_most: found.most.1 as usize,
        canonical: found.canonical,
    };
    (solved, takers)
}

fn solve_one(
    group: Group,
    ask: &impl Fn(usize, u64) -> bool,
) -> (AllottedGroup, Vec<Option<usize>>) {
    let best = best_subset(&group.areas, group.caps[0]);
    let mut takers = vec![None; group.areas.len()];
    for piece in &best.taken {
        takers[*piece] = Some(group.sites[0]);
    }
    let feasible = usize::from(best.area > 0 && ask(group.sites[0], best.area));
    let is_exact = best.area == best.area_at_most;
    let solved = AllottedGroup {
        pieces: group.pieces,
        sites: group.sites,
        area: best.area,
        feasible,
        area_at_most: best.area_at_most,
        feasible_at_most: if is_exact { feasible } else { 1 },
        canonical: best.canonical,
    };
    (solved, takers)
}

struct Solved {
    worth: Worth,
    takers: Vec<u32>,
    most: Worth,
    canonical: bool,
}

fn widen(
    group: &Group,
    plan: &SearchOrder,
    sites: &[Site],
    answers: &mut Answers<'_>,
    mut budget: u64,
) -> Solved {
    let ways: u64 = plan.steps.iter().map(|s| s.choices.len() as u64 + 1).sum();
    let mut bounds = Bounds::new(group, plan, sites, vec![true; sites.len()]);
    let mut found = Solved {
        worth: (0, 0),
        takers: vec![NOBODY; group.areas.len()],
        most: (u64::MAX, u32::MAX),
        canonical: false,
    };
    let first = if group.areas.len() > FEW {
        FIRST_WIDTH_OF_MANY
    } else {
        FIRST_WIDTH
    };
    let mut width = 0;
    loop {
        let affordable = budget / ways;
        let wider = (width * WIDER).max(first).min(affordable);
        if wider <= width && width > 0 {
            return found;
        }
        if width > 0 {
            let hopeful = hopes(sites, answers);
            bounds = Bounds::new(group, plan, sites, hopeful);
            if group.areas.len() <= MOST_FOR_SHARPENING {
                let way = received(group, plan, &found.takers);
                bounds.sharpen(group, plan, sites, |step| way[step].clone());
            }
        }
        width = wider.max(1);
        let field = Field {
            areas: &group.areas,
            plan,
            sites,
            bounds: &bounds,
            width: usize::try_from(width).unwrap_or(usize::MAX),
            known: found.worth,
        };
        let outcome = search(&field, answers);
        budget = budget.saturating_sub(outcome.nodes);
        found.learn(outcome.best, &outcome.let_go);
        if found.canonical {
            return found;
        }
    }
}

impl Solved {
    fn learn(&mut self, best: Option<(Worth, Vec<u32>)>, let_go: &[Option<u64>]) {
        if let Some((worth, takers)) = best
            && (worth > self.worth || worth == self.worth && takers < self.takers)
        {
            (self.worth, self.takers) = (worth, takers);
        }
        let lost = (0_u32..).zip(let_go);
        let lost = lost.filter_map(|(feasible, land)| Some(((*land)?, feasible)));
        let better: Vec<Worth> = lost.filter(|most| *most >= self.worth).collect();
        self.canonical = better.is_empty();
        let land = better
            .iter()
            .map(|most| most.0)
            .fold(self.worth.0, u64::max);
        let count = better
            .iter()
            .map(|most| most.1)
            .fold(self.worth.1, u32::max);
        self.most.0 = self.most.0.min(land);
        self.most.1 = self.most.1.min(count).max(self.worth.1);
    }
}

/// Which sites can be feasible with some choice of their pieces, as far as that can be told.
fn hopes(sites: &[Site], answers: &mut Answers<'_>) -> Vec<bool> {
    let all = (0_u32..).zip(sites);
    all.map(|(site, of)| answers.signature(site, of, 0, 0).is_none_or(is_hopeful))
        .collect()
}

/// What the sites kept after each step have received on a way.
fn received(group: &Group, plan: &SearchOrder, takers: &[u32]) -> Vec<Vec<u64>> {
    let mut has = vec![0; group.caps.len()];
    let mut way = Vec::with_capacity(plan.steps.len());
    for step in &plan.steps {
        let taker = takers[step.piece as usize];
        if taker != NOBODY {
            has[taker as usize] += group.areas[step.piece as usize];
        }
        let kept = step.kept.iter();
        way.push(
            kept.map(|place| has[step.open[*place as usize] as usize])
                .collect(),
        );
    }
    way
}
