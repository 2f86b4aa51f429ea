//! The scattered land of each district, or of each value of the column of `--group-by`, and of the whole city.

use crate::features::upgrade::{GroupTotals, group_totals};
use crate::quantity::{Area, Decimal};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// `totals.csv`: one row for each group that has a site or a piece, by name, and at the end the row `total`, to which the
/// printed rows add up. Areas in m² and 亩.
pub fn totals_table(scan: &Scan) -> Table<'_> {
    let (groups, all) = group_totals(&scan.measured.city, &scan.pieces, &scan.upgrades);
    let mut rows: Vec<(Option<&str>, GroupTotals)> = groups
        .into_iter()
        .map(|(name, totals)| (Some(name).filter(|name| !name.is_empty()), totals))
        .collect();
    rows.push((Some("total"), all));
    let (count, rows) = (rows.len(), std::sync::Arc::new(rows));
    let names = rows.clone();
    let number = |name, alias, of: fn(&GroupTotals) -> u64| {
        let rows = rows.clone();
        Column::new(name, alias, Kind::Integer, move |row| {
            i64::try_from(of(&rows[row].1)).ok()
        })
    };
    let area = |name, alias, of: fn(&GroupTotals) -> i64| {
        let rows = rows.clone();
        Column::new(name, alias, Kind::Decimal(2), move |row| {
            Area::from_cents(of(&rows[row].1)).decimal()
        })
    };
    let mu = |name, alias, of: fn(&GroupTotals) -> i64| {
        let rows = rows.clone();
        Column::new(name, alias, Kind::Decimal(4), move |row| {
            let printed = |row: usize| Area::from_cents(of(&rows[row].1)).mu();
            let all = || (0..row).map(|row| printed(row).units()).sum();
            if row + 1 < count {
                printed(row)
            } else {
                Decimal::new(all(), 4)
            }
        })
    };
    let column = scan.measured.city.group_by.as_deref().unwrap_or("district");
    let columns = vec![
        Column::new("group_by", "分组字段", Kind::Text, move |_| column),
        Column::new("group", "分组", Kind::Text, move |row| -> Value<'_> {
            names[row].0.into()
        }),
        number("pieces", "零星地块数", |totals| totals.pieces),
        area("scattered_m2", "零星地块面积_平方米", |totals| {
            totals.land
        }),
        mu("scattered_mu", "零星地块面积_亩", |totals| {
            totals.land
        }),
        number("pieces_free", "可配置地块数", |totals| totals.free),
        area("free_m2", "可配置面积_平方米", |totals| {
            totals.free_land
        }),
        mu("free_mu", "可配置面积_亩", |totals| totals.free_land),
        number("pieces_allotted", "拟配置地块数", |totals| {
            totals.allotted
        }),
        area("allotted_m2", "拟配置面积_平方米", |totals| {
            totals.allotted_land
        }),
        mu("allotted_mu", "拟配置面积_亩", |totals| {
            totals.allotted_land
        }),
        number("sites", "有建筑的工业宗地数", |totals| {
            totals.sites
        }),
        number("sites_beside", "邻近零星地块宗地数", |totals| {
            totals.beside
        }),
        number("sites_helped", "可实施宗地数", |totals| totals.helped),
        number(
            "sites_newly_feasible",
            "仅凭零星地块可实施宗地数",
            |totals| totals.newly_feasible,
        ),
        area("floor_unlocked_m2", "可新增建筑面积", |totals| {
            totals.unlocked
        }),
    ];
    Table {
        name: "totals",
        title: "零星地块汇总",
        rows: count,
        columns,
        geometry: None,
    }
}
