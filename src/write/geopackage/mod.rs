//! What makes a GeoPackage or a file geodatabase the same on every run, and a GeoPackage's columns' Chinese names.

mod city;

use std::collections::BTreeSet;

use gdal::Dataset;
use gdal::config::{clear_thread_local_config_option, set_thread_local_config_option};
use gdal::errors::Result;
use gdal::vector::sql::Dialect;

use super::MapLayer;

pub use city::write_city_package;

/// GDAL's settings while a file is written; put back on drop.
pub(super) struct Settings;

const SETTINGS: [(&str, &str); 3] = [
    // `gpkg_contents.last_change` would differ from run to run.
    ("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z"),
    // A file that is not whole is never used, and the folder is flushed once at the end.
    ("OGR_SQLITE_SYNCHRONOUS", "OFF"),
    // A file geodatabase numbers its items by chance otherwise.
    ("OPENFILEGDB_REPRODUCIBLE_UUID", "YES"),
];

impl Settings {
    /// For this thread only.
    pub(super) fn apply() -> Result<Self> {
        for (key, value) in SETTINGS {
            set_thread_local_config_option(key, value)?;
        }
        Ok(Self)
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        for (key, _) in SETTINGS {
            // A key without a zero byte cannot be refused.
            let _ = clear_thread_local_config_option(key);
        }
    }
}

const DATA_COLUMNS: [&str; 3] = [
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, \
     description TEXT, mime_type TEXT, constraint_name TEXT, \
     CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, \
     definition TEXT NOT NULL, scope TEXT NOT NULL, \
     CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema', \
     'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
];

/// Records the second names of a layer's columns, by the schema extension of the standard (OGC 12-128, annex F.9).
pub(super) fn name_columns(dataset: &Dataset, layer: &MapLayer<'_, '_>) -> Result<()> {
    let names = layer.table.columns.iter();
    name_columns_of(
        dataset,
        &layer.name,
        names.map(|column| (&*column.name, &*column.alias)),
    )
}

/// Makes the table that columns' second names are kept in.
pub(super) fn make_room_for_names(dataset: &Dataset) -> Result<()> {
    DATA_COLUMNS
        .into_iter()
        .try_for_each(|sql| run(dataset, sql))
}

/// Records the second names of columns by the layer and their names. The standard wants them to be unique in a layer: one
/// that comes again is kept as the title alone.
pub(super) fn name_columns_of<'a>(
    dataset: &Dataset,
    layer: &str,
    names: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<()> {
    let mut seen = BTreeSet::new();
    for (name, alias) in names {
        let title = quoted(alias);
        run(
            dataset,
            &format!(
                "INSERT INTO gpkg_data_columns (table_name, column_name, name, title) VALUES ({}, {}, {}, {title})",
                quoted(layer),
                quoted(name),
                if seen.insert(alias) { &title } else { "NULL" },
            ),
        )?;
    }
    Ok(())
}

fn run(dataset: &Dataset, sql: &str) -> Result<()> {
    dataset.execute_sql(sql, None, Dialect::DEFAULT).map(drop)
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
