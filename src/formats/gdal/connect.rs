//! A source → an open dataset: only files and databases of these drivers, read only, and nothing written beside them.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Once;

use encoding_rs::Encoding;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};

use super::memory::MemoryFile;
use super::{messages, placemarks, unopened};
use crate::formats::Source;
use crate::formats::SourceError;
use crate::formats::dbf::{self, dbf_of};
use crate::formats::encoding::{Texts, by_label};
use crate::formats::plain_text;
use crate::formats::rewritten::{Rewritten, rewrite};

/// File formats. Whatever fetches from a network (VRT, WFS, HTTP, …) or runs a program is left out on purpose.
const FILE_DRIVERS: [&str; 23] = [
    "ESRI Shapefile",
    "GPKG",
    "OpenFileGDB",
    "GML",
    "GeoJSON",
    "GeoJSONSeq",
    "ESRIJSON",
    "TopoJSON",
    "CSV",
    "DXF",
    "CAD",
    "DGN",
    "XLSX",
    "XLS",
    "ODS",
    "MapInfo File",
    "SQLite",
    "PGeo",
    "LIBKML",
    "KML",
    "FlatGeobuf",
    "S57",
    "JML",
];

const DATABASE_DRIVERS: [&str; 3] = ["PostgreSQL", "MySQL", "MSSQLSpatial"];

/// Column names under which tables of text keep a geometry.
const GEOMETRY_COLUMNS: &str =
    "GEOM_POSSIBLE_NAMES=WKT,wkt,geom,geometry,the_geom,坐标,坐标串,图形,几何";

/// An open dataset, and what has to be known to read it.
pub struct Connection {
    pub dataset: Dataset,
    pub opener: Opener,
    pub texts: Texts,
    /// The encoding the user asked for, still to be used by formats that are looked at later.
    pub asked: Option<&'static Encoding>,
    pub notes: Vec<String>,
    /// The transcoded copy that the dataset reads, to be dropped after it.
    pub memory: Option<MemoryFile>,
    /// The CRS that the geometries of a table say themselves.
    pub crs: Option<String>,
}

/// How the dataset was opened, to open it again in another thread.
#[derive(Clone)]
pub struct Opener {
    path: PathBuf,
    options: Vec<String>,
    drivers: &'static [&'static str],
}

impl Opener {
    /// Opens a copy at `path` instead, with the schema that lies beside the file.
    pub fn of_copy(mut self, path: &Path) -> Self {
        for (option, extension) in [("XSD", "xsd"), ("GFS_TEMPLATE", "gfs")] {
            let beside = self.path.with_extension(extension);
            if beside.exists() {
                self.options.push(format!("{option}={}", beside.display()));
            }
        }
        path.clone_into(&mut self.path);
        self
    }

    /// Opens the dataset (again).
    pub fn open(&self) -> Result<Dataset, String> {
        messages::listen();
        messages::take();
        let options: Vec<&str> = self.options.iter().map(String::as_str).collect();
        Dataset::open_ex(
            &self.path,
            DatasetOptions {
                open_flags: GdalOpenFlags::GDAL_OF_VECTOR
                    | GdalOpenFlags::GDAL_OF_READONLY
                    | GdalOpenFlags::GDAL_OF_VERBOSE_ERROR,
                allowed_drivers: Some(self.drivers),
                open_options: Some(&options),
                sibling_files: None,
            },
        )
        .map_err(|_| messages::take().why())
    }
}

/// Opens a source. `layer` is the one asked for, to look at its text in a folder of Shapefiles.
///
/// # Errors
/// When it does not exist, names no file or database, or no driver can read it.
pub fn connect(source: &Source, encoding: Option<&str>) -> Result<Connection, SourceError> {
    settle();
    let asked = encoding
        .filter(|label| Texts::by_name(label) != Some(Texts::Either))
        .map(|label| {
            by_label(label).ok_or_else(|| {
                SourceError::unreadable(
                    source,
                    format!("`{label}` names no encoding; try GB18030 or UTF-8"),
                )
            })
        })
        .transpose()?;
    let mut texts = Texts::Either;
    let (mut notes, mut options, mut memory) = (Vec::new(), Vec::new(), None);
    let mut crs = None;
    let (path, drivers) = match source {
        Source::Database { connection, .. } => (PathBuf::from(connection), &DATABASE_DRIVERS[..]),
        Source::File { path, layer } => {
            refuse_networks(source, path)?;
            if !path.exists() {
                return Err(SourceError::NotFound(source.to_string()));
            }
            match source.extension().as_str() {
                "gml" | "xml" | "gz" => {
                    options.extend(["WRITE_GFS=NO", "DOWNLOAD_SCHEMA=NO"].map(str::to_owned));
                }
                // A database in WAL mode makes files beside itself even for a reader, unless it is said to be still.
                "gpkg" if !wal_beside(path) => options.push("IMMUTABLE=YES".to_owned()),
                "sqlite" | "db" | "sqlite3" if in_wal_mode(path) && !wal_beside(path) => {
                    memory = Some(in_memory(source, path, None)?);
                }
                "kml" => memory = rewritten_kml(source, path)?,
                "csv" | "tsv" | "psv" => {
                    options.extend([GEOMETRY_COLUMNS, "KEEP_GEOM_COLUMNS=NO"].map(str::to_owned));
                    let bytes = std::fs::read(path)
                        .map_err(|error| SourceError::unreadable(source, error))?;
                    let (text, note) = plain_text::decode(&bytes, asked);
                    let mut text = text.map(String::into_bytes);
                    notes.extend(note);
                    if let Some(rewritten) = rewritten_table(source, path, text.as_deref())? {
                        crs = rewritten.crs;
                        notes.extend(rewritten.notes);
                        text = Some(rewritten.text);
                    }
                    if let Some(bytes) = text {
                        memory = Some(in_memory(source, path, Some(bytes))?);
                    }
                }
                "shp" | "dbf" | "shz" | "" => {
                    // Bytes as they are stored: they are decoded here, where the sample was seen.
                    if let Some(dbf) = dbf_of(path, layer.as_deref()) {
                        options.push("ENCODING=".to_owned());
                        let (found, note) = dbf::texts(&dbf);
                        let asked = encoding.and_then(Texts::by_name);
                        (texts, notes) = asked
                            .map_or((found, note.into_iter().collect()), |asked| {
                                (asked, Vec::new())
                            });
                    }
                }
                _ => {}
            }
            let opened = memory
                .as_ref()
                .map_or_else(|| local(path), |file| file.path().to_owned());
            (opened, &FILE_DRIVERS[..])
        }
    };
    let opener = Opener {
        path,
        options,
        drivers,
    };
    let dataset = opener.open().map_err(|why| {
        SourceError::unreadable(source, unopened::explain(source, redact(source, why)))
    })?;
    let noise = |text: &String| {
        [
            "does not support open option",
            "may only be partially supported",
        ]
        .iter()
        .any(|known| text.contains(known))
    };
    notes.extend(
        messages::take()
            .texts
            .into_iter()
            .filter(|text| !noise(text)),
    );
    Ok(Connection {
        dataset,
        opener,
        texts,
        asked,
        notes,
        memory,
        crs,
    })
}

/// The table in a form that GDAL understands, where it has another; `text` is what it holds in UTF-8, unless that is what
/// the file holds.
fn rewritten_table(
    source: &Source,
    path: &Path,
    text: Option<&[u8]>,
) -> Result<Option<Rewritten>, SourceError> {
    let bytes;
    let text = if let Some(text) = text {
        text
    } else {
        bytes = std::fs::read(path).map_err(|error| SourceError::unreadable(source, error))?;
        &bytes
    };
    Ok(std::str::from_utf8(text).ok().and_then(rewrite))
}

/// A copy of a KML in the form that GDAL understands, where it has another.
fn rewritten_kml(source: &Source, path: &Path) -> Result<Option<MemoryFile>, SourceError> {
    let bytes = std::fs::read(path).map_err(|error| SourceError::unreadable(source, error))?;
    let text = placemarks::rewrite(&bytes);
    text.map(|text| in_memory(source, path, Some(text)))
        .transpose()
}

/// Settings for the whole process, made once: nothing written beside a file, tables with a heading, no stderr.
fn settle() {
    static ONCE: Once = Once::new();
    messages::listen();
    ONCE.call_once(|| {
        for (key, value) in [
            ("GDAL_PAM_ENABLED", "NO"),
            ("SHAPE_RESTORE_SHX", "NO"),
            ("OGR_XLSX_HEADERS", "FORCE"),
            ("OGR_XLS_HEADERS", "FORCE"),
            ("OGR_ODS_HEADERS", "FORCE"),
            ("OGR_SQLITE_ALLOW_EXTERNAL_ACCESS", "NO"),
            // Text of a drawing comes as its bytes are, to be decoded here.
            ("DXF_ENCODING", "UTF-8"),
            // Names of the data of a placemark as they are written, not in underscores.
            ("LIBKML_LAUNDER_FIELD_NAMES", "NO"),
            // Arcs of a drawing are stroked by GDAL: a tenth of a degree keeps the area to a two-millionth.
            ("OGR_ARC_STEPSIZE", "0.1"),
        ] {
            // Neither text has a null byte, the only way to fail.
            let _ = gdal::config::set_config_option(key, value);
        }
    });
}

/// GDAL reads from networks by prefixes of the path; a file must be a file.
fn refuse_networks(source: &Source, path: &Path) -> Result<(), SourceError> {
    let text = path.to_string_lossy();
    if text.starts_with("/vsi") || text.contains("://") {
        return Err(SourceError::unreadable(
            source,
            "it is no file on this machine; fetch it first, then name the file",
        ));
    }
    Ok(())
}

/// The path so that no beginning of it means anything to a driver (`CSV:`, `PG:`).
fn local(path: &Path) -> PathBuf {
    if path.is_absolute() {
        path.to_owned()
    } else {
        Path::new(".").join(path)
    }
}

fn in_memory(
    source: &Source,
    path: &Path,
    bytes: Option<Vec<u8>>,
) -> Result<MemoryFile, SourceError> {
    let bytes = bytes
        .map_or_else(|| std::fs::read(path), Ok)
        .map_err(|error| SourceError::unreadable(source, error))?;
    MemoryFile::new(path, bytes).map_err(|error| SourceError::unreadable(source, error))
}

/// Whether another program's changes wait in a `-wal` file.
fn wal_beside(path: &Path) -> bool {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    std::fs::metadata(beside).is_ok_and(|file| file.len() > 0)
}

fn in_wal_mode(path: &Path) -> bool {
    let mut head = [0; 20];
    File::open(path)
        .and_then(|mut file| file.read_exact(&mut head))
        .is_ok()
        && head[18] == 2
}

/// What the reader said, without the password of the connection.
pub fn redact(source: &Source, mut text: String) -> String {
    let Source::Database { connection, .. } = source else {
        return text;
    };
    let lower = connection.to_ascii_lowercase();
    let mut secrets: Vec<String> = lower
        .match_indices("password")
        .filter_map(|(at, word)| connection.get(at + word.len()..))
        .filter_map(|rest| rest.trim_start().strip_prefix('='))
        .map(|rest| {
            let rest = rest.trim_start();
            match rest.strip_prefix('\'') {
                Some(quoted) => quoted.split('\'').next().unwrap_or_default().to_owned(),
                None => rest.split([' ', '&']).next().unwrap_or_default().to_owned(),
            }
        })
        .collect();
    secrets.extend(
        connection
            .split_once("://")
            .and_then(|(_, rest)| rest.split_once('@'))
            .and_then(|(user, _)| user.split_once(':'))
            .map(|(_, secret)| secret.to_owned()),
    );
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, "…");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_from_a_network() {
        for text in [
            "/vsicurl/http://host/a.gpkg",
            "http://host/a.geojson",
            "/vsizip/a.zip",
        ] {
            let error = connect(&Source::parse(text), None)
                .err()
                .unwrap()
                .to_string();
            assert!(error.contains("no file on this machine"), "{error}");
        }
    }

    #[test]
    fn a_password_is_cut_out_of_what_the_server_says() {
        for connection in [
            "PG:host=h password=s3cret user=u",
            "PG:host=h password = 's3cret' user=u",
            "PG:postgresql://u:s3cret@h/city",
        ] {
            let source = Source::parse(connection);
            assert_eq!(redact(&source, "no s3cret here".to_owned()), "no … here");
            assert!(!source.to_string().contains("s3cret"), "{source}");
        }
    }
}
