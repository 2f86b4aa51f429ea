//! What this program was built without: file geodatabases, which only GDAL writes, are refused.

use std::path::Path;

use super::{ResultFolder, Table, WriteError};
use crate::model::survey::SurveyLayer;

/// Refuses.
///
/// # Errors
/// Always.
pub fn write_geodatabase(folder: &ResultFolder, table: &Table<'_>) -> Result<(), WriteError> {
    Err(WriteError::NoGdal(
        folder.shown(&format!("{}.gdb", table.name)),
    ))
}

/// Refuses.
///
/// # Errors
/// Always.
pub(super) fn write_survey_layers(
    _path: &Path,
    shown: &Path,
    _layers: &[&SurveyLayer],
) -> Result<Vec<String>, WriteError> {
    Err(WriteError::NoGdal(shown.to_owned()))
}
