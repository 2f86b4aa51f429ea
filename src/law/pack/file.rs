//! The TOML of a pack as it stands in the file. Unknown keys are refused: a typo must not parse as a rule that passes
//! everybody.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, de::Error as _};
use toml::Spanned;

use super::Counting;
use crate::text::Fault;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilePack {
    pub id: Spanned<String>,
    pub name: String,
    pub extends: Option<Spanned<String>>,
    #[serde(deserialize_with = "day")]
    pub effective_from: Date,
    #[serde(default, deserialize_with = "spanned_day_or_none")]
    pub effective_to: Option<Spanned<Date>>,
    pub counting: Option<Spanned<Counting>>,
    #[serde(default)]
    pub article: BTreeMap<String, FileArticle>,
    #[serde(default)]
    pub reading: BTreeMap<String, Spanned<FileReading>>,
    #[serde(default)]
    pub parameter: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub table: BTreeMap<Spanned<String>, FileTable>,
    #[serde(default)]
    pub rule: Vec<FileRule>,
    #[serde(default)]
    pub amend: Vec<FileAmendment>,
    #[serde(default)]
    pub drop: Vec<Spanned<String>>,
    #[serde(default)]
    pub english: BTreeMap<Spanned<String>, String>,
}

/// The id of a pack, by which results name it: there must be one, and not that of the pack it extends.
pub(super) fn own_id(id: Spanned<String>, base: &str) -> Result<String, Fault> {
    let what = if id.get_ref().trim().is_empty() {
        "the id is empty; write what the policy is to be called in results"
    } else if *id.get_ref() == base {
        "this is the id of the pack that it extends; give it one of its own"
    } else {
        return Ok(id.into_inner());
    };
    Err(Fault::new(id.span(), what))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileArticle {
    pub document: Option<String>,
    pub title: String,
    pub text: String,
    #[serde(default, deserialize_with = "day_or_none")]
    pub from: Option<Date>,
    #[serde(default, deserialize_with = "spanned_day_or_none")]
    pub to: Option<Spanned<Date>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileReading {
    pub article: Option<Spanned<String>>,
    pub zh: Option<String>,
    pub en: Option<String>,
    pub default: Spanned<FileDefault>,
    #[serde(default)]
    pub notes: Vec<String>,
    #[serde(default)]
    pub choices: BTreeMap<String, String>,
}

/// One choice for all time, or one from each of several days on.
#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "it must be a choice as \"a\", or choices by days as [{ from = \"2022-01-01\", choice = \"a\" }]"
)]
pub(super) enum FileDefault {
    One(String),
    ByDay(Vec<FileDated>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileDated {
    #[serde(deserialize_with = "day")]
    pub from: Date,
    pub choice: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileTable {
    pub title: String,
    pub rows: BTreeMap<String, Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileRule {
    pub id: Spanned<String>,
    pub article: Spanned<String>,
    pub quote: Spanned<String>,
    pub zh: String,
    pub en: String,
    #[serde(default)]
    pub kinds: Vec<Spanned<String>>,
    #[serde(default)]
    pub only_when_named: bool,
    #[serde(default, deserialize_with = "day_or_none")]
    pub from: Option<Date>,
    #[serde(default, deserialize_with = "spanned_day_or_none")]
    pub to: Option<Spanned<Date>>,
    #[serde(default)]
    pub classifies: bool,
    pub nature: Option<Spanned<String>>,
    pub when: Option<Spanned<FileNode>>,
    pub test: Option<Spanned<FileNode>>,
    pub suspect: Option<Spanned<FileNode>>,
    #[serde(default)]
    pub flags: Vec<String>,
    #[serde(default)]
    pub flag: Vec<FileFlag>,
    #[serde(default)]
    pub amount: Vec<Spanned<FileAmount>>,
    #[serde(default)]
    pub soft: bool,
    pub edition: Option<FileEdition>,
    pub vary: Option<Spanned<String>>,
    pub without: Option<Spanned<String>>,
}

/// Under which choice of a reading a rule stands in another article, with its words there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileEdition {
    pub choose: Spanned<String>,
    pub among: BTreeMap<Spanned<String>, FileWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileWords {
    pub article: Spanned<String>,
    pub quote: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileFlag {
    pub text: String,
    pub when: Spanned<FileNode>,
    #[serde(default)]
    pub if_met: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileNode {
    pub all: Option<Vec<Spanned<FileNode>>>,
    pub any: Option<Vec<Spanned<FileNode>>>,
    pub given: Option<Vec<Spanned<FileNode>>>,
    #[serde(rename = "if")]
    pub condition: Option<Box<Spanned<FileNode>>>,
    pub then: Option<Box<Spanned<FileNode>>>,
    #[serde(rename = "else")]
    pub otherwise: Option<Box<Spanned<FileNode>>>,
    pub choose: Option<Spanned<String>>,
    pub among: Option<BTreeMap<Spanned<String>, Spanned<FileNode>>>,
    pub measure: Option<Spanned<String>>,
    pub at_least: Option<Spanned<String>>,
    pub at_most: Option<Spanned<String>>,
    pub more_than: Option<Spanned<String>>,
    pub less_than: Option<Spanned<String>>,
    pub one_of: Option<Spanned<Vec<String>>>,
    pub is: Option<Spanned<bool>>,
    #[serde(default)]
    pub soft: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileAmount {
    pub name: String,
    pub zh: Option<String>,
    pub en: Option<String>,
    #[serde(default)]
    pub due: bool,
    #[serde(default)]
    pub positive: bool,
    pub choose: Option<Spanned<String>>,
    #[serde(default)]
    pub cap: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub at_most: Vec<Spanned<String>>,
    pub paid: Option<Spanned<String>>,
    pub path: Vec<FilePath>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilePath {
    pub when: Option<Spanned<FileNode>>,
    #[serde(default)]
    pub otherwise: bool,
    pub of: Spanned<String>,
    pub zh: Option<String>,
    pub en: Option<String>,
    pub after: Option<FileAfter>,
    pub from: Option<Spanned<String>>,
    pub choose: Option<Spanned<String>>,
    #[serde(default)]
    pub among: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub steps: Vec<Spanned<String>>,
    #[serde(default)]
    pub rates: BTreeMap<String, Vec<Spanned<String>>>,
    #[serde(default)]
    pub by_storey: BTreeMap<Spanned<String>, Spanned<String>>,
    pub divided_by: Option<Spanned<String>>,
}

/// What was taken before, so that the brackets go on from there under one choice of a reading.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileAfter {
    pub of: Spanned<String>,
    pub choose: Spanned<String>,
    pub choice: Spanned<String>,
}

/// Another bound for one measure of a rule of the pack that is extended.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileAmendment {
    pub rule: Spanned<String>,
    pub article: Spanned<String>,
    pub quote: Spanned<String>,
    pub measure: Spanned<String>,
    pub at_least: Option<Spanned<String>>,
    pub at_most: Option<Spanned<String>>,
    pub more_than: Option<Spanned<String>>,
    pub less_than: Option<Spanned<String>>,
    pub one_of: Option<Spanned<Vec<String>>>,
    pub is: Option<Spanned<bool>>,
}

/// A date of TOML, or one in quotation marks.
#[derive(Deserialize)]
#[serde(untagged, expecting = "it must be a date as 2022-06-01")]
enum Written {
    Date(toml::value::Datetime),
    Text(String),
}

fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    date(Written::deserialize(from)?).map_err(D::Error::custom)
}

fn date(written: Written) -> Result<Date, String> {
    let text = match written {
        Written::Date(date) => date.to_string(),
        Written::Text(text) => text,
    };
    text.parse()
        .map_err(|_| format!("`{text}` is no date; write it as 2022-06-01"))
}

fn day_or_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    day(from).map(Some)
}

fn spanned_day_or_none<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Spanned<Date>>, D::Error> {
    let written = Spanned::<Written>::deserialize(from)?;
    let at = written.span();
    let day = date(written.into_inner()).map_err(D::Error::custom)?;
    Ok(Some(Spanned::new(at, day)))
}
