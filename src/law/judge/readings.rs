//! A rule on a case → what it says under every other reading of what the law leaves open.

use super::Case;
use super::asks::by_class;
use super::finding::{AmountFound, OtherReading};
use super::rule::{Judged, plainly};
use crate::law::measures::{Subject, measure_at, measure_named, sort_at, take};
use crate::law::pack::{Bound, Leaf, MeasureName, Node, Rates, Rule, Sort, StepFrom};
use crate::quantity::Unit;

/// How limits on land are compared: conditions depend on it whatever their measures are.
const MODE: &str = "mode";

/// A reading that a rule depends on, which is so for every case.
pub(super) struct DependsOn<'a> {
    name: &'a str,
    /// The measures of its conditions that do; `None` where it depends on it otherwise too.
    by_measures: Option<Vec<&'a MeasureName>>,
}

/// The readings that a rule depends on, and by what.
pub(super) fn dependence(rule: &Rule) -> Vec<DependsOn<'_>> {
    let (measures, beside) = (measures_of(rule), beside_measures(rule));
    let depending = |reading: &str| {
        let depends = |name: &&&MeasureName| readings_of_measure(name).contains(&reading);
        measures.iter().filter(depends).copied().collect()
    };
    let of = |name| DependsOn {
        name,
        by_measures: (!beside.contains(&name)).then(|| depending(name)),
    };
    readings_of(rule).into_iter().map(of).collect()
}

/// The verdict under every other choice of the readings that a rule depends on, one at a time.
pub(super) fn other_readings<'a>(
    rule: &'a Rule,
    depends: &'a [DependsOn<'_>],
    case: &'a Case<'_>,
    judged: &'a Judged,
) -> impl Iterator<Item = OtherReading> + 'a {
    let declared = depends
        .iter()
        .filter_map(|on| Some((on, case.pack.reading(on.name)?)));
    declared.flat_map(move |(on, reading)| {
        let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
        let chosen = subject.choice(on.name);
        let others = reading
            .choices
            .iter()
            .filter(move |choice| *choice != chosen);
        others.map(move |choice| {
            let mut choices = case.choices.to_vec();
            choices.retain(|(have, _)| have != on.name);
            choices.push((on.name.to_owned(), choice.clone()));
            let measures = on.by_measures.as_deref();
            let (verdict, amounts) = if measures
                .is_some_and(|all| are_the_same(all, (&subject, &choices)))
            {
                (judged.verdict, Vec::new())
            } else {
                let other = plainly(rule, case, &choices);
                let is_new =
                    |amount: &AmountFound| !judged.amounts.iter().any(|have| have.is_like(amount));
                (
                    other.verdict,
                    other.amounts.into_iter().filter(is_new).collect(),
                )
            };
            OtherReading {
                reading: format!("{}={choice}", on.name),
                verdict,
                amounts,
                note_only: reading.notes.contains(choice),
                assumed: Vec::new(),
            }
        })
    })
}

/// Whether measures are under other choices what they are in a case: what rests on them alone is then the same too.
fn are_the_same(
    measures: &[&MeasureName],
    (subject, choices): (&Subject<'_>, &[(String, String)]),
) -> bool {
    let other = Subject::new(subject.facts, subject.pack, choices, subject.as_of);
    let mut measures = measures.iter();
    measures.all(|name| take(name, subject) == take(name, &other))
}

/// The readings that a rule depends on: of its trees, of its measures, and how limits on land are compared.
pub fn readings_of(rule: &Rule) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for tree in rule.trees() {
        names.extend(tree.choices());
        for leaf in tree.leaves() {
            for measure in measures_of_leaf(leaf) {
                names.extend(readings_of_measure(measure));
            }
            if sort_at(&leaf.measure) == Some(Sort::Number(Unit::Land)) {
                names.push(MODE);
            }
        }
    }
    names.extend(readings_of_amounts(rule));
    let mut seen = Vec::new();
    names.retain(|name| {
        !seen.contains(name) && {
            seen.push(*name);
            true
        }
    });
    names
}

/// The readings on which a rule depends otherwise than by what the measures of its conditions are.
fn beside_measures(rule: &Rule) -> Vec<&str> {
    let trees = rule.trees().flat_map(Node::choices);
    let amounts = readings_of_amounts(rule);
    trees.chain(amounts).chain([MODE]).collect()
}

fn readings_of_amounts(rule: &Rule) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for amount in &rule.amounts {
        names.extend(amount.choose.as_deref());
        if by_class(amount) {
            names.extend(measure_named("evaluation_class").map_or(&[][..], |of| of.readings));
        }
        for most in &amount.at_most {
            names.extend(readings_of_measure(most));
        }
        for path in &amount.paths {
            names.extend(readings_of_measure(&path.of));
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
    names
}

/// The measures of the conditions of a rule, and of their bounds.
fn measures_of(rule: &Rule) -> Vec<&MeasureName> {
    let leaves = rule.trees().flat_map(Node::leaves);
    leaves.flat_map(measures_of_leaf).collect()
}

fn measures_of_leaf(leaf: &Leaf) -> impl Iterator<Item = &MeasureName> {
    let of_bound = match &leaf.bound {
        Bound::Measure(name, _) | Bound::Later { after: name, .. } => Some(name),
        Bound::Fixed(_) | Bound::Words(_) => None,
    };
    [&leaf.measure].into_iter().chain(of_bound)
}

fn readings_of_measure(name: &MeasureName) -> &'static [&'static str] {
    measure_at(name).map_or(&[], |measure| measure.readings)
}
