//! A source → the reader that reads it best.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::{
    Layer, OpenOptions, Source, SourceError, archive, library, open_native, several, survey_text,
};

/// Opens a source: GeoJSON, FlatGeobuf, GeoParquet and texts of boundary points natively, all else by GDAL; a zip archive,
/// a folder or a pattern (`tiles/*.shp`) by what is in it.
///
/// # Errors
/// When there is no such file or layer, or no reader understands it.
pub fn open(source: &Source, options: &OpenOptions) -> Result<Box<dyn Layer>, SourceError> {
    let Source::File { path, .. } = source else {
        return library::open(source, options);
    };
    if let Some(files) = several::named_by(source, path) {
        return several::open_all(source, &files?, options);
    }
    if !path.exists() && !path.starts_with("/vsimem") {
        return Err(SourceError::NotFound(source.to_string()));
    }
    let extension = source.extension();
    if path.is_dir() {
        return open_folder(source, path, &extension, options);
    }
    if matches!(extension.as_str(), "geojson" | "json") && is_viewer_copy(path) {
        return Err(SourceError::Unsuitable {
            name: source.to_string(),
            layer: "map",
            why: "it is a copy in GCJ-02 for viewers, shifted by some 500 m, of which nothing can be measured; name the map that it is a copy of".to_owned(),
        });
    }
    match extension.as_str() {
        "zip" => archive::open_archive(source, path, options),
        "txt" => survey_text::open(source, options),
        "json" if is_foreign_json(path) => library::open(source, options),
        _ => open_native(source).unwrap_or_else(|| library::open(source, options)),
    }
}

/// Whether a GeoJSON says at its head that its coordinates are shifted for viewers.
fn is_viewer_copy(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(400).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains("\"datum\":\"GCJ-02\"")
}

/// A folder: a file geodatabase or a folder of Shapefiles, which GDAL knows, or one of GeoParquet and others.
fn open_folder(
    source: &Source,
    path: &Path,
    extension: &str,
    options: &OpenOptions,
) -> Result<Box<dyn Layer>, SourceError> {
    if extension == "gdb" {
        return library::open(source, options);
    }
    let shapefiles = several::files_below(path, &["shp"]);
    if !shapefiles.is_empty() {
        let inside = shapefiles.iter().all(|file| file.parent() == Some(path));
        if !inside {
            return several::choose(source, &shapefiles, options);
        }
        return match library::open(source, options) {
            Err(which @ SourceError::WhichLayer { .. }) => {
                several::alike(source, &shapefiles, options).unwrap_or(Err(which))
            }
            opened => opened,
        };
    }
    let parquet = several::files_below(path, &["parquet", "geoparquet"]);
    if !parquet.is_empty() {
        return several::choose(source, &parquet, options);
    }
    let others = ["gpkg", "geojson", "fgb", "kml", "gml", "dxf"];
    let others = several::files_below(path, &others);
    if others.is_empty() {
        return library::open(source, options);
    }
    several::choose(source, &others, options)
}

/// Whether a `.json` is Esri's or TopoJSON, which GDAL reads, rather than GeoJSON.
fn is_foreign_json(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(65_536).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    let esri = [
        "\"esriGeometry",
        "\"rings\"",
        "\"displayFieldName\"",
        "\"fieldAliases\"",
    ];
    let has = |key: &&str| text.contains(key);
    read.is_ok()
        && !text.contains("\"FeatureCollection\"")
        && (esri.iter().any(has) || text.contains("\"Topology\""))
}
