//! A table with its header → a layer whose columns are texts.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use rayon::prelude::*;

use super::sheet::{Sheet, SheetTable};
use crate::formats::SourceError;
use crate::formats::{Batch, Field, Layer, LayerSchema};

/// A batch has this many rows.
const BATCH: usize = 8192;

/// A table of an office, as a layer.
pub(crate) struct OfficeLayer {
    schema: LayerSchema,
    table: SheetTable,
}

impl OfficeLayer {
    pub(super) fn new(
        name: String,
        mut table: SheetTable,
        mut notes: Vec<String>,
        is_sheet: bool,
    ) -> Self {
        if is_sheet {
            table.sheet.name.clone_from(&name);
        }
        let sheet = &table.sheet;
        let (headers, remarks) = sheet.passed_over;
        let left_out = [
            (
                sheet.sums,
                format!("{} rows that sum up others were left out", sheet.sums),
            ),
            (
                headers,
                format!("{headers} rows say the header or its numbers again"),
            ),
            (remarks, format!("{remarks} rows are remarks")),
        ];
        let left_out = left_out.into_iter().filter(|(rows, _)| *rows > 0);
        let left_out: Vec<String> = left_out.map(|(_, what)| what).collect();
        if !left_out.is_empty() {
            notes.push(left_out.join("; "));
        }
        Self {
            schema: LayerSchema {
                fields: fields(sheet),
                feature_count: Some(sheet.rows.len() as u64),
                name,
                notes,
                ..LayerSchema::default()
            },
            table,
        }
    }

    /// What stands around the values.
    pub(crate) const fn sheet(&self) -> &Sheet {
        &self.table.sheet
    }
}

/// A column is called what stands above it; where two are called the same, the later ones by their number too.
fn fields(sheet: &Sheet) -> Vec<Field> {
    let mut names = rustc_hash::FxHashMap::<String, u32>::default();
    let field = |(heading, column): (&super::Heading, usize)| {
        let name = match heading.name() {
            name if name.is_empty() => format!("列{}", letters(column)),
            name => name,
        };
        let before = names.entry(name.clone()).or_default();
        *before += 1;
        Field::text(if *before > 1 {
            format!("{name} ({before})")
        } else {
            name
        })
    };
    sheet.headings.iter().zip(0..).map(field).collect()
}

/// The letters by which a spreadsheet calls a column.
fn letters(column: usize) -> String {
    let mut rest = column + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or_default());
        rest /= 26;
    }
    letters
        .iter()
        .rev()
        .map(|letter| char::from(*letter))
        .collect()
}

impl Layer for OfficeLayer {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let all = self.table.sheet.rows.len();
        let batch = |first: usize| {
            let rows = first..(first + BATCH).min(all);
            let column = |column: &usize| -> ArrayRef {
                let texts = rows.clone().map(|row| self.table.text(*column, row));
                Arc::new(texts.collect::<StringArray>())
            };
            progress(rows.len() as u64);
            Batch {
                first_row: first as u64,
                rows: rows.len(),
                columns: columns.iter().map(column).collect(),
                shapes: None,
                flaws: Vec::new(),
            }
        };
        let firsts: Vec<usize> = (0..all).step_by(BATCH).collect();
        Ok(firsts.into_par_iter().map(batch).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_called_as_in_a_spreadsheet() {
        assert_eq!(
            [0, 25, 26, 701, 702].map(letters),
            ["A", "Z", "AA", "ZZ", "AAA"]
        );
    }
}
