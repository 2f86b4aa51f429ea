//! The table of storeys and the buildings → which storeys are whose, and what cannot be joined.

use std::collections::BTreeMap;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Ground, JoinCounts};
use crate::model::{
    Action, Building, Defect, DefectKind, KeyIndex, Layer, LayerKind, Storey, Storeys,
    building_of_unit, key,
};

/// How many keys a defect names.
const NAMED: usize = 5;

/// The storeys of a table by building.
#[derive(Clone, Debug, Default)]
pub struct StoreyJoin {
    storeys: Storeys,
    /// The share that a building has in the storeys of its key, where several rows of the layer are pieces of one building.
    portion: FxHashMap<u32, f64>,
    /// Buildings of one key that are not pieces of one building: the table does not tell them apart.
    ambiguous: FxHashSet<u32>,
}

impl StoreyJoin {
    /// The storeys of a building by its position and id, and the share of their areas that is its own.
    pub fn of(&self, at: usize, id: &str) -> Option<(&[Storey], f64)> {
        if self.storeys.is_empty() || id.is_empty() {
            return None;
        }
        let storeys = self.storeys.get(&key(id))?;
        let at = u32::try_from(at).ok()?;
        let portion = self.portion.get(&at).copied().unwrap_or(1.0);
        (!self.ambiguous.contains(&at)).then_some((storeys, portion))
    }
}

/// Joins a table of storeys to buildings that stand as `ground` says; with what cannot be joined.
pub fn join_storeys(
    mut storeys: Storeys,
    buildings: &Layer<Building>,
    ground: &Ground,
) -> (StoreyJoin, JoinCounts, Vec<Defect>) {
    let index = KeyIndex::of(buildings.rows.iter().map(|building| key(&building.id)));
    let mut counts = JoinCounts::default();
    let names: Vec<CompactString> = {
        let mut names: Vec<_> = storeys.keys().cloned().collect();
        names.sort_unstable();
        names
    };
    let (mut lost, mut shared) = (BTreeMap::new(), Vec::new());
    for name in names {
        let met = index.all(&name).next();
        let rows = storeys.get(&name).map_or(0, Vec::len) as u64;
        if name.is_empty() {
            counts.without_key = rows;
            storeys.remove(&name);
            continue;
        }
        if met.is_some() {
            if index.all(&name).nth(1).is_some() {
                shared.push((name, rows));
            } else {
                counts.matched += rows;
            }
            continue;
        }
        // the storeys of a unit are storeys of its building
        let building = building_of_unit(&name).filter(|key| index.all(key).next().is_some());
        if let Some(building) = building {
            counts.matched += rows;
            let mut moved = storeys.remove(&name).unwrap_or_default();
            storeys
                .entry(building.into())
                .or_default()
                .append(&mut moved);
        } else {
            counts.unmatched += rows;
            storeys.remove(&name);
            lost.insert(name, rows);
        }
    }
    let mut join = StoreyJoin {
        storeys,
        ..StoreyJoin::default()
    };
    let mut torn = Vec::new();
    for (name, rows) in shared {
        let same: Vec<u32> = index.all(&name).collect();
        let pieces = pieces_of_one(&same, buildings, ground);
        if let Some(portions) = pieces {
            counts.matched += rows;
            join.portion.extend(portions);
        } else {
            counts.ambiguous += rows;
            join.ambiguous.extend(same);
            torn.push(name);
        }
    }
    let unmatched = lost.keys().map(CompactString::as_str);
    let mut defects = Vec::new();
    defects.extend(defect(
        DefectKind::NoBuilding,
        counts.unmatched,
        unmatched,
        "name a building that is not in the layer of buildings",
    ));
    let ambiguous = torn.iter().map(CompactString::as_str);
    defects.extend(defect(
        DefectKind::AmbiguousBuilding,
        counts.ambiguous,
        ambiguous,
        "name a building of which there are several in different places; they are joined to none",
    ));
    (join, counts, defects)
}

/// The share that each of several features of one id has in the whole building, where they all stand on the same parcels;
/// what stands on no parcel any more, as a repeated building, has none.
fn pieces_of_one(
    same: &[u32],
    buildings: &Layer<Building>,
    ground: &Ground,
) -> Option<Vec<(u32, f64)>> {
    let named = |at: &u32| buildings.rows[*at as usize].parcel_id.as_deref().map(key);
    let standing: Vec<u32> = same
        .iter()
        .copied()
        .filter(|at| !ground.twice.repeated.contains_key(at))
        .collect();
    let first = named(standing.first()?);
    let one_parcel = first.is_some() && standing.iter().all(|at| named(at) == first);
    if standing.len() > 1 && !one_parcel {
        return None;
    }
    let whole: f64 = standing
        .iter()
        .map(|at| ground.building_m2[*at as usize])
        .sum();
    let portion = |at: &u32| (*at, ground.building_m2[*at as usize] / whole);
    (whole > 0.0).then(|| standing.iter().map(portion).collect())
}

fn defect<'a>(
    kind: DefectKind,
    rows: u64,
    names: impl ExactSizeIterator<Item = &'a str>,
    what: &str,
) -> Option<Defect> {
    if rows == 0 {
        return None;
    }
    let more = if names.len() > NAMED { ", …" } else { "" };
    let listed: Vec<&str> = names.take(NAMED).collect();
    Some(Defect {
        layer: LayerKind::Storeys,
        feature: String::new(),
        kind,
        action: Action::Noted,
        detail: format!("{rows} rows {what}: {}{more}", listed.join(", ")),
        at: None,
    })
}
