//! A scan → the totals of the whole city.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::geometry::ContactKind;
use crate::measure::OnSite;
use crate::quantity::{Area, Quantity};
use crate::scan::{Scan, SiteUpgrade, group_totals};
use crate::site::{Origin, Relation};

/// Totals of the rows of `parcels.csv`, as they are printed; areas in m².
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Totals {
    /// Parcels analysed.
    pub parcels: u64,
    /// Their areas, on the basis that was chosen.
    pub area_m2: f64,
    /// How many were taken at their registered area.
    pub area_registered_parcels: u64,
    /// Totals of what stands on them; `None` without buildings.
    pub buildings: Option<BuildingTotals>,
    /// Pairs of parcels by how they lie to each other.
    pub pairs: PairTotals,
    /// Scattered land; `None` where it was not looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scattered: Option<ScatteredTotals>,
    /// Industrial sites solved backwards; `None` where they were not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub upgrades: Option<UpgradeTotals>,
    /// How many parcels came to be in each way, and how many earlier ones are `gone`; `unknown` where it is not told. `None`
    /// without a table of it and without earlier parcels.
    pub lineage: Option<BTreeMap<&'static str, u64>>,
}

/// How the parcels of `lineage.csv` came to be.
fn relations(scan: &Scan) -> Option<BTreeMap<&'static str, u64>> {
    let lineage = scan.lineage.as_ref()?;
    let mut counts = BTreeMap::new();
    let listed = scan
        .order
        .parcels
        .iter()
        .filter(|at| lineage.basis(**at).is_some());
    for at in listed {
        let name = lineage.relation(*at).map_or("unknown", Relation::name);
        *counts.entry(name).or_default() += 1;
    }
    if let Some(shapes) = &lineage.shapes {
        counts.insert(Relation::GONE, shapes.gone.len() as u64);
    }
    Some(counts)
}

/// Pieces of scattered land, by where they were found; areas in m².
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct ScatteredTotals {
    /// Parcels recorded as vacant or unallotted.
    pub recorded: u64,
    /// Known candidates.
    pub given: u64,
    /// Land that nobody recorded.
    pub unrecorded: u64,
    /// All of it.
    pub area_m2: f64,
    /// Pieces proposed to a site.
    pub allotted: u64,
    /// Their area.
    pub allotted_m2: f64,
}

impl ScatteredTotals {
    fn of(scan: &Scan) -> Self {
        let pieces = &scan.pieces;
        let count = |of: fn(Origin) -> bool| {
            let found = pieces.found.pieces.iter();
            found.filter(|piece| of(piece.origin)).count() as u64
        };
        let (_, all) = group_totals(scan);
        Self {
            recorded: count(|origin| matches!(origin, Origin::Recorded(_))),
            given: count(|origin| matches!(origin, Origin::Given(_))),
            unrecorded: count(|origin| origin == Origin::Unrecorded),
            area_m2: Area::from_cents(all.land).m2(),
            allotted: all.allotted,
            allotted_m2: Area::from_cents(all.allotted_land).m2(),
        }
    }
}

/// Industrial sites that bear a building, and what an upgrade of them would find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct UpgradeTotals {
    /// Sites.
    pub sites: u64,
    /// Sites where the plan leaves room for the least new floor that is needed and no rule forbids it, without any scattered
    /// land.
    pub feasible_alone: u64,
    /// Sites with scattered land beside them that may be proposed, recorded as vacant or not.
    pub beside_vacant_land: u64,
    /// Those that get some of it.
    pub given_some: u64,
    /// Those of them where the plan leaves room and the rule does not fail with it.
    pub feasible_with_it: u64,
}

impl UpgradeTotals {
    fn of(scan: &Scan) -> Self {
        let count = |holds: &dyn Fn(&SiteUpgrade) -> bool| {
            scan.upgrades.iter().filter(|site| holds(site)).count() as u64
        };
        Self {
            sites: scan.upgrades.len() as u64,
            feasible_alone: count(&|site| site.need.alone.is_feasible() == Some(true)),
            beside_vacant_land: count(&|site| !site.candidates.is_empty()),
            given_some: count(&|site| !site.pieces.is_empty()),
            feasible_with_it: count(&|site| site.need.is_feasible() == Some(true)),
        }
    }
}

/// Totals of what stands on the parcels; each sum is over the parcels where the figure is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BuildingTotals {
    /// Buildings analysed.
    pub buildings: u64,
    /// Parcels with a building.
    pub parcels_built_on: u64,
    /// Ground covered by buildings.
    pub footprint_m2: f64,
    /// Floor area above ground; unknown where that of no parcel with a building is known.
    pub floor_area_m2: Option<f64>,
    /// Floor area as the policy counts it; unknown as the floor area is.
    pub far_floor_area_m2: Option<f64>,
    /// The least floor area of all parcels together, those of unknown floor area too.
    pub floor_area_at_least_m2: f64,
    /// Buildings that were left out for their shape.
    pub buildings_left_out: u64,
    /// Parcels on which one of them may stand: their figures are unknown.
    pub parcels_with_buildings_left_out: u64,
    /// Parcels whose floor area is unknown.
    pub floor_area_unknown_parcels: u64,
    /// Parcels whose counted floor area is unknown.
    pub far_floor_area_unknown_parcels: u64,
    /// Parcels whose footprint is unknown.
    pub footprint_unknown_parcels: u64,
}

/// How many pairs of parcels there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PairTotals {
    /// Pairs that share a stretch of boundary.
    pub edge: u64,
    /// Pairs that touch in points.
    pub point: u64,
    /// Pairs that overlap.
    pub overlap: u64,
    /// Pairs with a narrow gap.
    pub gap: u64,
}

impl Totals {
    /// Adds up a scan.
    pub fn of(scan: &Scan) -> Self {
        let areas = scan
            .measures
            .iter()
            .filter_map(|measures| measures.area.ok());
        let registered = scan
            .measures
            .iter()
            .filter(|measures| measures.basis == crate::measure::AreaBasis::Registered);
        let mut pairs = PairTotals::default();
        for pair in &scan.neighbours.pairs {
            *match pair.contact.kind {
                ContactKind::Edge => &mut pairs.edge,
                ContactKind::Point => &mut pairs.point,
                ContactKind::Overlap => &mut pairs.overlap,
                ContactKind::Gap => &mut pairs.gap,
            } += 1;
        }
        let tasks = scan.options.tasks;
        Self {
            parcels: scan.measures.len() as u64,
            area_m2: printed_sum(areas),
            area_registered_parcels: registered.count() as u64,
            buildings: scan
                .city
                .buildings
                .as_ref()
                .map(|layer| buildings(scan, layer.rows.len() as u64)),
            pairs,
            scattered: tasks.scattered.then(|| ScatteredTotals::of(scan)),
            upgrades: tasks.upgrades.then(|| UpgradeTotals::of(scan)),
            lineage: relations(scan),
        }
    }
}

fn buildings(scan: &Scan, count: u64) -> BuildingTotals {
    let on_sites = || {
        scan.measures
            .iter()
            .filter_map(|measures| measures.on_site.as_ref().ok())
    };
    let known = |part: fn(&OnSite) -> Quantity<f64>| {
        scan.measures
            .iter()
            .filter_map(move |measures| part(measures.on_site.as_ref().ok()?).ok())
    };
    let unknown = |part| (scan.measures.len() - known(part).count()) as u64;
    let built_on = scan
        .measures
        .iter()
        .filter(|measures| measures.on_site.as_ref().is_ok_and(|on| on.buildings > 0));
    // figures of parcels on which nothing stands say nothing of what stands elsewhere
    let total = |part: fn(&OnSite) -> Quantity<f64>| {
        let bears = |on: &&OnSite| on.buildings > 0 || on.left_out > 0;
        let mut built = on_sites().filter(bears).peekable();
        let is_known = built.peek().is_none() || built.any(|on| part(on).is_ok());
        is_known.then(|| printed_sum(known(part)))
    };
    let least = on_sites().map(|on| on.floor_area_at_least);
    let aside = on_sites().filter(|on| on.left_out > 0);
    let layer = scan.city.buildings.as_ref();
    BuildingTotals {
        floor_area_at_least_m2: printed_sum(least),
        buildings_left_out: layer.map_or(0, |layer| layer.left_out.len() as u64),
        parcels_with_buildings_left_out: aside.count() as u64,
        buildings: count,
        parcels_built_on: built_on.count() as u64,
        footprint_m2: printed_sum(known(|on| on.footprint)),
        floor_area_m2: total(|on| on.floor_area),
        far_floor_area_m2: total(|on| on.far_floor_area),
        floor_area_unknown_parcels: unknown(|on| on.floor_area),
        far_floor_area_unknown_parcels: unknown(|on| on.far_floor_area),
        footprint_unknown_parcels: unknown(|on| on.footprint),
    }
}

/// The sum of figures as each is printed, so that a column adds up to its total.
fn printed_sum(figures: impl Iterator<Item = f64>) -> f64 {
    let cents = figures.filter_map(Area::from_m2).map(Area::cents).sum();
    Area::from_cents(cents).m2()
}
