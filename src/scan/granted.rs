//! The layer of known candidates → what each parcel was granted of it before, and what a reader must know of that.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Pieces;
use crate::model::City;
use crate::quantity::Area;
use crate::site::Origin;

/// The scattered land that parcels were granted before, by their position in the layer; a parcel that is not there was
/// granted none that the layer knows of.
pub(super) fn granted(city: &City, pieces: &Pieces) -> (FxHashMap<u32, Area>, Vec<String>) {
    let Some(layer) = &city.scattered else {
        return (FxHashMap::default(), Vec::new());
    };
    let mut by_id: FxHashMap<&str, Area> = FxHashMap::default();
    let mut shared = 0;
    for (at, piece) in pieces.found.pieces.iter().enumerate() {
        let Origin::Given(row) = piece.origin else {
            continue;
        };
        let Some(holders) = layer.rows[row as usize].granted_to.as_deref() else {
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
            let sum = by_id.entry(holder).or_insert(Area::from_cents(0));
            *sum = Area::from_cents(sum.cents() + land.cents());
        }
    }
    let granted: FxHashMap<u32, Area> = (0..)
        .zip(&city.parcels.rows)
        .filter_map(|(at, parcel)| Some((at, *by_id.get(parcel.id.as_str())?)))
        .collect();
    let rows = &city.parcels.rows;
    let found: FxHashSet<&str> = granted
        .keys()
        .map(|at| rows[*at as usize].id.as_str())
        .collect();
    let mut notes = Vec::new();
    if found.len() < by_id.len() {
        notes.push(format!("scattered: {} parcels named in `granted_to` are not among the parcels; what they were granted counts for nobody", by_id.len() - found.len()));
    }
    if shared > 0 {
        notes.push(format!("scattered: {shared} pieces were granted to several parcels; each counts in full for each of them"));
    }
    (granted, notes)
}
