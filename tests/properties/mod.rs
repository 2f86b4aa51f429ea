//! What holds of every case, tried on thousands of made ones: the same seeds, the same cases.

mod asked;
pub mod made;
mod order;
mod readings;
mod scaling;
mod tightening;
mod unknown;

use plotratio::law::facts::{Facts, Record};
use plotratio::law::judge::{Case, Finding, judge_rule};
use plotratio::law::measures::Catalogue;
use plotratio::law::pack::Pack;

/// A row of numbers that looks like chance and is the same in every run (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// The row of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `least` to `most`, both among them.
    pub fn number(&mut self, least: i64, most: i64) -> i64 {
        let many = u64::try_from(most - least + 1).unwrap();
        least + i64::try_from(self.next() % many).unwrap()
    }

    /// A place from 0 to `most`, both among them.
    pub fn place(&mut self, most: usize) -> usize {
        let many = u64::try_from(most + 1).unwrap();
        usize::try_from(self.next() % many).unwrap()
    }

    /// Whether something happens that does so many times in a hundred.
    pub fn percent(&mut self, times: i64) -> bool {
        self.number(1, 100) <= times
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, several: &'a [T]) -> &'a T {
        &several[self.place(several.len() - 1)]
    }

    /// Puts things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.place(at));
        }
    }
}

/// A choice for some readings of a pack.
pub fn choices(dice: &mut Dice, pack: &Pack) -> Vec<(String, String)> {
    let mut choices = Vec::new();
    for reading in &pack.readings {
        if dice.percent(20) {
            choices.push((reading.name.clone(), dice.one_of(&reading.choices).clone()));
        }
    }
    choices
}

pub fn taizhou() -> Pack {
    Pack::load("taizhou-2021", &Catalogue).unwrap()
}

/// A pack on top of that of Taizhou.
pub fn on_taizhou(text: &str) -> Pack {
    let head = "id = \"own\"\nname = \"own\"\nextends = \"taizhou-2021\"\neffective_from = \"2021-12-26\"\n";
    Pack::parse(&format!("{head}{text}"), "own.toml", &Catalogue).unwrap()
}

/// Every finding on made facts by the rules of one kind.
pub fn findings(
    facts: &Facts,
    pack: &Pack,
    kind: &str,
    choices: &[(String, String)],
) -> Vec<Finding> {
    let of_kind = pack
        .rules
        .iter()
        .filter(|rule| rule.kinds.iter().any(|of| of == kind));
    let case = Case {
        facts,
        pack,
        choices,
        as_of: made::AS_OF,
    };
    of_kind.map(|rule| judge_rule(rule, &case)).collect()
}

/// The same record with its facts in another order, or without one of them.
pub fn rebuilt(record: &Record, names: &[&'static str]) -> Record {
    let mut new = Record::default();
    for name in names {
        if let Some(figure) = record.figure(name) {
            new.set(name, figure.clone());
        }
        if let Some(series) = record.series(name) {
            new.set_series(name, series.to_vec());
        }
    }
    new
}
