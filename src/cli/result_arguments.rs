//! What every command that writes results asks: where they go, in which form, and what is printed.

use std::path::PathBuf;

use clap::Args;
use serde::{Deserialize, Serialize};

use super::choices::YesOrNo;
use super::file_values::text;

/// Where results go and what is printed. The folder is asked anew each time, so it is no key of CITY.toml.
#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OutputArguments {
    /// The folder for the results.
    #[arg(short, long, value_name = "DIR")]
    #[serde(skip)]
    pub(super) out: PathBuf,
    /// Replace the results that the folder holds.
    #[arg(long, help_heading = "Results")]
    pub(super) overwrite: bool,
    /// Print the summary as JSON.
    #[arg(long, help_heading = "Results")]
    pub(super) json: bool,
    /// Print neither progress nor summary.
    #[arg(long, short, help_heading = "Results")]
    pub(super) quiet: bool,
}

/// In which form the results of a city are written.
#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ResultArguments {
    /// Formats of the map layers, by commas: geojson, csv, gpkg, fgb, parquet, kml, pmtiles; xlsx; html for report.html, the
    /// run as one page [default: geojson,csv]. For more than 30,000 parcels take gpkg, fgb or parquet: most programs open these at
    /// once, and GeoJSON and KML slowly or not at all.
    #[arg(long, short, value_name = "LIST", help_heading = "Results")]
    #[serde(with = "text")]
    pub(super) format: Option<String>,
    /// Leave out who holds the land (权利人) and the names of enterprises, for lists that go out of the house.
    #[arg(long, help_heading = "Results")]
    pub(super) without_owners: bool,
    /// Begin CSV files with a byte order mark, by which Excel knows their encoding [default: yes in
    /// Chinese, by `--lang` or the locale, else no].
    #[arg(long, value_enum, value_name = "yes|no", help_heading = "Results")]
    pub(super) csv_bom: Option<YesOrNo>,
    /// Threads to work with [default: all].
    #[arg(long, value_name = "N", help_heading = "Results")]
    pub(super) threads: Option<usize>,
}
