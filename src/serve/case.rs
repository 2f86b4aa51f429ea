//! What somebody asks “and if …?” of → a check file, judged as `check` judges it, and what changes by it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::StatusCode;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::known::{Known, quoted, stated};
use super::state::State;
use crate::law::facts::{Facts, LISTS, fact};
use crate::law::judge::{Case, Finding, Judgement, Role, floor_left, judge};
use crate::law::pack::{Pack, Rule};
use crate::quantity::{Exact, Figure, Unit};
use crate::read::CheckFile;
use crate::write::Language;
use crate::write::judgement::{check_json, condition_text, figure_text};

/// A case as the page states it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Asked {
    /// `upgrade`, `split`, …
    pub kind: String,
    /// The parcel whose facts hold where the case says nothing else.
    pub row: Option<usize>,
    /// Facts by name; null for one that is to be unknown.
    pub facts: Map<String, Value>,
    /// Records by list: `scattered`, `lot`, `parcel`.
    pub lists: BTreeMap<String, Vec<Map<String, Value>>>,
    /// Boundaries that parcels share, by their places: length, and the gap along it, in metres.
    pub shared_edges: Option<Vec<(usize, usize, f64, f64)>>,
    /// Readings that are not those of the run.
    pub reading: BTreeMap<String, String>,
    /// Rules to judge by, where not all of the kind.
    pub rules: Option<Vec<String>>,
    /// The case before, against which changes are told.
    pub against: Option<Box<Asked>>,
    /// The language of the answer.
    pub lang: Option<String>,
}

impl Asked {
    /// The language of the answer.
    pub(super) fn language(&self, state: &State) -> Language {
        state.language(self.lang.as_deref())
    }

    /// The check file that states it.
    pub(super) fn file(&self, state: &State) -> Result<String, Refusal> {
        let mut facts = match self.row {
            Some(row) => state.known(row)?,
            None => Known::new(),
        };
        let read = tables_of(&self.kind);
        facts.retain(|name, _| read.contains(&table_of(name)));
        for (name, value) in &self.facts {
            match of_json(name, value)? {
                Some(text) => facts.insert(name.clone(), text),
                None => facts.remove(name),
            };
        }
        let mut text = self.head(state);
        if let Some(count) = facts.remove("cut_buildings") {
            let _ = writeln!(text, "cut_buildings = {count}");
        }
        if let Some(edges) = &self.shared_edges {
            let edges: Vec<String> = edges
                .iter()
                .map(|(a, b, metres, gap)| format!("[{a}, {b}, {metres}, {gap}]"))
                .collect();
            let _ = writeln!(text, "shared_edges = [{}]", edges.join(", "));
        }
        let readings = state.readings(&self.reading);
        if !readings.is_empty() {
            text.push_str("\n[reading]\n");
            for (name, choice) in readings {
                let _ = writeln!(text, "{} = {}", quoted(&name), quoted(&choice));
            }
        }
        let mut last = "";
        for (name, value) in &facts {
            let (table, key) = name.split_once('.').unwrap_or(("", name));
            if table != last {
                let _ = write!(text, "\n[{table}]\n");
                last = table;
            }
            let _ = writeln!(text, "{key} = {value}");
        }
        for (list, records) in &self.lists {
            if !LISTS.contains(&list.as_str()) {
                return Err(Refusal::wrong(format!("there is no list `{list}`")));
            }
            for record in records {
                let _ = write!(text, "\n[[{list}]]\n");
                for (key, value) in record {
                    if let Some(value) = of_json(&format!("{list}.{key}"), value)? {
                        let _ = writeln!(text, "{key} = {value}");
                    }
                }
            }
        }
        Ok(text)
    }

    fn head(&self, state: &State) -> String {
        let mut text = String::new();
        if let Some(row) = self.row {
            let _ = writeln!(
                text,
                "# {} · {}",
                state.name.replace('\n', " "),
                state.id_of(row).replace('\n', " ")
            );
        }
        let _ = writeln!(text, "kind = {}", quoted(&self.kind));
        let _ = writeln!(text, "policy = {}", quoted(&state.policy));
        let _ = writeln!(text, "as_of = {}", state.run.facts.as_of);
        if let Some(rules) = &self.rules {
            let rules: Vec<String> = rules.iter().map(|rule| quoted(rule)).collect();
            let _ = writeln!(text, "rules = [{}]", rules.join(", "));
        }
        text
    }
}

/// The tables that a kind of case reads of what is known of a parcel.
fn tables_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "merge" => &[],
        "upgrade" | "parcel" => &["site", "plan"],
        _ => &["site"],
    }
}

fn table_of(name: &str) -> &str {
    name.split_once('.').map_or("", |(table, _)| table)
}

/// A value as it stands in a check file; `None` for null.
fn of_json(name: &str, value: &Value) -> Result<Option<String>, Refusal> {
    if fact(name).is_none() {
        return Err(Refusal::wrong(format!("there is no fact `{name}`")));
    }
    let text = match value {
        Value::Null => return Ok(None),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(_) | Value::Object(_) => {
            return Err(Refusal::wrong(format!("`{name}` is no single figure")));
        }
    };
    let wrong = || Refusal::wrong(format!("`{name}` cannot be `{text}`"));
    stated(name, &text).map(Some).ok_or_else(wrong)
}

/// A case that was judged.
struct JudgedCase {
    file: CheckFile,
    choices: Vec<(String, String)>,
    as_of: Date,
    judgement: Judgement,
}

/// Judges a check file as `check` does.
fn judged(text: &str, state: &State) -> Result<JudgedCase, Refusal> {
    let file = CheckFile::parse(text).map_err(Refusal::wrong)?;
    let as_of = file.as_of.unwrap_or(state.run.facts.as_of);
    let choices = file.readings.clone();
    let case = Case {
        facts: &file.facts,
        pack: &state.pack,
        choices: &choices,
        as_of,
    };
    let judgement = judge(&case, &file.kind, file.rules.as_deref()).map_err(Refusal::wrong)?;
    Ok(JudgedCase {
        file,
        choices,
        as_of,
        judgement,
    })
}

/// The answer to a case: as `check --json` says it, with words for people, what binds, what room is left, and what changes.
pub(super) fn answer(asked: &Asked, state: &State) -> Result<Value, Refusal> {
    let language = asked.language(state);
    let text = asked.file(state)?;
    let found = judged(&text, state)?;
    let JudgedCase {
        file,
        choices,
        as_of,
        judgement,
    } = &found;
    let case = Case {
        facts: &file.facts,
        pack: &state.pack,
        choices,
        as_of: *as_of,
    };
    let check = check_json(
        judgement,
        ("case.toml", &file.kind),
        (&state.pack, *as_of),
        &[],
        language,
    );
    let check = serde_json::to_value(&check).map_err(Refusal::failed)?;
    let before = match &asked.against {
        Some(against) if against.against.is_none() => Some(judged(&against.file(state)?, state)?),
        Some(_) => {
            return Err(Refusal(
                StatusCode::UNPROCESSABLE_ENTITY,
                "one case is told against one other".into(),
            ));
        }
        None => None,
    };
    let before = before.map(|before| before.judgement);
    let told: Vec<Value> = judgement
        .findings
        .iter()
        .map(|finding| told(finding, &state.pack, *as_of, language))
        .collect();
    Ok(json!({
        "toml": text,
        "check": check,
        "verdict": judgement.verdict.name(),
        "told": told,
        "binding": binding(judgement, &state.pack, *as_of, language),
        "room": room(&case, judgement, language),
        "before": before.as_ref().map(|before| before.verdict.name()),
        "changes": before.map(|before| changes(&before, judgement)).unwrap_or_default(),
        "present": asked.row.map(|row| present(state, row)).transpose()?,
    }))
}

/// A finding in words.
fn told(finding: &Finding, pack: &Pack, as_of: Date, language: Language) -> Value {
    let rule = pack.rule(&finding.rule, as_of);
    let conditions: Vec<Value> = finding
        .conditions
        .iter()
        .map(|condition| {
            json!({
                "text": condition_text(condition, rule, language),
                "verdict": condition.verdict.name(),
                "binds": condition.role == Role::Binds,
            })
        })
        .collect();
    json!({
        "rule": finding.rule,
        "name": rule.map_or(finding.rule.as_str(), |rule| language.of(&rule.zh, &rule.en)),
        "conditions": conditions,
    })
}

/// The limit that the case comes nearest to, or is farthest beyond.
fn binding(judgement: &Judgement, pack: &Pack, as_of: Date, language: Language) -> Value {
    let mut nearest: Option<(f64, Value)> = None;
    for finding in &judgement.findings {
        let rule = pack.rule(&finding.rule, as_of);
        if rule.is_some_and(|rule| rule.classifies) {
            continue;
        }
        for condition in finding
            .conditions
            .iter()
            .filter(|of| of.role == Role::Binds)
        {
            let bound = condition
                .bound
                .as_ref()
                .and_then(Figure::number)
                .map(Exact::to_f64);
            let margin = condition.margin.map(Exact::to_f64);
            let (Some(bound), Some(margin)) = (bound, margin) else {
                continue;
            };
            let share = margin / bound.abs().max(1e-9);
            if nearest.as_ref().is_none_or(|(least, _)| share < *least) {
                let text = condition_text(condition, rule, language);
                let of = json!({
                    "rule": finding.rule, "article": finding.article, "measure": condition.measure,
                    "text": text, "share": share, "verdict": condition.verdict.name(),
                });
                nearest = Some((share, of));
            }
        }
    }
    nearest.map_or(Value::Null, |(_, of)| of)
}

/// How much more may be built before a limit of the plan is reached.
fn room(case: &Case<'_>, judgement: &Judgement, language: Language) -> Value {
    let number = |name: &str| case.facts.one.figure(name).and_then(Figure::number);
    let Some(built) = number("upgrade.built_m2") else {
        return Value::Null;
    };
    let rules = judgement.findings.iter();
    let rules = rules.filter_map(|finding| case.pack.rule(&finding.rule, case.as_of));
    let left = rules.filter_map(|rule: &Rule| Some((floor_left(rule, case)?, rule)));
    let Some((most, rule)) = left.min_by_key(|(left, _)| *left) else {
        return Value::Null;
    };
    let left = most.minus(built);
    json!({
        "most_m2": most.to_f64(),
        "left_m2": left.map(Exact::to_f64),
        "text": left.map(|left| figure_text(&Figure::Number(left, Unit::Floor), language)),
        "rule": rule.id,
        "article": rule.article,
    })
}

/// The findings whose verdict is another than before.
fn changes(before: &Judgement, now: &Judgement) -> Vec<Value> {
    let of = |rule: &str| before.findings.iter().find(|finding| finding.rule == rule);
    now.findings
        .iter()
        .filter_map(|finding| {
            let old = of(&finding.rule)?.verdict;
            (old != finding.verdict).then(|| {
                json!({ "rule": finding.rule, "before": old.name(), "after": finding.verdict.name() })
            })
        })
        .collect()
}

/// What the run says of a parcel as it stands.
fn present(state: &State, row: usize) -> Result<Value, Refusal> {
    let book = state.run.book(vec![row]).map_err(Refusal::failed)?;
    let mut rules = Map::new();
    for finding in book.findings.of(0) {
        if finding.text("subject_kind") == Some("parcel")
            && let (Some(rule), Some(verdict)) = (finding.text("rule"), finding.text("verdict"))
        {
            rules.insert(rule.to_owned(), verdict.into());
        }
    }
    let verdict = state.run.parcels.text(row, "verdict");
    Ok(json!({ "verdict": verdict, "rules": rules }))
}

/// The records of facts as the page states them.
pub(super) fn lists_of(facts: &Facts) -> BTreeMap<String, Vec<Map<String, Value>>> {
    let records = facts.lists.iter().map(|(list, records)| {
        let of = |record: &crate::law::facts::Record| {
            let names = record.names();
            names
                .filter_map(|name| {
                    let key = name.split_once('.')?.1.to_owned();
                    Some((key, to_json(name, record.figure(name)?)?))
                })
                .collect::<Map<String, Value>>()
        };
        ((*list).to_owned(), records.iter().map(of).collect())
    });
    records.collect()
}

/// A figure as the page states it.
pub(super) fn to_json(name: &str, figure: &Figure) -> Option<Value> {
    Some(match figure {
        Figure::Truth(truth) => (*truth).into(),
        Figure::Word(word) => word.as_str().into(),
        Figure::Day(day) => day.to_string().into(),
        figure => {
            let text = super::known::of_figure(name, figure)?;
            text.parse::<f64>().ok()?.into()
        }
    })
}
