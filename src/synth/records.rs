//! A city → its tables without geometry: enterprises, grant contracts, and where parcels came from.

use super::block::Estate;
use super::city::City;
use super::facts::{Day, m2};
use super::names::{TRADES, company, credit_code};
use super::rng::Rng;
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

/// An enterprise on a parcel.
struct Enterprise {
    code: String,
    name: String,
    industry: &'static str,
    class: &'static str,
    /// 2020 and 2021, in 0.01 万元.
    tax: [i64; 2],
    revenue: [i64; 2],
    land_cents: i64,
    above_scale: bool,
}

impl City {
    /// The tables of records.
    pub(super) fn record_tables(&self) -> Vec<Table<'_>> {
        vec![
            self.enterprise_table(),
            self.contract_table(),
            self.lineage_table(),
        ]
    }

    /// The contract of a parcel.
    pub(super) fn contract(&self, parcel: usize) -> Contract {
        let facts = self.parcel_facts(parcel);
        let mut rng = Rng::of(self.order.seed, 61, super::block::count(parcel).into(), 0);
        let row = &self.parcels.rows[parcel];
        let granted = facts.term.map_or(
            Day {
                year: 2010,
                month: 1,
                day: 1,
            },
            |term| term.0,
        );
        let progress = if row.estate == Estate::Idle {
            use Progress::{Building, Overdue, Stopped, Waiting};
            rng.weighted(&[
                (0.35, Overdue),
                (0.2, Waiting),
                (0.25, Stopped),
                (0.2, Building),
            ])
        } else {
            Progress::Built
        };
        let due_start = match progress {
            Progress::Overdue => Day::any(rng.from_to(2016, 2020), &mut rng),
            Progress::Waiting => Day::any(2022, &mut rng),
            Progress::Stopped => Day::any(rng.from_to(2015, 2018), &mut rng),
            Progress::Building => Day::any(2020, &mut rng),
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
            completed: (progress == Progress::Built).then(|| due_start.after(rng.from_to(1, 3))),
            stopped_since: (progress == Progress::Stopped).then(|| due_start.after(1)),
            developed_share: match progress {
                Progress::Built => 1.0,
                Progress::Stopped => rng.within(0.02, 0.33),
                Progress::Building => rng.within(0.1, 0.8),
                Progress::Overdue | Progress::Waiting => 0.0,
            },
            invested_share: match progress {
                Progress::Built => 1.0,
                Progress::Stopped => rng.within(0.02, 0.24),
                Progress::Building => rng.within(0.1, 0.8),
                Progress::Overdue | Progress::Waiting => 0.0,
            },
            total_wan: wan * i64::from(rng.from_to(20, 60)),
            price_wan: wan * i64::from(rng.from_to(4, 9)),
            cause: (progress == Progress::Overdue || progress == Progress::Stopped).then(|| {
                rng.weighted(&[
                    (0.6, "enterprise"),
                    (0.25, "government"),
                    (0.05, "force_majeure"),
                    (0.1, "unknown"),
                ])
            }),
            standard_land: granted.year >= 2018 && rng.chance(0.7),
        }
    }

    fn contract_table(&self) -> Table<'_> {
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

    fn enterprise(&self, row: usize) -> Enterprise {
        let parcel = self.enterprises[row] as usize;
        let mut rng = self.parcel_facts(parcel).rng;
        // the same numbers as for the owner, so that holder and enterprise are one company
        let factory = self.parcels.rows[parcel].estate == Estate::Factory;
        let (trade, industry) = if factory {
            TRADES[rng.below(12) as usize]
        } else {
            ("物流", "5990")
        };
        let name = company(trade, &mut rng);
        let land_cents = i64::from(self.parcels.rows[parcel].area_cents);
        let mu = Decimal::new(land_cents * 3 / 2000, 2).units().max(1);
        // around the bounds of ten and five 万元 per 亩, in hundredths
        let per_mu = i64::from(rng.from_to(1, 60));
        let tax = [
            mu * per_mu,
            mu * per_mu * i64::from(rng.from_to(85, 120)) / 100,
        ];
        Enterprise {
            code: credit_code(&mut rng),
            name,
            industry,
            class: rng.weighted(&[(0.2, "A"), (0.45, "B"), (0.25, "C"), (0.1, "D")]),
            tax,
            revenue: tax.map(|tax| tax * i64::from(rng.from_to(15, 40))),
            land_cents,
            above_scale: rng.chance(0.5),
        }
    }

    fn enterprise_table(&self) -> Table<'_> {
        use Kind::{Decimal as Number, Integer, Text};
        let of = |row: usize| self.enterprise(row);
        let wan = |name, alias, get: fn(&Enterprise) -> i64| {
            Column::new(name, alias, Number(2), move |row| {
                Decimal::new(get(&of(row)), 2)
            })
        };
        table(
            "enterprises",
            "企业",
            self.enterprises.len(),
            vec![
                Column::new("id", "统一社会信用代码", Text, move |row| {
                    text(of(row).code)
                }),
                Column::new("name", "企业名称", Text, move |row| text(of(row).name)),
                Column::new("parcel_id", "宗地代码", Text, |row| {
                    text(self.parcel_code(self.enterprises[row] as usize))
                }),
                Column::new("industry", "行业代码", Text, move |row| {
                    of(row).industry
                }),
                Column::new("evaluation_class", "亩均评价", Text, move |row| {
                    of(row).class
                }),
                wan("tax_wan.2020", "2020年税收", |enterprise| {
                    enterprise.tax[0]
                }),
                wan("tax_wan.2021", "2021年税收", |enterprise| {
                    enterprise.tax[1]
                }),
                wan("revenue_wan.2020", "2020年营业收入", |enterprise| {
                    enterprise.revenue[0]
                }),
                wan("revenue_wan.2021", "2021年营业收入", |enterprise| {
                    enterprise.revenue[1]
                }),
                wan("land_mu", "用地面积(亩)", |enterprise| {
                    enterprise.land_cents * 3 / 2000
                }),
                Column::new("above_scale", "规上", Integer, move |row| {
                    i64::from(of(row).above_scale)
                }),
            ],
        )
    }

    fn lineage_table(&self) -> Table<'_> {
        let parcel = |row: usize| self.lineage[row] as usize;
        let kind = move |row: usize| self.parcel_facts(parcel(row)).lineage;
        table(
            "lineage",
            "宗地变化",
            self.lineage.len(),
            vec![
                Column::new("parcel_id", "宗地代码", Kind::Text, move |row| {
                    text(self.parcel_code(parcel(row)))
                }),
                // numbers that were given up: 90000 and above in the same zone
                Column::new("parents", "原宗地代码", Kind::Text, move |row| {
                    let own = &self.parcels.rows[parcel(row)];
                    let old = |more: u16| {
                        format!(
                            "{}GB{:05}",
                            super::names::zone(own.block),
                            90_000 + u32::from(own.serial) * 2 + u32::from(more)
                        )
                    };
                    text(if kind(row) == Some("merge") {
                        format!("{};{}", old(0), old(1))
                    } else {
                        old(0)
                    })
                }),
                Column::new("kind", "变化类型", Kind::Text, kind),
                Column::new("date", "变化日期", Kind::Text, move |row| {
                    text(format!("{}-06-15", 2012 + parcel(row) % 9))
                }),
            ],
        )
    }
}

/// A table without geometry.
pub(super) fn table<'a>(
    name: &'static str,
    title: &'static str,
    rows: usize,
    columns: Vec<Column<'a>>,
) -> Table<'a> {
    Table {
        name,
        title,
        rows,
        columns,
        geometry: None,
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
