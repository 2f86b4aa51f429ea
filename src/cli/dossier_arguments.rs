//! The arguments of `plotratio dossier`.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use super::result_arguments::OutputArguments;

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("wanted").required(true).multiple(true).args(["parcel", "filter"])))]
pub(super) struct DossierArguments {
    /// The folder of a finished run of `scan`, with a map of its parcels (geojson, gpkg, fgb or parquet).
    #[arg(value_name = "DIR")]
    pub(super) run: PathBuf,
    /// Parcels by their ids; may be repeated, or list several.
    #[arg(long, value_name = "ID", num_args = 1..)]
    pub(super) parcel: Vec<String>,
    /// Parcels for which an SQL condition on the columns of `parcels.*` holds, as in `verdict = 'fail' AND area_m2 > 5000`.
    #[arg(long = "where", value_name = "EXPR")]
    pub(super) filter: Option<String>,
    #[command(flatten)]
    pub(super) to: OutputArguments,
    /// The pack whose words are quoted, where the run was judged by one of your own.
    #[arg(long, value_name = "ID|FILE")]
    pub(super) policy: Option<String>,
    /// Threads to work with [default: all].
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
}
