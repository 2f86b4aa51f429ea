//! Where data lies that is too large for the repository.

use std::path::{Path, PathBuf};

/// A file or folder of the data of real places.
pub fn shared(name: &str) -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    std::env::var_os("PLOTRATIO_DATA")
        .map_or(beside, PathBuf::from)
        .join(name)
}
