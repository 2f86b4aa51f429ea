//! What a user types for a lake and its parts.

use std::path::PathBuf;

use clap::Args;

use super::arguments::LayerArguments;
use super::result_arguments::{OutputArguments, ResultArguments};

/// How a lake is scanned in parts.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct PartArguments {
    /// Scan no more than part K of a plan of a lake, into a folder of its own in DIR; doing it again changes nothing.
    #[arg(
        long,
        value_name = "PLAN.parquet:K",
        help_heading = "Parts",
        conflicts_with = "part_size"
    )]
    pub(super) part: Option<String>,
    /// Scan a lake in parts of at most N parcels, one after another: less memory while layers are laid over each other, the
    /// same files.
    #[arg(long, value_name = "N", help_heading = "Parts", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) part_size: Option<u32>,
}

#[derive(Debug, Args)]
pub(super) struct IngestArguments {
    /// A city, as for `scan`: layers and options; the command line wins.
    #[arg(value_name = "CITY.toml")]
    pub(super) city: Option<PathBuf>,
    /// The folder for the lake.
    #[arg(short, long, value_name = "LAKE")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) layers: LayerArguments,
    /// The column of the parcels to sum results up by: its stored name, or a field, as in `town`.
    #[arg(long, value_name = "COLUMN")]
    pub(super) group_by: Option<String>,
    /// Replace the lake that is there.
    #[arg(long)]
    pub(super) overwrite: bool,
    /// Print neither progress nor summary.
    #[arg(long, short)]
    pub(super) quiet: bool,
    /// Threads to work with [default: all].
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
}

#[derive(Debug, Args)]
pub(super) struct PartitionArguments {
    /// The lake.
    #[arg(value_name = "LAKE", required_unless_present = "reopen")]
    pub(super) lake: Option<PathBuf>,
    /// How many parcels a part owns at most.
    #[arg(long, value_name = "N", required_unless_present = "reopen", conflicts_with = "reopen", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) parcels: Option<u32>,
    /// Plan what the parts in these folders leave open, with the ground that it takes; a plan without parts says that nothing
    /// is open.
    #[arg(long, value_name = "OUT", num_args = 1..)]
    pub(super) reopen: Vec<PathBuf>,
    /// The plan to write.
    #[arg(short, long, value_name = "PLAN.parquet")]
    pub(super) out: PathBuf,
    /// Print nothing.
    #[arg(long, short)]
    pub(super) quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct GatherArguments {
    /// The folder of the parts.
    #[arg(value_name = "OUT")]
    pub(super) parts: PathBuf,
    #[command(flatten)]
    pub(super) to: OutputArguments,
    /// The lake, where it lies elsewhere than when its parts were scanned.
    #[arg(long, value_name = "LAKE")]
    pub(super) lake: Option<PathBuf>,
    #[command(flatten)]
    pub(super) results: ResultArguments,
}
