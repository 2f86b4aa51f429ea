//! The tables of a city and the keys of some parcels → the rows that can say something of these parcels.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{
    City, ContractTable, EnterpriseTable, LineageTable, Storeys, building_of_unit, key, parcel_key,
    parcel_part,
};

type Keys = FxHashSet<CompactString>;

/// The contracts that name one of the parcels.
pub(super) fn contracts(table: &ContractTable, keys: &Keys) -> ContractTable {
    let names = |ids: &[CompactString]| ids.iter().any(|id| keys.contains(&parcel_key(id)));
    let rows = table.rows.iter().filter(|row| names(&row.parcels));
    ContractTable {
        rows: rows.cloned().collect(),
        account: table.account,
    }
}

/// The rows of enterprises that name one of the parcels, or bear the name of a holder of one; and the other rows of the same
/// enterprises.
pub(super) fn enterprises(table: &EnterpriseTable, keys: &Keys, holders: &Keys) -> EnterpriseTable {
    let concerns = |row: &&crate::model::Enterprise| {
        let named = row.parcels.iter().any(|id| keys.contains(&parcel_key(id)));
        let name = row.name.as_deref().map(key);
        named || name.is_some_and(|name| holders.contains(&name))
    };
    let codes: FxHashSet<&str> = (table.rows.iter().filter(concerns))
        .map(|row| row.id.as_str())
        .filter(|id| !id.is_empty())
        .collect();
    let kept = |row: &&crate::model::Enterprise| codes.contains(row.id.as_str()) || concerns(row);
    EnterpriseTable {
        rows: table.rows.iter().filter(kept).cloned().collect(),
        account: table.account,
    }
}

/// The rows of splits and merges that hang together with one of the parcels, and every parcel that they name.
pub(super) fn lineage<'a>(
    table: &'a LineageTable,
    keys: impl Iterator<Item = &'a str>,
) -> (LineageTable, FxHashSet<&'a str>) {
    let names = |row: usize| {
        let row = &table.rows[row];
        let parents = row.parents.iter().map(|id| parcel_part(id));
        parents.chain([parcel_part(&row.parcel_id)])
    };
    let mut naming: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for row in 0..table.rows.len() {
        names(row).for_each(|name| naming.entry(name).or_default().push(row));
    }
    let mut next: Vec<&str> = keys.collect();
    let mut family: FxHashSet<&str> = next.iter().copied().collect();
    let mut rows: FxHashSet<usize> = FxHashSet::default();
    while let Some(name) = next.pop() {
        for row in naming.remove(name).unwrap_or_default() {
            if rows.insert(row) {
                next.extend(names(row).filter(|name| family.insert(name)));
            }
        }
    }
    let kept = (0..table.rows.len()).filter(|row| rows.contains(row));
    let open = table.open.iter();
    let part = LineageTable {
        rows: kept.map(|row| table.rows[row].clone()).collect(),
        open: open
            .filter(|id| family.contains(parcel_part(id)))
            .cloned()
            .collect(),
        account: table.account,
    };
    (part, family)
}

/// The storeys of the buildings of some keys, and of units in them that are no building of the layer themselves.
pub(super) fn storeys(city: &City, table: &Storeys, keys: &Keys) -> Storeys {
    let concerns = |name: &str| {
        keys.contains(name) || building_of_unit(name).is_some_and(|key| keys.contains(key))
    };
    let mut kept: Vec<&CompactString> = table.keys().filter(|name| concerns(name)).collect();
    kept.sort_unstable();
    let units: Keys = kept
        .iter()
        .filter(|name| !keys.contains(name.as_str()))
        .map(|name| (*name).clone())
        .collect();
    let layer = city.buildings.iter().flat_map(|layer| &layer.rows);
    let elsewhere: Keys = if units.is_empty() {
        Keys::default()
    } else {
        let keys = layer.map(|building| key(&building.id));
        keys.filter(|key| units.contains(key)).collect()
    };
    let own = kept.into_iter().filter(|name| !elsewhere.contains(*name));
    own.filter_map(|name| Some((name.clone(), table.get(name)?.clone())))
        .collect()
}
