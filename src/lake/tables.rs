//! Rows without shapes ↔ one Parquet file each: storeys, lineage, enterprises, contracts.

use std::path::Path;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::StringBuilder;
use arrow_schema::{DataType, Field, Schema};
use compact_str::CompactString;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::file::ROWS;
use super::{Columns, LakeError, Sheet, SheetWriter};
use crate::model::{Storey, Storeys};

/// Writes rows, in their order, each with the name of its source.
///
/// # Errors
/// When the file cannot be written.
pub fn write_rows<T: Serialize + Sync + Default>(
    path: &Path,
    rows: &[T],
    source: &str,
) -> Result<(), LakeError> {
    let broken = |why: serde_json::Error| LakeError::broken(path, why);
    let columns = Columns::of(rows).map_err(broken)?;
    let mut fields = vec![Field::new("source", DataType::Utf8, false)];
    fields.extend(columns.fields());
    let mut writer = SheetWriter::begin(path, Schema::new(fields), columns.json())?;
    for group in rows.chunks(ROWS) {
        let mut sources = StringBuilder::new();
        for _ in group {
            sources.append_value(source);
        }
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(sources.finish())];
        arrays.extend(columns.arrays(group.iter()).map_err(broken)?);
        writer.write(arrays)?;
    }
    writer.end()
}

/// Reads rows, in their order.
///
/// # Errors
/// When the file cannot be read, or holds other rows.
pub fn read_rows<T: DeserializeOwned + Send>(path: &Path) -> Result<Vec<T>, LakeError> {
    let sheet = Sheet::open(path)?;
    let groups = sheet.read(None, |batch| {
        let rows = 0..batch.num_rows();
        Columns::records::<T>(batch, &sheet.json, &["source"], rows)
            .map_err(|why| LakeError::broken(path, why))
    })?;
    Ok(groups.into_iter().flatten().collect())
}

/// A storey with the key of its building.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StoreyRow {
    building: CompactString,
    level: Option<f32>,
    floor_area: Option<crate::quantity::Area>,
    storey_height: Option<f32>,
}

/// The storeys of each building as rows, building by building.
pub(super) fn storey_rows(storeys: &Storeys) -> Vec<StoreyRow> {
    let mut keys: Vec<&CompactString> = storeys.keys().collect();
    keys.sort_unstable();
    let of_key = |key: &CompactString| {
        let all = storeys.get(key).into_iter().flatten();
        let rows = all.map(|storey| StoreyRow {
            building: key.clone(),
            level: storey.level,
            floor_area: storey.floor_area,
            storey_height: storey.storey_height,
        });
        rows.collect::<Vec<_>>()
    };
    keys.into_iter().flat_map(of_key).collect()
}

/// The same back.
pub(super) fn storeys_of(rows: Vec<StoreyRow>) -> Storeys {
    let mut storeys = Storeys::default();
    for row in rows {
        storeys.entry(row.building).or_default().push(Storey {
            level: row.level,
            floor_area: row.floor_area,
            storey_height: row.storey_height,
        });
    }
    storeys
}
