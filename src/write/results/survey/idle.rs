//! Every parcel of the survey that a contract names or that is in another state than built.

use std::sync::Arc;

use super::super::about::Named;
use super::super::{cell, row_if};
use super::text_of;
use crate::features::compare::Register;
use crate::features::idle::{Basis, Grant, Survey, Surveyed, Tenant};
use crate::law::LandUse;
use crate::model::{GrantContract, Parcel};
use crate::quantity::{Area, Exact, Figure};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, TableGeometry, Value};

/// `idle.*`: one row for each, by parcel. Days are ISO dates, shares have 6 decimals, money is in 万元; lists are joined by
/// `;`. `first_seen` is the day since which the register knows the parcel in its state.
pub fn idle_table<'a>(scan: &'a Scan, survey: &'a Survey, register: &'a Register) -> Table<'a> {
    let of = ListedIdle {
        scan,
        survey,
        register,
        list: survey.listed().collect(),
    };
    let (plane, degrees) = (of.clone(), of.clone());
    let mut columns = of.state_columns();
    columns.extend(of.parcel_columns());
    columns.extend(of.grant_columns());
    columns.extend(of.use_columns());
    columns.extend(of.trace_columns());
    Table {
        name: "idle",
        title: "闲置低效用地",
        rows: of.list.len(),
        columns,
        geometry: Some(TableGeometry {
            crs: &scan.measured.city.crs,
            plane: Box::new(move |row| scan.measured.city.parcels.shapes.get(plane.at(row))),
            degrees: Some(Box::new(move |row| {
                scan.measured.areas.degrees.get(degrees.at(row))
            })),
        }),
    }
    .carrying(scan, move |row| Named::One(of.list[row].parcel))
}

/// The rows of the table.
#[derive(Clone)]
struct ListedIdle<'a> {
    scan: &'a Scan,
    survey: &'a Survey,
    register: &'a Register,
    list: Arc<[&'a Surveyed]>,
}

impl<'a> ListedIdle<'a> {
    fn at(&self, row: usize) -> usize {
        self.list[row].parcel as usize
    }

    fn state_columns(&self) -> Vec<Column<'a>> {
        vec![
            self.text("parcel_id", "宗地代码", |of, row| {
                Some(of.parcel(row).id.as_str())
                    .filter(|id| !id.is_empty())
                    .into()
            }),
            self.text("state", "状态", |_, row| row.stage.state.name().into()),
            self.text("reason", "原因", |_, row| row.stage.reason.name().into()),
            self.text("rule", "依据", |_, row| row.basis.name().into()),
            self.text("since", "起始日期", |_, row| day(row.stage.since)),
            self.number("area_m2", "面积_平方米", 2, |_, row| {
                row.area.map(Area::decimal).into()
            }),
            self.number("area_mu", "面积_亩", 4, |_, row| {
                row.area.map(Area::mu).into()
            }),
            self.text("state_zh", "状态_中文", |_, row| {
                row.stage.state.zh().into()
            }),
            self.text("reason_zh", "原因_中文", |_, row| {
                row.stage.reason.zh().into()
            }),
            self.text("article", "条款", |of, row| {
                let Basis::Rule(id) = row.basis else {
                    return Value::Null;
                };
                let options = &of.scan.measured.options;
                let rule = options.policy.rule(id, options.as_of);
                rule.map(|rule| Value::Text(rule.citation())).into()
            }),
        ]
    }

    fn parcel_columns(&self) -> Vec<Column<'a>> {
        vec![
            self.text("land_use", "用地类别", |of, row| {
                of.parcel(row).land_use.map(LandUse::name).into()
            }),
            self.text("owner", "权利人", |of, row| {
                of.parcel(row).owner.as_deref().into()
            }),
            self.text("district", "县市区", |of, row| {
                of.parcel(row).district.as_deref().into()
            }),
            self.text("town", "乡镇街道", |of, row| {
                of.parcel(row).town.as_deref().into()
            }),
        ]
    }

    fn grant_columns(&self) -> Vec<Column<'a>> {
        let of_grant = |name, alias, of: fn(&Grant) -> Option<jiff::civil::Date>| {
            self.text(name, alias, move |_, row| {
                day(row.grant.as_ref().and_then(|(_, grant)| of(grant)))
            })
        };
        vec![
            self.text("contract_id", "合同编号", |of, row| {
                let id = of.contract(row).map(|contract| contract.id.as_str());
                id.filter(|id| !id.is_empty()).into()
            }),
            self.column("contracts", "合同数", Kind::Integer, |_, row| {
                i64::try_from(row.contracts.len()).ok().into()
            }),
            of_grant("start_due", "约定动工日期_含延期", |grant| {
                grant.due
            }),
            of_grant("idle_from", "满一年起", |grant| grant.idle_from),
            of_grant("take_back_from", "满两年起", |grant| {
                grant.take_back_from
            }),
            self.column("days_over", "超期天数", Kind::Integer, |_, row| {
                let grant = row.grant.as_ref();
                grant
                    .and_then(|(_, grant)| grant.days_over)
                    .map(i64::from)
                    .into()
            }),
            self.fact("started", "实际动工", "grant.started"),
            self.fact("completed", "实际竣工", "grant.completed"),
            self.fact("stopped_since", "中止开发建设", "grant.stopped_since"),
            self.number("developed_share", "已动工面积占比", 6, |of, row| {
                of.share(row, "grant.developed_m2", "grant.should_develop_m2")
            }),
            self.number("invested_share", "已投资额占比", 6, |of, row| {
                of.share(row, "grant.invested_wan", "grant.total_wan")
            }),
            self.fact("cause", "闲置原因", "grant.cause"),
            self.number("idle_fee_wan", "闲置费_万元", 2, |_, row| {
                let fee = row.grant.as_ref().and_then(|(_, grant)| grant.fee_wan);
                fee.and_then(|fee| fee.decimal(2)).into()
            }),
        ]
    }

    fn use_columns(&self) -> Vec<Column<'a>> {
        let measures = |of: &Self, row: &Surveyed| of.scan.measured.measures[row.parcel as usize];
        vec![
            self.column(
                "building_count",
                "建筑幢数",
                Kind::Integer,
                move |of, row| {
                    let on_site = row.ground.and(measures(of, row).on_site.ok());
                    on_site.map(|on_site| i64::from(on_site.buildings)).into()
                },
            ),
            self.number("building_density", "建筑密度", 6, move |of, row| {
                cell(measures(of, row).density(), 6)
            }),
            self.number("plot_ratio", "容积率", 6, move |of, row| {
                cell(measures(of, row).ratio(|on| on.far_floor_area), 6)
            }),
            self.text("enterprises", "企业", |of, row| {
                let tenants = row
                    .tenants
                    .iter()
                    .map(|at| &of.survey.tenants.all[*at as usize]);
                text_of(tenants.map(Tenant::label))
            }),
            self.text("shortfalls", "低于的标准", |_, row| {
                let found = row.shortfalls.found.iter();
                text_of(found.map(|found| {
                    let number = |number: Exact| number.decimal(6).map(|number| number.to_string());
                    let value = found.value.and_then(|(value, _)| number(value));
                    let bound = found.bound.and_then(number);
                    match (value, bound) {
                        (Some(value), Some(bound)) => {
                            format!("{} {value} < {bound}", found.reason.name())
                        }
                        (Some(value), None) => format!("{} {value}", found.reason.name()),
                        _ => found.reason.name().to_owned(),
                    }
                }))
            }),
        ]
    }

    fn trace_columns(&self) -> Vec<Column<'a>> {
        vec![
            self.text("flags", "标记", |_, row| {
                let of_rule = row.grant.iter().flat_map(|(_, grant)| &grant.finding);
                let of_rule = of_rule.flat_map(|finding| finding.flags.iter().map(String::as_str));
                text_of(row.flags.iter().copied().chain(of_rule).map(str::to_owned))
            }),
            self.text("facts_used", "所依事实", |of, row| {
                let facts = of.contract(row).map(|contract| &contract.facts);
                text_of(facts.into_iter().flat_map(|facts| {
                    let said =
                        |name| Some(format!("{name}={}", facts.figure(name).and_then(shown)?));
                    facts.names().filter_map(said).collect::<Vec<_>>()
                }))
            }),
            self.text("first_seen", "首次发现", |of, row| {
                let clear = !of.scan.measured.city.parcels.unclear.contains(&row.parcel);
                let id = &of.parcel(row).id;
                day(clear
                    .then(|| of.register.first_seen(id, row.stage.state))
                    .flatten())
            }),
            self.text("missing", "缺少", |_, row| {
                text_of(row.missing.iter().cloned())
            }),
            self.text("not_tested", "未能核验", |_, row| {
                text_of(row.shortfalls.missing.iter().cloned())
            }),
            self.column("parcel_row", "输入行号", Kind::Integer, |of, row| {
                row_if(
                    of.scan.measured.city.parcels.unclear.contains(&row.parcel),
                    of.parcel(row).row,
                )
            }),
        ]
    }

    fn column(
        &self,
        name: &'static str,
        alias: &'static str,
        kind: Kind,
        cell: impl Fn(&Self, &'a Surveyed) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        let of = self.clone();
        Column::new(name, alias, kind, move |row| cell(&of, of.list[row]))
    }

    fn text(
        &self,
        name: &'static str,
        alias: &'static str,
        cell: impl Fn(&Self, &'a Surveyed) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        self.column(name, alias, Kind::Text, cell)
    }

    fn number(
        &self,
        name: &'static str,
        alias: &'static str,
        places: u8,
        cell: impl Fn(&Self, &'a Surveyed) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        self.column(name, alias, Kind::Decimal(places), cell)
    }

    /// A fact of the contract that counts, as it was given.
    fn fact(&self, name: &'static str, alias: &'static str, fact: &'static str) -> Column<'a> {
        self.text(name, alias, move |of, row| {
            let figure = of
                .contract(row)
                .and_then(|contract| contract.facts.figure(fact));
            figure
                .and_then(shown)
                .map(|text| Value::Text(text.into()))
                .into()
        })
    }

    fn parcel(&self, row: &Surveyed) -> &'a Parcel {
        &self.scan.measured.city.parcels.rows[row.parcel as usize]
    }

    fn contract(&self, row: &Surveyed) -> Option<&'a GrantContract> {
        let (at, _) = row.grant.as_ref()?;
        self.scan
            .measured
            .city
            .contracts
            .as_ref()?
            .rows
            .get(*at as usize)
    }

    fn share(&self, row: &Surveyed, part: &str, whole: &str) -> Value<'a> {
        let number = |name| {
            self.contract(row)?
                .facts
                .figure(name)
                .and_then(Figure::number)
        };
        let share = number(part)
            .zip(number(whole))
            .filter(|(_, whole)| *whole > Exact::ZERO);
        share
            .and_then(|(part, whole)| part.over(whole)?.decimal(6))
            .into()
    }
}

fn day<'a>(day: Option<jiff::civil::Date>) -> Value<'a> {
    day.map(|day| Value::Text(day.to_string().into())).into()
}

/// A figure as it is listed; 亩 are m² by then.
fn shown(figure: &Figure) -> Option<String> {
    Some(match figure {
        Figure::Truth(truth) => truth.to_string(),
        Figure::Word(word) => word.to_string(),
        Figure::Words(words) => words.join("、"),
        Figure::Day(day) => day.to_string(),
        figure => figure.number()?.decimal(2)?.to_string(),
    })
}
