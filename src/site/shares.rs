//! Buildings and parcels → the part of each building that stands on each parcel.

use std::collections::HashMap;

use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::footprint::footprint;
use super::{Indexed, Order};
use crate::geometry::{Bounds, Cover, ShapeRef, Side, common_area, is_convex, plane_area, ring};
use crate::model::parcel_key;
use crate::model::{Building, Layer, Parcel};
use crate::quantity::{Missing, Quantity};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assigned {
    /// Its record names the parcel, and it stands there (or the reading `key` says so).
    Key,
    /// It stands there; its record names none, or another.
    Space,
}

impl Assigned {
    /// The word in the column `assigned`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Space => "space",
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
}

/// A part smaller than this, in square units of the CRS, is what rounding leaves along a line.
const NO_PART: f64 = 1e-6;

/// A corner nearer to a line than this, in units of the CRS, lies on it: over a wall of ten metres that is no part.
const ON_LINE: f64 = 1e-7;

/// Finds the parts of all buildings on all parcels, whose shapes are `indexed`; `metres` in one unit of the CRS.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no layer has 2^32 features, nor parts of them"
)]
pub fn ground(
    parcels: &Layer<Parcel>,
    indexed: &Indexed<'_>,
    buildings: &Layer<Building>,
    order: &Order,
    metres: f64,
    assignment: Assignment,
    advance: &(dyn Fn(u64) + Sync),
) -> Ground {
    let chunk = 4096;
    let starts: Vec<usize> = (0..buildings.rows.len()).step_by(chunk).collect();
    let find = |start: usize| {
        let here = start..buildings.rows.len().min(start + chunk);
        advance(here.len() as u64);
        let mut areas = Vec::with_capacity(here.len());
        let mut found = Vec::with_capacity(here.len());
        for at in here {
            let shape = buildings.shapes.get(at);
            let (bounds, whole) = (shape.bounds(), plane_area(shape));
            areas.push(whole * metres * metres);
            let first = found.len();
            for parcel in indexed.boxes.meeting(bounds) {
                let Some(part) = part_on((shape, bounds, whole), indexed.side(parcel as usize))
                else {
                    continue;
                };
                let named = buildings.rows[at].parcel_id.as_deref().map(parcel_key);
                let assigned = if named == Some(parcels.rows[parcel as usize].key()) {
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
            assign(
                &mut found,
                first,
                assignment,
                whole * metres * metres,
                order,
            );
        }
        (areas, found)
    };
    let found: Vec<(Vec<f64>, Vec<Share>)> = starts.into_par_iter().map(find).collect();
    let mut building_m2 = Vec::with_capacity(buildings.rows.len());
    let mut shares = Vec::with_capacity(buildings.rows.len());
    for (areas, some) in found {
        building_m2.extend(areas);
        shares.extend(some);
    }
    let id = |share: &Share| buildings.rows[share.building as usize].id.as_str();
    shares.par_sort_unstable_by(|a, b| {
        let place = |share: &Share| order.place[share.parcel as usize];
        let area = |share: &Share| share.part_m2.unwrap_or(f64::NAN);
        (place(a).cmp(&place(b)))
            .then_with(|| id(a).cmp(id(b)))
            .then_with(|| area(a).total_cmp(&area(b)))
            .then_with(|| a.building.cmp(&b.building))
    });
    let mut on_parcel = vec![(0, 0); parcels.rows.len()];
    let mut start = 0;
    for same in shares.chunk_by(|a, b| a.parcel == b.parcel) {
        on_parcel[same[0].parcel as usize] = (start, same.len() as u32);
        start += same.len() as u32;
    }
    let footprint_m2 = (0..parcels.rows.len()).into_par_iter().map(|at| {
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
    let footprint_m2 = footprint_m2.collect();
    Ground {
        shares,
        on_parcel,
        building_m2,
        footprint_m2,
    }
}

/// The area of `building` on `parcel` in square units; `None` when it does not stand there.
fn part_on(
    (building, bounds, whole): (ShapeRef<'_>, Bounds, f64),
    (parcel, edges): Side<'_>,
) -> Option<Quantity<f64>> {
    if let Some(place) = clear_place(building, bounds, (parcel, edges)) {
        let stands_there = edges.winding(parcel, place).is_some_and(|turns| turns > 0);
        return stands_there.then_some(Ok(whole));
    }
    let part = common_area(building, parcel);
    let slack = NO_PART.max(whole * 1e-9);
    if part <= whole + slack {
        return (part > slack).then_some(Ok(if whole - part <= slack { whole } else { part }));
    }
    // more than the whole: measured again slab by slab, and unknown if that is no better
    let mut cover = Cover::default();
    building.rings().for_each(|ring| cover.add(ring, 0));
    parcel.rings().for_each(|ring| cover.add(ring, 1));
    let part = cover.area(|[building, parcel]| building > 0 && parcel > 0);
    Some(if part <= whole + slack {
        Ok(part)
    } else {
        Err(Missing::Measurement)
    })
}

/// A place in the building that tells whether all of it stands on the parcel: there is one when no line of the parcel
/// runs through the building, though some may run along its walls.
fn clear_place(building: ShapeRef<'_>, bounds: Bounds, (parcel, edges): Side<'_>) -> Option<Coord> {
    let corners = building.coords();
    let mut touched = false;
    let clear = edges.all_near(parcel, bounds, |from, to| {
        touched = true;
        let along = to - from;
        let on_line = ON_LINE * ring::dot(along, along).sqrt();
        let sides = corners
            .iter()
            .map(|&corner| ring::cross(along, corner - from));
        let (right, left) = sides.fold((0.0_f64, 0.0_f64), |(right, left), side| {
            (right.min(side), left.max(side))
        });
        right >= -on_line || left <= on_line
    });
    if !clear {
        return None;
    }
    if !touched {
        return Some(corners[0]);
    }
    // a corner may lie on the line; the middle of a convex building does not
    let mut rings = building.rings();
    let (ring, None) = (rings.next()?, rings.next()) else {
        return None;
    };
    #[expect(clippy::cast_precision_loss, reason = "a ring has few corners")]
    let middle = ring[1..]
        .iter()
        .fold(Coord::zero(), |sum, &corner| sum + (corner - ring[0]))
        / (ring.len() - 1) as f64;
    let from_first: Vec<Coord> = ring.iter().map(|&corner| corner - ring[0]).collect();
    is_convex(&from_first).then_some(ring[0] + middle)
}

/// Follows a reading other than to split: one of the parts just found takes the whole building.
fn assign(
    found: &mut Vec<Share>,
    first: usize,
    assignment: Assignment,
    whole_m2: f64,
    order: &Order,
) {
    let parts = &found[first..];
    let chosen = match assignment {
        Assignment::Split => None,
        Assignment::Key => parts.iter().find(|share| share.assigned == Assigned::Key),
        Assignment::Largest => {
            let place = |share: &&Share| std::cmp::Reverse(order.place[share.parcel as usize]);
            let area = |share: &Share| share.part_m2.unwrap_or(0.0);
            parts.iter().max_by(|a, b| {
                area(a)
                    .total_cmp(&area(b))
                    .then_with(|| place(a).cmp(&place(b)))
            })
        }
    };
    if let Some(&chosen) = chosen {
        found.truncate(first);
        found.push(Share {
            part_m2: Ok(whole_m2),
            ..chosen
        });
    }
}

impl Ground {
    /// The parts that stand on a parcel of the layer, by building id.
    pub fn on(&self, parcel: usize) -> &[Share] {
        let (start, count) = self.on_parcel[parcel];
        &self.shares[start as usize..(start + count) as usize]
    }

    /// The sum of the known parts of each building of the layer in m².
    pub fn placed_m2(&self) -> HashMap<u32, f64, FxBuildHasher> {
        let mut placed = HashMap::default();
        for share in &self.shares {
            *placed.entry(share.building).or_insert(0.0) += share.part_m2.unwrap_or(0.0);
        }
        placed
    }
}
