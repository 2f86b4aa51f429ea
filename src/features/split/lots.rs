//! A parcel and the shapes of its lots → what is known of each lot, and the facts of the split as a check file states them.

use jiff::civil::Date;

use super::areas::share_out;
use super::parts::{BuildingParts, building_parts};
use crate::features::Known;
use crate::features::Surroundings;
use crate::features::surroundings::length;
use crate::geometry::{Shapes, common_area, compactness, plane_area};
use crate::law::facts::{Facts, Record};
use crate::model::BuildingUse;
use crate::quantity::{Area, Exact, Figure, Missing, Quantity};

/// What is known of a lot (分割后宗地).
#[derive(Clone, Debug, PartialEq)]
pub struct Lot {
    /// Its area: its share of that of the parcel, as `area_basis` has it. The lots add up to the parcel exactly.
    pub area: Option<Area>,
    /// Its area on the plane, in m².
    pub plane_m2: f64,
    /// The buildings that stand on it for the most part, by their positions in their layer; `None` where buildings are unknown.
    pub buildings: Option<Vec<u32>>,
    /// Floor area above ground, every storey once, in m².
    pub floor_area: Quantity<f64>,
    /// Floor area as the policy counts it, in m².
    pub far_floor_area: Quantity<f64>,
    /// Footprints of its buildings in m², each by itself.
    pub footprint: Quantity<f64>,
    /// Whether all its buildings are completed.
    pub completed: Option<bool>,
    /// Whether it holds offices and services only.
    pub supporting_only: Option<bool>,
    /// Boundary open to the outside, in m.
    pub open_m: f64,
    /// 4π area / perimeter².
    pub compactness: Option<f64>,
}

/// A split as it was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The position of the parcel in its layer.
    pub parcel: u32,
    /// Its lots.
    pub lots: Vec<Lot>,
    /// The buildings on the parcel, and how the lots share them.
    pub buildings: Vec<BuildingParts>,
}

impl Split {
    /// Measures lots, whose `shapes` lie in a parcel, as they are on a day.
    pub fn of(
        known: Known<'_>,
        around: &Surroundings<'_>,
        parcel: u32,
        shapes: &Shapes,
        as_of: Date,
    ) -> Self {
        let metres = known.measured.city.crs.metres().unwrap_or(f64::NAN);
        let whole = known.measured.city.parcels.shapes.get(parcel as usize);
        let inside: Vec<f64> = shapes.iter().map(|lot| common_area(lot, whole)).collect();
        let area = known.measured.measures[parcel as usize]
            .area
            .ok()
            .and_then(Area::from_m2);
        let areas = area.map(|area| share_out(area, &inside));
        let buildings = building_parts(known, parcel, shapes);
        let lot = |at: usize| {
            let shape = shapes.get(at);
            let others: Vec<_> = shapes
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != at)
                .map(|(_, shape)| shape)
                .collect();
            let open = around.open_stretches(shape, parcel, &others);
            Lot {
                area: areas.as_ref().map(|areas| areas[at]),
                plane_m2: plane_area(shape) * metres * metres,
                open_m: length(&open) * metres,
                compactness: compactness(shape),
                ..of_buildings(known, parcel, &buildings, (at, as_of))
            }
        };
        Self {
            parcel,
            lots: (0..shapes.len()).map(lot).collect(),
            buildings,
        }
    }

    /// The facts of the split: those of the parcel, its lots, and how many buildings are cut.
    pub fn facts(&self, known: Known<'_>) -> Facts {
        let mut facts = known.facts_of(self.parcel as usize);
        facts.lists.insert(
            "lot",
            self.lots
                .iter()
                .zip(1..)
                .map(|(lot, number)| lot.record(number))
                .collect(),
        );
        let cut = self.buildings.iter().filter(|building| building.is_cut());
        let (doubtful, cut): (Vec<_>, Vec<_>) =
            cut.partition(|cut| doubt(known, self.parcel, cut.building).is_some());
        // a line may cut what was left out, too: one that is known to be cut is enough to say so
        let is_known = doubtful.is_empty() && !has_lost(known, self.parcel);
        if known.measured.ground.is_some() && (!cut.is_empty() || is_known) {
            facts.one.set("cut_buildings", Figure::count(cut.len()));
        }
        facts
    }
}

impl Lot {
    fn record(&self, number: usize) -> Record {
        let mut record = Record::default();
        record.set("lot.id", Figure::Word(number.to_string().into()));
        if let Some(area) = self.area {
            record.set("lot.area_m2", Figure::land(Exact::from(area)));
        }
        let lost = self.floor_area == Err(Missing::LeftOut);
        if let Some(buildings) = self.buildings.as_ref().filter(|of| !of.is_empty() || !lost) {
            record.set("lot.buildings", Figure::count(buildings.len()));
        }
        if let Some(only) = self.supporting_only {
            record.set("lot.supporting_only", Figure::Truth(only));
        }
        if let Some(completed) = self.completed {
            record.set("lot.completed", Figure::Truth(completed));
        }
        record
    }
}

/// Whether a building that was left out may stand on a parcel.
fn has_lost(known: Known<'_>, parcel: u32) -> bool {
    let on_site = &known.measured.measures[parcel as usize].on_site;
    on_site.as_ref().is_ok_and(|on_site| on_site.left_out > 0)
}

/// Why it is not known whether a building counts on a parcel: it may be another one given again, or may stand on a parcel
/// that lies over this one.
fn doubt(known: Known<'_>, parcel: u32, building: u32) -> Option<Missing> {
    let ground = known.measured.ground.as_ref()?;
    if ground.twice.group_of.contains_key(&building) {
        return Some(Missing::MaybeTwice);
    }
    let over = ground.either.contains_key(&(parcel, building));
    over.then_some(Missing::ParcelsOver)
}

/// What the buildings of a lot make of it.
fn of_buildings(
    known: Known<'_>,
    parcel: u32,
    parts: &[BuildingParts],
    (lot, as_of): (usize, Date),
) -> Lot {
    let all_known = !has_lost(known, parcel);
    let layer = known.measured.city.buildings.as_ref();
    let own: Vec<u32> = parts
        .iter()
        .filter(|part| part.own && part.lot == lot)
        .map(|part| part.building)
        .collect();
    let rows = || own.iter().filter_map(|at| layer?.rows.get(*at as usize));
    let sum = |of: &dyn Fn(usize) -> Quantity<f64>| {
        known.measured.ground.as_ref().ok_or(Missing::Buildings)?;
        if !all_known {
            return Err(Missing::LeftOut);
        }
        let here = parts.iter().filter(|part| part.in_lots_m2[lot] > 0.0);
        here.map(|part| match doubt(known, parcel, part.building) {
            Some(missing) => Err(missing),
            None => Ok(of(part.building as usize)? * part.portion_in(lot)?),
        })
        .sum()
    };
    let uses = || rows().map(|building| building.building_use);
    let stands_empty = all_known && own.is_empty();
    let supporting_only = if stands_empty || uses().any(|of| of == Some(BuildingUse::Production)) {
        Some(false)
    } else {
        let all = all_known && uses().all(|of| of == Some(BuildingUse::Supporting));
        all.then_some(true)
    };
    let completions = || rows().map(|building| building.completion.by(as_of));
    let completed = if completions().any(|done| done == Some(false)) {
        Some(false)
    } else {
        let all = all_known && !own.is_empty() && completions().all(|done| done == Some(true));
        all.then_some(true)
    };
    Lot {
        area: None,
        plane_m2: 0.0,
        floor_area: sum(&|at| known.measured.floors[at].plain.map(|(m2, _)| m2)),
        far_floor_area: sum(&|at| known.measured.floors[at].far.map(|(m2, _)| m2)),
        footprint: sum(&|at| {
            Ok(known
                .measured
                .ground
                .as_ref()
                .map_or(0.0, |ground| ground.building_m2[at]))
        }),
        completed,
        supporting_only: supporting_only.filter(|_| layer.is_some()),
        buildings: layer.map(|_| own),
        open_m: 0.0,
        compactness: None,
    }
}
