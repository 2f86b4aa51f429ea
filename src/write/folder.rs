//! Results are written into a hidden folder beside their own, which takes its place once all are whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::WriteError;
use super::foreign::foreign_files;
use super::leftover;

/// Where results are written: `.DIR.partial-…` beside DIR, renamed to DIR by [`ResultFolder::commit`].
///
/// What a kill or a power cut leaves, by the moment it comes:
///
/// | moment | DIR | beside it | next [`ResultFolder::begin`] |
/// |---|---|---|---|
/// | while writing, or while the files are flushed to disk | old, untouched | `.DIR.partial-…` | removes the partial folder |
/// | DIR was there: after DIR → `.DIR.old-…`, before partial → DIR | missing | old and new, both whole | renames old back to DIR, removes the new |
/// | after partial → DIR | new, whole | perhaps `.DIR.old-…` | removes the old folder |
///
/// The second moment is one system call long; only there does DIR need the next run (or a rename by hand) to come
/// back. Where DIR was missing or empty one rename does it all. A run that fails or is dropped removes its own
/// partial folder. Each run holds a lock on its hidden folders, so that runs side by side leave each other alone.
#[derive(Debug)]
pub struct ResultFolder {
    target: PathBuf,
    partial: TempDir,
    overwrite: bool,
    csv_mark: bool,
    /// Held for its lock, which the system releases however the process ends.
    _lock: File,
}

impl ResultFolder {
    /// Makes ready to write the results of a run that shall be found at `target`; parents are created, a link is
    /// followed, and what a killed run left beside it is cleared away.
    ///
    /// # Errors
    /// When `target` is a file, cannot be renamed (a mount point, the current folder), is not empty and `overwrite`
    /// is not set, holds files that are no results, or when its parent cannot be written.
    pub fn begin(target: &Path, overwrite: bool) -> Result<Self, WriteError> {
        let target = resolve(target)?;
        let (parent, name) = split(&target)?;
        leftover::clear(parent, name, &target).map_err(WriteError::io(&target))?;
        check(&target, overwrite)?;
        let partial =
            hidden(parent, &leftover::partial_prefix(name)).map_err(WriteError::io(&target))?;
        let lock = leftover::lock(partial.path()).map_err(WriteError::io(&target))?;
        Ok(Self {
            target,
            partial,
            overwrite,
            csv_mark: false,
            _lock: lock,
        })
    }

    /// The same with CSV files that begin with a byte order mark, or not.
    #[must_use]
    pub fn with_csv_mark(mut self, csv_mark: bool) -> Self {
        self.csv_mark = csv_mark;
        self
    }

    /// Whether CSV files begin with a byte order mark.
    pub(super) const fn has_csv_mark(&self) -> bool {
        self.csv_mark
    }

    /// Where to write the file `name`.
    pub fn path(&self, name: &str) -> PathBuf {
        self.partial.path().join(name)
    }

    /// Where the file `name` will be found after [`ResultFolder::commit`], for messages.
    pub fn shown(&self, name: &str) -> PathBuf {
        self.target.join(name)
    }

    /// The error of writing the file `name`.
    pub fn io_error(&self, name: &str, source: io::Error) -> WriteError {
        WriteError::io(self.shown(name))(source)
    }

    /// Puts the results in their place, after all of them have reached the disk.
    ///
    /// # Errors
    /// When a file cannot be flushed, files that are no results came into the folder meanwhile, or a rename is
    /// refused. DIR is then as it was.
    pub fn commit(self) -> Result<(), WriteError> {
        let failed = |source| WriteError::io(&self.target)(source);
        flush(self.partial.path()).map_err(failed)?;
        let (parent, name) = split(&self.target)?;
        check(&self.target, self.overwrite)?;
        if is_empty(&self.target).map_err(failed)? {
            // A folder may be renamed onto an empty one.
            fs::rename(self.partial.path(), &self.target).map_err(failed)?;
            // Its name is gone, so there is nothing left to remove.
            let _ = self.partial.keep();
            return flush_folder(parent).map_err(WriteError::io(&self.target));
        }
        let old = hidden(parent, &leftover::old_prefix(name)).map_err(failed)?;
        let permissions = fs::metadata(&self.target).map_err(failed)?.permissions();
        fs::set_permissions(self.partial.path(), permissions).map_err(failed)?;
        let _old_lock = leftover::lock(&self.target).map_err(failed)?;
        fs::rename(&self.target, old.path()).map_err(failed)?;
        if let Err(error) = fs::rename(self.partial.path(), &self.target) {
            // From here on `old` holds the user's results, so it must never be removed on drop.
            let old = old.keep();
            fs::rename(old, &self.target).map_err(failed)?;
            return Err(failed(error));
        }
        let _ = self.partial.keep();
        flush_folder(parent).map_err(WriteError::io(&self.target))?;
        // The results are in their place: an old folder that cannot be removed now is removed by the next run.
        drop(old);
        Ok(())
    }
}

/// The absolute path without links; its parents exist afterwards.
pub(super) fn resolve(target: &Path) -> Result<PathBuf, WriteError> {
    let failed = || WriteError::io(target);
    if target.symlink_metadata().is_ok() {
        return target.canonicalize().map_err(failed());
    }
    let absolute = std::path::absolute(target).map_err(failed())?;
    let (parent, name) = split(&absolute)?;
    fs::create_dir_all(parent).map_err(failed())?;
    Ok(parent.canonicalize().map_err(failed())?.join(name))
}

pub(super) fn split(target: &Path) -> Result<(&Path, &std::ffi::OsStr), WriteError> {
    target
        .parent()
        .zip(target.file_name())
        .ok_or_else(|| unsuitable(target, "it has no parent folder"))
}

fn unsuitable(folder: &Path, why: &'static str) -> WriteError {
    WriteError::Unsuitable {
        folder: folder.to_owned(),
        why,
    }
}

/// Whether the results may take the place of what is at `target`.
fn check(target: &Path, overwrite: bool) -> Result<(), WriteError> {
    let Ok(metadata) = fs::metadata(target) else {
        return Ok(());
    };
    if !metadata.is_dir() {
        return Err(unsuitable(target, "it is a file"));
    }
    if is_mount_point(target) {
        return Err(unsuitable(
            target,
            "it is a mount point, which cannot be replaced in one step",
        ));
    }
    if std::env::current_dir().is_ok_and(|current| current.starts_with(target)) {
        return Err(unsuitable(target, "it is the current folder or around it"));
    }
    if is_empty(target).map_err(WriteError::io(target))? {
        return Ok(());
    }
    if !overwrite {
        return Err(WriteError::Occupied(target.to_owned()));
    }
    let foreign = foreign_files(target).map_err(WriteError::io(target))?;
    if foreign.is_empty() {
        return Ok(());
    }
    let mut names = foreign
        .iter()
        .take(5)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if foreign.len() > 5 {
        names = format!("{names} and {} more", foreign.len() - 5);
    }
    Err(WriteError::Foreign {
        folder: target.to_owned(),
        names,
    })
}

/// Whether nothing is there, or an empty folder.
fn is_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

#[cfg(target_os = "linux")]
fn is_mount_point(folder: &Path) -> bool {
    // The fifth field is the mount point, with blanks as `\040`.
    let escaped = folder.to_string_lossy().replace(' ', "\\040");
    fs::read_to_string("/proc/self/mountinfo").is_ok_and(|mounts| {
        mounts
            .lines()
            .any(|line| line.split(' ').nth(4) == Some(escaped.as_str()))
    })
}

#[cfg(not(target_os = "linux"))]
fn is_mount_point(_folder: &Path) -> bool {
    false
}

/// A new hidden folder that others may read as far as the user's `umask` lets them.
pub(super) fn hidden(parent: &Path, prefix: &std::ffi::OsStr) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.tempdir_in(parent)
}

/// Waits until all in `folder` is on the disk.
pub(super) fn flush(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            flush(&entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    flush_folder(folder)
}

pub(super) fn flush_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
