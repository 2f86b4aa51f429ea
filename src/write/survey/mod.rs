//! Survey layers → one GeoPackage or one file geodatabase, which is read back and compared before it is given out.

mod container;
mod tables;

use std::path::Path;

use super::{Replacement, WriteError, geodatabase, geopackage};
use crate::formats::{Source, layers};
use crate::model::survey::{Difference, SurveyLayer, SurveyTheme, first_difference};
use crate::read::{SurveyRequest, read_survey};

pub use container::SurveyContainer;
#[cfg(feature = "gdal")]
pub(super) use container::{in_degrees, steps};
pub use tables::{survey_checks_table, unit_table, write_csv};

/// Makes ready to write a GeoPackage or a file geodatabase at `target`.
///
/// # Errors
/// As [`Replacement::begin`]; also when what is there is no such file, is open in another program, or holds anything
/// beside survey layers, which would be lost.
pub fn begin_survey(target: &Path, overwrite: bool) -> Result<Replacement, WriteError> {
    Replacement::begin(target, overwrite, may_replace)
}

fn may_replace(target: &Path) -> Result<(), String> {
    for beside in ["-wal", "-journal"] {
        let mut name = target.as_os_str().to_owned();
        name.push(beside);
        if std::fs::metadata(name).is_ok_and(|file| file.len() > 0) {
            return Err(format!(
                "changes to it wait in a `{beside}` file beside it; close the program that has it open"
            ));
        }
    }
    let source = Source::File {
        path: target.to_owned(),
        layer: None,
    };
    let there = layers(&source).map_err(|_| "it is no file with survey layers".to_owned())?;
    let is_ours = |name: &str| SurveyTheme::ALL.iter().any(|theme| theme.name() == name);
    let others: Vec<String> = there
        .into_iter()
        .map(|layer| layer.name)
        .filter(|name| !is_ours(name))
        .collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(format!(
        "it also holds `{}`, which would be lost",
        others.join("`, `")
    ))
}

/// Writes the layers into `file`, reads them back, and compares every value and every coordinate. Returns what a reader
/// must know of what the format cannot keep.
///
/// # Errors
/// When the library refuses, when a value is beyond what the format holds, or when a value came back changed.
pub fn write_survey(
    file: &Replacement,
    layers: &[&SurveyLayer],
    container: SurveyContainer,
) -> Result<Vec<String>, WriteError> {
    let (path, shown) = (file.path(), file.shown());
    let mut notes = match container {
        SurveyContainer::GeoPackage => {
            geopackage::write_survey_layers(&path, shown, layers)?;
            Vec::new()
        }
        SurveyContainer::FileGeodatabase => geodatabase::write_survey_layers(&path, shown, layers)?,
    };
    for layer in layers {
        verify(&path, shown, layer, container, &mut notes)?;
    }
    Ok(notes)
}

fn verify(
    path: &Path,
    shown: &Path,
    layer: &SurveyLayer,
    container: SurveyContainer,
    notes: &mut Vec<String>,
) -> Result<(), WriteError> {
    let name = layer.theme.name();
    let wrong = |why: String| WriteError::Library {
        file: shown.to_owned(),
        why: format!("`{name}` read back is not what was written: {why}"),
    };
    let source = Source::File {
        path: path.to_owned(),
        layer: Some(name.to_owned()),
    };
    let request = SurveyRequest::default();
    let back = read_survey(layer.theme, &source, &request, &|_| {})
        .map_err(|error| wrong(error.to_string()))?
        .layer;
    // a system without a code in a register may be given another's name
    let other_code = back.crs.code.is_some() && layer.crs.code.is_some();
    if other_code && back.crs.code != layer.crs.code || back.crs.kind != layer.crs.kind {
        return Err(wrong(format!(
            "its CRS was {} and is {}",
            layer.crs.label(),
            back.crs.label()
        )));
    }
    match first_difference(layer, &back, container.quantum(layer)) {
        None => {}
        Some(Difference::Form(how)) => return Err(wrong(how)),
        Some(Difference::Value { row, column }) => {
            let feature = layer.feature(row);
            return Err(wrong(format!("`{column}` of `{feature}` has another value")));
        }
        Some(Difference::Shapes(rows)) => notes.push(format!(
            "{name}: the shapes of {} features (the first: `{}`) are not valid, and this format keeps them otherwise",
            rows.len(),
            layer.feature(rows[0])
        )),
    }
    Ok(())
}
