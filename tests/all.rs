//! Every integration test, in one binary, so that GDAL is linked once.

#![allow(clippy::unwrap_used)]

mod gdal_reader;
mod native_readers;
