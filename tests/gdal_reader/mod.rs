//! Small files in every format that GDAL writes here, read back through the reader.

#![expect(clippy::unwrap_used, reason = "a test that fails here says where")]

mod databases;
mod drawings;
mod formats;
mod text;

use std::fs;
use std::path::Path;

use encoding_rs::GB18030;
use gdal::DriverManager;
use gdal::spatial_ref::SpatialRef;
use gdal::vector::{FieldDefn, Geometry, LayerAccess, LayerOptions};
use gdal_sys::{OGRFieldType, OGRwkbGeometryType};
use plotratio::formats::SourceError;
use plotratio::formats::{
    Batch, Column, GeometryFlaw, Layer, OpenOptions, Source, layers, open_with_gdal,
};
use plotratio::model::LAYERS;
use tempfile::TempDir;

use crate::shared::shared;

pub const SQUARE: &str = "POLYGON ((0 0,10 0,10 10,0 10,0 0))";

pub fn open(path: &Path) -> Box<dyn Layer> {
    open_as(&path.display().to_string(), None).unwrap()
}

pub fn open_as(text: &str, role: Option<&str>) -> Result<Box<dyn Layer>, SourceError> {
    let mut roles = LAYERS.iter().map(|layer| &layer.role);
    let options = OpenOptions {
        encoding: None,
        role: role.and_then(|role| roles.find(|known| known.name == role)),
    };
    open_with_gdal(&Source::parse(text), &options)
}

pub fn read(layer: &mut dyn Layer) -> Vec<Batch> {
    let columns: Vec<usize> = (0..layer.schema().fields.len()).collect();
    layer.read(&columns, &|_| ()).unwrap()
}

/// All values of a column as text.
pub fn texts(layer: &mut dyn Layer, field: &str) -> Vec<Option<String>> {
    let column = layer
        .schema()
        .fields
        .iter()
        .position(|there| there.name == field)
        .unwrap_or_else(|| panic!("no field {field} in {:?}", layer.schema().fields));
    let batches = layer.read(&[column], &|_| ()).unwrap();
    let values = batches.iter().flat_map(|batch| {
        (0..batch.rows).map(|row| {
            Column(&batch.columns[0])
                .text(row)
                .map(std::borrow::Cow::into_owned)
        })
    });
    values.collect()
}

/// Writes one layer: `(name, type)` fields, then a row of a WKT (or none) and its texts.
pub fn write(
    driver: &str,
    path: &Path,
    layer: &str,
    options: &[&str],
    fields: &[(&str, OGRFieldType::Type)],
    rows: &[(&str, &[&str])],
) {
    let ty = match driver {
        "OpenFileGDB" => OGRwkbGeometryType::wkbMultiPolygon,
        "XLSX" | "ODS" => OGRwkbGeometryType::wkbNone,
        _ => OGRwkbGeometryType::wkbUnknown,
    };
    let driver = DriverManager::get_driver_by_name(driver).unwrap();
    let mut dataset = driver.create_vector_only(path).unwrap();
    let srs = SpatialRef::from_epsg(4549).unwrap();
    let layer = dataset
        .create_layer(LayerOptions {
            name: layer,
            srs: Some(&srs),
            ty,
            options: Some(options),
        })
        .unwrap();
    for (name, kind) in fields {
        FieldDefn::new(name, *kind)
            .unwrap()
            .add_to_layer(&layer)
            .unwrap();
    }
    let defn = layer.defn();
    for (wkt, values) in rows {
        let mut feature = gdal::vector::Feature::new(defn).unwrap();
        if !wkt.is_empty() && ty != OGRwkbGeometryType::wkbNone {
            feature
                .set_geometry(Geometry::from_wkt(wkt).unwrap())
                .unwrap();
        }
        for (index, value) in values
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.is_empty())
        {
            feature.set_field_string(index, value).unwrap();
        }
        feature.create(&layer).unwrap();
    }
}

pub const TEXT: OGRFieldType::Type = OGRFieldType::OFTString;

/// The names of all files in a folder, to see that nothing was left there.
pub fn listing(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
