//! What makes a GeoPackage the same on every run, and its columns' Chinese names.

use gdal::Dataset;
use gdal::config::{clear_thread_local_config_option, set_thread_local_config_option};
use gdal::errors::Result;
use gdal::vector::sql::Dialect;

use super::Table;

/// GDAL's settings while a file is written; put back on drop.
pub(super) struct Settings;

const SETTINGS: [(&str, &str); 2] = [
    // `gpkg_contents.last_change` would differ from run to run.
    ("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z"),
    // A file that is not whole is never used, and the folder is flushed once at the end.
    ("OGR_SQLITE_SYNCHRONOUS", "OFF"),
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

/// Records the columns' second names by the schema extension of the standard (OGC 12-128, annex F.9).
pub(super) fn name_columns(dataset: &Dataset, table: &Table<'_>) -> Result<()> {
    let run = |sql: &str| dataset.execute_sql(sql, None, Dialect::DEFAULT).map(drop);
    DATA_COLUMNS.into_iter().try_for_each(run)?;
    for column in &table.columns {
        run(&format!(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title) VALUES ({}, {}, {alias}, {alias})",
            quoted(table.name),
            quoted(&column.name),
            alias = quoted(&column.alias),
        ))?;
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
