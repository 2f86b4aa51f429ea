//! A scan → the totals of the whole city.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::features::scattered::Origin;
use crate::features::upgrade::{SiteUpgrade, group_totals};
use crate::geometry::ContactKind;
use crate::parcels::Relation;
use crate::parcels::measures::{AreaBasis, OnSite, ParcelMeasures};
use crate::quantity::{Area, Quantity};
use crate::run::Scan;

/// Totals of the rows of `parcels.csv`, as they are printed; areas in m².
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Totals {
    /// Parcels analysed.
    pub parcels: u64,
    /// Their areas, on the basis that was chosen, each parcel once; unknown where versions of a parcel differ.
    pub area_m2: Option<f64>,
    /// The same with the least of the versions of each parcel.
    pub area_at_least_m2: f64,
    /// The same with the most of them.
    pub area_at_most_m2: f64,
    /// Rows that are another row once more: they are in `parcels`, and in no sum.
    pub parcels_repeated: u64,
    /// Land that more than one parcel covers, beyond those rows' too.
    pub land_twice_m2: f64,
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
        .measured
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
        let (_, all) = group_totals(&scan.measured.city, &scan.pieces, &scan.upgrades);
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
            scan.upgrades
                .sites
                .iter()
                .filter(|site| holds(site))
                .count() as u64
        };
        Self {
            sites: scan.upgrades.sites.len() as u64,
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
        let once = Once::of(scan);
        let area = |measures: &ParcelMeasures| measures.area.ok();
        let [least, most] = [f64::min, f64::max].map(|of| printed_sum(once.bounds(area, of)));
        let registered = once
            .parcels()
            .filter(|at| scan.measured.measures[*at as usize].basis == AreaBasis::Registered);
        let mut pairs = PairTotals::default();
        for pair in &scan.measured.neighbours.pairs {
            *match pair.contact.kind {
                ContactKind::Edge => &mut pairs.edge,
                ContactKind::Point => &mut pairs.point,
                ContactKind::Overlap => &mut pairs.overlap,
                ContactKind::Gap => &mut pairs.gap,
            } += 1;
        }
        let tasks = scan.measured.options.tasks;
        Self {
            parcels: scan.measured.measures.len() as u64,
            area_m2: (least.to_bits() == most.to_bits()).then_some(least),
            area_at_least_m2: least,
            area_at_most_m2: most,
            parcels_repeated: scan.measured.repeats.same_as.len() as u64,
            land_twice_m2: printed_sum(std::iter::once(scan.measured.repeats.land_twice_m2)),
            area_registered_parcels: registered.count() as u64,
            buildings: scan
                .measured
                .city
                .buildings
                .as_ref()
                .map(|layer| buildings(&once, layer.rows.len() as u64)),
            pairs,
            scattered: tasks.scattered.then(|| ScatteredTotals::of(scan)),
            upgrades: tasks.upgrades.then(|| UpgradeTotals::of(scan)),
            lineage: relations(scan),
        }
    }
}

fn buildings(once: &Once<'_>, count: u64) -> BuildingTotals {
    let scan = once.scan;
    let site = |at: &u32| scan.measured.measures[*at as usize].on_site.as_ref().ok();
    let known = |part: fn(&OnSite) -> Quantity<f64>| {
        once.known(move |measures| part(measures.on_site.as_ref().ok()?).ok())
    };
    let unknown = |part| (once.parcels().count() - known(part).count()) as u64;
    let bears = |at: &u32| site(at).is_some_and(|on| on.standing > 0);
    let lacks = |at: &u32| site(at).is_some_and(|on| on.left_out > 0);
    // figures of parcels on which nothing stands say nothing of what stands elsewhere
    let is_known = |part: fn(&OnSite) -> Quantity<f64>| {
        let mut built = once
            .parcels()
            .filter(|at| bears(at) || lacks(at))
            .peekable();
        built.peek().is_none() || built.any(|at| site(&at).is_some_and(|on| part(on).is_ok()))
    };
    let total =
        |part: fn(&OnSite) -> Quantity<f64>| is_known(part).then(|| printed_sum(known(part)));
    let floor =
        |measures: &ParcelMeasures| Some(measures.on_site.as_ref().ok()?.floor_area_at_least);
    let least = once.bounds(floor, f64::min).chain(of_either(scan));
    let layer = scan.measured.city.buildings.as_ref();
    BuildingTotals {
        floor_area_at_least_m2: printed_sum(least),
        buildings_left_out: layer.map_or(0, |layer| layer.left_out.len() as u64),
        parcels_with_buildings_left_out: once.parcels().filter(lacks).count() as u64,
        buildings: count,
        parcels_built_on: once.parcels().filter(bears).count() as u64,
        footprint_m2: printed_sum(known(|on| on.footprint)),
        floor_area_m2: total(|on| on.floor_area),
        far_floor_area_m2: total(|on| on.far_floor_area),
        floor_area_unknown_parcels: unknown(|on| on.floor_area),
        far_floor_area_unknown_parcels: unknown(|on| on.far_floor_area),
        footprint_unknown_parcels: unknown(|on| on.footprint),
    }
}

/// The floor area of what stands on land of two parcels and may be either's, once for each building.
fn of_either(scan: &Scan) -> impl Iterator<Item = f64> {
    let either = scan
        .measured
        .ground
        .iter()
        .flat_map(|ground| &ground.either);
    let mut parts: Vec<(u32, f64)> = either.map(|((_, building), m2)| (*building, *m2)).collect();
    parts.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.total_cmp(&a.1)));
    parts.dedup_by_key(|(building, _)| *building);
    parts.into_iter().map(|(building, m2)| {
        let at = building as usize;
        let whole = scan
            .measured
            .ground
            .as_ref()
            .map_or(f64::NAN, |ground| ground.building_m2[at]);
        let plain = scan.measured.floors[at].plain;
        plain.map_or(m2, |(floor, _)| floor * m2 / whole)
    })
}

/// The parcels of a scan, each once however often it is given.
struct Once<'a> {
    scan: &'a Scan,
    /// The other rows of parcels that are given more than once.
    others: BTreeMap<u32, Vec<u32>>,
}

impl<'a> Once<'a> {
    fn of(scan: &'a Scan) -> Self {
        let mut others: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let repeated = scan.measured.order.parcels.iter();
        for (at, first) in
            repeated.filter_map(|at| Some((at, scan.measured.repeats.same_as.get(at)?)))
        {
            others.entry(*first).or_default().push(*at);
        }
        Self { scan, others }
    }

    /// Each parcel, by its first row.
    fn parcels(&self) -> impl Iterator<Item = u32> {
        let same_as = &self.scan.measured.repeats.same_as;
        (0..)
            .take(self.scan.measured.measures.len())
            .filter(|at| !same_as.contains_key(at))
    }

    fn rows(&self, at: u32) -> impl Iterator<Item = &'a ParcelMeasures> {
        let others = self.others.get(&at).into_iter().flatten();
        let scan = self.scan;
        [at].into_iter()
            .chain(others.copied())
            .map(|at| &scan.measured.measures[at as usize])
    }

    /// A figure of each parcel of which all versions say the same.
    fn known(&self, of: impl Fn(&ParcelMeasures) -> Option<f64>) -> impl Iterator<Item = f64> {
        self.parcels().filter_map(move |at| {
            let printed = |measures| of(measures).and_then(Area::from_m2);
            let mut rows = self.rows(at);
            let first = rows.next()?;
            rows.all(|other| printed(other) == printed(first))
                .then(|| of(first))?
        })
    }

    /// Of the versions of each parcel the figure that `choose` takes of any two.
    fn bounds(
        &self,
        of: impl Fn(&ParcelMeasures) -> Option<f64>,
        choose: fn(f64, f64) -> f64,
    ) -> impl Iterator<Item = f64> {
        self.parcels()
            .filter_map(move |at| self.rows(at).filter_map(&of).reduce(choose))
    }
}

/// The sum of figures as each is printed, so that a column adds up to its total.
fn printed_sum(figures: impl Iterator<Item = f64>) -> f64 {
    let cents = figures.filter_map(Area::from_m2).map(Area::cents).sum();
    Area::from_cents(cents).m2()
}
