//! What makes a GeoPackage or a file geodatabase the same on every run.

use gdal::config::{clear_thread_local_config_option, set_thread_local_config_option};
use gdal::errors::Result;

use crate::formats::listen_to_gdal;

/// GDAL's settings while a file is written; put back on drop.
pub(super) struct Settings;

const SETTINGS: [(&str, &str); 3] = [
    // `gpkg_contents.last_change` would differ from run to run.
    ("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z"),
    // A file that is not whole is never used, and the folder is flushed once at the end.
    ("OGR_SQLITE_SYNCHRONOUS", "OFF"),
    // A file geodatabase numbers its items by chance otherwise.
    ("OPENFILEGDB_REPRODUCIBLE_UUID", "YES"),
];

impl Settings {
    /// For this thread only.
    pub(super) fn apply() -> Result<Self> {
        // what GDAL has to say does not go to stderr
        listen_to_gdal();
        for (key, value) in SETTINGS {
            set_thread_local_config_option(key, value)?;
        }
        Ok(Self)
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        for (key, _) in SETTINGS {
            // A key without a zero byte cannot be refused.
            let _ = clear_thread_local_config_option(key);
        }
    }
}
