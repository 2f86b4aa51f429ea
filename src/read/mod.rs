//! Files, tables and databases in whatever form departments keep them → layers of the city, and the defects found.

mod batch;
mod crs_text;
mod gdal;
mod source;

pub use self::gdal::{LayerSummary, OpenOptions, layers, open as open_with_gdal};
pub use batch::{Batch, Column, Field, GeometryFlaw, Layer};
pub use crs_text::{CrsError, describe_crs};
pub use source::{ReadError, Source};
