//! A city → whether some of its buildings, taken evenly, show that they stand where the parcels are.

use compact_str::CompactString;
use rustc_hash::FxHashSet;

use super::{add, positions};
use crate::geometry::Boxes;
use crate::model::{City, KeyIndex, parcel_key};
use crate::parcels::Options;
use crate::parcels::{Indexed, building_keys, canonical_order, displaced, ground};

/// So many buildings tell of all.
const ENOUGH: usize = 2000;

/// Whether the buildings of a city plainly stand where its parcels are; where they do not, all of them must be looked at.
pub(super) fn lies_where_it_belongs(city: &City, options: &Options) -> bool {
    let Some(layer) = &city.buildings else {
        return true;
    };
    let count = u32::try_from(layer.rows.len()).unwrap_or(u32::MAX);
    let step = layer.rows.len().div_ceil(ENOUGH).max(1);
    let some: Vec<u32> = (0..count).step_by(step).collect();
    let buildings = layer.part(&some);
    let named: FxHashSet<CompactString> = (buildings.rows.iter())
        .filter_map(|building| building.parcel_id.as_deref().map(parcel_key))
        .collect();
    let places = Boxes::of(&layer.shapes).some(&some, 0.0);
    let mut near = Boxes::of(&city.parcels.shapes).meeting(&places);
    let named = positions(&city.parcels, |parcel| named.contains(parcel.key()));
    add(&mut near, &named);
    let city = City {
        buildings: Some(buildings),
        complete: city.complete,
        decisions: city.decisions.clone(),
        ..City::of(city.crs.clone(), city.parcels.part(&near))
    };
    let Some(buildings) = &city.buildings else {
        return true;
    };
    let indexed = Indexed::of(&city.parcels.shapes);
    let keys = KeyIndex::of(city.parcels.rows.iter().map(|parcel| parcel.key().into()));
    let metres = city.crs.metres().unwrap_or(f64::NAN);
    let order = canonical_order(&city.parcels);
    let ground = ground(
        &city.parcels,
        &indexed,
        buildings,
        &order,
        metres,
        options.assignment,
        &|_| (),
    );
    let (counts, contradicting) = building_keys(&city, buildings, &ground, &keys);
    displaced(&city, &indexed, &ground, (&counts, &contradicting)).is_none()
}
