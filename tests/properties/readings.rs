//! What a finding says of another reading is what judging by that reading says.

use plotratio::law::judge::OtherReading;

use super::{Dice, choices, findings, made, taizhou};

#[test]
fn a_verdict_listed_for_a_reading_is_that_of_judging_by_it() {
    let pack = taizhou();
    let (mut listed, mut differ) = (0, 0);
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let made = [
            ("upgrade", made::upgrade(&mut dice)),
            ("split", made::split(&mut dice)),
            ("merge", made::merge(&mut dice)),
        ];
        for (kind, facts) in made {
            let own = choices(&mut dice, &pack);
            for (at, finding) in findings(&facts, &pack, kind, &own).iter().enumerate() {
                // what is assumed is no reading of the law that can be chosen
                let of_law = |other: &&OtherReading| other.assumed.is_empty();
                for other in finding.readings.iter().filter(of_law) {
                    let (name, choice) = other.reading.split_once('=').unwrap();
                    let mut chosen = own.clone();
                    chosen.retain(|(have, _)| have != name);
                    chosen.push((name.to_owned(), choice.to_owned()));
                    let judged = &findings(&facts, &pack, kind, &chosen)[at];
                    assert_eq!(
                        judged.verdict, other.verdict,
                        "seed {seed}, {}, {}",
                        finding.rule, other.reading
                    );
                    for amount in &judged.amounts {
                        let expected = other.amounts.iter().chain(&finding.amounts);
                        let expected = expected.into_iter().find(|have| have.name == amount.name);
                        assert_eq!(
                            Some(&amount.value),
                            expected.map(|have| &have.value),
                            "seed {seed}, {}, {}",
                            finding.rule,
                            other.reading
                        );
                    }
                    listed += 1;
                    differ += usize::from(finding.verdict != other.verdict);
                }
            }
        }
    }
    assert!(listed > 1_000 && differ > 50, "{differ} of {listed} differ");
}

#[test]
fn no_reading_that_is_not_listed_changes_a_verdict() {
    let pack = taizhou();
    for seed in 0..60 {
        let mut dice = Dice::new(seed);
        let made = [
            ("upgrade", made::upgrade(&mut dice)),
            ("split", made::split(&mut dice)),
            ("merge", made::merge(&mut dice)),
        ];
        for (kind, facts) in made {
            let plain = findings(&facts, &pack, kind, &[]);
            for reading in &pack.readings {
                let choice = dice.one_of(&reading.choices).clone();
                let chosen = [(reading.name.clone(), choice)];
                let read = findings(&facts, &pack, kind, &chosen);
                for (plain, read) in plain.iter().zip(&read) {
                    let prefix = format!("{}=", reading.name);
                    let listed = plain
                        .readings
                        .iter()
                        .any(|other| other.reading.starts_with(&prefix));
                    let same = plain.verdict == read.verdict && plain.amounts == read.amounts;
                    assert!(listed || same, "seed {seed}, {}: {chosen:?}", plain.rule);
                }
            }
        }
    }
}
