//! A FlatGeobuf file → batches, decoded in parallel from a memory map.

mod geometry;
mod properties;

use std::ops::Range;

use flatgeobuf::{ColumnType, Crs, GeometryType, Header};
use flatgeobuf::{size_prefixed_root_as_feature, size_prefixed_root_as_header};
use memmap2::Mmap;
use rayon::prelude::*;

use super::file::{map, only_layer};
use super::{Batch, Field, Layer, LayerSchema, Source, SourceError};
use crate::geometry::Shapes;
use properties::Builders;

/// Enough rows to make a batch worth a task, few enough to share the work of a small city.
const ROWS: usize = 32 * 1024;
/// A batch ends here even with fewer rows, so that no text column outgrows its 32-bit offsets.
const BYTES: usize = 64 << 20;

/// Opens a FlatGeobuf file.
///
/// # Errors
/// When it cannot be read or its header is broken.
pub(super) fn open(source: &Source) -> Result<Box<dyn Layer>, SourceError> {
    let map = map(source)?;
    let broken = |why: &str| SourceError::unreadable(source, format!("{why}; export it again"));
    let [b'f', b'g', b'b', version, b'f', b'g', b'b', _, body @ ..] = &map[..] else {
        return Err(broken("it does not begin as a FlatGeobuf file does"));
    };
    if *version != flatgeobuf::VERSION {
        return Err(broken(&format!(
            "it is FlatGeobuf version {version}, and only version 3 is read"
        )));
    }
    let header = prefixed(body).ok_or_else(|| broken("its header is cut off"))?;
    let rest = map.len() - body.len() + header.len();
    let header = size_prefixed_root_as_header(header)
        .map_err(|error| broken(&format!("its header is broken ({error})")))?;
    let index = index_size(&header)
        .filter(|&size| size <= map.len() - rest)
        .ok_or_else(|| broken("its index is cut off"))?;
    let columns = header.columns().into_iter().flatten();
    let (fields, kinds) = columns
        .map(|column| {
            let title = column.title().filter(|title| !title.is_empty());
            let field = Field {
                alias: title.map(str::to_owned),
                ..Field::new(column.name(), properties::kind(column.type_()))
            };
            (field, column.type_())
        })
        .unzip::<Field, ColumnType, Vec<_>, Vec<_>>();
    Ok(Box::new(FlatGeobuf {
        schema: LayerSchema {
            name: only_layer(source, header.name())?,
            fields,
            has_geometry: true,
            crs: header.crs().and_then(|crs| definition(&crs)),
            feature_count: Some(header.features_count()).filter(|&count| count > 0),
            ..LayerSchema::default()
        },
        kinds,
        shape: header.geometry_type(),
        features: rest + index..map.len(),
        source: source.clone(),
        map,
    }))
}

struct FlatGeobuf {
    source: Source,
    map: Mmap,
    /// Where the features are, behind header and index.
    features: Range<usize>,
    schema: LayerSchema,
    kinds: Vec<ColumnType>,
    shape: GeometryType,
}

impl Layer for FlatGeobuf {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let batches = self
            .chunks()?
            .into_par_iter()
            .map(|chunk| {
                let batch = self.batch(chunk, columns)?;
                progress(batch.rows as u64);
                Ok(batch)
            })
            .collect::<Vec<_>>();
        batches.into_iter().collect()
    }
}

/// Consecutive features, found by their sizes.
struct Chunk {
    first_row: u64,
    rows: usize,
    bytes: Range<usize>,
}

impl FlatGeobuf {
    /// Cuts the features into chunks, hopping from size to size.
    fn chunks(&self) -> Result<Vec<Chunk>, SourceError> {
        let mut chunks = Vec::new();
        let (mut at, mut row) = (self.features.start, 0);
        while at < self.features.end {
            let (first_row, start) = (row, at);
            while at < self.features.end && row - first_row < ROWS && at - start < BYTES {
                let feature = prefixed(&self.map[at..])
                    .filter(|feature| i32::try_from(feature.len()).is_ok())
                    .ok_or_else(|| self.broken(row as u64, "is cut off or has a wrong size"))?;
                at += feature.len();
                row += 1;
            }
            chunks.push(Chunk {
                first_row: first_row as u64,
                rows: row - first_row,
                bytes: start..at,
            });
        }
        match self.schema.feature_count {
            Some(count) if count != row as u64 => Err(SourceError::unreadable(
                &self.source,
                format!(
                    "its header promises {count} features and {row} are there; export it again"
                ),
            )),
            _ => Ok(chunks),
        }
    }

    fn batch(&self, chunk: Chunk, columns: &[usize]) -> Result<Batch, SourceError> {
        let mut builders = Builders::new(&self.kinds, columns, chunk.rows);
        let mut shapes = Shapes::default();
        let mut flaws = Vec::new();
        let mut rest = &self.map[chunk.bytes];
        for row in 0..chunk.rows {
            let broken = |why: &str| self.broken(chunk.first_row + row as u64, why);
            let bytes = prefixed(rest).ok_or_else(|| broken("is cut off"))?;
            rest = &rest[bytes.len()..];
            let feature = size_prefixed_root_as_feature(bytes)
                .map_err(|error| broken(&format!("is broken ({error})")))?;
            if feature.columns().is_some_and(|own| !own.is_empty()) {
                return Err(broken("has columns of its own, which is not read"));
            }
            let most = bytes.len() / 16;
            if let Some(flaw) = geometry::decode(feature.geometry(), self.shape, most, &mut shapes)
            {
                flaws.push((u32::try_from(row).unwrap_or(u32::MAX), flaw));
            }
            let properties = feature.properties();
            builders
                .row(properties.map_or(&[], |properties| properties.bytes()))
                .map_err(broken)?;
        }
        Ok(Batch {
            first_row: chunk.first_row,
            rows: chunk.rows,
            columns: builders.finish(),
            shapes: Some(shapes),
            flaws,
        })
    }

    fn broken(&self, row: u64, why: &str) -> SourceError {
        SourceError::unreadable(
            &self.source,
            format!("feature {row} (counted from 0) {why}; export the layer again"),
        )
    }
}

/// The buffer at the start of `bytes`, its 32-bit size included.
fn prefixed(bytes: &[u8]) -> Option<&[u8]> {
    let size = u32::from_le_bytes(*bytes.first_chunk()?) as usize;
    // The flatbuffers crate asks for a root offset and a table without checking that there is room for them.
    (size >= 8).then(|| bytes.get(..size.checked_add(4)?))?
}

/// The size of the packed Hilbert R-tree in bytes; `None` where it is beyond counting.
fn index_size(header: &Header) -> Option<usize> {
    let (mut level, node) = (header.features_count(), u64::from(header.index_node_size()));
    if level == 0 || node == 0 {
        return Some(0);
    }
    let node = node.max(2);
    let mut nodes = level;
    while level > 1 {
        level = level.div_ceil(node);
        nodes = nodes.checked_add(level)?;
    }
    usize::try_from(nodes.checked_mul(40)?).ok()
}

fn definition(crs: &Crs) -> Option<String> {
    let org = crs.org().filter(|org| !org.is_empty()).unwrap_or("EPSG");
    if crs.code() > 0 {
        return Some(format!("{org}:{}", crs.code()));
    }
    crs.code_string()
        .filter(|code| !code.is_empty())
        .map(|code| format!("{org}:{code}"))
        .or_else(|| crs.wkt().filter(|wkt| !wkt.is_empty()).map(str::to_owned))
}
