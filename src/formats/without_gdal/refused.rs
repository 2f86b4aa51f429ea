//! What this build cannot read, being without GDAL → an error that names the format and says what to do.

use std::path::Path;

use crate::formats::advice::advice;
use crate::formats::{Source, SourceError};

/// Formats that only GDAL reads here, by their extensions.
const FORMATS: [(&str, &[&str]); 12] = [
    ("a file geodatabase", &["gdb", "gdbtable"]),
    ("a drawing (DXF, DWG, DGN)", &["dxf", "dwg", "dgn"]),
    ("KML", &["kml", "kmz"]),
    ("GML", &["gml", "xml", "gz"]),
    ("MapInfo", &["tab", "mif", "mid"]),
    ("an Access database", &["mdb", "accdb"]),
    ("a SQLite database", &["sqlite", "sqlite3", "db"]),
    ("an OpenDocument sheet", &["ods"]),
    ("Esri JSON or TopoJSON", &["json"]),
    ("a zipped Shapefile", &["shz"]),
    ("a chart (S-57)", &["000"]),
    ("JUMP", &["jml"]),
];

/// Why a file or folder is not read, and what to do about it.
pub(super) fn refusal(source: &Source, path: &Path) -> SourceError {
    let extension = source.extension();
    let known = FORMATS
        .iter()
        .find(|(_, extensions)| extensions.contains(&extension.as_str()));
    let why = match known {
        _ if let Some(advice) = advice(&extension) => advice.to_owned(),
        Some((format, _)) => format!(
            "this build has no GDAL, which is what reads {format}; take the build with GDAL, or export it to GeoPackage, \
             Shapefile or GeoJSON"
        ),
        None if path.is_dir() => {
            "it holds no layer that this build without GDAL reads (Shapefile, GeoPackage, GeoJSON, FlatGeobuf, GeoParquet, \
             勘测定界 text, CSV, XLSX)"
                .to_owned()
        }
        None => "it is in no format that this build without GDAL reads (Shapefile, GeoPackage, GeoJSON, FlatGeobuf, \
                 GeoParquet, 勘测定界 text, CSV, XLSX, and zip archives or folders of these); export it to GeoPackage"
            .to_owned(),
    };
    SourceError::unreadable(source, why)
}

/// Why a database is not read.
pub(super) fn no_databases(source: &Source) -> SourceError {
    let why = "this build has no GDAL, which is what connects to databases; take the build with GDAL, or export the table \
               to GeoPackage";
    SourceError::unreadable(source, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_is_called_by_its_name() {
        for (file, name) in [
            ("city.gdb", "a file geodatabase"),
            ("plan.DXF", "a drawing"),
            ("a.kml", "KML"),
            ("a.xyz", "in no format"),
        ] {
            let error = refusal(&Source::parse(file), Path::new(file)).to_string();
            assert!(error.contains(file) && error.contains(name), "{error}");
            assert!(error.contains("GDAL"), "{error}");
        }
        let source = Source::parse("PG:dbname=city");
        assert!(no_databases(&source).to_string().contains("PG:dbname=city"));
    }
}
