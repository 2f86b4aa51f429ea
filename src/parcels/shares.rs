//! Buildings and parcels → the part of each building that stands on each parcel.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::footprint::footprint;
use super::part::part_on;
use super::twice::{Overlap, Twice, twice};
use super::{Indexed, Order};
use crate::geometry::plane_area;
use crate::model::{Building, Layer, Parcel, parcel_key};
use crate::quantity::Quantity;

/// A part of a building on a parcel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The position of the parcel in its layer.
    pub parcel: u32,
    /// The position of the building in its layer.
    pub building: u32,
    /// The area of the part in m².
    pub part_m2: Quantity<f64>,
    /// How the two came together.
    pub assigned: Assigned,
}

/// How a building came to a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Assigned {
    /// Its record names the parcel, and it stands there (or the reading `key` says so).
    Key,
    /// It stands there; its record names none, or another.
    Space,
    /// It stands there, and some of it on land of another parcel, too: nothing tells whose that is.
    Either,
}

impl Assigned {
    /// The word in the column `assigned`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Space => "space",
            Self::Either => "either",
        }
    }
}

/// The reading `building_assignment`: to which parcel a building over a line counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Assignment {
    /// To each by its part.
    #[default]
    Split,
    /// Wholly to the parcel that its record names, where it stands on it at all; else split.
    Key,
    /// Wholly to the parcel on which the largest part stands.
    Largest,
}

/// What stands where.
#[derive(Clone, Debug)]
pub struct Ground {
    /// All parts, by the order of their parcels and then by building id.
    pub shares: Vec<Share>,
    /// Where the parts on each parcel of the layer begin in `shares`, and how many they are.
    pub on_parcel: Vec<(u32, u32)>,
    /// The whole area of each building of the layer in m².
    pub building_m2: Vec<f64>,
    /// The ground that buildings cover on each parcel of the layer in m², overlaps once (基底面积).
    pub footprint_m2: Vec<Quantity<f64>>,
    /// Which buildings are given twice, or may be.
    pub twice: Twice,
    /// By parcel and building, how much of a part belongs to that parcel or to one that lies over it, m².
    pub either: FxHashMap<(u32, u32), f64>,
    /// By parcel and building, the parts that a reading gives to another parcel.
    pub given_away: Vec<(u32, u32)>,
    /// Parcels on whose land stands what is proven to be of a parcel that lies over them, or what a reading gives to one.
    pub ceded: FxHashSet<u32>,
}

/// What buildings and parcels have in common, before it is weighed which buildings are given twice.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// The whole area of each building of the layer in m².
    pub building_m2: Vec<f64>,
    /// All parts.
    pub shares: Vec<Share>,
    /// By parcel and building, the parts that a reading gives to another parcel.
    pub given_away: Vec<(u32, u32)>,
    /// The ground that buildings cover on each parcel of the layer in m², overlaps once (基底面积).
    pub footprint_m2: Vec<Quantity<f64>>,
    /// Buildings with ground in common.
    pub overlaps: Vec<Together>,
}

/// Two buildings with ground in common that both stand on a parcel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Together {
    /// The parcel.
    pub parcel: u32,
    /// The buildings, the lower first.
    pub buildings: (u32, u32),
    /// The ground in m².
    pub common_m2: f64,
}

/// Finds the parts of all buildings on all parcels, whose shapes are `indexed`; `metres` in one unit of the CRS.
pub fn ground(
    parcels: &Layer<Parcel>,
    indexed: &Indexed<'_>,
    buildings: &Layer<Building>,
    order: &Order,
    metres: f64,
    assignment: Assignment,
    advance: &(dyn Fn(u64) + Sync),
) -> Ground {
    let layers = (parcels, indexed, buildings);
    overlay(layers, order, metres, assignment, advance).settled(buildings, order)
}

/// Lays all buildings over all parcels, whose shapes are `indexed`. What is found of a building and a parcel depends on them,
/// on the other buildings on the parcel and on the other parcels that the building meets alone.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no layer has 2^32 features, nor parts of them"
)]
pub fn overlay(
    (parcels, indexed, buildings): (&Layer<Parcel>, &Indexed<'_>, &Layer<Building>),
    order: &Order,
    metres: f64,
    assignment: Assignment,
    advance: &(dyn Fn(u64) + Sync),
) -> Overlay {
    let chunk = 4096;
    let starts: Vec<usize> = (0..buildings.rows.len()).step_by(chunk).collect();
    let find = |start: usize| {
        let here = start..buildings.rows.len().min(start + chunk);
        advance(here.len() as u64);
        let mut areas = Vec::with_capacity(here.len());
        let mut found = Vec::with_capacity(here.len());
        let mut given_away = Vec::new();
        for at in here {
            let shape = buildings.shapes.get(at);
            let (bounds, whole) = (shape.bounds(), plane_area(shape));
            areas.push(whole * metres * metres);
            let first = found.len();
            let named = buildings.rows[at].parcel_id.as_deref().map(parcel_key);
            for parcel in indexed.boxes.meeting(bounds) {
                let Some(part) = part_on((shape, bounds, whole), indexed.side(parcel as usize))
                else {
                    continue;
                };
                let assigned = if named.as_deref() == Some(parcels.rows[parcel as usize].key()) {
                    Assigned::Key
                } else {
                    Assigned::Space
                };
                found.push(Share {
                    parcel,
                    building: at as u32,
                    part_m2: part.map(|part| part * metres * metres),
                    assigned,
                });
            }
            let taken = assign(
                &mut found,
                first,
                assignment,
                whole * metres * metres,
                order,
            );
            given_away.extend(taken.iter().map(|share| (share.parcel, share.building)));
        }
        (areas, found, given_away)
    };
    let found: Vec<_> = starts.into_par_iter().map(find).collect();
    let mut building_m2 = Vec::with_capacity(buildings.rows.len());
    let mut shares = Vec::with_capacity(buildings.rows.len());
    let mut given_away = Vec::new();
    for (areas, some, away) in found {
        building_m2.extend(areas);
        shares.extend(some);
        given_away.extend(away);
    }
    sort(&mut shares, buildings, order);
    let on_parcel = on_parcels(&shares, parcels.rows.len());
    let measured = (0..parcels.rows.len()).into_par_iter().map(|at| {
        let (start, count) = on_parcel[at];
        let parts = &shares[start as usize..(start + count) as usize];
        let clip = (assignment == Assignment::Split).then(|| parcels.shapes.get(at));
        footprint(
            clip,
            parts,
            |building| buildings.shapes.get(building as usize),
            metres,
        )
    });
    let (footprint_m2, overlaps): (Vec<_>, Vec<_>) = measured.unzip();
    Overlay {
        building_m2,
        shares,
        given_away,
        footprint_m2,
        overlaps: (0..).zip(overlaps).flat_map(together).collect(),
    }
}

/// What was found on one parcel.
fn together((parcel, overlaps): (u32, Vec<Overlap>)) -> impl Iterator<Item = Together> {
    let together = move |(one, other, common_m2)| Together {
        parcel,
        buildings: (one, other),
        common_m2,
    };
    overlaps.into_iter().map(together)
}

/// Puts parts in the order of their parcels, and then of building ids.
fn sort(shares: &mut [Share], buildings: &Layer<Building>, order: &Order) {
    let id = |share: &Share| buildings.rows[share.building as usize].id.as_str();
    shares.par_sort_unstable_by(|a, b| {
        let place = |share: &Share| order.place[share.parcel as usize];
        let area = |share: &Share| share.part_m2.unwrap_or(f64::NAN);
        (place(a).cmp(&place(b)))
            .then_with(|| id(a).cmp(id(b)))
            .then_with(|| area(a).total_cmp(&area(b)))
            .then_with(|| a.building.cmp(&b.building))
    });
}

impl Overlay {
    /// What stands where, once it is weighed which buildings are given twice. The order of what was found does not matter.
    pub fn settled(self, buildings: &Layer<Building>, order: &Order) -> Ground {
        let Self {
            building_m2,
            mut shares,
            given_away,
            footprint_m2,
            overlaps,
        } = self;
        let mut overlaps: Vec<Overlap> = (overlaps.into_iter())
            .map(|of| (of.buildings.0, of.buildings.1, of.common_m2))
            .collect();
        sort(&mut shares, buildings, order);
        let on_parcel = on_parcels(&shares, order.place.len());
        overlaps.par_sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
        overlaps.dedup_by_key(|overlap| (overlap.0, overlap.1));
        let twice = twice(buildings, &building_m2, &overlaps);
        let mut ground = Ground {
            shares,
            on_parcel,
            building_m2,
            footprint_m2,
            twice,
            either: FxHashMap::default(),
            given_away,
            ceded: FxHashSet::default(),
        };
        ground.leave_repeated_out();
        ground
    }
}

/// Where the parts on each parcel begin, and how many they are.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no layer has 2^32 features, nor parts of them"
)]
pub(super) fn on_parcels(shares: &[Share], parcels: usize) -> Vec<(u32, u32)> {
    let mut on_parcel = vec![(0, 0); parcels];
    let mut start = 0;
    for same in shares.chunk_by(|a, b| a.parcel == b.parcel) {
        on_parcel[same[0].parcel as usize] = (start, same.len() as u32);
        start += same.len() as u32;
    }
    on_parcel
}

/// Follows a reading other than to split: one of the parts just found takes the whole building; the parts that lose it.
fn assign(
    found: &mut Vec<Share>,
    first: usize,
    assignment: Assignment,
    whole_m2: f64,
    order: &Order,
) -> Vec<Share> {
    let parts = &found[first..];
    let chosen = match assignment {
        Assignment::Split => None,
        Assignment::Key => (parts.iter())
            .filter(|share| share.assigned == Assigned::Key)
            .min_by_key(|share| order.place[share.parcel as usize]),
        Assignment::Largest => {
            let place = |share: &&Share| std::cmp::Reverse(order.place[share.parcel as usize]);
            let area = |share: &Share| share.part_m2.unwrap_or(0.0);
            parts.iter().max_by(|a, b| {
                let is_named = |share: &Share| share.assigned == Assigned::Key;
                area(a)
                    .total_cmp(&area(b))
                    .then_with(|| is_named(a).cmp(&is_named(b)))
                    .then_with(|| place(a).cmp(&place(b)))
            })
        }
    };
    let Some(&chosen) = chosen else {
        return Vec::new();
    };
    let mut away = found.split_off(first);
    away.retain(|share| share.parcel != chosen.parcel);
    found.push(Share {
        part_m2: Ok(whole_m2),
        ..chosen
    });
    away
}

impl Ground {
    /// Leaves out the parts of buildings that are given once more; the ground that they cover is that of the others.
    fn leave_repeated_out(&mut self) {
        let repeated = &self.twice.repeated;
        if !repeated.is_empty() {
            self.shares
                .retain(|share| !repeated.contains_key(&share.building));
            self.on_parcel = on_parcels(&self.shares, self.on_parcel.len());
        }
    }

    /// The parts that stand on a parcel of the layer, by building id.
    pub fn on(&self, parcel: usize) -> &[Share] {
        let (start, count) = self.on_parcel[parcel];
        &self.shares[start as usize..(start + count) as usize]
    }
}
