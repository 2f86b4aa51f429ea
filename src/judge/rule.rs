//! A rule on a case → a finding: verdict, flags, evidence, other readings, amounts, what would change it.

use super::amount::reckon;
use super::changes::changes;
use super::evaluate::evaluate;
use super::finding::{AmountFound, Condition, Finding, OtherReading};
use super::{Case, Verdict};
use crate::measure::case::{Subject, measure_named};
use crate::policy::{Leaf, Pack, Rule, Sort, Vocabulary};
use crate::quantity::Unit;

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
    notes: Vec<crate::measure::case::Note>,
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
    let (amounts, uncapped) = amounts(rule, verdict, &subject);
    if verdict == Verdict::Pass && !uncapped.is_empty() {
        verdict = Verdict::Unknown;
    }
    let mut missing = Vec::new();
    if verdict == Verdict::Unknown || test.is_none() {
        if applies == Some(Verdict::Unknown) {
            conditions.splice(0..0, asked);
        }
        let unknown = conditions
            .iter()
            .filter(|condition| condition.verdict == Verdict::Unknown);
        for name in unknown
            .flat_map(|condition| &condition.missing)
            .chain(&uncapped)
        {
            if !missing.contains(name) {
                missing.push(name.clone());
            }
        }
    }
    Judged {
        verdict,
        flags: flags(rule, case, verdict, &conditions, &subject),
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

fn amounts(
    rule: &Rule,
    verdict: Verdict,
    subject: &Subject<'_>,
) -> (Vec<AmountFound>, Vec<String>) {
    // what a rule gives that does not apply for another reason than being a mere number is nobody's
    if rule.test.is_some() && verdict == Verdict::NotApplicable {
        return (Vec::new(), Vec::new());
    }
    let mut uncapped = Vec::new();
    let mut found = Vec::new();
    for amount in &rule.amounts {
        let reckoned = reckon(
            amount,
            if rule.classifies {
                Verdict::Pass
            } else {
                verdict
            },
            subject,
        );
        uncapped.extend(reckoned.uncapped);
        found.push(reckoned.found);
    }
    (found, uncapped)
}

fn flags(
    rule: &Rule,
    case: &Case<'_>,
    verdict: Verdict,
    conditions: &[Condition],
    subject: &Subject<'_>,
) -> Vec<String> {
    let mut flags: Vec<String> = Vec::new();
    let applies = verdict != Verdict::NotApplicable;
    if applies && conditions.iter().any(|condition| condition.borderline) {
        flags.push("borderline".to_owned());
    }
    if !case.pack.period(rule).has(case.as_of) {
        flags.push("expired".to_owned());
    }
    let met = matches!(verdict, Verdict::Pass | Verdict::Discretionary);
    for flag in &rule.flags {
        let goes = flag.when.as_ref().map_or(met, |when| {
            evaluate(when, subject, &mut Vec::new()) == Verdict::Pass
        });
        if goes && !flags.contains(&flag.text) {
            flags.push(flag.text.clone());
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
    let mut add = |name| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    for tree in rule.trees() {
        tree.for_each_choice(&mut add);
        tree.for_each_leaf(&mut |leaf: &Leaf| {
            let measure = measure_named(&leaf.measure.name);
            measure
                .iter()
                .flat_map(|measure| measure.readings)
                .for_each(|name| add(name));
            let sort = crate::measure::case::Catalogue
                .measure(&leaf.measure.name)
                .map(|(_, sort)| sort);
            if sort == Some(Sort::Number(Unit::Land)) || leaf.measure.name == "scattered_ratio" {
                add("mode");
            }
        });
    }
    for amount in &rule.amounts {
        amount.choose.iter().for_each(|name| add(name));
        for path in &amount.paths {
            let measure = measure_named(&path.of.name);
            measure
                .iter()
                .flat_map(|measure| measure.readings)
                .for_each(|name| add(name));
            match &path.rates {
                Some(crate::policy::Rates::Steps {
                    from: crate::policy::StepFrom::Choose(name, _),
                    ..
                }) => add(name),
                Some(crate::policy::Rates::ByStorey(_)) => add("vertical_storeys"),
                _ => {}
            }
        }
    }
    names
}

/// The version of a rule that a pack has for a day.
pub(super) fn version<'a>(pack: &'a Pack, id: &str, case: &Case<'_>) -> Option<&'a Rule> {
    pack.rule(id, case.as_of)
}
