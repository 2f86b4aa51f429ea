//! A check file → the facts of one case: every key known, every number by its own digits.

use std::ops::Range;
use std::path::Path;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Drawing;
use super::check_merge::{check_parcels, parcels_of_merge, shared_edge};
use crate::law::facts::{Facts, Given, LISTS, Record, accept, fact, facts};
use crate::text::Fault;
use crate::text::meant;
use crate::text::{read_toml, toml_fault};

/// One case as somebody wrote it down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckFile {
    /// What kind of case: upgrade, split, …
    pub kind: String,
    /// The policy, where the file names one.
    pub policy: Option<String>,
    /// The day as of which it is to be judged, where the file names one.
    pub as_of: Option<Date>,
    /// The rules to judge by, where not all of its kind.
    pub rules: Option<Vec<String>>,
    /// How the law is read, where not as the policy does.
    pub readings: Vec<(String, String)>,
    /// The parcel of a city that it is about, where it names one.
    pub parcel: Option<String>,
    /// How the parcel is to be split, where the file names a drawing of it.
    pub drawing: Drawing,
    /// The parcels of a city whose merge it is about; none where it names none.
    pub parcels: Vec<String>,
    /// The facts given.
    pub facts: Facts,
}

/// Why a check file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CheckFileError {
    /// It cannot be read.
    #[error("`{path}` cannot be read: {why}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        why: std::io::Error,
    },
    /// It is no check file.
    #[error("`{path}` is not a valid check file: {why}")]
    Invalid {
        /// The file.
        path: String,
        /// Where and what.
        why: String,
    },
}

impl CheckFile {
    /// Reads a check file.
    ///
    /// # Errors
    /// When it cannot be read, or anything in it is not known: with line and caret.
    pub fn read(path: &Path) -> Result<Self, CheckFileError> {
        let shown = || path.display().to_string();
        let text =
            read_toml(path).map_err(|why| CheckFileError::Unreadable { path: shown(), why })?;
        Self::parse(&text).map_err(|why| CheckFileError::Invalid { path: shown(), why })
    }

    /// Reads the text of a check file.
    ///
    /// # Errors
    /// What is wrong, with line and caret.
    pub fn parse(text: &str) -> Result<Self, String> {
        let table = DeTable::parse(text).map_err(|why| toml_fault(&why, text))?;
        of_table(table.get_ref()).map_err(|fault| fault.shown_in(text))
    }
}

fn of_table(table: &DeTable<'_>) -> Result<CheckFile, Fault> {
    let mut file = CheckFile::default();
    let mut edges_at: Vec<Range<usize>> = Vec::new();
    for (key, value) in table {
        let (name, at) = (key.get_ref().as_ref(), value.span());
        match (name, value.get_ref()) {
            ("kind", DeValue::String(kind)) => file.kind = kind.to_string(),
            ("policy", DeValue::String(policy)) => file.policy = Some(policy.to_string()),
            ("as_of", value) => match given(value) {
                Given::Day(day) => file.as_of = Some(day),
                Given::Text(text) => file.as_of = Some(text.parse().map_err(|_| no_date(&at))?),
                _ => return Err(no_date(&at)),
            },
            ("rules", DeValue::Array(rules)) => {
                let rule = |rule: &Spanned<DeValue<'_>>| {
                    let wrong = || {
                        Fault::new(
                            rule.span(),
                            "a rule is named by a text as \"scattered-land\"",
                        )
                    };
                    rule.get_ref().as_str().map(str::to_owned).ok_or_else(wrong)
                };
                file.rules = Some(rules.iter().map(rule).collect::<Result<_, _>>()?);
            }
            ("reading", DeValue::Table(readings)) => {
                for (name, choice) in readings {
                    let wrong = || {
                        Fault::new(
                            choice.span(),
                            "a reading is a text as far_site = \"original\"",
                        )
                    };
                    let chosen = choice.get_ref().as_str().ok_or_else(wrong)?;
                    file.readings
                        .push((name.get_ref().to_string(), chosen.to_owned()));
                }
            }
            ("parcel", DeValue::String(parcel)) => file.parcel = Some(parcel.to_string()),
            ("lots", DeValue::String(source)) => file.drawing.lots = Some(source.to_string()),
            ("cut_lines", DeValue::String(source)) => {
                file.drawing.cut_lines = Some(source.to_string());
            }
            ("layer_where", DeValue::String(condition)) => {
                file.drawing.filter = Some(condition.to_string());
            }
            ("layer_crs", DeValue::String(crs)) => file.drawing.crs = Some(crs.to_string()),
            ("parcels", DeValue::Array(ids)) => file.parcels = parcels_of_merge(ids, &at)?,
            ("shared_edges", DeValue::Array(edges)) => {
                edges_at = edges.iter().map(Spanned::span).collect();
                file.facts.shared_edges =
                    Some(edges.iter().map(shared_edge).collect::<Result<_, _>>()?);
            }
            (name, DeValue::Table(facts)) if is_table(name) => {
                record(name, facts, &mut file.facts.one)?;
            }
            (name, DeValue::Array(records)) if LISTS.contains(&name) => {
                list(name, records, &mut file.facts)?;
            }
            (name, value) if fact(name).is_some() => put(name, value, &at, &mut file.facts.one)?,
            _ => return Err(unknown(name, &key.span())),
        }
    }
    let parcels = if file.parcels.is_empty() {
        file.facts.list("parcel").map_or(0, <[_]>::len)
    } else {
        check_parcels(&file)?;
        file.parcels.len()
    };
    for (edge, at) in file.facts.shared_edges.iter().flatten().zip(edges_at) {
        let (a, b) = edge.between;
        if a == b || a >= parcels || b >= parcels {
            let what = format!(
                "it names two of the {parcels} parcels, counted from 0; these are not two of them"
            );
            return Err(Fault::new(at, what));
        }
    }
    if file.kind.is_empty() {
        return Err(Fault::new(
            0..0,
            "it does not say what it is: add as its first line e.g. kind = \"upgrade\"",
        ));
    }
    file.drawing
        .fits(&file.kind, file.parcel.is_some())
        .map_err(|why| Fault::new(0..0, why))?;
    Ok(file)
}

fn no_date(at: &Range<usize>) -> Fault {
    Fault::new(at.clone(), "it must be a date as 2022-06-01")
}

/// Whether single facts stand under a table of that name.
fn is_table(name: &str) -> bool {
    !LISTS.contains(&name)
        && facts().iter().any(|fact| {
            fact.name
                .split_once('.')
                .is_some_and(|(table, _)| table == name)
        })
}

fn unknown(name: &str, at: &Range<usize>) -> Fault {
    let own = [
        "kind",
        "policy",
        "as_of",
        "rules",
        "reading",
        "parcel",
        "parcels",
        "shared_edges",
        "cut_buildings",
        "lots",
        "cut_lines",
        "layer_crs",
        "layer_where",
    ];
    let tables = facts()
        .iter()
        .filter_map(|fact| fact.name.split_once('.').map(|(table, _)| table));
    let what = if LISTS.contains(&name) {
        format!("records of `{name}` are written as [[{name}]]")
    } else if is_table(name) {
        format!("`{name}` is a table: write [{name}]")
    } else if own.contains(&name) {
        format!("`{name}` is of another kind; see the manual for how it is written")
    } else {
        let like = meant(name, own.into_iter().chain(tables));
        format!("`{name}` is not known{like}")
    };
    Fault::new(at.clone(), what)
}

fn record(table: &str, entries: &DeTable<'_>, into: &mut Record) -> Result<(), Fault> {
    for (key, value) in entries {
        let name = format!("{table}.{}", key.get_ref());
        if fact(&name).is_none() {
            let of_table = facts()
                .iter()
                .filter_map(|fact| fact.name.strip_prefix(table)?.strip_prefix('.'));
            let like = meant(key.get_ref(), of_table);
            return Err(Fault::new(
                key.span(),
                format!("[{table}] has no `{}`{like}", key.get_ref()),
            ));
        }
        put(&name, value.get_ref(), &value.span(), into)?;
    }
    Ok(())
}

fn list(table: &str, records: &[Spanned<DeValue<'_>>], facts: &mut Facts) -> Result<(), Fault> {
    let Some(table) = LISTS.into_iter().find(|list| *list == table) else {
        return Ok(());
    };
    let mut all = Vec::with_capacity(records.len());
    for entry in records {
        let entries = entry.get_ref().as_table();
        let entries = entries.ok_or_else(|| {
            Fault::new(
                entry.span(),
                format!("records of `{table}` are written as [[{table}]]"),
            )
        })?;
        let mut one = Record::default();
        record(table, entries, &mut one)?;
        all.push(one);
    }
    facts.lists.insert(table, all);
    Ok(())
}

fn put(name: &str, value: &DeValue<'_>, at: &Range<usize>, into: &mut Record) -> Result<(), Fault> {
    match fact(name) {
        Some(fact) => accept(fact.name, fact.kind, &given(value), into)
            .map_err(|what| Fault::new(at.clone(), format!("`{name}` ({}): {what}", fact.en))),
        None => Ok(()),
    }
}

/// A value of TOML by its own digits.
pub(super) fn given(value: &DeValue<'_>) -> Given {
    match value {
        DeValue::String(text) => Given::Text(text.to_string()),
        DeValue::Integer(integer) if integer.radix() == 10 => {
            Given::Number(integer.as_str().to_owned())
        }
        DeValue::Integer(integer) => Given::Text(integer.to_string()),
        DeValue::Float(float) => Given::Number(float.as_str().to_owned()),
        DeValue::Boolean(truth) => Given::Truth(*truth),
        DeValue::Datetime(day) => match day.to_string().parse() {
            Ok(day) => Given::Day(day),
            Err(_) => Given::Text(day.to_string()),
        },
        DeValue::Array(values) => {
            Given::List(values.iter().map(|value| given(value.get_ref())).collect())
        }
        DeValue::Table(entries) => {
            let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
                let key: &std::borrow::Cow<'_, str> = key.get_ref();
                (key.to_string(), given(value.get_ref()))
            };
            Given::Table(entries.iter().map(entry).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_own_digits() {
        let file = CheckFile::parse(
            "kind = \"upgrade\"\n[site]\narea_m2 = 33333.335\n[plan]\nplot_ratio_max = 2\n",
        )
        .unwrap();
        let number = |name| {
            file.facts
                .one
                .figure(name)
                .unwrap()
                .number()
                .unwrap()
                .to_string()
        };
        assert_eq!(
            (number("site.area_m2"), number("plan.plot_ratio_max")),
            ("33333.34".into(), "2".into())
        );
    }

    #[test]
    fn what_is_not_known_is_refused_with_its_line_and_what_may_be_meant() {
        let wrong = |text: &str| CheckFile::parse(text).unwrap_err();
        let typo = wrong("kind = \"upgrade\"\n[site]\naera_m2 = 1\n");
        assert!(
            typo.contains("line 3, column 1") && typo.contains("is `area_m2` meant?"),
            "{typo}"
        );
        assert!(wrong("kind = \"upgrade\"\n[scattered]\narea_m2 = 1\n").contains("[[scattered]]"));
        assert!(wrong("[site]\narea_m2 = 1\n").contains("kind = \"upgrade\""));
        assert!(
            wrong("kind = \"merge\"\nshared_edges = [[0, 1]]\n").contains("[index, index, metres]")
        );
        assert!(wrong("kind = \"upgrade\"\n[site]\narea_m2 = \"big\"\n").contains("site.area_m2"));
        assert!(wrong("kind = \"upgrade\"\nas_of = 12\n").contains("2022-06-01"));
        assert!(wrong("kind = \"up").contains("line 1"));
    }

    #[test]
    fn a_parcel_of_a_city_and_the_parcels_of_a_merge_are_told_apart() {
        let file = CheckFile::parse("kind = \"parcel\"\nparcel = \"G1\"\n").unwrap();
        assert_eq!(file.parcel.as_deref(), Some("G1"));
        let file = CheckFile::parse("kind = \"merge\"\nshared_edges = [[0, 1, 52.3]]\n[[parcel]]\narea_m2 = 1\n[[parcel]]\narea_m2 = 2\n").unwrap();
        assert_eq!(file.facts.list("parcel").unwrap().len(), 2);
        assert_eq!(file.facts.shared_edges.unwrap()[0].between, (0, 1));
    }
}
