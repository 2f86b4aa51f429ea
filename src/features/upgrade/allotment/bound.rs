//! What is left of a group after each step → bounds on the land and on the feasible sites that may still come.

use super::flow::Flow;
use super::group::Group;
use super::order::{SearchOrder, Step};
use super::site::Site;

/// Pieces of a group beyond which no flows are solved.
const MOST_FOR_FLOWS: usize = 2_000;

/// Bounds after each step of a plan.
pub(super) struct Bounds {
    /// By step.
    pub after: Vec<Rest>,
    /// Sites that may yet be feasible.
    pub hopeful: Vec<bool>,
}

/// What is left after a step.
pub(super) struct Rest {
    cuts: Vec<Cut>,
    /// The most sites, half done or untouched, that can share out the pieces left, one each.
    sites: u32,
    /// The same of untouched sites alone.
    untouched: u32,
}

/// Sites that together can take no more than their room; other sites take whatever borders them.
struct Cut {
    /// Pieces that border other sites too, and the room of the untouched ones of these sites.
    land: u64,
    /// The places of those half done.
    half_done: Vec<u32>,
}

impl Bounds {
    /// Bounds by what flows if pieces could be cut up, and by pairing pieces with hopeful sites.
    pub fn new(group: &Group, plan: &SearchOrder, sites: &[Site], hopeful: Vec<bool>) -> Self {
        let count = plan.steps.len();
        let small = count <= MOST_FOR_FLOWS;
        let mut land = Flow::new(&group.links, sites.len());
        let hopes: Vec<Vec<u32>> = group
            .links
            .iter()
            .map(|links| {
                let mut links = links.clone();
                links.retain(|site| hopeful[*site as usize]);
                links
            })
            .collect();
        let mut pairs = Flow::new(&hopes, sites.len());
        let mut fresh = Flow::new(&hopes, sites.len());
        let mut left = 0;
        let mut seen = vec![false; sites.len()];
        let mut after = Vec::with_capacity(count);
        for at in (0..count).rev() {
            let step = &plan.steps[at];
            let (mut full, mut paired, mut fresh_paired) = (None, u64::MAX, u64::MAX);
            if small {
                full = Some(land.settle());
                pairs.settle();
                fresh.settle();
                (paired, fresh_paired) = (pairs.sent, fresh.sent);
            }
            let pieces = u64::try_from(count - 1 - at).unwrap_or(u64::MAX);
            let most = |sites: u64| u32::try_from(sites.min(pieces)).unwrap_or(u32::MAX);
            let mut rest = Rest {
                cuts: vec![Cut {
                    land: left,
                    half_done: Vec::new(),
                }],
                sites: most(paired),
                untouched: most(fresh_paired),
            };
            if let Some(full) = full.filter(|full| full.contains(&true)) {
                rest.cuts.push(Cut::of(group, plan, sites, at, &full));
            }
            after.push(rest);
            left += group.areas[step.piece as usize];
            if small {
                for place in &step.choices {
                    let site = step.open[*place as usize];
                    if !std::mem::replace(&mut seen[site as usize], true) {
                        land.add_room(site, sites[site as usize].cap);
                        pairs.add_room(site, 1);
                    }
                    if *place as usize >= step.known {
                        fresh.add_room(site, 1);
                    }
                }
                land.add_piece(step.piece, group.areas[step.piece as usize]);
                pairs.add_piece(step.piece, 1);
                fresh.add_piece(step.piece, 1);
            }
        }
        after.reverse();
        Self { after, hopeful }
    }

    /// Adds the cuts that hold along one way through the group: `received(step)` is what the sites kept then have.
    pub fn sharpen(
        &mut self,
        group: &Group,
        plan: &SearchOrder,
        sites: &[Site],
        received: impl Fn(usize) -> Vec<u64>,
    ) {
        for (at, step) in plan.steps.iter().enumerate() {
            let mut flow = Flow::new(&group.links, sites.len());
            for later in &plan.steps[at + 1..] {
                flow.add_piece(later.piece, group.areas[later.piece as usize]);
                for place in later.known..later.open.len() {
                    let site = later.open[place];
                    flow.add_room(site, sites[site as usize].cap);
                }
            }
            for (place, has) in step.kept.iter().zip(received(at)) {
                let place = *place as usize;
                let site = step.open[place];
                flow.add_room(site, sites[site as usize].fill(step.done[place], has));
            }
            let full = flow.settle();
            if full.contains(&true) {
                self.after[at]
                    .cuts
                    .push(Cut::of(group, plan, sites, at, &full));
            }
        }
    }
}

impl Cut {
    fn of(group: &Group, plan: &SearchOrder, sites: &[Site], at: usize, full: &[bool]) -> Self {
        let mut land = 0;
        for later in &plan.steps[at + 1..] {
            let links = &group.links[later.piece as usize];
            if !links.iter().all(|site| full[*site as usize]) {
                land += group.areas[later.piece as usize];
            }
            let untouched = later.open[later.known..].iter();
            let held = untouched.filter(|site| full[**site as usize]);
            land += held.map(|site| sites[*site as usize].cap).sum::<u64>();
        }
        let step = &plan.steps[at];
        let half_done = (0_u32..)
            .zip(&step.kept)
            .filter(|(_, place)| full[step.open[**place as usize] as usize])
            .map(|(slot, _)| slot)
            .collect();
        Self { land, half_done }
    }
}

impl Rest {
    /// The most land that can still come to a state, given what the sites kept have received.
    pub fn land(&self, step: &Step, sites: &[Site], received: &[u64]) -> u64 {
        let of_cut = |cut: &Cut| {
            let room = cut.half_done.iter().map(|slot| {
                let place = step.kept[*slot as usize] as usize;
                let site = &sites[step.open[place] as usize];
                site.fill(step.done[place], received[*slot as usize])
            });
            cut.land + room.sum::<u64>()
        };
        self.cuts.iter().map(of_cut).min().unwrap_or(u64::MAX)
    }

    /// The most feasible sites that can still come, if `begun` of those kept have land and `bare` have none yet.
    pub fn feasible(&self, begun: u32, bare: u32) -> u32 {
        begun + self.sites.min(bare.saturating_add(self.untouched))
    }
}
