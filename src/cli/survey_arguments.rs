//! The options of `plotratio survey`.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(super) struct SurveyArguments {
    /// Sources with `DCDYTB` (调查单元), `DCQTB` (调查区) or both: PATH, PATH:LAYER or a GDAL connection string.
    #[arg(value_name = "SRC", required = true)]
    pub(super) sources: Vec<String>,
    /// The file for the layers: a GeoPackage (`.gpkg`) or a file geodatabase (`.gdb`). `survey_checks.csv` is written
    /// beside it.
    #[arg(short, long, value_name = "OUT.gpkg|OUT.gdb")]
    pub(super) out: PathBuf,
    /// Write the numbers of the survey's fields as text, as the copy of 2020 has them.
    #[arg(long)]
    pub(super) numbers_as_text: bool,
    /// Also write table 1-2 of the units: areas in 亩 (÷ 2000/3 exactly; offices divide by 666.6667).
    #[arg(long, value_name = "FILE.csv")]
    pub(super) table: Option<PathBuf>,
    /// The CRS of a layer's coordinates, whatever the source says, as in `DCDYTB=EPSG:4549`; may be repeated.
    #[arg(long, value_name = "LAYER=CRS")]
    pub(super) layer_crs: Vec<String>,
    /// The encoding of the sources' text, whatever they say, as `GB18030`.
    #[arg(long, value_name = "ENCODING")]
    pub(super) encoding: Option<String>,
    /// Replace the files of an earlier run.
    #[arg(long)]
    pub(super) overwrite: bool,
    /// Print the summary as JSON.
    #[arg(long)]
    pub(super) json: bool,
}
