//! A measure and the kinds of its rule → the facts that no case of a kind can have.

use jiff::civil::Date;

use super::Gap;
use crate::law::facts::{
    Fact, FactKind, Facts, Given, LISTS, Record, SharedEdge, accept, fact, facts,
};
use crate::law::judge::asks::{asks_of_measures, measures_of};
use crate::law::measures::{Catalogue, Subject, Why, measure_named, series, take};
use crate::law::pack::{MeasureName, Pack, Rule, Sort, Vocabulary};
use crate::quantity::{Exact, Figure};

/// The tables of facts that a case of each kind has.
pub const TABLES_OF_KINDS: [(&str, &[&str]); 9] = [
    (
        "upgrade",
        &[
            "site",
            "upgrade",
            "scattered",
            "plan",
            "building",
            "enterprise",
            "investment",
            "approval",
        ],
    ),
    (
        "split",
        &["site", "lot", "transferee", "approval", "cut_buildings"],
    ),
    (
        "merge",
        &["parcel", "transferee", "approval", "shared_edges"],
    ),
    ("transfer", &["site", "transferee", "investment"]),
    ("investment", &["enterprise", "investment"]),
    ("parcel", &["site", "plan", "building"]),
    // 二（十四） asks whether the city is one that is to develop rental housing, which a county knows
    ("enterprise", &["enterprise", "site", "county"]),
    ("grant", &["grant"]),
    ("county", &["county"]),
];

/// Measures of a rule that stay unknown in every case of a kind, however much is given.
pub(super) fn never_given(rule: &Rule, pack: &Pack) -> Vec<Gap> {
    let mut gaps = Vec::new();
    for kind in &rule.kinds {
        let Some((_, tables)) = TABLES_OF_KINDS.iter().find(|(have, _)| have == kind) else {
            continue;
        };
        for name in measures_of(rule) {
            if let Some(missing) = lacking(name, tables, pack) {
                gaps.push(Gap::NeverGiven {
                    rule: rule.id.clone(),
                    kind: kind.clone(),
                    measure: name.to_owned(),
                    missing,
                });
            }
        }
    }
    gaps
}

/// The facts for want of which a measure is unknown in every case that has these tables; `None` when it can be known.
fn lacking(name: &str, tables: &[&str], pack: &Pack) -> Option<Vec<String>> {
    let (place, sort) = Catalogue.measure(name)?;
    let measure = MeasureName {
        name: name.into(),
        place,
    };
    let mut missing = Vec::new();
    for facts in full_cases(tables) {
        for choices in choices_of(name, pack) {
            let subject = Subject::new(&facts, pack, &choices, DAY);
            let lack = match sort {
                Sort::Series => series(&measure, &subject).err(),
                // what can only be bounded is never known either
                _ => match take(&measure, &subject) {
                    Ok(found) => found.open.map(|(_, lack)| lack),
                    Err(lack) => Some(lack),
                },
            };
            let lack = lack.filter(|lack| lack.why == Why::NotGiven)?;
            // a table that the pack does not have is a gap of its own, and an odd code of the made case is none
            let of_case: Vec<String> = asks_of_measures([name].into_iter())
                .facts
                .iter()
                .filter(|fact| lack.missing.iter().any(|missing| missing == fact.name))
                .filter(|fact| !tables.contains(&table_of(fact.name)))
                .map(|fact| fact.name.to_owned())
                .chain(
                    lack.missing
                        .iter()
                        .filter(|name| is_list(name) && !tables.contains(&name.as_str()))
                        .cloned(),
                )
                .collect();
            if of_case.is_empty() {
                return None;
            }
            if missing.is_empty() {
                missing = of_case;
            }
        }
    }
    (!missing.is_empty()).then_some(missing)
}

fn is_list(name: &str) -> bool {
    LISTS.contains(&name) || name == "shared_edges"
}

/// The table of a fact; a fact at the top is its own.
fn table_of(name: &str) -> &str {
    name.split_once('.').map_or(name, |(table, _)| table)
}

/// The readings of the pack, and every other one of the measure, one at a time.
fn choices_of(name: &str, pack: &Pack) -> Vec<Vec<(String, String)>> {
    let readings = measure_named(name).map_or(&[][..], |measure| measure.readings);
    let known = readings.iter().filter_map(|name| pack.reading(name));
    let each = known.flat_map(|reading| {
        let choice = |choice: &String| vec![(reading.name.clone(), choice.clone())];
        reading.choices.iter().map(choice)
    });
    std::iter::once(Vec::new()).chain(each).collect()
}

const DAY: Date = Date::constant(2022, 6, 1);

/// Cases that have everything in their tables: every yes-or-no the one way and the other.
fn full_cases(tables: &[&str]) -> [Facts; 2] {
    [true, false].map(|truth| {
        let mut case = Facts::default();
        for fact in facts()
            .iter()
            .filter(|fact| tables.contains(&table_of(fact.name)))
        {
            let table = table_of(fact.name);
            match LISTS.iter().find(|list| **list == table) {
                Some(list) => {
                    let records = case.lists.entry(*list).or_default();
                    records.resize_with(2, Record::default);
                    for record in records {
                        give(fact, truth, record);
                    }
                }
                None => give(fact, truth, &mut case.one),
            }
        }
        if tables.contains(&"shared_edges") {
            case.shared_edges = Some(vec![SharedEdge {
                between: (0, 1),
                length_m: Exact::ONE,
                gap_m: Exact::ZERO,
            }]);
        }
        case
    })
}

/// Gives a fact some value.
fn give(fact: &Fact, truth: bool, record: &mut Record) {
    let figure = match fact.kind {
        FactKind::Truth => Figure::Truth(truth),
        FactKind::Day | FactKind::DayOrNo => Figure::Day(DAY),
        FactKind::Word(words) => Figure::Word(words.first().map_or("", |(word, _)| word).into()),
        FactKind::Use => Figure::Word("industrial".into()),
        FactKind::RightType | FactKind::RightNature | FactKind::Text => Figure::Word("13".into()),
        FactKind::Texts => Figure::Words(vec!["13".into()]),
        FactKind::WanPerMuByYear => {
            return record.set_series(fact.name, vec![(2020, Exact::ONE), (2021, Exact::ONE)]);
        }
        FactKind::FloorByStorey => return record.set_series(fact.name, vec![(4, Exact::ONE)]),
        _ => match Catalogue.measure(fact.name) {
            Some((_, Sort::Number(unit))) => Figure::Number(Exact::ONE, unit),
            _ => return,
        },
    };
    record.set(fact.name, figure);
}

/// Whether a measure or fact can be this word.
pub(super) fn can_be(measure: &str, word: &str) -> bool {
    let of = match measure {
        "class_guard" => return ["A", "not_D", "none"].contains(&word),
        "evaluation_class" => "enterprise.evaluation_class",
        "transferee_class" => "transferee.evaluation_class",
        name => name,
    };
    let Some(fact) = fact(of).filter(|fact| fact.kind != FactKind::Texts) else {
        return true;
    };
    let mut record = Record::default();
    let taken = accept(
        fact.name,
        fact.kind,
        &Given::Text(word.to_owned()),
        &mut record,
    );
    taken.is_ok() && record.figure(fact.name) == Some(&Figure::Word(word.into()))
}
