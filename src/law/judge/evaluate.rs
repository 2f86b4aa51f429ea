//! A tree of conditions on a case → its verdict, what it rests on, the condition that decided.

use jiff::ToSpan as _;

use super::Verdict;
use super::compare::{Mode, compare};
use super::finding::{Condition, Role};
use super::ground::{Ground, Join};
use super::strict::as_written;
use crate::law::measures::{Found, Lack, Side, Subject, Why, take};
use crate::law::pack::{Bound, Leaf, MeasureName, Node, Relation};
use crate::quantity::Figure;

/// The verdict of a tree, what it rests on, and which of its conditions decided it.
pub(super) struct Reached {
    pub verdict: Verdict,
    /// What it rests on; `None` where nothing of it took part.
    pub ground: Option<Ground>,
    /// The place of the condition that decided, which has the verdict of the tree.
    pub decisive: Option<usize>,
}

/// The verdict of a tree; conditions that took part are added to `seen`.
pub(super) fn evaluate(node: &Node, subject: &Subject<'_>, seen: &mut Vec<Condition>) -> Verdict {
    reach(node, subject, Role::Tells, seen).verdict
}

/// The verdict of a tree with what it rests on; conditions that took part are added to `seen` in this role.
pub(super) fn reach(
    node: &Node,
    subject: &Subject<'_>,
    role: Role,
    seen: &mut Vec<Condition>,
) -> Reached {
    let mut each = |nodes: &[Node]| -> Vec<Reached> {
        let nodes = nodes.iter();
        nodes.map(|node| reach(node, subject, role, seen)).collect()
    };
    match node {
        Node::All(nodes) => {
            let parts = each(nodes);
            joined(Join::All, parts, seen)
        }
        Node::Any(nodes) => {
            let parts = each(nodes);
            joined(Join::Any, parts, seen)
        }
        Node::Given(nodes) => given(nodes, subject, role, seen),
        Node::If {
            condition,
            then,
            otherwise,
        } => {
            let asked = reach(condition, subject, Role::Tells, seen);
            let mut branch = |node| reach(node, subject, role, seen);
            match asked.verdict {
                Verdict::Pass | Verdict::Discretionary => followed(asked, branch(then)),
                Verdict::Fail | Verdict::NotApplicable => followed(asked, branch(otherwise)),
                Verdict::Unknown => {
                    let (then, otherwise) = (branch(then), branch(otherwise));
                    either(asked, then, otherwise, seen)
                }
            }
        }
        Node::Choose { reading, among } => {
            let choice = subject.choice(reading);
            match among.iter().find(|(name, _)| name == choice) {
                Some((_, node)) => reach(node, subject, role, seen),
                None => Reached::nothing(Verdict::Unknown),
            }
        }
        Node::Leaf(leaf) => at(judge_leaf(leaf, subject, role), seen),
    }
}

impl Reached {
    const fn nothing(verdict: Verdict) -> Self {
        Self {
            verdict,
            ground: None,
            decisive: None,
        }
    }
}

/// A condition, put among those seen unless it is there: the branches of a tree can ask the same twice.
fn at(condition: Condition, seen: &mut Vec<Condition>) -> Reached {
    let verdict = condition.verdict;
    let place = seen
        .iter()
        .position(|have| *have == condition)
        .unwrap_or_else(|| {
            seen.push(condition);
            seen.len() - 1
        });
    Reached {
        verdict,
        ground: Some(Ground::Leaf(place)),
        decisive: Some(place),
    }
}

/// Several joined: of the parts that have the verdict of all together, the first with a measured condition decided, else
/// the first; where all are met, the one that is met with least to spare.
fn joined(join: Join, parts: Vec<Reached>, seen: &[Condition]) -> Reached {
    let verdicts = parts.iter().map(|part| part.verdict);
    let verdict = match join {
        Join::Any => Verdict::any(verdicts),
        Join::All | Join::If => Verdict::all(verdicts),
    };
    let of_verdict = parts.iter().filter(|part| part.verdict == verdict);
    let mut decisive = of_verdict.filter_map(|part| part.decisive);
    if (join, verdict) == (Join::All, Verdict::Pass) {
        let decisive = nearest(decisive, seen);
        let grounds = parts.into_iter().filter_map(|part| part.ground);
        return Reached {
            verdict,
            ground: Ground::joined(join, verdict, grounds),
            decisive,
        };
    }
    let measured = |place: &usize| seen[*place].margin.is_some();
    let first = decisive.next();
    let decisive = first
        .filter(measured)
        .or_else(|| decisive.find(measured))
        .or(first);
    let grounds = parts.into_iter().filter_map(|part| part.ground);
    Reached {
        verdict,
        ground: Ground::joined(join, verdict, grounds),
        decisive,
    }
}

/// Of conditions that are met the one with least to spare, for the size of its bound; the first of several such, and of
/// those without a margin only where there is no other.
fn nearest(places: impl Iterator<Item = usize>, seen: &[Condition]) -> Option<usize> {
    let spare = |place: usize| {
        let condition = &seen[place];
        let margin = condition.margin?.abs();
        let bound = condition.bound.as_ref()?.number()?.abs();
        Some(margin.over(bound).unwrap_or(margin))
    };
    places
        .map(|place| (spare(place), place))
        .reduce(|least, next| match (least.0, next.0) {
            (None, Some(_)) => next,
            (Some(of_least), Some(of_next)) if of_next < of_least => next,
            _ => least,
        })
        .map(|(_, place)| place)
}

/// A branch, taken for what was asked before it.
fn followed(asked: Reached, branch: Reached) -> Reached {
    let grounds = branch
        .ground
        .map(|ground| asked.ground.into_iter().chain([ground]));
    Reached {
        verdict: branch.verdict,
        ground: grounds.and_then(|parts| Ground::joined(Join::If, branch.verdict, parts)),
        decisive: branch.decisive,
    }
}

/// Two branches of which nobody knows which one is to be taken: what both say holds.
/// Where both are met, the bound that is the nearer one is met whichever of them is to be taken.
fn either(asked: Reached, then: Reached, otherwise: Reached, seen: &[Condition]) -> Reached {
    let agreed = then.verdict == otherwise.verdict;
    let (verdict, decisive) = if agreed && then.verdict == Verdict::Pass {
        let both = [otherwise.decisive, then.decisive];
        (then.verdict, nearest(both.into_iter().flatten(), seen))
    } else if agreed && then.verdict != Verdict::Unknown {
        (then.verdict, then.decisive)
    } else {
        (Verdict::Unknown, asked.decisive)
    };
    let grounds = [asked.ground, then.ground, otherwise.ground];
    Reached {
        verdict,
        ground: Ground::joined(Join::If, verdict, grounds.into_iter().flatten()),
        decisive,
    }
}

/// Those whose limit is known must hold; no recorded limit never means that a case passes.
fn given(nodes: &[Node], subject: &Subject<'_>, role: Role, seen: &mut Vec<Condition>) -> Reached {
    let parts: Vec<Reached> = nodes
        .iter()
        .map(|node| match node {
            Node::Leaf(leaf) if bound_of(leaf, subject).is_err() => {
                Reached::nothing(Verdict::NotApplicable)
            }
            node => reach(node, subject, role, seen),
        })
        .collect();
    if parts
        .iter()
        .any(|part| part.verdict != Verdict::NotApplicable)
    {
        return joined(Join::All, parts, seen);
    }
    let leaves = nodes.iter().filter_map(|node| match node {
        Node::Leaf(leaf) => Some(judge_leaf(leaf, subject, role)),
        _ => None,
    });
    let parts = leaves.map(|leaf| at(leaf, seen)).collect();
    Reached {
        verdict: Verdict::Unknown,
        ..joined(Join::All, parts, seen)
    }
}

fn judge_leaf(leaf: &Leaf, subject: &Subject<'_>, role: Role) -> Condition {
    let value = take(&leaf.measure, subject);
    let bound = bound_of(leaf, subject);
    let strict = match (&leaf.bound, &bound) {
        (Bound::Measure(..), Ok(bound)) => as_written(leaf.relation, bound),
        _ => None,
    };
    if let Some((relation, written)) = strict {
        let leaf = Leaf {
            relation,
            ..leaf.clone()
        };
        return held(&leaf, value, Ok(written), (subject, role));
    }
    held(leaf, value, bound, (subject, role))
}

/// A measure held against its bound.
fn held(
    leaf: &Leaf,
    value: Result<Found, Lack>,
    bound: Result<Figure, Lack>,
    (subject, role): (&Subject<'_>, Role),
) -> Condition {
    let mut condition = Condition {
        measure: leaf.measure.name.as_str().to_owned(),
        role,
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
        limit_m2: None,
        verdict: Verdict::Unknown,
        borderline: false,
        missing: Vec::new(),
        why: None,
    };
    match (value, bound) {
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
    condition.limit_m2 = compared.limit_m2;
    condition.borderline = compared.borderline;
    let sure = |side| is_sure(side, leaf, compared.holds, bound, mode);
    if let Some((_, lack)) = found.open.filter(|(side, _)| !sure(*side)) {
        miss(condition, lack);
        return;
    }
    condition.verdict = weighed(leaf, compared.holds);
}

/// Whether a condition stays as it holds where its measure may lie beyond what is known of it: sure is only the side that it
/// cannot leave.
pub(super) fn is_sure(side: Side, leaf: &Leaf, holds: bool, bound: &Figure, mode: Mode) -> bool {
    let upward = matches!(leaf.relation, Relation::AtLeast | Relation::MoreThan);
    match side {
        Side::Above => holds == upward,
        Side::Below => holds != upward,
        Side::Or(word) => compare(&Figure::Word(word.into()), leaf.relation, bound, mode)
            .is_some_and(|other| other.holds == holds),
    }
}

/// The verdict of a condition that holds or not.
pub(super) const fn weighed(leaf: &Leaf, holds: bool) -> Verdict {
    match (holds, leaf.soft) {
        (true, _) => Verdict::Pass,
        (false, true) => Verdict::Discretionary,
        (false, false) => Verdict::Fail,
    }
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
