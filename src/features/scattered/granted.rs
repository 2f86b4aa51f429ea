//! The layer of known candidates → what each parcel was granted of it before, and what a reader must know of that.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::Origin;
use super::Pieces;
use crate::model::{City, KeyIndex, LayerKind, Meant, parcel_key};
use crate::parcels::{JoinCounts, Joins};
use crate::quantity::Area;

/// What parcels were granted of known candidates.
#[derive(Debug, Default)]
pub(super) struct Granted {
    /// The land of each parcel by its position; a parcel that is not there was granted none that the layer knows of.
    pub(super) land: FxHashMap<u32, Area>,
    /// How the ids of the parcels that it names fared; none without the layer.
    pub(super) joins: Joins,
    /// What a reader must know of it.
    pub(super) notes: Vec<String>,
}

/// The scattered land that parcels were granted before; where several bear the id that is named, each of them was.
pub(super) fn granted(city: &City, keys: &KeyIndex, pieces: &Pieces) -> Granted {
    let Some(layer) = &city.scattered else {
        return Granted::default();
    };
    let mut by_key: FxHashMap<CompactString, Area> = FxHashMap::default();
    let (mut counts, mut shared) = (JoinCounts::default(), 0);
    let id_of = |at: u32| city.parcels.rows[at as usize].id.as_str();
    for (at, piece) in pieces.found.pieces.iter().enumerate() {
        let Origin::Given(row) = piece.origin else {
            continue;
        };
        let Some(holders) = layer.rows[row as usize].granted_to.as_deref() else {
            counts.without_key += 1;
            continue;
        };
        // what was granted is never nothing, though its chosen area be unknown
        let plane = || Area::from_m2(pieces.areas.plane_m2[at]);
        let land = pieces.land[at]
            .or_else(plane)
            .unwrap_or(Area::from_cents(0));
        let holders: Vec<&str> = holders
            .split(';')
            .map(str::trim)
            .filter(|id| !id.is_empty())
            .collect();
        shared += usize::from(holders.len() > 1);
        for holder in holders {
            let key = parcel_key(holder);
            counts.add(keys.meant(holder, &key, id_of));
            let sum = by_key.entry(key).or_insert(Area::from_cents(0));
            *sum = Area::from_cents(sum.cents() + land.cents());
        }
    }
    let land: FxHashMap<u32, Area> = (0..)
        .zip(&city.parcels.rows)
        .filter_map(|(at, parcel)| Some((at, *by_key.get(parcel.key())?)))
        .collect();
    let mut notes = Vec::new();
    let is_lost = |key: &&CompactString| keys.meant(key, key, id_of) == Meant::Nothing;
    let lost = by_key.keys().filter(is_lost).count();
    if lost > 0 {
        notes.push(format!("scattered: {lost} parcels named in `granted_to` are not among the parcels; what they were granted counts for nobody"));
    }
    if shared > 0 {
        notes.push(format!("scattered: {shared} pieces were granted to several parcels; each counts in full for each of them"));
    }
    Granted {
        land,
        joins: Joins::from([(LayerKind::Scattered, counts)]),
        notes,
    }
}
