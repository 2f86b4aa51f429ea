//! What a coordinate reference system is, as far as this program must know it.

use geo::Coord;
use serde::{Deserialize, Serialize};

/// A coordinate reference system. Coordinates are always easting (or longitude) first, whatever its register says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crs {
    /// What PROJ takes to make it: `EPSG:4549`, or WKT where no code is known.
    pub definition: String,
    /// Its name as a reader knows it.
    pub name: String,
    /// Register and code, where identified: `("EPSG", 4549)`.
    pub code: Option<(String, u32)>,
    /// What its coordinates are.
    pub kind: CrsKind,
    /// WKT 2, for formats that carry it.
    pub wkt: String,
    /// PROJJSON, for GeoParquet.
    pub projjson: String,
    /// Where it may be used: west, south, east, north in degrees.
    pub area_of_use: Option<[f64; 4]>,
}

/// What the coordinates of a CRS are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum CrsKind {
    /// Plane coordinates; how many metres one unit is (1 for metres, 0.3048006 for US survey feet).
    Plane {
        /// Metres in one unit.
        metres: f64,
    },
    /// Web Mercator: plane coordinates whose areas are not areas on the ground.
    Mercator,
    /// Degrees of longitude and latitude.
    Degrees,
}

impl Crs {
    /// Metres in one unit of a plane CRS; `None` for degrees.
    pub fn metres(&self) -> Option<f64> {
        match self.kind {
            CrsKind::Plane { metres } => Some(metres),
            CrsKind::Mercator => Some(1.0),
            CrsKind::Degrees => None,
        }
    }

    /// By what it is made again: `EPSG:4549`, or WKT where there is no code.
    pub fn reference(&self) -> String {
        match &self.code {
            Some((register, code)) => format!("{register}:{code}"),
            None => self.definition.clone(),
        }
    }

    /// `EPSG:4549`, or the name where there is no code.
    pub fn label(&self) -> String {
        self.code.as_ref().map_or_else(
            || self.name.clone(),
            |(register, code)| format!("{register}:{code}"),
        )
    }
}

/// A point as `(x, y)` in the order a person reads it, for messages.
pub fn place(at: Coord) -> String {
    format!("({:.3}, {:.3})", at.x, at.y)
}
