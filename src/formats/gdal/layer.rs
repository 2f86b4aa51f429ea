//! A layer of an open dataset → its description, and its rows when they are asked for.

mod halves;
mod streams;
mod whole_gml;

use std::ffi::CString;
use std::sync::Arc;

use gdal::Dataset;
use gdal::vector::{LayerAccess, OwnedLayer};
use gdal_sys::OGRFieldType;

use super::columns::{Filling, kind_of};
use super::connect::{Connection, Opener, redact};
use super::dbf_days;
use super::loose_types::{self, Declared, Strayed, Strays};
use super::memory::MemoryFile;
use super::raw::{self, RawField};
use super::rows::{self, Part};
use super::shape_field::{crs_of, geometry_field};
use super::{messages, stream};
use crate::formats::SourceError;
use crate::formats::encoding::Texts;
use crate::formats::shape_column::ShapeColumn;
use crate::formats::{Batch, Field, Layer, LayerSchema, Source};

/// A layer that GDAL reads.
pub struct GdalLayer {
    // Before the memory file that its dataset reads from: fields are dropped in this order.
    layer: OwnedLayer,
    memory: Option<MemoryFile>,
    source: Source,
    schema: LayerSchema,
    /// For each of its fields: GDAL's index and description.
    stored: Vec<(usize, RawField)>,
    texts: Texts,
    /// Index and name of the geometry field that is read.
    geometry: Option<(usize, String)>,
    sagitta: f64,
    driver: String,
    opener: Opener,
}

impl GdalLayer {
    /// Describes a layer of the connection, which is found by `find`.
    ///
    /// # Errors
    /// When GDAL does not give the layer.
    pub fn open(
        source: &Source,
        connection: Connection,
        find: impl FnOnce(Dataset) -> gdal::errors::Result<OwnedLayer>,
    ) -> Result<Self, SourceError> {
        let Connection {
            dataset,
            opener,
            texts,
            mut notes,
            memory,
            crs: said,
            ..
        } = connection;
        let driver = dataset.driver().short_name();
        let is_shapefile = driver == "ESRI Shapefile";
        let layer = find(dataset).map_err(|error| SourceError::unreadable(source, error))?;
        let stored: Vec<(usize, RawField)> = raw::fields(&layer).into_iter().enumerate().collect();
        let (mut fields, mut kept, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        for (index, field) in stored {
            let Some(kind) = kind_of(&field) else {
                left_out.push(texts.decode(field.name.to_bytes()).into_owned());
                continue;
            };
            let alias = texts.decode(field.alias.to_bytes()).into_owned();
            fields.push(Field {
                name: texts.decode(field.name.to_bytes()).into_owned(),
                alias: (!alias.is_empty()).then_some(alias),
                kind,
                holds_times: field.kind == OGRFieldType::OFTDateTime,
                may_be_cut: is_shapefile && texts.fill_a_name(field.name.to_bytes()),
            });
            kept.push((index, field));
        }
        let geometry = geometry_field(&layer, &mut notes);
        let (crs, sagitta) = crs_of(
            &layer,
            geometry.as_ref().map_or(0, |(index, _)| *index),
            &mut notes,
        );
        let mut opened = Self {
            schema: LayerSchema {
                name: layer.name(),
                fields,
                has_geometry: geometry.is_some(),
                crs: said.or(crs),
                encoding: is_shapefile.then(|| texts.name()),
                left_out,
                feature_count: layer.try_feature_count(),
                notes,
            },
            driver,
            opener,
            layer,
            memory,
            source: source.clone(),
            stored: kept,
            texts,
            geometry,
            sagitta,
        };
        if opened.driver == "GML" && opened.schema.crs.is_none() && opened.geometry.is_some() {
            opened.schema.crs = opened.named_crs();
        }
        Ok(opened)
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

    /// Reads by columns where that is right, while a second thread looks whether it is.
    fn read_any(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, String> {
        let loose = self.loose_columns(columns);
        let names: Vec<(String, Declared)> = loose
            .iter()
            .map(|&(column, declared)| (self.schema.fields[column].name.clone(), declared))
            .collect();
        let names: Vec<(&str, Declared)> = names
            .iter()
            .map(|(name, declared)| (name.as_str(), *declared))
            .collect();
        let (opener, table) = (self.opener.clone(), self.schema.name.clone());
        let days = dbf_days::find(&self.source, &self.schema.name, columns, &self.stored)?;
        if !days.is_empty() {
            self.note_strays("date", &days);
            return self.read_rows(columns, &days, progress);
        }
        let (strays, batches) = std::thread::scope(|scope| {
            let strays = scope.spawn(|| loose_types::find(&opener, &table, &names));
            let batches = self
                .streams(columns)
                .then(|| self.read_stream(columns, progress));
            (strays.join(), batches)
        });
        let strays = strays.map_err(|_| "the look at column types broke off".to_owned())??;
        match batches {
            Some(batches) if strays.is_empty() => batches,
            _ => {
                let mut by_column = Strayed::new();
                for (place, strays) in strays {
                    let (column, declared) = loose[place];
                    let what = if declared == Declared::Date {
                        "date"
                    } else {
                        "number"
                    };
                    let strays = Strayed::from_iter([(column, strays)]);
                    self.note_strays(what, &strays);
                    by_column.extend(strays);
                }
                self.read_rows(columns, &by_column, progress)
            }
        }
    }

    /// The columns of numbers and days in which SQLite may keep anything.
    fn loose_columns(&self, columns: &[usize]) -> Vec<(usize, Declared)> {
        if !matches!(self.driver.as_str(), "GPKG" | "SQLite") {
            return Vec::new();
        }
        columns
            .iter()
            .filter_map(|&column| match self.stored[column].1.kind {
                OGRFieldType::OFTInteger | OGRFieldType::OFTInteger64 => {
                    Some((column, Declared::Whole))
                }
                OGRFieldType::OFTReal => Some((column, Declared::Real)),
                OGRFieldType::OFTDate => Some((column, Declared::Date)),
                _ => None,
            })
            .collect()
    }

    /// Says which columns hold something else than they are declared to.
    fn note_strays(&mut self, what: &str, strays: &Strayed) {
        let note = |(column, strays): (&usize, &Strays)| {
            let name = &self.schema.fields[*column].name;
            let rows = strays.len();
            format!("column `{name}` is declared as a {what}, and {rows} rows hold something else")
        };
        let notes: Vec<String> = strays.iter().map(note).collect();
        self.schema.notes.extend(notes);
    }

    fn read_stream(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, String> {
        let names: Vec<&str> = columns
            .iter()
            .map(|&column| self.schema.fields[column].name.as_str())
            .collect();
        let geometry = self.geometry.as_ref().map(|(_, name)| name.as_str());
        let shapes = ShapeColumn::new(self.sagitta, false);
        stream::read(&mut self.layer, &names, geometry, shapes, progress)
    }

    /// Reads feature by feature: one half here and one in a second thread where the source can begin in the middle.
    fn read_rows(
        &mut self,
        columns: &[usize],
        strays: &Strayed,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, String> {
        let fill = || {
            let filling = |column: &usize| {
                let (index, field) = &self.stored[*column];
                let filling = Filling::new(*index, field, self.texts);
                match strays.get(column) {
                    Some(strays) => filling.with_strays(Arc::clone(strays)),
                    None => filling,
                }
            };
            let shapes =
                ShapeColumn::new(self.sagitta, false).nesting(self.driver == "ESRI Shapefile");
            (columns.iter().map(filling).collect(), shapes)
        };
        let (fillings, shapes) = fill();
        let geometry = self.geometry.as_ref().map(|(index, _)| *index);
        let Some(middle) = self.middle() else {
            return rows::read(
                &mut self.layer,
                fillings,
                geometry,
                shapes,
                Part::default(),
                progress,
            );
        };
        let (second_fillings, second_shapes) = fill();
        let unwanted = self.unwanted(columns);
        let (opener, name) = (&self.opener, &self.schema.name);
        let (first, (second, heard)) = std::thread::scope(|scope| {
            let second = scope.spawn(move || {
                let read = || {
                    let dataset = opener.open()?;
                    let layer = dataset.into_layer_by_name(name);
                    let mut layer = layer.map_err(|error| error.to_string())?;
                    raw::ignore(&layer, &unwanted);
                    let part = Part {
                        first: middle.position,
                        until: None,
                    };
                    rows::read(
                        &mut layer,
                        second_fillings,
                        geometry,
                        second_shapes,
                        part,
                        progress,
                    )
                };
                (read(), messages::take())
            });
            let part = Part {
                first: 0,
                until: Some(middle.id),
            };
            let first = rows::read(&mut self.layer, fillings, geometry, shapes, part, progress);
            let broken = || {
                (
                    Err("the second reader broke off".to_owned()),
                    messages::Messages::default(),
                )
            };
            (first, second.join().unwrap_or_else(|_| broken()))
        });
        self.schema.notes.extend(heard.texts);
        let mut batches = first?;
        let before: u64 = batches.iter().map(|batch| batch.rows as u64).sum();
        batches.extend(second?.into_iter().map(|batch| Batch {
            first_row: before + batch.first_row,
            ..batch
        }));
        Ok(batches)
    }
}

impl Layer for GdalLayer {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        messages::take();
        raw::ignore(&self.layer, &self.unwanted(columns));
        let mut batches = self.read_any(columns, progress);
        if self.driver == "GML" {
            batches = self.whole_gml(batches, columns, progress);
        }
        let said = messages::take();
        if let (Ok(batches), Some(counted)) = (&batches, self.layer.try_feature_count()) {
            let read: u64 = batches.iter().map(|batch| batch.rows as u64).sum();
            if read != counted {
                self.schema.notes.push(format!(
                    "it says to have {counted} features, and {read} could be read"
                ));
            }
        }
        self.schema.notes.extend(
            said.texts
                .into_iter()
                .map(|text| redact(&self.source, text)),
        );
        batches.map_err(|why| SourceError::unreadable(&self.source, redact(&self.source, why)))
    }
}
