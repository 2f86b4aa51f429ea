//! The industrial sites of a scan and the vacant parcels beside them → what an upgrade of each would take.

use rayon::prelude::*;

use super::Scan;
use super::judging::is_industrial_site;
use crate::geometry::ContactKind;
use crate::judge::Case;
use crate::model::LandStatus;
use crate::model::facts::Record;
use crate::propose::{UpgradeNeed, upgrade_need, upgrade_rule};
use crate::quantity::{Area, Exact, Figure, Unit};

/// A site solved backwards.
#[derive(Clone, Debug)]
pub struct SiteUpgrade {
    /// The position of the parcel in its layer.
    pub parcel: u32,
    /// The parcels recorded as vacant or unallotted that share a stretch of boundary with it, by their order; those that
    /// the plan wants for another use are none.
    pub pieces: Vec<u32>,
    /// Their area together.
    pub pieces_m2: Area,
    /// What it would take.
    pub need: UpgradeNeed,
}

/// Solves every industrial site that bears a building, in the order of parcels; nothing when the policy has no such rule.
pub(super) fn solve_upgrades(scan: &Scan, advance: &(dyn Fn(u64) + Sync)) -> Vec<SiteUpgrade> {
    let (pack, options) = (&scan.options.policy, &scan.options);
    let Some(rule) = upgrade_rule(pack, options.as_of) else {
        return Vec::new();
    };
    let beside = vacant_beside(scan);
    let site = |at: &u32| {
        advance(1);
        let built = scan.measures[*at as usize]
            .on_site
            .as_ref()
            .is_ok_and(|on_site| on_site.buildings > 0);
        if !built || !is_industrial_site(scan, *at as usize) {
            return None;
        }
        let facts = scan.facts_of(*at as usize);
        let case = Case {
            facts: &facts,
            pack,
            choices: &options.readings,
            as_of: options.as_of,
        };
        let pieces = &beside[*at as usize];
        let area = |at: u32| scan.measures[at as usize].area.ok().and_then(Area::from_m2);
        let fits = |(at, _): &&(u32, f64)| scan.conforms(*at) != Some(false);
        let pieces: Vec<(u32, f64)> = pieces.iter().filter(fits).copied().collect();
        let records: Vec<Record> = pieces
            .iter()
            .map(|(at, shared)| piece(scan, *at, *shared, area(*at)))
            .collect();
        let need = upgrade_need(rule, &case, &records);
        let sum = pieces
            .iter()
            .filter_map(|(at, _)| area(*at))
            .map(Area::cents)
            .sum();
        let pieces = pieces.iter().map(|(at, _)| *at).collect();
        Some(SiteUpgrade {
            parcel: *at,
            pieces,
            pieces_m2: Area::from_cents(sum),
            need,
        })
    };
    scan.order
        .parcels
        .par_iter()
        .with_min_len(64)
        .filter_map(site)
        .collect()
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
            if vacant(piece) && !vacant(site) {
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
fn piece(scan: &Scan, at: u32, shared_m: f64, area: Option<Area>) -> Record {
    let mut record = Record::default();
    if let Some(area) = area {
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
