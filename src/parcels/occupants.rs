//! The table of enterprises and the parcels → which rows are one enterprise, and on which parcels it is.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::JoinCounts;
use super::named::{Naming, named_parcels};
use crate::model::{Defect, Enterprise, EnterpriseTable, KeyIndex, Layer, LayerKind, Parcel, key};

/// The enterprises of a city, joined to its parcels.
#[derive(Clone, Debug, Default)]
pub struct Occupants {
    /// The enterprises, by their credit code and then by their row.
    pub all: Vec<Occupant>,
    /// The enterprises on each parcel, by their places in `all`; parcels without one are not there.
    pub on_parcel: FxHashMap<u32, Vec<u32>>,
    /// Parcels that rows name and that cannot be told.
    pub defects: Vec<Defect>,
    /// How the ids of parcels that the table names fared.
    pub keys: JoinCounts,
}

/// One enterprise: all rows that bear its credit code; a row without one is an enterprise of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupant {
    /// The places of its rows in the table, rising.
    pub rows: Vec<usize>,
    /// The positions of its parcels, rising, each once.
    pub parcels: Vec<u32>,
    /// How it came to them.
    pub joined: JoinedBy,
    /// Whether every parcel that its rows name is there, and no other bears its id.
    pub whole: bool,
    /// 行业代码: that of its first row that says one.
    pub industry: Option<CompactString>,
}

/// How an enterprise came to its parcels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinedBy {
    /// Its rows name them.
    Id,
    /// Its name is that of their holder, and its rows name no parcel.
    Holder,
    /// Not at all.
    Nothing,
}

impl JoinedBy {
    /// The word in the column `joined_by`.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Id => Some("parcel_id"),
            Self::Holder => Some("holder"),
            Self::Nothing => None,
        }
    }
}

impl Occupants {
    /// The industry that all enterprises on a parcel share; `None` where there is none on it, or one does not say.
    pub fn industry(&self, parcel: u32) -> Option<&str> {
        let on = self.on_parcel.get(&parcel)?;
        let mut codes = on
            .iter()
            .map(|at| self.all[*at as usize].industry.as_deref());
        let first = codes.next()??;
        codes.all(|code| code == Some(first)).then_some(first)
    }
}

/// Joins enterprises to the parcels that their rows name, or, where they name none, to those held under exactly their name.
pub fn occupants(
    (parcels, keys): (&Layer<Parcel>, &KeyIndex),
    table: &EnterpriseTable,
) -> Occupants {
    let rows = &table.rows;
    let naming = rows.iter().map(|row| Naming {
        id: &row.id,
        row: row.row,
        parcels: &row.parcels,
    });
    let (joined, defects) = named_parcels((parcels, keys), LayerKind::Enterprises, naming);
    let mut all: Vec<Occupant> = Vec::new();
    for group in by_code(rows) {
        let named = group.iter().flat_map(|at| joined.of_row[*at].iter());
        let mut parcels: Vec<u32> = named.copied().collect();
        parcels.sort_unstable();
        parcels.dedup();
        all.push(Occupant {
            joined: if parcels.is_empty() {
                JoinedBy::Nothing
            } else {
                JoinedBy::Id
            },
            parcels,
            whole: group.iter().all(|row| joined.whole[*row]),
            industry: group.iter().find_map(|at| rows[*at].industry.clone()),
            rows: group,
        });
    }
    join_by_holder(parcels, rows, &mut all);
    let mut on_parcel: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for (at, occupant) in (0..).zip(&all) {
        for parcel in &occupant.parcels {
            on_parcel.entry(*parcel).or_default().push(at);
        }
    }
    Occupants {
        all,
        on_parcel,
        defects,
        keys: joined.counts,
    }
}

/// The rows of each credit code, by code and then by row; rows without one are each their own.
fn by_code(rows: &[Enterprise]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| rows[*a].id.cmp(&rows[*b].id).then(a.cmp(b)));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in order {
        match groups.last_mut() {
            Some(group) if !rows[at].id.is_empty() && rows[group[0]].id == rows[at].id => {
                group.push(at);
            }
            _ => groups.push(vec![at]),
        }
    }
    groups
}

/// Joins enterprises whose rows name no parcel to the parcels that are held under their name, however wide its signs.
fn join_by_holder(parcels: &Layer<Parcel>, rows: &[Enterprise], all: &mut [Occupant]) {
    let names_none = |of: &Occupant| of.rows.iter().all(|at| rows[*at].parcels.is_empty());
    if !all.iter().any(names_none) {
        return;
    }
    let mut held: FxHashMap<CompactString, Vec<u32>> = FxHashMap::default();
    for (at, parcel) in (0..).zip(&parcels.rows) {
        if let Some(owner) = parcel.owner.as_deref() {
            held.entry(key(owner)).or_default().push(at);
        }
    }
    for occupant in all.iter_mut().filter(|of| names_none(of)) {
        let name = occupant
            .rows
            .iter()
            .find_map(|at| rows[*at].name.as_deref());
        if let Some(parcels) = name.and_then(|name| held.get(&key(name))) {
            occupant.parcels.clone_from(parcels);
            occupant.joined = JoinedBy::Holder;
        }
    }
}
