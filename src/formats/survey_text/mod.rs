//! Boundary points as survey offices send them (勘测定界界址点坐标, `.txt`) → a layer of plots.

mod plots;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use arrow_array::StringArray;

use super::encoding::by_label;
use super::file::{only_layer, path_of};
use super::plain_text::decode;
use super::{Batch, Field, Layer, LayerSchema, OpenOptions, Source, SourceError};
use plots::{CODE, COLUMNS, Plots, section};

/// Whether a file is such a text, by its first kilobytes.
pub(super) fn is_survey_text(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(65_536).read_to_end(&mut head));
    // a character that is cut in two would belie the encoding
    let whole = head.iter().rposition(|byte| *byte == b'\n');
    head.truncate(whole.map_or(head.len(), |end| end + 1));
    let text = decode(&head, None).0;
    let text = text.unwrap_or_else(|| String::from_utf8_lossy(&head).into_owned());
    read.is_ok() && looks_like_one(&text)
}

fn looks_like_one(text: &str) -> bool {
    text.lines().any(|line| {
        section(line) == Some("地块坐标")
            || line.trim_end().ends_with(['@', '＠']) && line.contains([',', '，'])
    })
}

/// Opens such a text.
///
/// # Errors
/// When it cannot be read, or is another text.
pub(super) fn open(source: &Source, options: &OpenOptions) -> Result<Box<dyn Layer>, SourceError> {
    let bytes =
        std::fs::read(path_of(source)?).map_err(|why| SourceError::unreadable(source, why))?;
    let asked = options.encoding.as_deref().and_then(by_label);
    let (text, note) = decode(&bytes, asked);
    let text = text.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned());
    if !looks_like_one(&text) {
        let why = "it is no text of boundary points (勘测定界: a section `[地块坐标]`, and a line ending in `@` for each plot); \
                   a table of text is read when its name ends in .csv";
        return Err(SourceError::unreadable(source, why));
    }
    let mut plots = Plots::of(&text);
    plots.notes.extend(note);
    Ok(Box::new(SurveyText {
        schema: LayerSchema {
            name: only_layer(source, None)?,
            fields: COLUMNS.into_iter().chain([CODE]).map(Field::text).collect(),
            has_geometry: true,
            crs: plots.crs(),
            feature_count: Some(plots.rows.len() as u64),
            notes: std::mem::take(&mut plots.notes),
            ..LayerSchema::default()
        },
        plots,
    }))
}

struct SurveyText {
    schema: LayerSchema,
    plots: Plots,
}

impl Layer for SurveyText {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let plots = &self.plots;
        let column = |&at: &usize| {
            let texts = plots
                .rows
                .iter()
                .map(|row| Some(row[at].as_str()).filter(|text| !text.is_empty()));
            Arc::new(texts.collect::<StringArray>()) as _
        };
        progress(plots.rows.len() as u64);
        Ok(vec![Batch {
            first_row: 0,
            rows: plots.rows.len(),
            columns: columns.iter().map(column).collect(),
            shapes: Some(plots.shapes.clone()),
            flaws: plots.flaws.clone(),
        }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_texts_are_not_taken_for_one() {
        assert!(!looks_like_one("a,b,c\n1,2,3\n"));
        assert!(looks_like_one("5,1,DK,,面,,,,@\nJ1,1,0,0\n"));
        assert!(looks_like_one("\u{feff}【地块坐标】\n"));
    }
}
