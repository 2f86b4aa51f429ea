//! Knowing less never turns an unknown into a pass.

use plotratio::judge::Verdict;
use plotratio::model::facts::Facts;

use super::{Dice, choices, findings, made, rebuilt, taizhou};

/// The facts without one of them, in every way, each with its name.
fn without_one(facts: &Facts) -> Vec<(String, Facts)> {
    let mut all = Vec::new();
    let names = |record: &plotratio::model::facts::Record| record.names().collect::<Vec<_>>();
    for name in names(&facts.one) {
        let mut less = facts.clone();
        less.one.forget(name);
        all.push((name.to_owned(), less));
    }
    for (list, records) in &facts.lists {
        for (at, record) in records.iter().enumerate() {
            for name in names(record) {
                let kept: Vec<_> = names(record)
                    .into_iter()
                    .filter(|have| *have != name)
                    .collect();
                let mut less = facts.clone();
                less.lists.get_mut(list).unwrap()[at] = rebuilt(record, &kept);
                all.push((format!("{name} of {at}"), less));
            }
        }
    }
    if facts.shared_edges.is_some() {
        let shared_edges = None;
        all.push((
            "shared_edges".to_owned(),
            Facts {
                shared_edges,
                ..facts.clone()
            },
        ));
    }
    all
}

#[test]
fn removing_a_fact_never_turns_an_unknown_into_a_pass() {
    let pack = taizhou();
    let mut unknown = 0;
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let made = [
            ("upgrade", made::upgrade(&mut dice)),
            ("split", made::split(&mut dice)),
            ("split", made::split(&mut dice)),
            ("merge", made::merge(&mut dice)),
        ];
        for (kind, facts) in made {
            let choices = choices(&mut dice, &pack);
            let before = findings(&facts, &pack, kind, &choices);
            unknown += before
                .iter()
                .filter(|finding| finding.verdict == Verdict::Unknown)
                .count();
            for (name, less) in without_one(&facts) {
                for (before, after) in before.iter().zip(findings(&less, &pack, kind, &choices)) {
                    assert!(
                        before.verdict != Verdict::Unknown || after.verdict != Verdict::Pass,
                        "seed {seed}, {kind}: without {name} {} passes {choices:?}, which is unknown for {:?}",
                        before.rule,
                        before.missing
                    );
                }
            }
        }
    }
    assert!(unknown > 200, "{unknown} were unknown");
}
