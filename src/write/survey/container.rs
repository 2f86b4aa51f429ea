//! The two formats that hold both survey layers, and what each makes of columns and coordinates.

use std::path::Path;

use crate::model::survey::SurveyLayer;

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

    /// How far a coordinate may come back from where it was.
    pub(super) fn quantum(self, layer: &SurveyLayer) -> f64 {
        match self {
            Self::GeoPackage => 0.0,
            // half a step, and the rounding of sums with the corner of the grid
            Self::FileGeodatabase => 0.75 / steps(layer),
        }
    }

    /// Names of the columns for the row's number and the shape, which no column of the layer has.
    pub(in crate::write) fn own_columns(self, layer: &SurveyLayer) -> (String, String) {
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
}

pub(in crate::write) fn in_degrees(layer: &SurveyLayer) -> usize {
    usize::from(layer.crs.metres().is_none())
}

pub(in crate::write) fn steps(layer: &SurveyLayer) -> f64 {
    STEPS[in_degrees(layer)]
}
