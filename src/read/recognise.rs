//! The fields of a layer → which of them is what, and why.

use std::collections::BTreeMap;

use super::ReadError;
use super::cut_names::{Unclear, cut_names};
use super::dictionary::{FieldSpec, fields_of};
use super::unit::headed;
use crate::formats::Field;
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
    let unclear = cut_names(kind, fields, &ignored, &mut slots);
    Ok(Recognised { slots, unclear })
}

/// Whether a user says that a column is none of the fields of a layer.
pub(super) fn is_ignored(kind: LayerKind, mappings: &Mappings, column: &str) -> bool {
    let named = mappings.get(&(kind, IGNORE.to_owned()));
    named.is_some_and(|named| named.lines().any(|name| name.eq_ignore_ascii_case(column)))
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
        let is_it =
            |field: &Field| headed(&field.name, canonical).is_some_and(|(stem, _)| stem == name);
        fields.iter().position(is_it)
    };
    let known = |column: &dyn Fn(&str) -> Option<usize>, why| {
        let column = known_as.iter().find_map(|name| column(name))?;
        Some((column, why))
    };
    (find(fields, canonical).map(|column| (column, Why::Canonical)))
        .or_else(|| known(&|name| find(fields, name), Why::Name))
        .or_else(|| known(&by_alias, Why::Alias))
        .or_else(|| known(&with_unit, Why::Name))
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
mod tests;
