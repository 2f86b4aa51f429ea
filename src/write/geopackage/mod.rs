//! Layers → GeoPackages (OGC 12-128) by SQLite, with Chinese names of their columns and what a run rests on.

mod city;
mod index;
mod package;
mod survey;

use std::collections::BTreeSet;
use std::path::Path;

use super::prepared::each_row;
use super::{MapLayer, ResultFolder, Table, WriteError};
use package::{NewLayer, Package};

pub use city::write_city_package;
pub(super) use survey::write_survey_layers;

/// Writes `table` into `folder` as one file with a spatial index. Shapes are MultiPolygons, empty ones null; a table without
/// shapes is kept as one of attributes.
///
/// # Errors
/// When the file cannot be written or does not hold all rows.
pub(super) fn write(folder: &ResultFolder, table: &Table<'_>) -> Result<(), WriteError> {
    let name = format!("{}.gpkg", table.name);
    let (path, shown) = (folder.path(&name), folder.shown(&name));
    write_layers(&path, &shown, &[MapLayer::of(table)], None, &[])
}

/// Writes layers whose columns have second names, one whose columns have none, and what SQL adds.
fn write_layers(
    path: &Path,
    shown: &Path,
    layers: &[MapLayer<'_, '_>],
    plain: Option<&MapLayer<'_, '_>>,
    statements: &[String],
) -> Result<(), WriteError> {
    let package = Package::create(path, shown)?;
    ROOM_FOR_NAMES.iter().try_for_each(|sql| package.run(sql))?;
    for layer in layers {
        add(&package, layer)?;
        let names = layer.table.columns.iter();
        let names = names.map(|column| (&*column.name, &*column.alias));
        let statements = names_of(&layer.name, names);
        statements.iter().try_for_each(|sql| package.run(sql))?;
    }
    plain.map_or(Ok(()), |plain| add(&package, plain))?;
    statements.iter().try_for_each(|sql| package.run(sql))?;
    package.finish()
}

/// Adds a layer with all its rows.
fn add(package: &Package<'_>, layer: &MapLayer<'_, '_>) -> Result<(), WriteError> {
    let mut filled = package.add(&NewLayer::of(layer))?;
    each_row(layer, package.shown(), |cells, wkb| filled.push(cells, wkb))?;
    filled.finish(layer.len())
}

/// Makes the table that columns' second names are kept in.
const ROOM_FOR_NAMES: [&str; 3] = [
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, \
     description TEXT, mime_type TEXT, constraint_name TEXT, \
     CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, \
     definition TEXT NOT NULL, scope TEXT NOT NULL, \
     CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema', \
     'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
];

/// Records the second names of columns by the layer and their names, by the schema extension of the standard (OGC 12-128,
/// annex F.9). The standard wants them to be unique in a layer: one that comes again is kept as the title alone.
fn names_of<'a>(layer: &str, names: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let record = |(name, alias): (&str, &'a str)| {
        let title = quoted(alias);
        format!(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title) VALUES ({}, {}, {}, {title})",
            quoted(layer),
            quoted(name),
            if seen.insert(alias) { &title } else { "NULL" },
        )
    };
    names.map(record).collect()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
