//! The formats of results: their names on the command line, and which of them a table has.

use std::str::FromStr;

use super::{
    OgrFormat, ResultFolder, Table, WriteError, csv, flatgeobuf, geojson, geoparquet, write_ogr,
    xlsx,
};

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
}

impl Format {
    /// All formats, in the order in which they are listed.
    pub const ALL: [Self; 6] = [
        Self::GeoJson,
        Self::Csv,
        Self::GeoPackage,
        Self::FlatGeobuf,
        Self::Parquet,
        Self::Xlsx,
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

    /// Whether a table has a file of this format: maps need shapes.
    pub const fn suits(self, table: &Table<'_>) -> bool {
        table.geometry.is_some() || !matches!(self, Self::GeoJson | Self::FlatGeobuf)
    }
}

impl FromStr for Format {
    type Err = WriteError;

    fn from_str(text: &str) -> Result<Self, WriteError> {
        let name = text.trim().to_ascii_lowercase();
        match name.as_str() {
            "html" => Err(WriteError::LaterFormat("html")),
            _ => Self::ALL
                .into_iter()
                .find(|format| format.extension() == name)
                .ok_or(WriteError::UnknownFormat(name)),
        }
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
        (Format::GeoPackage, _) => write_ogr(folder, table, OgrFormat::GeoPackage),
        (Format::FlatGeobuf, Some(geometry)) => flatgeobuf::write(folder, table, geometry),
        (Format::GeoJson, Some(geometry)) => geojson::write(folder, table, geometry),
        (Format::FlatGeobuf | Format::GeoJson, None) => Ok(()),
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
            "`shp` is no format; the formats are geojson, csv, gpkg, fgb, parquet, xlsx"
        );
        assert!(error("").contains("formats are"));
        assert!(error("html").contains("not written yet"));
    }
}
