//! A source → the reader that reads it best.

use super::{Layer, OpenOptions, ReadError, Source, open_native, open_with_gdal};

/// Opens a source: GeoJSON, FlatGeobuf and GeoParquet natively, all else by GDAL.
///
/// # Errors
/// When there is no such file or layer, or no reader understands it.
pub fn open(source: &Source, options: &OpenOptions<'_>) -> Result<Box<dyn Layer>, ReadError> {
    if let Source::File { path, .. } = source
        && !path.exists()
        && !path.starts_with("/vsimem")
    {
        return Err(ReadError::NotFound(source.to_string()));
    }
    open_native(source).unwrap_or_else(|| open_with_gdal(source, options))
}
