//! Features that were set aside for their shape → the parcels whose figures they could change.

use rustc_hash::FxHashMap;

use super::Indexed;
use crate::geometry::Bounds;
use crate::model::{
    Action, Building, City, Defect, DefectKind, KeyIndex, LayerKind, LeftOut, Meant, Parcel,
    parcel_key,
};

/// What was set aside, by the parcels on or beside which it may lie.
#[derive(Clone, Debug, Default)]
pub struct Aside {
    /// The buildings that may stand on each parcel, by their places in `left_out` of their layer, rising; parcels without
    /// one are not there.
    pub on_parcel: FxHashMap<u32, Vec<AsideBuilding>>,
    /// How many parcels that were set aside may lie beside or over each parcel; parcels without one are not there.
    pub beside: FxHashMap<u32, u32>,
    /// Buildings that neither a key nor an outline places.
    pub unplaced_buildings: u64,
}

/// A building that was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsideBuilding {
    /// Its place in `left_out` of its layer.
    pub at: u32,
    /// Whether it can stand on this parcel alone.
    pub only_here: bool,
}

impl Aside {
    /// Places what was set aside; `reach_m` is how near a parcel counts as beside, `keys` are those of the parcels.
    pub fn of(city: &City, indexed: &Indexed<'_>, keys: &KeyIndex, reach_m: f64) -> Self {
        let mut aside = Self::default();
        let buildings = city.buildings.as_ref();
        for (at, left) in (0..).zip(buildings.iter().flat_map(|layer| &layer.left_out)) {
            let on = parcels_of(left, city, indexed, keys);
            if on.is_empty() {
                aside.unplaced_buildings += 1;
            }
            let only_here = on.len() == 1;
            for parcel in on {
                let here = aside.on_parcel.entry(parcel).or_default();
                here.push(AsideBuilding { at, only_here });
            }
        }
        let reach = reach_m / city.crs.metres().unwrap_or(f64::NAN);
        for left in &city.parcels.left_out {
            for parcel in beside(left, indexed, reach) {
                *aside.beside.entry(parcel).or_default() += 1;
            }
        }
        aside
    }

    /// The buildings that may stand on a parcel.
    pub fn on(&self, parcel: usize) -> &[AsideBuilding] {
        let parcel = u32::try_from(parcel).unwrap_or(u32::MAX);
        self.on_parcel.get(&parcel).map_or(&[], Vec::as_slice)
    }

    /// What a reader must know of buildings that may stand on any parcel.
    pub fn notes(&self, city: &City) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.on_parcel.is_empty() {
            notes.push(format!(
                "buildings: some were left out for their shape; plot ratio, density and floor area of the {} parcels on which \
                 they may stand are unknown, with lower bounds (`buildings_left_out` in parcels.*)",
                self.on_parcel.len()
            ));
        }
        if self.unplaced_buildings > 0 {
            notes.push(format!(
                "buildings: {} were left out and neither a key nor an outline says where they stand; any parcel may bear one",
                self.unplaced_buildings
            ));
        }
        if !city.parcels.left_out.is_empty() {
            let placed = city
                .parcels
                .left_out
                .iter()
                .filter(|left| left.outline.bounds().is_some());
            notes.push(format!(
                "parcels: {} were left out for their shape, {} of them with a known place; parcels beside those may have one \
                 neighbour more (`neighbours_left_out`), and the land is not in the totals",
                city.parcels.left_out.len(),
                placed.count()
            ));
        }
        notes
    }

    /// A defect for every building that was left out, with the parcels whose figures it leaves unknown.
    pub fn defects(&self, city: &City) -> Vec<Defect> {
        let Some(buildings) = &city.buildings else {
            return Vec::new();
        };
        let mut by_building: FxHashMap<u32, Vec<&str>> = FxHashMap::default();
        let mut parcels: Vec<(&u32, &Vec<AsideBuilding>)> = self.on_parcel.iter().collect();
        parcels.sort_unstable_by_key(|(parcel, _)| **parcel);
        for (parcel, on) in parcels {
            let id = city.parcels.rows[*parcel as usize].id.as_str();
            for building in on {
                by_building.entry(building.at).or_default().push(id);
            }
        }
        let defect = |(at, left): (u32, &LeftOut<Building>)| {
            let ids = by_building.get(&at)?;
            let more = if ids.len() > 5 { ", …" } else { "" };
            let listed = ids[..ids.len().min(5)].join(", ");
            Some(Defect {
                layer: LayerKind::Buildings,
                feature: left.record.name(),
                kind: DefectKind::LeftOutBuilding,
                action: Action::Noted,
                detail: format!(
                    "it was left out for its shape: plot ratio, density and floor area of {listed}{more} are unknown"
                ),
                at: left.outline.corner(),
            })
        };
        (0..).zip(&buildings.left_out).filter_map(defect).collect()
    }
}

/// The parcels on which a building may stand: the one that its record names, and those that hold a corner of what is left
/// of its outline; where none does, those that its outline may meet.
fn parcels_of(
    left: &LeftOut<Building>,
    city: &City,
    indexed: &Indexed<'_>,
    keys: &KeyIndex,
) -> Vec<u32> {
    let named = left.record.parcel_id.as_deref().map(|id| {
        let id_of = |at: u32| city.parcels.rows[at as usize].id.as_str();
        keys.meant(id, &parcel_key(id), id_of)
    });
    let mut on: Vec<u32> = match (named, left.record.parcel_id.as_deref()) {
        (Some(Meant::One(at)), _) => vec![at],
        (Some(Meant::Several), Some(id)) => keys.all(&parcel_key(id)).collect(),
        _ => Vec::new(),
    };
    for place in left.outline.places() {
        let point = Bounds::of(&[place]);
        on.extend(indexed.boxes.meeting(point).filter(|parcel| {
            let (shape, edges) = indexed.side(*parcel as usize);
            edges.winding(shape, place).is_some_and(|turns| turns > 0)
        }));
    }
    if on.is_empty()
        && let Some(bounds) = left.outline.bounds()
    {
        let near = indexed.boxes.meeting(bounds);
        on.extend(near.filter(|at| left.outline.may_meet(indexed.side(*at as usize).1.bounds())));
    }
    on.sort_unstable();
    on.dedup();
    on
}

/// The parcels beside which one that was set aside may lie.
fn beside(left: &LeftOut<Parcel>, indexed: &Indexed<'_>, reach: f64) -> Vec<u32> {
    let Some(bounds) = left.outline.bounds() else {
        return Vec::new();
    };
    let near = indexed.boxes.meeting(bounds.grown(reach));
    near.filter(|at| {
        left.outline
            .may_meet(indexed.side(*at as usize).1.bounds().grown(reach))
    })
    .collect()
}
