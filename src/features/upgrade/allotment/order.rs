//! A group → the order in which its pieces are given, so that few sites are half done at any time.

use super::group::Group;

/// Pieces of a group beyond which the next site is chosen by a rougher rule, which does not look at its pieces again.
const LARGE: usize = 5_000;

/// A way through a group.
pub(super) struct SearchOrder {
    /// One for each piece, in the order they are given.
    pub steps: Vec<Step>,
    /// The pieces of each site in that order.
    pub of_site: Vec<Vec<u32>>,
}

/// One piece, and the sites that are half done about it.
pub(super) struct Step {
    /// The piece.
    pub piece: u32,
    /// The sites that are half done before, then those this piece touches first.
    pub open: Vec<u32>,
    /// How many of `open` were half done before.
    pub known: usize,
    /// The places in `open` of the sites that may take the piece, by site.
    pub choices: Vec<u32>,
    /// How many pieces of each of `open` are done after this one.
    pub done: Vec<u32>,
    /// The places in `open` of the sites that are still half done after.
    pub kept: Vec<u32>,
    /// The places in `open` of the sites that are done after.
    pub closed: Vec<u32>,
}

/// Plans: the site that costs least to finish comes next, with all its pieces.
pub(super) fn plan(group: &Group) -> SearchOrder {
    let mut touching: Vec<Vec<u32>> = vec![Vec::new(); group.caps.len()];
    for (piece, links) in (0_u32..).zip(&group.links) {
        for site in links {
            touching[*site as usize].push(piece);
        }
    }
    let mut walk = Walk {
        group,
        left: touching.iter().map(Vec::len).collect(),
        touching: &touching,
        given: vec![false; group.areas.len()],
        opened: vec![usize::MAX; group.caps.len()],
        half_done: Vec::new(),
        touched: 0,
    };
    let mut plan = SearchOrder {
        steps: Vec::with_capacity(group.areas.len()),
        of_site: vec![Vec::new(); group.caps.len()],
    };
    while let Some(site) = walk.next_site() {
        for piece in &touching[site as usize] {
            if !std::mem::replace(&mut walk.given[*piece as usize], true) {
                let step = walk.step(*piece, &mut plan.of_site);
                plan.steps.push(step);
            }
        }
    }
    plan
}

struct Walk<'a> {
    group: &'a Group,
    touching: &'a [Vec<u32>],
    /// Pieces of each site that are not given yet.
    left: Vec<usize>,
    given: Vec<bool>,
    /// When each site was first touched.
    opened: Vec<usize>,
    half_done: Vec<u32>,
    /// Sites touched so far.
    touched: usize,
}

impl Walk<'_> {
    fn next_site(&self) -> Option<u32> {
        let sites = 0..u32::try_from(self.left.len()).unwrap_or(u32::MAX);
        if self.half_done.is_empty() {
            let waiting = sites.filter(|site| self.left[*site as usize] > 0);
            return waiting.min_by_key(|site| (self.left[*site as usize], *site));
        }
        let half_done = self.half_done.iter().copied();
        half_done.min_by_key(|site| {
            let at = *site as usize;
            (self.would_open(*site), self.left[at], self.opened[at])
        })
    }

    /// How many sites the rest of a site's pieces would touch first.
    fn would_open(&self, site: u32) -> usize {
        if self.group.areas.len() > LARGE {
            return 0;
        }
        let pieces = self.touching[site as usize].iter();
        let waiting = pieces.filter(|piece| !self.given[**piece as usize]);
        let mut sites: Vec<u32> = waiting
            .flat_map(|piece| &self.group.links[*piece as usize])
            .copied()
            .filter(|site| self.opened[*site as usize] == usize::MAX)
            .collect();
        sites.sort_unstable();
        sites.dedup();
        sites.len()
    }

    fn step(&mut self, piece: u32, of_site: &mut [Vec<u32>]) -> Step {
        let links = &self.group.links[piece as usize];
        let mut open = self.half_done.clone();
        let known = open.len();
        for site in links {
            let at = *site as usize;
            if self.opened[at] == usize::MAX {
                self.opened[at] = self.touched;
                self.touched += 1;
                open.push(*site);
            }
            self.left[at] -= 1;
            of_site[at].push(piece);
        }
        let place = |site: &u32| (0_u32..).zip(&open).find(|(_, open)| *open == site);
        let choices = links
            .iter()
            .filter_map(place)
            .map(|(place, _)| place)
            .collect();
        let done = open
            .iter()
            .map(|site| u32::try_from(of_site[*site as usize].len()).unwrap_or(u32::MAX))
            .collect();
        let (kept, closed): (Vec<u32>, Vec<u32>) = (0_u32..)
            .zip(&open)
            .map(|(place, _)| place)
            .partition(|place| self.left[open[*place as usize] as usize] > 0);
        self.half_done = kept.iter().map(|place| open[*place as usize]).collect();
        Step {
            piece,
            open,
            known,
            choices,
            done,
            kept,
            closed,
        }
    }
}
