//! GeoJSON (RFC 7946, its predecessor of 2008, and features line by line) → batches, parsed in parallel.

mod column;
mod cursor;
mod features;
mod geometry;
mod layout;

use std::ops::Range;

use arrow_schema::DataType;
use memmap2::Mmap;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::file::{map, only_layer};
use super::{Batch, Field, Layer, ReadError, Source};
use cursor::Fault;
use features::Features;
use layout::Layout;

/// A feature may not be larger than this, so that no text column outgrows its 32-bit offsets.
const LARGEST: usize = 256 << 20;

/// Opens a GeoJSON file. It has no schema, so all of it is parsed here; reading only hands out what was found.
///
/// # Errors
/// When it cannot be read or is no GeoJSON; the line where, and what was expected there.
pub(super) fn open(source: &Source) -> Result<Box<dyn Layer>, ReadError> {
    let map = map(source)?;
    let (layout, parts) = parse(&map).map_err(|fault| located(source, &map, &fault))?;
    let (fields, ids) = fields(&parts);
    let (crs, notes) = match &layout.crs {
        None => (Some("OGC:CRS84".to_owned()), Vec::new()),
        Some(crs) => match layout::definition(crs) {
            Some(crs) => (Some(crs), Vec::new()),
            None => (None, vec!["its `crs` member names no CRS".to_owned()]),
        },
    };
    Ok(Box::new(GeoJson {
        name: only_layer(source, layout.name.as_deref())?,
        count: parts.iter().map(|part| u64::from(part.rows)).sum(),
        source: source.clone(),
        map,
        fields,
        ids,
        crs,
        notes,
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
            None => {
                parse(&self.map)
                    .map_err(|fault| located(&self.source, &self.map, &fault))?
                    .1
            }
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

/// Parses the whole file: by its line breaks if that works out, else by following every bracket.
fn parse(bytes: &[u8]) -> Result<(Layout, Vec<Features>), Fault> {
    let mut layout = Layout::of(bytes)?;
    if let Some(spans) = layout.guess(bytes)
        && let Ok(parts) = parse_spans(bytes, &spans, layout.items)
    {
        return Ok((layout, parts));
    }
    let (spans, end) = layout.follow(bytes);
    let parts = parse_spans(bytes, &spans, layout.items)?;
    if layout.items {
        layout.tail(bytes, end.unwrap_or(bytes.len()))?;
    }
    Ok((layout, parts))
}

fn parse_spans(bytes: &[u8], spans: &[Range<usize>], items: bool) -> Result<Vec<Features>, Fault> {
    let parts = spans
        .par_iter()
        .enumerate()
        .map(|(index, span)| {
            if span.len() > LARGEST {
                let why = "features that are not told apart within 256 MiB";
                return Err(Fault {
                    at: span.start,
                    why: why.into(),
                });
            }
            Features::parse(bytes, span.clone(), items, index + 1 == spans.len())
        })
        .collect::<Vec<_>>();
    // The first fault in the file, whichever was found first.
    parts.into_iter().collect()
}

/// All properties in the order in which they first come, and whether the `id` members go before them.
fn fields(parts: &[Features]) -> (Vec<Field>, bool) {
    let mut names: Vec<&str> = Vec::new();
    let mut places = FxHashMap::default();
    let mut columns: Vec<Vec<&column::Column>> = Vec::new();
    for (name, column) in parts.iter().flat_map(|part| &part.columns) {
        let place = *places.entry(name.as_str()).or_insert_with(|| {
            names.push(name);
            columns.push(Vec::new());
            names.len() - 1
        });
        columns[place].push(column);
    }
    let ids: Vec<_> = parts.iter().map(|part| &part.ids).collect();
    let has_ids = !places.contains_key("id") && ids.iter().any(|ids| ids.kind().is_some());
    if has_ids {
        names.insert(0, "id");
        columns.insert(0, ids);
    }
    let fields = names.iter().zip(columns).map(|(name, columns)| {
        let exact = columns.iter().all(|column| column.is_exact());
        Field {
            name: (*name).to_owned(),
            alias: None,
            kind: columns
                .iter()
                .filter_map(|column| column.kind())
                .reduce(|a, b| column::common(&a, &b, exact))
                .unwrap_or(DataType::Utf8),
        }
    });
    (fields.collect(), has_ids)
}

fn located(source: &Source, bytes: &[u8], fault: &Fault) -> ReadError {
    let line = bytes[..fault.at].split(|&byte| byte == b'\n').count();
    ReadError::unreadable(source, format!("line {line}: {}", fault.why))
}
