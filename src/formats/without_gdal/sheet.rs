//! A sheet of a workbook whose first row names its columns → batches of texts.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};

use super::{checked_encoding, encoding_note};
use crate::formats::choose;
use crate::formats::file::map;
use crate::formats::office::SheetRows;
use crate::formats::{
    Batch, Field, Layer, LayerSchema, LayerSummary, OpenOptions, Source, SourceError,
};

/// A sheet of a workbook.
pub(super) struct SheetLayer {
    schema: LayerSchema,
    rows: SheetRows,
}

/// Opens the sheet that is named, or the one of several that is meant.
///
/// # Errors
/// When it is no workbook, has no such sheet, or it is not clear which one is meant.
pub(super) fn open(source: &Source, options: &OpenOptions) -> Result<SheetLayer, SourceError> {
    let unreadable = |why: String| SourceError::unreadable(source, why);
    checked_encoding(source, options)?;
    let bytes = map(source)?;
    let names = SheetRows::sheets(&bytes).map_err(unreadable)?;
    let summaries: Vec<LayerSummary> = names.iter().map(|name| summary(name)).collect();
    let (index, note) = choose::choose(source, options.role, &summaries)?;
    let rows = SheetRows::of(&bytes, &names[index]).map_err(unreadable)?;
    let field = |column: usize| {
        let name = rows.text(0, column);
        Field::text(name.unwrap_or_else(|| format!("Field{}", column + 1)))
    };
    let mut notes = Vec::from_iter(encoding_note(options));
    notes.extend(note);
    Ok(SheetLayer {
        schema: LayerSchema {
            name: names[index].clone(),
            fields: (0..rows.columns()).map(field).collect(),
            feature_count: Some(rows.len().saturating_sub(1) as u64),
            notes,
            ..LayerSchema::default()
        },
        rows,
    })
}

/// The sheets of a workbook.
///
/// # Errors
/// When it is none.
pub(super) fn layers(source: &Source) -> Result<Vec<LayerSummary>, SourceError> {
    let unreadable = |why: String| SourceError::unreadable(source, why);
    let bytes = map(source)?;
    let names = SheetRows::sheets(&bytes).map_err(unreadable)?;
    let in_short = |name: &String| {
        let rows = SheetRows::of(&bytes, name).map_err(unreadable)?;
        Ok(LayerSummary {
            features: Some(rows.len().saturating_sub(1) as u64),
            ..summary(name)
        })
    };
    names.iter().map(in_short).collect()
}

fn summary(name: &str) -> LayerSummary {
    LayerSummary {
        name: name.to_owned(),
        features: None,
        geometry: None,
    }
}

impl Layer for SheetLayer {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let rows = self.rows.len().saturating_sub(1);
        let column = |&column: &usize| -> ArrayRef {
            let texts = (1..=rows).map(|row| self.rows.text(row, column));
            Arc::new(texts.collect::<StringArray>())
        };
        let batch = Batch {
            first_row: 0,
            rows,
            columns: columns.iter().map(column).collect(),
            shapes: None,
            flaws: Vec::new(),
        };
        progress(rows as u64);
        Ok(Vec::from_iter((rows > 0).then_some(batch)))
    }
}
