//! Why a lake cannot be written or read.

use std::io;
use std::path::{Path, PathBuf};

/// Why a lake, or a part of its results, cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// A file or folder cannot be used.
    #[error("`{}`: {why}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// A file does not hold what it should.
    #[error("`{}`: {why}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A folder that is no lake.
    #[error("`{}` is no lake; make one with `plotratio ingest CITY.toml -o LAKE`", .0.display())]
    NoLake(PathBuf),
    /// A folder that holds something.
    #[error("`{}` is not empty; name another folder, or replace it with `--overwrite`", .0.display())]
    NotEmpty(PathBuf),
    /// A folder that holds something else.
    #[error("`{}` holds files that are not of this program (`{}`); name another folder", .0.display(), .1)]
    Foreign(PathBuf, String),
}

impl LakeError {
    /// An error of the system about a file.
    pub fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |why| Self::Io { path, why }
    }

    /// A file that is not as it should be.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "errors are handed over whole"
    )]
    pub fn broken(path: &Path, why: impl ToString) -> Self {
        Self::Broken {
            path: path.to_owned(),
            why: why.to_string(),
        }
    }
}
