//! The command line as the user types it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use serde::{Deserialize, Serialize};

use super::choices::{AreaArgument, ViewerArgument};
use super::dossier_arguments::DossierArguments;
use super::file_values::{entries, text};
use super::help::FORMATS_OF_PROPOSALS;
use super::lake_arguments::{GatherArguments, IngestArguments, PartArguments, PartitionArguments};
use super::language::LanguageArgument;
use super::propose_arguments::ProposeArguments;
use super::result_arguments::{OutputArguments, ResultArguments};
use super::rules_arguments::RulesArguments;
use super::serve::ServeArguments;
use super::sources::Sources;
use super::survey_arguments::SurveyArguments;

/// The version, and whether this build reads and writes what only GDAL knows.
const VERSION: &str = if cfg!(feature = "gdal") {
    concat!(env!("CARGO_PKG_VERSION"), " (with GDAL)")
} else {
    concat!(env!("CARGO_PKG_VERSION"), " (without GDAL)")
};

/// Plot ratio (容积率), building density (建筑密度) and neighbours of every parcel of a city.
#[derive(Debug, Parser)]
#[command(version, long_version = VERSION, about, max_term_width = 110)]
pub struct Arguments {
    /// The language of what is printed [default: zh where the locale is Chinese, else en].
    #[arg(long, value_enum, global = true, help_heading = "Results")]
    pub(super) lang: Option<LanguageArgument>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Measure a whole city: every parcel's plot ratio, building density and neighbours.
    Scan(Box<ScanArguments>),
    /// Make every guess about a city once (CRS, units, codes, encodings, keys) and write it as a lake: canonical GeoParquet in
    /// which any place is quick to read. `scan LAKE` gives the same files as `scan CITY.toml`.
    Ingest(Box<IngestArguments>),
    /// Cut a lake into parts that can be scanned alone, anywhere: `scan LAKE --part PLAN.parquet:K`.
    Partition(PartitionArguments),
    /// Join the parts of a lake: the same files as one run. A part that is missing, there twice or still open is refused.
    Gather(GatherArguments),
    /// Propose what could be done: lots of a split, parcels to merge, what an upgrade would take. Everything proposed is
    /// judged by the policy; what breaks a rule is withheld.
    #[command(mut_arg("format", |arg| arg.help(FORMATS_OF_PROPOSALS).long_help(FORMATS_OF_PROPOSALS)))]
    Propose(Box<ProposeArguments>),
    /// Say what changed from one scan to a later one: new, cured, worse, split, merged, gone; and since when.
    Compare(CompareArguments),
    /// Write a page for each of some parcels of a finished run (一地块一档): map, measures, findings with the words of the
    /// law, what is missing. It prints to A4 and needs no network.
    Dossier(DossierArguments),
    /// Open a map of a finished run in the browser, on this machine alone: look at parcels, and ask “and if …?” with the
    /// answer of the rules at once. Nothing of the run is changed; Ctrl-C ends it.
    Serve(ServeArguments),
    /// Judge concrete cases: an upgrade, a split, a merge, a transfer, a subsidy… with their numbers. Exit code: 0 every
    /// verdict is pass, 1 one is not, 2 a file cannot be judged.
    Check(CheckArguments),
    /// Show what a layer holds: its CRS, the fields recognised, problems. Nothing is written.
    Inspect(Box<InspectArguments>),
    /// List the rules of a policy, show one in full with everything it can ask for, or check a pack of your own.
    Rules(RulesArguments),
    /// Check the layers of the survey of inefficient land (低效用地调查: DCDYTB, DCQTB) and write both into one file. What is
    /// wrong goes to survey_checks.csv beside it.
    Survey(SurveyArguments),
    /// Make an invented city, for trying out and for benchmarks. The same seed gives the same city.
    Synth(SynthArguments),
    /// Make the invented city of the samples in DIR, scan it, and say what to open: a first look that needs nothing else.
    Try(TryArguments),
    /// Print the script by which a shell completes commands and options.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each command into a folder.
    Man {
        /// The folder; it is made where it is not there.
        #[arg(short, long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

/// Where the layers are and how they are to be understood. Each option is also a key of CITY.toml.
#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct LayerArguments {
    #[command(flatten)]
    #[serde(skip)]
    pub(super) sources: Sources,
    /// Take COLUMN for a field, as in `parcels.id=PID`; may be repeated.
    #[arg(long, value_name = "LAYER.FIELD=COLUMN", help_heading = "Layers")]
    #[serde(with = "entries")]
    pub(super) map: Vec<String>,
    /// Read only rows for which an SQL condition holds, as in `buildings=DSCS > 0`; may be repeated.
    #[arg(long = "where", value_name = "LAYER=EXPR", help_heading = "Layers")]
    #[serde(rename = "where", with = "entries")]
    pub(super) filter: Vec<String>,
    /// What a run over the whole decided of its layers (units, codes, CRS): its summary.json, or its decisions as TOML or
    /// JSON. A part is then read as the whole is.
    #[arg(long, value_name = "FILE", help_heading = "Layers")]
    pub(super) decisions: Option<PathBuf>,
    /// The CRS of a layer's coordinates, whatever the file says, as in `parcels=EPSG:4549`; may be repeated.
    #[arg(long, value_name = "LAYER=CRS", help_heading = "Layers")]
    #[serde(with = "entries")]
    pub(super) layer_crs: Vec<String>,
    /// How the datum of a layer lies to that of the computing CRS: `LAYER=DX,DY,DZ,RX,RY,RZ,DS` (七参数: metres,
    /// arc-seconds, ppm; rotations of the position vector, or of the frame with an eighth word `coordinate_frame`),
    /// `LAYER=GRID.gsb`, or `LAYER=none` where coordinates agree; without `LAYER=` for every layer on another datum.
    #[arg(
        long,
        value_name = "[LAYER=]PARAMETERS",
        allow_hyphen_values = true,
        help_heading = "Layers"
    )]
    #[serde(with = "entries")]
    pub(super) transform: Vec<String>,
    /// The encoding of a layer's text, whatever the file says, as in `parcels=GB18030`; may be repeated.
    #[arg(long, value_name = "LAYER=ENCODING", help_heading = "Layers")]
    #[serde(with = "entries")]
    pub(super) encoding: Vec<String>,
    /// The plane CRS to compute in; by default the parcels' own, or the 3° zone of the place.
    #[arg(long, value_name = "EPSG:n", help_heading = "Measuring")]
    pub(super) crs: Option<String>,
    /// Use layers as they are that seem to lie elsewhere: buildings that stand on no parcel, or not where their keys say.
    #[arg(long, help_heading = "Layers")]
    pub(super) force: bool,
    /// The parcels are all land of those who hold them: what an enterprise holds by name is then its land, to which its tax
    /// is taken where the table of enterprises does not say its land.
    #[arg(long, help_heading = "Layers")]
    pub(super) complete: bool,
}

/// What a scan is told. Each option that does not say where results go is also a key of CITY.toml.
#[derive(Clone, Debug, Default, Args, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ScanArguments {
    /// A TOML file with the same options as keys; the command line wins. Or a lake, as `ingest` makes it.
    #[arg(value_name = "CITY.toml|LAKE")]
    #[serde(skip)]
    pub(super) city: Option<PathBuf>,
    #[command(flatten)]
    #[serde(skip)]
    pub(super) to: OutputArguments,
    #[command(flatten)]
    #[serde(skip)]
    pub(super) parts: PartArguments,
    #[command(flatten)]
    #[serde(skip)]
    pub(super) layers: LayerArguments,
    /// The area that ratios are taken to; registered falls back on plane where it is unknown [default: registered].
    #[arg(long, value_enum, help_heading = "Measuring")]
    pub(super) area: Option<AreaArgument>,
    /// Boundaries nearer than this many metres are one boundary; 0 for exactly [default: 0.05].
    #[arg(
        long,
        value_name = "METRES",
        allow_negative_numbers = true,
        help_heading = "Measuring"
    )]
    pub(super) tolerance: Option<f64>,
    /// List gaps between parcels up to this width in metres [default: 0.5].
    #[arg(
        long,
        value_name = "METRES",
        allow_negative_numbers = true,
        help_heading = "Measuring"
    )]
    pub(super) gap: Option<f64>,
    /// A parcel of which buildings cover less than this share is a suspect of being idle [default: 0.05].
    #[arg(long, value_name = "SHARE", help_heading = "Surveying")]
    #[serde(with = "text")]
    pub(super) vacant_share: Option<String>,
    /// Land nearer to a building than this many metres belongs to it [default: 10].
    #[arg(long, value_name = "METRES", help_heading = "Surveying")]
    pub(super) setback: Option<f64>,
    /// Open land beyond that is listed from this many 亩 on [default: 5].
    #[arg(long, value_name = "MU", help_heading = "Surveying")]
    #[serde(with = "text")]
    pub(super) open_mu: Option<String>,
    /// The limits below which a built parcel is inefficient: tax, industry, contract, plan [default: tax,industry,contract].
    #[arg(long, value_name = "LIST", help_heading = "Surveying")]
    #[serde(with = "text")]
    pub(super) inefficient: Option<String>,
    /// Also write the survey's layers DCDYTB and DCQTB (调查单元、调查区): gpkg, gdb or both.
    #[arg(long, value_name = "LIST", help_heading = "Surveying")]
    #[serde(with = "text")]
    pub(super) survey_layers: Option<String>,
    /// The policy: a known id or a pack's TOML file [default: taizhou-2021].
    #[arg(long, value_name = "ID|FILE", help_heading = "Judging")]
    pub(super) policy: Option<String>,
    /// The day as of which to judge [default: today].
    #[arg(long, value_name = "DATE", help_heading = "Judging")]
    #[serde(with = "text")]
    pub(super) as_of: Option<String>,
    /// Choose a reading: `building_assignment=split|key|largest`; may be repeated.
    #[arg(long, value_name = "NAME=CHOICE", help_heading = "Judging")]
    #[serde(with = "entries")]
    pub(super) reading: Vec<String>,
    /// The `register.csv` of the run before: the days on which states were first seen go on from it.
    #[arg(long, value_name = "FILE", help_heading = "Surveying")]
    pub(super) register: Option<PathBuf>,
    /// The column of the parcels to sum results up by: its stored name, or a field, as in `town`.
    #[arg(long, value_name = "COLUMN", help_heading = "Results")]
    pub(super) group_by: Option<String>,
    /// Do no more than this, by commas: measures (with neighbours), rules, scattered, upgrades, idle [default: all].
    #[arg(long, value_name = "LIST", help_heading = "Results")]
    #[serde(with = "text")]
    pub(super) only: Option<String>,
    /// Also write copies of the maps for viewers with shifted coordinates: amap (GCJ-02), as NAME.gcj02.geojson. Nothing is
    /// measured of them.
    #[arg(long, value_enum, value_name = "NAME", help_heading = "Results")]
    pub(super) viewer: Option<ViewerArgument>,
    #[command(flatten)]
    #[serde(skip)]
    pub(super) results: ResultArguments,
}

#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    /// The results of the earlier scan.
    #[arg(value_name = "DIR_A")]
    pub(super) earlier: PathBuf,
    /// The results of the later scan.
    #[arg(value_name = "DIR_B")]
    pub(super) later: PathBuf,
    #[command(flatten)]
    pub(super) to: OutputArguments,
    /// Boundaries nearer than this many metres are one boundary; 0 for exactly.
    #[arg(
        long,
        value_name = "METRES",
        default_value_t = 0.05,
        allow_negative_numbers = true
    )]
    pub(super) tolerance: f64,
    /// Formats of the map of changes, by commas: geojson, gpkg, fgb, parquet; with xlsx the lists are workbooks too.
    #[arg(long, short, value_name = "LIST", default_value = "geojson")]
    pub(super) format: String,
    /// Threads to work with [default: all].
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Check files: what kind of case, and its facts by number.
    #[arg(value_name = "FILE.toml", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// A city, as for `scan`: its measures are the facts of a case that names a parcel; a number in the case overrides.
    #[arg(long, value_name = "CITY.toml")]
    pub(super) city: Option<PathBuf>,
    /// The policy, whatever the files say: a known id or a pack's TOML file [default: taizhou-2021].
    #[arg(long, value_name = "ID|FILE")]
    pub(super) policy: Option<String>,
    /// The day as of which to judge, whatever the files say [default: today].
    #[arg(long, value_name = "DATE")]
    pub(super) as_of: Option<String>,
    /// Choose a reading, as in `far_site=original`; may be repeated.
    #[arg(long, value_name = "NAME=CHOICE")]
    pub(super) reading: Vec<String>,
    /// Print one JSON object for each file.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct InspectArguments {
    /// Layers to look at: PATH, PATH:LAYER or a GDAL connection string.
    #[arg(value_name = "SOURCE")]
    pub(super) sources: Vec<String>,
    #[command(flatten)]
    pub(super) layers: LayerArguments,
    /// Print one JSON object for each layer.
    #[arg(long)]
    pub(super) json: bool,
    /// Write what was understood as a `CITY.toml` to start from; a file that is there is left alone.
    #[arg(long, value_name = "FILE")]
    pub(super) write_city: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct SynthArguments {
    /// How many parcels.
    #[arg(short = 'n', long, value_name = "PARCELS", required_unless_present = "sample", value_parser = clap::value_parser!(u32).range(1..=i64::from(crate::synth::MOST_PARCELS)))]
    pub(super) parcels: Option<u32>,
    /// The city of data-samples: 300 parcels that show every feature.
    #[arg(long, conflicts_with_all = ["parcels", "seed", "dirty", "industrial"])]
    pub(super) sample: bool,
    /// The folder for the city.
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// Another seed, another city.
    #[arg(long, default_value_t = 2021)]
    pub(super) seed: u64,
    /// The share of parcels and buildings that get a flaw.
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = 0.002,
        allow_negative_numbers = true
    )]
    pub(super) dirty: f64,
    /// Share of parcels in industrial blocks; without it about one in a hundred.
    #[arg(long, value_name = "SHARE", allow_negative_numbers = true)]
    pub(super) industrial: Option<f64>,
    /// Formats of the map layers, by commas: gpkg, fgb, parquet, shp (text in GBK), gdb.
    #[arg(long, short, value_name = "LIST", default_value = "gpkg")]
    pub(super) format: String,
    /// Replace the city that DIR holds.
    #[arg(long)]
    pub(super) overwrite: bool,
}

#[derive(Debug, Args)]
pub(super) struct TryArguments {
    /// The folder for the city and its results.
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// Replace what an earlier try left there.
    #[arg(long)]
    pub(super) overwrite: bool,
}
