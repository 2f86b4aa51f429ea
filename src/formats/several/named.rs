//! A pattern or a folder → the files that it names, in order.

use std::path::{Path, PathBuf};

use super::MOST_FILES;
use crate::formats::Source;
use crate::formats::SourceError;

/// The files that a pattern names (`tiles/*.shp`), by name; nothing where the path is no pattern.
///
/// # Errors
/// When no file is named so, or too many are.
pub(in crate::formats) fn named_by(
    source: &Source,
    path: &Path,
) -> Option<Result<Vec<PathBuf>, SourceError>> {
    let pattern = path.file_name()?.to_str()?;
    if path.exists() || !pattern.contains(['*', '?']) {
        return None;
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let entries = std::fs::read_dir(folder.unwrap_or_else(|| Path::new("."))).ok();
    let mut files: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            fits(pattern.as_bytes(), name.as_bytes())
        })
        .collect();
    files.sort();
    Some(match files.len() {
        0 => Err(SourceError::NotFound(source.to_string())),
        1..=MOST_FILES => Ok(files),
        many => Err(SourceError::unreadable(
            source,
            format!("{many} files are named so, more than {MOST_FILES}"),
        )),
    })
}

/// Whether a name fits a pattern in which `*` stands for anything and `?` for one byte.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    // the last star, and what of the name it has taken
    let (mut p, mut n, mut star) = (0, 0, None);
    while n < name.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(b'?') => (p, n) = (p + 1, n + 1),
            Some(byte) if *byte == name[n] => (p, n) = (p + 1, n + 1),
            _ => {
                let Some((at, taken)) = star else {
                    return false;
                };
                star = Some((at, taken + 1));
                (p, n) = (at + 1, taken + 1);
            }
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// The files of one extension below a folder, as deep as partitions go (`district=331002/part-0.parquet`), by path.
pub(in crate::formats) fn files_below(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(['.', '_']) {
                continue;
            }
            let extension = path.extension().unwrap_or_default();
            let extension = extension.to_string_lossy().to_lowercase();
            if path.is_dir() {
                if depth < 4 {
                    open.push((path, depth + 1));
                }
            } else if extensions.contains(&extension.as_str()) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything_and_a_question_mark_for_one() {
        for (pattern, name, expected) in [
            ("*.shp", "a.shp", true),
            ("*.shp", "a.shp.xml", false),
            ("zd_?.shp", "zd_1.shp", true),
            ("zd_?.shp", "zd_12.shp", false),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "aXbYb", false),
            ("宗地*.parquet", "宗地01.parquet", true),
            ("*", "", true),
        ] {
            assert_eq!(
                fits(pattern.as_bytes(), name.as_bytes()),
                expected,
                "{pattern} {name}"
            );
        }
    }
}
