//! A rule on a case → what it says under every other reading of what the law leaves open.

use super::Case;
use super::asks::by_class;
use super::finding::OtherReading;
use super::rule::{Judged, plainly};
use crate::measure::case::{Catalogue, Subject, measure_named};
use crate::policy::{Bound, Leaf, Rates, Rule, Sort, StepFrom, Vocabulary};
use crate::quantity::Unit;

/// The verdict under every other choice of every reading that the rule depends on, one at a time.
pub(super) fn other_readings(rule: &Rule, case: &Case<'_>, judged: &Judged) -> Vec<OtherReading> {
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
                .filter(|amount| !judged.amounts.iter().any(|have| have.is_like(amount)));
            others.push(OtherReading {
                reading: format!("{name}={choice}"),
                verdict: other.verdict,
                amounts: amounts.collect(),
                note_only: reading.notes.contains(choice),
                assumed: Vec::new(),
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
            names.extend(path.after.as_ref().map(|after| after.reading.as_str()));
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
    if let Bound::Measure(name, _) | Bound::Later { after: name, .. } = &leaf.bound {
        names.extend(readings_of_measure(&name.name));
    }
    let sort = Catalogue.measure(&leaf.measure.name).map(|(_, sort)| sort);
    if sort == Some(Sort::Number(Unit::Land)) {
        names.push("mode");
    }
    names
}

fn readings_of_measure(name: &str) -> Vec<&'static str> {
    measure_named(name).map_or_else(Vec::new, |measure| measure.readings.to_vec())
}
