//! The formats of results: their names on the command line, and which of them a table has.

use std::str::FromStr;

use super::{ResultFolder, Table, WriteError};
use super::{csv, flatgeobuf, geojson, geopackage, geoparquet, kml, tiles, xlsx};

/// A format that results can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// GeoJSON (RFC 7946).
    GeoJson,
    /// CSV (RFC 4180).
    Csv,
    /// GeoPackage (OGC 12-128).
    GeoPackage,
    /// FlatGeobuf.
    FlatGeobuf,
    /// GeoParquet 1.1, or plain Parquet where a table has no shapes.
    Parquet,
    /// An Excel workbook.
    Xlsx,
    /// KML 2.2, for programs in the field.
    Kml,
    /// Vector tiles in one file (PMTiles 3), for maps on the web.
    PmTiles,
    /// One page on the whole run, `report.html`.
    Html,
}

impl Format {
    /// All formats, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::GeoJson,
        Self::Csv,
        Self::GeoPackage,
        Self::FlatGeobuf,
        Self::Parquet,
        Self::Xlsx,
        Self::Kml,
        Self::PmTiles,
        Self::Html,
    ];

    /// The extension of its files, which is also its name on the command line.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
            Self::GeoPackage => "gpkg",
            Self::FlatGeobuf => "fgb",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::Kml => "kml",
            Self::PmTiles => "pmtiles",
            Self::Html => "html",
        }
    }

    /// Understands a list as in `--format geojson,csv`; blanks, capitals and repetitions do not matter.
    ///
    /// # Errors
    /// When a name is none of a format.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, WriteError> {
        let mut formats = text
            .split(',')
            .map(str::parse)
            .collect::<Result<Vec<Self>, _>>()?;
        formats.sort_unstable();
        formats.dedup();
        Ok(formats)
    }

    /// Understands a list of formats of tables alone.
    ///
    /// # Errors
    /// When a name is none of a format, or of one that only `scan` writes.
    pub fn parse_tables(text: &str) -> Result<Vec<Self>, WriteError> {
        let formats = Self::parse_list(text)?;
        if formats.contains(&Self::Html) {
            return Err(WriteError::OnlyOfScan("html"));
        }
        Ok(formats)
    }

    /// Whether a table has a file of this format: maps need shapes, and the page on a run is of no table.
    pub fn suits(self, table: &Table<'_>) -> bool {
        match self {
            Self::Html => false,
            Self::GeoJson | Self::FlatGeobuf => table.geometry.is_some(),
            Self::Kml | Self::PmTiles => table
                .geometry
                .as_ref()
                .is_some_and(|of| of.degrees.is_some()),
            Self::Csv | Self::GeoPackage | Self::Parquet | Self::Xlsx => true,
        }
    }
}

impl FromStr for Format {
    type Err = WriteError;

    fn from_str(text: &str) -> Result<Self, WriteError> {
        let name = text.trim().to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|format| format.extension() == name)
            .ok_or(WriteError::UnknownFormat(name))
    }
}

/// Writes `table` into `folder` as one file; none, where the format is a map and the table has no shapes.
///
/// # Errors
/// When the file cannot be written, or the format cannot hold what is in the table.
pub fn write_table(
    folder: &ResultFolder,
    table: &Table<'_>,
    format: Format,
) -> Result<(), WriteError> {
    match (format, &table.geometry) {
        (Format::Csv, _) => csv::write(folder, table),
        (Format::Parquet, _) => geoparquet::write(folder, table),
        (Format::Xlsx, _) => xlsx::write(folder, table),
        (Format::GeoPackage, _) => geopackage::write(folder, table),
        (Format::FlatGeobuf, Some(geometry)) => flatgeobuf::write(folder, table, geometry),
        (Format::GeoJson, Some(geometry)) => geojson::write(folder, table, geometry),
        (Format::Kml, Some(geometry)) => kml::write(folder, table, geometry),
        (Format::PmTiles, Some(geometry)) => tiles::write(folder, table, geometry),
        (Format::Html, _)
        | (Format::FlatGeobuf | Format::GeoJson | Format::Kml | Format::PmTiles, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_formats_is_read_as_people_write_it() {
        assert_eq!(
            Format::parse_list("CSV, gpkg,csv").unwrap(),
            [Format::Csv, Format::GeoPackage]
        );
        let error = |text| Format::parse_list(text).unwrap_err().to_string();
        assert_eq!(
            error("csv,shp"),
            "`shp` is no format; the formats are geojson, csv, gpkg, fgb, parquet, xlsx, kml, pmtiles, html"
        );
        assert!(error("").contains("formats are"));
        let only = Format::parse_tables("csv,html").unwrap_err().to_string();
        assert!(only.contains("`plotratio scan`"), "{only}");
    }
}
