//! A zip archive → the layer in it, unpacked into a folder of its own for as long as it is read.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zip::ZipArchive;

use super::encoding::decode_name;
use super::several::{self, without_layer};
use super::{Batch, Layer, LayerSchema, OpenOptions, Role, Source, SourceError, survey_text};

/// What an archive may unpack to; a larger one is unpacked by hand.
const MOST_BYTES: u64 = 4 << 30;
const MOST_ENTRIES: usize = 20_000;

/// Formats of layers, and of tables, by their extension.
const LAYERS: [&str; 15] = [
    "shp",
    "gpkg",
    "gdb",
    "geojson",
    "json",
    "fgb",
    "parquet",
    "geoparquet",
    "kml",
    "kmz",
    "gml",
    "dxf",
    "tab",
    "mif",
    "mdb",
];
const TABLES: [&str; 6] = ["csv", "tsv", "xlsx", "xls", "ods", "dbf"];

/// Opens the layer of an archive: the only one, the one named behind the colon, or the one that its role is known by.
///
/// # Errors
/// When it cannot be unpacked, holds no layer, or several of which none is meant for certain.
pub(super) fn open_archive(
    source: &Source,
    path: &Path,
    options: &OpenOptions,
) -> Result<Box<dyn Layer>, SourceError> {
    let broken = |why: String| SourceError::unreadable(source, why);
    let folder = tempfile::tempdir().map_err(|error| broken(error.to_string()))?;
    let mut notes = unpack(path, folder.path()).map_err(broken)?;
    let found = candidates(folder.path(), options.role).map_err(|why| broken(why.to_string()))?;
    let inner = several::choose(source, &found, options);
    let inner = inner.map_err(|why| named_as_archive(why, source, folder.path()))?;
    let mut schema = inner.schema().clone();
    notes.append(&mut schema.notes);
    schema.notes = notes;
    Ok(Box::new(Unpacked {
        inner,
        schema,
        source: source.clone(),
        folder,
    }))
}

/// Writes every file of the archive below `folder`; what was left out is said.
fn unpack(path: &Path, folder: &Path) -> Result<Vec<String>, String> {
    let file = File::open(path).map_err(|error| error.to_string())?;
    let mut archive = ZipArchive::new(file)
        .map_err(|error| format!("it is no whole zip archive ({error}); pack it again"))?;
    if archive.len() > MOST_ENTRIES {
        return Err(format!(
            "it holds {} files, more than {MOST_ENTRIES}; unpack it and name a file",
            archive.len()
        ));
    }
    let (mut notes, mut left) = (Vec::new(), MOST_BYTES);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(|error| {
            format!("it cannot be unpacked ({error}); unpack it by hand and name a file")
        })?;
        let name = decode_name(entry.name_raw());
        if entry.is_dir() {
            continue;
        }
        let Some(inside) = inside(&name).filter(|_| !entry.is_symlink()) else {
            notes.push(format!(
                "`{name}` of the archive names a place outside it; left out"
            ));
            continue;
        };
        if inside.components().any(|part| {
            let part = part.as_os_str().to_string_lossy();
            part.starts_with('.') || part == "__MACOSX"
        }) {
            continue;
        }
        let to = folder.join(inside);
        let written = write(&mut entry, &to, left)
            .map_err(|error| format!("`{name}` cannot be unpacked: {error}"))?;
        left = written.ok_or_else(|| {
            format!(
                "it unpacks to more than {} GiB; unpack it and name a file",
                MOST_BYTES >> 30
            )
        })?;
    }
    Ok(notes)
}

/// Copies at most `left` bytes; how many are left then, and nothing when there are more to come.
fn write(entry: &mut impl Read, to: &Path, left: u64) -> io::Result<Option<u64>> {
    if let Some(parent) = to.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut file = File::create_new(to)?;
    let written = io::copy(&mut entry.by_ref().take(left), &mut file)?;
    let more = written == left && entry.read(&mut [0])? > 0;
    Ok((!more).then_some(left - written))
}

/// The path of an entry below the folder; nothing for one that leads out of it.
fn inside(name: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    if name.starts_with(['/', '\\']) || name.contains(['\0', ':']) {
        return None;
    }
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => return None,
            part => path.push(part),
        }
    }
    (path.components().count() > 0).then_some(path)
}

/// The files that hold layers, those first that suit the role, by name.
fn candidates(folder: &Path, role: Option<&Role>) -> io::Result<Vec<PathBuf>> {
    let (mut layers, mut tables) = (Vec::new(), Vec::new());
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            let extension = path.extension().unwrap_or_default();
            let extension = extension.to_string_lossy().to_lowercase();
            if path.is_dir() && extension != "gdb" {
                open.push(path);
            } else if LAYERS.contains(&extension.as_str())
                || (extension == "txt" && survey_text::is_survey_text(&path))
            {
                layers.push(path);
            } else if TABLES.contains(&extension.as_str())
                && !path.with_extension("shp").exists()
                && !path.with_extension("tab").exists()
            {
                tables.push(path);
            }
        }
    }
    layers.sort();
    tables.sort();
    let table = role.is_some_and(|role| role.is_table);
    let (first, then) = if table {
        (tables, layers)
    } else {
        (layers, tables)
    };
    Ok(if first.is_empty() { then } else { first })
}

/// An error about a file that the user has never seen, as one about the archive.
fn named_as_archive(why: SourceError, source: &Source, folder: &Path) -> SourceError {
    let hide = |name: String| {
        let inner = name.replace(&format!("{}/", folder.display()), "");
        format!("{} → {inner}", without_layer(source))
    };
    match why {
        SourceError::Unreadable { name, why } => SourceError::Unreadable {
            name: hide(name),
            why: why.replace(&format!("{}/", folder.display()), ""),
        },
        SourceError::NoLayer { layer, there, .. } => SourceError::NoLayer {
            name: without_layer(source),
            layer,
            there,
        },
        SourceError::WhichLayer { first, there, .. } => SourceError::WhichLayer {
            name: without_layer(source),
            first,
            there,
        },
        other => other,
    }
}

/// A layer of an archive, and the folder that it is read from.
struct Unpacked {
    // before the folder that it reads: fields are dropped in this order
    inner: Box<dyn Layer>,
    schema: LayerSchema,
    source: Source,
    folder: TempDir,
}

impl Layer for Unpacked {
    fn schema(&self) -> &LayerSchema {
        &self.schema
    }

    fn read(
        &mut self,
        columns: &[usize],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Vec<Batch>, SourceError> {
        let known = self.inner.schema().notes.len();
        let read = self.inner.read(columns, progress);
        let more = self.inner.schema().notes.iter().skip(known);
        self.schema.notes.extend(more.cloned());
        read.map_err(|why| named_as_archive(why, &self.source, self.folder.path()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for wrong in [
            "../a.shp",
            "a/../../b",
            "/etc/passwd",
            "C:\\a.shp",
            "\\\\host\\a",
            "",
            ".",
            "a\0b",
        ] {
            assert_eq!(inside(wrong), None, "{wrong}");
        }
        assert_eq!(
            inside("数据\\宗地.shp"),
            Some(PathBuf::from("数据/宗地.shp"))
        );
        assert_eq!(inside("./a//b.shp"), Some(PathBuf::from("a/b.shp")));
    }

    #[test]
    fn no_more_is_written_than_was_left() {
        let folder = tempfile::tempdir().unwrap();
        let to = |name: &str| folder.path().join(name);
        assert_eq!(write(&mut &b"12345"[..], &to("a"), 5).unwrap(), Some(0));
        assert_eq!(write(&mut &b"12345"[..], &to("b"), 4).unwrap(), None);
        assert_eq!(write(&mut &b"12"[..], &to("c"), 4).unwrap(), Some(2));
        assert!(write(&mut &b"12"[..], &to("c"), 4).is_err());
    }
}
