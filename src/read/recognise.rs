//! The fields of a layer → which of them is what, and why.

use std::collections::BTreeMap;

use super::ReadError;
use super::cut_names::{Unclear, cut_names};
use super::dictionary::{FieldSpec, fields_of};
use super::unit::headed;
use crate::formats::{Field, Layer};
use crate::model::LayerKind;
use crate::text::meant;

/// What the user said of columns: `parcels.id=PID` is `(Parcels, "id") → "PID"`. Under `ignore` stand columns that are none
/// of a layer's fields, whatever their name, by lines.
pub type Mappings = BTreeMap<(LayerKind, String), String>;

/// The field under which a user names columns that are none.
pub(super) const IGNORE: &str = "ignore";

/// Which columns of a layer are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognised {
    slots: Vec<Slot>,
    unclear: Vec<Unclear>,
}

/// A canonical field that was found in a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The canonical name.
    pub field: &'static str,
    /// The position of its column in the layer.
    pub column: usize,
    /// The name of that column.
    pub name: String,
    /// Why this column.
    pub why: Why,
}

/// Why a column was taken for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The user said so.
    Mapped,
    /// It bears the canonical name.
    Canonical,
    /// The dictionary knows its name.
    Name,
    /// The dictionary knows its second name.
    Alias,
    /// Its name is the beginning of a known one, cut to the ten bytes of a Shapefile.
    Cut,
}

impl Why {
    /// In words, for `inspect`.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Mapped => "given by --map",
            Self::Canonical => "canonical name",
            Self::Name => "known name",
            Self::Alias => "known alias",
            Self::Cut => "known name, cut to ten bytes",
        }
    }
}

impl Recognised {
    /// Every field that was found, in the order of the dictionary.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// The columns whose cut names may be several fields.
    pub fn unclear(&self) -> &[Unclear] {
        &self.unclear
    }

    /// The column of a field.
    pub fn slot(&self, field: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.field == field)
    }
}

/// Finds the known fields of a layer.
///
/// # Errors
/// When the user maps a field that the layer kind does not have, or to a column that is not there.
pub fn recognise(
    kind: LayerKind,
    fields: &[Field],
    mappings: &Mappings,
) -> Result<Recognised, ReadError> {
    recognise_cut(kind, fields, &|_| false, mappings)
}

/// The same for the layer of a file, which may have cut the names of its columns.
pub(super) fn recognise_layer(
    kind: LayerKind,
    layer: &dyn Layer,
    mappings: &Mappings,
) -> Result<Recognised, ReadError> {
    let may_be_cut = |column| layer.may_be_cut(column);
    recognise_cut(kind, layer.fields(), &may_be_cut, mappings)
}

/// Whether a user says that a column is none of the fields of a layer.
pub(super) fn is_ignored(kind: LayerKind, mappings: &Mappings, column: &str) -> bool {
    let named = mappings.get(&(kind, IGNORE.to_owned()));
    named.is_some_and(|named| named.lines().any(|name| name.eq_ignore_ascii_case(column)))
}

fn recognise_cut(
    kind: LayerKind,
    fields: &[Field],
    may_be_cut: &dyn Fn(usize) -> bool,
    mappings: &Mappings,
) -> Result<Recognised, ReadError> {
    let known = fields_of(kind);
    let ignored = |column: &str| is_ignored(kind, mappings, column);
    let used = |column: usize| !ignored(&fields[column].name);
    for ((_, field), column) in mappings.iter().filter(|((layer, _), _)| *layer == kind) {
        if field != IGNORE && !known.iter().any(|spec| spec.name == field) {
            let names: Vec<_> = known.iter().map(|spec| spec.name).collect();
            let titles = known.iter().map(|spec| spec.zh().unwrap_or(spec.name));
            let titles = titles.collect::<Vec<_>>().join(", ");
            return Err(ReadError::Mapping {
                mapping: format!("{}.{field}={column}", kind.name()),
                why: format!(
                    "`{}` has no field `{field}`{}; it has {} ({titles})",
                    kind.name(),
                    meant(field, names.iter()),
                    names.join(", ")
                ),
            });
        }
    }
    let mut slots = Vec::new();
    for spec in known {
        let mapped = mappings.get(&(kind, spec.name.to_owned()));
        let found = match mapped {
            Some(column) => Some((
                find(fields, column).ok_or_else(|| missing(kind, spec.name, column, fields))?,
                Why::Mapped,
            )),
            None => by_name(fields, spec).filter(|(column, _)| used(*column)),
        };
        if let Some((column, why)) = found {
            slots.push(Slot {
                field: spec.name,
                column,
                name: fields[column].name.clone(),
                why,
            });
        }
    }
    let unclear = cut_names(kind, fields, may_be_cut, &ignored, &mut slots);
    Ok(Recognised { slots, unclear })
}

fn find(fields: &[Field], name: &str) -> Option<usize> {
    let exact = fields.iter().position(|field| field.name == name);
    exact.or_else(|| {
        fields
            .iter()
            .position(|field| field.name.eq_ignore_ascii_case(name))
    })
}

fn by_name(fields: &[Field], spec: &FieldSpec) -> Option<(usize, Why)> {
    let FieldSpec {
        name: canonical,
        known_as,
    } = *spec;
    let by_alias = |name: &str| {
        fields
            .iter()
            .position(|field| field.alias.as_deref().is_some_and(|alias| alias == name))
    };
    let with_unit = |name: &str| {
        let is_it = |field: &Field| headed(&field.name).is_some_and(|(stem, _)| stem == name);
        fields.iter().position(is_it)
    };
    find(fields, canonical)
        .map(|column| (column, Why::Canonical))
        .or_else(|| {
            known_as
                .iter()
                .find_map(|name| find(fields, name))
                .map(|column| (column, Why::Name))
        })
        .or_else(|| {
            known_as
                .iter()
                .find_map(|name| by_alias(name))
                .map(|column| (column, Why::Alias))
        })
        .or_else(|| {
            (known_as.iter().find_map(|name| with_unit(name))).map(|column| (column, Why::Name))
        })
}

fn missing(kind: LayerKind, field: &str, column: &str, fields: &[Field]) -> ReadError {
    let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
    ReadError::Mapping {
        mapping: format!("{}.{field}={column}", kind.name()),
        why: format!(
            "there is no column `{column}`{}; the layer has {}",
            meant(column, names.iter()),
            names.join(", ")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_schema::DataType;

    fn fields(names: &[&str]) -> Vec<Field> {
        names
            .iter()
            .map(|&name| Field {
                name: name.into(),
                alias: None,
                kind: DataType::Utf8,
            })
            .collect()
    }

    fn found(
        kind: LayerKind,
        names: &[&str],
        mappings: &Mappings,
    ) -> Vec<(&'static str, String, Why)> {
        let recognised = recognise(kind, &fields(names), mappings).unwrap();
        recognised
            .slots
            .into_iter()
            .map(|slot| (slot.field, slot.name, slot.why))
            .collect()
    }

    #[test]
    fn look_alikes_are_told_apart() {
        let names = found(
            LayerKind::Buildings,
            &["ZDDM", "ZRZH", "ZZDMJ", "ZYDMJ", "dscs"],
            &Mappings::new(),
        );
        assert_eq!(
            names,
            [
                ("id", "ZRZH".into(), Why::Name),
                ("parcel_id", "ZDDM".into(), Why::Name),
                ("storeys", "dscs".into(), Why::Name),
                ("footprint", "ZZDMJ".into(), Why::Name),
            ]
        );
    }

    #[test]
    fn a_mapping_wins_and_a_wrong_one_says_what_there_is() {
        let mapping = |field: &str, column: &str| {
            Mappings::from([((LayerKind::Parcels, field.into()), column.into())])
        };
        assert_eq!(
            found(LayerKind::Parcels, &["ZDDM", "PID"], &mapping("id", "PID"))[0],
            ("id", "PID".into(), Why::Mapped)
        );
        let error = recognise(
            LayerKind::Parcels,
            &fields(&["ZDDM"]),
            &mapping("id", "PID"),
        )
        .unwrap_err()
        .to_string();
        assert_eq!(
            error,
            "`parcels.id=PID` cannot be mapped: there is no column `PID`; the layer has ZDDM"
        );
        let error = recognise(
            LayerKind::Parcels,
            &fields(&["ZDDM"]),
            &mapping("colour", "ZDDM"),
        )
        .unwrap_err()
        .to_string();
        assert!(
            error.contains("`parcels` has no field `colour`; it has id, owner"),
            "{error}"
        );
    }

    #[test]
    fn what_numbers_the_unit_numbers_the_parcel_too() {
        let names = found(LayerKind::Parcels, &["BDCDYH", "ZL"], &Mappings::new());
        let column = |name: &str| name.to_owned();
        assert_eq!(
            names,
            [
                ("id", column("BDCDYH"), Why::Name),
                ("location", column("ZL"), Why::Name),
                ("unit_number", column("BDCDYH"), Why::Name),
            ]
        );
        let names = found(LayerKind::Parcels, &["不动产单元"], &Mappings::new());
        assert_eq!(names, [("id", column("不动产单元"), Why::Cut)]);
        let names = found(
            LayerKind::Parcels,
            &["ZDDM", "不动产单元"],
            &Mappings::new(),
        );
        assert_eq!(names[1], ("unit_number", column("不动产单元"), Why::Cut));
    }

    #[test]
    fn a_cut_name_that_fits_two_fields_is_neither() {
        let names = found(LayerKind::Plan, &["容积率", "建筑密"], &Mappings::new());
        assert_eq!(names, [("plot_ratio", "容积率".into(), Why::Name)]);
        assert!(found(LayerKind::Parcels, &["使用权"], &Mappings::new()).is_empty());
    }

    #[test]
    fn a_name_cut_by_a_file_that_fits_several_fields_says_them_all() {
        let cut = |kind, names: &[&str], mappings: &Mappings| {
            let fields = fields(names);
            let may_be_cut = |column: usize| fields[column].name.len() > 7;
            let found = recognise_cut(kind, &fields, &may_be_cut, mappings).unwrap();
            let slots = found.slots.iter();
            let slots: Vec<_> = slots.map(|slot| (slot.field, slot.name.clone())).collect();
            let unclear = found.unclear.into_iter();
            let unclear: Vec<_> = unclear.map(|one| (one.name, one.may_be)).collect();
            (slots, unclear)
        };
        let plan = ["id", "plot_ratio", "plot_rat_1", "density_ma"];
        let all = vec!["plot_ratio_min", "plot_ratio_max", "plot_ratio"];
        let (slots, unclear) = cut(LayerKind::Plan, &plan, &Mappings::new());
        assert_eq!(
            slots,
            [("id", "id".into()), ("density_max", "density_ma".into())]
        );
        assert_eq!(
            unclear,
            [
                ("plot_ratio".into(), all.clone()),
                ("plot_rat_1".into(), all)
            ]
        );
        let min = (
            (LayerKind::Plan, "plot_ratio_min".into()),
            "plot_ratio".into(),
        );
        let (slots, unclear) = cut(LayerKind::Plan, &plan, &Mappings::from([min]));
        assert!(
            slots.contains(&("plot_ratio_max", "plot_rat_1".into())),
            "{slots:?}"
        );
        assert_eq!(unclear, []);
        let none = (
            (LayerKind::Plan, IGNORE.into()),
            "plot_ratio\nPLOT_RAT_1".into(),
        );
        let (slots, unclear) = cut(LayerKind::Plan, &plan, &Mappings::from([none]));
        assert_eq!((slots.len(), unclear.len()), (2, 0));
        // the bound of 容积率 is all that three characters of UTF-8 leave open
        let (_, unclear) = cut(LayerKind::Plan, &["容积率"], &Mappings::new());
        assert_eq!(
            unclear[0].1,
            ["plot_ratio_min", "plot_ratio_max", "plot_ratio"]
        );
        // a whole name of which no other says the bound is trusted
        let (slots, _) = cut(
            LayerKind::Buildings,
            &["floor_area", "storeys_to"],
            &Mappings::new(),
        );
        assert_eq!(
            slots,
            [
                ("storeys_total", "storeys_to".into()),
                ("floor_area", "floor_area".into())
            ]
        );
    }

    #[test]
    fn names_cut_by_a_shapefile_are_known() {
        let names = found(
            LayerKind::Buildings,
            &["实测建筑面", "自然幢"],
            &Mappings::new(),
        );
        assert_eq!(
            names,
            [
                ("id", "自然幢".into(), Why::Cut),
                ("floor_area", "实测建筑面".into(), Why::Cut)
            ]
        );
    }
}
