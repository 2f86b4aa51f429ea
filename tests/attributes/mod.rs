//! Numbers, dates, names and guesses: what a layer says as people write it, held against the right figures.

mod dates;
mod decisions;
mod names;
mod numbers;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// The folder of inputs that showed a fault.
pub fn faults(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/faults")
        .join(name)
}

/// The results of a scan.
pub struct Results {
    folder: TempDir,
}

/// A row of a table of results, by column.
pub type Row = BTreeMap<String, String>;

impl Results {
    pub fn rows(&self, file: &str) -> Vec<Row> {
        let mut reader = csv::Reader::from_path(self.folder.path().join("out").join(file)).unwrap();
        let names = reader.headers().unwrap().clone();
        let plain = |name: &str| name.trim_start_matches('\u{feff}').to_owned();
        let row = |record: csv::StringRecord| {
            let cells = names
                .iter()
                .map(plain)
                .zip(record.iter().map(str::to_owned));
            cells.collect()
        };
        reader
            .records()
            .map(|record| row(record.unwrap()))
            .collect()
    }

    /// Some columns of every parcel.
    pub fn parcels(&self, columns: &[&str]) -> Vec<Vec<String>> {
        let rows = self.rows("parcels.csv");
        let cells = |row: &Row| columns.iter().map(|name| row[*name].clone()).collect();
        rows.iter().map(cells).collect()
    }

    /// The kinds of defect, each with its feature, that concern what is written.
    pub fn defects(&self, kinds: &[&str]) -> Vec<(String, String)> {
        let rows = self.rows("defects.csv");
        let wanted = rows.iter().filter(|row| kinds.contains(&&*row["kind"]));
        wanted
            .map(|row| (row["feature"].clone(), row["kind"].clone()))
            .collect()
    }

    pub fn summary(&self) -> Value {
        let text = std::fs::read_to_string(self.folder.path().join("out/summary.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }
}

pub fn program(folder: &Path, arguments: &[String]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_plotratio"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn arguments(out: &Path, more: &[&str]) -> Vec<String> {
    let out = out.display().to_string();
    let fixed = [
        "scan",
        "-o",
        &out,
        "--as-of",
        "2022-06-01",
        "--quiet",
        "--overwrite",
    ];
    let all = fixed.iter().chain(more);
    all.map(|argument| (*argument).to_owned()).collect()
}

/// Scans with these arguments in a folder; sources are relative to it.
pub fn scan(folder: &Path, more: &[&str]) -> Results {
    let results = TempDir::new().unwrap();
    let output = program(folder, &arguments(&results.path().join("out"), more));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{more:?}: {text}");
    Results { folder: results }
}

/// What a scan says that is refused.
fn refused(folder: &Path, more: &[&str]) -> String {
    let results = TempDir::new().unwrap();
    let output = program(folder, &arguments(&results.path().join("out"), more));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{more:?}: {text}");
    text
}

/// A folder with files of text.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Two parcels of 100 × 100 m, A and B, with more columns behind their ids.
pub fn parcels(names: &str, a: &str, b: &str) -> String {
    let square = |west: u32| {
        let east = west + 100;
        format!(
            "\"POLYGON (({west} 3165700,{east} 3165700,{east} 3165800,{west} 3165800,{west} 3165700))\""
        )
    };
    format!(
        "WKT;ZDDM{names}\n{};A{a}\n{};B{b}\n",
        square(637_000),
        square(637_100)
    )
}

/// A building of 40 × 50 m on A and one of 20 × 30 m on B, with more columns behind their ids.
pub fn buildings(names: &str, a: &str, b: &str) -> String {
    let on = |west: u32, width: u32, depth: u32| {
        let (east, north) = (west + width, 3_165_710 + depth);
        format!(
            "\"POLYGON (({west} 3165710,{east} 3165710,{east} {north},{west} {north},{west} 3165710))\""
        )
    };
    format!(
        "WKT;ZRZH;ZDDM{names}\n{};a;A{a}\n{};b;B{b}\n",
        on(637_010, 40, 50),
        on(637_120, 20, 30)
    )
}

/// Scans two parcels with a building each, of text files.
pub fn of_text(parcels: &str, buildings: &str, more: &[&str]) -> Results {
    let folder = folder(&[("parcels.csv", parcels), ("buildings.csv", buildings)]);
    let mut all = vec![
        "--parcels",
        "parcels.csv",
        "--buildings",
        "buildings.csv",
        "--crs",
        "EPSG:4549",
    ];
    all.extend(more);
    scan(folder.path(), &all)
}
