//! A source → the reader that reads it best.

use super::{Layer, ReadError, Source};

/// What a reader may be told about a source.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// The encoding of its text, where the user knows better than the file.
    pub encoding: Option<String>,
    /// The kind of layer wanted: decides which of several layers is meant.
    pub role: Option<&'static str>,
}

/// Opens a source: GeoJSON, FlatGeobuf and GeoParquet natively, all else by GDAL.
///
/// # Errors
/// When there is no such file or layer, or no reader understands it.
pub fn open(source: &Source, _options: &OpenOptions) -> Result<Box<dyn Layer>, ReadError> {
    Err(ReadError::unreadable(source, "stub"))
}
