//! What a file geodatabase makes of columns and coordinates of survey layers, as GDAL takes it.

use gdal_sys::OGRFieldType;

use crate::model::survey::{Stored, SurveyColumn, SurveyLayer, SurveyValue};
use crate::write::SurveyContainer;
use crate::write::survey::{in_degrees, steps};

/// Where the grid begins for a layer with negative coordinates, plane and in degrees. Of others it begins at 0, so that a
/// place on the grid is the very number that a person wrote.
const FAR_CORNER: [f64; 2] = [-1e9, -400.0];

/// Options of a new layer; `Err` where its coordinates are beyond the grid.
pub(super) fn layer_options(layer: &SurveyLayer) -> Result<Vec<String>, String> {
    let (id, shape) = SurveyContainer::FileGeodatabase.own_columns(layer);
    let corner = corner(layer)?;
    Ok(vec![
        format!("FID={id}"),
        format!("GEOMETRY_NAME={shape}"),
        format!("LAYER_ALIAS={}", layer.theme.title()),
        format!("XYSCALE={}", steps(layer)),
        format!("XORIGIN={corner}"),
        format!("YORIGIN={corner}"),
    ])
}

/// How GDAL stores a column: there are whole numbers of 32 bits only; larger ones become binary numbers as
/// long as these hold them exactly.
pub(super) fn kind(layer: &SurveyLayer, place: usize) -> Result<OGRFieldType::Type, String> {
    let column = &layer.columns[place];
    Ok(match column.stored {
        Stored::Text => OGRFieldType::OFTString,
        Stored::Number => OGRFieldType::OFTReal,
        Stored::Date => OGRFieldType::OFTDate,
        Stored::Time => OGRFieldType::OFTDateTime,
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
