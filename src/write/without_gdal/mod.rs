//! What GDAL writes where it is there: GeoPackages by SQLite, Shapefiles here; file geodatabases are refused.

mod blob;
mod geopackage;
mod shapefile;
mod survey;

use std::path::Path;

use super::geopackage::{ROOM_FOR_NAMES, names_of};
use super::prepared::each_row;
use super::{MapLayer, OgrFormat, ResultFolder, Table, WriteError};
use geopackage::{NewLayer, Package};

pub(super) use survey::write_layers;

/// Writes `table` into `folder` as one file. Shapes are MultiPolygons, empty ones null.
///
/// # Errors
/// When the file cannot be written or does not hold all rows, or only GDAL writes the format.
pub fn write_ogr(
    folder: &ResultFolder,
    table: &Table<'_>,
    format: OgrFormat,
) -> Result<(), WriteError> {
    let name = format!("{}.{}", table.name, format.extension());
    let (path, shown) = (folder.path(&name), folder.shown(&name));
    let layer = MapLayer::of(table);
    match format {
        OgrFormat::GeoPackage => {
            let package = Package::create(&path, &shown)?;
            add(&package, &layer)?;
            ROOM_FOR_NAMES.iter().try_for_each(|sql| package.run(sql))?;
            name_columns(&package, &layer)?;
            package.finish()
        }
        OgrFormat::Shapefile { encoding } => shapefile::write(&path, &shown, &layer, encoding),
        OgrFormat::FileGeodatabase => Err(WriteError::NoGdal(shown)),
    }
}

/// Writes layers whose columns have second names, one whose columns have none, and what SQL adds.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write_package(
    path: &Path,
    shown: &Path,
    layers: &[MapLayer<'_, '_>],
    plain: &MapLayer<'_, '_>,
    statements: &[String],
) -> Result<(), WriteError> {
    let package = Package::create(path, shown)?;
    ROOM_FOR_NAMES.iter().try_for_each(|sql| package.run(sql))?;
    for layer in layers {
        add(&package, layer)?;
        name_columns(&package, layer)?;
    }
    add(&package, plain)?;
    statements.iter().try_for_each(|sql| package.run(sql))?;
    package.finish()
}

/// Adds a layer with all its rows.
fn add(package: &Package<'_>, layer: &MapLayer<'_, '_>) -> Result<(), WriteError> {
    let mut filled = package.add(&NewLayer::of(layer))?;
    each_row(layer, package.shown(), |cells, wkb| filled.push(cells, wkb))?;
    filled.finish(layer.len())
}

fn name_columns(package: &Package<'_>, layer: &MapLayer<'_, '_>) -> Result<(), WriteError> {
    let names = layer.table.columns.iter();
    let names = names.map(|column| (&*column.name, &*column.alias));
    let statements = names_of(&layer.name, names);
    statements.iter().try_for_each(|sql| package.run(sql))
}
