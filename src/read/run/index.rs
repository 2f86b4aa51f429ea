//! `index.csv` of a folder of results → whether its files are those that the run left.

use std::fs;
use std::path::{Path, PathBuf};

use super::table::broken;
use crate::read::ReadError;

/// Formats whose files no program changes by only opening them, as one does a GeoPackage.
const KEPT: [&str; 4] = ["csv", "geojson", "fgb", "parquet"];

/// The file of a table in a folder of results, by the first of some extensions that it has; `None` where the run left none.
///
/// # Errors
/// When the run left one that is gone, was cut, or was changed.
pub(super) fn file_of(
    folder: &Path,
    table: &str,
    extensions: &[&str],
) -> Result<Option<PathBuf>, ReadError> {
    let names = extensions
        .iter()
        .map(|extension| format!("{table}.{extension}"));
    let names: Vec<String> = names.collect();
    let there = names.iter().find(|name| folder.join(name).is_file());
    let listed = listed(folder);
    let Some(name) = there else {
        return match names
            .iter()
            .find(|name| listed.iter().any(|(of, _)| of == *name))
        {
            Some(gone) => Err(broken(
                folder,
                format!(
                    "`{gone}` is gone, which its `index.csv` lists; scan again, or put it back"
                ),
            )),
            None => Ok(None),
        };
    };
    let file = folder.join(name);
    let is_kept = Path::new(name)
        .extension()
        .is_some_and(|of| KEPT.iter().any(|kept| of == *kept));
    let left = listed
        .iter()
        .find(|(of, _)| of == name)
        .and_then(|(_, bytes)| *bytes);
    let found = fs::metadata(&file).map(|file| file.len()).ok();
    match (left, found) {
        (Some(left), Some(found)) if is_kept && left != found => Err(broken(
            folder,
            format!(
                "`{name}` has {found} bytes, and its run left {left}; it was cut, changed or mixed with another run: scan again"
            ),
        )),
        _ => Ok(Some(file)),
    }
}

/// The files that a run says it left, each with its bytes; nothing where it says none.
fn listed(folder: &Path) -> Vec<(String, Option<u64>)> {
    let bytes = fs::read(folder.join("index.csv")).unwrap_or_default();
    let mut reader =
        csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes));
    let names = reader.headers().cloned().unwrap_or_default();
    let at = |name: &str| names.iter().position(|column| column == name);
    let (Some(file), bytes) = (at("file"), at("bytes")) else {
        return Vec::new();
    };
    let row = |row: csv::StringRecord| {
        let bytes = bytes.and_then(|at| row.get(at)?.parse().ok());
        Some((row.get(file)?.to_owned(), bytes))
    };
    reader.into_records().flatten().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_gone_or_of_another_length_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        let of = |table: &str| file_of(folder.path(), table, &["csv", "gpkg"]);
        write("idle.csv", "a,b\n1,2\n");
        assert!(of("idle").unwrap().is_some(), "an older run lists nothing");
        write(
            "index.csv",
            "\u{feff}file,rows,bytes\nidle.csv,1,8\nfindings.csv,1,20\nparcels.gpkg,1,3\nreport.html,,\n",
        );
        assert!(of("idle").unwrap().is_some());
        assert!(of("defects").unwrap().is_none());
        assert!(
            of("findings")
                .unwrap_err()
                .to_string()
                .contains("`findings.csv` is gone")
        );
        write("idle.csv", "a,b\n");
        assert!(of("idle").unwrap_err().to_string().contains("4 bytes"));
        write("parcels.gpkg", "opened");
        assert!(of("parcels").unwrap().is_some());
    }
}
