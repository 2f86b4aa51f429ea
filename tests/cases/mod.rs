//! What the law makes of given numbers: worked cases, variations of every rule, small places. See `README.md` there.

mod amounts;
mod articles;
mod drawn;
mod expectation;
mod places;
mod premises;
mod rules;
mod worked;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use plotratio::law::judge::{Case, Judgement, judge};
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;
use plotratio::read::CheckFile;
use toml::{Table, Value};

/// The folder of these cases.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(name)
}

/// The files of a folder, in order.
fn files(name: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn read(path: &Path) -> Table {
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// The pack that a check file names, loaded once for every case.
fn pack_of(facts: &Table) -> Arc<Pack> {
    static PACKS: Mutex<BTreeMap<String, Arc<Pack>>> = Mutex::new(BTreeMap::new());
    let id = facts
        .get("policy")
        .map_or("taizhou-2021", |id| id.as_str().unwrap());
    let mut packs = PACKS.lock().unwrap();
    let load = || Arc::new(Pack::load(id, &Catalogue).unwrap());
    Arc::clone(packs.entry(id.to_owned()).or_insert_with(load))
}

/// Judges a check file, read one way where `reading` says so.
fn judged(facts: &Table, reading: Option<&str>) -> Judgement {
    let file = CheckFile::parse(&toml::to_string(facts).unwrap())
        .unwrap_or_else(|why| panic!("{why}\n{facts:?}"));
    let pack = pack_of(facts);
    let mut choices = file.readings.clone();
    choices.extend(reading.map(|reading| {
        let (name, choice) = reading.split_once('=').unwrap();
        (name.to_owned(), choice.to_owned())
    }));
    let as_of = file.as_of.unwrap();
    let case = Case {
        facts: &file.facts,
        pack: &pack,
        choices: &choices,
        as_of,
    };
    judge(&case, &file.kind, file.rules.as_deref()).unwrap()
}

/// A number of TOML as it is.
fn number(value: &Value) -> f64 {
    let integer = || {
        value
            .as_integer()
            .and_then(|integer| i32::try_from(integer).ok())
    };
    value
        .as_float()
        .or_else(|| integer().map(f64::from))
        .unwrap()
}

/// Texts of an array.
fn texts(value: Option<&Value>) -> Vec<String> {
    let array = value.and_then(Value::as_array);
    array
        .into_iter()
        .flatten()
        .map(|text| text.as_str().unwrap().to_owned())
        .collect()
}
