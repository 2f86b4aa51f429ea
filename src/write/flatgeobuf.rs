//! A table with shapes → FlatGeobuf in the computing CRS, features in the order of its Hilbert index.
//!
//! Not through GDAL, whose writer leaves out every row without a shape and cannot say that a disk was full.
//! The size of the index depends on the count of rows alone: features are written behind the room kept for it.

use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use flatbuffers::{FlatBufferBuilder, WIPOffset};
use flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs, CrsArgs, Feature, FeatureArgs, Geometry, GeometryArgs,
    GeometryType, Header, HeaderArgs,
};
use geo::Coord;
use rayon::prelude::*;

use super::chunks::in_order;
use super::hilbert::hilbert_order;
use super::typed::{Typed, typed};
use super::{Kind, ResultFolder, Table, TableGeometry, WriteError};
use crate::geometry::{Bounds, PartRef, ShapeRef};

const ROWS: usize = 4096;
const NODE_SIZE: u16 = PackedRTree::DEFAULT_NODE_SIZE;
/// The eight bytes that every file begins with: version 3, patch level 0.
const MAGIC: [u8; 8] = *b"fgb\x03fgb\x00";

/// Writes `name.fgb`. Every shape is a MultiPolygon; a row whose shape is empty has none.
pub(super) fn write(
    folder: &ResultFolder,
    table: &Table<'_>,
    geometry: &TableGeometry<'_>,
) -> Result<(), WriteError> {
    let name = format!("{}.fgb", table.name);
    let shown = folder.shown(&name);
    let failed = |source| folder.io_error(&name, source);
    let boxes: Vec<NodeItem> = (0..table.rows)
        .into_par_iter()
        .map(|row| node((geometry.plane)(row)))
        .collect();
    let extent = calc_extent(&boxes);
    let order = hilbert_order(boxes.len(), bounds(&extent), |row| bounds(&boxes[row]));
    let mut nodes: Vec<NodeItem> = order.iter().map(|&row| boxes[row].clone()).collect();
    drop(boxes);

    let mut file = File::create(folder.path(&name)).map_err(failed)?;
    file.write_all(&MAGIC).map_err(failed)?;
    file.write_all(&header(table, geometry, &extent))
        .map_err(failed)?;
    let index_at = file.stream_position().map_err(failed)?;
    if !nodes.is_empty() {
        let room = PackedRTree::index_size(nodes.len(), NODE_SIZE) as u64;
        file.seek(SeekFrom::Start(index_at + room))
            .map_err(failed)?;
    }
    let mut offset = 0;
    let mut written = nodes.iter_mut();
    in_order(
        table.rows,
        ROWS,
        |rows| features(table, geometry, &order[rows], &shown),
        |(bytes, sizes): (Vec<u8>, Vec<u64>)| {
            for (size, node) in sizes.into_iter().zip(written.by_ref()) {
                node.offset = offset;
                offset += size;
            }
            file.write_all(&bytes).map_err(failed)
        },
    )?;
    if nodes.is_empty() {
        return Ok(());
    }
    let index =
        PackedRTree::build(&nodes, &extent, NODE_SIZE).map_err(WriteError::library(&shown))?;
    write_index(&mut file, index_at, &index).map_err(failed)
}

fn write_index(file: &mut File, at: u64, index: &PackedRTree) -> io::Result<()> {
    file.seek(SeekFrom::Start(at))?;
    let mut out = BufWriter::new(file);
    index.stream_write(&mut out)?;
    out.flush()
}

fn node(shape: ShapeRef<'_>) -> NodeItem {
    let Bounds { min, max } = shape.bounds();
    NodeItem::bounds(min.x, min.y, max.x, max.y)
}

fn bounds(node: &NodeItem) -> Bounds {
    Bounds {
        min: Coord {
            x: node.min_x,
            y: node.min_y,
        },
        max: Coord {
            x: node.max_x,
            y: node.max_y,
        },
    }
}

fn header(table: &Table<'_>, geometry: &TableGeometry<'_>, extent: &NodeItem) -> Vec<u8> {
    let mut out = FlatBufferBuilder::new();
    let columns: Vec<_> = table
        .columns
        .iter()
        .map(|column| {
            let args = ColumnArgs {
                name: Some(out.create_string(&column.name)),
                title: Some(out.create_string(&column.alias)),
                type_: match column.kind {
                    Kind::Text => ColumnType::String,
                    Kind::Integer => ColumnType::Long,
                    Kind::Decimal(_) => ColumnType::Double,
                },
                ..Default::default()
            };
            Column::create(&mut out, &args)
        })
        .collect();
    let register = geometry.crs.code.as_ref();
    let crs = CrsArgs {
        org: register.map(|(register, _)| out.create_string(register)),
        code: register.map_or(0, |&(_, code)| i32::try_from(code).unwrap_or(0)),
        name: Some(out.create_string(&geometry.crs.name)),
        wkt: Some(out.create_string(&geometry.crs.wkt)),
        ..Default::default()
    };
    let sides = [extent.min_x, extent.min_y, extent.max_x, extent.max_y];
    let args = HeaderArgs {
        name: Some(out.create_string(table.name)),
        title: Some(out.create_string(table.title)),
        envelope: (extent.min_x <= extent.max_x).then(|| out.create_vector(&sides)),
        geometry_type: GeometryType::MultiPolygon,
        columns: Some(out.create_vector(&columns)),
        features_count: table.rows as u64,
        index_node_size: if table.rows == 0 { 0 } else { NODE_SIZE },
        crs: Some(Crs::create(&mut out, &crs)),
        ..Default::default()
    };
    let header = Header::create(&mut out, &args);
    out.finish_size_prefixed(header, None);
    out.finished_data().to_vec()
}

/// The features of some rows one after another, and the size of each.
fn features(
    table: &Table<'_>,
    geometry: &TableGeometry<'_>,
    rows: &[usize],
    shown: &Path,
) -> Result<(Vec<u8>, Vec<u64>), WriteError> {
    let mut out = FlatBufferBuilder::new();
    let (mut bytes, mut properties, mut xy) = (Vec::new(), Vec::new(), Vec::new());
    let mut sizes = Vec::with_capacity(rows.len());
    for &row in rows {
        properties.clear();
        for (index, column) in (0u16..).zip(&table.columns) {
            push_property(&mut properties, index, &typed(column, row, shown)?);
        }
        let shape = (geometry.plane)(row);
        let args = FeatureArgs {
            geometry: (!shape.is_empty()).then(|| multi_polygon(&mut out, shape, &mut xy)),
            properties: Some(out.create_vector(&properties)),
            ..Default::default()
        };
        let feature = Feature::create(&mut out, &args);
        out.finish_size_prefixed(feature, None);
        bytes.extend_from_slice(out.finished_data());
        sizes.push(out.finished_data().len() as u64);
        out.reset();
    }
    Ok((bytes, sizes))
}

/// A property is the number of its column and its value; one that is unknown is left out.
fn push_property(out: &mut Vec<u8>, index: u16, cell: &Typed<'_>) {
    if !matches!(cell, Typed::Null) {
        out.extend_from_slice(&index.to_le_bytes());
    }
    match cell {
        Typed::Null => {}
        Typed::Integer(number) => out.extend_from_slice(&number.to_le_bytes()),
        Typed::Real(number) => out.extend_from_slice(&number.to_le_bytes()),
        Typed::Text(text) => {
            // The format counts in 32 bits, which no cell comes near.
            let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
            out.extend_from_slice(&length.to_le_bytes());
            out.extend_from_slice(&text.as_bytes()[..length as usize]);
        }
    }
}

fn multi_polygon<'b>(
    out: &mut FlatBufferBuilder<'b>,
    shape: ShapeRef<'_>,
    xy: &mut Vec<f64>,
) -> WIPOffset<Geometry<'b>> {
    let parts: Vec<_> = shape.parts().map(|part| polygon(out, part, xy)).collect();
    let args = GeometryArgs {
        type_: GeometryType::MultiPolygon,
        parts: Some(out.create_vector(&parts)),
        ..Default::default()
    };
    Geometry::create(out, &args)
}

fn polygon<'b>(
    out: &mut FlatBufferBuilder<'b>,
    part: PartRef<'_>,
    xy: &mut Vec<f64>,
) -> WIPOffset<Geometry<'b>> {
    xy.clear();
    let mut ends = Vec::new();
    for ring in part.rings() {
        xy.extend(ring.iter().flat_map(|c| [c.x, c.y]));
        // Counts of coordinates are kept in 32 bits by the shapes themselves.
        ends.push(u32::try_from(xy.len() / 2).unwrap_or(u32::MAX));
    }
    let args = GeometryArgs {
        type_: GeometryType::Polygon,
        ends: (ends.len() > 1).then(|| out.create_vector(&ends)),
        xy: Some(out.create_vector(xy)),
        ..Default::default()
    };
    Geometry::create(out, &args)
}
