//! Map layers → vector tiles (Mapbox Vector Tile 2.1): one at a time for a map that is looked at, all of them as a PMTiles archive.

mod archive;
mod cut;
mod directory;
mod encode;
mod mercator;
mod pmtiles;
mod ring;

pub use archive::TileArchive;
pub use cut::TileSource;
pub use encode::TileValue;
pub use mercator::{TileId, world};

pub(super) use pmtiles::write;

/// Bytes as gzip, the same for the same bytes.
///
/// # Errors
/// None that memory does not give.
pub fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}
