//! Every enterprise of the table, with its land, what it earns for each 亩, and what the rules of enterprises say.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::about::Named;
use super::text_of;
use crate::features::idle::{Survey, Tenant};
use crate::law::judge::Verdict;
use crate::model::Yearly;
use crate::quantity::{Exact, Figure};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// The rules of which the verdict has a column of its own.
const RULES: [(&str, &str, &str); 4] = [
    ("low_tax", "连续两年低税收", "low-tax-enterprise"),
    ("in_survey_scope", "排查范围", "survey-scope"),
    ("local_quality", "本地优质企业", "local-quality-enterprise"),
    ("four_without", "四无企业", "four-without-enterprise"),
];

/// `enterprises.csv`: one row for each, by credit code. Money is in 万元, land in 亩 and m²; the columns by year are those of
/// the years that any enterprise has, `tax_per_mu_wan.2021`.
pub fn enterprises_table<'a>(scan: &'a Scan, survey: &'a Survey) -> Table<'a> {
    let all = &survey.tenants.all;
    let of = move |row: usize| &all[row];
    let text = |name, alias, get: fn(&Tenant) -> Option<&str>| {
        Column::new(name, alias, Kind::Text, move |row| get(of(row)))
    };
    let id = move |at: u32| scan.measured.city.parcels.rows[at as usize].name();
    let mut columns = vec![
        text("enterprise_id", "统一社会信用代码", |of| {
            Some(of.id.as_str()).filter(|id| !id.is_empty())
        }),
        text("name", "企业名称", |of| of.name.as_deref()),
        text("industry", "行业代码", |of| of.industry.as_deref()),
        Column::new("parcels", "宗地代码", Kind::Text, move |row| {
            text_of(of(row).parcels.iter().map(|at| id(*at)))
        }),
        Column::new("parcels_named", "登记宗地", Kind::Text, move |row| {
            text_of(of(row).named.iter().map(ToString::to_string))
        }),
        text("joined_by", "关联方式", |of| of.joined.name()),
        Column::new("land_mu", "实际用地_亩", Kind::Decimal(4), move |row| {
            let mu = of(row).land.and_then(|(m2, _)| m2.over(Exact::MU_M2));
            mu.and_then(|mu| mu.decimal(4))
        }),
        Column::new(
            "land_m2",
            "实际用地_平方米",
            Kind::Decimal(2),
            move |row| of(row).land.and_then(|(m2, _)| m2.decimal(2)),
        ),
        text("land_from", "用地来源", |of| {
            of.land.map(|(_, from)| from.name())
        }),
        Column::new("evaluation_class", "亩均评价", Kind::Text, move |row| {
            class(of(row), scan.measured.options.as_of)
        }),
        Column::new("above_scale", "规上", Kind::Text, move |row| {
            word(of(row), "enterprise.above_scale")
        }),
    ];
    for (name, alias, rule) in RULES {
        columns.push(Column::new(name, alias, Kind::Text, move |row| {
            of(row).verdict(rule).map(Verdict::name)
        }));
    }
    columns.push(Column::new(
        "as_buyer",
        "可否受让",
        Kind::Text,
        move |row| {
            of(row)
                .as_buyer
                .as_ref()
                .map(|finding| finding.verdict.name())
        },
    ));
    columns.push(Column::new(
        "as_buyer_missing",
        "受让待核",
        Kind::Text,
        move |row| {
            text_of(
                of(row)
                    .as_buyer
                    .iter()
                    .flat_map(|finding| finding.missing.iter().cloned()),
            )
        },
    ));
    columns.extend(classes(all));
    columns.extend(yearly(all, "tax_wan", "税收_万元", |of| &of.tax));
    columns.extend(yearly(all, "tax_per_mu_wan", "亩均税收_万元", |of| {
        &of.tax_per_mu
    }));
    columns.extend(yearly(
        all,
        "revenue_per_mu_wan",
        "亩均营收_万元",
        |of| &of.revenue_per_mu,
    ));
    columns.extend(yearly(
        all,
        "value_added_per_mu_wan",
        "亩均增加值_万元",
        |of| &of.value_added_per_mu,
    ));
    columns.push(Column::new(
        "enterprise_row",
        "输入行号",
        Kind::Integer,
        move |row| i64::from(of(row).row),
    ));
    Table {
        name: "enterprises",
        title: "企业用地绩效",
        rows: all.len(),
        columns,
        geometry: None,
    }
    .carrying(scan, move |row| Named::Many(&all[row].parcels))
}

fn word<'a>(of: &Tenant, fact: &str) -> Value<'a> {
    match of.facts.one.figure(fact) {
        Some(Figure::Word(word)) => Value::Text(word.to_string().into()),
        Some(Figure::Truth(truth)) => Value::Text(truth.to_string().into()),
        _ => Value::Null,
    }
}

/// 亩均评价.
const CLASS: &str = "enterprise.evaluation_class";

/// The class of the year before a day, or the one that is given for no year.
fn class<'a>(of: &Tenant, as_of: Date) -> Value<'a> {
    match of.facts.one.years(CLASS) {
        Some(years) => class_of(years, i64::from(as_of.year()) - 1),
        None => word(of, CLASS),
    }
}

fn class_of<'a>(years: &[(i64, Figure)], year: i64) -> Value<'a> {
    match years.iter().find(|(of, _)| *of == year) {
        Some((_, Figure::Word(class))) => Value::Text(class.to_string().into()),
        _ => Value::Null,
    }
}

/// One column of classes for each year that any enterprise was rated in.
fn classes(all: &[Tenant]) -> Vec<Column<'_>> {
    let years = |tenant: &Tenant| -> Vec<i64> {
        let years = tenant.facts.one.years(CLASS).unwrap_or_default();
        years.iter().map(|(year, _)| *year).collect()
    };
    let all_years: BTreeSet<i64> = all.iter().flat_map(years).collect();
    let column = |year: i64| {
        Column::new(
            format!("evaluation_class.{year}"),
            format!("亩均评价_{year}"),
            Kind::Text,
            move |row: usize| {
                let years = all[row].facts.one.years(CLASS);
                years.map_or(Value::Null, |years| class_of(years, year))
            },
        )
    };
    all_years.into_iter().map(column).collect()
}

/// One column for each year that any enterprise has.
fn yearly<'a>(
    all: &'a [Tenant],
    name: &str,
    alias: &str,
    of: fn(&Tenant) -> &Yearly,
) -> Vec<Column<'a>> {
    let years: BTreeSet<i64> = all
        .iter()
        .flat_map(|tenant| of(tenant).iter().map(|(year, _)| *year))
        .collect();
    let column = |year: i64| {
        Column::new(
            format!("{name}.{year}"),
            format!("{alias}_{year}"),
            Kind::Decimal(4),
            move |row: usize| {
                let number = of(&all[row]).iter().find(|(at, _)| *at == year);
                number.and_then(|(_, number)| number.decimal(4))
            },
        )
    };
    years.into_iter().map(column).collect()
}
