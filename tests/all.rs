//! Every integration test, in one binary, so that GDAL is linked once.

mod gdal_reader;
mod postgis;
