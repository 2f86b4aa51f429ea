//! GeoJSON (RFC 7946, its predecessor of 2008, and features line by line) → batches, parsed in parallel.

mod column;
mod document;
mod features;
mod geometry;

use memmap2::Mmap;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::file::{map, only_layer};
use super::{Batch, Field, Layer, ReadError, Source};
use column::Kinds;
use document::{Around, Document};
use features::{Fault, Features};

/// A batch is made of about this many bytes.
const CHUNK: usize = 8 << 20;

/// Opens a GeoJSON file. It has no schema, so all of it is parsed here; reading only hands out what was found.
///
/// # Errors
/// When it cannot be read or is no GeoJSON; the line where, and what was expected there.
pub(super) fn open(source: &Source) -> Result<Box<dyn Layer>, ReadError> {
    let map = map(source)?;
    let (around, parts) = parse(source, &map)?;
    let (fields, ids) = fields(&parts);
    let crs = around.definition();
    let no_crs = crs
        .is_none()
        .then(|| "its `crs` member names no CRS".to_owned());
    Ok(Box::new(GeoJson {
        name: only_layer(source, around.name.as_deref())?,
        count: parts.iter().map(|part| u64::from(part.rows)).sum(),
        source: source.clone(),
        map,
        fields,
        ids,
        crs,
        notes: no_crs.into_iter().collect(),
        parts: Some(parts),
    }))
}

struct GeoJson {
    source: Source,
    map: Mmap,
    name: String,
    fields: Vec<Field>,
    /// Whether the first field is made of the `id` members of the features.
    ids: bool,
    crs: Option<String>,
    notes: Vec<String>,
    count: u64,
    /// What was parsed to open the layer, until it is read.
    parts: Option<Vec<Features>>,
}

impl Layer for GeoJson {
    fn name(&self) -> &str {
        &self.name
    }

    fn fields(&self) -> &[Field] {
        &self.fields
    }

    fn has_geometry(&self) -> bool {
        true
    }

    fn crs(&self) -> Option<&str> {
        self.crs.as_deref()
    }

    fn feature_count(&self) -> Option<u64> {
        Some(self.count)
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, ReadError> {
        let parts = match self.parts.take() {
            Some(parts) => parts,
            None => parse(&self.source, &self.map)?.1,
        };
        let mut batches = parts
            .into_par_iter()
            .filter(|part| part.rows > 0)
            .map(|part| {
                let batch = self.batch(part, columns);
                progress(batch.rows as u64);
                batch
            })
            .collect::<Vec<_>>();
        let mut row = 0;
        for batch in &mut batches {
            batch.first_row = row;
            row += batch.rows as u64;
        }
        Ok(batches)
    }
}

impl GeoJson {
    fn batch(&self, part: Features, columns: &[usize]) -> Batch {
        let rows = part.rows as usize;
        let column = |&index: &usize| {
            let field = &self.fields[index];
            let column = if self.ids && index == 0 {
                Some(&part.ids)
            } else {
                part.column(&field.name)
            };
            column.map_or_else(
                || arrow_array::new_null_array(&field.kind, rows),
                |column| column.array(&field.kind, rows),
            )
        };
        Batch {
            first_row: 0,
            rows,
            columns: columns.iter().map(column).collect(),
            shapes: Some(part.shapes),
            flaws: part.flaws,
        }
    }
}

/// Parses the whole file: line by line if that works out, else wherever its features are.
fn parse(source: &Source, bytes: &[u8]) -> Result<(Around, Vec<Features>), ReadError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.split(|&byte| byte == b'\n').count();
        let why = format!("line {line}: a text is not UTF-8; convert the file to UTF-8");
        ReadError::unreadable(source, why)
    })?;
    if let Some(document) = Document::by_lines(text)
        && let Ok(parts) = parse_features(&document.features)
        && !document.features.is_empty()
    {
        return Ok((document.around, parts));
    }
    let fault = |(part, error): Fault| {
        let before = &text[..part.as_ptr().addr() - text.as_ptr().addr()];
        ReadError::unreadable(source, located(before, &error))
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

/// All properties in the order in which they first come, and whether the `id` members go before them.
fn fields(parts: &[Features]) -> (Vec<Field>, bool) {
    let mut found: Vec<(&str, Kinds)> = Vec::new();
    let mut places = FxHashMap::default();
    for (name, column) in parts.iter().flat_map(|part| &part.columns) {
        let place = *places.entry(name.as_str()).or_insert_with(|| {
            found.push((name, Kinds::default()));
            found.len() - 1
        });
        found[place].1 = found[place].1.and(column.kinds);
    }
    let ids = parts.iter().map(|part| part.ids.kinds);
    let ids = ids.fold(Kinds::default(), Kinds::and);
    let has_ids = !places.contains_key("id") && ids != Kinds::default();
    if has_ids {
        found.insert(0, ("id", ids));
    }
    let fields = found.into_iter().map(|(name, kinds)| Field {
        name: name.to_owned(),
        alias: None,
        kind: kinds.data_type(),
    });
    (fields.collect(), has_ids)
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
