//! A GeoPackage (OGC 12-128) → batches, by SQLite.

mod file;
mod values;

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

use super::{checked_encoding, encoding_note};
use crate::formats::shape_column::ShapeColumn;
use crate::formats::{
    Batch, CrsError, Field, Layer, LayerSchema, LayerSummary, OpenOptions, Source, SourceError,
    choose, describe_crs,
};
use file::{Declared, Listed, quoted};
use values::Filling;

/// Rows in a batch.
const BATCH: usize = 65_536;

/// Opens the layer that is named, or the one of several that is meant.
///
/// # Errors
/// When it is no GeoPackage, has no such layer, or it is not clear which one is meant.
pub(super) fn open(
    source: &Source,
    path: &Path,
    options: &OpenOptions,
) -> std::result::Result<GeoPackageLayer, SourceError> {
    checked_encoding(source, options)?;
    let broken = |why: rusqlite::Error| unreadable(source, &why);
    let file = file::connect(path).map_err(broken)?;
    let mut listed = file::layers(&file).map_err(broken)?;
    let summaries: Vec<LayerSummary> = listed
        .iter()
        .map(|layer| file::summary(&file, layer, false))
        .collect();
    let (index, note) = choose::choose(source, options.role, &summaries)?;
    let layer = listed.swap_remove(index);
    let declared = file::columns(&file, &layer).map_err(broken)?;
    let mut notes = Vec::from_iter(encoding_note(options));
    notes.extend(note);
    let (crs, sagitta) = crs_of(&file, &layer, &mut notes);
    let (columns, bytes): (Vec<_>, Vec<_>) = declared
        .into_iter()
        .partition(|column| column.kind != file::ColumnKind::Bytes);
    let field = |column: &Declared| Field {
        holds_times: column.kind == file::ColumnKind::Time,
        ..Field::new(&column.name, column.kind.data_type())
    };
    Ok(GeoPackageLayer {
        source: source.clone(),
        schema: LayerSchema {
            name: layer.name.clone(),
            fields: columns.iter().map(field).collect(),
            has_geometry: layer.geometry.is_some(),
            crs,
            left_out: bytes.into_iter().map(|column| column.name).collect(),
            feature_count: file::rows(&file, &layer.name).ok(),
            notes,
            ..LayerSchema::default()
        },
        columns,
        layer,
        sagitta,
        file,
    })
}

/// The layers of a file.
///
/// # Errors
/// When it is no GeoPackage.
pub(super) fn layers(
    source: &Source,
    path: &Path,
) -> std::result::Result<Vec<LayerSummary>, SourceError> {
    let broken = |why: rusqlite::Error| unreadable(source, &why);
    let file = file::connect(path).map_err(broken)?;
    let listed = file::layers(&file).map_err(broken)?;
    let listed = listed.iter();
    Ok(listed
        .map(|layer| file::summary(&file, layer, true))
        .collect())
}

/// Each column of a layer that has a second name (schema extension, OGC 12-128 annex F.9), and that name.
pub(super) fn second_names(path: &Path, layer: &str) -> Vec<(String, String)> {
    let read = || {
        let file = file::connect(path)?;
        let sql = "SELECT column_name, COALESCE(title, name) FROM gpkg_data_columns WHERE table_name = ?1";
        let mut rows = file.prepare(sql)?;
        let rows = rows.query_map([layer], |row| {
            Ok((row.get(0)?, row.get::<_, Option<String>>(1)?))
        })?;
        rows.collect::<Result<Vec<_>>>()
    };
    // most GeoPackages have no such table
    let names: Vec<(String, Option<String>)> = read().unwrap_or_default();
    let names = names
        .into_iter()
        .filter_map(|(column, name)| Some((column, name?)));
    names.filter(|(_, name)| !name.is_empty()).collect()
}

fn unreadable(source: &Source, why: &rusqlite::Error) -> SourceError {
    SourceError::unreadable(
        source,
        format!("it is no GeoPackage, or it is broken ({why})"),
    )
}

/// The CRS where it is one on the earth, and a centimetre in its units.
fn crs_of(file: &Connection, layer: &Listed, notes: &mut Vec<String>) -> (Option<String>, f64) {
    let definition = layer
        .geometry
        .as_ref()
        .and_then(|geometry| geometry.definition(file));
    match definition.as_deref().map(describe_crs) {
        Some(Err(error @ CrsError::Local { .. })) => {
            notes.push(error.to_string());
            (None, 0.01)
        }
        Some(Ok(crs)) => (
            definition,
            crs.metres().map_or(1e-7, |metres| 0.01 / metres),
        ),
        _ => (definition, 0.01),
    }
}

/// A layer of a GeoPackage.
pub(super) struct GeoPackageLayer {
    file: Connection,
    source: Source,
    schema: LayerSchema,
    layer: Listed,
    columns: Vec<Declared>,
    sagitta: f64,
}

impl GeoPackageLayer {
    /// Hands the geometry of each row on as well-known binary; nothing for a row without one.
    ///
    /// # Errors
    /// When the file breaks off.
    pub(super) fn each_wkb(
        &self,
        mut take: impl FnMut(Option<&[u8]>),
    ) -> std::result::Result<(), SourceError> {
        self.each_row(true, &[], |row| {
            take(match row.get_ref(0)? {
                ValueRef::Blob(blob) => well_known(blob),
                _ => None,
            });
            Ok(())
        })
        .map_err(|why| unreadable(&self.source, &why))
    }

    /// Goes through all rows: their geometry where it is wanted and there is one, then these columns.
    fn each_row(
        &self,
        geometry: bool,
        columns: &[usize],
        mut take: impl FnMut(&rusqlite::Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let geometry = self.layer.geometry.iter().filter(|_| geometry);
        let geometry = geometry.map(|geometry| &geometry.name);
        let names = columns.iter().map(|&column| &self.columns[column].name);
        let mut names: Vec<String> = geometry.chain(names).map(|name| quoted(name)).collect();
        if names.is_empty() {
            names.push("NULL".to_owned());
        }
        let sql = format!(
            "SELECT {} FROM {}",
            names.join(", "),
            quoted(&self.layer.name)
        );
        let mut statement = self.file.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        Ok(())
    }

    fn read_rows(
        &self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<(Vec<Batch>, Vec<Filling>)> {
        let kinds = columns.iter().map(|&column| self.columns[column].kind);
        let mut fillings: Vec<Filling> = kinds.map(Filling::new).collect();
        let strays = self.strays(columns)?;
        let mut shapes = ShapeColumn::new(self.sagitta, false);
        let has_geometry = self.schema.has_geometry;
        let (mut batches, mut filled, mut total) = (Vec::new(), 0, 0);
        let mut end = |fillings: &mut [Filling], shapes: &mut ShapeColumn, rows: usize| {
            let (read, flaws) = shapes.finish();
            let columns = fillings.iter_mut().zip(&strays);
            batches.push(Batch {
                first_row: total,
                rows,
                columns: columns
                    .map(|(filling, strays)| filling.finish(*strays))
                    .collect(),
                shapes: has_geometry.then_some(read),
                flaws,
            });
            progress(rows as u64);
            total += rows as u64;
        };
        self.each_row(true, columns, |row| {
            if has_geometry {
                match row.get_ref(0)? {
                    ValueRef::Null => shapes.push_none(None),
                    ValueRef::Blob(blob) => match well_known(blob) {
                        Some(wkb) => shapes.push(wkb),
                        None => shapes.push_none(Some(NO_GEOMETRY.to_owned())),
                    },
                    _ => shapes.push_none(Some(NO_GEOMETRY.to_owned())),
                }
            }
            for (place, filling) in fillings.iter_mut().enumerate() {
                filling.push(row.get_ref(place + usize::from(has_geometry))?);
            }
            filled += 1;
            if filled == BATCH {
                end(&mut fillings, &mut shapes, filled);
                filled = 0;
            }
            Ok(())
        })?;
        if filled > 0 {
            end(&mut fillings, &mut shapes, filled);
        }
        Ok((batches, fillings))
    }

    /// Which of these columns hold anything that they are not declared to: these are read as text throughout.
    fn strays(&self, columns: &[usize]) -> Result<Vec<bool>> {
        let kinds = columns.iter().map(|&column| self.columns[column].kind);
        let mut fillings: Vec<Filling> = kinds.map(Filling::new).collect();
        if fillings.iter().all(Filling::takes_anything) {
            return Ok(vec![false; columns.len()]);
        }
        self.each_row(false, columns, |row| {
            for (place, filling) in fillings.iter_mut().enumerate() {
                filling.look(row.get_ref(place)?);
            }
            Ok(())
        })?;
        Ok(fillings
            .iter()
            .map(|filling| filling.strays() > 0)
            .collect())
    }
}

const NO_GEOMETRY: &str = "the bytes are no geometry of a GeoPackage";

/// The well-known binary behind the head of a geometry (OGC 12-128, clause 2.1.3).
fn well_known(blob: &[u8]) -> Option<&[u8]> {
    let [b'G', b'P', _, flags, ..] = blob else {
        return None;
    };
    let envelope = match (flags >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return None,
    };
    blob.get(8 + envelope..)
}

impl Layer for GeoPackageLayer {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> std::result::Result<Vec<Batch>, SourceError> {
        let read = self.read_rows(columns, progress);
        let (batches, fillings) = read.map_err(|why| unreadable(&self.source, &why))?;
        for (&column, filling) in columns.iter().zip(&fillings) {
            if filling.strays() > 0 {
                let name = &self.schema.fields[column].name;
                let note = super::stray_note(name, filling.what(), filling.strays());
                self.schema.notes.push(note);
            }
        }
        Ok(batches)
    }
}
