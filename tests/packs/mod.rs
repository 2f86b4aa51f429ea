//! Packs that people write: what is refused and where, what is warned of, how they extend and amend each other.

mod amounts;
mod bounds;
mod extending;
mod gaps;
mod manual;
mod mistakes;
mod nodes;
mod shown;
mod starter;
mod usual;

use plotratio::law::judge::{Case, Judgement, judge};
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;
use plotratio::read::CheckFile;

/// A small pack without a mistake.
pub const PACK: &str = r#"id = "here"
name = "甲市规定"
effective_from = "2022-01-01"

[article."一"]
title = "容积率"
text = "容积率不低于1.0，每宗不少于10亩。"

[reading.how]
default = "a"
choices = { a = "甲", b = "乙" }

[parameter]
snap_gap_m = "0.05"

[[rule]]
id = "ratio"
article = "一"
quote = "容积率不低于1.0"
zh = "容积率"
en = "plot ratio"
kinds = ["parcel"]
test = { measure = "plot_ratio", at_least = "1.0" }
"#;

/// The pack with one passage replaced, or what is wrong with it.
pub fn changed(from: &str, to: &str) -> Result<Pack, String> {
    assert_eq!(PACK.matches(from).count(), 1, "{from}");
    parsed(&PACK.replace(from, to))
}

/// A pack from its text, or what is wrong with it.
pub fn parsed(text: &str) -> Result<Pack, String> {
    Pack::parse(text, "here.toml", &Catalogue).map_err(|why| why.to_string())
}

/// Judges the text of a check file by a pack.
pub fn judged(check: &str, pack: &Pack) -> Judgement {
    let file = CheckFile::parse(check).unwrap();
    let case = Case {
        facts: &file.facts,
        pack,
        choices: &file.readings,
        as_of: file.as_of.unwrap(),
    };
    judge(&case, &file.kind, file.rules.as_deref()).unwrap()
}

/// What is wrong with the pack when one passage is replaced.
pub fn refused(from: &str, to: &str) -> String {
    changed(from, to).unwrap_err()
}

/// What is wrong with the pack when its rule has this test.
pub fn refused_test(test: &str) -> String {
    refused(r#"{ measure = "plot_ratio", at_least = "1.0" }"#, test)
}

/// What is wrong with the pack when this stands at its end.
pub fn refused_end(end: &str) -> String {
    parsed(&format!("{PACK}{end}")).unwrap_err()
}

#[test]
fn the_small_pack_itself_is_valid() {
    assert_eq!(parsed(PACK).unwrap().rule_ids(), ["ratio"]);
}
