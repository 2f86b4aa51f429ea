//! A folder of results → the names in it that are no results, which nobody may delete.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use super::Format;
use super::results::is_output;

/// What SQLite adds to the name of a GeoPackage that is open, or was when its program ended.
const BESIDE_SQLITE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Where lists look for the pages on parcels.
const DOSSIER: &str = "dossier";

const SUMMARY: &str = "summary.json";

/// The names in `folder` that are neither a result of this program nor listed under `files` in its `summary.json`,
/// sorted. A folder within is foreign, unless it is a geodatabase that is listed, or `dossier` with nothing but pages.
pub(super) fn foreign_files(folder: &Path) -> io::Result<Vec<String>> {
    let listed = listed_files(&folder.join(SUMMARY));
    let mut foreign = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let beside = BESIDE_SQLITE.iter().find_map(|end| name.strip_suffix(end));
        let of = beside.filter(|file| Path::new(file).extension().is_some_and(|end| end == "gpkg"));
        let of = of.unwrap_or(&name);
        let is_result = name == SUMMARY
            || listed.contains(of)
            || of.split_once('.').is_some_and(|(_, extension)| {
                is_output(of) && Format::ALL.iter().any(|of| of.extension() == extension)
            });
        let is_geodatabase = listed.contains(&name)
            && Path::new(&name)
                .extension()
                .is_some_and(|extension| extension == "gdb");
        let is_dossier = name == DOSSIER
            && entry.path().join(SUMMARY).is_file()
            && foreign_files(&entry.path())?.is_empty();
        if is_dossier {
            continue;
        }
        if !is_result || !(entry.file_type()?.is_file() || is_geodatabase) {
            foreign.push(name);
        }
    }
    foreign.sort();
    Ok(foreign)
}

/// What the summary of the old run says it wrote; nothing, where there is no summary that can be read.
fn listed_files(summary: &Path) -> BTreeSet<String> {
    #[derive(serde::Deserialize)]
    struct Summary {
        files: BTreeSet<String>,
    }
    fs::read(summary)
        .ok()
        .and_then(|text| serde_json::from_slice::<Summary>(&text).ok())
        .map_or_else(BTreeSet::new, |summary| summary.files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_results_and_what_the_summary_lists_are_known() {
        let folder = tempfile::tempdir().unwrap();
        for name in [
            "parcels.gpkg",
            "parcels.gpkg-wal",
            "roads.gpkg-wal",
            "findings.csv",
            "extra.bin",
            "parcels.doc",
            "论文.docx",
        ] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::create_dir(folder.path().join("idle.csv")).unwrap();
        fs::create_dir(folder.path().join("city.gdb")).unwrap();
        let foreign = || foreign_files(folder.path()).unwrap();
        assert_eq!(
            foreign(),
            [
                "city.gdb",
                "extra.bin",
                "idle.csv",
                "parcels.doc",
                "roads.gpkg-wal",
                "论文.docx"
            ]
        );
        fs::write(
            folder.path().join(SUMMARY),
            r#"{"files": ["extra.bin", "city.gdb", "idle.csv", "roads.gpkg"]}"#,
        )
        .unwrap();
        assert_eq!(foreign(), ["idle.csv", "parcels.doc", "论文.docx"]);
        let pages = folder.path().join("dossier");
        fs::create_dir(&pages).unwrap();
        fs::write(pages.join("甲.html"), "").unwrap();
        assert!(
            foreign().contains(&"dossier".to_owned()),
            "nobody says that it is ours"
        );
        fs::write(pages.join(SUMMARY), r#"{"files": ["甲.html"]}"#).unwrap();
        assert!(!foreign().contains(&"dossier".to_owned()));
        fs::write(pages.join("note.txt"), "").unwrap();
        assert!(foreign().contains(&"dossier".to_owned()));
    }
}
