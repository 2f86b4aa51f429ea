//! The industrial sites of a scan and the scattered land beside them → what an upgrade of each would take.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::land::{Proposed, Site, allotted};
use super::rule::place_of;
use super::{UpgradeNeed, UpgradeRules, assumed, upgrade_facts, upgrade_rule};
use crate::features::Known;
use crate::features::scattered::{Link, Pieces};
use crate::law::facts::{Facts, Record};
use crate::law::judge::Judgement;
use crate::parcels::Options;
use crate::quantity::{Area, Exact, Figure};

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

/// The sites solved backwards, and the land that is proposed to them.
pub struct Upgrades {
    /// The sites, in the order of parcels.
    pub sites: Vec<SiteUpgrade>,
    /// The parcel that each piece of scattered land is proposed to.
    pub takers: Vec<Option<u32>>,
}

impl Upgrades {
    /// Nothing solved, and no piece proposed.
    pub fn none(pieces: &Pieces) -> Self {
        Self {
            sites: Vec::new(),
            takers: vec![None; pieces.land.len()],
        }
    }
}

/// Solves every industrial site that bears a building, in the order of parcels, each with the scattered land that is
/// allotted to it over the whole city: the most land put to use, then the most sites helped; nothing when the policy has
/// no such rule. What a reader of the allotment must know comes with it.
pub fn solve_upgrades(known: Known<'_>, advance: &(dyn Fn(u64) + Sync)) -> (Upgrades, Vec<String>) {
    let Some(rules) =
        UpgradeRules::of(&known.measured.options.policy, known.measured.options.as_of)
    else {
        return (Upgrades::none(known.pieces), Vec::new());
    };
    let mut beside = pieces_beside(known);
    let built = known
        .measured
        .order
        .parcels
        .par_iter()
        .copied()
        .filter(|at| !known.measured.repeats.identical.contains(at) && is_built_site(known, *at));
    let mut sites: Vec<Site> = built.map(|parcel| site(known, parcel)).collect();
    for site in &mut sites {
        site.beside = beside.remove(&site.parcel).unwrap_or_default();
    }
    let (proposed, notes) = allotted(known, &rules, &sites);
    let solve = |(site, Proposed { most, pieces }): (&Site, Proposed)| {
        advance(1);
        let records = records(known, site.parcel, &pieces);
        SiteUpgrade {
            parcel: site.parcel,
            candidates: site.beside.iter().map(|(at, _)| *at).collect(),
            need: rules.need(&known.measured.options.case(&site.facts), &records),
            pieces_m2: known.pieces.land_of(&pieces),
            most_m2: most,
            assumes: assumed(&site.facts),
            granted_m2: site.granted,
            pieces,
        }
    };
    let solved: Vec<SiteUpgrade> = sites
        .par_iter()
        .zip(proposed)
        .with_min_len(64)
        .map(solve)
        .collect();
    let mut upgrades = Upgrades::none(known.pieces);
    for site in &solved {
        for piece in &site.pieces {
            upgrades.takers[*piece as usize] = Some(site.parcel);
        }
    }
    upgrades.sites = solved;
    (upgrades, notes)
}

impl SiteUpgrade {
    /// The facts of the upgrade that is proposed, as a check file would state them.
    pub fn facts(&self, known: Known<'_>) -> Facts {
        let built = self.need.proposed().room.needed.unwrap_or(Exact::ZERO);
        let pieces = records(known, self.parcel, &self.pieces);
        upgrade_facts(&known.facts_of(self.parcel as usize), &pieces, built)
    }

    /// What every rule of upgrades says of the upgrade that is proposed, as a check of it would; `None` when the policy has
    /// no rule of scattered land.
    pub fn judged(&self, known: Known<'_>) -> Option<Judgement> {
        let rules = UpgradeRules::of(&known.measured.options.policy, known.measured.options.as_of)?;
        let site = known.facts_of(self.parcel as usize);
        let pieces = records(known, self.parcel, &self.pieces);
        Some(rules.judge(
            &known.measured.options.case(&site),
            &pieces,
            self.need.proposed(),
        ))
    }
}

/// Pieces as a site that they lie beside applies for them.
fn records(known: Known<'_>, parcel: u32, pieces: &[u32]) -> Vec<Record> {
    let link = |at: u32| {
        let links = &known.pieces.found.pieces[at as usize].links;
        links.iter().find(|link| link.parcel == parcel)
    };
    pieces
        .iter()
        .filter_map(|at| Some(known.pieces.record(*at, link(*at)?)))
        .collect()
}

/// The place in its policy of the rule that lets a site take scattered land.
pub fn place_of_rule(options: &Options) -> Option<u16> {
    let rule = upgrade_rule(&options.policy, options.as_of)?;
    place_of(&options.policy, rule)
}

/// A site with its facts, and what it was granted before.
fn site(known: Known<'_>, parcel: u32) -> Site {
    let granted = known.pieces.granted.get(&parcel).copied();
    Site {
        parcel,
        facts: known.facts_of(parcel as usize),
        granted: granted.unwrap_or(Area::from_cents(0)),
        beside: Vec::new(),
    }
}

fn is_built_site(known: Known<'_>, at: u32) -> bool {
    let on_site = known.measured.measures[at as usize].on_site.as_ref();
    on_site.is_ok_and(|on_site| on_site.standing > 0 || on_site.left_out > 0)
        && known.measured.is_industrial_site(at as usize)
}

/// For each parcel the pieces beside it that may be proposed.
fn pieces_beside(known: Known<'_>) -> FxHashMap<u32, Vec<(u32, Link)>> {
    let mut beside: FxHashMap<u32, Vec<(u32, Link)>> = FxHashMap::default();
    for (at, piece) in (0..).zip(&known.pieces.found.pieces) {
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
