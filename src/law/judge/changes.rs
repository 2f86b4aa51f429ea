//! What would change a verdict that is no pass: the least of what can be turned up, or leaving out one piece.

use super::compare::Mode;
use super::evaluate::bound_of;
use super::finding::Change;
use super::rule::verdict_of;
use super::{Case, Verdict, verdict_alone};
use crate::law::facts::{Facts, Record, fact};
use crate::law::measures::{Subject, floor_for, land_for};
use crate::law::pack::{Node, Relation, Rule};
use crate::quantity::{Exact, Figure, Unit};

/// What would turn a fail or a discretionary verdict into a pass.
pub(super) fn changes(rule: &Rule, case: &Case<'_>, verdict: Verdict) -> Vec<Change> {
    if !matches!(verdict, Verdict::Fail | Verdict::Discretionary) || rule.classifies {
        return Vec::new();
    }
    let mut changes = Vec::new();
    let varied = rule.vary.as_ref().and_then(|name| {
        let now = case.facts.one.figure(name).and_then(Figure::number)?;
        let least = least_floor(rule, case).or_else(|| least(rule, case, name));
        if let Some(value) = least.filter(|value| *value > now) {
            let (_, with) = varied(case.facts, fact(name)?.name, value, Relation::AtLeast)?;
            return Some(Change::From {
                fact: name.clone(),
                value,
                with,
            });
        }
        let value = floor_where_met(rule, case, Relation::AtMost).filter(|value| *value < now)?;
        let (_, with) = varied(case.facts, fact(name)?.name, value, Relation::AtMost)?;
        Some(Change::UpTo {
            fact: name.clone(),
            value,
            with,
        })
    });
    changes.extend(varied);
    if let Some(list) = &rule.without {
        changes.extend(without_one(rule, case, list));
    }
    changes
}

/// The records of a list that are left out in turn.
const MOST_RECORDS: usize = 100;

/// The steps in which areas are varied: a hundredth of a square metre.
const STEPS_PER_UNIT: i64 = 100;
/// The most that is tried: far beyond any floor area of one site, in hundredths.
const MOST_STEPS: i64 = 10_000_000 * STEPS_PER_UNIT;

/// The least value of a fact, in steps of 0.01, from which on the rule is met; found by halving, as every bound on what is
/// built is met by more of it.
pub(super) fn least(rule: &Rule, case: &Case<'_>, name: &str) -> Option<Exact> {
    let name = fact(name)?.name;
    let passes = |steps: i64| {
        let (facts, _) = varied(
            case.facts,
            name,
            Exact::fraction(steps, STEPS_PER_UNIT)?,
            Relation::AtLeast,
        )?;
        let case = Case {
            facts: &facts,
            ..*case
        };
        Some(verdict_alone(rule, &case) == Verdict::Pass)
    };
    let (mut fails, mut meets) = (-1, MOST_STEPS);
    if passes(0)? {
        return Some(Exact::ZERO);
    }
    if !passes(meets)? {
        return None;
    }
    fails = fails.max(0);
    while meets - fails > 1 {
        let middle = fails + (meets - fails) / 2;
        if passes(middle)? {
            meets = middle;
        } else {
            fails = middle;
        }
    }
    Exact::fraction(meets, STEPS_PER_UNIT)
}

/// The least `upgrade.built_m2` from which on the rule is met, by way of what its measures say they need; `None` where no
/// floor area meets it, or it is unknown. Only as much as `least` finds by halving, and at once.
pub fn least_floor(rule: &Rule, case: &Case<'_>) -> Option<Exact> {
    floor_where_met(rule, case, Relation::AtLeast)
}

/// Of the floor areas at which a condition of this relation reaches its bound, the one nearest to it that meets the rule:
/// the least for at least, the greatest for at most.
fn floor_where_met(rule: &Rule, case: &Case<'_>, relation: Relation) -> Option<Exact> {
    let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
    let leaves = rule
        .test
        .iter()
        .flat_map(Node::leaves)
        .filter(|leaf| leaf.relation == relation);
    let times = times_counted(case.facts);
    let reached = leaves.flat_map(|leaf| {
        let floor = || {
            let bound = bound_of(leaf, &subject).ok()?.number()?;
            floor_for(&leaf.measure.name, &subject, bound)
        };
        let floor = floor();
        let rounded = |floor: Exact| {
            if relation == Relation::AtLeast {
                floor.ceil_to(2)
            } else {
                floor.floor_to(2)
            }
        };
        let floor = floor.and_then(rounded);
        // counted floor area is had by less that is built where it counts more than once
        let built = floor
            .zip(times)
            .and_then(|(floor, times)| rounded(floor.over(times)?));
        [floor, built].into_iter().flatten()
    });
    let mut candidates: Vec<Exact> = reached.map(|floor| floor.max(Exact::ZERO)).collect();
    candidates.sort_unstable();
    candidates.dedup();
    if relation == Relation::AtMost {
        candidates.reverse();
    }
    candidates.into_iter().find(|built| {
        varied(case.facts, "upgrade.built_m2", *built, relation).is_some_and(|(facts, _)| {
            verdict_of(
                rule,
                &Case {
                    facts: &facts,
                    ..*case
                },
            ) == Verdict::Pass
        })
    })
}

/// The floor area that may be built until the first condition of a rule that limits it from above is at its bound, in m²;
/// less than 0 where it is beyond it, and `None` where no such bound is known.
pub fn floor_left(rule: &Rule, case: &Case<'_>) -> Option<Exact> {
    let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
    let leaves = rule
        .test
        .iter()
        .flat_map(Node::leaves)
        .filter(|leaf| leaf.relation == Relation::AtMost);
    let left = leaves.filter_map(|leaf| {
        let bound = bound_of(leaf, &subject).ok()?.number()?;
        floor_for(&leaf.measure.name, &subject, bound)
    });
    left.min()
}

/// The most scattered land that the limits of a rule leave to one application, in whole hundredths of a m² as they are
/// compared; `None` where no limit is known.
pub fn most_land(rule: &Rule, case: &Case<'_>) -> Option<Exact> {
    let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
    let leaves = rule
        .test
        .iter()
        .flat_map(Node::leaves)
        .filter(|leaf| leaf.relation == Relation::AtMost);
    let limits = leaves.filter_map(|leaf| {
        let bound = bound_of(leaf, &subject).ok()?.number()?;
        let most = |limit| Mode::of(subject.choice("mode")).most_land(limit);
        land_for(&leaf.measure.name, &subject, bound, most)
    });
    limits.min()
}

/// How many times what is built counts for the plot ratio; `None` where nothing is built or nobody says.
fn times_counted(facts: &Facts) -> Option<Exact> {
    let number = |name| facts.one.figure(name).and_then(Figure::number);
    let (built, far) = (number("upgrade.built_m2")?, number("upgrade.far_built_m2")?);
    if built == Exact::ZERO || far == Exact::ZERO {
        return None;
    }
    far.over(built)
}

/// The facts with another value of one, and what else is another then: of floor area that is built as much counts as of what
/// was to be built before, to a hundredth that is no help in reaching a bound.
type Varied = (Facts, Option<(&'static str, Exact)>);

fn varied(facts: &Facts, name: &'static str, value: Exact, towards: Relation) -> Option<Varied> {
    let mut facts = facts.clone();
    let old = facts.one.figure(name).cloned();
    let unit = old.as_ref().and_then(Figure::unit).unwrap_or(Unit::Floor);
    let counted = "upgrade.far_built_m2";
    let far = facts.one.figure(counted).and_then(Figure::number);
    let with = match far.filter(|_| name == "upgrade.built_m2") {
        Some(far) => {
            let far = match times_counted(&facts) {
                Some(times) if towards == Relation::AtMost => value.times(times)?.ceil_to(2)?,
                Some(times) => value.times(times)?.floor_to(2)?,
                None => {
                    let old = old.as_ref().and_then(Figure::number)?;
                    far.plus(value.minus(old)?)?.max(Exact::ZERO)
                }
            };
            facts.one.set(counted, Figure::Number(far, unit));
            Some((counted, far))
        }
        None => None,
    };
    facts.one.set(name, Figure::Number(value, unit));
    Some((facts, with))
}

fn without_one(rule: &Rule, case: &Case<'_>, list: &str) -> Vec<Change> {
    let Some((list, records)) = case.facts.lists.get_key_value(list) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    // of more records than an application has, leaving out one is no advice
    let worth_trying = (2..=MOST_RECORDS).contains(&records.len());
    for at in (0..records.len()).filter(|_| worth_trying) {
        let mut facts = case.facts.clone();
        if let Some(records) = facts.lists.get_mut(list) {
            records.remove(at);
        }
        let with_others = Case {
            facts: &facts,
            ..*case
        };
        if verdict_alone(rule, &with_others) == Verdict::Pass {
            changes.push(Change::Without {
                list: (*list).to_owned(),
                record: name_of(records, list, at),
            });
        }
    }
    changes
}

/// The id of a record where no other has it, else its place.
fn name_of(records: &[Record], list: &str, at: usize) -> String {
    let id = format!("{list}.id");
    let own = records[at].figure(&id);
    let same = records.iter().filter(|record| record.figure(&id) == own);
    match own {
        Some(Figure::Word(id)) if same.count() == 1 => id.to_string(),
        _ => format!("#{}", at + 1),
    }
}
