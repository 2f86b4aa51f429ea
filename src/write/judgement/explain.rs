//! A finding in words: what decided, by how much, what is missing and who knows it, what would change it.

use super::figures::{figure_text, number_text};
use crate::judge::{Change, Condition, Finding, OtherReading, Verdict};
use crate::measure::case::{Side, Why, measure_named};
use crate::model::facts::fact;
use crate::policy::Relation;
use crate::quantity::{Exact, Figure, Unit};
use crate::write::Language;

/// A verdict in words; of a rule that classifies it says whether a case falls under it.
pub(in crate::write) const fn verdict_text(
    verdict: Verdict,
    classifies: bool,
    language: Language,
) -> &'static str {
    let (zh, en) = match (verdict, classifies) {
        (Verdict::Pass, false) => ("符合", "met"),
        (Verdict::Fail, false) => ("不符合", "not met"),
        (Verdict::Discretionary, false) => (
            "原则上超出，须经同意",
            "beyond what holds in principle: needs consent",
        ),
        (Verdict::Pass, true) => ("不属于", "does not fall under it"),
        (Verdict::Fail, true) => ("属于", "falls under it"),
        (Verdict::Discretionary, true) => ("疑似，须认定", "suspected: to be decided"),
        (Verdict::Unknown, _) => ("待核实", "unknown"),
        (Verdict::NotApplicable, _) => ("不适用", "not applicable"),
    };
    language.of(zh, en)
}

/// What a measure or fact is called.
pub(super) fn measure_text(name: &str, language: Language) -> String {
    let named = measure_named(name).map(|measure| (measure.zh, measure.en));
    let named = named.or_else(|| fact(name).map(|fact| (fact.zh, fact.en)));
    named.map_or_else(
        || name.to_owned(),
        |(zh, en)| language.of(zh, en).to_owned(),
    )
}

/// A condition in one line, without its mark.
pub(super) fn condition_text(condition: &Condition, language: Language) -> String {
    let mut text = measure_text(&condition.measure, language);
    let value = condition.value.as_ref().map_or_else(
        || language.of("未知", "unknown").to_owned(),
        |value| {
            let open = match condition.open {
                Some(Side::Above) => language.of("至少 ", "at least "),
                Some(Side::Below) => language.of("至多 ", "at most "),
                None => "",
            };
            format!("{open}{}", figure_text(value, language))
        },
    );
    let colon = language.of("：", ": ");
    text = format!("{text}{colon}{value}");
    let bound = condition
        .bound
        .as_ref()
        .map(|bound| figure_text(bound, language));
    match (condition.relation, bound) {
        (Relation::Is, Some(bound)) => {
            if condition.verdict != Verdict::Pass {
                text = format!("{text}{}{bound}", language.of("，须为", ", must be "));
            }
        }
        (Relation::OneOf, Some(bound)) => {
            text = format!(
                "{text}{}{bound}",
                language.of("，须为其一：", ", must be one of ")
            );
        }
        (relation, Some(bound)) => text = format!("{text} {} {bound}", sign(relation)),
        (relation, None) => {
            text = format!(
                "{text} {} {}",
                sign(relation),
                language.of("未知", "unknown")
            );
        }
    }
    if let Some(margin) = margin_text(condition, language) {
        text = format!("{text}{margin}");
    }
    if condition.borderline {
        text.push_str(language.of("（临界）", " (borderline)"));
    }
    if let Some(why) = condition.why {
        text = format!(
            "{text}{}{}",
            language.of("，", ", "),
            why_text(why, language)
        );
    }
    text
}

/// How a relation is written.
pub(in crate::write) const fn sign(relation: Relation) -> &'static str {
    match relation {
        Relation::AtLeast => "≥",
        Relation::AtMost => "≤",
        Relation::MoreThan => ">",
        Relation::LessThan => "<",
        Relation::OneOf => "∈",
        Relation::Is => "=",
    }
}

/// By how much a number misses its bound, or keeps clear of it.
fn margin_text(condition: &Condition, language: Language) -> Option<String> {
    let (margin, unit) = match condition.margin_m2 {
        Some(m2) => (m2, Unit::Land),
        None => (
            condition.margin?,
            condition.value.as_ref().and_then(Figure::unit)?,
        ),
    };
    let size = number_text(margin.abs(), unit);
    let missed = matches!(condition.verdict, Verdict::Fail | Verdict::Discretionary);
    Some(match (missed, margin > Exact::ZERO) {
        (true, _) => language.of("，差 {}", ", off by {}").replace("{}", &size),
        (false, true) => language.of("，余 {}", ", {} to spare").replace("{}", &size),
        (false, false) => return None,
    })
}

const fn why_text(why: Why, language: Language) -> &'static str {
    match why {
        Why::NotGiven => language.of("未提供", "not given"),
        Why::BareSite => language.of(
            "现状无建筑，不属于技改，无法比较",
            "the site bears no building: nothing to upgrade or to compare with",
        ),
        Why::Contradiction => language.of(
            "给定的面积互相矛盾（拆除大于现状，或各宗之和大于原宗地），请核对",
            "the areas given contradict each other (more demolished than stands there, or lots greater than the site): check them",
        ),
        Why::NoWhole => language.of(
            "给定的整体为 0，无从计算占比",
            "what the share would be taken of is given as 0",
        ),
        Why::TooLarge => language.of(
            "数值过大，无法精确计算",
            "a number is too large to be computed exactly",
        ),
    }
}

/// What is missing, each with who knows it.
pub(super) fn missing_text(missing: &[String], language: Language) -> String {
    let each = missing.iter().map(|name| {
        // a fact of a list carries its place, one of a year its year
        let plain: Vec<&str> = name
            .split('.')
            .filter(|part| part.parse::<u64>().is_err())
            .collect();
        match fact(&plain.join(".")) {
            Some(fact) => {
                let (zh, en) = fact.from.names();
                let (name_text, from) = (language.of(fact.zh, fact.en), language.of(zh, en));
                language
                    .of("{0}（{1}，可查{2}）", "{0} ({1}; ask {2})")
                    .replace("{0}", name_text)
                    .replace("{1}", name)
                    .replace("{2}", from)
            }
            None if name.starts_with("table ") || name.starts_with("parameter ") => language
                .of(
                    "{}（由用户在政策包中提供）",
                    "{} (the user adds it in a pack)",
                )
                .replace("{}", name),
            None => name.clone(),
        }
    });
    each.collect::<Vec<_>>().join(language.of("；", "; "))
}

/// What would change the verdict.
pub(super) fn change_text(change: &Change, language: Language) -> String {
    match change {
        Change::From { fact: name, value } => language
            .of("{0}从 {1} 起符合", "met from {1} of {0}")
            .replace("{0}", &measure_text(name, language))
            .replace("{1}", &number_text(*value, Unit::Floor)),
        Change::UpTo { fact: name, value } => language
            .of("{0}不超过 {1} 则符合", "met up to {1} of {0}")
            .replace("{0}", &measure_text(name, language))
            .replace("{1}", &number_text(*value, Unit::Floor)),
        Change::Without { record, .. } => language
            .of("去掉地块 {} 则符合", "met without piece {}")
            .replace("{}", record),
    }
}

/// What would hold if what is missing were what it usually is.
pub(super) fn usual_text(other: &OtherReading, classifies: bool, language: Language) -> String {
    let each = other
        .assumed
        .iter()
        .map(|(name, usual)| format!("{} {name}={usual}", measure_text(name, language)));
    let each: Vec<_> = each.collect();
    language
        .of(
            "如按通常情形（{0}；须核实）则：{1}",
            "if as usual ({0}; to be verified): {1}",
        )
        .replace("{0}", &each.join(language.of("，", ", ")))
        .replace("{1}", verdict_text(other.verdict, classifies, language))
}

/// A finding in one line.
pub fn explanation(finding: &Finding, classifies: bool, language: Language) -> String {
    let mut parts = vec![verdict_text(finding.verdict, classifies, language).to_owned()];
    let telling = |condition: &&Condition| {
        let decides = matches!(
            condition.verdict,
            Verdict::Fail | Verdict::Discretionary | Verdict::Unknown
        );
        decides || condition.borderline
    };
    let stop = language.of("；", "; ");
    let deciding: Vec<String> = if finding.verdict == Verdict::Pass && !classifies {
        finding
            .conditions
            .iter()
            .filter(|condition| condition.margin.is_some())
            .map(|condition| condition_text(condition, language))
            .collect()
    } else {
        finding
            .conditions
            .iter()
            .filter(telling)
            .map(|condition| condition_text(condition, language))
            .collect()
    };
    parts.extend(Some(deciding.join(stop)).filter(|text| !text.is_empty()));
    if !finding.missing.is_empty() {
        parts.push(format!(
            "{}{}",
            language.of("缺：", "missing: "),
            missing_text(&finding.missing, language)
        ));
    }
    let usual = finding
        .readings
        .iter()
        .filter(|other| !other.assumed.is_empty() && other.verdict != finding.verdict);
    parts.extend(usual.map(|other| usual_text(other, classifies, language)));
    parts.extend(
        finding
            .changes
            .iter()
            .map(|change| change_text(change, language)),
    );
    parts.extend(
        finding
            .notes
            .iter()
            .map(|note| language.of(&note.zh, &note.en).to_owned()),
    );
    parts.join(language.of("。", ". "))
}
