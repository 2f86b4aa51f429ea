//! A city → its tables without geometry: enterprises, grant contracts, and where parcels came from.

use super::city::City;
use super::names::{TRADES, company, credit_code, zone};
use super::rows::Estate;
use super::tables::text;
use crate::quantity::Decimal;
use crate::write::{Column, Kind, Table};

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

    fn enterprise(&self, row: usize) -> Enterprise {
        let parcel = self.enterprises[row] as usize;
        let mut dice = self.parcel_facts(parcel).dice;
        // the same numbers as for the owner, so that holder and enterprise are one company
        let factory = self.parcels.rows[parcel].estate == Estate::Factory;
        let (trade, industry) = if factory {
            TRADES[dice.below(12) as usize]
        } else {
            ("物流", "5990")
        };
        let name = company(trade, &mut dice);
        let land_cents = i64::from(self.parcels.rows[parcel].area_cents);
        let mu = Decimal::new(land_cents * 3 / 2000, 2).units().max(1);
        // around the bounds of ten and five 万元 per 亩, in hundredths
        let per_mu = i64::from(dice.whole(1, 60));
        let tax = [
            mu * per_mu,
            mu * per_mu * i64::from(dice.whole(85, 120)) / 100,
        ];
        Enterprise {
            code: credit_code(&mut dice),
            name,
            industry,
            class: dice.weighted(&[(0.2, "A"), (0.45, "B"), (0.25, "C"), (0.1, "D")]),
            tax,
            revenue: tax.map(|tax| tax * i64::from(dice.whole(15, 40))),
            land_cents,
            above_scale: dice.chance(0.5),
        }
    }

    /// The parcels whose enterprise pays little tax in both years: at most 5 万元 for each 亩, or at most 10 with a revenue of
    /// 10,000 万元 (附件二).
    pub(super) fn low_tax_parcels(&self) -> impl Iterator<Item = usize> {
        (0..self.enterprises.len()).filter_map(|row| {
            let enterprise = self.enterprise(row);
            let mu = enterprise.land_cents * 3 / 2000;
            let most = if enterprise.revenue[1] >= 1_000_000 {
                10
            } else {
                5
            };
            let is_low = enterprise.tax.iter().all(|tax| *tax <= most * mu);
            is_low.then_some(self.enterprises[row] as usize)
        })
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
                            zone(own.block),
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
