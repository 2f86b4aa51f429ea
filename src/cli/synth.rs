//! `plotratio synth`: make an invented city.

use std::error::Error;

use super::arguments::SynthArguments;
use super::say;
use crate::read::describe_crs;
use crate::synth::{Order, build_order};
use crate::write::{Format, OgrFormat, ResultFolder, Table, WriteError, write_ogr, write_table};

/// A format of an invented city: those of results, and two more that offices hand over.
#[derive(Clone, Copy)]
enum CityFormat {
    Result(Format),
    Ogr(OgrFormat),
}

/// Makes a city and writes its layers.
pub(super) fn run(arguments: &SynthArguments) -> Result<(), Box<dyn Error>> {
    if !(0.0..=0.5).contains(&arguments.dirty) {
        return Err(format!("`--dirty {}` must lie between 0 and 0.5", arguments.dirty).into());
    }
    let formats: Vec<CityFormat> = arguments
        .format
        .split(',')
        .map(format)
        .collect::<Result<_, _>>()?;
    let folder = ResultFolder::begin(&arguments.out, arguments.overwrite)?;
    let order = Order {
        parcels: arguments.parcels,
        seed: arguments.seed,
        dirty: arguments.dirty,
    };
    let city = build_order(order);
    let crs = describe_crs("EPSG:4549")?;
    for table in city.tables(&crs) {
        write_layer(&folder, &table, &formats)?;
        say(&format!(
            "{:>12}  {} ({})",
            table.rows, table.name, table.title
        ));
    }
    folder.commit()?;
    say(&format!("City: {}", arguments.out.display()));
    Ok(())
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
        CityFormat::Ogr(format) => write_ogr(folder, table, format),
    })
}

fn format(name: &str) -> Result<CityFormat, WriteError> {
    match name.trim().to_ascii_lowercase().as_str() {
        "shp" => Ok(CityFormat::Ogr(OgrFormat::Shapefile { encoding: "GBK" })),
        "gdb" => Ok(CityFormat::Ogr(OgrFormat::FileGeodatabase)),
        name => name.parse().map(CityFormat::Result),
    }
}
