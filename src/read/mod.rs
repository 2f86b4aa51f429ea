//! Files, tables and databases in whatever form departments keep them → layers of the city, and the defects found.

mod admit;
mod batch;
mod buildings;
mod city;
mod computing;
mod crs_text;
mod dictionary;
mod file;
mod filter;
mod fingerprint;
mod flatgeobuf;
mod gdal;
mod geojson;
mod geoparquet;
mod known;
mod land_uses;
mod native;
mod open;
mod parcels;
mod placing;
mod raw;
mod recognise;
mod source;
mod unit;

pub use self::gdal::{LayerSummary, OpenOptions, layers, open as open_with_gdal};
pub use batch::{Batch, Column, Field, GeometryFlaw, Layer};
pub use city::{Inputs, Request, read_city};
pub use crs_text::{CrsError, describe_crs};
pub use dictionary::{FieldSpec, fields_of};
pub use filter::{Filter, FilterError};
pub use fingerprint::{FileFacts, fingerprint};
pub use native::open_native;
pub use open::open;
pub use recognise::{Mappings, Recognised, Slot, Why, recognise};
pub use source::{ReadError, Source};
