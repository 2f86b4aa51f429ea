//! Files, folders, archives and databases → layers of rows with shapes and values, whatever they are of.

mod archive;
mod batch;
mod crs_text;
mod file;
mod filter;
mod fingerprint;
mod flatgeobuf;
mod gdal;
mod geojson;
mod geoparquet;
mod native;
pub mod office;
mod open;
mod several;
mod source;
mod survey_text;
pub mod written;

pub use self::gdal::{LayerSummary, OpenOptions, Role, layers, open as open_with_gdal};
pub(crate) use self::gdal::{lines_of, second_names};
pub use batch::{Batch, Column, Field, GeometryFlaw, Layer};
pub use crs_text::{CrsError, describe_crs};
pub use filter::{Filter, FilterError};
pub use fingerprint::{FileFacts, fingerprint};
pub use native::open_native;
pub use open::open;
pub use source::{Source, SourceError};
pub use written::{DecimalMark, is_date_or_year};
