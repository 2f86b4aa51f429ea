//! One Parquet file: batches → row groups, and back, all of them or those that may hold what is asked for.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::{KeyValue, RowGroupMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::statistics::Statistics;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::LakeError;
use crate::geometry::Bounds;

/// Rows of a row group: what is read at once of a place.
pub(super) const ROWS: usize = 16_384;

/// The key of the file's own metadata.
const KEY: &str = "plotratio";

/// A Parquet file that is being written, row group by row group.
pub(super) struct SheetWriter {
    path: PathBuf,
    schema: Arc<Schema>,
    writer: ArrowWriter<File>,
}

impl SheetWriter {
    /// Begins a file; `json` are the columns whose texts are JSON.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn begin<'a>(
        path: &Path,
        schema: Schema,
        json: impl Iterator<Item = &'a str>,
    ) -> Result<Self, LakeError> {
        let schema = Arc::new(schema);
        let properties = WriterProperties::builder()
            .set_created_by(concat!("plotratio ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(ROWS))
            .build();
        let options = ArrowWriterOptions::new()
            .with_properties(properties)
            .with_skip_arrow_metadata(true);
        let file = File::create(path).map_err(LakeError::io(path))?;
        let mut writer = ArrowWriter::try_new_with_options(file, schema.clone(), options)
            .map_err(|why| LakeError::broken(path, why))?;
        let own = json!({"json": json.collect::<Vec<_>>()});
        writer.append_key_value_metadata(KeyValue::new(KEY.to_owned(), own.to_string()));
        Ok(Self {
            path: path.to_owned(),
            schema,
            writer,
        })
    }

    /// Writes rows.
    ///
    /// # Errors
    /// When they cannot be written.
    pub(super) fn write(&mut self, columns: Vec<arrow_array::ArrayRef>) -> Result<(), LakeError> {
        let batch = RecordBatch::try_new(self.schema.clone(), columns)
            .map_err(|why| LakeError::broken(&self.path, why))?;
        let written = self.writer.write(&batch);
        written.map_err(|why| LakeError::broken(&self.path, why))
    }

    /// Adds to the metadata of the file.
    pub(super) fn say(&mut self, key: &str, value: String) {
        self.writer
            .append_key_value_metadata(KeyValue::new(key.to_owned(), value));
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written to its end.
    pub(super) fn end(self) -> Result<(), LakeError> {
        let ended = self.writer.close();
        ended
            .map(drop)
            .map_err(|why| LakeError::broken(&self.path, why))
    }
}

/// A Parquet file that is read.
pub(super) struct Sheet {
    path: PathBuf,
    about: ArrowReaderMetadata,
    /// The columns whose texts are JSON.
    pub(super) json: Vec<String>,
}

impl Sheet {
    /// Opens a file.
    ///
    /// # Errors
    /// When it is none of this program, or not whole.
    pub(super) fn open(path: &Path) -> Result<Self, LakeError> {
        let file = File::open(path).map_err(LakeError::io(path))?;
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let about = ArrowReaderMetadata::load(&file, options)
            .map_err(|why| LakeError::broken(path, format!("no whole Parquet file: {why}")))?;
        let mut sheet = Self {
            path: path.to_owned(),
            about,
            json: Vec::new(),
        };
        let own = sheet
            .said(KEY)
            .and_then(|own| serde_json::from_str::<Value>(&own).ok());
        let own = own.ok_or_else(|| {
            LakeError::broken(
                path,
                "it is not of this program; write the lake or part again",
            )
        })?;
        let json = own["json"].as_array().into_iter().flatten();
        sheet.json = json
            .filter_map(|name| name.as_str().map(str::to_owned))
            .collect();
        Ok(sheet)
    }

    /// What its metadata say under a key.
    pub(super) fn said(&self, key: &str) -> Option<String> {
        let all = self.about.metadata().file_metadata().key_value_metadata()?;
        all.iter().find(|pair| pair.key == key)?.value.clone()
    }

    /// All row groups, or those with a box that meets a window; each as it is, in order.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn read<T: Send>(
        &self,
        window: Option<Bounds>,
        of_batch: impl Fn(&RecordBatch) -> Result<T, LakeError> + Sync,
    ) -> Result<Vec<T>, LakeError> {
        let groups = self.about.metadata().row_groups();
        let wanted: Vec<usize> = (0..groups.len())
            .filter(|at| window.is_none_or(|window| may_meet(&groups[*at], window)))
            .collect();
        let broken = |why: &dyn ToString| LakeError::broken(&self.path, why.to_string());
        let read = |group: usize| {
            // each its own: copies of one handle share the place at which they read
            let file = File::open(&self.path).map_err(LakeError::io(&self.path))?;
            let reader =
                ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.about.clone())
                    .with_row_groups(vec![group])
                    .with_batch_size(ROWS)
                    .build()
                    .map_err(|why| broken(&why))?;
            reader
                .map(|batch| of_batch(&batch.map_err(|why| broken(&why))?))
                .collect::<Result<Vec<T>, LakeError>>()
        };
        let read: Result<Vec<Vec<T>>, LakeError> = wanted.into_par_iter().map(read).collect();
        Ok(read?.into_iter().flatten().collect())
    }
}

/// Whether a row group may hold a box that meets a window, by its statistics.
fn may_meet(group: &RowGroupMetaData, window: Bounds) -> bool {
    let range = |name: &str| {
        let column = (group.columns().iter())
            .find(|column| column.column_path().string() == format!("bbox.{name}"))?;
        match column.statistics()? {
            Statistics::Double(range) => Some((*range.min_opt()?, *range.max_opt()?)),
            _ => None,
        }
    };
    let sides = ["xmin", "ymin", "xmax", "ymax"].map(range);
    let [Some(west), Some(south), Some(east), Some(north)] = sides else {
        return true;
    };
    west.0 <= window.max.x
        && south.0 <= window.max.y
        && east.1 >= window.min.x
        && north.1 >= window.min.y
}
