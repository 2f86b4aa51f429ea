//! Keys of buildings and tables → how many of them meet a parcel or a building, and how many contradict where they lie.

use std::collections::BTreeMap;

use super::{Assigned, Ground};
use crate::model::{Building, City, KeyIndex, Layer, LayerKind, LineageTable, Meant, parcel_key};

/// How the keys of one layer or table fared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JoinCounts {
    /// Features or rows without a key.
    pub without_key: u64,
    /// Keys that mean one feature.
    pub matched: u64,
    /// Keys that mean none.
    pub unmatched: u64,
    /// Keys that several features bear: they are joined to none of them.
    pub ambiguous: u64,
    /// Of the matched: those of features that do not lie on what they name.
    pub contradicting: u64,
}

/// How the keys of every layer and table fared.
pub type Joins = BTreeMap<LayerKind, JoinCounts>;

impl JoinCounts {
    /// Counts what one key means.
    pub fn add(&mut self, meant: Meant) {
        *match meant {
            Meant::One(_) => &mut self.matched,
            Meant::Several => &mut self.ambiguous,
            Meant::Nothing => &mut self.unmatched,
        } += 1;
    }

    /// Keys that were given.
    pub const fn with_key(&self) -> u64 {
        self.matched + self.unmatched + self.ambiguous
    }
}

/// How the parcel keys of buildings fared, and where those that contradict their place lie: building and parcel named.
pub fn building_keys(
    city: &City,
    buildings: &Layer<Building>,
    ground: &Ground,
    keys: &KeyIndex,
) -> (JoinCounts, Vec<(u32, u32)>) {
    let mut agrees = vec![false; buildings.rows.len()];
    for share in &ground.shares {
        if share.assigned == Assigned::Key {
            agrees[share.building as usize] = true;
        }
    }
    let id_of = |at: u32| city.parcels.rows[at as usize].id.as_str();
    let (mut counts, mut contradicting) = (JoinCounts::default(), Vec::new());
    for (at, building) in (0..).zip(&buildings.rows) {
        let Some(id) = building.parcel_id.as_deref() else {
            counts.without_key += 1;
            continue;
        };
        if agrees[at as usize] || ground.twice.repeated.contains_key(&at) {
            counts.matched += 1;
            continue;
        }
        let meant = keys.meant(id, &parcel_key(id), id_of);
        counts.add(meant);
        if let Meant::One(parcel) = meant {
            counts.contradicting += 1;
            contradicting.push((at, parcel));
        }
    }
    (counts, contradicting)
}

/// How the ids of the parcels that came to be fared, in a table of splits and merges.
pub fn lineage_keys(table: &LineageTable, keys: &KeyIndex) -> JoinCounts {
    let mut counts = JoinCounts::default();
    for row in &table.rows {
        let key = parcel_key(&row.parcel_id);
        let met = keys.all(&key).next();
        counts.add(met.map_or(Meant::Nothing, Meant::One));
    }
    counts
}
