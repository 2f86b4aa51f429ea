//! Nothing false is said of a finding: its value, relation and bound agree with its verdict, in tables, JSON and text.

mod changed;
mod cities;
mod columns;
mod english;
mod headline;
mod json;
mod proposed;
mod said;

use plotratio::law::judge::{Case, Judgement, judge};
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;
use plotratio::read::CheckFile;

/// A check file that was found to be judged or explained wrongly.
pub fn fault(name: &str) -> CheckFile {
    let top = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = top.join("../shared/faults/law").join(name);
    CheckFile::read(&path).unwrap_or_else(|why| panic!("{why}"))
}

/// What a policy says of the facts of a check file.
pub fn judged(file: &CheckFile, pack: &Pack) -> Judgement {
    let case = Case {
        facts: &file.facts,
        pack,
        choices: &file.readings,
        as_of: file.as_of.unwrap(),
    };
    judge(&case, &file.kind, file.rules.as_deref()).unwrap()
}

pub fn taizhou() -> Pack {
    Pack::load("taizhou-2021", &Catalogue).unwrap()
}
