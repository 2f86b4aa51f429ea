//! Survey layers → one file geodatabase through GDAL.

use std::path::Path;

use gdal::errors::GdalError;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{Defn, Feature, Geometry, LayerOptions, OGRwkbGeometryType};
use gdal::{Dataset, DriverManager};

use super::DRIVER;
use super::field::add_field;
use super::grid::{kind, layer_options};
use super::settings::Settings;
use crate::geometry::encode_wkb;
use crate::model::survey::{SurveyLayer, SurveyValue};
use crate::write::WriteError;

/// Writes the layers into a new file. Returns what a reader must know of names that the format changes.
///
/// # Errors
/// When GDAL refuses, or a value is beyond what the format holds.
pub(in crate::write) fn write_survey_layers(
    path: &Path,
    shown: &Path,
    layers: &[&SurveyLayer],
) -> Result<Vec<String>, WriteError> {
    let failed = |error: GdalError| WriteError::library(shown)(error);
    let _settings = Settings::apply().map_err(failed)?;
    let mut dataset = DriverManager::get_driver_by_name(DRIVER)
        .and_then(|driver| driver.create_vector_only(path))
        .map_err(failed)?;
    let mut notes = Vec::new();
    for layer in layers {
        write(&mut dataset, layer, shown, &mut notes)?;
    }
    dataset.close().map_err(failed)?;
    Ok(notes)
}

/// Creates and fills the layer. A name that the format changes is told in `notes`.
fn write(
    dataset: &mut Dataset,
    layer: &SurveyLayer,
    shown: &Path,
    notes: &mut Vec<String>,
) -> Result<(), WriteError> {
    let failed = |error: GdalError| WriteError::library(shown)(error);
    let refused = |why: String| WriteError::Library {
        file: shown.to_owned(),
        why: format!("{}: {why}", layer.theme.name()),
    };
    create(dataset, layer, &refused, &failed)?;
    let created = dataset.layer_by_name(layer.theme.name()).map_err(failed)?;
    let defn = Defn::from_layer(&created);
    let stored: Vec<String> = defn.fields().map(|field| field.name()).collect();
    if stored.len() != layer.columns.len() {
        return Err(refused(format!(
            "the format took {} of {} columns",
            stored.len(),
            layer.columns.len()
        )));
    }
    for (column, stored) in layer.columns.iter().zip(&stored) {
        if column.name != *stored {
            notes.push(format!(
                "{}: this format calls the column `{}` `{stored}`",
                layer.theme.name(),
                column.name
            ));
        }
    }
    let mut wkb = Vec::new();
    for row in 0..layer.len() {
        let mut feature = Feature::new(&defn).map_err(failed)?;
        for (place, value) in layer.row(row).iter().enumerate() {
            if let SurveyValue::Text(text) = value
                && text.contains('\0')
            {
                let name = &layer.columns[place].name;
                let feature = layer.feature(row);
                return Err(refused(format!(
                    "`{name}` of `{feature}` holds a zero byte"
                )));
            }
            set(&mut feature, place, value).map_err(failed)?;
        }
        wkb.clear();
        let shape = layer.shapes.get(row);
        if !shape.is_empty() {
            encode_wkb(shape, false, &mut wkb);
            let geometry = Geometry::from_wkb(&wkb).map_err(failed)?;
            feature.set_geometry(geometry).map_err(failed)?;
        }
        feature.create(&created).map_err(failed)?;
    }
    Ok(())
}

fn create(
    dataset: &mut Dataset,
    layer: &SurveyLayer,
    refused: &impl Fn(String) -> WriteError,
    failed: &impl Fn(GdalError) -> WriteError,
) -> Result<(), WriteError> {
    let mut srs = SpatialRef::from_definition(&layer.crs.definition).map_err(failed)?;
    srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let options = layer_options(layer).map_err(refused)?;
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let created = dataset
        .create_layer(LayerOptions {
            name: layer.theme.name(),
            srs: Some(&srs),
            ty: OGRwkbGeometryType::wkbMultiPolygon,
            options: Some(&options),
        })
        .map_err(failed)?;
    for (place, column) in layer.columns.iter().enumerate() {
        let kind = kind(layer, place).map_err(refused)?;
        add_field(&created, (&column.name, &column.alias), kind).map_err(refused)?;
    }
    Ok(())
}

fn set(feature: &mut Feature<'_>, place: usize, value: &SurveyValue) -> Result<(), GdalError> {
    match value {
        SurveyValue::Null => feature.set_field_null(place),
        SurveyValue::Text(text) => feature.set_field_string(place, text),
        SurveyValue::Whole(number) => feature.set_field_integer64(place, *number),
        SurveyValue::Number(number) => feature.set_field_double(place, *number),
        // GDAL reads days and moments from text
        SurveyValue::Date(date) => {
            feature.set_field_string(place, &date.strftime("%Y/%m/%d").to_string())
        }
        SurveyValue::Time(time) => {
            feature.set_field_string(place, &time.strftime("%Y/%m/%d %H:%M:%S").to_string())
        }
    }
}
