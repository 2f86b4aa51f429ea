//! Bytes → a file that only GDAL sees, gone when it is dropped.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use gdal::errors::GdalError;

/// A file in GDAL's memory.
#[derive(Debug)]
pub struct MemoryFile(PathBuf);

impl MemoryFile {
    /// Keeps `bytes` under the name of the file they come from, so that the layer has the same name.
    pub fn new(name: &Path, bytes: Vec<u8>) -> Result<Self, GdalError> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = name.file_name().unwrap_or_default();
        let path = Path::new("/vsimem/plotratio")
            .join(number.to_string())
            .join(name);
        gdal::vsi::create_mem_file(&path, bytes)?;
        Ok(Self(path))
    }

    /// What GDAL opens.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for MemoryFile {
    fn drop(&mut self) {
        // It was made by us and nobody else knows it: that it is gone already cannot be helped.
        let _ = gdal::vsi::unlink_mem_file(&self.0);
    }
}
