//! A rule on a case → its verdict alone: no condition is kept, and what cannot change the verdict is not looked at.

use super::compare::{Mode, compare};
use super::evaluate::{bound_of, is_sure, weighed};
use super::rule::plainly;
use super::{Case, Verdict};
use crate::law::measures::{Subject, take};
use crate::law::pack::{Leaf, Node, Rule};
use crate::quantity::Figure;

/// The verdict of one rule on one case, and nothing else of it.
pub fn verdict_alone(rule: &Rule, case: &Case<'_>) -> Verdict {
    let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
    // of a rule without a test the amounts decide
    let Some(test) = &rule.test else {
        return plainly(rule, case, case.choices).verdict;
    };
    match rule.when.as_ref().map(|when| told(when, &subject)) {
        Some(Verdict::Fail) => return Verdict::NotApplicable,
        Some(Verdict::Unknown) => return Verdict::Unknown,
        _ => {}
    }
    let verdict = if rule.classifies {
        let suspect = rule.suspect.as_ref();
        falls_under(told(test, &subject), || Some(told(suspect?, &subject)))
    } else {
        told(test, &subject)
    };
    match verdict {
        Verdict::Fail if rule.soft => Verdict::Discretionary,
        // what it gives may turn out to be nothing, or unknown
        Verdict::Pass if !rule.amounts.is_empty() => plainly(rule, case, case.choices).verdict,
        verdict => verdict,
    }
}

/// Whether a rule does not speak of a case by what it applies to.
pub(super) fn is_about_others(rule: &Rule, case: &Case<'_>) -> bool {
    let Some(when) = rule.when.as_ref().filter(|_| rule.test.is_some()) else {
        return false;
    };
    let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
    told(when, &subject) == Verdict::Fail
}

/// What the test of a rule that classifies, and its second test, come to.
fn falls_under(test: Verdict, suspect: impl Fn() -> Option<Verdict>) -> Verdict {
    match test {
        Verdict::Pass => Verdict::Fail,
        Verdict::Unknown | Verdict::Discretionary => test,
        Verdict::Fail | Verdict::NotApplicable => match (test, suspect()) {
            (Verdict::Fail, Some(Verdict::Unknown)) => Verdict::Unknown,
            (_, Some(Verdict::Pass | Verdict::Discretionary)) => Verdict::Discretionary,
            (Verdict::Fail, _) => Verdict::Pass,
            _ => Verdict::NotApplicable,
        },
    }
}

/// The verdict of a tree.
pub(super) fn told(node: &Node, subject: &Subject<'_>) -> Verdict {
    let each = |node: &Node| told(node, subject);
    match node {
        Node::All(nodes) => Verdict::all(nodes.iter().map(each)),
        Node::Any(nodes) => Verdict::any(nodes.iter().map(each)),
        Node::Given(nodes) => given(nodes, subject),
        Node::If {
            condition,
            then,
            otherwise,
        } => match each(condition) {
            Verdict::Pass | Verdict::Discretionary => each(then),
            Verdict::Fail | Verdict::NotApplicable => each(otherwise),
            Verdict::Unknown => {
                let then = each(then);
                if then != Verdict::Unknown && each(otherwise) == then {
                    then
                } else {
                    Verdict::Unknown
                }
            }
        },
        Node::Choose { reading, among } => {
            let choice = subject.choice(reading);
            let chosen = among.iter().find(|(name, _)| name == choice);
            chosen.map_or(Verdict::Unknown, |(_, node)| each(node))
        }
        Node::Leaf(leaf) => {
            bound_of(leaf, subject).map_or(Verdict::Unknown, |bound| of_leaf(leaf, &bound, subject))
        }
    }
}

/// Those whose limit is known must hold; where none is known, so is nothing.
fn given(nodes: &[Node], subject: &Subject<'_>) -> Verdict {
    let each = nodes.iter().map(|node| match node {
        Node::Leaf(leaf) => bound_of(leaf, subject).map_or(Verdict::NotApplicable, |bound| {
            of_leaf(leaf, &bound, subject)
        }),
        node => told(node, subject),
    });
    match Verdict::all(each) {
        Verdict::NotApplicable => Verdict::Unknown,
        verdict => verdict,
    }
}

fn of_leaf(leaf: &Leaf, bound: &Figure, subject: &Subject<'_>) -> Verdict {
    let Ok(found) = take(&leaf.measure, subject) else {
        return Verdict::Unknown;
    };
    let mode = Mode::of(subject.choice("mode"));
    let Some(compared) = compare(&found.figure, leaf.relation, bound, mode) else {
        return Verdict::Unknown;
    };
    let open = found.open.as_ref();
    if open.is_some_and(|(side, _)| !is_sure(*side, leaf, compared.holds, bound, mode)) {
        return Verdict::Unknown;
    }
    weighed(leaf, compared.holds)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::HashSet;

    use jiff::civil::date;
    use proptest::prelude::*;
    use proptest::test_runner::TestRunner;

    use super::*;
    use crate::law::facts::{FactKind, Facts, Given, Record, accept, fact, facts};
    use crate::law::measures::Catalogue;
    use crate::law::pack::Pack;

    /// Something that a fact of a kind can hold; `pick` says what.
    fn given(kind: FactKind, pick: u32) -> Given {
        let number = [0, 1, 2, 3, 5, 20, 300, 6666, 6667, 30_000][pick as usize % 10];
        match kind {
            FactKind::Truth => Given::Truth(pick.is_multiple_of(2)),
            FactKind::Day | FactKind::DayOrNo => Given::Day(date(2015 + (pick % 9) as i16, 6, 1)),
            FactKind::Word(words) => Given::Text(words[pick as usize % words.len()].0.to_owned()),
            FactKind::Use => {
                Given::Text(["industrial", "residential", "工业用地"][pick as usize % 3].to_owned())
            }
            FactKind::RightType | FactKind::RightNature => {
                Given::Text(["102", "出让", "3"][pick as usize % 3].to_owned())
            }
            FactKind::Share => Given::Text(format!("{} %", pick % 101)),
            FactKind::PlotRatio => Given::Number(format!("{}.{}", pick % 4, pick % 10)),
            FactKind::Text => Given::Text(format!("{}", 1000 + pick % 4000)),
            FactKind::Texts => Given::List(vec![Given::Text(format!("{}", pick % 5))]),
            FactKind::WanPerMuByYear | FactKind::FloorByStorey => Given::Table(vec![(
                (2019 + pick % 3).to_string(),
                Given::Number("9".into()),
            )]),
            _ => Given::Number(number.to_string()),
        }
    }

    fn case_of(picks: &[(usize, u32)], pieces: &[u32]) -> Facts {
        let mut found = Facts::default();
        // what rules ask first is known, so that they get any further
        let known = [
            ("site.land_use", 0),
            ("site.area_m2", 9),
            ("site.floor_area_m2", 9),
        ];
        let known = known.map(|(name, pick)| (fact(name).unwrap(), pick));
        let picked = picks
            .iter()
            .map(|(at, pick)| (&facts()[at % facts().len()], *pick));
        for (fact, pick) in known.into_iter().chain(picked) {
            let _ = accept(
                fact.name,
                fact.kind,
                &given(fact.kind, pick),
                &mut found.one,
            );
        }
        for table in crate::law::facts::LISTS {
            let record = |pick: &u32| {
                let mut record = Record::default();
                let of_table = facts().iter().filter(|fact| fact.name.starts_with(table));
                for (number, fact) in (0..).zip(of_table) {
                    if !(pick >> (number % 20)).is_multiple_of(3) {
                        let given = given(fact.kind, pick.wrapping_add(number));
                        let _ = accept(fact.name, fact.kind, &given, &mut record);
                    }
                }
                record
            };
            if !pieces.is_empty() {
                found
                    .lists
                    .insert(table, pieces.iter().map(record).collect());
            }
        }
        found
    }

    #[test]
    fn alone_it_is_what_it_is_with_all_that_it_rests_on() {
        let packs = [
            "taizhou-2021",
            "zhejiang-2025",
            "guangdong-2009",
            "nanning",
            "national",
        ];
        let packs = packs.map(|name| Pack::load(name, &Catalogue).unwrap());
        let chosen = prop::collection::vec((any::<usize>(), any::<u32>()), 0..160);
        let pieces = prop::collection::vec(any::<u32>(), 0..4);
        let seen = RefCell::new(HashSet::new());
        let test = |(picks, pieces, year): (Vec<(usize, u32)>, Vec<u32>, i16)| {
            let facts = case_of(&picks, &pieces);
            for pack in &packs {
                let as_of = date(year, 6, 1);
                let case = Case {
                    facts: &facts,
                    pack,
                    choices: &[],
                    as_of,
                };
                for rule in &pack.rules {
                    let whole = plainly(rule, &case, &[]).verdict;
                    prop_assert_eq!(verdict_alone(rule, &case), whole, "{}", &rule.id);
                    let other = is_about_others(rule, &case);
                    prop_assert!(!other || whole == Verdict::NotApplicable, "{}", &rule.id);
                    seen.borrow_mut().insert((whole, other));
                }
            }
            Ok(())
        };
        let mut runner = TestRunner::new(ProptestConfig::with_cases(100));
        runner.run(&(chosen, pieces, 2019_i16..2028), test).unwrap();
        // none of them was only ever unknown
        for verdict in [
            Verdict::Pass,
            Verdict::Fail,
            Verdict::Discretionary,
            Verdict::Unknown,
        ] {
            assert!(seen.borrow().contains(&(verdict, false)), "{verdict:?}");
        }
        assert!(seen.borrow().contains(&(Verdict::NotApplicable, true)));
    }
}
