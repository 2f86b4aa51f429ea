//! A table of an office → what was understood of it; a source → whether it is such a table.

use std::borrow::Cow;

use super::OfficeTable;
use super::columns::{TableColumns, TableSlot};
use super::unsaid_units::settle_units;
use super::vocabulary::Vocabulary;
use crate::formats::office::{self, Unit, is_office};
use crate::formats::{Field, Layer};
use crate::model::LayerKind;
use crate::progress::Progress;
use crate::quantity::Exact;
use crate::read::{FieldFacts, Inputs, Inspection, ReadError, Request, Why, fields_of};

/// The kinds that are tables of an office.
const KINDS: [LayerKind; 3] = [
    LayerKind::Enterprises,
    LayerKind::Contracts,
    LayerKind::Storeys,
];

/// Looks at a table of enterprises, of contracts or of storeys.
///
/// # Errors
/// When it cannot be read as such.
pub(in crate::read) fn inspect_table(
    kind: LayerKind,
    request: &Request,
    inputs: &Inputs,
    progress: &dyn Progress,
) -> Result<Inspection, ReadError> {
    let mut notes = Vec::new();
    let mut table = OfficeTable::read(kind, request, inputs, progress, &mut notes)?;
    notes.extend(settle_units(&mut table));
    let field = |(field, column): (&Field, usize)| {
        let slot = table
            .columns
            .slots
            .iter()
            .find(|slot| slot.column == column);
        FieldFacts {
            name: field.name.clone(),
            alias: field.alias.clone(),
            stored_as: field.kind.to_string(),
            taken_for: slot.map(taken_for),
            unit: slot.and_then(unit),
            why: slot.map(|slot| Why::text(slot.why)),
            example: slot.and_then(|_| table.example(column)),
        }
    };
    let missing = fields_of(kind)
        .iter()
        .filter(|spec| table.slot(spec.name).is_none());
    Ok(Inspection {
        source: request.source.to_string(),
        layer: table.name.clone(),
        kind: kind.name(),
        fields: table.fields.iter().zip(0..).map(field).collect(),
        not_found: missing.map(|spec| spec.name).collect(),
        unclear: table.columns.unclear.clone(),
        suggested: Vec::new(),
        decisions: table.decided.clone(),
        geometry: None,
        notes,
    })
}

fn taken_for(slot: &TableSlot) -> Cow<'static, str> {
    match slot.year {
        Some(year) if slot.sort.by_year() => Cow::Owned(format!("{}.{year}", slot.field)),
        _ => Cow::Borrowed(slot.field),
    }
}

/// The unit of a column, in words.
fn unit(slot: &TableSlot) -> Option<String> {
    let (size, base) = match slot.unit? {
        Unit::Land(size) if size == Exact::MU_M2 => (Exact::ONE, "亩"),
        Unit::Land(size) => (size, "m²"),
        Unit::Length(size) => (size, "m"),
        Unit::Money(size) => (size, "万元"),
        Unit::MoneyPerLand(size) => (size, "万元/亩"),
        Unit::Foreign => return None,
    };
    Some(if size == Exact::ONE {
        base.to_owned()
    } else {
        format!("{size} {base}")
    })
}

/// The kind of table that a file of an office is, where its header names what only that kind has.
pub(in crate::read) fn kind_of_file(request: &Request, inputs: &Inputs) -> Option<LayerKind> {
    if !is_office(&request.source) {
        return None;
    }
    KINDS.into_iter().find(|kind| {
        let Ok(vocabulary) = Vocabulary::of(*kind, &inputs.mappings) else {
            return false;
        };
        let knows = |heading: &office::Heading| vocabulary.key(heading);
        let encoding = request.encoding.as_deref();
        let layer = office::open(&request.source, encoding, kind.name(), &knows, true);
        layer.is_ok_and(|layer| {
            let sheet = Some(layer.sheet());
            let fields = &layer.schema().fields;
            let columns = TableColumns::of(&vocabulary, kind.name(), fields, sheet);
            says(*kind, &columns)
        })
    })
}

/// The kind of table that a layer without geometry is, where its fields name what only that kind has.
pub(in crate::read) fn kind_of_layer(layer: &dyn Layer, inputs: &Inputs) -> Option<LayerKind> {
    KINDS.into_iter().find(|kind| {
        Vocabulary::of(*kind, &inputs.mappings).is_ok_and(|vocabulary| {
            let fields = &layer.schema().fields;
            let columns = TableColumns::of(&vocabulary, kind.name(), fields, None);
            says(*kind, &columns)
        })
    })
}

/// Whether a table has what no other kind has.
fn says(kind: LayerKind, columns: &TableColumns) -> bool {
    let has = |field: &str| columns.slot(field).is_some();
    let any = |fields: &[&str]| fields.iter().any(|field| has(field));
    match kind {
        LayerKind::Enterprises => {
            let code = columns.slot("id").is_some_and(|slot| slot.why == Why::Name);
            code && has("name") || any(&["evaluation_class", "tax_wan", "tax_per_mu_wan"])
        }
        LayerKind::Storeys => has("building_id") && any(&["level", "floor_area", "storey_height"]),
        _ => {
            has("parcel_id")
                && any(&[
                    "due_start",
                    "started",
                    "due_completion",
                    "price_wan",
                    "should_develop_m2",
                ])
        }
    }
}
