//! What is read without GDAL of the formats that it reads (Shapefile, GeoPackage, tables of text and workbooks) → layers;
//! what is not is said by name.

mod delimited;
mod geopackage;
mod lines;
mod refused;
mod shapefile;
mod sheet;

use std::path::{Path, PathBuf};

use super::encoding::{Texts, by_label};
use super::file::path_of;
use super::several::files_below;
use super::{Layer, LayerSummary, OpenOptions, Source, SourceError, choose, open_native};

pub(crate) use lines::lines_of;

/// A format that is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Readable {
    Shapefile,
    GeoPackage,
    Delimited,
    Workbook,
    /// A folder of Shapefiles.
    Folder,
}

impl Readable {
    fn of(source: &Source, path: &Path) -> Option<Self> {
        if path.is_dir() {
            return (!shapefiles(path).is_empty() && source.extension() != "gdb")
                .then_some(Self::Folder);
        }
        Some(match source.extension().as_str() {
            "shp" | "dbf" => Self::Shapefile,
            "gpkg" => Self::GeoPackage,
            "csv" | "tsv" | "psv" => Self::Delimited,
            "xlsx" | "xlsm" | "xltx" | "xls" | "et" => Self::Workbook,
            _ => return None,
        })
    }
}

/// Opens the layer that `source` names, or the one of several that `options.role` is known to be kept in.
///
/// # Errors
/// When the source or the layer does not exist or cannot be read, when it is not clear which layer is meant, or when only
/// GDAL reads its format.
pub fn open(source: &Source, options: &OpenOptions) -> Result<Box<dyn Layer>, SourceError> {
    let path = existing(source)?;
    let readable = Readable::of(source, path).ok_or_else(|| refused::refusal(source, path))?;
    Ok(match readable {
        Readable::Shapefile => {
            let layer = shapefile::open(source, path, options)?;
            choose::choose(source, options.role, &[layer.summary()])?;
            Box::new(layer)
        }
        Readable::Delimited => {
            let layer = delimited::open(source, path, options)?;
            choose::choose(source, options.role, &[layer.summary()])?;
            Box::new(layer)
        }
        Readable::GeoPackage => Box::new(geopackage::open(source, path, options)?),
        Readable::Workbook => Box::new(sheet::open(source, options)?),
        Readable::Folder => {
            let files = shapefiles(path);
            let summaries = summaries(source, &files)?;
            let (index, _) = choose::choose(source, options.role, &summaries)?;
            Box::new(shapefile::open(source, &files[index], options)?)
        }
    })
}

/// The layers of a source, in its order.
///
/// # Errors
/// When the source does not exist or cannot be read.
pub fn layers(source: &Source) -> Result<Vec<LayerSummary>, SourceError> {
    let path = existing(source)?;
    let options = OpenOptions::default();
    match Readable::of(source, path) {
        Some(Readable::Shapefile) => {
            shapefile::open(source, path, &options).map(|layer| vec![layer.summary()])
        }
        Some(Readable::Delimited) => {
            delimited::open(source, path, &options).map(|layer| vec![layer.summary()])
        }
        Some(Readable::GeoPackage) => geopackage::layers(source, path),
        Some(Readable::Workbook) => sheet::layers(source),
        Some(Readable::Folder) => summaries(source, &shapefiles(path)),
        None => match open_native(source) {
            Some(layer) => layer.map(|layer| vec![summary_of(layer.as_ref())]),
            None => Err(refused::refusal(source, path)),
        },
    }
}

/// Each column of a layer that has a second name, and that name; nothing for formats that keep it otherwise.
pub(crate) fn second_names(source: &Source, layer: &str) -> Vec<(String, String)> {
    match (source.extension().as_str(), path_of(source)) {
        ("gpkg", Ok(path)) => geopackage::second_names(path, layer),
        _ => Vec::new(),
    }
}

fn summary_of(layer: &dyn Layer) -> LayerSummary {
    let schema = layer.schema();
    LayerSummary {
        name: schema.name.clone(),
        features: schema.feature_count,
        geometry: schema.has_geometry.then(|| "Unknown (any)".to_owned()),
    }
}

/// The path of a source that is a file or folder and is there.
fn existing(source: &Source) -> Result<&Path, SourceError> {
    let Source::File { path, .. } = source else {
        return Err(refused::no_databases(source));
    };
    if path.exists() {
        Ok(path)
    } else {
        Err(SourceError::NotFound(source.to_string()))
    }
}

fn shapefiles(folder: &Path) -> Vec<PathBuf> {
    let mut files = files_below(folder, &["shp"]);
    files.retain(|file| file.parent() == Some(folder));
    files
}

fn summaries(source: &Source, files: &[PathBuf]) -> Result<Vec<LayerSummary>, SourceError> {
    let options = OpenOptions::default();
    let summary = |file: &PathBuf| Ok(shapefile::open(source, file, &options)?.summary());
    files.iter().map(summary).collect()
}

/// The encoding that was asked for.
///
/// # Errors
/// When its name is none.
fn checked_encoding(source: &Source, options: &OpenOptions) -> Result<Option<Texts>, SourceError> {
    let Some(label) = options.encoding.as_deref() else {
        return Ok(None);
    };
    let texts = Texts::by_name(label).or_else(|| by_label(label).map(Texts::In));
    texts.map(Some).ok_or_else(|| {
        SourceError::unreadable(
            source,
            format!("`{label}` names no encoding; try GB18030 or UTF-8"),
        )
    })
}

/// What to say of an encoding that is asked of a format that needs none.
fn encoding_note(options: &OpenOptions) -> Option<String> {
    let label = options.encoding.as_ref()?;
    Some(format!(
        "encoding `{label}` not used: this format says itself how its text is stored"
    ))
}

/// Says that a column holds something else than it is declared to.
fn stray_note(name: &str, what: &str, rows: usize) -> String {
    format!("column `{name}` is declared as a {what}, and {rows} rows hold something else")
}
