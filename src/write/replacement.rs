//! One file (or geodatabase folder) is written in a hidden folder beside its place, and put there once it is whole.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::folder::{flush, flush_folder, hidden, resolve, split};
use super::{WriteError, leftover};

/// A file that is being written: `.NAME.partial-…/NAME` beside NAME, renamed to NAME by [`Replacement::commit`].
///
/// A file takes the place of another in one step. A folder cannot: the old one is first renamed to `.NAME.old-…`, and
/// comes back when the run is killed before the next step, as with [`super::ResultFolder`].
#[derive(Debug)]
pub struct Replacement {
    target: PathBuf,
    partial: TempDir,
    /// Held for its lock, which the system releases however the process ends.
    _lock: File,
}

impl Replacement {
    /// Makes ready to write what shall be found at `target`; parents are created, a link is followed, and what a killed
    /// run left beside it is cleared away. `may_replace` says why what is there must not be replaced.
    ///
    /// # Errors
    /// When something is there and `overwrite` is not set, when it must not be replaced, or when the folder it lies in
    /// cannot be written.
    pub fn begin(
        target: &Path,
        overwrite: bool,
        may_replace: impl FnOnce(&Path) -> Result<(), String>,
    ) -> Result<Self, WriteError> {
        let target = resolve(target)?;
        let (parent, name) = split(&target)?;
        let failed = || WriteError::io(&target);
        leftover::clear(parent, name, &target).map_err(failed())?;
        if target.exists() {
            if !overwrite {
                return Err(WriteError::Exists(target));
            }
            may_replace(&target).map_err(|why| WriteError::NotReplaceable {
                file: target.clone(),
                why,
            })?;
        }
        let partial = hidden(parent, &leftover::partial_prefix(name)).map_err(failed())?;
        let lock = leftover::lock(partial.path()).map_err(failed())?;
        Ok(Self {
            target,
            partial,
            _lock: lock,
        })
    }

    /// Where to write it.
    pub fn path(&self) -> PathBuf {
        self.partial
            .path()
            .join(self.target.file_name().unwrap_or_default())
    }

    /// Where it will be found after [`Replacement::commit`], for messages.
    pub fn shown(&self) -> &Path {
        &self.target
    }

    /// Puts it in its place, after all of it has reached the disk.
    ///
    /// # Errors
    /// When it cannot be flushed, or a rename is refused. What was there is then as it was.
    pub fn commit(self) -> Result<(), WriteError> {
        let failed = |source| WriteError::io(&self.target)(source);
        flush(self.partial.path()).map_err(failed)?;
        let (parent, name) = split(&self.target)?;
        if !self.target.is_dir() {
            fs::rename(self.path(), &self.target).map_err(failed)?;
            return flush_folder(parent).map_err(failed);
        }
        let old = hidden(parent, &leftover::old_prefix(name)).map_err(failed)?;
        let _old_lock = leftover::lock(&self.target).map_err(failed)?;
        fs::rename(&self.target, old.path()).map_err(failed)?;
        if let Err(error) = fs::rename(self.path(), &self.target) {
            // From here on `old` holds what was there, so it must never be removed on drop.
            let old = old.keep();
            fs::rename(old, &self.target).map_err(failed)?;
            return Err(failed(error));
        }
        flush_folder(parent).map_err(failed)?;
        drop(old);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replace(target: &Path, text: &str, overwrite: bool) -> Result<(), WriteError> {
        let file = Replacement::begin(target, overwrite, |_| Ok(()))?;
        if target
            .extension()
            .is_some_and(|extension| extension == "gdb")
        {
            fs::create_dir(file.path()).unwrap();
            fs::write(file.path().join("gdb"), text).unwrap();
        } else {
            fs::write(file.path(), text).unwrap();
        }
        file.commit()
    }

    #[test]
    fn what_is_there_is_replaced_only_when_that_was_asked_for_and_nothing_is_left_beside() {
        let folder = tempfile::tempdir().unwrap();
        for (name, within) in [("a.gpkg", "a.gpkg"), ("a.gdb", "a.gdb/gdb")] {
            let target = folder.path().join(name);
            let text = || fs::read_to_string(folder.path().join(within)).unwrap();
            replace(&target, "first", false).unwrap();
            let error = replace(&target, "second", false).unwrap_err();
            assert!(matches!(error, WriteError::Exists(_)), "{error}");
            assert_eq!(text(), "first");
            replace(&target, "second", true).unwrap();
            assert_eq!(text(), "second");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn what_must_stay_stays() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("city.gpkg");
        fs::write(&target, "parcels").unwrap();
        let refuse = |_: &Path| Err("it holds `parcels`".to_owned());
        let error = Replacement::begin(&target, true, refuse).unwrap_err();
        assert!(error.to_string().contains("it holds `parcels`"), "{error}");
        assert_eq!(fs::read_to_string(&target).unwrap(), "parcels");
        // a run that fails leaves nothing
        drop(Replacement::begin(&folder.path().join("b.gpkg"), false, |_| Ok(())).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
