//! A source → the files it consists of, with their sizes and SHA-256.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::{Source, SourceError, several};

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FileFacts {
    /// Its name, below the folder of the source.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its content in hexadecimal digits.
    pub sha256: String,
}

/// The facts of every file of a source, by name: a Shapefile has several, a file geodatabase a folder of them, a
/// database none.
///
/// # Errors
/// When a file cannot be read.
pub fn fingerprint(source: &Source) -> Result<Vec<FileFacts>, SourceError> {
    let Source::File { path, .. } = source else {
        return Ok(Vec::new());
    };
    let facts =
        |path: &PathBuf| file_facts(path).map_err(|why| SourceError::unreadable(source, why));
    let files = match several::named_by(source, path) {
        Some(files) => files?
            .iter()
            .map(|path| files_of(path))
            .collect::<io::Result<Vec<_>>>()
            .map(|files| files.concat()),
        None => files_of(path),
    };
    let files = files.map_err(|why| SourceError::unreadable(source, why))?;
    files.par_iter().map(facts).collect()
}

/// Files that belong to a Shapefile.
const SHAPEFILE: [&str; 5] = ["cpg", "dbf", "prj", "shp", "shx"];

fn files_of(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = if path.is_dir() {
        let entries = std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path()));
        let mut files = entries.collect::<io::Result<Vec<_>>>()?;
        // partitions lie in folders of their own
        files.extend(several::files_below(path, &["parquet", "geoparquet"]));
        files
    } else if path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("shp"))
    {
        let sibling = |extension: &&str| {
            [
                path.with_extension(extension),
                path.with_extension(extension.to_uppercase()),
            ]
        };
        let mut files: Vec<PathBuf> = SHAPEFILE.iter().flat_map(sibling).collect();
        files.push(path.to_owned());
        files
    } else {
        vec![path.to_owned()]
    };
    files.retain(|file| file.is_file());
    files.sort();
    files.dedup();
    Ok(files)
}

fn file_facts(path: &PathBuf) -> io::Result<FileFacts> {
    let mut file = File::open(path)?;
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut block = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut block)?;
        if count == 0 {
            break;
        }
        hash.update(&block[..count]);
        bytes += count as u64;
    }
    let mut sha256 = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(sha256, "{byte:02x}");
    }
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    Ok(FileFacts {
        name,
        bytes,
        sha256,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shapefile_is_all_its_files() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["zd.shp", "zd.dbf", "zd.txt"] {
            std::fs::write(folder.path().join(name), "abc").unwrap();
        }
        let facts = fingerprint(&Source::File {
            path: folder.path().join("zd.shp"),
            layer: None,
        })
        .unwrap();
        let names: Vec<_> = facts
            .iter()
            .map(|file| (file.name.as_str(), file.bytes))
            .collect();
        assert_eq!(names, [("zd.dbf", 3), ("zd.shp", 3)]);
        assert_eq!(
            facts[0].sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
