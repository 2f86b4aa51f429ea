//! A layer of features ↔ one GeoParquet file, along a Hilbert curve.

use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{
    BinaryBuilder, BooleanBuilder, Float64Builder, Int64Builder, StringBuilder,
};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{ArrayRef, RecordBatch, StructArray};
use arrow_schema::{DataType, Field, Fields, Schema};
use geo::Coord;
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::file::ROWS;
use super::manifest::LayerFacts;
use super::{Columns, LakeError, Sheet, SheetWriter};
use crate::geometry::{Bounds, Crs, Decoded, Shapes, along_hilbert, decode_wkb, encode_wkb};
use crate::model::Layer;

const OWN: [&str; 5] = ["source", "place", "unclear", "geometry", "bbox"];

/// Writes a layer; what else is known of it is given back.
pub(super) fn write<T: Serialize + Sync + Default>(
    path: &Path,
    layer: &Layer<T>,
    source: &str,
    crs: &Crs,
) -> Result<LayerFacts, LakeError> {
    let broken = |why: serde_json::Error| LakeError::broken(path, why);
    let columns = Columns::of(&layer.rows).map_err(broken)?;
    let mut fields = vec![
        Field::new("source", DataType::Utf8, false),
        Field::new("place", DataType::Int64, false),
        Field::new("unclear", DataType::Boolean, false),
    ];
    fields.extend(columns.fields());
    fields.push(Field::new("geometry", DataType::Binary, false));
    fields.push(Field::new("bbox", DataType::Struct(box_fields()), false));
    let mut writer = SheetWriter::begin(path, Schema::new(fields), columns.json())?;
    let boxes: Vec<Bounds> = layer.shapes.iter().map(|shape| shape.bounds()).collect();
    let extent = boxes.iter().fold(Bounds::EMPTY, |all, one| all.union(*one));
    let order = along_hilbert(&boxes);
    for group in order.chunks(ROWS) {
        let mut arrays = own_arrays(layer, group, source);
        let records = group.iter().map(|at| &layer.rows[*at as usize]);
        arrays.extend(columns.arrays(records).map_err(broken)?);
        arrays.push(geometries(&layer.shapes, group));
        arrays.push(box_array(group.iter().map(|at| boxes[*at as usize]), path)?);
        writer.write(arrays)?;
    }
    writer.say("geo", geo(crs, extent, boxes.is_empty()).map_err(broken)?);
    writer.end()?;
    Ok(LayerFacts {
        features: layer.rows.len() as u64,
        account: layer.account,
        left_out: serde_json::to_value(&layer.left_out).map_err(broken)?,
    })
}

fn own_arrays<T>(layer: &Layer<T>, group: &[u32], source: &str) -> Vec<ArrayRef> {
    let (mut sources, mut places) = (StringBuilder::new(), Int64Builder::new());
    let mut unclear = BooleanBuilder::new();
    for at in group {
        sources.append_value(source);
        places.append_value(i64::from(*at));
        unclear.append_value(layer.unclear.contains(at));
    }
    vec![
        Arc::new(sources.finish()),
        Arc::new(places.finish()),
        Arc::new(unclear.finish()),
    ]
}

fn geometries(shapes: &Shapes, group: &[u32]) -> ArrayRef {
    let (mut wkb, mut bytes) = (BinaryBuilder::new(), Vec::new());
    for at in group {
        bytes.clear();
        encode_wkb(shapes.get(*at as usize), false, &mut bytes);
        wkb.append_value(&bytes);
    }
    Arc::new(wkb.finish())
}

fn box_fields() -> Fields {
    let side = |name| Field::new(name, DataType::Float64, false);
    ["xmin", "ymin", "xmax", "ymax"]
        .map(side)
        .into_iter()
        .collect()
}

fn box_array(boxes: impl Iterator<Item = Bounds>, path: &Path) -> Result<ArrayRef, LakeError> {
    let mut sides = [(); 4].map(|()| Float64Builder::new());
    for Bounds { min, max } in boxes {
        for (side, value) in sides.iter_mut().zip([min.x, min.y, max.x, max.y]) {
            side.append_value(value);
        }
    }
    let sides = sides.map(|mut side| Arc::new(side.finish()) as ArrayRef);
    let boxes = StructArray::try_new(box_fields(), sides.to_vec(), None);
    Ok(Arc::new(boxes.map_err(|why| LakeError::broken(path, why))?))
}

/// The `geo` key of the file (GeoParquet 1.1.0).
fn geo(crs: &Crs, extent: Bounds, is_empty: bool) -> serde_json::Result<String> {
    let side = |name| json!(["bbox", name]);
    let mut column = json!({
        "encoding": "WKB",
        "geometry_types": ["MultiPolygon"],
        "crs": serde_json::from_str::<serde_json::Value>(&crs.projjson)?,
        "covering": {"bbox": {
            "xmin": side("xmin"), "ymin": side("ymin"), "xmax": side("xmax"), "ymax": side("ymax"),
        }},
    });
    if !is_empty {
        column["bbox"] = json!([extent.min.x, extent.min.y, extent.max.x, extent.max.y]);
    }
    let geo = json!({
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": column},
    });
    Ok(geo.to_string())
}

/// Writes records with shapes that are no layer of a city.
///
/// # Errors
/// When the file cannot be written.
pub fn write_shapes<T: Serialize + Sync + Default>(
    path: &Path,
    layer: &Layer<T>,
    crs: &Crs,
) -> Result<(), LakeError> {
    write(path, layer, "", crs).map(drop)
}

/// Reads them, in the order in which they were written.
///
/// # Errors
/// When the file cannot be read, or holds other records.
pub fn read_shapes<T: DeserializeOwned + Send>(path: &Path) -> Result<Layer<T>, LakeError> {
    let facts = LayerFacts {
        left_out: json!([]),
        ..LayerFacts::default()
    };
    read(path, &facts, None)
}

/// Features of a row group that come into a window.
struct Read<T> {
    rows: Vec<(u32, bool, T)>,
    shapes: Shapes,
}

/// The records of a group of rows, each with whether its id is unclear, until it is taken.
type Records<T> = Vec<Option<(bool, T)>>;

/// Reads a layer, or the features of it whose box meets a window, in the order of the input.
pub(super) fn read<T: DeserializeOwned + Send>(
    path: &Path,
    facts: &LayerFacts,
    window: Option<Bounds>,
) -> Result<Layer<T>, LakeError> {
    let sheet = Sheet::open(path)?;
    let broken = |why: &dyn ToString| LakeError::broken(path, why.to_string());
    let groups = sheet.read(window, |batch| {
        let kept = kept(batch, window, path)?;
        let column = |name: &str| {
            let column = batch.column_by_name(name);
            column.ok_or_else(|| LakeError::broken(path, format!("it has no column `{name}`")))
        };
        let records = Columns::records::<T>(batch, &sheet.json, &OWN, kept.iter().copied());
        let records = records.map_err(|why| broken(&why))?;
        let odd =
            |name: &str| LakeError::broken(path, format!("its column `{name}` is of another kind"));
        let places = column("place")?.as_primitive_opt::<Int64Type>();
        let places = places.ok_or_else(|| odd("place"))?;
        let unclear = column("unclear")?.as_boolean_opt();
        let unclear = unclear.ok_or_else(|| odd("unclear"))?;
        let wkb = column("geometry")?.as_binary_opt::<i32>();
        let wkb = wkb.ok_or_else(|| odd("geometry"))?;
        let mut read = Read {
            rows: Vec::with_capacity(records.len()),
            shapes: Shapes::default(),
        };
        for (at, record) in kept.into_iter().zip(records) {
            let place = u32::try_from(places.value(at)).map_err(|why| broken(&why))?;
            if decode_wkb(wkb.value(at), &mut read.shapes, false) != Decoded::Polygon {
                return Err(broken(&format!("the shape of place {place} is no polygon")));
            }
            read.rows.push((place, unclear.value(at), record));
        }
        Ok(read)
    })?;
    let count = groups.iter().map(|group| group.rows.len()).sum();
    let mut order: Vec<(u32, u32, u32)> = Vec::with_capacity(count);
    for (number, group) in (0..).zip(&groups) {
        let places = (0..).zip(&group.rows);
        order.extend(places.map(|(at, (place, _, _))| (*place, number, at)));
    }
    order.sort_unstable();
    let mut layer = Layer {
        rows: Vec::with_capacity(count),
        shapes: Shapes::default(),
        account: facts.account,
        unclear: FxHashSet::default(),
        left_out: serde_json::from_value(facts.left_out.clone()).map_err(|why| broken(&why))?,
    };
    let (mut records, shapes): (Vec<Records<T>>, Vec<Shapes>) = groups
        .into_iter()
        .map(|group| {
            let rows = group.rows.into_iter();
            let rows = rows.map(|(_, unclear, record)| Some((unclear, record)));
            (rows.collect(), group.shapes)
        })
        .unzip();
    for (place, (_, group, at)) in (0..).zip(order) {
        let (group, at) = (group as usize, at as usize);
        let Some((unclear, record)) = records[group][at].take() else {
            return Err(broken(&"a feature of it comes twice"));
        };
        layer.rows.push(record);
        layer.shapes.push(shapes[group].get(at));
        if unclear {
            layer.unclear.insert(place);
        }
    }
    Ok(layer)
}

/// The rows of a batch whose box meets a window.
fn kept(batch: &RecordBatch, window: Option<Bounds>, path: &Path) -> Result<Vec<usize>, LakeError> {
    let Some(window) = window else {
        return Ok((0..batch.num_rows()).collect());
    };
    let boxes = boxes_of(batch, path)?;
    let all = boxes.into_iter().enumerate();
    let meeting = all.filter(|(_, bounds)| bounds.meets(&window));
    Ok(meeting.map(|(row, _)| row).collect())
}

/// The boxes of the features of a batch.
fn boxes_of(batch: &RecordBatch, path: &Path) -> Result<Vec<Bounds>, LakeError> {
    let missing = || LakeError::broken(path, "it has no column `bbox` of four numbers");
    let boxes = batch.column_by_name("bbox").ok_or_else(missing)?;
    let boxes = boxes.as_struct_opt().ok_or_else(missing)?;
    let side = |name: &str| {
        let side = boxes.column_by_name(name)?;
        side.as_primitive_opt::<Float64Type>()
    };
    let sides = ["xmin", "ymin", "xmax", "ymax"].map(side);
    let [Some(west), Some(south), Some(east), Some(north)] = sides else {
        return Err(missing());
    };
    let of_row = |row: usize| Bounds {
        min: Coord {
            x: west.value(row),
            y: south.value(row),
        },
        max: Coord {
            x: east.value(row),
            y: north.value(row),
        },
    };
    Ok((0..batch.num_rows()).map(of_row).collect())
}

/// The boxes of all features of a layer with their rows in the input, in the order of the file.
pub(super) fn boxes(path: &Path) -> Result<Vec<(u32, Bounds)>, LakeError> {
    let sheet = Sheet::open(path)?;
    let read = sheet.read(None, |batch| {
        let missing = || LakeError::broken(path, "it has no column `row` of whole numbers");
        let rows = batch.column_by_name("row").ok_or_else(missing)?;
        let rows = rows.as_primitive_opt::<Int64Type>().ok_or_else(missing)?;
        let rows = rows.values().iter().map(|row| u32::try_from(*row));
        let rows: Vec<u32> = rows.collect::<Result<_, _>>().map_err(|_| missing())?;
        Ok(rows
            .into_iter()
            .zip(boxes_of(batch, path)?)
            .collect::<Vec<_>>())
    })?;
    Ok(read.concat())
}
