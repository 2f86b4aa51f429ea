//! Names of columns that were cut to the ten bytes of a dBASE file → the fields that they may have been.

use serde::Serialize;

use super::dictionary::{FieldSpec, fields_of};
use super::recognise::{Slot, Why};
use super::{ReadError, Request};
use crate::formats::Field;
use crate::model::LayerKind;

/// So many bytes a dBASE file keeps of a name.
const KEPT: usize = 10;

/// A column whose cut name may be several fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unclear {
    /// The position of the column.
    #[serde(skip)]
    pub column: usize,
    /// Its name as stored.
    pub name: String,
    /// The fields that it may be.
    pub may_be: Vec<&'static str>,
    /// Whether the file cuts names, so that the layer is refused; else the column is only not used.
    #[serde(skip)]
    pub refused: bool,
}

impl Unclear {
    /// The arguments of which one says what the column is.
    pub fn options(&self, kind: &str) -> Vec<String> {
        let fields = self
            .may_be
            .iter()
            .copied()
            .chain([super::recognise::IGNORE]);
        fields
            .map(|field| format!("--map {kind}.{field}={}", self.name))
            .collect()
    }
}

/// Adds the fields whose cut name fits no other, and gives the columns that may be several.
///
/// A whole name is trusted, but where the file cuts names and others that begin with it say which bound a limit is:
/// `plot_ratio` may be all that is left of `plot_ratio_min`.
pub(super) fn cut_names(
    kind: LayerKind,
    fields: &[Field],
    ignored: &dyn Fn(&str) -> bool,
    slots: &mut Vec<Slot>,
) -> Vec<Unclear> {
    let known = fields_of(kind);
    let mut unclear = Vec::new();
    let mut found: Vec<Slot> = Vec::new();
    for (column, field) in fields.iter().enumerate() {
        let name = field.name.as_str();
        let of_column = |slot: &&Slot| slot.column == column;
        let whole: Vec<&Slot> = slots.iter().filter(of_column).collect();
        if ignored(name) || whole.iter().any(|slot| slot.why == Why::Mapped) {
            continue;
        }
        let again = kept_of_twin(name).filter(|kept| {
            let before = fields.iter().take(column);
            let mut before = before.map(|field| field.name.to_lowercase());
            before.any(|other| other.starts_with(&kept.to_lowercase()))
        });
        let free = |spec: &&FieldSpec| slots.iter().all(|slot| slot.field != spec.name);
        let fits = |spec: &&FieldSpec| {
            let mut names = std::iter::once(&spec.name).chain(spec.known_as);
            names.any(|full| is_cut(name, full) || again.is_some_and(|kept| begins(kept, full)))
        };
        let mut may_be: Vec<&'static str> = known
            .iter()
            .filter(|spec| free(spec) && fits(spec))
            .map(|spec| spec.name)
            .collect();
        // what numbers the unit numbers the parcel
        if may_be.contains(&"id") {
            may_be.retain(|field| *field != "unit_number");
        }
        let refused = field.may_be_cut;
        if !whole.is_empty() {
            let bounds = may_be.iter().any(|field| is_bound(field));
            let either = whole.iter().any(|slot| is_either(slot.field, known));
            if !(refused && bounds && either) {
                continue;
            }
            may_be.extend(whole.iter().map(|slot| slot.field));
            may_be.sort_by_key(|field| known.iter().position(|spec| spec.name == *field));
            slots.retain(|slot| slot.column != column);
        }
        match may_be[..] {
            [field] if whole_is_new(&found, field) => found.push(Slot {
                field,
                column,
                name: name.to_owned(),
                why: Why::Cut,
            }),
            [] | [_] => {}
            _ => unclear.push(Unclear {
                column,
                name: name.to_owned(),
                may_be,
                // what a layer of parcels calls a plot ratio is mostly a measured one
                refused: refused && kind != LayerKind::Parcels,
            }),
        }
    }
    slots.extend(found);
    slots.sort_by_key(|slot| known.iter().position(|spec| spec.name == slot.field));
    unclear
}

fn whole_is_new(found: &[Slot], field: &str) -> bool {
    found.iter().all(|slot| slot.field != field)
}

/// Whether `stored` is what ten bytes keep of `full`: ten letters, five Chinese characters in GBK, three in UTF-8.
pub(super) fn is_cut(stored: &str, full: &str) -> bool {
    let (kept, all) = (stored.chars().count(), full.chars().count());
    if kept >= all || !begins(stored, full) {
        return false;
    }
    if stored.is_ascii() {
        // the next character may be longer
        let next = full
            .chars()
            .nth(kept)
            .map_or(1, |c| if c.is_ascii() { 1 } else { 3 });
        return stored.len() <= KEPT && stored.len() + next > KEPT;
    }
    let size = |wide: usize| {
        let bytes = |c: char| if c.is_ascii() { 1 } else { wide };
        let next = full.chars().nth(kept).map_or(0, bytes);
        let stored: usize = stored.chars().map(bytes).sum();
        stored <= KEPT && stored + next > KEPT
    };
    size(2) || size(3)
}

fn begins(stored: &str, full: &str) -> bool {
    let mut full = full.chars().flat_map(char::to_lowercase);
    let mut stored = stored.chars().flat_map(char::to_lowercase);
    stored.all(|c| full.next() == Some(c))
}

/// What is left of a name that another was cut to before: `plot_rat` of `plot_rat_1`.
fn kept_of_twin(name: &str) -> Option<&str> {
    let (kept, number) = name.rsplit_once('_')?;
    let is_number = (1..=2).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let is_full = name.len() >= KEPT - 2 && kept.len() >= 6;
    (is_number && is_full).then_some(kept)
}

fn is_bound(field: &str) -> bool {
    field.ends_with("_min") || field.ends_with("_max")
}

/// Whether a field is of a limit that does not say which bound it is.
fn is_either(field: &str, known: &[FieldSpec]) -> bool {
    let mut names = known.iter().map(|spec| spec.name);
    names.any(|other| other.strip_prefix(field) == Some("_min"))
}

/// Refuses a layer in which names may be several fields.
///
/// # Errors
/// With every such name, the fields that it may be, and the options of which one says it.
pub(super) fn must_be_clear(
    kind: LayerKind,
    request: &Request,
    unclear: &[Unclear],
) -> Result<(), ReadError> {
    let refused: Vec<String> = unclear
        .iter()
        .filter(|unclear| unclear.refused)
        .map(|unclear| unclear.text(kind.name()))
        .collect();
    if refused.is_empty() {
        return Ok(());
    }
    Err(ReadError::Unsuitable {
        name: request.source.to_string(),
        layer: kind.name(),
        why: refused.join("; "),
    })
}

impl Unclear {
    /// What may be meant, and how to say it.
    pub(super) fn text(&self, kind: &str) -> String {
        format!(
            "its column `{}` was cut to ten bytes and may be {}; say which with {}",
            self.name,
            self.may_be.join(" or "),
            self.options(kind)
                .iter()
                .map(|option| format!("`{option}`"))
                .collect::<Vec<_>>()
                .join(" or ")
        )
    }
}
