//! Why a result could not be written, and what to do about it.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

/// Why a result could not be written. Every text names the file or folder and says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder holds something, and replacing it was not asked for.
    #[error(
        "`{0}` exists and is not empty; pass `--overwrite` to replace the results in it, or name another folder"
    )]
    Occupied(PathBuf),
    /// The file is there, and replacing it was not asked for.
    #[error("`{0}` exists; pass `--overwrite` to replace it, or name another file")]
    Exists(PathBuf),
    /// What is there is not what would take its place.
    #[error("`{file}` cannot be replaced: {why}; name another file")]
    NotReplaceable {
        /// The file.
        file: PathBuf,
        /// What it is or holds.
        why: String,
    },
    /// The folder holds files that are no results of this program.
    #[error(
        "`{folder}` holds files that plotratio did not write: {names}; move them away or name another folder"
    )]
    Foreign {
        /// The folder.
        folder: PathBuf,
        /// The first of their names.
        names: String,
    },
    /// The folder cannot be swapped for another.
    #[error("`{folder}` cannot hold results: {why}; name another folder, as in `{folder}/results`")]
    Unsuitable {
        /// The folder.
        folder: PathBuf,
        /// What it is.
        why: &'static str,
    },
    /// The system refused.
    #[error("`{file}` cannot be written: {source}{}", advice(source))]
    Io {
        /// The file or folder.
        file: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The library that writes the format refused.
    #[error(
        "`{file}` cannot be written: {why}; check that the disk is not full, or leave this format out"
    )]
    Library {
        /// The file.
        file: PathBuf,
        /// What the library said.
        why: String,
    },
    /// Only GDAL writes the format, and this build is without.
    #[error(
        "`{0}` cannot be written: this build has no GDAL, which is what writes file geodatabases; take the build with GDAL, or write a GeoPackage"
    )]
    NoGdal(PathBuf),
    /// A map in degrees was asked of coordinates that cannot be taken there.
    #[error(
        "`{file}` cannot be written: GeoJSON is WGS 84, and `{crs}` cannot be taken there; name the right `--crs`, or another format, as in `--format gpkg`"
    )]
    NoDegrees {
        /// The file.
        file: PathBuf,
        /// The CRS of the shapes.
        crs: String,
    },
    /// A position that is not on the globe.
    #[error(
        "row {row} of `{file}` lies at longitude {x}, latitude {y}, which is not on the globe; check `--crs`"
    )]
    OffGlobe {
        /// The file.
        file: PathBuf,
        /// The row, from 0.
        row: usize,
        /// Longitude in degrees.
        x: f64,
        /// Latitude in degrees.
        y: f64,
    },
    /// A cell that its format cannot hold.
    #[error(
        "column `{column}` of `{file}` cannot be written: row {row} holds {what}; leave this format out and report it"
    )]
    Cell {
        /// The file.
        file: PathBuf,
        /// The column.
        column: String,
        /// The row, from 0.
        row: usize,
        /// What it holds.
        what: &'static str,
    },
    /// No such format.
    #[error(
        "`{0}` is no format; the formats are geojson, csv, gpkg, fgb, parquet, xlsx, kml, pmtiles, html"
    )]
    UnknownFormat(String),
    /// A format of a whole run, where a command writes tables alone.
    #[error("the format `{0}` is of a whole run, which `plotratio scan` writes; leave it out here")]
    OnlyOfScan(&'static str),
}

impl WriteError {
    /// For `map_err`: what the system said about `file`.
    pub(super) fn io(file: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            file: file.into(),
            source,
        }
    }

    /// For `map_err`: what a library said about `file`.
    pub(super) fn library<E: std::fmt::Display>(
        file: impl Into<PathBuf>,
    ) -> impl FnOnce(E) -> Self {
        move |error| Self::Library {
            file: file.into(),
            why: error.to_string(),
        }
    }
}

/// What to do about a refusal of the system.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "; free some space, or name a folder on another disk"
        }
        ErrorKind::PermissionDenied => "; ask for the right to write there, or name another folder",
        ErrorKind::ReadOnlyFilesystem => "; name a folder on a disk that can be written",
        ErrorKind::NotADirectory => "; a part of the path is a file, so name another folder",
        _ => "; check the path, or name another folder",
    }
}
