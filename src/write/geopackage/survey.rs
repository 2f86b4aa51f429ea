//! Survey layers → one GeoPackage by SQLite.

use std::path::Path;

use super::package::{NewLayer, Package};
use super::{ROOM_FOR_NAMES, names_of};
use crate::geometry::encode_wkb;
use crate::model::survey::{Stored, SurveyLayer, SurveyValue};
use crate::write::typed::Typed;
use crate::write::{SurveyContainer, WriteError};

/// Writes the layers into a new file.
///
/// # Errors
/// When the file cannot be written, or a text holds a zero byte.
pub(in crate::write) fn write_survey_layers(
    path: &Path,
    shown: &Path,
    layers: &[&SurveyLayer],
) -> Result<(), WriteError> {
    let package = Package::create(path, shown)?;
    ROOM_FOR_NAMES.iter().try_for_each(|sql| package.run(sql))?;
    for layer in layers {
        write(&package, layer)?;
    }
    package.finish()
}

fn write(package: &Package<'_>, layer: &SurveyLayer) -> Result<(), WriteError> {
    let (id, shape) = SurveyContainer::GeoPackage.own_columns(layer);
    let columns = layer.columns.iter().map(|column| {
        let kind = match column.stored {
            Stored::Text => "TEXT",
            Stored::Number => "REAL",
            Stored::Whole => "INTEGER",
            Stored::Date => "DATE",
            Stored::Time => "DATETIME",
        };
        (column.name.as_str(), kind)
    });
    let mut filled = package.add(&NewLayer {
        name: layer.theme.name(),
        title: layer.theme.title(),
        id,
        shape: Some((shape, "MULTIPOLYGON", &layer.crs)),
        columns: columns.collect(),
    })?;
    let mut wkb = Vec::new();
    for row in 0..layer.len() {
        wkb.clear();
        let shape = layer.shapes.get(row);
        if !shape.is_empty() {
            encode_wkb(shape, false, &mut wkb);
        }
        let values = layer.row(row);
        if let Some(place) = values.iter().position(has_zero) {
            let (name, feature) = (&layer.columns[place].name, layer.feature(row));
            let why = format!(
                "{}: `{name}` of `{feature}` holds a zero byte",
                layer.theme.name()
            );
            return Err(WriteError::library(package.shown())(why));
        }
        let cells: Vec<Typed<'_>> = values.iter().map(cell).collect();
        filled.push(&cells, &wkb)?;
    }
    filled.finish(layer.len())?;
    let names = layer.columns.iter();
    let names = names.map(|column| (column.name.as_str(), column.alias.as_str()));
    let statements = names_of(layer.theme.name(), names);
    statements.iter().try_for_each(|sql| package.run(sql))
}

fn has_zero(value: &SurveyValue) -> bool {
    matches!(value, SurveyValue::Text(text) if text.contains('\0'))
}

fn cell(value: &SurveyValue) -> Typed<'_> {
    match value {
        SurveyValue::Null => Typed::Null,
        SurveyValue::Text(text) => Typed::Text(text.as_str().into()),
        SurveyValue::Whole(number) => Typed::Integer(*number),
        SurveyValue::Number(number) => Typed::Real(*number),
        SurveyValue::Date(date) => Typed::Text(date.to_string().into()),
        SurveyValue::Time(time) => {
            Typed::Text(time.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string().into())
        }
    }
}
