//! A row of the city → what its records say, drawn anew from the seed each time, so that it need not be kept.

use super::building::Class;
use super::dice::Dice;
use super::rows::{BuildingRow, Estate, ParcelRow};
use crate::quantity::Decimal;

/// Gives the records of one city.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    seed: u64,
}

/// What the register says of a parcel.
#[derive(Clone, Debug)]
pub(super) struct ParcelFacts {
    /// 宗地面积 in 0.01 m²; some differ from the polygon by more than half a per cent.
    pub registered_cents: u32,
    /// Start and end of the right; `None` where nothing is granted.
    pub term: Option<(Day, Day)>,
    /// An enterprise is known.
    pub enterprise: bool,
    /// A grant contract is known.
    pub contract: bool,
    /// `split` or `merge`, where it came from one.
    pub lineage: Option<&'static str>,
    /// More numbers for names.
    pub dice: Dice,
}

/// What the register says of a building.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a gap of its own in the records"
)]
pub(super) struct BuildingFacts {
    /// DSCS is filled in.
    pub above_known: bool,
    /// ZCS and DXCS are filled in.
    pub total_known: bool,
    /// JZWGD is filled in.
    pub height_known: bool,
    /// SCJZMJ is filled in.
    pub surveyed: bool,
    /// JRJZMJ is filled in.
    pub far_known: bool,
    /// It has rows in the table of storeys.
    pub storeys_listed: bool,
    /// Day of completion.
    pub completed: Day,
}

/// A day of the calendar; the 29th and later do not occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    /// Year.
    pub year: u32,
    /// Month, from 1.
    pub month: u32,
    /// Day, from 1 to 28.
    pub of_month: u32,
}

impl Day {
    /// A day of a year.
    pub(super) fn any(year: u32, dice: &mut Dice) -> Self {
        Self {
            year,
            month: dice.whole(1, 12),
            of_month: dice.whole(1, 28),
        }
    }

    /// The same day `years` later.
    pub(super) fn after(self, years: u32) -> Self {
        Self {
            year: self.year + years,
            ..self
        }
    }

    /// `2021-12-26`.
    pub(super) fn text(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.of_month)
    }
}

impl Facts {
    /// The records of the city of a seed.
    pub(super) fn of(seed: u64) -> Self {
        Self { seed }
    }

    /// The records of the parcel in `row`.
    pub(super) fn parcel(self, row: u32, parcel: &ParcelRow) -> ParcelFacts {
        let mut dice = Dice::of(self.seed, 51, row.into(), 0);
        let off = if dice.chance(0.03) {
            dice.within(-0.04, 0.04)
        } else {
            0.0
        };
        let years = match parcel.estate {
            Estate::Factory | Estate::Depot | Estate::Idle => Some(50),
            Estate::Flats => Some(70),
            Estate::Shops => Some(40),
            Estate::Homestead | Estate::Reserve | Estate::Scattered => None,
        };
        let from = if parcel.estate == Estate::Idle {
            2015
        } else {
            1995
        };
        let start = Day::any(dice.whole(from, 2020), &mut dice);
        let industrial = matches!(
            parcel.estate,
            Estate::Factory | Estate::Depot | Estate::Idle
        );
        ParcelFacts {
            registered_cents: changed(parcel.area_cents, 1.0 + off),
            term: years.map(|years| (start, start.after(years))),
            enterprise: dice.chance(0.85) && industrial && parcel.estate != Estate::Idle,
            contract: dice.chance(0.8) && years.is_some(),
            lineage: (dice.chance(0.08) && industrial)
                .then(|| *dice.pick(&["split", "split", "merge"])),
            dice,
        }
    }

    /// The records of the building in `row`.
    pub(super) fn building(self, row: u32, building: &BuildingRow) -> BuildingFacts {
        let mut dice = Dice::of(self.seed, 52, row.into(), 0);
        let missing = dice.unit();
        let listed = match building.building.class {
            Class::House | Class::Shed => 0.02,
            _ => 0.6,
        };
        BuildingFacts {
            above_known: missing >= 0.01,
            total_known: missing >= 0.007,
            height_known: !dice.chance(0.03),
            surveyed: dice.chance(0.4),
            far_known: dice.chance(0.02),
            storeys_listed: dice.chance(listed) && missing >= 0.01,
            completed: Day::any(building.building.year.into(), &mut dice),
        }
    }
}

impl BuildingRow {
    /// Height of level 1 and up, or of a basement, in cm.
    pub(super) fn storey_height_cm(&self, level: i8) -> u16 {
        match level {
            ..=0 => 390,
            1 => self.building.first_cm,
            _ => self.building.storey_cm,
        }
    }

    /// Height of the whole building, in cm.
    pub(super) fn height_cm(&self) -> i64 {
        let upper = i64::from(self.building.above) - 1;
        i64::from(self.building.first_cm) + upper * i64::from(self.building.storey_cm)
    }

    /// Floor area above ground, in 0.01 m²: every storey as large as the footprint.
    pub(super) fn above_cents(&self) -> i64 {
        i64::from(self.footprint_cents) * i64::from(self.building.above)
    }

    /// Floor area below ground, in 0.01 m².
    pub(super) fn below_cents(&self) -> i64 {
        i64::from(self.footprint_cents) * i64::from(self.building.below)
    }

    /// 计容建筑面积 in 0.01 m²: above ground, a storey over eight metres twice.
    pub(super) fn far_cents(&self) -> i64 {
        let doubled = i64::from(self.building.first_cm > 800) * i64::from(self.footprint_cents);
        self.above_cents() + doubled
    }
}

/// Square metres of a whole number of 0.01 m².
pub(super) fn m2(cents: impl Into<i64>) -> Decimal {
    Decimal::new(cents.into(), 2)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a few per cent of a parcel"
)]
fn changed(cents: u32, by: f64) -> u32 {
    if by.to_bits() == 1.0_f64.to_bits() {
        cents
    } else {
        (f64::from(cents) * by).round() as u32
    }
}
