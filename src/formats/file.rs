//! A source that is one file with one layer → its bytes, mapped into memory, and the name of that layer.

#![expect(unsafe_code, reason = "maps a file into memory")]

use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;

use memmap2::Mmap;

use super::{Source, SourceError};

/// The path of a source that is a file.
///
/// # Errors
/// When it is a database.
pub(super) fn path_of(source: &Source) -> Result<&Path, SourceError> {
    match source {
        Source::File { path, .. } => Ok(path),
        Source::Database { .. } => Err(SourceError::unreadable(source, "it is not a file")),
    }
}

/// Opens the file of a source.
///
/// # Errors
/// When there is no such file, or it may not be read.
pub(super) fn file_of(source: &Source) -> Result<File, SourceError> {
    let path = path_of(source)?;
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => SourceError::NotFound(source.to_string()),
        _ => SourceError::unreadable(source, error),
    })?;
    if file.metadata().is_ok_and(|about| about.is_dir()) {
        return Err(SourceError::unreadable(
            source,
            "it is a folder; name a file in it",
        ));
    }
    Ok(file)
}

/// The bytes of the file of a source.
///
/// # Errors
/// When there is no such file, or it may not be read.
pub(super) fn map(source: &Source) -> Result<Mmap, SourceError> {
    let file = file_of(source)?;
    // SAFETY: the bytes are only ever read, each reader checks what it makes of them, and no reference
    // outlives the map. Another program that cuts the file short meanwhile ends this one, as with any map.
    unsafe { Mmap::map(&file) }.map_err(|error| SourceError::unreadable(source, error))
}

/// The name of the only layer of a file: the one it declares, else the name of the file.
///
/// # Errors
/// When another layer was asked for.
pub(super) fn only_layer(source: &Source, declared: Option<&str>) -> Result<String, SourceError> {
    let stem = path_of(source)?
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let name = declared
        .filter(|name| !name.is_empty())
        .unwrap_or(&stem)
        .to_owned();
    match source.layer() {
        Some(layer) if layer != name && layer != stem => Err(SourceError::NoLayer {
            name: path_of(source)?.display().to_string(),
            layer: layer.to_owned(),
            there: format!("`{name}`"),
        }),
        _ => Ok(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &Path, layer: Option<&str>) -> Source {
        Source::File {
            path: path.to_owned(),
            layer: layer.map(str::to_owned),
        }
    }

    #[test]
    fn a_file_that_is_missing_or_a_folder_is_said_to_be_so() {
        let folder = tempfile::tempdir().unwrap();
        let missing = source(&folder.path().join("no.fgb"), None);
        assert!(matches!(map(&missing), Err(SourceError::NotFound(_))));
        let error = map(&source(folder.path(), None)).unwrap_err();
        assert!(error.to_string().contains("folder"), "{error}");
    }

    #[test]
    fn the_only_layer_goes_by_its_own_name_or_that_of_its_file() {
        let path = Path::new("city/zd.fgb");
        assert_eq!(
            only_layer(&source(path, None), Some("宗地")).unwrap(),
            "宗地"
        );
        assert_eq!(only_layer(&source(path, None), None).unwrap(), "zd");
        assert!(only_layer(&source(path, Some("zd")), Some("宗地")).is_ok());
        let error = only_layer(&source(path, Some("x")), Some("宗地")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "`city/zd.fgb` has no layer `x`; it has `宗地`"
        );
    }
}
