//! Geometry, datums and files as they come from offices, each with the figures that are right.

mod datums;
mod doors;
#[cfg(feature = "gdal")]
mod gml;
mod output;
mod repair;
mod rings;
mod shapefile;
mod zones;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::command_line::{plotratio, refused, run, stderr};

/// A file of `../shared/faults/data`.
pub fn fault(name: &str) -> String {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/faults");
    let faults = std::env::var_os("PLOTRATIO_FAULTS").map_or_else(beside, PathBuf::from);
    faults.join("data").join(name).display().to_string()
}

/// Rows of a CSV file, each by the names of its heading.
pub type Rows = Vec<BTreeMap<String, String>>;

pub fn rows(path: &Path) -> Rows {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        let cells = record.iter().map(str::to_owned);
        names.iter().map(str::to_owned).zip(cells).collect()
    };
    reader
        .records()
        .map(|record| row(record.unwrap()))
        .collect()
}

/// The results of a scan, gone when it is dropped.
pub struct Scanned {
    pub folder: tempfile::TempDir,
}

impl Scanned {
    pub fn of(parcels: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out").display().to_string();
        let mut arguments = vec![
            "scan",
            "--parcels",
            parcels,
            "-o",
            &out,
            "--as-of",
            "2022-06-01",
        ];
        arguments.extend(more);
        run(&arguments);
        Self { folder }
    }

    pub fn rows(&self, file: &str) -> Rows {
        rows(&self.folder.path().join("out").join(file))
    }

    /// A column of `parcels.csv`.
    pub fn parcels(&self, column: &str) -> Vec<String> {
        let rows = self.rows("parcels.csv");
        rows.iter().map(|row| row[column].clone()).collect()
    }

    pub fn defects(&self) -> Vec<(String, String)> {
        let rows = self.rows("defects.csv");
        let pair = |row: &BTreeMap<String, String>| (row["feature"].clone(), row["kind"].clone());
        rows.iter().map(pair).collect()
    }

    pub fn summary(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("out/summary.json")).unwrap()
    }
}

/// The plane areas of the parcels of a source.
pub fn areas(parcels: &str, more: &[&str]) -> Vec<String> {
    Scanned::of(parcels, more).parcels("area_plane_m2")
}

/// What the program says of a source that it does not read.
pub fn told(source: &str) -> String {
    let mut inspect = plotratio();
    inspect.env("LC_ALL", "C.UTF-8").args(["inspect", source]);
    let output = inspect.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{source}");
    let text = stderr(&output);
    assert!(
        !text.contains("not recognized") && !text.contains("panicked"),
        "{text}"
    );
    text
}

/// What a scan that is refused says.
pub fn scan_refused(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out").display().to_string();
    refused(&[&["scan", "-o", &out], arguments].concat())
}
