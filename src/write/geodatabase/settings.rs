//! What makes a file geodatabase the same on every run.

use gdal::config::{clear_thread_local_config_option, set_thread_local_config_option};
use gdal::errors::Result;

use crate::formats::listen_to_gdal;

/// GDAL's settings while a file is written; put back on drop.
pub(super) struct Settings;

/// It numbers its items by chance otherwise.
const SETTING: (&str, &str) = ("OPENFILEGDB_REPRODUCIBLE_UUID", "YES");

impl Settings {
    /// For this thread only.
    pub(super) fn apply() -> Result<Self> {
        // what GDAL has to say does not go to stderr
        listen_to_gdal();
        set_thread_local_config_option(SETTING.0, SETTING.1)?;
        Ok(Self)
    }
}

impl Drop for Settings {
    fn drop(&mut self) {
        // A key without a zero byte cannot be refused.
        let _ = clear_thread_local_config_option(SETTING.0);
    }
}
