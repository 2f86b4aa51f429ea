//! The industrial sites of a scan and the scattered land beside them → what an upgrade of each would take.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::allotment::{Proposed, Site, allotted, case};
use super::judging::is_industrial_site;
use super::{Options, Scan};
use crate::law::facts::{Facts, Record};
use crate::law::judge::Judgement;
use crate::propose::{UpgradeNeed, UpgradeRules, assumed, upgrade_facts, upgrade_rule};
use crate::quantity::{Area, Exact, Figure};
use crate::site::Link;

/// A site solved backwards.
#[derive(Clone, Debug)]
pub struct SiteUpgrade {
    /// The position of the parcel in its layer.
    pub parcel: u32,
    /// The pieces of scattered land beside it that may be proposed, in their order: those that are barred, or that the plan
    /// wants for another use, are none.
    pub candidates: Vec<u32>,
    /// Those of them that are proposed for it and for no other site.
    pub pieces: Vec<u32>,
    /// Their area together.
    pub pieces_m2: Area,
    /// The most scattered land that it may take now; 0 where there is none beside it.
    pub most_m2: Area,
    /// What was granted to it before, by the layer of known candidates.
    pub granted_m2: Area,
    /// What it would take.
    pub need: UpgradeNeed,
    /// What is assumed of it: the facts that nobody has given, each with its usual value.
    pub assumes: Vec<(&'static str, Figure)>,
}

/// Solves every industrial site that bears a building, in the order of parcels, each with the scattered land that is
/// allotted to it over the whole city: the most land put to use, then the most sites helped; nothing when the policy has
/// no such rule. What a reader of the allotment must know comes with it.
pub(super) fn solve_upgrades(
    scan: &Scan,
    advance: &(dyn Fn(u64) + Sync),
) -> (Vec<SiteUpgrade>, Vec<String>) {
    let Some(rules) = UpgradeRules::of(&scan.options.policy, scan.options.as_of) else {
        return (Vec::new(), Vec::new());
    };
    let mut beside = pieces_beside(scan);
    let built = scan
        .order
        .parcels
        .par_iter()
        .copied()
        .filter(|at| !scan.repeats.identical.contains(at) && is_built_site(scan, *at));
    let mut sites: Vec<Site> = built.map(|parcel| site(scan, parcel)).collect();
    for site in &mut sites {
        site.beside = beside.remove(&site.parcel).unwrap_or_default();
    }
    let (proposed, notes) = allotted(scan, &rules, &sites);
    let solve = |(site, Proposed { most, pieces }): (&Site, Proposed)| {
        advance(1);
        let records = records(scan, site.parcel, &pieces);
        SiteUpgrade {
            parcel: site.parcel,
            candidates: site.beside.iter().map(|(at, _)| *at).collect(),
            need: rules.need(&case(scan, &site.facts), &records),
            pieces_m2: scan.pieces.land_of(&pieces),
            most_m2: most,
            assumes: assumed(&site.facts),
            granted_m2: site.granted,
            pieces,
        }
    };
    let solved = sites
        .par_iter()
        .zip(proposed)
        .with_min_len(64)
        .map(solve)
        .collect();
    (solved, notes)
}

impl SiteUpgrade {
    /// The facts of the upgrade that is proposed, as a check file would state them.
    pub fn facts(&self, scan: &Scan) -> Facts {
        let built = self.need.proposed().room.needed.unwrap_or(Exact::ZERO);
        let pieces = records(scan, self.parcel, &self.pieces);
        upgrade_facts(&scan.facts_of(self.parcel as usize), &pieces, built)
    }

    /// What every rule of upgrades says of the upgrade that is proposed, as a check of it would; `None` when the policy has
    /// no rule of scattered land.
    pub fn judged(&self, scan: &Scan) -> Option<Judgement> {
        let rules = UpgradeRules::of(&scan.options.policy, scan.options.as_of)?;
        let site = scan.facts_of(self.parcel as usize);
        let pieces = records(scan, self.parcel, &self.pieces);
        Some(rules.judge(&case(scan, &site), &pieces, self.need.proposed()))
    }
}

/// Pieces as a site that they lie beside applies for them.
fn records(scan: &Scan, parcel: u32, pieces: &[u32]) -> Vec<Record> {
    let link = |at: u32| {
        let links = &scan.pieces.found.pieces[at as usize].links;
        links.iter().find(|link| link.parcel == parcel)
    };
    pieces
        .iter()
        .filter_map(|at| Some(scan.pieces.record(*at, link(*at)?)))
        .collect()
}

/// The place in its policy of the rule that lets a site take scattered land.
pub(super) fn place_of_rule(options: &Options) -> Option<u16> {
    let rule = upgrade_rule(&options.policy, options.as_of)?;
    let place = options
        .policy
        .rules
        .iter()
        .position(|other| std::ptr::eq(other, rule))?;
    u16::try_from(place).ok()
}

/// A site with its facts, and what it was granted before.
fn site(scan: &Scan, parcel: u32) -> Site {
    let granted = scan.granted.get(&parcel).copied();
    Site {
        parcel,
        facts: scan.facts_of(parcel as usize),
        granted: granted.unwrap_or(Area::from_cents(0)),
        beside: Vec::new(),
    }
}

fn is_built_site(scan: &Scan, at: u32) -> bool {
    let on_site = scan.measures[at as usize].on_site.as_ref();
    on_site.is_ok_and(|on_site| on_site.buildings > 0 || on_site.left_out > 0)
        && is_industrial_site(&scan.city, at as usize)
}

/// For each parcel the pieces beside it that may be proposed.
fn pieces_beside(scan: &Scan) -> FxHashMap<u32, Vec<(u32, Link)>> {
    let mut beside: FxHashMap<u32, Vec<(u32, Link)>> = FxHashMap::default();
    for (at, piece) in (0..).zip(&scan.pieces.found.pieces) {
        if piece.is_free() {
            for link in &piece.links {
                beside
                    .entry(link.parcel)
                    .or_default()
                    .push((at, link.clone()));
            }
        }
    }
    beside
}
