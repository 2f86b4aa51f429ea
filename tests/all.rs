//! Every integration test, in one binary, so that GDAL is linked once.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod around;
mod attributes;
mod cases;
mod command_line;
mod evidence;
mod faulty;
mod figures;
#[cfg(feature = "gdal")]
mod gdal_reader;
mod geometry_faults;
mod geos_differential;
mod given_layers;
mod handed_in;
mod idle;
mod lake;
mod layers;
mod lineage;
mod merges;
mod native_readers;
mod one_truth;
mod packs;
mod placing;
mod plan;
#[cfg(feature = "gdal")]
mod postgis;
mod properties;
mod proposed_splits;
mod read_city;
mod real_places;
mod result_folder;
mod scattered;
mod serve;
mod shared;
mod survey;
mod tables;
mod without_gdal;
mod writers;
