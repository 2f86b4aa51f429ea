//! A table → GeoParquet 1.1 (WKB, PROJJSON, bbox covering), or plain Parquet where it has no shapes.

use std::fs::File;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, LargeBinaryBuilder, LargeStringBuilder};
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::{DataType, Field, Fields, Schema};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowWriterOptions, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::schema::types::ColumnPath;
use serde_json::json;

use super::chunks::in_order;
use super::typed::{Typed, typed};
use super::{Column, Kind, ResultFolder, Table, TableGeometry, WriteError};
use crate::geometry::{Bounds, ShapeRef, encode_wkb};

/// The rows of a row group, which is also what one thread encodes at a time.
const ROWS: usize = 65_536;
const GEOMETRY: &str = "geometry";
const BBOX: &str = "bbox";

/// Writes `name.parquet`, rows in the order of the table.
pub(super) fn write(folder: &ResultFolder, table: &Table<'_>) -> Result<(), WriteError> {
    let name = format!("{}.parquet", table.name);
    let shown = folder.shown(&name);
    let failed = |error| WriteError::library(&shown)(error);
    let file = File::create(folder.path(&name)).map_err(|e| folder.io_error(&name, e))?;
    let schema = Arc::new(schema(table));
    // Without Arrow's own schema readers take texts and shapes for what they are in Parquet; the large arrays here only
    // keep a row group of huge shapes from overflowing.
    let options = ArrowWriterOptions::new()
        .with_properties(properties())
        .with_skip_arrow_metadata(true);
    let writer =
        ArrowWriter::try_new_with_options(file, schema.clone(), options).map_err(failed)?;
    let (mut writer, factory) = writer.into_serialized_writer().map_err(failed)?;
    in_order(
        table.rows,
        ROWS,
        |rows| {
            let group = rows.start / ROWS;
            let arrays = arrays(table, rows, &shown)?;
            let mut writers = factory
                .create_column_writers(group)
                .map_err(failed)?
                .into_iter();
            let mut chunks = Vec::new();
            for (field, array) in schema.fields().iter().zip(&arrays) {
                for leaf in compute_leaves(field, array).map_err(failed)? {
                    if let Some(mut writer) = writers.next() {
                        writer.write(&leaf).map_err(failed)?;
                        chunks.push(writer.close().map_err(failed)?);
                    }
                }
            }
            Ok(chunks)
        },
        |chunks: Vec<ArrowColumnChunk>| {
            let mut group = writer.next_row_group().map_err(failed)?;
            for chunk in chunks {
                chunk.append_to_row_group(&mut group).map_err(failed)?;
            }
            group.close().map(drop).map_err(failed)
        },
    )?;
    if let Some(geometry) = &table.geometry {
        let geo = geo_metadata(geometry, table.rows).map_err(WriteError::library(&shown))?;
        writer.append_key_value_metadata(KeyValue::new("geo".to_owned(), geo));
    }
    writer.close().map(drop).map_err(failed)
}

fn properties() -> WriterProperties {
    let plain = |column| ColumnPath::new(vec![column]);
    WriterProperties::builder()
        .set_created_by(concat!("plotratio ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        // No two shapes are alike: looking for equal ones costs time and finds none.
        .set_column_dictionary_enabled(plain(GEOMETRY.to_owned()), false)
        .set_column_statistics_enabled(
            plain(GEOMETRY.to_owned()),
            parquet::file::properties::EnabledStatistics::None,
        )
        .build()
}

fn schema(table: &Table<'_>) -> Schema {
    let mut fields: Vec<Field> = table
        .columns
        .iter()
        .map(|column| {
            let kind = match column.kind {
                Kind::Text => DataType::LargeUtf8,
                Kind::Integer => DataType::Int64,
                Kind::Decimal(_) => DataType::Float64,
            };
            Field::new(&*column.name, kind, true)
        })
        .collect();
    if table.geometry.is_some() {
        fields.push(Field::new(GEOMETRY, DataType::LargeBinary, true));
        fields.push(Field::new(BBOX, DataType::Struct(bbox_fields()), true));
    }
    Schema::new(fields)
}

fn bbox_fields() -> Fields {
    ["xmin", "ymin", "xmax", "ymax"]
        .map(|name| Field::new(name, DataType::Float64, true))
        .into_iter()
        .collect()
}

fn arrays(
    table: &Table<'_>,
    rows: Range<usize>,
    shown: &Path,
) -> Result<Vec<ArrayRef>, WriteError> {
    let mut arrays = table
        .columns
        .iter()
        .map(|column| array(column, rows.clone(), shown))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(geometry) = &table.geometry {
        let (shapes, boxes) = shape_arrays(rows.map(&geometry.plane), shown)?;
        arrays.extend([shapes, boxes]);
    }
    Ok(arrays)
}

fn array(column: &Column<'_>, rows: Range<usize>, shown: &Path) -> Result<ArrayRef, WriteError> {
    let mut cells = rows.map(|row| typed(column, row, shown));
    Ok(match column.kind {
        Kind::Text => {
            let mut builder = LargeStringBuilder::new();
            cells.try_for_each(|cell| {
                match cell? {
                    Typed::Text(text) => builder.append_value(text),
                    _ => builder.append_null(),
                }
                Ok(())
            })?;
            Arc::new(builder.finish())
        }
        Kind::Integer => {
            let mut builder = Int64Builder::new();
            cells.try_for_each(|cell| {
                builder.append_option(match cell? {
                    Typed::Integer(number) => Some(number),
                    _ => None,
                });
                Ok(())
            })?;
            Arc::new(builder.finish())
        }
        Kind::Decimal(_) => {
            let mut builder = Float64Builder::new();
            cells.try_for_each(|cell| {
                builder.append_option(match cell? {
                    Typed::Real(number) => Some(number),
                    _ => None,
                });
                Ok(())
            })?;
            Arc::new(builder.finish())
        }
    })
}

/// The shapes as WKB and the boxes around them, both null where a shape is empty.
fn shape_arrays<'a>(
    shapes: impl Iterator<Item = ShapeRef<'a>>,
    shown: &Path,
) -> Result<(ArrayRef, ArrayRef), WriteError> {
    let mut wkb = LargeBinaryBuilder::new();
    let mut sides = [(); 4].map(|()| Float64Builder::new());
    let mut bytes = Vec::new();
    for shape in shapes {
        let empty = shape.is_empty();
        if empty {
            wkb.append_null();
        } else {
            bytes.clear();
            encode_wkb(shape, true, &mut bytes);
            wkb.append_value(&bytes);
        }
        let Bounds { min, max } = shape.bounds();
        for (side, value) in sides.iter_mut().zip([min.x, min.y, max.x, max.y]) {
            side.append_option((!empty).then_some(value));
        }
    }
    let sides = sides.map(|mut side| side.finish());
    let nulls = sides[0].nulls().cloned();
    let sides = sides.map(|side| Arc::new(side) as ArrayRef).to_vec();
    let boxes =
        StructArray::try_new(bbox_fields(), sides, nulls).map_err(WriteError::library(shown))?;
    Ok((Arc::new(wkb.finish()), Arc::new(boxes)))
}

/// The `geo` key of the file (GeoParquet 1.1.0). A CRS must be named: readers take its absence for degrees.
fn geo_metadata(geometry: &TableGeometry<'_>, rows: usize) -> serde_json::Result<String> {
    let crs: serde_json::Value = serde_json::from_str(&geometry.crs.projjson)?;
    let (mut bounds, mut single, mut several) = (Bounds::EMPTY, false, false);
    for row in 0..rows {
        let shape = (geometry.plane)(row);
        bounds = bounds.union(shape.bounds());
        single |= shape.parts().len() == 1;
        several |= shape.parts().len() > 1;
    }
    let mut types = Vec::new();
    types.extend(single.then_some("Polygon"));
    types.extend(several.then_some("MultiPolygon"));
    let side = |name| json!([BBOX, name]);
    let mut column = json!({
        "encoding": "WKB",
        "geometry_types": types,
        "crs": crs,
        "covering": {"bbox": {
            "xmin": side("xmin"), "ymin": side("ymin"), "xmax": side("xmax"), "ymax": side("ymax"),
        }},
    });
    if single || several {
        column["bbox"] = json!([bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y]);
    }
    Ok(json!({
        "version": "1.1.0",
        "primary_column": GEOMETRY,
        "columns": {GEOMETRY: column},
    })
    .to_string())
}
