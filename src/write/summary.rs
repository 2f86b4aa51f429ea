//! What a run counted and decided → indented JSON.

use serde::Serialize;

use super::{ResultFolder, WriteError};

/// Writes `value` as the file `name` (`summary.json`), indented, keys in the order of the type, a line end at the end.
///
/// # Errors
/// When the file cannot be written or `value` has no form in JSON.
pub fn write_json(
    folder: &ResultFolder,
    name: &str,
    value: &impl Serialize,
) -> Result<(), WriteError> {
    let mut text = serde_json::to_vec_pretty(value).map_err(WriteError::library(name))?;
    text.push(b'\n');
    std::fs::write(folder.path(name), text).map_err(|source| folder.io_error(name, source))
}
