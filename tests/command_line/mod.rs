//! The program as people run it: arguments in, files, text and an exit code out.

mod check;
mod chinese;
mod compare;
mod dossier;
mod findings;
mod inspect;
mod layers;
mod lineage;
mod only;
mod plan;
mod propose;
mod refusals;
mod report;
mod same_bytes;
mod sample;
mod survival;
mod term;
mod usage;
mod viewers;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program, run from the top of the repository as where Chinese is spoken.
pub fn plotratio() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plotratio"));
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.env("LC_ALL", "zh_CN.UTF-8");
    command
}

/// Runs the program; a failure is the test's.
pub fn run(arguments: &[&str]) -> Output {
    let output = plotratio().args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    output
}

/// Runs what must be refused with exit code 2, and returns what it says in English.
pub fn refused(arguments: &[&str]) -> String {
    let mut command = plotratio();
    command.env("LC_ALL", "C.UTF-8").args(arguments);
    let output = command.output().unwrap();
    let text = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {text}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    text
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Scans the layers of `city` into `out`; parcels and buildings have the extension `format`.
pub fn scan(city: &Path, format: &str, out: &Path, more: &[&str]) -> Output {
    let layer = |name: &str| city.join(name).display().to_string();
    let (parcels, buildings) = (
        layer(&format!("parcels.{format}")),
        layer(&format!("buildings.{format}")),
    );
    let (storeys, out) = (layer("storeys.csv"), out.display().to_string());
    let mut arguments = vec!["scan", "--parcels", &parcels, "--buildings", &buildings];
    arguments.extend(["--storeys", &storeys, "-o", &out, "--as-of", "2022-06-01"]);
    arguments.extend(more);
    run(&arguments)
}

/// Makes an invented city in `folder`.
pub fn city(folder: &Path, arguments: &[&str]) {
    let folder = folder.display().to_string();
    run(&[&["synth", "-o", &folder], arguments].concat());
}

/// The city of `data-samples`.
pub fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/city")
}

/// Every file of a folder by its name.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The rows of a CSV without quotes, each by its columns' names.
pub fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line: &str| {
        let cells = names.iter().zip(line.split(','));
        cells
            .map(|(name, cell)| ((*name).to_owned(), cell.to_owned()))
            .collect()
    };
    lines.map(row).collect()
}

/// `summary.json` of a folder of results.
pub fn summary(folder: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(folder.join("summary.json")).unwrap()).unwrap()
}
