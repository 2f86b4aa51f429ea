//! The hidden folders that a killed run left beside its target → recovered or removed.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

/// `.NAME.partial-`: results that were being written.
pub(super) fn partial_prefix(name: &OsStr) -> OsString {
    prefix(name, ".partial-")
}

/// `.NAME.old-`: results that were being replaced.
pub(super) fn old_prefix(name: &OsStr) -> OsString {
    prefix(name, ".old-")
}

fn prefix(name: &OsStr, what: &str) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(name);
    prefix.push(what);
    prefix
}

/// Marks `folder` as the work of a living run, for as long as the handle is kept.
/// A file system without locks cannot say who lives; the folder is then used without one.
pub(super) fn lock(folder: &Path) -> io::Result<File> {
    let handle = File::open(folder)?;
    match handle.try_lock() {
        Ok(()) | Err(TryLockError::Error(_)) => Ok(handle),
        Err(TryLockError::WouldBlock) => Err(io::Error::other("another run is writing it")),
    }
}

/// Whether the run that made `folder` has certainly ended.
fn is_dead(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|handle| handle.try_lock().is_ok())
}

/// Gives back the old results of a run killed between its two renames, and removes what dead runs left.
pub(super) fn clear(parent: &Path, name: &OsStr, target: &Path) -> io::Result<()> {
    let dead = |prefix: OsString| -> io::Result<Vec<_>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(parent)? {
            let entry = entry?;
            let ours = entry
                .file_name()
                .as_encoded_bytes()
                .starts_with(prefix.as_encoded_bytes());
            if ours && entry.file_type()?.is_dir() && is_dead(&entry.path()) {
                found.push(entry.path());
            }
        }
        found.sort();
        Ok(found)
    };
    for old in dead(old_prefix(name))? {
        // An empty one was made for a rename that never came.
        let holds_results = fs::read_dir(&old)?.next().is_some();
        if holds_results && !target.exists() {
            fs::rename(&old, target)?;
        } else {
            remove(&old)?;
        }
    }
    dead(partial_prefix(name))?
        .iter()
        .try_for_each(|partial| remove(partial))
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        // Another run may be clearing up too.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}
