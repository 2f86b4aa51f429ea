//! Files, folders, archives and databases → layers of rows with shapes and values, whatever they are of.

mod advice;
mod archive;
mod batch;
mod choose;
mod crs_text;
mod curves;
mod dbf;
mod encoding;
mod file;
mod filter;
mod fingerprint;
mod flatgeobuf;
#[cfg(feature = "gdal")]
mod gdal;
mod geojson;
mod geoparquet;
mod native;
pub mod office;
mod open;
mod options;
mod plain_text;
mod register;
mod rewritten;
mod several;
mod shape_column;
mod source;
mod survey_text;
#[cfg_attr(
    feature = "gdal",
    allow(
        dead_code,
        unused_imports,
        reason = "what it offers beside `open` is for the build without GDAL"
    )
)]
mod without_gdal;
pub mod written;

/// What opens the sources of which there is no reader of our own in every build.
#[cfg(feature = "gdal")]
use self::gdal as library;
#[cfg(not(feature = "gdal"))]
use self::without_gdal as library;

#[cfg(feature = "gdal")]
pub(crate) use self::gdal::listen as listen_to_gdal;
#[cfg(feature = "gdal")]
pub use self::gdal::open as open_with_gdal;
pub use self::library::layers;
pub(crate) use self::library::{lines_of, second_names};
pub use self::without_gdal::open as open_without_gdal;
pub use batch::{Batch, Column, Field, GeometryFlaw, Layer, LayerSchema};
pub use crs_text::{CrsError, Dialect, describe_crs, older_wkt};
pub use filter::{Filter, FilterError};
pub use fingerprint::{FileFacts, fingerprint};
pub use native::open_native;
pub use open::open;
pub use options::{LayerSummary, OpenOptions, Role};
pub use source::{Source, SourceError};
pub use written::{DecimalMark, is_date_or_year};
