//! What a GeoPackage keeps beside its layers, in SQL: Chinese names of columns and what a run rests on.

mod city;

use std::collections::BTreeSet;

pub use city::write_city_package;

/// Makes the table that columns' second names are kept in.
pub(super) const ROOM_FOR_NAMES: [&str; 3] = [
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
pub(super) fn names_of<'a>(
    layer: &str,
    names: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<String> {
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
