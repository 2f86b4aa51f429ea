//! Knowing less never turns an unknown into a pass, nor anything else.

use std::collections::BTreeSet;

use plotratio::law::facts::Facts;
use plotratio::law::judge::{Finding, TABLES_OF_KINDS, Verdict};
use plotratio::law::measures::Why;

use super::asked::anything;
use super::{Dice, choices, findings, made, rebuilt, taizhou};

/// The facts without one of them, in every way, each with its name.
fn without_one(facts: &Facts) -> Vec<(String, Facts)> {
    let mut all = Vec::new();
    let names = |record: &plotratio::law::facts::Record| record.names().collect::<Vec<_>>();
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
                        before.verdict != Verdict::Unknown
                            || after.verdict != Verdict::Pass
                            || is_contradicted(before),
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

/// Facts that cannot all be so contradict each other until one of them is gone.
fn is_contradicted(finding: &Finding) -> bool {
    let mut conditions = finding.conditions.iter();
    conditions.any(|condition| condition.why == Some(Why::Contradiction))
}

/// The facts of the tables that a kind of case has.
fn of_kind(facts: &Facts, tables: &[&str]) -> Facts {
    let has = |name: &str| tables.contains(&name.split('.').next().unwrap());
    let names: Vec<_> = facts.one.names().filter(|name| has(name)).collect();
    let lists = facts.lists.iter().filter(|(list, _)| has(list));
    Facts {
        one: rebuilt(&facts.one, &names),
        lists: lists.map(|(list, of)| (*list, of.clone())).collect(),
        shared_edges: facts.shared_edges.clone().filter(|_| has("shared_edges")),
    }
}

/// What without a fact is another case, and not the same less well known: the limits that a plan gives are those that are
/// judged; where a counted floor area is missing plain floor is taken throughout; what listed buildings cover stands beside
/// a footprint, a length beside a yes-or-no, a lot that is completed beside its buildings; land of offices that is not told
/// apart is apportioned by floor area; lots that are more than their site contradict it until one of both is gone, and so
/// does a firm that is said to be 四无 and the four that it is made of; a project of which no earlier year is told is one of
/// a single year, of which nothing was paid before; a project that nobody calls a key one lifts no class, one of which no day is
/// told is judged as while it is built, and what no department refuses is for a person to confirm.
fn stands_for_itself(rule: &str, fact: &str) -> bool {
    let of = |prefix: &str| fact.starts_with(prefix);
    // whether the lots leave another one over is known by areas alone
    let of_lots = [
        "split-lot-count",
        "split-completed",
        "split-whole-buildings",
        "split-supporting-facilities",
    ];
    let counted = of("site.far_") || of("upgrade.far_") || of("building.");
    let twice = of("scattered.shared_m")
        || of("site.footprint_m2")
        || (rule == "split-completed" && of("lot.buildings"))
        || (of_lots.contains(&rule) && (of("lot.area_m2") || of("site.area_m2")));
    let earlier = rule == "renovation-subsidy"
        && (of("investment.subsidy_paid") || of("investment.equipment_earlier"));
    let contradicted = rule == "four-without-enterprise";
    let apportioned = rule == "supporting-facilities-national" && of("site.supporting_land_m2");
    let project = [
        "investment.key_project",
        "investment.total_wan",
        "transferee.key_project",
        "transferee.project_total_wan",
    ];
    let by_class = [
        "renovation-subsidy",
        "leased-plant-subsidy",
        "vertical-industry-subsidy",
        "transferee-class",
        "supporting-facilities-share",
    ];
    let is_project = (by_class.contains(&rule) && project.contains(&fact))
        || (rule == "investment-class-guard"
            && (of("investment.started") || of("investment.completed")));
    let refused = rule == "vertical-industry-subsidy" && of("approval.");
    !(of("plan.")
        || is_project
        || refused
        || counted
        || twice
        || apportioned
        || earlier
        || contradicted)
}

#[test]
fn removing_a_fact_never_turns_anything_into_a_pass() {
    let pack = taizhou();
    let (mut turned, mut passes) = (BTreeSet::new(), 0);
    for seed in 0..150 {
        let mut dice = Dice::new(seed);
        let choices = choices(&mut dice, &pack);
        let anything = anything(&mut dice, 90);
        let made = [
            ("upgrade", made::upgrade(&mut dice)),
            ("split", made::split(&mut dice)),
            ("merge", made::merge(&mut dice)),
        ];
        let any = TABLES_OF_KINDS
            .iter()
            .map(|(kind, tables)| (*kind, of_kind(&anything, tables)));
        for (kind, facts) in made.into_iter().chain(any) {
            let before = findings(&facts, &pack, kind, &choices);
            passes += before
                .iter()
                .filter(|finding| finding.verdict == Verdict::Pass)
                .count();
            for (name, less) in without_one(&facts) {
                let after = findings(&less, &pack, kind, &choices);
                let pairs = before.iter().zip(&after);
                let turn = pairs.filter(|(before, after)| {
                    before.verdict != Verdict::Pass && after.verdict == Verdict::Pass
                });
                let turn = turn.filter(|(before, _)| {
                    stands_for_itself(&before.rule, &name) && !is_contradicted(before)
                });
                turned.extend(turn.map(|(before, _)| {
                    let name = name.split(' ').next().unwrap();
                    format!(
                        "{kind} {} {} without {name}",
                        before.rule,
                        before.verdict.name()
                    )
                }));
            }
        }
    }
    assert!(turned.is_empty(), "{turned:#?}");
    assert!(passes > 2_000, "{passes} passed");
}
