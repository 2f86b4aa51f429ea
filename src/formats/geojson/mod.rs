//! GeoJSON (RFC 7946, its predecessor of 2008, and features line by line) → batches, parsed in parallel.

mod column;
mod document;
mod features;
mod geometry;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::file::{map, only_layer};
use super::{Batch, Field, Layer, LayerSchema, Source, SourceError};
use column::Kinds;
use document::{Around, Document};
use features::{Fault, Features};

/// A batch is made of about this many bytes.
const CHUNK: usize = 8 << 20;

/// Opens a GeoJSON file. It has no schema, so all of it is parsed here; reading only hands out what was found.
///
/// # Errors
/// When it cannot be read or is no GeoJSON; the line where, and what was expected there.
pub(super) fn open(source: &Source) -> Result<Box<dyn Layer>, SourceError> {
    let (around, mut parts) = parse(source, &map(source)?)?;
    let crs = around.definition();
    let no_crs = crs.is_none();
    Ok(Box::new(GeoJson {
        schema: LayerSchema {
            name: only_layer(source, around.name.as_ref().and_then(Value::as_str))?,
            fields: fields(&mut parts),
            has_geometry: true,
            crs,
            feature_count: Some(parts.iter().map(|part| u64::from(part.rows)).sum()),
            notes: Vec::from_iter(no_crs.then(|| "its `crs` member names no CRS".to_owned())),
            ..LayerSchema::default()
        },
        parts,
    }))
}

struct GeoJson {
    schema: LayerSchema,
    parts: Vec<Features>,
}

impl Layer for GeoJson {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let batch = |part: &Features| {
            progress(u64::from(part.rows));
            let column = |&index: &usize| part.column(&self.schema.fields[index]);
            Batch {
                first_row: 0,
                rows: part.rows as usize,
                columns: columns.iter().map(column).collect(),
                shapes: Some(part.shapes.clone()),
                flaws: part.flaws.clone(),
            }
        };
        let mut batches: Vec<_> = self.parts.par_iter().map(batch).collect();
        let mut row = 0;
        for batch in &mut batches {
            batch.first_row = row;
            row += batch.rows as u64;
        }
        Ok(batches)
    }
}

/// Parses the whole file: line by line if that works out, else wherever its features are.
fn parse(source: &Source, bytes: &[u8]) -> Result<(Around, Vec<Features>), SourceError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|&byte| byte == b'\n').count();
        let why = format!("line {line}: a text is not UTF-8; convert the file to UTF-8");
        SourceError::unreadable(source, why)
    })?;
    if let Some(document) = Document::by_lines(text)
        && let Ok(parts) = parse_features(&document.features)
        && !document.features.is_empty()
    {
        return Ok((document.around, parts));
    }
    let fault = |(part, error): Fault| {
        let before = &text[..part.as_ptr().addr() - text.as_ptr().addr()];
        SourceError::unreadable(source, located(before, &error))
    };
    let document = Document::of(text).map_err(fault)?;
    let parts = parse_features(&document.features).map_err(fault)?;
    Ok((document.around, parts))
}

/// Parses features in chunks of consecutive ones; the first that is wrong, and why.
fn parse_features<'a>(features: &[&'a str]) -> Result<Vec<Features>, Fault<'a>> {
    let mut room = CHUNK;
    let chunks = features.chunk_by(|feature, _| {
        let fits = room.checked_sub(feature.len());
        room = fits.unwrap_or(CHUNK);
        fits.is_some()
    });
    let parts = chunks.collect::<Vec<_>>().into_par_iter().map(|chunk| {
        let mut features = Features::default();
        for feature in chunk {
            features.push(feature)?;
        }
        Ok(features)
    });
    // The first fault in the file, whichever was found first.
    parts.collect::<Vec<_>>().into_iter().collect()
}

/// All properties in the order in which they first come; the `id` members go before them if none has their name.
fn fields(parts: &mut [Features]) -> Vec<Field> {
    let mut found: Vec<(String, Kinds)> = Vec::new();
    let mut places = FxHashMap::default();
    for (name, column) in parts.iter().flat_map(|part| &part.columns) {
        let place = *places.entry(name.as_str()).or_insert_with(|| {
            found.push((name.clone(), Kinds::default()));
            found.len() - 1
        });
        found[place].1 = found[place].1.and(column.kinds);
    }
    let ids = parts.iter().map(|part| part.ids.kinds);
    let ids = ids.fold(Kinds::default(), Kinds::and);
    if ids != Kinds::default() && !places.contains_key("id") {
        found.insert(0, ("id".to_owned(), ids));
        parts.iter_mut().for_each(Features::name_ids);
    }
    let field = |(name, kinds): (String, Kinds)| Field::new(name, kinds.data_type());
    found.into_iter().map(field).collect()
}

/// What is wrong behind the text `before`, and in which line and column.
fn located(before: &str, error: &serde_json::Error) -> String {
    let line = before.matches('\n').count() + error.line().max(1);
    let column = match error.line() {
        0 | 1 => before.len() - before.rfind('\n').map_or(0, |at| at + 1) + error.column().max(1),
        _ => error.column(),
    };
    let text = error.to_string();
    let why = text.rfind(" at line ").map_or(&*text, |end| &text[..end]);
    format!("line {line}: {why} (column {column})")
}
