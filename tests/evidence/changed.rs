//! What would change a verdict does so when it is done, and a hundredth less does not.

use plotratio::law::facts::Facts;
use plotratio::law::judge::{Case, Change, Verdict, judge_rule};
use plotratio::law::pack::Pack;
use plotratio::quantity::{Exact, Figure, Unit};

use super::{fault, judged, taizhou};
use crate::properties::{Dice, choices, made};

fn cent() -> Exact {
    Exact::fraction(1, 100).unwrap()
}

fn set(facts: &mut Facts, name: &str, value: Exact) {
    let name = plotratio::law::facts::fact(name).unwrap().name;
    facts.one.set(name, Figure::Number(value, Unit::Floor));
}

/// The facts as a change says, and as it would be a hundredth short of it; the other measure moves along.
fn applied(facts: &Facts, change: &Change) -> (Facts, Option<Facts>) {
    let (mut done, mut short) = (facts.clone(), facts.clone());
    match change {
        Change::From { fact, value, with } | Change::UpTo { fact, value, with } => {
            let less = match change {
                Change::From { .. } => value.minus(cent()).unwrap(),
                _ => value.plus(cent()).unwrap(),
            };
            set(&mut done, fact, *value);
            set(&mut short, fact, less);
            if let Some((other, then)) = with {
                set(&mut done, other, *then);
                let number = |name| facts.one.figure(name).and_then(Figure::number).unwrap();
                let times = number(other)
                    .over(number(fact))
                    .filter(|times| *times > Exact::ZERO);
                let counted = match times {
                    Some(times) => less.times(times).unwrap(),
                    None => then.plus(less.minus(*value).unwrap()).unwrap(),
                };
                let counted = match change {
                    Change::From { .. } => counted.floor_to(2),
                    _ => counted.ceil_to(2),
                };
                set(&mut short, other, counted.unwrap());
            }
            // nothing less than nothing can be built
            (done, Some(short).filter(|_| less >= Exact::ZERO))
        }
        Change::Without { list, record } => {
            let records = done.lists.get_mut(list.as_str()).unwrap();
            let named = |name: &str| {
                let id = format!("{list}.id");
                let of = |record: &plotratio::law::facts::Record| {
                    record.figure(&id) == Some(&Figure::Word(name.into()))
                };
                records.iter().position(of)
            };
            let at = match record.strip_prefix('#') {
                Some(place) => place.parse::<usize>().unwrap() - 1,
                None => named(record).unwrap(),
            };
            records.remove(at);
            (done, None)
        }
    }
}

fn case<'a>(facts: &'a Facts, pack: &'a Pack, choices: &'a [(String, String)]) -> Case<'a> {
    Case {
        facts,
        pack,
        choices,
        as_of: made::AS_OF,
    }
}

/// Applies every change of every finding; how many there were.
fn tried(facts: &Facts, pack: &Pack, choices: &[(String, String)], what: &str) -> usize {
    let mut tried = 0;
    for rule in pack
        .rules
        .iter()
        .filter(|rule| rule.vary.is_some() || rule.without.is_some())
    {
        for change in judge_rule(rule, &case(facts, pack, choices)).changes {
            let (done, short) = applied(facts, &change);
            let verdict = |facts: &Facts| judge_rule(rule, &case(facts, pack, choices)).verdict;
            assert_eq!(
                verdict(&done),
                Verdict::Pass,
                "{what}, {}: {change:?}",
                rule.id
            );
            if let Some(short) = short {
                assert_ne!(
                    verdict(&short),
                    Verdict::Pass,
                    "{what}, {}: {change:?}",
                    rule.id
                );
            }
            tried += 1;
        }
    }
    tried
}

#[test]
fn every_change_holds_when_it_is_made() {
    let pack = taizhou();
    let mut changes = 0;
    for seed in 0..1500 {
        let mut dice = Dice::new(seed);
        let mut facts = made::upgrade(&mut dice);
        let choices = choices(&mut dice, &pack);
        changes += tried(
            &facts,
            &pack,
            &choices,
            &format!("seed {seed} by {choices:?}"),
        );
        // and where what is built counts twice, or in part
        let number = |facts: &Facts, name| facts.one.figure(name).and_then(Figure::number);
        if let Some(built) = number(&facts, "upgrade.built_m2") {
            let times = Exact::fraction(dice.number(10, 20), 10).unwrap();
            set(
                &mut facts,
                "upgrade.far_built_m2",
                built.times(times).unwrap(),
            );
            for (far, plain) in [
                ("site.far_floor_area_m2", "site.floor_area_m2"),
                ("upgrade.far_demolished_m2", "upgrade.demolished_m2"),
            ] {
                if let Some(plain) = number(&facts, plain) {
                    set(&mut facts, far, plain);
                }
            }
            changes += tried(
                &facts,
                &pack,
                &choices,
                &format!("seed {seed}, counted {times}"),
            );
        }
    }
    eprintln!("{changes} changes were made and judged again");
    assert!(changes > 300, "{changes}");
}

#[test]
fn floor_that_counts_twice_is_said_in_both_measures() {
    let judgement = judged(&fault("counter_far.toml"), &taizhou());
    let finding = &judgement.findings[0];
    let m2 = |number| Exact::int(number);
    assert_eq!(
        finding.changes,
        [Change::From {
            fact: "upgrade.built_m2".into(),
            value: m2(10_000),
            with: Some(("upgrade.far_built_m2", m2(20_000))),
        }]
    );
}
