//! A layer of a GeoPackage → the second names of its columns, which GDAL does not read before version 3.7.

use gdal::vector::LayerAccess;
use gdal::vector::sql::Dialect;

use super::{connect, messages};
use crate::formats::Source;

/// Each column that has a second name (schema extension, OGC 12-128 annex F.9), and that name; nothing for other formats.
pub fn second_names(source: &Source, layer: &str) -> Vec<(String, String)> {
    if source.extension() != "gpkg" {
        return Vec::new();
    }
    let Ok(connection) = connect::connect(source, None) else {
        return Vec::new();
    };
    let sql = format!(
        "SELECT column_name, COALESCE(title, name) FROM gpkg_data_columns WHERE table_name = '{}'",
        layer.replace('\'', "''")
    );
    let mut names = Vec::new();
    if let Ok(Some(mut rows)) = connection.dataset.execute_sql(sql, None, Dialect::DEFAULT) {
        for row in rows.features() {
            let text = |field| row.field_as_string(field).ok().flatten();
            names.extend(text(0).zip(text(1)).filter(|(_, name)| !name.is_empty()));
        }
    }
    // most GeoPackages have no such table
    messages::take();
    names
}
