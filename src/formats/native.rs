//! A source → its layer, where this program reads the format itself and need not ask GDAL.

use super::{Layer, Source, SourceError, flatgeobuf, geojson, geoparquet};

/// Opens FlatGeobuf, GeoParquet and GeoJSON by their extension; `None` for any other source.
///
/// # Errors
/// When the file is missing, or broken before its first feature (GeoJSON: anywhere, as it has no schema).
pub fn open_native(source: &Source) -> Option<Result<Box<dyn Layer>, SourceError>> {
    match source.extension().as_str() {
        "fgb" => Some(flatgeobuf::open(source)),
        "parquet" | "geoparquet" => Some(geoparquet::open(source)),
        "geojson" | "json" | "geojsonl" | "geojsons" | "ndjson" | "jsonl" => {
            Some(geojson::open(source))
        }
        _ => None,
    }
}
