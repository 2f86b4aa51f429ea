//! A Shapefile, or a dBASE file alone → batches, decoded in parallel from memory maps.

mod records;
mod table;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::checked_encoding;
use crate::formats::dbf::dbf_of;
use crate::formats::encoding::Texts;
use crate::formats::shape_column::ShapeColumn;
use crate::formats::{
    Batch, CrsError, Layer, LayerSchema, LayerSummary, OpenOptions, Source, SourceError,
    describe_crs,
};
use records::{Record, Records};
use table::Table;

/// Rows in a batch.
const BATCH: usize = 65_536;

/// Opens a Shapefile by its `.shp`, or a table by its `.dbf`.
///
/// # Errors
/// When one of its files is missing or broken, or another layer was asked for.
pub(super) fn open(
    source: &Source,
    path: &Path,
    options: &OpenOptions,
) -> Result<ShapefileLayer, SourceError> {
    let asked = checked_encoding(source, options)?;
    let is_table = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("dbf"));
    let records = (!is_table)
        .then(|| Records::open(source, path))
        .transpose()?;
    let mut notes = Vec::new();
    let table = match dbf_of(path, None) {
        Some(dbf) => {
            let (table, note) = Table::open(source, &dbf, asked)?;
            notes.extend(note);
            Some(table)
        }
        None => None,
    };
    let crs = records.as_ref().and_then(|_| crs_of(path, &mut notes));
    let stem = path.file_stem().unwrap_or_default();
    let rows = records.as_ref().map(Records::len);
    let rows = rows.or_else(|| table.as_ref().map(Table::rows));
    Ok(ShapefileLayer {
        source: source.clone(),
        schema: LayerSchema {
            name: stem.to_string_lossy().into_owned(),
            fields: table.as_ref().map_or_else(Vec::new, Table::fields),
            has_geometry: records.is_some(),
            crs,
            encoding: Some(table.as_ref().map_or(Texts::Either, Table::texts).name()),
            feature_count: rows.map(|rows| rows as u64),
            notes,
            ..LayerSchema::default()
        },
        len: rows.unwrap_or_default(),
        table,
        records,
    })
}

/// The file of that extension beside another, whatever the case of its letters.
fn beside(path: &Path, extension: &str) -> Option<PathBuf> {
    let spellings = [extension.to_owned(), extension.to_uppercase()];
    let files = spellings.map(|extension| path.with_extension(extension));
    files.into_iter().find(|file| file.exists())
}

/// What the `.prj` says, where it is a system on the earth.
fn crs_of(path: &Path, notes: &mut Vec<String>) -> Option<String> {
    let bytes = std::fs::read(beside(path, "prj")?).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}').trim();
    match describe_crs(text) {
        Err(error @ CrsError::Local { .. }) => {
            notes.push(error.to_string());
            None
        }
        _ => Some(text.to_owned()).filter(|text| !text.is_empty()),
    }
}

/// A Shapefile, or a table without shapes.
pub(super) struct ShapefileLayer {
    source: Source,
    schema: LayerSchema,
    /// Rows, those among them that are deleted.
    len: usize,
    table: Option<Table>,
    records: Option<Records>,
}

/// A batch, and how many values of each of its columns are not of the kind of the column.
type Read = (Batch, Vec<usize>);

impl ShapefileLayer {
    /// It in short.
    pub(super) fn summary(&self) -> LayerSummary {
        LayerSummary {
            name: self.schema.name.clone(),
            features: Some(self.len as u64),
            geometry: self.records.as_ref().map(Records::kind),
        }
    }

    /// The rows that are not deleted.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> {
        let table = self.table.as_ref();
        let is_there = move |row: &usize| table.is_none_or(|table| !table.is_deleted(*row));
        (0..self.len).filter(is_there)
    }

    /// The geometry of a row over `wkb`.
    pub(super) fn wkb(&self, row: usize, wkb: &mut Vec<u8>) -> bool {
        let record = self.records.as_ref().map(|records| records.wkb(row, wkb));
        record == Some(Record::Geometry)
    }

    fn batch(&self, rows: std::ops::Range<usize>, columns: &[usize]) -> Read {
        let table = self.table.as_ref();
        let is_there = |row: &usize| table.is_none_or(|table| !table.is_deleted(*row));
        let rows: Vec<usize> = rows.filter(is_there).collect();
        let (mut shapes, mut wkb) = (ShapeColumn::new(0.01, false).nesting(true), Vec::new());
        if let Some(records) = &self.records {
            for &row in &rows {
                match records.wkb(row, &mut wkb) {
                    Record::Geometry => shapes.push(&wkb),
                    Record::Null => shapes.push_none(None),
                    Record::Broken(why) => shapes.push_none(Some(why.to_owned())),
                }
            }
        }
        let (shapes, flaws) = shapes.finish();
        let column = |&column: &usize| table.map(|table| table.column(column, &rows));
        let (columns, strays) = columns.iter().filter_map(column).unzip();
        let batch = Batch {
            first_row: 0,
            rows: rows.len(),
            columns,
            shapes: self.records.as_ref().map(|_| shapes),
            flaws,
        };
        (batch, strays)
    }

    fn note_strays(&mut self, columns: &[usize], read: &[Read]) {
        for (place, &column) in columns.iter().enumerate() {
            let rows: usize = read.iter().map(|(_, strays)| strays[place]).sum();
            if rows > 0 {
                let field = &self.schema.fields[column];
                let what = match field.kind {
                    arrow_schema::DataType::Date32 => "date",
                    _ => "number",
                };
                self.schema
                    .notes
                    .push(super::stray_note(&field.name, what, rows));
            }
        }
    }
}

impl Layer for ShapefileLayer {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let all = self.len;
        if columns
            .iter()
            .any(|&column| column >= self.schema.fields.len())
        {
            let why = "it changed while it was read";
            return Err(SourceError::unreadable(&self.source, why));
        }
        let firsts: Vec<usize> = (0..all).step_by(BATCH).collect();
        let batch = |&first: &usize| {
            let read = self.batch(first..(first + BATCH).min(all), columns);
            progress(read.0.rows as u64);
            read
        };
        let mut read: Vec<Read> = firsts.par_iter().map(batch).collect();
        self.note_strays(columns, &read);
        let mut rows = 0;
        for (batch, _) in &mut read {
            batch.first_row = rows;
            rows += batch.rows as u64;
        }
        if rows != all as u64 {
            self.schema.notes.push(format!(
                "it says to have {all} features, and {rows} could be read"
            ));
        }
        let batches = read.into_iter().map(|(batch, _)| batch);
        Ok(batches.filter(|batch| batch.rows > 0).collect())
    }
}
