//! Every integration test, in one binary, so that GDAL is linked once.

mod result_folder;
mod writers;
