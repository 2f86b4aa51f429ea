//! A layer of an open dataset → its description, and its rows when they are asked for.

use std::ffi::CString;

use gdal::vector::{LayerAccess, LayerCaps, OwnedLayer};
use gdal_sys::{OGRFieldType, OGRwkbGeometryType};

use super::columns::{Filling, kind_of};
use super::connect::{Connection, redact};
use super::encoding::Texts;
use super::memory::MemoryFile;
use super::raw::{self, RawField};
use super::shape_column::ShapeColumn;
use super::{is_polygonal, messages, rows, stream};
use crate::read::{Batch, CrsError, Field, Layer, ReadError, Source, describe_crs};

/// A layer that GDAL reads.
pub struct GdalLayer {
    // Before the memory file that its dataset reads from: fields are dropped in this order.
    layer: OwnedLayer,
    _memory: Option<MemoryFile>,
    source: Source,
    name: String,
    fields: Vec<Field>,
    /// For each of `fields`: GDAL's index and description.
    stored: Vec<(usize, RawField)>,
    texts: Texts,
    /// Index and name of the geometry field that is read.
    geometry: Option<(usize, String)>,
    crs: Option<String>,
    sagitta: f64,
    notes: Vec<String>,
}

impl GdalLayer {
    /// Describes the layer, which belongs to the connection's dataset.
    pub fn new(
        source: &Source,
        layer: OwnedLayer,
        texts: Texts,
        mut notes: Vec<String>,
        memory: Option<MemoryFile>,
    ) -> Self {
        let stored: Vec<(usize, RawField)> = raw::fields(&layer).into_iter().enumerate().collect();
        let (mut fields, mut kept) = (Vec::new(), Vec::new());
        for (index, field) in stored {
            let Some(kind) = kind_of(&field) else {
                continue;
            };
            let alias = texts.decode(field.alias.to_bytes()).into_owned();
            fields.push(Field {
                name: texts.decode(field.name.to_bytes()).into_owned(),
                alias: (!alias.is_empty()).then_some(alias),
                kind,
            });
            kept.push((index, field));
        }
        let geometry = geometry_field(&layer, &mut notes);
        let (crs, sagitta) = crs_of(
            &layer,
            geometry.as_ref().map_or(0, |(index, _)| *index),
            &mut notes,
        );
        Self {
            name: layer.name(),
            layer,
            _memory: memory,
            source: source.clone(),
            fields,
            stored: kept,
            texts,
            geometry,
            crs,
            sagitta,
            notes,
        }
    }

    /// Opens the layer at `index` of the connection.
    pub fn open(source: &Source, connection: Connection, index: usize) -> Result<Self, ReadError> {
        let Connection {
            dataset,
            texts,
            notes,
            memory,
            ..
        } = connection;
        let layer = dataset
            .into_layer(index)
            .map_err(|error| ReadError::unreadable(source, error))?;
        Ok(Self::new(source, layer, texts, notes, memory))
    }

    /// Names of the fields that need not be read. One that shares its name with a wanted one is read too.
    fn unwanted(&self, columns: &[usize]) -> Vec<CString> {
        let wanted: Vec<&RawField> = columns
            .iter()
            .map(|&column| &self.stored[column].1)
            .collect();
        let same = |field: &RawField| {
            wanted.iter().any(|other| {
                other
                    .name
                    .to_bytes()
                    .eq_ignore_ascii_case(field.name.to_bytes())
            })
        };
        raw::fields(&self.layer)
            .into_iter()
            .filter(|field| !same(field))
            .map(|field| field.name)
            .collect()
    }

    /// Whether GDAL fills columns itself for this layer, and does so right for these fields.
    fn streams(&self, columns: &[usize]) -> bool {
        // Times are moved to Greenwich there, and lists and times of day come in types that rules do not read.
        let plain = |field: &RawField| {
            matches!(
                field.kind,
                OGRFieldType::OFTInteger
                    | OGRFieldType::OFTInteger64
                    | OGRFieldType::OFTReal
                    | OGRFieldType::OFTString
                    | OGRFieldType::OFTDate
            )
        };
        // SQLite takes 127 arguments in the function that fills the columns.
        self.layer.has_capability(LayerCaps::OLCFastGetArrowStream)
            && columns.len() < 100
            && columns.iter().all(|&column| plain(&self.stored[column].1))
            && names_are_unique(
                columns
                    .iter()
                    .map(|&column| self.fields[column].name.as_str())
                    .chain(self.geometry.as_ref().map(|(_, name)| name.as_str())),
            )
    }
}

fn names_are_unique<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names.windows(2).all(|pair| pair[0] != pair[1])
}

impl Layer for GdalLayer {
    fn name(&self) -> &str {
        &self.name
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn has_geometry(&self) -> bool {
        self.geometry.is_some()
    }

    fn crs(&self) -> Option<&str> {
        self.crs.as_deref()
    }

    fn feature_count(&self) -> Option<u64> {
        self.layer.try_feature_count()
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, ReadError> {
        messages::take();
        raw::ignore(&self.layer, &self.unwanted(columns));
        let shapes = ShapeColumn::new(self.sagitta, false);
        let batches = if self.streams(columns) {
            let names: Vec<&str> = columns
                .iter()
                .map(|&column| self.fields[column].name.as_str())
                .collect();
            let geometry = self.geometry.as_ref().map(|(_, name)| name.as_str());
            stream::read(&mut self.layer, &names, geometry, shapes, progress)
        } else {
            let fillings = columns
                .iter()
                .map(|&column| {
                    let (index, field) = &self.stored[column];
                    Filling::new(*index, field, self.texts)
                })
                .collect();
            let geometry = self.geometry.as_ref().map(|(index, _)| *index);
            rows::read(
                &mut self.layer,
                fillings,
                geometry,
                shapes,
                rows::Part::default(),
                progress,
            )
        };
        let said = messages::take();
        if let (Ok(batches), Some(counted)) = (&batches, self.layer.try_feature_count()) {
            let read: u64 = batches.iter().map(|batch| batch.rows as u64).sum();
            if read != counted {
                self.notes.push(format!(
                    "it says to have {counted} features, and {read} could be read"
                ));
            }
        }
        self.notes.extend(
            said.texts
                .into_iter()
                .map(|text| redact(&self.source, text)),
        );
        batches.map_err(|why| ReadError::unreadable(&self.source, redact(&self.source, why)))
    }
}

/// The first geometry field with polygons, else the first: INSPIRE parcels have a reference point beside their shape.
fn geometry_field(layer: &OwnedLayer, notes: &mut Vec<String>) -> Option<(usize, String)> {
    let there: Vec<(usize, String, bool)> = layer
        .defn()
        .geom_fields()
        .enumerate()
        .filter(|(_, field)| field.field_type() != OGRwkbGeometryType::wkbNone)
        .map(|(index, field)| (index, field.name(), is_polygonal(field.field_type())))
        .collect();
    let (index, name, _) = there
        .iter()
        .find(|(_, _, polygons)| *polygons)
        .or(there.first())?;
    if there.len() > 1 {
        let names: Vec<String> = there
            .iter()
            .map(|(_, name, _)| format!("`{name}`"))
            .collect();
        notes.push(format!(
            "took the geometry `{name}` (there are {})",
            names.join(", ")
        ));
    }
    Some((*index, name.clone()))
}

/// The CRS as PROJJSON where it is one on the earth, and a centimetre in its units.
fn crs_of(layer: &OwnedLayer, geometry: usize, notes: &mut Vec<String>) -> (Option<String>, f64) {
    let field = layer.defn().geom_fields().nth(geometry);
    let Some(srs) = field
        .and_then(|field| field.spatial_ref().ok())
        .or_else(|| layer.spatial_ref())
    else {
        messages::take();
        return (None, 0.01);
    };
    let definition = srs
        .to_projjson()
        .ok()
        .filter(|json| !json.is_empty())
        .or_else(|| srs.to_wkt().ok());
    let (definition, sagitta) = match definition.as_deref().map(describe_crs) {
        Some(Err(error @ CrsError::Local { .. })) => {
            notes.push(error.to_string());
            (None, 0.01)
        }
        Some(Ok(crs)) => (
            definition,
            crs.metres().map_or(1e-7, |metres| 0.01 / metres),
        ),
        _ => (definition, 0.01),
    };
    messages::take();
    (definition, sagitta)
}
