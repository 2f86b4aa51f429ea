//! A city and some of its parcels → what lies around them and is said of them: all that their facts can depend on.
//!
//! No distance is fixed. What a parcel needs is followed from feature to feature: its rows of one id, the buildings on it,
//! the buildings that lie over those or share their number, the parcels on which all of these stand, what was set aside and
//! may lie there, the rows of tables that name it, and the family of its splits and merges.

mod sound;
mod tables;

use compact_str::CompactString;
use rustc_hash::FxHashSet;

use self::sound::lies_where_it_belongs;
use super::{Options, Scan, ScanError, scan_city, thresholds};
use crate::geometry::{Bounds, Boxes, Reach};
use crate::model::{
    Building, City, Defect, Layer, LayerKind, LeftOut, Parcel, Remarks, key, parcel_key,
};
use crate::progress::Progress;
use crate::read::{Inputs, read_city};

/// Reads a city and measures what the facts of the parcels of some ids depend on, and nothing else of it. The parcels of the
/// scan are these and those around them, whose own figures may be wrong; its defects are those of reading the city, and of
/// the parcels asked for.
///
/// # Errors
/// As for [`scan`].
pub fn scan_around(
    inputs: &Inputs,
    options: Options,
    ids: &[String],
    progress: &dyn Progress,
) -> Result<Scan, ScanError> {
    thresholds(&options)?;
    let (city, remarks) = read_city(inputs, progress)?;
    progress.step("around the parcels", None);
    let around = Around::of(&city, ids, options.reach);
    let Some(Around { city: part, asked }) =
        around.filter(|_| lies_where_it_belongs(&city, &options))
    else {
        return scan_city((city, remarks), inputs.force, options, None, progress);
    };
    let all = city.parcels.rows.len();
    drop(city);
    let (defects, notes) = (remarks.defects.len(), remarks.notes.len());
    let mut scan = scan_city((part, remarks), true, options, None, progress)?;
    let parcels = &scan.measured.city.parcels;
    let Remarks {
        defects: found,
        notes: said,
    } = &mut scan.remarks;
    let names: Vec<String> = (asked.iter())
        .map(|at| parcels.rows[*at as usize].name())
        .collect();
    let of_asked =
        |defect: &Defect| defect.layer == LayerKind::Parcels && names.contains(&defect.feature);
    let measured = found.split_off(defects).into_iter();
    found.extend(measured.filter(of_asked));
    said.truncate(notes);
    said.push(format!(
        "measured are {} of {all} parcels, those asked for and what lies around them: totals, and what is wrong beside the \
         reading, are of these (`--all` measures the city)",
        parcels.rows.len()
    ));
    Ok(scan)
}

/// The part of a city around some parcels.
struct Around {
    /// The part: every layer and table with what matters alone. Its defects and notes are those of the whole.
    city: City,
    /// The positions in it of the parcels asked for, and of every other row of their ids.
    asked: FxHashSet<u32>,
}

impl Around {
    /// Around the parcels of some ids, however they are written; `reach` in metres. `None` where the past of a parcel is told
    /// by shapes, which hang together over the whole city, and where a text is no id of a parcel: it may call one by what else
    /// is said of it.
    fn of(city: &City, ids: &[String], reach: Reach) -> Option<Self> {
        if city.before.is_some() {
            return None;
        }
        let keys: FxHashSet<CompactString> = ids
            .iter()
            .map(|id| parcel_key(id))
            .filter(|key| !key.is_empty())
            .collect();
        let of_keys = |parcel: &Parcel| keys.contains(parcel.key());
        let asked = positions(&city.parcels, of_keys);
        let there = asked.iter().map(|at| city.parcels.rows[*at as usize].key());
        let there: FxHashSet<&str> = there.collect();
        if there.len() < keys.len() {
            return None;
        }
        let boxes = Boxes::of(&city.parcels.shapes);
        let far = city.units(reach.tolerance.max(reach.gap));
        let places = boxes.some(&asked, far);
        let mut parcels = boxes.meeting(&places);
        add(&mut parcels, &asked);
        let buildings = city.buildings.as_ref().map(|layer| {
            let on = standing(layer, &boxes.some(&asked, 0.0));
            let on_boxes = Boxes::of(&layer.shapes).some(&on, 0.0);
            add(&mut parcels, &boxes.meeting(&on_boxes));
            let mut part = layer.part(&on);
            part.left_out.retain(|left| may_stand(left, &places, &keys));
            part
        });
        let left_out = buildings.iter().flat_map(|layer| &layer.left_out);
        for left in left_out {
            let bounds: Vec<Bounds> = left.outline.bounds().into_iter().collect();
            add(&mut parcels, &boxes.meeting(&bounds));
            if let Some(named) = left.record.parcel_id.as_deref().map(parcel_key) {
                let same = positions(&city.parcels, |parcel| parcel.key() == named);
                add(&mut parcels, &same);
            }
        }
        let family = city.lineage.as_ref().map(|table| {
            let (rows, family) = tables::lineage(table, keys.iter().map(CompactString::as_str));
            let there = positions(&city.parcels, |parcel| family.contains(parcel.key()));
            add(&mut parcels, &there);
            rows
        });
        let holders: FxHashSet<CompactString> = asked
            .iter()
            .filter_map(|at| city.parcels.rows[*at as usize].owner.as_deref())
            .map(key)
            .collect();
        let mut part = city.parcels.part(&parcels);
        part.left_out
            .retain(|left| places.iter().any(|place| left.meets(place.grown(far))));
        let storeys = city.storeys.as_ref().zip(buildings.as_ref());
        let storeys = storeys.map(|(table, layer)| {
            let keys = layer.rows.iter().map(|building| key(&building.id));
            tables::storeys(city, table, &keys.collect())
        });
        let city = City {
            crs: city.crs.clone(),
            parcels: part,
            storeys,
            plan: city.plan.as_ref().map(|layer| beside(layer, &places)),
            scattered: city.scattered.as_ref().map(|layer| {
                let mut near = Boxes::of(&layer.shapes).meeting(&places);
                let granted = positions(layer, |piece| {
                    let to = piece.granted_to.as_deref().unwrap_or_default();
                    to.split(';')
                        .any(|id| keys.contains(&parcel_key(id.trim())))
                });
                add(&mut near, &granted);
                layer.part(&near)
            }),
            boundary: city.boundary.as_ref().map(|layer| beside(layer, &places)),
            obstacles: city.obstacles.as_ref().map(|layer| beside(layer, &places)),
            before: None,
            lineage: family,
            enterprises: (city.enterprises.as_ref())
                .map(|table| tables::enterprises(table, &keys, &holders)),
            contracts: (city.contracts.as_ref()).map(|table| tables::contracts(table, &keys)),
            group_by: city.group_by.clone(),
            complete: city.complete,
            about: city.about.clone(),
            decisions: city.decisions.clone(),
            buildings,
        };
        let asked = positions(&city.parcels, of_keys).into_iter().collect();
        Some(Self { city, asked })
    }
}

/// The positions of the features of a layer of which something holds.
fn positions<T>(layer: &Layer<T>, holds: impl Fn(&T) -> bool) -> Vec<u32> {
    let rows = (0..).zip(&layer.rows).filter(|(_, row)| holds(row));
    rows.map(|(at, _)| at).collect()
}

/// The features of a layer that come into some places.
fn beside<T: Clone>(layer: &Layer<T>, places: &[Bounds]) -> Layer<T> {
    layer.part(&Boxes::of(&layer.shapes).meeting(places))
}

/// The buildings on some land; those of the same numbers; and those that lie over any of these, one over the other.
fn standing(layer: &Layer<Building>, land: &[Bounds]) -> Vec<u32> {
    let boxes = Boxes::of(&layer.shapes);
    let mut on = boxes.meeting(land);
    let keys: FxHashSet<CompactString> = on
        .iter()
        .map(|at| key(&layer.rows[*at as usize].id))
        .filter(|key| !key.is_empty())
        .collect();
    let same = positions(layer, |building| {
        !building.id.is_empty() && keys.contains(&key(&building.id))
    });
    add(&mut on, &same);
    loop {
        let over = boxes.over(&boxes.some(&on, 0.0));
        if !add(&mut on, &over) {
            return on;
        }
    }
}

/// Whether a building that was set aside may stand on one of some parcels.
fn may_stand(left: &LeftOut<Building>, places: &[Bounds], keys: &FxHashSet<CompactString>) -> bool {
    let named = left.record.parcel_id.as_deref().map(parcel_key);
    named.is_some_and(|key| keys.contains(&key)) || places.iter().any(|place| left.meets(*place))
}

/// Adds positions to rising ones; whether any is new.
fn add(have: &mut Vec<u32>, more: &[u32]) -> bool {
    let before = have.len();
    have.extend(more);
    have.sort_unstable();
    have.dedup();
    have.len() > before
}
