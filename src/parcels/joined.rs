//! A city and where its buildings stand → how its keys fare, and what does not fit together.

use super::MeasureError;
use super::notes::{astray, hanging_over};
use crate::model::{City, KeyIndex, LayerKind, Remarks, Storeys};
use crate::parcels::{
    Aside, Ground, Indexed, Joins, Repeats, StoreyJoin, WallStrip, building_keys, displaced,
    join_defects, join_storeys, lineage_keys,
};

/// What was left out, and what does not fit together.
pub(super) fn unjoined(
    city: &City,
    aside: &Aside,
    ground: Option<(&Ground, &Repeats)>,
    walls: WallStrip,
) -> Remarks {
    let (mut defects, mut notes) = (aside.defects(city), aside.notes(city));
    let found = join_defects(city, ground, walls);
    let buildings = city.buildings.as_ref().map_or(0, |layer| layer.rows.len());
    notes.extend(astray(&found, buildings));
    notes.extend(hanging_over(city, ground.map(|(ground, _)| ground), walls));
    defects.extend(found);
    Remarks { defects, notes }
}

/// How the keys of buildings, storeys and lineage fare.
pub(super) struct Joined {
    pub(super) joins: Joins,
    pub(super) storeys: StoreyJoin,
    pub(super) remarks: Remarks,
}

/// Joins by keys; `table` is that of storeys.
///
/// # Errors
/// When buildings do not stand where the parcels are, unless that is meant (`force`).
pub(super) fn joined(
    city: &City,
    (indexed, keys): (&Indexed<'_>, &KeyIndex),
    ground: Option<&Ground>,
    table: Option<Storeys>,
    force: bool,
) -> Result<Joined, MeasureError> {
    let mut joined = Joined {
        joins: Joins::new(),
        storeys: StoreyJoin::default(),
        remarks: Remarks::default(),
    };
    if let (Some(ground), Some(buildings)) = (ground, &city.buildings) {
        let (counts, contradicting) = building_keys(city, buildings, ground, keys);
        joined.joins.insert(LayerKind::Buildings, counts);
        let found = displaced(city, indexed, ground, (&counts, &contradicting));
        if let Some(why) = found.as_ref().filter(|_| !force) {
            return Err(MeasureError::Displaced(why.clone()));
        }
        joined
            .remarks
            .notes
            .extend(found.map(|why| format!("buildings: used as they are (`--force`): {why}")));
        if let Some(table) = table {
            let (storeys, counts, defects) = join_storeys(table, buildings, ground);
            joined.storeys = storeys;
            joined.joins.insert(LayerKind::Storeys, counts);
            joined.remarks.defects = defects;
        }
    }
    if let Some(table) = &city.lineage {
        let counts = lineage_keys(table, keys);
        joined.joins.insert(LayerKind::Lineage, counts);
    }
    Ok(joined)
}
