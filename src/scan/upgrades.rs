//! The industrial sites of a scan and the vacant parcels beside them → what an upgrade of each would take.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Scan;
use super::judging::is_industrial_site;
use crate::geometry::ContactKind;
use crate::judge::{Case, most_land};
use crate::model::LandStatus;
use crate::model::facts::{Facts, Record};
use crate::policy::Rule;
use crate::propose::{LandPiece, NODE_BUDGET, UpgradeNeed, allot, upgrade_need, upgrade_rule};
use crate::quantity::{Area, Exact, Figure, Unit};

/// A site solved backwards.
#[derive(Clone, Debug)]
pub struct SiteUpgrade {
    /// The position of the parcel in its layer.
    pub parcel: u32,
    /// The parcels recorded as vacant or unallotted that share a stretch of boundary with it, by their order; those that
    /// the plan wants for another use are none.
    pub candidates: Vec<u32>,
    /// Those of them that are proposed for it and for no other site.
    pub pieces: Vec<u32>,
    /// Their area together.
    pub pieces_m2: Area,
    /// What it would take.
    pub need: UpgradeNeed,
}

/// A site before its pieces are allotted.
struct Site {
    parcel: u32,
    facts: Facts,
    /// The parcels beside it that could be added, by their order, with the boundary shared in metres.
    beside: Vec<(u32, f64)>,
}

/// Solves every industrial site that bears a building, in the order of parcels, each with the vacant land that is allotted to
/// it over the whole city: the most land put to use, then the most sites helped; nothing when the policy has no such rule.
/// What a reader of the allotment must know comes with it.
pub(super) fn solve_upgrades(
    scan: &Scan,
    advance: &(dyn Fn(u64) + Sync),
) -> (Vec<SiteUpgrade>, Vec<String>) {
    let Some(rule) = upgrade_rule(&scan.options.policy, scan.options.as_of) else {
        return (Vec::new(), Vec::new());
    };
    let mut beside = vacant_beside(scan);
    let built = scan
        .order
        .parcels
        .par_iter()
        .copied()
        .filter(|at| is_built_site(scan, *at));
    let mut sites: Vec<Site> = built
        .map(|parcel| Site {
            parcel,
            facts: scan.facts_of(parcel as usize),
            beside: Vec::new(),
        })
        .collect();
    for site in &mut sites {
        site.beside = std::mem::take(&mut beside[site.parcel as usize]);
    }
    let (taken, notes) = allotted(scan, rule, &sites);
    let solve = |(site, taken): (&Site, Vec<u32>)| {
        advance(1);
        let pieces = site.beside.iter().filter(|(at, _)| taken.contains(at));
        let records: Vec<Record> = pieces
            .map(|(at, shared)| piece(scan, *at, *shared))
            .collect();
        let sum = taken
            .iter()
            .filter_map(|at| area(scan, *at))
            .map(Area::cents)
            .sum();
        SiteUpgrade {
            parcel: site.parcel,
            candidates: site.beside.iter().map(|(at, _)| *at).collect(),
            need: upgrade_need(rule, &case(scan, &site.facts), &records),
            pieces: taken,
            pieces_m2: Area::from_cents(sum),
        }
    };
    let solved = sites
        .par_iter()
        .zip(taken)
        .with_min_len(64)
        .map(solve)
        .collect();
    (solved, notes)
}

fn is_built_site(scan: &Scan, at: u32) -> bool {
    let on_site = scan.measures[at as usize].on_site.as_ref();
    on_site.is_ok_and(|on_site| on_site.buildings > 0) && is_industrial_site(scan, at as usize)
}

fn case<'a>(scan: &'a Scan, facts: &'a Facts) -> Case<'a> {
    let options = &scan.options;
    Case {
        facts,
        pack: &options.policy,
        choices: &options.readings,
        as_of: options.as_of,
    }
}

/// The pieces proposed for each site, by their order, and what a reader of that must know.
fn allotted(scan: &Scan, rule: &Rule, sites: &[Site]) -> (Vec<Vec<u32>>, Vec<String>) {
    let cents = |m2: Exact| {
        m2.times(Exact::int(100))
            .and_then(Exact::as_int)
            .and_then(|cents| u64::try_from(cents).ok())
    };
    let cap = |site: &Site| {
        let land = || most_land(rule, &case(scan, &site.facts)).and_then(cents);
        if site.beside.is_empty() {
            0
        } else {
            land().unwrap_or(0)
        }
    };
    let caps: Vec<u64> = sites.iter().map(cap).collect();
    let mut borders: BTreeMap<u32, (u32, Vec<usize>)> = BTreeMap::new();
    for (at, site) in sites.iter().enumerate() {
        for (piece, _) in &site.beside {
            borders
                .entry(scan.order.place[*piece as usize])
                .or_insert((*piece, Vec::new()))
                .1
                .push(at);
        }
    }
    let land = |piece: u32| {
        area(scan, piece)
            .and_then(|area| u64::try_from(area.cents()).ok())
            .filter(|cents| *cents > 0)
    };
    let (names, pieces): (Vec<u32>, Vec<LandPiece>) = borders
        .into_values()
        .filter_map(|(piece, borders)| {
            Some((
                piece,
                LandPiece {
                    area: land(piece)?,
                    borders,
                },
            ))
        })
        .unzip();
    let feasible = |site: usize, cents: u64| {
        let m2 = i64::try_from(cents)
            .ok()
            .and_then(|cents| Exact::fraction(cents, 100));
        m2.is_some_and(|m2| {
            upgrade_need(rule, &case(scan, &sites[site].facts), &[of_area(m2)]).is_feasible()
                == Some(true)
        })
    };
    let mut taken = vec![Vec::new(); sites.len()];
    let mut notes = Vec::new();
    if !pieces.is_empty() {
        notes.push("upgrades, allocation: taken as if nothing is demolished and no scattered land was granted before".to_owned());
    }
    match allot(&caps, &pieces, &feasible, NODE_BUDGET) {
        Ok(allotment) => {
            let unproven = allotment
                .groups
                .iter()
                .filter(|group| !group.is_proven())
                .count();
            if unproven > 0 {
                notes.push(format!("allocation: {unproven} groups of sites and pieces are too large to be sure that no better allotment exists"));
            }
            for (piece, taker) in names.into_iter().zip(allotment.takers) {
                if let Some(taker) = taker {
                    taken[taker].push(piece);
                }
            }
        }
        Err(why) => notes.push(format!("allocation: nothing is proposed, {why}")),
    }
    (taken, notes)
}

fn area(scan: &Scan, at: u32) -> Option<Area> {
    scan.measures[at as usize].area.ok().and_then(Area::from_m2)
}

/// Land of this area that fits a site in every other way.
fn of_area(m2: Exact) -> Record {
    let mut record = Record::default();
    record.set("scattered.area_m2", Figure::land(m2));
    record.set("scattered.adjacent", Figure::Truth(true));
    record.set("scattered.conforms_to_plan", Figure::Truth(true));
    record
}

/// For each parcel of the layer the vacant ones that share a stretch of boundary with it, and how much, in metres.
fn vacant_beside(scan: &Scan) -> Vec<Vec<(u32, f64)>> {
    let vacant = |at: u32| {
        let status = scan.city.parcels.rows[at as usize].status;
        matches!(status, Some(LandStatus::Vacant | LandStatus::Unallotted))
    };
    let mut beside = vec![Vec::new(); scan.city.parcels.rows.len()];
    for pair in scan
        .neighbours
        .pairs
        .iter()
        .filter(|pair| pair.contact.kind == ContactKind::Edge)
    {
        for (site, piece) in [(pair.a, pair.b), (pair.b, pair.a)] {
            if vacant(piece) && !vacant(site) && scan.conforms(piece) != Some(false) {
                beside[site as usize].push((piece, pair.contact.shared));
            }
        }
    }
    beside
        .par_iter_mut()
        .for_each(|pieces: &mut Vec<(u32, f64)>| {
            pieces.sort_unstable_by_key(|(at, _)| scan.order.place[*at as usize]);
        });
    beside
}

/// A vacant parcel as a piece of scattered land.
fn piece(scan: &Scan, at: u32, shared_m: f64) -> Record {
    let mut record = Record::default();
    if let Some(area) = area(scan, at) {
        record.set("scattered.area_m2", Figure::land(area.into()));
    }
    let metres = Exact::from_f64((shared_m * 1000.0).round() / 1000.0);
    if let Some(metres) = metres {
        record.set("scattered.shared_m", Figure::Number(metres, Unit::Metres));
    }
    if let Some(conforms) = scan.conforms(at) {
        record.set("scattered.conforms_to_plan", Figure::Truth(conforms));
    }
    record
}

impl Scan {
    /// Whether the plan wants the land of a vacant parcel industrial; `None` where it says nothing of it.
    fn conforms(&self, at: u32) -> Option<bool> {
        match self.facts_of(at as usize).one.figure("site.plan_use") {
            Some(Figure::Word(plan_use)) => Some(plan_use == "industrial"),
            _ => None,
        }
    }
}
