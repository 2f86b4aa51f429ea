//! One source → what was understood of it, and why, without any measure.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::admit::check_identity;
use super::computing::computing_crs;
use super::ground::without_width;
use super::known::Record;
use super::raw::RawLayer;
use super::recognise::{IGNORE, recognise};
use super::suggest::{Suggestion, suggest};
use super::table::{inspect_table, kind_of_file, kind_of_layer};
use super::{Inputs, ReadError, Request, Unclear, Why, fields_of};
use crate::formats::Layer;
use crate::formats::{OpenOptions, open};
use crate::geometry::plane_area;
use crate::model::{
    Account, Action, Building, Defect, DefectCount, FormerParcel, GivenPiece, LayerDecisions,
    LayerKind, Obstacle, Parcel, PlanBlock, SurveyBlock, count_defects, feature_name,
};
use crate::progress::Progress;

/// What a layer holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Inspection {
    /// The source as the user wrote it.
    pub source: String,
    /// The layer inside it.
    pub layer: String,
    /// The kind of layer it was taken for.
    pub kind: &'static str,
    /// Its fields, in order.
    pub fields: Vec<FieldFacts>,
    /// Fields of its kind that no column was found for.
    pub not_found: Vec<&'static str>,
    /// Columns whose cut names may be several fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unclear: Vec<Unclear>,
    /// Columns that may be fields which were not found, by what they hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggested: Vec<Suggestion>,
    /// What its geometry is; `None` for a table.
    pub geometry: Option<GeometryFacts>,
    /// What was decided from all its rows, as `--decisions` takes it.
    #[serde(skip_serializing_if = "is_nothing")]
    pub decisions: LayerDecisions,
    /// What was guessed or chosen.
    pub notes: Vec<String>,
}

fn is_nothing(decisions: &LayerDecisions) -> bool {
    *decisions == LayerDecisions::default()
}

/// A field of a layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FieldFacts {
    /// Its name as stored.
    pub name: String,
    /// Its second name.
    pub alias: Option<String>,
    /// How it is stored.
    pub stored_as: String,
    /// What it was taken for, with the year of a field by year.
    pub taken_for: Option<Cow<'static, str>>,
    /// The unit of its numbers, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Why.
    pub why: Option<&'static str>,
    /// Its first value that is known.
    pub example: Option<String>,
}

/// The geometry of a layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GeometryFacts {
    /// The CRS of its coordinates.
    pub crs: String,
    /// The CRS in which it would be measured.
    pub computing_crs: String,
    /// West, south, east, north of where most features lie, in its own CRS.
    pub extent: [f64; 4],
    /// Features in the source.
    pub features: u64,
    /// Features that are valid as they are.
    pub valid: u64,
    /// Features that can be mended.
    pub repaired: u64,
    /// Features that cannot be measured.
    pub quarantined: u64,
    /// The sum of its plane areas in m², overlaps as often as they come.
    pub area_m2: f64,
    /// How many features have a flaw, by its kind.
    pub flaws: BTreeMap<&'static str, u64>,
    /// Problems of its features and their figures by kind, the gravest first, each with what to do.
    pub problems: Vec<DefectCount>,
}

/// Looks at a source. Without a `kind`, it is taken for the kind of layer of which it has most fields.
///
/// # Errors
/// When it cannot be read, or lies nowhere for certain.
pub fn inspect(
    kind: Option<LayerKind>,
    request: &Request,
    inputs: &Inputs,
    progress: &dyn Progress,
) -> Result<Inspection, ReadError> {
    let kind = kind.or_else(|| kind_of_file(request, inputs));
    if let Some(table @ (LayerKind::Enterprises | LayerKind::Contracts | LayerKind::Storeys)) = kind
    {
        return inspect_table(table, request, inputs, progress);
    }
    let options = OpenOptions {
        encoding: request.encoding.clone(),
        role: kind.map(|kind| &kind.entry().role),
    };
    let mut layer = open(&request.source, &options)?;
    let kind = match kind {
        Some(kind) => kind,
        None => most_like(layer.as_ref(), inputs)?,
    };
    if matches!(
        kind,
        LayerKind::Enterprises | LayerKind::Contracts | LayerKind::Storeys
    ) {
        return inspect_table(kind, request, inputs, progress);
    }
    let recognised = recognise(kind, &layer.schema().fields, &inputs.mappings)?;
    let missing = fields_of(kind)
        .iter()
        .filter(|spec| recognised.slot(spec.name).is_none());
    let mut fields: Vec<FieldFacts> = layer
        .schema()
        .fields
        .iter()
        .map(|field| FieldFacts {
            name: field.name.clone(),
            alias: field.alias.clone(),
            stored_as: field.kind.to_string(),
            taken_for: None,
            unit: None,
            why: None,
            example: None,
        })
        .collect();
    for slot in recognised.slots() {
        fields[slot.column].taken_for = Some(Cow::Borrowed(slot.field));
        fields[slot.column].why = Some(Why::text(slot.why));
    }
    let mut inspection = Inspection {
        source: request.source.to_string(),
        layer: layer.schema().name.clone(),
        kind: kind.name(),
        fields,
        not_found: missing.map(|spec| spec.name).collect(),
        unclear: recognised.unclear().to_vec(),
        suggested: Vec::new(),
        decisions: LayerDecisions::default(),
        geometry: None,
        notes: Vec::new(),
    };
    inspection.suggested = suggest(kind, layer.as_mut(), &recognised)?;
    drop(layer);
    let inputs = &without_unclear(kind, inputs, &inspection.unclear);
    let raw = RawLayer::read(kind, request, inputs, progress, &mut inspection.notes)?;
    for field in &mut inspection.fields {
        field.example = field.taken_for.as_ref().and_then(|name| raw.example(name));
    }
    inspection.geometry = {
        let found = (&mut inspection.notes, &mut inspection.decisions);
        geometry_of(kind, raw, request, inputs, found)?
    };
    if kind == LayerKind::Obstacles {
        let flaws = inspection.geometry.as_ref().map(|found| &found.flaws);
        let lines = flaws.and_then(|flaws| flaws.get("not_polygonal"));
        inspection
            .notes
            .extend(without_width(lines.copied().unwrap_or_default()));
    }
    Ok(inspection)
}

/// The same inputs, in which columns that may be several fields are none.
fn without_unclear(kind: LayerKind, inputs: &Inputs, unclear: &[Unclear]) -> Inputs {
    let mut inputs = inputs.clone();
    if !unclear.is_empty() {
        let ignored = inputs.mappings.entry((kind, IGNORE.to_owned()));
        let ignored = ignored.or_default();
        for column in unclear {
            ignored.push('\n');
            ignored.push_str(&column.name);
        }
    }
    inputs
}

/// What the geometry of a layer is; `None` for a table.
fn geometry_of(
    kind: LayerKind,
    raw: RawLayer<'_>,
    request: &Request,
    inputs: &Inputs,
    notes: (&mut Vec<String>, &mut LayerDecisions),
) -> Result<Option<GeometryFacts>, ReadError> {
    Ok(Some(match kind {
        LayerKind::Parcels => look_at::<Parcel>(raw, request, inputs, notes)?,
        LayerKind::Buildings => look_at::<Building>(raw, request, inputs, notes)?,
        LayerKind::Plan => look_at::<PlanBlock>(raw, request, inputs, notes)?,
        LayerKind::Scattered => look_at::<GivenPiece>(raw, request, inputs, notes)?,
        LayerKind::Boundary => look_at::<SurveyBlock>(raw, request, inputs, notes)?,
        LayerKind::Obstacles => look_at::<Obstacle>(raw, request, inputs, notes)?,
        LayerKind::Before => look_at::<FormerParcel>(raw, request, inputs, notes)?,
        // none is a layer of shapes that a city has
        LayerKind::Storeys
        | LayerKind::Lineage
        | LayerKind::Enterprises
        | LayerKind::Contracts
        | LayerKind::Lots => return Ok(None),
    }))
}

/// The kind of layer of which a source has most fields; a table is one of lineage, of an office's
/// tables where it names what only those do, or else of storeys.
fn most_like(layer: &dyn Layer, inputs: &Inputs) -> Result<LayerKind, ReadError> {
    let found = |kind| -> Result<usize, ReadError> {
        Ok(recognise(kind, &layer.schema().fields, &inputs.mappings)?
            .slots()
            .len())
    };
    if !layer.schema().has_geometry {
        let origins = recognise(LayerKind::Lineage, &layer.schema().fields, &inputs.mappings)?;
        let is_lineage = origins.slot("parents").is_some() || layer.schema().name == "lineage";
        return Ok(if is_lineage {
            LayerKind::Lineage
        } else {
            kind_of_layer(layer, inputs).unwrap_or(LayerKind::Storeys)
        });
    }
    // they share their few fields with every other layer, so only their own name tells them
    let named = [
        LayerKind::Scattered,
        LayerKind::Boundary,
        LayerKind::Obstacles,
        LayerKind::Before,
    ];
    let named = named
        .into_iter()
        .find(|kind| layer.schema().name == kind.name());
    if let Some(kind) = named {
        return Ok(kind);
    }
    let mut most = (found(LayerKind::Parcels)?, LayerKind::Parcels);
    for kind in [LayerKind::Buildings, LayerKind::Plan] {
        let fields = found(kind)?;
        if fields > most.0 {
            most = (fields, kind);
        }
    }
    Ok(most.1)
}

fn look_at<T: Record>(
    mut raw: RawLayer<'_>,
    request: &Request,
    inputs: &Inputs,
    (notes, decided): (&mut Vec<String>, &mut LayerDecisions),
) -> Result<GeometryFacts, ReadError> {
    let place = raw.place(inputs.crs.as_deref(), notes)?;
    let extent = raw.extent();
    let asked = inputs.crs.as_deref();
    let asked = asked.or(inputs.decisions.computing_crs.as_deref());
    // a layer of lines alone has nothing to measure, but its fields can be looked at
    let crs = if extent.min.x <= extent.max.x || asked.is_some() {
        computing_crs(&request.source, asked, &place, extent, notes)?
    } else {
        place.crs.clone()
    };
    *decided = raw.settle(&place, &crs, T::CODED, notes)?;
    let (mut layer, mut defects) = raw.admit::<T>(&crs, notes);
    if T::IDENTIFIED {
        defects.extend(check_identity(&mut layer));
    }
    let Account {
        read,
        analysed,
        repaired,
        quarantined,
        ..
    } = layer.account;
    let mut flaws = BTreeMap::new();
    for defect in defects
        .iter()
        .filter(|defect| defect.action != Action::Noted)
    {
        *flaws.entry(defect.kind.name()).or_insert(0) += 1;
    }
    let square_metres = crs.metres().map_or(f64::NAN, |metres| metres * metres);
    for (row, shape) in layer.rows.iter().zip(layer.shapes.iter()) {
        let kinds = row.contradictions(plane_area(shape) * square_metres);
        defects.extend(kinds.into_iter().map(|kind| Defect {
            layer: T::KIND,
            feature: feature_name(row.id(), row.row()),
            kind,
            action: Action::Noted,
            detail: String::new(),
            at: None,
        }));
    }
    let area_m2 = if layer.rows.is_empty() {
        0.0
    } else {
        layer.shapes.iter().map(plane_area).sum::<f64>() * square_metres
    };
    Ok(GeometryFacts {
        crs: format!("{} {}", place.crs.label(), place.crs.name),
        computing_crs: format!("{} {}", crs.label(), crs.name),
        extent: [extent.min.x, extent.min.y, extent.max.x, extent.max.y],
        features: read,
        valid: analysed,
        repaired,
        quarantined,
        area_m2,
        flaws,
        problems: count_defects(defects.iter()),
    })
}
