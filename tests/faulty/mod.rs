//! Faulty inputs of `../shared/faults` and variants of them: no wrong figure without a word.

mod keys;
mod over;
mod set_aside;
mod twice;
mod whole;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::command_line::{plotratio, stderr, summary};

/// A file of the faults.
fn fault(name: &str) -> String {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/faults/data");
    let folder = std::env::var_os("PLOTRATIO_FAULTS").map_or(beside, PathBuf::from);
    folder.join(name).display().to_string()
}

/// The results of a scan.
struct Scanned {
    folder: tempfile::TempDir,
    stdout: String,
}

/// Scans layers, each as `("--parcels", SOURCE)`; a failure is the test's.
fn scanned(layers: &[(&str, &str)]) -> Scanned {
    let (output, folder) = attempt(layers, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    Scanned {
        folder,
        stdout: String::from_utf8(output.stdout).unwrap(),
    }
}

fn attempt(layers: &[(&str, &str)], more: &[&str]) -> (Output, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out").display().to_string();
    let mut command = plotratio();
    command.env("LC_ALL", "C.UTF-8");
    command.args([
        "scan",
        "-o",
        &out,
        "--as-of",
        "2022-06-01",
        "--format",
        "csv",
    ]);
    for (option, source) in layers {
        command.args([option, source]);
    }
    command.args(more);
    (command.output().unwrap(), folder)
}

impl Scanned {
    fn path(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// The rows of a result, by the names of its columns.
    fn rows(&self, file: &str) -> Vec<BTreeMap<String, String>> {
        let text = fs::read_to_string(self.path().join(file)).unwrap();
        let mut lines = text.trim_start_matches('\u{feff}').lines().map(cells);
        let names = lines.next().unwrap();
        lines
            .map(|row| names.iter().cloned().zip(row).collect())
            .collect()
    }

    /// Some columns of a parcel, blank where unknown, one blank between them.
    fn parcel(&self, id: &str, columns: &str) -> String {
        let rows = self.rows("parcels.csv");
        let row = rows.iter().find(|row| row["parcel_id"] == id).unwrap();
        let shown = columns.split(' ').map(|column| match row[column].as_str() {
            "" => "?",
            value => value,
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    /// How many defects of a kind there are.
    fn defects(&self, kind: &str) -> usize {
        let rows = self.rows("defects.csv");
        rows.iter().filter(|row| row["kind"] == kind).count()
    }

    fn summary(&self) -> serde_json::Value {
        summary(&self.path())
    }
}

fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

/// A layer of rectangles in EPSG:4549 in a folder: a header, and of each row its cells and `west,south,east,north` in metres
/// from a corner of the city; `-` for no geometry, any other text for itself.
fn layer(folder: &Path, name: &str, header: &str, rows: &[(&str, &str)]) -> String {
    let mut text = format!("{header},WKT\n");
    for (values, place) in rows {
        let numbers: Vec<f64> = place.split(',').filter_map(|n| n.parse().ok()).collect();
        let shape = match *numbers.as_slice() {
            [west, south, east, north] => rectangle([west, south, east, north]),
            _ if *place == "-" => String::new(),
            _ => (*place).to_owned(),
        };
        writeln!(text, "{values},\"{shape}\"").unwrap();
    }
    let path = folder.join(format!("{name}.csv"));
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn rectangle([west, south, east, north]: [f64; 4]) -> String {
    let (x, y) = (637_000.0, 3_165_700.0);
    let [west, east] = [x + west, x + east];
    let [south, north] = [y + south, y + north];
    format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))")
}

/// Option, header and rows of a small layer.
type LayerText<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// Scans a city of small layers, each as option, header and rows of [`layer`].
fn city(layers: &[LayerText<'_>]) -> Scanned {
    let (folder, sources) = files(layers);
    let scanned = scanned(&borrowed(&sources));
    drop(folder);
    scanned
}

fn borrowed(sources: &[(String, String)]) -> Vec<(&str, &str)> {
    let each = sources.iter();
    each.map(|(option, source)| (option.as_str(), source.as_str()))
        .collect()
}

fn files(layers: &[LayerText<'_>]) -> (tempfile::TempDir, Vec<(String, String)>) {
    let folder = tempfile::tempdir().unwrap();
    let mut sources = Vec::new();
    for (option, header, rows) in layers {
        let name = option.trim_start_matches('-');
        sources.push((
            (*option).to_owned(),
            layer(folder.path(), name, header, rows),
        ));
        if *option != "--storeys" {
            sources.push(("--layer-crs".into(), format!("{name}=EPSG:4549")));
        }
    }
    (folder, sources)
}

/// What a scan of such a city says when it is refused.
fn refused(layers: &[LayerText<'_>]) -> String {
    let (_folder, sources) = files(layers);
    let given = borrowed(&sources);
    let (output, _) = attempt(&given, &[]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let forced = attempt(&given, &["--force"]).0;
    assert_eq!(forced.status.code(), Some(0), "{}", stderr(&forced));
    stderr(&output)
}

const PARCEL: &str = "ZDDM,YDYHFLDM";
const BUILDING: &str = "ZRZH,ZDDM,DSCS,SCJZMJ";

/// Two industrial parcels of 100 m by 100 m.
const TWO: &[(&str, &str)] = &[
    ("331002001001GB00001,1001", "0,0,100,100"),
    ("331002001001GB00002,1001", "100,0,200,100"),
];
