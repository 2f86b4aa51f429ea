//! A rule on a case → a finding: verdict, flags, evidence, other readings, amounts, what would change it.

use super::amount::reckon;
use super::asks::by_class;
use super::changes::changes;
use super::evaluate::evaluate;
use super::finding::{AmountFound, Condition, Finding, OtherReading};
use super::{Case, Verdict};
use crate::measure::case::{Catalogue, Note, Subject, measure_named};
use crate::policy::{Bound, Flag, Leaf, Pack, Rates, Rule, Sort, StepFrom, Vocabulary};
use crate::quantity::{Exact, Figure, Unit};

/// Judges one rule on one case, with the other readings and what would change the verdict.
pub fn judge_rule(rule: &Rule, case: &Case<'_>) -> Finding {
    let judged = plainly(rule, case, case.choices);
    let readings = other_readings(rule, case, &judged);
    let mut flags = judged.flags;
    let differs = |other: &OtherReading| {
        !other.note_only && other.verdict != Verdict::Unknown && other.verdict != judged.verdict
            || !other.note_only && !other.amounts.is_empty()
    };
    if readings.iter().any(differs) {
        flags.insert(
            flags
                .iter()
                .take_while(|flag| *flag == "borderline" || *flag == "expired")
                .count(),
            "depends_on_reading".to_owned(),
        );
    }
    Finding {
        rule: rule.id.clone(),
        article: rule.article.clone(),
        verdict: judged.verdict,
        flags,
        conditions: judged.conditions,
        readings,
        amounts: judged.amounts,
        changes: changes(rule, case, judged.verdict),
        missing: judged.missing,
        notes: judged.notes,
    }
}

/// A rule judged under one reading.
pub(super) struct Judged {
    pub verdict: Verdict,
    flags: Vec<String>,
    conditions: Vec<Condition>,
    amounts: Vec<AmountFound>,
    missing: Vec<String>,
    notes: Vec<Note>,
}

pub(super) fn plainly(rule: &Rule, case: &Case<'_>, choices: &[(String, String)]) -> Judged {
    let subject = Subject::new(case.facts, case.pack, choices, case.as_of);
    let mut asked = Vec::new();
    let applies = rule
        .when
        .as_ref()
        .map(|when| evaluate(when, &subject, &mut asked));
    let mut conditions = Vec::new();
    let test = rule
        .test
        .as_ref()
        .map(|test| evaluate(test, &subject, &mut conditions));
    let mut verdict = match (applies, test) {
        (Some(Verdict::Fail), _) | (_, None) => Verdict::NotApplicable,
        (Some(Verdict::Unknown), _) => Verdict::Unknown,
        (_, Some(test)) if rule.classifies => falls_under(rule, test, &subject, &mut conditions),
        (_, Some(test)) => test,
    };
    let Given {
        amounts,
        uncapped,
        lacking,
    } = amounts(rule, verdict, &subject);
    let known = |amount: &AmountFound| amount.value.as_ref().and_then(Figure::number);
    verdict = match verdict {
        Verdict::NotApplicable if rule.test.is_none() && !lacking.is_empty() => Verdict::Unknown,
        Verdict::Pass
            if !uncapped.is_empty()
                && amounts
                    .iter()
                    .any(|amount| known(amount) != Some(Exact::ZERO)) =>
        {
            Verdict::Unknown
        }
        Verdict::Pass
            if rule
                .amounts
                .iter()
                .zip(&amounts)
                .any(|(amount, found)| amount.positive && found.value.is_none()) =>
        {
            Verdict::Unknown
        }
        // what comes to nothing is not due
        Verdict::Pass
            if rule
                .amounts
                .iter()
                .zip(&amounts)
                .any(|(amount, found)| amount.positive && known(found) == Some(Exact::ZERO)) =>
        {
            Verdict::Fail
        }
        verdict => verdict,
    };
    let mut missing = Vec::new();
    let flags = flags(rule, case, verdict, &conditions, &asked, &subject);
    if verdict == Verdict::Unknown {
        if applies == Some(Verdict::Unknown) {
            conditions.splice(0..0, asked);
        }
        let unknown = conditions
            .iter()
            .filter(|condition| condition.verdict == Verdict::Unknown);
        for name in unknown
            .flat_map(|condition| &condition.missing)
            .chain(&uncapped)
            .chain(&lacking)
        {
            if !missing.contains(name) {
                missing.push(name.clone());
            }
        }
    }
    Judged {
        verdict,
        flags,
        conditions,
        amounts,
        missing,
        notes: subject.take_notes(),
    }
}

/// To meet the test of a rule that classifies is to fall under it; to meet only its second test is to be suspected.
fn falls_under(
    rule: &Rule,
    test: Verdict,
    subject: &Subject<'_>,
    conditions: &mut Vec<Condition>,
) -> Verdict {
    let suspect = rule
        .suspect
        .as_ref()
        .map(|suspect| evaluate(suspect, subject, conditions));
    match (test, suspect) {
        (Verdict::Pass, _) => Verdict::Fail,
        (Verdict::Unknown, _) | (Verdict::Fail, Some(Verdict::Unknown)) => Verdict::Unknown,
        (Verdict::Discretionary, _) | (_, Some(Verdict::Pass | Verdict::Discretionary)) => {
            Verdict::Discretionary
        }
        (Verdict::Fail, _) => Verdict::Pass,
        (Verdict::NotApplicable, _) => Verdict::NotApplicable,
    }
}

/// The amounts of a rule, the caps that are missing to them, and what they cannot be had without.
#[derive(Default)]
struct Given {
    amounts: Vec<AmountFound>,
    uncapped: Vec<String>,
    lacking: Vec<String>,
}

fn amounts(rule: &Rule, verdict: Verdict, subject: &Subject<'_>) -> Given {
    let mut given = Given::default();
    // what a rule gives that does not apply for another reason than being a mere number is nobody's
    if rule.test.is_some() && verdict == Verdict::NotApplicable {
        return given;
    }
    for amount in &rule.amounts {
        let reckoned = reckon(amount, verdict, subject);
        given.uncapped.extend(reckoned.uncapped);
        given.lacking.extend(reckoned.missing);
        given.amounts.push(reckoned.found);
    }
    given
}

/// The flags of a finding; `near` are the conditions of its test, `asked` those of what it applies to.
fn flags(
    rule: &Rule,
    case: &Case<'_>,
    verdict: Verdict,
    near: &[Condition],
    asked: &[Condition],
    subject: &Subject<'_>,
) -> Vec<String> {
    let met = matches!(verdict, Verdict::Pass | Verdict::Discretionary);
    let mut seen = Vec::new();
    let goes = |flag: &&Flag| match &flag.when {
        None => met,
        Some(when) => evaluate(when, subject, &mut seen) == Verdict::Pass,
    };
    let own: Vec<&str> = rule
        .flags
        .iter()
        .filter(goes)
        .map(|flag| flag.text.as_str())
        .collect();
    let test = near.iter().filter(|_| verdict != Verdict::NotApplicable);
    let borderline = test
        .chain(asked)
        .chain(&seen)
        .any(|condition| condition.borderline);
    let expired = !case.pack.period(rule).has(case.as_of);
    let status = borderline
        .then_some("borderline")
        .into_iter()
        .chain(expired.then_some("expired"));
    let mut flags: Vec<String> = Vec::new();
    for flag in status.chain(own) {
        if flags.iter().all(|have| have != flag) {
            flags.push(flag.to_owned());
        }
    }
    flags
}

/// The verdict under every other choice of every reading that the rule depends on, one at a time.
fn other_readings(rule: &Rule, case: &Case<'_>, judged: &Judged) -> Vec<OtherReading> {
    let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
    let mut others = Vec::new();
    for name in readings_of(rule) {
        let Some(reading) = case.pack.reading(name) else {
            continue;
        };
        let chosen = subject.choice(name);
        for choice in reading.choices.iter().filter(|choice| *choice != chosen) {
            let mut choices = case.choices.to_vec();
            choices.retain(|(have, _)| have != name);
            choices.push((name.to_owned(), choice.clone()));
            let other = plainly(rule, case, &choices);
            let amounts = other
                .amounts
                .into_iter()
                .filter(|amount| !judged.amounts.contains(amount));
            others.push(OtherReading {
                reading: format!("{name}={choice}"),
                verdict: other.verdict,
                amounts: amounts.collect(),
                note_only: reading.notes.contains(choice),
            });
        }
    }
    others
}

/// The readings that a rule depends on: of its trees, of its measures, and how limits on land are compared.
pub fn readings_of(rule: &Rule) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for tree in rule.trees() {
        names.extend(tree.choices());
        for leaf in tree.leaves() {
            names.extend(readings_of_leaf(leaf));
        }
    }
    for amount in &rule.amounts {
        names.extend(amount.choose.as_deref());
        if by_class(amount) {
            names.extend(readings_of_measure("evaluation_class"));
        }
        for most in &amount.at_most {
            names.extend(readings_of_measure(&most.name));
        }
        for path in &amount.paths {
            names.extend(readings_of_measure(&path.of.name));
            match &path.rates {
                Some(Rates::Steps {
                    from: StepFrom::Choose(name, _),
                    ..
                }) => names.push(name),
                Some(Rates::ByStorey(_)) => names.push("vertical_storeys"),
                _ => {}
            }
        }
    }
    let mut seen = Vec::new();
    names.retain(|name| {
        !seen.contains(name) && {
            seen.push(*name);
            true
        }
    });
    names
}

fn readings_of_leaf(leaf: &Leaf) -> Vec<&'static str> {
    let mut names = readings_of_measure(&leaf.measure.name);
    if let Bound::Measure(name, _) = &leaf.bound {
        names.extend(readings_of_measure(&name.name));
    }
    let sort = Catalogue.measure(&leaf.measure.name).map(|(_, sort)| sort);
    if sort == Some(Sort::Number(Unit::Land)) || leaf.measure.name == "scattered_ratio" {
        names.push("mode");
    }
    names
}

fn readings_of_measure(name: &str) -> Vec<&'static str> {
    measure_named(name).map_or_else(Vec::new, |measure| measure.readings.to_vec())
}

/// The version of a rule that a pack has for a day.
pub(super) fn version<'a>(pack: &'a Pack, id: &str, case: &Case<'_>) -> Option<&'a Rule> {
    pack.rule(id, case.as_of)
}
