//! A city twice as large has the same plot ratios and densities.

use plotratio::law::facts::{Facts, Record};
use plotratio::quantity::{Exact, Figure, Unit};

use super::{Dice, choices, findings, made, on_taizhou};

/// The rules whose bounds are ratios, once the cap of 10 亩 is out of the way.
const RULES: [&str; 4] = [
    "scattered-land",
    "plot-ratio-within-plan",
    "density-within-plan",
    "fee-exemption",
];

fn scaled(record: &Record, times: i64) -> Record {
    let times = |number: Exact| number.times(Exact::int(times)).unwrap();
    let mut new = Record::default();
    for name in record.names() {
        match record.figure(name) {
            Some(Figure::Number(number, unit @ (Unit::Land | Unit::Floor))) => {
                new.set(name, Figure::Number(times(*number), *unit));
            }
            Some(figure) => new.set(name, figure.clone()),
            None => {
                let series = record.series(name).unwrap().iter();
                new.set_series(
                    name,
                    series.map(|(at, floor)| (*at, times(*floor))).collect(),
                );
            }
        }
    }
    new
}

#[test]
fn scaling_every_area_leaves_the_verdicts_on_ratios() {
    let pack = on_taizhou(
        "[[amend]]\nrule = \"scattered-land\"\narticle = \"二（五）\"\nquote = \"不超过10亩\"\nmeasure = \"scattered_area\"\nat_most = \"1000000000 亩\"\n",
    );
    let mut seen = Vec::new();
    for seed in 0..300 {
        let mut dice = Dice::new(seed);
        let facts = made::upgrade(&mut dice);
        let choices = choices(&mut dice, &pack);
        let times = dice.number(2, 999);
        let mut larger = Facts {
            one: scaled(&facts.one, times),
            ..facts.clone()
        };
        for records in larger.lists.values_mut() {
            *records = records.iter().map(|record| scaled(record, times)).collect();
        }
        let small = findings(&facts, &pack, "upgrade", &choices);
        let large = findings(&larger, &pack, "upgrade", &choices);
        for (small, large) in small.iter().zip(&large) {
            if RULES.contains(&small.rule.as_str()) {
                assert_eq!(
                    small.verdict, large.verdict,
                    "seed {seed}, {times} times {}",
                    small.rule
                );
                seen.push((small.rule.clone(), small.verdict.name()));
            }
        }
    }
    for rule in RULES {
        for verdict in ["pass", "fail", "unknown"] {
            assert!(
                seen.contains(&(rule.to_owned(), verdict)),
                "no {verdict} of {rule}"
            );
        }
    }
}
