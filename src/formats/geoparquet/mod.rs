//! A Parquet file, with GeoParquet's metadata or without → batches, row group by row group in parallel.

mod geometry;
mod meta;
mod values;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::{Array, ArrayRef, RecordBatch};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::file::metadata::RowGroupMetaData;
use rayon::prelude::*;

use super::file::{file_of, only_layer};
use super::{Batch, Field, Layer, LayerSchema, Source, SourceError};
use meta::{Encoding, Geometry};

/// Enough rows to make a batch worth a task.
const ROWS: usize = 32 * 1024;

/// Opens a Parquet file.
///
/// # Errors
/// When it cannot be read, its metadata are wrong, or it is compressed in a way that is not read.
pub(super) fn open(source: &Source) -> Result<Box<dyn Layer>, SourceError> {
    let broken = |why: String| SourceError::unreadable(source, why);
    let file = file_of(source)?;
    // Types of the writer's own (dictionaries, views) are left aside: plain ones are what is read here.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let about = guarded(|| {
        ArrowReaderMetadata::load(&file, options)
            .map_err(|error| format!("it is no whole Parquet file ({error}); write it again"))
    })
    .map_err(broken)?;
    let geometry = meta::geometry(about.metadata().file_metadata()).map_err(broken)?;
    check_codecs(&about).map_err(broken)?;
    let schema = about.schema();
    let geometry = match geometry {
        None => None,
        Some(mut geometry) => {
            let place = schema.index_of(&geometry.column).map_err(|_| {
                broken(format!(
                    "its geometry column `{}` is not there; write it again",
                    geometry.column
                ))
            })?;
            let said = match geometry.crs {
                None => guarded(|| crs_of_first(&file, &about, place)),
                Some(_) => Ok(Ok(None)),
            };
            match said.map_err(broken)? {
                Ok(crs) => {
                    geometry.crs = geometry.crs.or(crs);
                    Some((place, geometry))
                }
                // text under the name of a geometry
                Err(()) => None,
            }
        }
    };
    let mut fields = Vec::new();
    let mut places = Vec::new();
    let mut left_out = Vec::new();
    for (place, field) in schema.fields().iter().enumerate() {
        if geometry.as_ref().is_some_and(|&(at, _)| at == place) {
            continue;
        }
        match values::kind(field.data_type()) {
            Some(kind) => {
                fields.push(Field::new(field.name(), kind));
                places.push(place);
            }
            // Structures are boxes and the like; nobody misses them as columns.
            None if field.data_type().is_nested() => {}
            None => left_out.push(format!(
                "column `{}` is left out: it holds {}",
                field.name(),
                field.data_type()
            )),
        }
    }
    Ok(Box::new(GeoParquet {
        schema: LayerSchema {
            name: only_layer(source, None)?,
            fields,
            has_geometry: geometry.is_some(),
            crs: geometry
                .as_ref()
                .and_then(|(_, geometry)| geometry.crs.clone()),
            feature_count: u64::try_from(about.metadata().file_metadata().num_rows()).ok(),
            notes: left_out,
            ..LayerSchema::default()
        },
        source: source.clone(),
        about,
        geometry,
        places,
    }))
}

/// The CRS that the first geometry in a column says itself.
fn crs_of_first(
    file: &File,
    about: &ArrowReaderMetadata,
    place: usize,
) -> Result<Result<Option<String>, ()>, String> {
    let file = file.try_clone().map_err(|error| error.to_string())?;
    let mask = ProjectionMask::roots(about.parquet_schema(), [place]);
    let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, about.clone())
        .with_projection(mask)
        .with_batch_size(64)
        .build()
        .map_err(|error| error.to_string())?;
    for records in reader {
        let records = records.map_err(|error| error.to_string())?;
        let column = records.column(0);
        if column.null_count() < column.len() {
            return Ok(geometry::crs_of_first(column));
        }
    }
    Ok(Ok(None))
}

struct GeoParquet {
    source: Source,
    schema: LayerSchema,
    about: ArrowReaderMetadata,
    /// The geometry column and its place in the file.
    geometry: Option<(usize, Geometry)>,
    /// The place of each of its fields in the file.
    places: Vec<usize>,
}

impl Layer for GeoParquet {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let geometry = self.geometry.as_ref();
        let columns = columns.iter().map(|&column| self.places[column]);
        let plan = ReadPlan {
            columns: columns.collect(),
            geometry: geometry.map(|(place, geometry)| (*place, geometry.encoding)),
        };
        let groups = (0..self.about.metadata().num_row_groups())
            .into_par_iter()
            .map(|group| {
                // Each group has its own handle: the place in a file is shared by all copies of a handle.
                let file = file_of(&self.source)?;
                guarded(|| self.group(file, group, &plan, progress)).map_err(|why| {
                    let why = format!("row group {group} (counted from 0): {why}");
                    SourceError::unreadable(&self.source, why)
                })
            })
            .collect::<Vec<_>>();
        let mut batches = Vec::new();
        for group in groups {
            batches.extend(group?);
        }
        let mut row = 0;
        for batch in &mut batches {
            batch.first_row = row;
            row += batch.rows as u64;
        }
        Ok(batches)
    }
}

/// Which columns of the file are wanted, by their places.
struct ReadPlan {
    columns: Vec<usize>,
    geometry: Option<(usize, Encoding)>,
}

impl GeoParquet {
    /// Reads a row group; its pages come one after another, and are decoded in parallel.
    fn group(
        &self,
        file: File,
        group: usize,
        plan: &ReadPlan,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, String> {
        let mut places = plan.columns.clone();
        places.extend(plan.geometry.map(|(place, _)| place));
        if places.is_empty() {
            // Rows are counted by reading some column, not by believing a number in the file.
            places.push(0);
        }
        places.sort_unstable();
        places.dedup();
        let mask = ProjectionMask::roots(self.about.parquet_schema(), places.iter().copied());
        let reader = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.about.clone())
            .with_row_groups(vec![group])
            .with_projection(mask)
            .with_batch_size(ROWS)
            .build()
            .map_err(|error| error.to_string())?;
        // After an error the reader would give the same error for ever.
        let mut failed = false;
        let mut batches = reader
            .map_while(move |records| {
                let was_failed = std::mem::replace(&mut failed, records.is_err());
                (!was_failed).then_some(records)
            })
            .enumerate()
            .par_bridge()
            .map(|(number, records)| {
                let batch = records
                    .map_err(|error| error.to_string())
                    .and_then(|records| decode(&records, &places, plan).map_err(str::to_owned));
                if let Ok(batch) = &batch {
                    progress(batch.rows as u64);
                }
                (number, batch)
            })
            .collect::<Vec<_>>();
        batches.sort_unstable_by_key(|&(number, _)| number);
        batches.into_iter().map(|(_, batch)| batch).collect()
    }
}

/// Takes apart a record batch that has the columns of `places`.
fn decode(records: &RecordBatch, places: &[usize], plan: &ReadPlan) -> Result<Batch, &'static str> {
    let column = |place: usize| -> Result<&ArrayRef, &'static str> {
        let at = places
            .binary_search(&place)
            .map_err(|_| "a column is gone")?;
        records.columns().get(at).ok_or("a column is gone")
    };
    let columns = plan
        .columns
        .iter()
        .map(|&place| column(place).map(values::read));
    let (shapes, flaws) = match plan.geometry {
        None => (None, Vec::new()),
        Some((place, encoding)) => {
            let (shapes, flaws) = geometry::decode(column(place)?, encoding)?;
            (Some(shapes), flaws)
        }
    };
    Ok(Batch {
        first_row: 0,
        rows: records.num_rows(),
        columns: columns.collect::<Result<_, _>>()?,
        shapes,
        flaws,
    })
}

fn check_codecs(about: &ArrowReaderMetadata) -> Result<(), String> {
    let columns = about
        .metadata()
        .row_groups()
        .iter()
        .flat_map(RowGroupMetaData::columns);
    for column in columns {
        match column.compression() {
            Compression::UNCOMPRESSED | Compression::SNAPPY | Compression::ZSTD(_) => {}
            other => {
                return Err(format!(
                    "column `{}` is compressed with {other}, and only Snappy and Zstandard are read; write it with one of them",
                    column.column_path().string()
                ));
            }
        }
    }
    Ok(())
}

/// Files that break the parquet crate's assumptions can make it panic; that must not end a city.
fn guarded<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err("it is broken in a way that cannot be told; write it again".into()))
}
