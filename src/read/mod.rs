//! Files, tables and databases in whatever form departments keep them → layers of the city, and the defects found.

mod batch;
mod file;
mod filter;
mod flatgeobuf;
mod geojson;
mod geoparquet;
mod native;
mod source;

pub use batch::{Batch, Column, Field, GeometryFlaw, Layer};
pub use filter::{Filter, FilterError};
pub use native::open_native;
pub use source::{ReadError, Source};
