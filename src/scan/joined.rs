//! A city and where its buildings stand → how its keys fare, and what does not fit together.

use super::ScanError;
use super::notes::astray;
use crate::model::{City, Defect, KeyIndex, LayerKind, Storeys};
use crate::site::{
    Aside, Ground, Indexed, Joins, Repeats, StoreyJoin, building_keys, displaced, join_defects,
    join_storeys, lineage_keys,
};

/// What was left out, and what does not fit together: defects and notes.
pub(super) fn unjoined(
    city: &City,
    aside: &Aside,
    ground: Option<(&Ground, &Repeats)>,
) -> (Vec<Defect>, Vec<String>) {
    let (mut defects, mut notes) = (aside.defects(city), aside.notes(city));
    let found = join_defects(city, ground);
    let buildings = city.buildings.as_ref().map_or(0, |layer| layer.rows.len());
    notes.extend(astray(&found, buildings));
    defects.extend(found);
    (defects, notes)
}

/// How the keys of buildings, storeys and lineage fare.
pub(super) struct Joined {
    pub(super) joins: Joins,
    pub(super) storeys: StoreyJoin,
    pub(super) defects: Vec<Defect>,
    pub(super) note: Option<String>,
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
) -> Result<Joined, ScanError> {
    let mut joined = Joined {
        joins: Joins::new(),
        storeys: StoreyJoin::default(),
        defects: Vec::new(),
        note: None,
    };
    if let (Some(ground), Some(buildings)) = (ground, &city.buildings) {
        let (counts, contradicting) = building_keys(city, buildings, ground, keys);
        joined.joins.insert(LayerKind::Buildings, counts);
        let found = displaced(city, indexed, ground, (&counts, &contradicting));
        if let Some(why) = found.as_ref().filter(|_| !force) {
            return Err(ScanError::Displaced(why.clone()));
        }
        joined.note = found.map(|why| format!("buildings: used as they are (`--force`): {why}"));
        if let Some(table) = table {
            let (storeys, counts, defects) = join_storeys(table, buildings, ground);
            joined.storeys = storeys;
            joined.joins.insert(LayerKind::Storeys, counts);
            joined.defects = defects;
        }
    }
    if let Some(table) = &city.lineage {
        let counts = lineage_keys(table, keys);
        joined.joins.insert(LayerKind::Lineage, counts);
    }
    Ok(joined)
}
