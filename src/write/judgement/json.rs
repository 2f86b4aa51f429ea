//! A judgement → one JSON object, on one line, as the manual of `check --json` says.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::explanation;
use super::headline::headline;
use super::working::AmountJson;
use crate::law::judge::{AmountFound, Change, Condition, Finding, Ground, Join, Judgement, Part};
use crate::law::pack::{Pack, Rule};
use crate::quantity::{Exact, Figure};
use crate::write::Language;

/// What `check --json` prints for a file.
#[derive(Debug, Serialize)]
pub struct CheckJson<'a> {
    file: &'a str,
    kind: &'a str,
    policy: &'a str,
    policy_sha256: &'a str,
    as_of: String,
    verdict: &'static str,
    /// What was decided and what is still to be found out.
    summary: String,
    flags: &'a [String],
    findings: Vec<FindingJson<'a>>,
    amounts: BTreeMap<&'a str, Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
}

/// A finding; its amounts carry their working.
#[derive(Debug, Serialize)]
struct FindingJson<'a> {
    rule: &'a str,
    article: &'a str,
    nature: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<&'a str>,
    verdict: &'static str,
    flags: &'a [String],
    conditions: Vec<ConditionJson<'a>>,
    /// The condition that decided.
    evidence: Option<ConditionJson<'a>>,
    /// How the rule joins its conditions, each by its place among them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    joined: Vec<Value>,
    readings: Vec<ReadingJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    amounts: Vec<AmountJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    changes: Vec<Value>,
    missing: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
    explanation: String,
}

#[derive(Debug, Serialize)]
struct ConditionJson<'a> {
    measure: &'a str,
    value: Value,
    relation: &'static str,
    bound: Value,
    margin: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    margin_m2: Option<f64>,
    verdict: &'static str,
    borderline: bool,
    missing: &'a [String],
}

#[derive(Debug, Serialize)]
struct ReadingJson<'a> {
    reading: &'a str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    amounts: BTreeMap<&'a str, Value>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    note_only: bool,
}

/// A judgement as JSON; `file` is the name of the case, `notes` what was said while its facts were gathered.
pub fn check_json<'a>(
    judgement: &'a Judgement,
    (file, kind): (&'a str, &'a str),
    (pack, as_of): (&'a Pack, Date),
    notes: &'a [String],
    language: Language,
) -> CheckJson<'a> {
    let finding = |finding: &'a Finding| {
        let rule = pack.rule(&finding.rule, as_of);
        of_finding(finding, rule, language)
    };
    CheckJson {
        file,
        kind,
        policy: &pack.id,
        policy_sha256: &pack.sha256,
        as_of: as_of.to_string(),
        verdict: judgement.verdict.name(),
        summary: headline(judgement, pack, language),
        flags: &judgement.flags,
        findings: judgement.findings.iter().map(finding).collect(),
        amounts: of_amounts(judgement.amounts()),
        notes,
    }
}

fn of_finding<'a>(
    finding: &'a Finding,
    rule: Option<&'a Rule>,
    language: Language,
) -> FindingJson<'a> {
    let amount = |found: &'a AmountFound| {
        let of_rule = rule.and_then(|rule| rule.amount(&found.name));
        AmountJson::of(found, of_rule, language)
    };
    FindingJson {
        rule: &finding.rule,
        article: &finding.article,
        nature: finding.nature.name(),
        quote: finding
            .quote
            .as_deref()
            .or(rule.map(|rule| rule.quote.as_str())),
        verdict: finding.verdict.name(),
        flags: &finding.flags,
        conditions: finding.conditions.iter().map(of_condition).collect(),
        evidence: finding.deciding().map(of_condition),
        joined: finding
            .grounds
            .iter()
            .map(|(part, ground)| serde_json::json!({ part_name(*part): of_ground(ground) }))
            .collect(),
        readings: finding
            .readings
            .iter()
            .map(|other| ReadingJson {
                reading: &other.reading,
                verdict: other.verdict.name(),
                amounts: of_amounts(other.amounts.iter()),
                note_only: other.note_only,
            })
            .collect(),
        amounts: finding.amounts.iter().map(amount).collect(),
        changes: finding.changes.iter().map(of_change).collect(),
        missing: &finding.missing,
        notes: finding
            .notes
            .iter()
            .map(|note| language.of(&note.zh, &note.en))
            .collect(),
        explanation: explanation(finding, rule, language),
    }
}

const fn part_name(part: Part) -> &'static str {
    match part {
        Part::When => "applies",
        Part::Test => "test",
        Part::Suspect => "suspect",
    }
}

fn of_ground(ground: &Ground) -> Value {
    match ground {
        Ground::Leaf(place) => (*place).into(),
        Ground::Joined { join, parts, .. } => {
            let join = match join {
                Join::All => "all",
                Join::Any => "any",
                Join::If => "if",
            };
            let parts: Vec<Value> = parts.iter().map(of_ground).collect();
            serde_json::json!({ join: parts })
        }
    }
}

fn of_condition(condition: &Condition) -> ConditionJson<'_> {
    ConditionJson {
        measure: &condition.measure,
        value: of_figure(condition.value.as_ref()),
        relation: condition.relation.name(),
        bound: of_figure(
            condition
                .rounded_bound()
                .or_else(|| condition.bound.clone())
                .as_ref(),
        ),
        margin: condition
            .margin
            .map_or(Value::Null, |margin| margin.to_f64().into()),
        margin_m2: condition.margin_m2.map(Exact::to_f64),
        verdict: condition.verdict.name(),
        borderline: condition.borderline,
        missing: &condition.missing,
    }
}

fn varied(key: &str, fact: &str, value: Exact, with: Option<&(&'static str, Exact)>) -> Value {
    let mut change = serde_json::json!({ key: value.to_f64(), "fact": fact });
    // set together with the fact: what is built in the other measure
    if let Some((other, then)) = with {
        change["with"] = serde_json::json!({ *other: then.to_f64() });
    }
    change
}

fn of_change(change: &Change) -> Value {
    match change {
        Change::From { fact, value, with } => varied("from", fact, *value, with.as_ref()),
        Change::UpTo { fact, value, with } => varied("up_to", fact, *value, with.as_ref()),
        Change::Without { list, record } => serde_json::json!({ "without": record, "list": list }),
    }
}

fn of_amounts<'a>(amounts: impl Iterator<Item = &'a AmountFound>) -> BTreeMap<&'a str, Value> {
    amounts
        .map(|amount| (amount.name.as_str(), of_figure(amount.value.as_ref())))
        .collect()
}

pub(super) fn of_figure(figure: Option<&Figure>) -> Value {
    match figure {
        None => Value::Null,
        Some(Figure::Truth(truth)) => (*truth).into(),
        Some(Figure::Word(word)) => word.as_str().into(),
        Some(Figure::Words(words)) => words
            .iter()
            .map(compact_str::CompactString::as_str)
            .collect::<Vec<_>>()
            .into(),
        Some(Figure::Day(day)) => day.to_string().into(),
        Some(figure) => figure
            .number()
            .map_or(Value::Null, |number| number.to_f64().into()),
    }
}
