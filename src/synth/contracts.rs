//! A parcel → its grant contract (出让合同) and what came of it.

use super::city::City;
use super::dice::Dice;
use super::facts::{Day, m2};
use super::records::table;
use super::rows::{Estate, count};
use super::tables::text;
use crate::quantity::Decimal;
use crate::write::{Column, Kind, Table, Value};

/// How far the building of granted land has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// Finished.
    Built,
    /// Not begun, a year and more after the agreed day.
    Overdue,
    /// Not begun, and not yet due.
    Waiting,
    /// Begun, less than a third developed, stopped for more than a year.
    Stopped,
    /// Begun and going on.
    Building,
}

/// A grant contract (出让合同) and what came of it.
pub(super) struct Contract {
    /// How far it has come, as of 2021-12-31.
    pub progress: Progress,
    due_start: Day,
    due_completion: Day,
    started: Option<Day>,
    completed: Option<Day>,
    stopped_since: Option<Day>,
    developed_share: f64,
    invested_share: f64,
    total_wan: i64,
    price_wan: i64,
    cause: Option<&'static str>,
    standard_land: bool,
}

impl Contract {
    /// Whether its building is complete as of 2021-12-31.
    pub(super) fn is_complete(&self) -> bool {
        self.completed.is_some_and(|day| day.year <= 2021)
    }

    /// Whether its building has begun by then.
    pub(super) fn is_begun(&self) -> bool {
        self.started.is_some_and(|day| day.year <= 2021)
    }
}

impl City {
    /// The contract of a parcel.
    pub(super) fn contract(&self, parcel: usize) -> Contract {
        let facts = self.parcel_facts(parcel);
        let mut dice = Dice::of(self.order.seed, 61, count(parcel).into(), 0);
        let row = &self.parcels.rows[parcel];
        let granted = facts.term.map_or(
            Day {
                year: 2010,
                month: 1,
                of_month: 1,
            },
            |term| term.0,
        );
        let progress = if row.estate == Estate::Idle {
            use Progress::{Building, Overdue, Stopped, Waiting};
            dice.weighted(&[
                (0.35, Overdue),
                (0.2, Waiting),
                (0.25, Stopped),
                (0.2, Building),
            ])
        } else {
            Progress::Built
        };
        let due_start = match progress {
            Progress::Overdue => Day::any(dice.whole(2016, 2020), &mut dice),
            Progress::Waiting => Day::any(2022, &mut dice),
            Progress::Stopped => Day::any(dice.whole(2015, 2018), &mut dice),
            Progress::Building => Day::any(2020, &mut dice),
            Progress::Built => granted.after(1),
        };
        let begun = matches!(
            progress,
            Progress::Built | Progress::Stopped | Progress::Building
        );
        let wan = i64::from(row.area_cents) / 10_000;
        Contract {
            progress,
            due_start,
            due_completion: due_start.after(2),
            started: begun.then_some(due_start),
            completed: (progress == Progress::Built).then(|| due_start.after(dice.whole(1, 3))),
            stopped_since: (progress == Progress::Stopped).then(|| due_start.after(1)),
            developed_share: match progress {
                Progress::Built => 1.0,
                Progress::Stopped => dice.within(0.02, 0.33),
                Progress::Building => dice.within(0.1, 0.8),
                Progress::Overdue | Progress::Waiting => 0.0,
            },
            invested_share: match progress {
                Progress::Built => 1.0,
                Progress::Stopped => dice.within(0.02, 0.24),
                Progress::Building => dice.within(0.1, 0.8),
                Progress::Overdue | Progress::Waiting => 0.0,
            },
            total_wan: wan * i64::from(dice.whole(20, 60)),
            price_wan: wan * i64::from(dice.whole(4, 9)),
            cause: (progress == Progress::Overdue || progress == Progress::Stopped).then(|| {
                dice.weighted(&[
                    (0.6, "enterprise"),
                    (0.25, "government"),
                    (0.05, "force_majeure"),
                    (0.1, "unknown"),
                ])
            }),
            standard_land: granted.year >= 2018 && dice.chance(0.7),
        }
    }

    /// The table of contracts.
    pub(super) fn contract_table(&self) -> Table<'_> {
        use Kind::{Decimal as Number, Integer, Text};
        let parcel = |row: usize| self.contracts[row] as usize;
        let of = move |row: usize| self.contract(parcel(row));
        let area = move |row: usize| self.parcel_facts(parcel(row)).registered_cents;
        let day = |name, alias, get: fn(&Contract) -> Option<Day>| {
            Column::new(name, alias, Text, move |row| {
                get(&of(row)).map(|day| text(day.text()))
            })
        };
        table(
            "contracts",
            "出让合同",
            self.contracts.len(),
            vec![
                Column::new("id", "合同编号", Text, move |row| {
                    text(format!("3310-CR-{:07}", parcel(row) + 1))
                }),
                Column::new("parcel_id", "宗地代码", Text, move |row| {
                    text(self.parcel_code(parcel(row)))
                }),
                Column::new("area", "合同面积", Number(2), move |row| m2(area(row))),
                day("due_start", "约定开工", |contract| {
                    Some(contract.due_start)
                }),
                day("due_completion", "约定竣工", |contract| {
                    Some(contract.due_completion)
                }),
                day("started", "实际开工", |contract| contract.started),
                day("completed", "实际竣工", |contract| contract.completed),
                day("stopped_since", "停工时间", |contract| {
                    contract.stopped_since
                }),
                Column::new("developed_m2", "已开发面积", Number(2), move |row| {
                    share(area(row).into(), of(row).developed_share)
                }),
                Column::new(
                    "should_develop_m2",
                    "应开发面积",
                    Number(2),
                    move |row| m2(area(row)),
                ),
                Column::new("total_wan", "总投资额", Number(2), move |row| {
                    Decimal::new(of(row).total_wan * 100, 2)
                }),
                Column::new("invested_wan", "已投资额", Number(2), move |row| {
                    let contract = of(row);
                    share(contract.total_wan * 100, contract.invested_share)
                }),
                Column::new("price_wan", "出让价款", Number(2), move |row| {
                    Decimal::new(of(row).price_wan * 100, 2)
                }),
                Column::new("cause", "闲置原因", Text, move |row| of(row).cause),
                Column::new("standard_land", "标准地", Integer, move |row| {
                    i64::from(of(row).standard_land)
                }),
            ],
        )
    }
}

/// A share of a number of hundredths.
#[expect(
    clippy::cast_precision_loss,
    reason = "areas and sums of money stay far below 2^53"
)]
fn share<'a>(hundredths: i64, share: f64) -> Value<'a> {
    Decimal::round(hundredths as f64 / 100.0 * share, 2).into()
}
