//! What each of the two formats of survey layers makes of columns and coordinates, as GDAL takes it.

use gdal_sys::OGRFieldType;

use crate::model::survey::{Stored, SurveyColumn, SurveyLayer, SurveyValue};
use crate::write::SurveyContainer;
use crate::write::survey::{in_degrees, steps};

/// Where the grid begins for a layer with negative coordinates, plane and in degrees. Of others it begins at 0, so that a
/// place on the grid is the very number that a person wrote.
const FAR_CORNER: [f64; 2] = [-1e9, -400.0];

pub(super) const fn driver(container: SurveyContainer) -> &'static str {
    match container {
        SurveyContainer::GeoPackage => "GPKG",
        SurveyContainer::FileGeodatabase => "OpenFileGDB",
    }
}

/// Options of a new layer; `Err` where its coordinates are beyond the grid.
pub(super) fn layer_options(
    container: SurveyContainer,
    layer: &SurveyLayer,
) -> Result<Vec<String>, String> {
    let title = layer.theme.title();
    let (id, shape) = container.own_columns(layer);
    let mut options = vec![format!("FID={id}"), format!("GEOMETRY_NAME={shape}")];
    match container {
        SurveyContainer::GeoPackage => {
            options.push(format!("IDENTIFIER={title}"));
            options.push(format!("DESCRIPTION={title}"));
        }
        SurveyContainer::FileGeodatabase => {
            let corner = corner(layer)?;
            options.push(format!("LAYER_ALIAS={title}"));
            options.push(format!("XYSCALE={}", steps(layer)));
            options.push(format!("XORIGIN={corner}"));
            options.push(format!("YORIGIN={corner}"));
        }
    }
    Ok(options)
}

/// How GDAL stores a column. A file geodatabase has whole numbers of 32 bits only; larger ones become binary numbers as
/// long as these hold them exactly.
pub(super) fn kind(
    container: SurveyContainer,
    layer: &SurveyLayer,
    place: usize,
) -> Result<OGRFieldType::Type, String> {
    let column = &layer.columns[place];
    Ok(match column.stored {
        Stored::Text => OGRFieldType::OFTString,
        Stored::Number => OGRFieldType::OFTReal,
        Stored::Date => OGRFieldType::OFTDate,
        Stored::Time => OGRFieldType::OFTDateTime,
        Stored::Whole if container == SurveyContainer::GeoPackage => OGRFieldType::OFTInteger64,
        Stored::Whole => match most(layer, place) {
            0..=0x7fff_ffff => OGRFieldType::OFTInteger,
            0x8000_0000..=0x20_0000_0000_0000 => OGRFieldType::OFTReal,
            _ => return Err(too_large(column)),
        },
    })
}

fn too_large(column: &SurveyColumn) -> String {
    format!(
        "column `{}` holds whole numbers beyond 2^53, which a file geodatabase cannot keep; write a GeoPackage",
        column.name
    )
}

/// The largest whole number of a column, whatever its sign.
fn most(layer: &SurveyLayer, place: usize) -> u64 {
    let rows = (0..layer.len()).map(|row| match &layer.row(row)[place] {
        SurveyValue::Whole(number) => number.unsigned_abs(),
        _ => 0,
    });
    rows.max().unwrap_or_default()
}

/// Where the grid begins, in both directions.
fn corner(layer: &SurveyLayer) -> Result<f64, String> {
    let far = FAR_CORNER[in_degrees(layer)];
    let coords = layer.shapes.coords().iter().flat_map(|c| [c.x, c.y]);
    let mut least: f64 = 0.0;
    for number in coords {
        if number.is_nan() || number.abs() >= far.abs() {
            return Err(format!(
                "the coordinate {number} is beyond the grid of a file geodatabase; write a GeoPackage, or mend the shape"
            ));
        }
        least = least.min(number);
    }
    Ok(if least < 0.0 { far } else { 0.0 })
}
