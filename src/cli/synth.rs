//! `plotratio synth`: make an invented city.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;

use serde::Serialize;

use super::arguments::SynthArguments;
use super::say;
use crate::formats::describe_crs;
use crate::synth::{Order, SAMPLE, build_order};
use crate::write::{
    Format, Language, ResultFolder, Table, WriteError, write_geodatabase, write_json,
    write_shapefile, write_table,
};

/// A format of an invented city: those that keep its coordinates as they are.
#[derive(Clone, Copy)]
enum CityFormat {
    Result(Format),
    Shapefile,
    Geodatabase,
}

/// `summary.json` of an invented city: what makes it again, and what it consists of.
#[derive(Serialize)]
struct Recipe {
    program: &'static str,
    version: &'static str,
    parcels: u32,
    seed: u64,
    dirty: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    industrial: Option<f64>,
    crs: &'static str,
    rows: BTreeMap<&'static str, usize>,
    /// By which a later run knows that it may replace them.
    files: BTreeSet<String>,
}

const CRS: &str = "EPSG:4549";

/// Makes a city and writes its layers.
pub(super) fn run(arguments: &SynthArguments, language: Language) -> Result<(), Box<dyn Error>> {
    let order = order(arguments)?;
    let formats: Vec<CityFormat> = arguments
        .format
        .split(',')
        .map(format)
        .collect::<Result<_, _>>()?;
    let folder = ResultFolder::begin(&arguments.out, arguments.overwrite)?;
    let city = build_order(order);
    let crs = describe_crs(CRS)?;
    let mut rows = BTreeMap::new();
    for table in city.tables(&crs) {
        write_layer(&folder, &table, &formats)?;
        rows.insert(table.name, table.rows);
        say(&format!(
            "{:>12}  {} ({})",
            table.rows, table.name, table.title
        ));
    }
    let recipe = Recipe {
        program: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        parcels: order.parcels,
        seed: order.seed,
        dirty: order.dirty,
        industrial: order.industrial,
        crs: CRS,
        rows,
        files: names(&folder)?,
    };
    write_json(&folder, "summary.json", &recipe)?;
    folder.commit()?;
    say(&format!(
        "{}{}",
        language.of("城市：", "City: "),
        arguments.out.display()
    ));
    Ok(())
}

fn order(arguments: &SynthArguments) -> Result<Order, String> {
    let Some(parcels) = arguments.parcels else {
        return Ok(SAMPLE);
    };
    if !(0.0..=0.5).contains(&arguments.dirty) {
        return Err(format!(
            "`--dirty {}` must lie between 0 and 0.5",
            arguments.dirty
        ));
    }
    let wanted = arguments.industrial.unwrap_or_default();
    if !(0.0..=1.0).contains(&wanted) {
        return Err(format!("`--industrial {wanted}` must lie between 0 and 1"));
    }
    Ok(Order {
        parcels,
        seed: arguments.seed,
        dirty: arguments.dirty,
        industrial: arguments.industrial,
    })
}

/// Map layers in every format asked for; tables as CSV.
fn write_layer(
    folder: &ResultFolder,
    table: &Table<'_>,
    formats: &[CityFormat],
) -> Result<(), WriteError> {
    if table.geometry.is_none() {
        return write_table(folder, table, Format::Csv);
    }
    formats.iter().try_for_each(|format| match *format {
        CityFormat::Result(format) => write_table(folder, table, format),
        CityFormat::Shapefile => write_shapefile(folder, table, "GBK"),
        CityFormat::Geodatabase => write_geodatabase(folder, table),
    })
}

fn format(name: &str) -> Result<CityFormat, String> {
    match name.trim().to_ascii_lowercase().as_str() {
        "gpkg" => Ok(CityFormat::Result(Format::GeoPackage)),
        "fgb" => Ok(CityFormat::Result(Format::FlatGeobuf)),
        "parquet" => Ok(CityFormat::Result(Format::Parquet)),
        "shp" => Ok(CityFormat::Shapefile),
        "gdb" => Ok(CityFormat::Geodatabase),
        name => Err(format!(
            "a city cannot be written as `{name}`; the formats are gpkg, fgb, parquet, shp, gdb (GeoJSON would round \
             its coordinates to a centimetre and turn its rings, and CSV has no shapes)"
        )),
    }
}

/// The names of everything written so far.
fn names(folder: &ResultFolder) -> std::io::Result<BTreeSet<String>> {
    fs::read_dir(folder.path(""))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect()
}
