//! A table → ESRI file geodatabase through GDAL, in the computing CRS.

mod field;
mod grid;
mod settings;
mod survey;

use std::path::Path;

use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{
    Defn, Feature, FieldDefn, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType,
};
use gdal::{Dataset, DriverManager};

use super::prepared::each_row;
use super::typed::Typed;
use super::{Kind, MapLayer, ResultFolder, Table, WriteError};
use settings::Settings;

pub(super) use survey::write_survey_layers;

const DRIVER: &str = "OpenFileGDB";

/// Writes `table` into `folder` as one geodatabase, a folder. Shapes are MultiPolygons, empty ones null; coordinates are
/// rounded to its grid.
///
/// # Errors
/// When GDAL refuses, or the file does not hold all rows when it is opened again.
pub fn write_geodatabase(folder: &ResultFolder, table: &Table<'_>) -> Result<(), WriteError> {
    let name = format!("{}.gdb", table.name);
    let (path, shown) = (folder.path(&name), folder.shown(&name));
    let failed = |error: GdalError| WriteError::library(&shown)(error);
    let _settings = Settings::apply().map_err(failed)?;
    let mut dataset = DriverManager::get_driver_by_name(DRIVER)
        .and_then(|driver| driver.create_vector_only(&path))
        .map_err(failed)?;
    let layer = MapLayer::of(table);
    create_layer(&mut dataset, &layer).map_err(failed)?;
    fill(&dataset, &layer, &shown)?;
    dataset.close().map_err(failed)?;
    verify(&path, &shown, table.rows)
}

fn create_layer(dataset: &mut Dataset, layer: &MapLayer<'_, '_>) -> Result<(), GdalError> {
    let srs = layer.drawn().map(|(crs, _)| -> Result<_, GdalError> {
        let mut srs = SpatialRef::from_definition(&crs.definition)?;
        srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        Ok(srs)
    });
    let srs = srs.transpose()?;
    let created = dataset.create_layer(LayerOptions {
        name: &layer.name,
        srs: srs.as_ref(),
        ty: match srs {
            None => OGRwkbGeometryType::wkbNone,
            Some(_) => OGRwkbGeometryType::wkbMultiPolygon,
        },
        options: None,
    })?;
    for column in &layer.table.columns {
        let kind = match column.kind {
            Kind::Text => OGRFieldType::OFTString,
            Kind::Integer => OGRFieldType::OFTInteger64,
            Kind::Decimal(_) => OGRFieldType::OFTReal,
        };
        FieldDefn::new(&column.name, kind)?.add_to_layer(&created)?;
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
fn verify(path: &Path, shown: &Path, rows: usize) -> Result<(), WriteError> {
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
