//! A tree of conditions on a case → its verdict and the evidence of every condition that took part.

use jiff::ToSpan as _;

use super::Verdict;
use super::compare::{Mode, compare};
use super::finding::Condition;
use crate::measure::case::{Found, Lack, Side, Subject, Why, take};
use crate::policy::{Bound, Leaf, MeasureName, Node, Relation};
use crate::quantity::Figure;

/// The verdict of a tree; conditions that took part are added to `seen`.
pub(super) fn evaluate(node: &Node, subject: &Subject<'_>, seen: &mut Vec<Condition>) -> Verdict {
    match node {
        Node::All(nodes) => {
            let verdicts: Vec<_> = nodes
                .iter()
                .map(|node| evaluate(node, subject, seen))
                .collect();
            Verdict::all(verdicts.into_iter())
        }
        Node::Any(nodes) => {
            let verdicts: Vec<_> = nodes
                .iter()
                .map(|node| evaluate(node, subject, seen))
                .collect();
            Verdict::any(verdicts.into_iter())
        }
        Node::Given(nodes) => given(nodes, subject, seen),
        Node::If {
            condition,
            then,
            otherwise,
        } => match evaluate(condition, subject, seen) {
            Verdict::Pass | Verdict::Discretionary => evaluate(then, subject, seen),
            Verdict::Fail | Verdict::NotApplicable => evaluate(otherwise, subject, seen),
            Verdict::Unknown => {
                let both = (
                    evaluate(then, subject, seen),
                    evaluate(otherwise, subject, seen),
                );
                if both.0 == both.1 {
                    both.0
                } else {
                    Verdict::Unknown
                }
            }
        },
        Node::Choose { reading, among } => {
            let choice = subject.choice(reading);
            match among.iter().find(|(name, _)| name == choice) {
                Some((_, node)) => evaluate(node, subject, seen),
                None => Verdict::Unknown,
            }
        }
        Node::Leaf(leaf) => {
            let condition = judge_leaf(leaf, subject);
            let verdict = condition.verdict;
            // the branches of a tree can ask the same twice
            if verdict != Verdict::NotApplicable && !seen.contains(&condition) {
                seen.push(condition);
            }
            verdict
        }
    }
}

/// Those whose limit is known must hold; no recorded limit never means that a case passes.
fn given(nodes: &[Node], subject: &Subject<'_>, seen: &mut Vec<Condition>) -> Verdict {
    let mut verdicts = Vec::new();
    for node in nodes {
        verdicts.push(match node {
            Node::Leaf(leaf) if bound_of(leaf, subject).is_err() => Verdict::NotApplicable,
            node => evaluate(node, subject, seen),
        });
    }
    if verdicts
        .iter()
        .any(|verdict| *verdict != Verdict::NotApplicable)
    {
        return Verdict::all(verdicts.into_iter());
    }
    for node in nodes {
        if let Node::Leaf(leaf) = node {
            seen.push(judge_leaf(leaf, subject));
        }
    }
    Verdict::Unknown
}

fn judge_leaf(leaf: &Leaf, subject: &Subject<'_>) -> Condition {
    let value = take(&leaf.measure, subject);
    let bound = bound_of(leaf, subject);
    let mut condition = Condition {
        measure: leaf.measure.name.to_string(),
        value: value.as_ref().ok().map(|found| found.figure.clone()),
        open: value
            .as_ref()
            .ok()
            .and_then(|found| found.open.as_ref())
            .map(|(side, _)| *side),
        relation: leaf.relation,
        bound: bound.as_ref().ok().cloned(),
        margin: None,
        margin_m2: None,
        verdict: Verdict::Unknown,
        borderline: false,
        missing: Vec::new(),
        why: None,
    };
    let optional = leaf.optional && (bound.is_err() || value.is_err());
    match (value, bound) {
        _ if optional => condition.verdict = Verdict::NotApplicable,
        (Ok(found), Ok(bound)) => weigh(&mut condition, leaf, found, &bound, subject),
        (value, bound) => {
            for lack in value.err().into_iter().chain(bound.err()) {
                miss(&mut condition, lack);
            }
        }
    }
    condition
}

fn weigh(
    condition: &mut Condition,
    leaf: &Leaf,
    found: Found,
    bound: &Figure,
    subject: &Subject<'_>,
) {
    let mode = Mode::of(subject.choice("mode"));
    let Some(compared) = compare(&found.figure, leaf.relation, bound, mode) else {
        condition.why = Some(Why::TooLarge);
        return;
    };
    condition.margin = compared.margin;
    condition.margin_m2 = compared.margin_m2;
    condition.borderline = compared.borderline;
    // what may lie beyond what is known of it is sure only on the side that it cannot leave
    let upward = matches!(leaf.relation, Relation::AtLeast | Relation::MoreThan);
    let sure = |side| compared.holds == (upward == (side == Side::Above));
    if let Some((_, lack)) = found.open.filter(|(side, _)| !sure(*side)) {
        miss(condition, lack);
        return;
    }
    condition.verdict = match (compared.holds, leaf.soft) {
        (true, _) => Verdict::Pass,
        (false, true) => Verdict::Discretionary,
        (false, false) => Verdict::Fail,
    };
}

fn miss(condition: &mut Condition, lack: Lack) {
    condition.missing.extend(lack.missing);
    if lack.why != Why::NotGiven {
        condition.why = Some(lack.why);
    }
}

/// The bound of a condition as a figure.
pub(super) fn bound_of(leaf: &Leaf, subject: &Subject<'_>) -> Result<Figure, Lack> {
    let of = |name: &MeasureName| take(name, subject).map(|found| found.figure);
    match &leaf.bound {
        Bound::Fixed(figure) => Ok(figure.clone()),
        Bound::Words(words) => Ok(Figure::Words(words.clone())),
        Bound::Measure(name, part) => {
            let whole = of(name)?;
            match (whole.number(), whole.unit()) {
                (Some(number), Some(unit)) => {
                    let bound = number.times(*part).ok_or(Lack::because(Why::TooLarge))?;
                    Ok(Figure::Number(bound, unit))
                }
                _ => Ok(whole),
            }
        }
        Bound::Later { after, months } => match of(after)? {
            Figure::Day(day) => {
                // a month that is too short ends on its last day: 29 February is followed by 28 February
                let later = day.checked_add(months.months());
                later
                    .map(Figure::Day)
                    .map_err(|_| Lack::because(Why::TooLarge))
            }
            _ => Err(Lack::of(&after.name)),
        },
    }
}
