//! Several layers → one GeoPackage through GDAL, with the second names of their columns.

use std::path::Path;

use gdal::errors::{GdalError, Result};
use gdal::vector::sql::Dialect;
use gdal::{Dataset, DriverManager};

use super::{Settings, create_layer, fill};
use crate::write::geopackage::{ROOM_FOR_NAMES, names_of};
use crate::write::{MapLayer, OgrFormat, WriteError};

/// Writes layers whose columns have second names, one whose columns have none, and what SQL adds.
///
/// # Errors
/// When GDAL refuses.
pub(in crate::write) fn write_package(
    path: &Path,
    shown: &Path,
    layers: &[MapLayer<'_, '_>],
    plain: &MapLayer<'_, '_>,
    statements: &[String],
) -> std::result::Result<(), WriteError> {
    let failed = |error: GdalError| WriteError::library(shown)(error);
    let _settings = Settings::apply().map_err(failed)?;
    let mut dataset = DriverManager::get_driver_by_name("GPKG")
        .and_then(|driver| driver.create_vector_only(path))
        .map_err(failed)?;
    for layer in layers {
        create_layer(&mut dataset, layer, OgrFormat::GeoPackage, shown)?;
    }
    create_layer(&mut dataset, plain, OgrFormat::GeoPackage, shown)?;
    let transaction = dataset.start_transaction().map_err(failed)?;
    make_room_for_names(&transaction).map_err(failed)?;
    for layer in layers {
        fill(&transaction, layer, shown)?;
        name_columns(&transaction, layer).map_err(failed)?;
    }
    fill(&transaction, plain, shown)?;
    let run = |sql: &String| run(&transaction, sql);
    statements.iter().try_for_each(run).map_err(failed)?;
    transaction.commit().map_err(failed)?;
    dataset.close().map_err(failed)
}

/// Records the second names of a layer's columns.
pub(super) fn name_columns(dataset: &Dataset, layer: &MapLayer<'_, '_>) -> Result<()> {
    let names = layer.table.columns.iter();
    let names = names.map(|column| (&*column.name, &*column.alias));
    let statements = names_of(&layer.name, names);
    statements.iter().try_for_each(|sql| run(dataset, sql))
}

/// Makes the table that columns' second names are kept in.
pub(super) fn make_room_for_names(dataset: &Dataset) -> Result<()> {
    ROOM_FOR_NAMES
        .into_iter()
        .try_for_each(|sql| run(dataset, sql))
}

pub(super) fn run(dataset: &Dataset, sql: &str) -> Result<()> {
    dataset.execute_sql(sql, None, Dialect::DEFAULT).map(drop)
}
