//! What GDAL cannot open → what to do about it, by what kind of file it is.

use crate::formats::Source;
use crate::formats::advice::advice;

/// What the reader said, or what to do where it says no more than that it does not know the file.
pub(super) fn explain(source: &Source, said: String) -> String {
    let extension = source.extension();
    let unknown = said.contains("not recognized as a supported file format")
        || said.contains("SHAPE_RESTORE_SHX");
    match extension.as_str() {
        "mdb" | "accdb" => format!(
            "a personal geodatabase (Access) is read through ODBC, and that could not open it; install the driver of mdbtools \
             (Debian, Ubuntu: `apt-get install odbc-mdbtools`), or export it to a file geodatabase or GeoPackage first ({said})"
        ),
        "dwg" => "drawings are read from DXF, and from DWG up to R2000; save it as DXF".to_owned(),
        _ if !unknown => said,
        known if let Some(advice) = advice(known) => advice.to_owned(),
        "shp" => "it is no whole Shapefile: .shp, .shx and .dbf must lie side by side; export it again".to_owned(),
        "csv" | "tsv" | "psv" => {
            "it is no table: a heading, and cells apart by commas, semicolons, tabs or `|`; save it as CSV again".to_owned()
        }
        _ => "it is in no format that is read here (Shapefile, GeoPackage, file geodatabase, GeoJSON, Esri JSON, FlatGeobuf, \
              GeoParquet, KML, GML, DXF, MapInfo, SQLite, 勘测定界 text, CSV, XLSX, and zip archives or folders of these), or \
              it is broken; export it to GeoPackage"
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_recognised_comes_with_what_to_do() {
        let bare = "`x' not recognized as a supported file format.";
        for name in ["a.rar", "a.dwg", "a.xyz", "a", "a.mdb", "a.csv", "a.wt"] {
            let text = explain(&Source::parse(name), bare.to_owned());
            assert!(!text.starts_with(bare) && text.len() > 40, "{name}: {text}");
        }
        let index =
            "Unable to open a.shx. Set SHAPE_RESTORE_SHX config option to YES to restore it.";
        let text = explain(&Source::parse("a.shp"), index.to_owned());
        assert!(text.contains("side by side"), "{text}");
        let other = "disk I/O error".to_owned();
        assert_eq!(explain(&Source::parse("a.gpkg"), other.clone()), other);
    }
}
