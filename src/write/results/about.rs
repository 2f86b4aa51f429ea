//! Who holds the parcels that a list names, where they are and under which numbers they go: columns behind its own.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::features::compare::Register;
use crate::features::scattered::Origin;
use crate::features::upgrade::home_of_piece;
use crate::model::{About, Defect, LayerKind, Meant, Parcel, parcel_key};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// The parcels that a row names.
#[derive(Clone, Copy)]
pub(super) enum Named<'a> {
    /// None.
    None,
    /// One, by its position in the layer.
    One(u32),
    /// Several, by their positions.
    Many(&'a [u32]),
    /// One that may have been set aside.
    Record(&'a Parcel),
}

impl From<Option<u32>> for Named<'_> {
    fn from(parcel: Option<u32>) -> Self {
        parcel.map_or(Self::None, Self::One)
    }
}

/// The parcels of each row of a table.
type OfRow<'a> = Arc<dyn Fn(usize) -> Named<'a> + Sync + Send + 'a>;

impl<'a> Table<'a> {
    /// This table with a column behind its own for each thing that the input says of its parcels; a column that it has is
    /// left as it is.
    pub(super) fn carrying(
        self,
        scan: &'a Scan,
        of: impl Fn(usize) -> Named<'a> + Sync + Send + 'a,
    ) -> Self {
        self.carrying_some(scan, &About::ALL, ("", ""), of)
    }

    /// The same with some of it, under names that begin and end so.
    pub(super) fn carrying_some(
        mut self,
        scan: &'a Scan,
        some: &[About],
        (before, behind): (&str, &str),
        of: impl Fn(usize) -> Named<'a> + Sync + Send + 'a,
    ) -> Self {
        let of: OfRow<'a> = Arc::new(of);
        let said = |about: &About| scan.measured.city.about.contains(about);
        for about in some.iter().copied().filter(said) {
            let name = format!("{before}{}{behind}", about.name());
            if self.columns.iter().any(|column| *column.name == *name) {
                continue;
            }
            let of = Arc::clone(&of);
            let alias = match (before, behind) {
                ("allocated_", _) => format!("配置{}", about.zh()),
                (_, "_a") => format!("甲{}", about.zh()),
                (_, "_b") => format!("乙{}", about.zh()),
                _ => about.zh().to_owned(),
            };
            self.columns
                .push(Column::new(name, alias, Kind::Text, move |row| {
                    cell(scan, about, of(row))
                }));
        }
        self
    }
}

fn cell<'a>(scan: &'a Scan, about: About, of: Named<'a>) -> Value<'a> {
    let rows = &scan.measured.city.parcels.rows;
    match of {
        Named::One(at) => one(scan, about, at),
        Named::Record(parcel) => about.of(parcel).into(),
        Named::None | Named::Many([]) => Value::Null,
        Named::Many([at]) => one(scan, about, *at),
        Named::Many(all) if about == About::ContractId => {
            joined(all.iter().flat_map(|at| contracts(scan, *at)))
        }
        Named::Many(all) => joined(all.iter().filter_map(|at| about.of(&rows[*at as usize]))),
    }
}

fn one(scan: &Scan, about: About, at: u32) -> Value<'_> {
    if about == About::ContractId {
        return joined(contracts(scan, at).into_iter());
    }
    about
        .of(&scan.measured.city.parcels.rows[at as usize])
        .into()
}

/// The numbers of the contracts that name a parcel, else that of its own record.
fn contracts(scan: &Scan, at: u32) -> Vec<&str> {
    let table = scan.measured.city.contracts.as_ref();
    let named = scan
        .measured
        .grants
        .named
        .of_parcel
        .get(&at)
        .into_iter()
        .flatten();
    let ids = named.filter_map(|row| Some(table?.rows.get(*row as usize)?.id.as_str()));
    let ids: Vec<&str> = ids.filter(|id| !id.is_empty()).collect();
    if ids.is_empty() {
        let own = About::ContractId.of(&scan.measured.city.parcels.rows[at as usize]);
        return own.into_iter().collect();
    }
    ids
}

/// Joined by `;`, each once.
fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> Value<'a> {
    let mut all: Vec<&str> = Vec::new();
    for text in texts {
        if !all.contains(&text) {
            all.push(text);
        }
    }
    match all[..] {
        [] => Value::Null,
        [text] => text.into(),
        _ => Value::Text(all.join(";").into()),
    }
}

/// The table of problems with what is known of the parcels that have them, those set aside too.
pub(super) fn of_defects<'a>(
    table: Table<'a>,
    scan: &'a Scan,
    defects: &[&'a Defect],
) -> Table<'a> {
    let of_parcel = |defect: &&&Defect| defect.layer == LayerKind::Parcels;
    let wanted: FxHashSet<&str> = (defects.iter().filter(of_parcel))
        .map(|defect| defect.feature.as_str())
        .collect();
    let layer = &scan.measured.city.parcels;
    let left_out = layer.left_out.iter().map(|parcel| &parcel.record);
    let all = layer.rows.iter().chain(left_out);
    let parcels: FxHashMap<String, &Parcel> = all
        .filter(|_| !wanted.is_empty())
        .map(|parcel| (parcel.name(), parcel))
        .filter(|(name, _)| wanted.contains(name.as_str()))
        .collect();
    let parcels: Vec<Option<&Parcel>> = defects
        .iter()
        .map(|defect| {
            let is_parcel = defect.layer == LayerKind::Parcels;
            let parcel = parcels.get(&defect.feature).copied();
            parcel.filter(|_| is_parcel)
        })
        .collect();
    table.carrying(scan, move |row| {
        parcels[row].map_or(Named::None, Named::Record)
    })
}

/// The register with what is known of its parcels today.
pub(super) fn of_register<'a>(table: Table<'a>, scan: &'a Scan, register: &Register) -> Table<'a> {
    let id_of = |at: u32| scan.measured.city.parcels.rows[at as usize].id.as_str();
    let meant = |id: &str| match scan.measured.keys.meant(id, &parcel_key(id), id_of) {
        Meant::One(at) => Some(at),
        Meant::Several | Meant::Nothing => None,
    };
    let parcels: Vec<Option<u32>> = (register.spells.iter())
        .map(|spell| meant(&spell.parcel_id))
        .collect();
    table.carrying(scan, move |row| parcels[row].into())
}

/// The pieces of scattered land: what their own record says, where they lie, and to whom they are proposed.
pub(super) fn of_pieces<'a>(table: Table<'a>, scan: &'a Scan) -> Table<'a> {
    let pieces = &scan.pieces.found.pieces;
    let own = move |row: usize| match pieces[row].origin {
        Origin::Recorded(at) => Named::One(at),
        Origin::Given(_) | Origin::Unrecorded => Named::None,
    };
    let of_record = [About::Owner, About::Location, About::UnitNumber];
    let place = [About::District, About::Town];
    table
        .carrying_some(scan, &of_record, ("", ""), own)
        .carrying_some(scan, &place, ("", ""), move |row| match own(row) {
            Named::None => home_of_piece(&scan.pieces, &scan.upgrades, row).into(),
            own => own,
        })
        .carrying_some(scan, &[About::ContractId], ("", ""), own)
        .carrying_some(scan, &of_record, ("allocated_", ""), move |row| {
            scan.upgrades.takers[row].into()
        })
}
