//! Rows of a table that name parcels → which parcels they mean, and what cannot be joined.

use rustc_hash::FxHashMap;

use super::JoinCounts;
use crate::model::{
    Action, Defect, DefectKind, KeyIndex, Layer, LayerKind, Meant, Parcel, feature_name, parcel_key,
};

/// The rows of a table and the parcels that they name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedParcels {
    /// The positions of the parcels that each row names, rising, each once; what is not among the parcels is left out.
    pub of_row: Vec<Vec<u32>>,
    /// Whether every parcel that a row names is there, and no other bears its id.
    pub whole: Vec<bool>,
    /// The rows that name each parcel, rising; parcels that no row names are not there.
    pub of_parcel: FxHashMap<u32, Vec<u32>>,
    /// How the ids that rows name fared.
    pub counts: JoinCounts,
}

/// A row of a table: what names it, its 0-based row in the input, and the ids of the parcels that it names.
pub struct Naming<'a, T> {
    /// Its id in messages.
    pub id: &'a str,
    /// Its 0-based row in the input.
    pub row: u32,
    /// 宗地代码 as the row names them.
    pub parcels: &'a [T],
}

/// Joins rows to parcels by id. An id that several parcels bear joins to none of them, and that is a defect, as is one
/// that no parcel bears.
pub fn named_parcels<'a, T: AsRef<str> + 'a>(
    (parcels, keys): (&Layer<Parcel>, &KeyIndex),
    layer: LayerKind,
    rows: impl Iterator<Item = Naming<'a, T>>,
) -> (NamedParcels, Vec<Defect>) {
    let (mut joined, mut defects) = (NamedParcels::default(), Vec::new());
    for (number, row) in (0..).zip(rows) {
        let mut found = Vec::with_capacity(row.parcels.len());
        let mut whole = true;
        for id in row.parcels {
            let id = id.as_ref();
            let id_of = |at: u32| parcels.rows[at as usize].id.as_str();
            let meant = keys.meant(id, &parcel_key(id), id_of);
            joined.counts.add(meant);
            let (kind, detail) = match meant {
                Meant::One(at) => {
                    found.push(at);
                    continue;
                }
                Meant::Several => (
                    DefectKind::AmbiguousParcel,
                    format!("several parcels bear the id `{id}`: it is joined to none of them"),
                ),
                Meant::Nothing => (
                    DefectKind::NoSuchParcel,
                    format!("parcel `{id}` is not among the parcels"),
                ),
            };
            whole = false;
            defects.push(Defect {
                layer,
                feature: feature_name(row.id, row.row),
                kind,
                action: Action::Noted,
                detail,
                at: None,
            });
        }
        found.sort_unstable();
        found.dedup();
        for at in &found {
            joined.of_parcel.entry(*at).or_default().push(number);
        }
        joined.counts.without_key += u64::from(row.parcels.is_empty());
        joined.of_row.push(found);
        joined.whole.push(whole);
    }
    (joined, defects)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Shapes;
    use crate::model::Account;

    fn layer(ids: &[&str]) -> Layer<Parcel> {
        let parcel = |id: &&str| Parcel {
            id: (*id).into(),
            ..Parcel::default()
        };
        Layer {
            rows: ids.iter().map(parcel).collect(),
            shapes: Shapes::default(),
            account: Account::default(),
            unclear: rustc_hash::FxHashSet::default(),
            left_out: Vec::new(),
        }
    }

    fn join(ids: &[&str], rows: &[&[&str]]) -> (NamedParcels, Vec<DefectKind>) {
        let rows = rows.iter().map(|parcels| Naming {
            id: "",
            row: 0,
            parcels,
        });
        let layer = layer(ids);
        let keys = KeyIndex::of(layer.rows.iter().map(|parcel| parcel_key(&parcel.id)));
        let (joined, defects) = named_parcels((&layer, &keys), LayerKind::Contracts, rows);
        (joined, defects.iter().map(|defect| defect.kind).collect())
    }

    #[test]
    fn a_row_may_name_several_parcels_and_a_parcel_several_rows() {
        let (joined, defects) = join(&["A", "B", "C"], &[&["C", "A", "C"], &["A"], &[]]);
        assert_eq!(joined.of_row, [vec![0, 2], vec![0], vec![]]);
        assert_eq!(joined.of_parcel[&0], [0, 1]);
        assert!(defects.is_empty() && joined.whole == [true, true, true]);
    }

    #[test]
    fn an_id_that_two_parcels_bear_or_none_joins_to_nothing() {
        let (joined, defects) = join(&["A", "A", "B"], &[&["A", "B"], &["Z"]]);
        assert_eq!(joined.of_row, [vec![2], vec![]]);
        assert_eq!(joined.whole, [false, false]);
        assert_eq!(
            defects,
            [DefectKind::AmbiguousParcel, DefectKind::NoSuchParcel]
        );
    }

    #[test]
    fn a_unit_number_means_its_parcel() {
        let (joined, _) = join(
            &["331081107218GB01022W00000000"],
            &[&["331081107218GB01022"]],
        );
        assert_eq!(joined.of_row, [vec![0]]);
    }
}
