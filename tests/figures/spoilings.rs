//! Spoilings: what is done to a city that was right.

use super::invented::{BUILDINGS, City, PARCELS, Row};
use crate::properties::Dice;

/// A way in which a city is spoilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spoiling {
    // figures
    RegisteredSlips,
    RegisteredInMu,
    RegisteredInHectares,
    RegisteredIsHalf,
    FloorAreaSlips,
    FloorAreaInWan,
    FloorAreaBlank,
    CountedInStoreysSlips,
    HeightSlips,
    StoreysSlip,
    StoreysZero,
    StoreysUnknown,
    // shapes
    RingsTurned,
    BuildingCollapsed,
    BuildingWithoutShape,
    BuildingFarOff,
    BuildingOverTheLine,
    ParcelCollapsed,
    // the same twice
    BuildingTwice,
    BuildingTwiceByAnotherName,
    BuildingSurveyedTwice,
    BuildingAndItsParts,
    BuildingRowTwice,
    ParcelRowTwice,
    // keys
    KeysInLowerCase,
    KeysInFullWidth,
    KeysWithBlanks,
    KeysOfUnits,
    KeysBlank,
    KeysOfNeighbour,
    // how numbers and days are written
    UnitsInCells,
    WordsForNumbers,
    Thousands,
    PlaceholderDates,
}

use Spoiling as S;

/// Every way that a row can be spoilt by itself.
pub const OF_ROWS: &[Spoiling] = &[
    S::RegisteredSlips,
    S::RegisteredInMu,
    S::RegisteredInHectares,
    S::RegisteredIsHalf,
    S::FloorAreaSlips,
    S::FloorAreaInWan,
    S::FloorAreaBlank,
    S::CountedInStoreysSlips,
    S::HeightSlips,
    S::StoreysSlip,
    S::StoreysZero,
    S::StoreysUnknown,
    S::RingsTurned,
    S::BuildingCollapsed,
    S::BuildingWithoutShape,
    S::BuildingFarOff,
    S::BuildingOverTheLine,
    S::ParcelCollapsed,
    S::BuildingTwice,
    S::BuildingTwiceByAnotherName,
    S::BuildingSurveyedTwice,
    S::BuildingAndItsParts,
    S::BuildingRowTwice,
    S::ParcelRowTwice,
    S::KeysInLowerCase,
    S::KeysInFullWidth,
    S::KeysWithBlanks,
    S::KeysOfUnits,
    S::KeysBlank,
    S::KeysOfNeighbour,
    S::UnitsInCells,
    S::WordsForNumbers,
    S::Thousands,
    S::PlaceholderDates,
];

fn times(row: &mut Row, columns: &[&str], name: &str, factor: f64) {
    row.rewrite(columns, name, |number| format!("{}", number * factor));
}

fn behind(row: &mut Row, columns: &[&str], name: &str, word: &str) {
    row.rewrite(columns, name, |number| format!("{number}{word}"));
}

/// The full-width form of ASCII.
fn full_width(text: &str) -> String {
    let wide = |c: char| char::from_u32(u32::from(c) + 0xfee0).unwrap();
    text.chars()
        .map(|c| if c.is_ascii_graphic() { wide(c) } else { c })
        .collect()
}

/// Some of several, and at least one where there is any.
fn some<T>(rows: &mut [T], dice: &mut Dice, mut spoil: impl FnMut(&mut T)) {
    if rows.is_empty() {
        return;
    }
    let sure = dice.place(rows.len() - 1);
    for (at, row) in rows.iter_mut().enumerate() {
        if at == sure || dice.percent(30) {
            spoil(row);
        }
    }
}

impl Spoiling {
    /// Spoils a city.
    pub fn spoil(self, city: &mut City, dice: &mut Dice) {
        let factor = *dice.one_of(&[0.001, 0.01, 0.1, 10.0, 100.0, 1000.0]);
        match self {
            S::RegisteredSlips => some(&mut city.parcels, dice, |of| {
                times(of, &PARCELS, "ZDMJ", factor);
            }),
            S::RegisteredInMu => some(&mut city.parcels, dice, |of| {
                times(of, &PARCELS, "ZDMJ", 0.0015);
            }),
            S::RegisteredInHectares => some(&mut city.parcels, dice, |of| {
                times(of, &PARCELS, "ZDMJ", 0.0001);
            }),
            S::RegisteredIsHalf => some(&mut city.parcels, dice, |of| {
                times(of, &PARCELS, "ZDMJ", 0.6);
            }),
            S::ParcelCollapsed => some(&mut city.parcels, dice, collapse),
            S::ParcelRowTwice => {
                let row = city.parcels[dice.place(city.parcels.len() - 1)].clone();
                city.parcels.push(row);
            }
            S::RingsTurned => {
                some(&mut city.parcels, dice, |of| of.ring.reverse());
                some(&mut city.buildings, dice, |of| of.ring.reverse());
            }
            S::CountedInStoreysSlips => some(&mut city.storeys, dice, |row| {
                row[2] = format!("{}", row[2].parse::<f64>().unwrap() * factor);
            }),
            S::KeysInLowerCase => Self::keys(city, dice, &str::to_lowercase),
            S::KeysInFullWidth => Self::keys(city, dice, &full_width),
            S::KeysWithBlanks => Self::keys(city, dice, &|key| format!(" {key}　")),
            S::KeysOfUnits => some(&mut city.buildings, dice, |of| {
                of.cell(&BUILDINGS, "ZDDM").push_str("F00010001");
            }),
            S::KeysBlank => some(&mut city.buildings, dice, |of| {
                of.cell(&BUILDINGS, "ZDDM").clear();
            }),
            S::KeysOfNeighbour => {
                let other = city.parcels[dice.place(city.parcels.len() - 1)].cells[0].clone();
                some(&mut city.buildings, dice, |of| {
                    other.clone_into(of.cell(&BUILDINGS, "ZDDM"));
                });
            }
            S::BuildingTwice
            | S::BuildingTwiceByAnotherName
            | S::BuildingSurveyedTwice
            | S::BuildingRowTwice
            | S::BuildingAndItsParts => {
                let mut more = Vec::new();
                some(&mut city.buildings, dice, |of| more.extend(self.again(of)));
                city.buildings.extend(more);
            }
            S::UnitsInCells => {
                some(&mut city.parcels, dice, |of| {
                    behind(of, &PARCELS, "ZDMJ", "平方米");
                });
                some(&mut city.parcels, dice, |of| {
                    of.rewrite(&PARCELS, "ZDMJ", |m2| format!("{:.6}亩", m2 * 0.0015));
                });
                some(&mut city.buildings, dice, |of| {
                    behind(of, &BUILDINGS, "DSCS", "层");
                });
                some(&mut city.buildings, dice, |of| {
                    behind(of, &BUILDINGS, "JZWGD", "米");
                });
                some(&mut city.buildings, dice, |of| {
                    behind(of, &BUILDINGS, "SCJZMJ", "㎡");
                });
            }
            S::WordsForNumbers => {
                let word = *dice.one_of(&["约6000", "3-5", "待定", "#REF!", "见附件"]);
                let column = *dice.one_of(&["DSCS", "SCJZMJ", "JZWGD"]);
                some(&mut city.buildings, dice, |of| {
                    word.clone_into(of.cell(&BUILDINGS, column));
                });
                some(&mut city.parcels, dice, |of| {
                    word.clone_into(of.cell(&PARCELS, "ZDMJ"));
                });
            }
            S::Thousands => {
                some(&mut city.parcels, dice, |of| {
                    of.rewrite(&PARCELS, "ZDMJ", grouped);
                });
                some(&mut city.buildings, dice, |of| {
                    of.rewrite(&BUILDINGS, "SCJZMJ", grouped);
                });
            }
            S::PlaceholderDates => {
                let day = *dice.one_of(&["1899-12-30", "1900-01-01", "0", "9999-12-31"]);
                some(&mut city.buildings, dice, |of| {
                    day.clone_into(of.cell(&BUILDINGS, "JGRQ"));
                });
            }
            _ => {
                let factor = *dice.one_of(&[0.01, 0.1, 10.0, 100.0]);
                some(&mut city.buildings, dice, |of| self.building(of, factor));
            }
        }
    }

    fn building(self, of: &mut Row, factor: f64) {
        match self {
            S::FloorAreaSlips => times(of, &BUILDINGS, "SCJZMJ", factor),
            S::FloorAreaInWan => times(of, &BUILDINGS, "SCJZMJ", 0.0001),
            S::FloorAreaBlank => of.cell(&BUILDINGS, "SCJZMJ").clear(),
            S::HeightSlips => times(of, &BUILDINGS, "JZWGD", factor),
            S::StoreysSlip => times(of, &BUILDINGS, "DSCS", 10.0),
            S::StoreysZero => "0".clone_into(of.cell(&BUILDINGS, "DSCS")),
            S::StoreysUnknown => {
                of.cell(&BUILDINGS, "DSCS").clear();
                of.cell(&BUILDINGS, "SCJZMJ").clear();
            }
            S::BuildingCollapsed => collapse(of),
            S::BuildingWithoutShape => of.ring.clear(),
            S::BuildingFarOff => of
                .ring
                .iter_mut()
                .take(1)
                .for_each(|corner| corner.0 += 2e6),
            S::BuildingOverTheLine => of.shift(0.0, -12.0),
            _ => unreachable!("{self:?} spoils more than buildings"),
        }
    }

    /// The rows by which a building comes once more.
    fn again(self, of: &mut Row) -> Vec<Row> {
        let mut copy = of.clone();
        match self {
            S::BuildingTwiceByAnotherName => copy.cells[0].push('X'),
            S::BuildingSurveyedTwice => {
                copy.shift(0.4, 0.3);
                times(&mut copy, &BUILDINGS, "SCJZMJ", 1.02);
            }
            S::BuildingAndItsParts if of.ring.is_empty() => return Vec::new(),
            S::BuildingAndItsParts => {
                let middle = f64::midpoint(of.ring[0].0, of.ring[1].0);
                let (mut left, mut right) = (copy.clone(), copy);
                (left.ring[1].0, left.ring[2].0) = (middle, middle);
                (right.ring[0].0, right.ring[3].0) = (middle, middle);
                for (part, name) in [(&mut left, "-1"), (&mut right, "-2")] {
                    part.cells[0].push_str(name);
                    times(part, &BUILDINGS, "SCJZMJ", 0.5);
                }
                return vec![left, right];
            }
            _ => {}
        }
        vec![copy]
    }

    fn keys(city: &mut City, dice: &mut Dice, write: &dyn Fn(&str) -> String) {
        some(&mut city.buildings, dice, |of| {
            let cell = of.cell(&BUILDINGS, "ZDDM");
            *cell = write(cell);
        });
        some(&mut city.buildings, dice, |of| {
            of.cells[0] = write(&of.cells[0]);
        });
        some(&mut city.storeys, dice, |row| row[0] = write(&row[0]));
        some(&mut city.parcels, dice, |of| {
            of.cells[0] = write(&of.cells[0]);
        });
    }
}

/// An outline without any area.
fn collapse(of: &mut Row) {
    if of.ring.is_empty() {
        return;
    }
    let last = of.ring[1];
    of.ring[2..].fill(last);
}

/// With a comma between thousands.
fn grouped(number: f64) -> String {
    let text = format!("{number:.2}");
    let (whole, rest) = text.split_at(text.len() - 3);
    match whole.len() {
        4.. => format!(
            "{},{}{rest}",
            &whole[..whole.len() - 3],
            &whole[whole.len() - 3..]
        ),
        _ => text,
    }
}

/// A way in which whole columns are spoilt, of every city of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OfColumns {
    RegisteredInMu,
    RegisteredInHectares,
    FloorAreaInWan,
    DecimalComma,
    WordsOfUnits,
    ThousandsAndComma,
    KeysInLowerCase,
    RingsTurned,
}

impl OfColumns {
    pub const ALL: &[Self] = &[
        Self::RegisteredInMu,
        Self::RegisteredInHectares,
        Self::FloorAreaInWan,
        Self::DecimalComma,
        Self::WordsOfUnits,
        Self::ThousandsAndComma,
        Self::KeysInLowerCase,
        Self::RingsTurned,
    ];

    /// Spoils a city.
    pub fn spoil(self, city: &mut City) {
        let numbers = |city: &mut City, write: &dyn Fn(f64) -> String| {
            for of in &mut city.parcels {
                of.rewrite(&PARCELS, "ZDMJ", write);
            }
            for of in &mut city.buildings {
                of.rewrite(&BUILDINGS, "SCJZMJ", write);
                of.rewrite(&BUILDINGS, "JZWGD", |number| {
                    format!("{number:.1}").replace('.', ",")
                });
            }
        };
        match self {
            Self::RegisteredInMu | Self::RegisteredInHectares => {
                let size = if self == Self::RegisteredInMu {
                    0.0015
                } else {
                    0.0001
                };
                city.parcels
                    .iter_mut()
                    .for_each(|of| times(of, &PARCELS, "ZDMJ", size));
            }
            Self::FloorAreaInWan => {
                city.buildings
                    .iter_mut()
                    .for_each(|of| times(of, &BUILDINGS, "SCJZMJ", 0.0001));
            }
            Self::DecimalComma => numbers(city, &|number| format!("{number:.2}").replace('.', ",")),
            Self::ThousandsAndComma => numbers(city, &|number| {
                grouped(number)
                    .replace(',', "_")
                    .replace('.', ",")
                    .replace('_', ".")
            }),
            Self::WordsOfUnits => {
                city.parcels
                    .iter_mut()
                    .for_each(|of| behind(of, &PARCELS, "ZDMJ", "㎡"));
                for of in &mut city.buildings {
                    behind(of, &BUILDINGS, "SCJZMJ", "平方米");
                    behind(of, &BUILDINGS, "DSCS", "F");
                    behind(of, &BUILDINGS, "JZWGD", "m");
                }
            }
            Self::KeysInLowerCase => {
                for of in &mut city.buildings {
                    of.cells[..2]
                        .iter_mut()
                        .for_each(|cell| *cell = cell.to_lowercase());
                }
                city.storeys
                    .iter_mut()
                    .for_each(|row| row[0] = format!("'{}", row[0]));
            }
            Self::RingsTurned => {
                let all = city.parcels.iter_mut().chain(&mut city.buildings);
                all.for_each(|of| of.ring.reverse());
            }
        }
    }
}
