//! A folder that is written beside its place and takes it once it is whole.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::LakeError;

/// So often a folder is put in its place where other tasks put theirs there.
const TRIES: usize = 5;

/// A folder that is being written: `.NAME.partial-…` beside its place. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Staged {
    target: PathBuf,
    partial: TempDir,
}

impl Staged {
    /// Begins a folder that shall be found at `target`. What is there already is replaced where `mark`, a file that every
    /// such folder holds, is in it and `overwrite` is set.
    ///
    /// # Errors
    /// When the folder is there and may not be replaced, or its parent cannot be written.
    pub fn begin(target: &Path, mark: &str, overwrite: bool) -> Result<Self, LakeError> {
        let mut inside = match fs::read_dir(target) {
            Ok(inside) => inside.flatten().collect::<Vec<_>>(),
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(why) => return Err(LakeError::io(target)(why)),
        };
        inside.sort_unstable_by_key(fs::DirEntry::file_name);
        let is_own = inside.iter().any(|entry| entry.file_name() == mark);
        let is_ours = |entry: &&fs::DirEntry| {
            let path = entry.path();
            let extension = path.extension().and_then(|extension| extension.to_str());
            is_own && path.is_file() && matches!(extension, Some("parquet" | "toml" | "json"))
        };
        if let Some(foreign) = inside.iter().find(|entry| !is_ours(entry)) {
            let name = foreign.file_name().to_string_lossy().into_owned();
            return Err(LakeError::Foreign(target.to_owned(), name));
        }
        if is_own && !overwrite {
            return Err(LakeError::NotEmpty(target.to_owned()));
        }
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(LakeError::io(parent))?;
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let partial = tempfile::Builder::new()
            .prefix(&format!(".{name}.partial-"))
            .tempdir_in(parent)
            .map_err(LakeError::io(parent))?;
        Ok(Self {
            target: target.to_owned(),
            partial,
        })
    }

    /// Where to write meanwhile.
    pub fn path(&self) -> &Path {
        self.partial.path()
    }

    /// Puts the folder in its place. Where another task has put the same there meanwhile, this one takes its place.
    ///
    /// # Errors
    /// When it cannot be renamed; what was there is then as it was.
    pub fn commit(self) -> Result<(), LakeError> {
        open_to_others(self.partial.path()).map_err(LakeError::io(&self.target))?;
        let whole = self.partial.path();
        let mut old = whole.as_os_str().to_owned();
        old.push(".old");
        let old = PathBuf::from(old);
        let mut moved = fs::rename(whole, &self.target);
        for _ in 0..TRIES {
            if moved.is_ok() || !self.target.exists() {
                break;
            }
            // gone already where another task is faster
            let _ = fs::rename(&self.target, &old);
            moved = fs::rename(whole, &self.target);
            if moved.is_err() && !self.target.exists() {
                let _ = fs::rename(&old, &self.target);
            }
            let _ = fs::remove_dir_all(&old);
        }
        moved.map_err(LakeError::io(&self.target))?;
        let _ = self.partial.keep();
        Ok(())
    }
}

/// A temporary folder is its owner's alone; results are for whoever may read the folder they lie in.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_others(_folder: &Path) -> std::io::Result<()> {
    Ok(())
}
