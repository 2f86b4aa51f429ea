//! The formats of map layers that are written by GDAL, or without it as far as they can be.

/// A format that holds a map layer and that a library writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OgrFormat {
    /// GeoPackage (OGC 12-128), with a spatial index and Chinese column names; a table without shapes is kept as one
    /// of attributes.
    GeoPackage,
    /// ESRI Shapefile with text in this encoding: `UTF-8` or `GBK`. Names of columns are cut to ten bytes.
    Shapefile {
        /// The encoding as GDAL calls it.
        encoding: &'static str,
    },
    /// ESRI file geodatabase; coordinates are rounded to its grid.
    FileGeodatabase,
}

impl OgrFormat {
    pub(super) const fn extension(self) -> &'static str {
        match self {
            Self::GeoPackage => "gpkg",
            Self::Shapefile { .. } => "shp",
            Self::FileGeodatabase => "gdb",
        }
    }
}
