//! A table of text (`.csv`, `.tsv`, `.psv`) → batches of texts, with the geometry that a column of it holds.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use csv::StringRecord;
use rayon::prelude::*;

use super::checked_encoding;
use crate::formats::encoding::Texts;
use crate::formats::plain_text;
use crate::formats::rewritten::{rewrite, separator};
use crate::formats::shape_column::ShapeColumn;
use crate::formats::{
    Batch, Field, Layer, LayerSchema, LayerSummary, OpenOptions, Source, SourceError,
};

/// Column names under which tables of text keep a geometry.
const GEOMETRIES: [&str; 9] = [
    "WKT",
    "GEOM",
    "GEOMETRY",
    "THE_GEOM",
    "坐标",
    "坐标串",
    "图形",
    "几何",
    "_WKT",
];

/// Rows in a batch.
const BATCH: usize = 16_384;

/// A table of text.
pub(super) struct Delimited {
    schema: LayerSchema,
    /// Where each of its fields stands in a record.
    places: Vec<usize>,
    /// Where the geometry stands.
    geometry: Option<usize>,
    records: Vec<StringRecord>,
}

/// Reads the table.
///
/// # Errors
/// When it cannot be read, or is no table.
pub(super) fn open(
    source: &Source,
    path: &Path,
    options: &OpenOptions,
) -> Result<Delimited, SourceError> {
    let unreadable = |why: String| SourceError::unreadable(source, why);
    let asked = match checked_encoding(source, options)? {
        Some(Texts::In(encoding)) => Some(encoding),
        _ => None,
    };
    let bytes = std::fs::read(path).map_err(|why| unreadable(why.to_string()))?;
    let (text, note) = plain_text::decode(&bytes, asked);
    let mut text = text.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned());
    let mut notes = Vec::from_iter(note);
    let mut crs = None;
    if let Some(rewritten) = rewrite(&text) {
        crs = rewritten.crs;
        notes.extend(rewritten.notes);
        text = String::from_utf8_lossy(&rewritten.text).into_owned();
    }
    let text = text.trim_start_matches('\u{feff}');
    let reader = csv::ReaderBuilder::new()
        .delimiter(separator(text))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let records = reader.into_records().collect::<Result<Vec<_>, _>>();
    let mut records = records.map_err(|why| unreadable(why.to_string()))?;
    let headed = records.first().is_some_and(is_heading);
    let Some(first) = records.first().cloned().filter(|first| first.len() > 1) else {
        let why = "it is no table: a heading, and cells apart by commas, semicolons, tabs or `|`; save it as CSV again";
        return Err(unreadable(why.to_owned()));
    };
    if headed {
        records.remove(0);
    }
    let name = |(at, cell): (usize, &str)| match cell {
        cell if headed && !cell.is_empty() => cell.to_owned(),
        _ => format!("field_{}", at + 1),
    };
    let names: Vec<String> = first.iter().enumerate().map(name).collect();
    let is_geometry = |name: &String| GEOMETRIES.contains(&name.to_uppercase().as_str());
    let geometry = names.iter().position(is_geometry);
    let places = (0..names.len()).filter(|&at| !is_geometry(&names[at]));
    let places: Vec<usize> = places.collect();
    let stem = path.file_stem().unwrap_or_default();
    Ok(Delimited {
        schema: LayerSchema {
            name: stem.to_string_lossy().into_owned(),
            fields: places.iter().map(|&at| Field::text(&names[at])).collect(),
            has_geometry: geometry.is_some(),
            crs,
            feature_count: Some(records.len() as u64),
            notes,
            ..LayerSchema::default()
        },
        places,
        geometry,
        records,
    })
}

/// Whether a record names columns: no cell of it is a number.
fn is_heading(record: &StringRecord) -> bool {
    let is_number = |cell: &str| {
        let cell = cell.trim();
        cell.bytes().any(|byte| byte.is_ascii_digit()) && cell.parse::<f64>().is_ok()
    };
    !record.iter().any(is_number)
}

impl Delimited {
    /// It in short.
    pub(super) fn summary(&self) -> LayerSummary {
        LayerSummary {
            name: self.schema.name.clone(),
            features: Some(self.records.len() as u64),
            geometry: self.geometry.map(|_| "Unknown (any)".to_owned()),
        }
    }

    /// The text of the geometry of each row.
    pub(super) fn geometries(&self) -> impl Iterator<Item = Option<&str>> {
        let records = self.records.iter();
        records.map(|record| record.get(self.geometry?).map(str::trim))
    }

    fn batch(&self, first: usize, records: &[StringRecord], columns: &[usize]) -> Batch {
        let column = |&column: &usize| -> ArrayRef {
            let place = self.places[column];
            let texts = records.iter().map(|record| record.get(place));
            Arc::new(texts.collect::<StringArray>())
        };
        let mut shapes = ShapeColumn::new(1e-7, false);
        if let Some(geometry) = self.geometry {
            for record in records {
                match record.get(geometry).map(str::trim) {
                    None | Some("") => shapes.push_none(None),
                    Some(text) => shapes.push_text(text),
                }
            }
        }
        let (shapes, flaws) = shapes.finish();
        Batch {
            first_row: first as u64,
            rows: records.len(),
            columns: columns.iter().map(column).collect(),
            shapes: self.geometry.map(|_| shapes),
            flaws,
        }
    }
}

impl Layer for Delimited {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let batch = |(number, records): (usize, &[StringRecord])| {
            progress(records.len() as u64);
            self.batch(number * BATCH, records, columns)
        };
        let chunks = self.records.par_chunks(BATCH).enumerate();
        Ok(chunks.map(batch).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_names_is_told_from_a_row_of_values() {
        let record = |cells: &[&str]| StringRecord::from(cells.to_vec());
        assert!(is_heading(&record(&["编号", "用途", ""])));
        assert!(!is_heading(&record(&["1", "工业"])));
        assert!(!is_heading(&record(&["甲", "-2.5"])));
    }
}
