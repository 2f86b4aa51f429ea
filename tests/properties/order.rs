//! The order of records and of facts says nothing.

use plotratio::law::facts::{Facts, Record, SharedEdge};
use plotratio::law::judge::Finding;

use super::{Dice, choices, findings, made, rebuilt, taizhou};

fn shuffled_record(record: &Record, dice: &mut Dice) -> Record {
    let mut names: Vec<_> = record.names().collect();
    dice.shuffle(&mut names);
    rebuilt(record, &names)
}

/// The same facts in another order; shared boundaries name the parcels by their new places, the other way round.
fn shuffled(facts: &Facts, dice: &mut Dice) -> Facts {
    let mut new = Facts {
        one: shuffled_record(&facts.one, dice),
        ..Facts::default()
    };
    new.shared_edges.clone_from(&facts.shared_edges);
    for (list, records) in &facts.lists {
        let mut places: Vec<usize> = (0..records.len()).collect();
        dice.shuffle(&mut places);
        let moved = places
            .iter()
            .map(|at| shuffled_record(&records[*at], dice))
            .collect();
        new.lists.insert(list, moved);
        let now = |was: usize| places.iter().position(|at| *at == was).unwrap();
        if let (true, Some(edges)) = (*list == "parcel", &mut new.shared_edges) {
            let turned = |edge: &SharedEdge| SharedEdge {
                between: (now(edge.between.1), now(edge.between.0)),
                ..*edge
            };
            *edges = edges.iter().map(turned).collect();
            dice.shuffle(edges);
        }
    }
    new
}

/// What of a finding does not name places in lists.
fn said(finding: &Finding) -> String {
    let missing: Vec<String> = finding
        .missing
        .iter()
        .map(|name| super::asked::plain(name))
        .collect();
    let readings: Vec<_> = finding
        .readings
        .iter()
        .map(|other| (&other.reading, other.verdict, &other.amounts))
        .collect();
    let values: Vec<_> = finding
        .conditions
        .iter()
        .map(|condition| (&condition.measure, &condition.value, condition.verdict))
        .collect();
    format!(
        "{} {:?} {:?} {:?} {missing:?} {readings:?} {values:?}",
        finding.rule, finding.verdict, finding.flags, finding.amounts
    )
}

#[test]
fn the_order_of_records_and_of_facts_says_nothing() {
    let pack = taizhou();
    for seed in 0..150 {
        let mut dice = Dice::new(seed);
        let made = [
            ("upgrade", made::upgrade(&mut dice)),
            ("split", made::split(&mut dice)),
            ("merge", made::merge(&mut dice)),
        ];
        for (kind, facts) in made {
            let choices = choices(&mut dice, &pack);
            let other = shuffled(&facts, &mut dice);
            let before = findings(&facts, &pack, kind, &choices);
            for (before, after) in before.iter().zip(findings(&other, &pack, kind, &choices)) {
                assert_eq!(said(before), said(&after), "seed {seed}, {kind}");
            }
        }
    }
}
