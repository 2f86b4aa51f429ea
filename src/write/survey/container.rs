//! The two formats that hold both survey layers, and what each makes of columns and coordinates.

use std::path::Path;

use gdal_sys::OGRFieldType;

use crate::model::survey::{Stored, SurveyColumn, SurveyLayer, SurveyValue};

/// A format that holds both survey layers in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SurveyContainer {
    /// GeoPackage: every value and coordinate to the last bit.
    GeoPackage,
    /// ESRI file geodatabase: coordinates on a grid of 0.001 mm (in degrees 1e-11°), which those with no more than six
    /// (eleven) decimals lie on.
    FileGeodatabase,
}

/// Steps of the grid in one unit of a plane CRS, and in one degree.
const STEPS: [f64; 2] = [1e6, 1e11];

/// Where the grid begins for a layer with negative coordinates, plane and in degrees. Of others it begins at 0, so that a
/// place on the grid is the very number that a person wrote.
const FAR_CORNER: [f64; 2] = [-1e9, -400.0];

impl SurveyContainer {
    /// The format that the extension of a file stands for: `gpkg` or `gdb`.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "gpkg" => Some(Self::GeoPackage),
            "gdb" => Some(Self::FileGeodatabase),
            _ => None,
        }
    }

    /// The extension of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::GeoPackage => "gpkg",
            Self::FileGeodatabase => "gdb",
        }
    }

    pub(super) const fn driver(self) -> &'static str {
        match self {
            Self::GeoPackage => "GPKG",
            Self::FileGeodatabase => "OpenFileGDB",
        }
    }

    /// How far a coordinate may come back from where it was.
    pub(super) fn quantum(self, layer: &SurveyLayer) -> f64 {
        match self {
            Self::GeoPackage => 0.0,
            // half a step, and the rounding of sums with the corner of the grid
            Self::FileGeodatabase => 0.75 / steps(layer),
        }
    }

    /// Options of a new layer; `Err` where its coordinates are beyond the grid.
    pub(super) fn layer_options(self, layer: &SurveyLayer) -> Result<Vec<String>, String> {
        let title = layer.theme.title();
        let (id, shape) = self.own_columns(layer);
        let mut options = vec![format!("FID={id}"), format!("GEOMETRY_NAME={shape}")];
        match self {
            Self::GeoPackage => {
                options.push(format!("IDENTIFIER={title}"));
                options.push(format!("DESCRIPTION={title}"));
            }
            Self::FileGeodatabase => {
                let corner = corner(layer)?;
                options.push(format!("LAYER_ALIAS={title}"));
                options.push(format!("XYSCALE={}", steps(layer)));
                options.push(format!("XORIGIN={corner}"));
                options.push(format!("YORIGIN={corner}"));
            }
        }
        Ok(options)
    }

    /// Names of the columns for the row's number and the shape, which no column of the layer has.
    fn own_columns(self, layer: &SurveyLayer) -> (String, String) {
        let free = |wanted: &str| {
            let taken = |name: &str| {
                let mut columns = layer.columns.iter();
                columns.any(|column| column.name.eq_ignore_ascii_case(name))
            };
            let others = (1..=layer.columns.len() + 1).map(|n| format!("{wanted}_{n}"));
            let mut all = std::iter::once(wanted.to_owned()).chain(others);
            all.find(|name| !taken(name)).unwrap_or_default()
        };
        match self {
            Self::GeoPackage => (free("fid"), free("geom")),
            Self::FileGeodatabase => (free("OBJECTID"), free("SHAPE")),
        }
    }

    /// How GDAL stores a column. A file geodatabase has whole numbers of 32 bits only; larger ones become binary numbers as
    /// long as these hold them exactly.
    pub(super) fn kind(
        self,
        layer: &SurveyLayer,
        place: usize,
    ) -> Result<OGRFieldType::Type, String> {
        let column = &layer.columns[place];
        Ok(match column.stored {
            Stored::Text => OGRFieldType::OFTString,
            Stored::Number => OGRFieldType::OFTReal,
            Stored::Date => OGRFieldType::OFTDate,
            Stored::Time => OGRFieldType::OFTDateTime,
            Stored::Whole if self == Self::GeoPackage => OGRFieldType::OFTInteger64,
            Stored::Whole => match most(layer, place) {
                0..=0x7fff_ffff => OGRFieldType::OFTInteger,
                0x8000_0000..=0x20_0000_0000_0000 => OGRFieldType::OFTReal,
                _ => return Err(too_large(column)),
            },
        })
    }
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

fn in_degrees(layer: &SurveyLayer) -> usize {
    usize::from(layer.crs.metres().is_none())
}

fn steps(layer: &SurveyLayer) -> f64 {
    STEPS[in_degrees(layer)]
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
