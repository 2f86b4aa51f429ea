//! The fields of a layer → which of them is what, and why.

use std::collections::BTreeMap;

use super::dictionary::{FieldSpec, fields_of};
use super::{Field, ReadError};
use crate::model::LayerKind;

/// What the user said of columns: `parcels.id=PID` is `(Parcels, "id") → "PID"`.
pub type Mappings = BTreeMap<(LayerKind, String), String>;

/// Which columns of a layer are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recognised(Vec<Slot>);

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
        &self.0
    }

    /// The column of a field.
    pub fn slot(&self, field: &str) -> Option<&Slot> {
        self.0.iter().find(|slot| slot.field == field)
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
    let known = fields_of(kind);
    for ((_, field), column) in mappings.iter().filter(|((layer, _), _)| *layer == kind) {
        if !known.iter().any(|spec| spec.name == field) {
            let names: Vec<_> = known.iter().map(|spec| spec.name).collect();
            return Err(ReadError::Mapping {
                mapping: format!("{}.{field}={column}", kind.name()),
                why: format!(
                    "`{}` has no field `{field}`; it has {}",
                    kind.name(),
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
            None => by_name(fields, spec, known),
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
    Ok(Recognised(slots))
}

fn find(fields: &[Field], name: &str) -> Option<usize> {
    let exact = fields.iter().position(|field| field.name == name);
    exact.or_else(|| {
        fields
            .iter()
            .position(|field| field.name.eq_ignore_ascii_case(name))
    })
}

fn by_name(fields: &[Field], spec: &FieldSpec, known: &[FieldSpec]) -> Option<(usize, Why)> {
    let FieldSpec {
        name: canonical,
        known_as,
    } = *spec;
    let by_alias = |name: &str| {
        fields
            .iter()
            .position(|field| field.alias.as_deref().is_some_and(|alias| alias == name))
    };
    let cut = |name: &str| {
        fields
            .iter()
            .position(|field| is_cut(&field.name, name) && !means_another(&field.name, spec, known))
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
            known_as
                .iter()
                .find_map(|name| cut(name))
                .map(|column| (column, Why::Cut))
        })
}

/// Whether `stored` is the Chinese `name` cut to a Shapefile's ten bytes: five characters in GBK, three in UTF-8.
fn is_cut(stored: &str, name: &str) -> bool {
    let (kept, all) = (stored.chars().count(), name.chars().count());
    kept < all && (kept == 3 || kept == 5) && !stored.is_ascii() && name.starts_with(stored)
}

/// Whether a cut name could as well be that of another field: `容积率` is the beginning of 容积率上限 and 容积率下限.
fn means_another(stored: &str, spec: &FieldSpec, known: &[FieldSpec]) -> bool {
    let others = known.iter().filter(|other| other.name != spec.name);
    let mut names = others.flat_map(|other| other.known_as);
    names.any(|name| *name == stored || is_cut(stored, name))
}

fn missing(kind: LayerKind, field: &str, column: &str, fields: &[Field]) -> ReadError {
    let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
    ReadError::Mapping {
        mapping: format!("{}.{field}={column}", kind.name()),
        why: format!(
            "there is no column `{column}`; the layer has {}",
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
            .0
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
    fn a_cut_name_that_fits_two_fields_is_neither() {
        let names = found(LayerKind::Plan, &["容积率", "建筑密"], &Mappings::new());
        assert_eq!(names, [("plot_ratio", "容积率".into(), Why::Name)]);
        assert!(found(LayerKind::Parcels, &["使用权"], &Mappings::new()).is_empty());
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
