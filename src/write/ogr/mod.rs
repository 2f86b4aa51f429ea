//! A table → GeoPackage, Shapefile or file geodatabase through GDAL, in the computing CRS.

mod container;
mod field;
mod package;
mod settings;
mod survey;

use std::path::{Path, PathBuf};

use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{
    Defn, Feature, FieldDefn, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType,
};
use gdal::{Dataset, DriverManager};
use rayon::prelude::*;

use super::map_layer::DrawnAs;
use super::prepared::each_row;
use super::typed::Typed;
use super::{Column, Kind, MapLayer, OgrFormat, ResultFolder, Table, Value, WriteError};
use settings::Settings;

pub(super) use package::write_package;
pub(super) use survey::write_layers;

/// As wide as a text of a Shapefile can be, in bytes.
const SHAPEFILE_WIDTH: usize = 254;

const fn driver(format: OgrFormat) -> &'static str {
    match format {
        OgrFormat::GeoPackage => "GPKG",
        OgrFormat::Shapefile { .. } => "ESRI Shapefile",
        OgrFormat::FileGeodatabase => "OpenFileGDB",
    }
}

fn layer_options(format: OgrFormat, title: &str) -> Vec<String> {
    match format {
        OgrFormat::GeoPackage => vec![
            format!("IDENTIFIER={title}"),
            format!("DESCRIPTION={title}"),
        ],
        // The day of writing would differ from run to run.
        OgrFormat::Shapefile { encoding } => vec![
            format!("ENCODING={encoding}"),
            "DBF_DATE_LAST_UPDATE=2000-01-01".into(),
        ],
        OgrFormat::FileGeodatabase => Vec::new(),
    }
}

/// Writes `table` into `folder` as one file (or folder, for a geodatabase). Shapes are MultiPolygons, empty ones null.
///
/// # Errors
/// When GDAL refuses, or the file does not hold all rows when it is opened again.
pub fn write_ogr(
    folder: &ResultFolder,
    table: &Table<'_>,
    format: OgrFormat,
) -> Result<(), WriteError> {
    let name = format!("{}.{}", table.name, format.extension());
    let (path, shown) = (folder.path(&name), folder.shown(&name));
    let failed = |error: GdalError| WriteError::library(&shown)(error);
    let _settings = Settings::apply().map_err(failed)?;
    let mut dataset = DriverManager::get_driver_by_name(driver(format))
        .and_then(|driver| driver.create_vector_only(&path))
        .map_err(failed)?;
    let layer = MapLayer::of(table);
    create_layer(&mut dataset, &layer, format, &shown)?;
    if format == OgrFormat::GeoPackage {
        let transaction = dataset.start_transaction().map_err(failed)?;
        fill(&transaction, &layer, &shown)?;
        package::make_room_for_names(&transaction).map_err(failed)?;
        package::name_columns(&transaction, &layer).map_err(failed)?;
        transaction.commit().map_err(failed)?;
    } else {
        fill(&dataset, &layer, &shown)?;
    }
    dataset.close().map_err(failed)?;
    verify(&path, &shown, table.rows)
}

fn create_layer(
    dataset: &mut Dataset,
    layer: &MapLayer<'_, '_>,
    format: OgrFormat,
    shown: &Path,
) -> Result<(), WriteError> {
    let failed = |error: GdalError| WriteError::library(shown)(error);
    let drawn = layer.drawn();
    let srs = match drawn {
        Some((crs, _)) => {
            let mut srs = SpatialRef::from_definition(&crs.definition).map_err(failed)?;
            srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
            Some(srs)
        }
        None => None,
    };
    let options = layer_options(format, &layer.title);
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let created = dataset
        .create_layer(LayerOptions {
            name: &layer.name,
            srs: srs.as_ref(),
            ty: match drawn {
                None => OGRwkbGeometryType::wkbNone,
                Some((_, DrawnAs::Areas)) => OGRwkbGeometryType::wkbMultiPolygon,
                Some((_, DrawnAs::Lines)) => OGRwkbGeometryType::wkbMultiLineString,
                Some((_, DrawnAs::Points)) => OGRwkbGeometryType::wkbPoint,
            },
            options: Some(&options),
        })
        .map_err(failed)?;
    for column in &layer.table.columns {
        let field = FieldDefn::new(
            &column.name,
            match column.kind {
                Kind::Text => OGRFieldType::OFTString,
                Kind::Integer => OGRFieldType::OFTInteger64,
                Kind::Decimal(_) => OGRFieldType::OFTReal,
            },
        )
        .map_err(failed)?;
        if matches!(format, OgrFormat::Shapefile { .. }) {
            size(&field, column, layer, shown)?;
        }
        field.add_to_layer(&created).map_err(failed)?;
    }
    Ok(())
}

/// The columns of a DBF have a fixed width; GDAL would cut what is longer.
fn size(
    field: &FieldDefn,
    column: &Column<'_>,
    layer: &MapLayer<'_, '_>,
    shown: &Path,
) -> Result<(), WriteError> {
    match column.kind {
        Kind::Integer => {}
        Kind::Decimal(places) => {
            field.set_width(20);
            field.set_precision(places.into());
        }
        Kind::Text => {
            // In UTF-8, which is never shorter than GBK.
            let bytes = |row| match (column.cell)(row) {
                Value::Text(text) => text.len(),
                _ => 0,
            };
            let (width, row) = (0..layer.len())
                .into_par_iter()
                .map(|at| layer.row(at))
                .map(|row| (bytes(row), row))
                .max()
                .unwrap_or_default();
            if width > SHAPEFILE_WIDTH {
                return Err(WriteError::Cell {
                    file: shown.to_owned(),
                    column: column.name.to_string(),
                    row,
                    what: "a text longer than the 254 bytes of a Shapefile",
                });
            }
            field.set_width(i32::try_from(width.max(1)).unwrap_or(i32::MAX));
        }
    }
    Ok(())
}

fn fill(dataset: &Dataset, from: &MapLayer<'_, '_>, shown: &Path) -> Result<(), WriteError> {
    let failed = |error: GdalError| WriteError::library(shown)(error);
    let layer = dataset.layer_by_name(&from.name).map_err(failed)?;
    let defn = Defn::from_layer(&layer);
    each_row(from, shown, |cells, wkb| {
        create(&layer, &defn, cells, wkb).map_err(failed)
    })
}

fn create(
    layer: &impl LayerAccess,
    defn: &Defn,
    cells: &[Typed<'_>],
    wkb: &[u8],
) -> Result<(), GdalError> {
    let mut feature = Feature::new(defn)?;
    for (index, cell) in cells.iter().enumerate() {
        match cell {
            Typed::Null => feature.set_field_null(index)?,
            Typed::Text(text) if text.contains('\0') => {
                // Texts end at a zero byte in C: show that there was one rather than lose what follows.
                feature.set_field_string(index, &text.replace('\0', "\u{fffd}"))?;
            }
            Typed::Text(text) => feature.set_field_string(index, text)?,
            Typed::Integer(number) => feature.set_field_integer64(index, *number)?,
            Typed::Real(number) => feature.set_field_double(index, *number)?,
        }
    }
    if !wkb.is_empty() {
        feature.set_geometry(Geometry::from_wkb(wkb)?)?;
    }
    feature.create(layer)
}

/// Before version 3.7 GDAL does not say when closing a file failed, as on a full disk.
fn verify(path: &PathBuf, shown: &Path, rows: usize) -> Result<(), WriteError> {
    let count = Dataset::open(path)
        .and_then(|dataset| Ok(dataset.layer(0)?.feature_count()))
        .map_err(WriteError::library(shown))?;
    if usize::try_from(count) == Ok(rows) {
        return Ok(());
    }
    Err(WriteError::Library {
        file: shown.to_owned(),
        why: format!("it holds {count} of {rows} rows"),
    })
}
