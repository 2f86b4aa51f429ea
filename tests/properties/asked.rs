//! What a rule says it may ask for is all that can be missing to it, and nothing more.

use std::collections::BTreeSet;

use plotratio::law::facts::{FactKind, Facts, LISTS, Record, facts};
use plotratio::law::judge::{Asks, Case, asks_of, judge_rule};
use plotratio::law::measures::{Catalogue, Subject, measures};
use plotratio::law::pack::{Pack, Sort, Table, Vocabulary};
use plotratio::quantity::{Exact, Figure};

use super::{Dice, choices, made};

/// A name of what is missing without its place in a list, its year, its row.
pub fn plain(name: &str) -> String {
    let name = name.split(", row").next().unwrap();
    let number = |part: &&str| part.parse::<i64>().is_err();
    name.split('.').filter(number).collect::<Vec<_>>().join(".")
}

/// Everything of all kinds that there is, of any value, each given so many times in a hundred.
pub fn anything(dice: &mut Dice, given: i64) -> Facts {
    let mut case = Facts::default();
    let upgrade = dice.percent(70);
    for list in LISTS
        .iter()
        .filter(|_| dice.percent(80))
        .collect::<Vec<_>>()
    {
        let count = dice.place(3);
        case.lists
            .entry(list)
            .or_default()
            .resize_with(count, Record::default);
    }
    for fact in facts() {
        let table = fact.name.split('.').next().unwrap();
        if let Some(records) = case.lists.get_mut(table) {
            for record in records {
                give(fact.name, fact.kind, dice, given, record);
            }
        } else if !LISTS.contains(&table) && (upgrade || table != "upgrade") {
            give(fact.name, fact.kind, dice, given, &mut case.one);
        }
    }
    if dice.percent(given) {
        case.shared_edges = made::merge(dice).shared_edges;
    }
    case
}

fn give(name: &'static str, kind: FactKind, dice: &mut Dice, given: i64, record: &mut Record) {
    if !dice.percent(given) {
        return;
    }
    let day = || made::AS_OF.checked_sub(jiff::ToSpan::months(5)).unwrap();
    let figure = match kind {
        FactKind::Truth => Figure::Truth(dice.percent(50)),
        FactKind::DayOrNo if dice.percent(50) => Figure::Truth(false),
        FactKind::Day | FactKind::DayOrNo => Figure::Day(day()),
        FactKind::Word(words) => Figure::Word(dice.one_of(words).0.into()),
        FactKind::Use => Figure::Word((*dice.one_of(&["industrial", "residential"])).into()),
        FactKind::RightType | FactKind::RightNature => {
            Figure::Word((*dice.one_of(&["3", "5"])).into())
        }
        FactKind::Text => Figure::Word((*dice.one_of(&["3011", "29", "99"])).into()),
        FactKind::Texts => Figure::Words(vec!["小巨人".into()]),
        FactKind::WanPerMuByYear | FactKind::FloorByStorey => {
            let all = [(2, 10), (4, 20), (2019, 5), (2020, 9), (2021, 9)];
            let kept = all.iter().filter(|_| dice.percent(60));
            let series = kept.map(|(at, number)| (*at, Exact::int(*number)));
            return record.set_series(name, series.collect());
        }
        _ => {
            let Some((_, Sort::Number(unit))) = Catalogue.measure(name) else {
                panic!("{name} is no number");
            };
            let number = *dice.one_of(&[0, 1, 1, 2, 900, 30_000]);
            Figure::Number(Exact::int(number), unit)
        }
    };
    record.set(name, figure);
}

/// The names of everything that is asked for, as they are in what is missing.
fn names(asks: &Asks) -> BTreeSet<String> {
    let facts = asks.facts.iter().map(|fact| fact.name.to_owned());
    let lists = asks.lists.iter().map(|list| (*list).to_owned());
    let tables = asks.tables.iter().map(|table| format!("table {table}"));
    let parameters = asks
        .parameters
        .iter()
        .map(|name| format!("parameter {name}"));
    facts.chain(lists).chain(tables).chain(parameters).collect()
}

/// The pack as it is, without any of its tables and numbers, and with every table that it lacks.
fn packs(id: &str) -> [Pack; 3] {
    let pack = Pack::load(id, &Catalogue).unwrap();
    let (mut bare, mut full) = (pack.clone(), pack.clone());
    bare.tables.clear();
    bare.parameters.clear();
    for name in Catalogue.tables() {
        let rows = ["all", "production", "supporting"].map(|row| (row.to_owned(), Exact::ONE));
        let title = String::new();
        let table = Table {
            title,
            rows: rows.into(),
        };
        full.tables.entry(name.0.to_owned()).or_insert(table);
    }
    [pack, bare, full]
}

#[test]
fn nothing_is_missing_that_a_rule_does_not_say_it_may_ask_for() {
    let mut named = BTreeSet::new();
    for id in Pack::known() {
        for pack in packs(id) {
            for rule in &pack.rules {
                let asks = names(&asks_of(rule));
                for seed in 0..60 {
                    let mut dice = Dice::new(seed);
                    let given = *dice.one_of(&[20, 70, 95]);
                    let facts = anything(&mut dice, given);
                    let choices = choices(&mut dice, &pack);
                    let case = Case {
                        facts: &facts,
                        pack: &pack,
                        choices: &choices,
                        as_of: made::AS_OF,
                    };
                    let finding = judge_rule(rule, &case);
                    for missing in finding.missing.iter().map(|name| plain(name)) {
                        assert!(
                            asks.contains(&missing),
                            "seed {seed}: {} misses {missing}, and says only {asks:?}",
                            rule.id
                        );
                        named.insert(missing);
                    }
                }
            }
        }
    }
    assert!(named.len() > 80, "{} names were ever missing", named.len());
}

#[test]
fn what_a_measure_says_it_may_ask_for_is_what_it_asks_for() {
    let packs = packs("taizhou-2021");
    for measure in measures() {
        let says: BTreeSet<String> = measure
            .asks
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect();
        let mut asked = BTreeSet::new();
        for seed in 0..1_500 {
            let mut dice = Dice::new(seed);
            let given = *dice.one_of(&[40, 80, 95]);
            let facts = anything(&mut dice, given);
            let pack = dice.one_of(&packs);
            let mut choices = choices(&mut dice, pack);
            for name in measure.readings {
                let reading = pack.reading(name).unwrap();
                choices.retain(|(have, _)| have != name);
                choices.push(((*name).to_owned(), dice.one_of(&reading.choices).clone()));
            }
            let subject = Subject::new(&facts, pack, &choices, made::AS_OF).keeping_asked();
            let missing = (measure.of)(&subject)
                .err()
                .map(|lack| lack.missing)
                .unwrap_or_default();
            asked.extend(missing.iter().map(|name| plain(name)));
            asked.extend(subject.take_asked().into_iter().map(str::to_owned));
        }
        // a list that may be empty, tables and numbers that are there, and what stands in for something leave no trace
        let traceless = |name: &String| {
            LISTS.contains(&name.as_str())
                || name.starts_with("table ")
                || name.starts_with("parameter ")
                || name == "shared_edges"
        };
        assert!(
            asked.is_subset(&says),
            "{} asks for {:?} too",
            measure.name,
            asked.difference(&says)
        );
        let never: Vec<_> = says
            .difference(&asked)
            .filter(|name| !traceless(name))
            .collect();
        assert!(
            never.is_empty(),
            "{} never asks for {never:?}",
            measure.name
        );
    }
}
