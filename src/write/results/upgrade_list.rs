//! The list of upgrades (《“零增地”技改项目清单》, 附件三（五）16): the sites that could do one, with what it would come to.

use std::sync::Arc;

use super::about::Named;
use super::cell;
use super::upgrades::{assumes, names};
use crate::features::idle::{Survey, Tenant};
use crate::features::upgrade::SiteUpgrade;
use crate::features::upgrade::upgrade_rule;
use crate::law::measures::{Subject, measure_named};
use crate::quantity::{Area, Decimal, Exact, Figure};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// What the plan and the contract say of a site, in the order of the columns.
const LIMITS: [(&str, &str, &str, u8); 5] = [
    (
        "contract_plot_ratio",
        "合同容积率",
        "site.contract_plot_ratio",
        2,
    ),
    (
        "plan_plot_ratio_max",
        "规划容积率上限",
        "plan.plot_ratio_max",
        2,
    ),
    (
        "plan_density_max",
        "规划建筑密度上限",
        "plan.density_max",
        4,
    ),
    ("plan_height_max_m", "规划限高_米", "plan.height_max_m", 2),
    (
        "plan_green_ratio_min",
        "规划绿地率下限",
        "plan.green_ratio_min",
        4,
    ),
];

struct ListedUpgrade<'a> {
    site: &'a SiteUpgrade,
    limits: [Option<Decimal>; 5],
    /// Measures of the upgrade, in the order of [`MEASURES`].
    measures: [Option<Decimal>; 3],
}

/// What the law measures of the upgrade that is proposed, in the order of the columns.
const MEASURES: [(&str, &str, &str); 3] = [
    ("plot_ratio_after", "技改后容积率", "plot_ratio"),
    ("plot_ratio_gain", "容积率提高_%", "plot_ratio_gain"),
    ("new_floor_share", "技改建筑面积占比_%", "new_floor_share"),
];

/// The sites where the plan leaves room for the least new floor that is needed and no rule forbids it. What is to be built is
/// that least floor, which counts once; ratios and shares are those that the rules measure, by the readings of the run:
/// `plot_ratio_after` is taken to the site with its scattered land. What only the
/// enterprise or the office knows (`method`, `demolished_m2`, `parking`, `negative_list`, `note`) is left empty.
pub fn upgrade_list_table<'a>(scan: &'a Scan, survey: &'a Survey) -> Table<'a> {
    let is_feasible = |site: &&SiteUpgrade| site.need.proposed().is_feasible() == Some(true);
    let rows: Arc<[ListedUpgrade<'a>]> = (scan.upgrades.sites.iter().filter(is_feasible))
        .map(|site| ListedUpgrade {
            site,
            limits: limits(scan, site.parcel as usize),
            measures: measures(scan, site),
        })
        .collect();
    let of = ListedUpgrades {
        scan,
        survey,
        sites: rows,
    };
    let columns = of.columns();
    let rows = of.sites;
    Table {
        name: "upgrade_list",
        title: "零增地技改项目清单",
        rows: rows.len(),
        columns,
        geometry: None,
    }
    .carrying(scan, move |row| Named::One(rows[row].site.parcel))
}

fn limits(scan: &Scan, at: usize) -> [Option<Decimal>; 5] {
    let facts = scan.facts_of(at);
    LIMITS.map(|(_, _, fact, places)| facts.one.figure(fact)?.number()?.decimal(places))
}

fn measures(scan: &Scan, site: &SiteUpgrade) -> [Option<Decimal>; 3] {
    let facts = site.facts(scan.known());
    let options = &scan.measured.options;
    let subject = Subject::new(&facts, &options.policy, &options.readings, options.as_of);
    let is_known = site.need.proposed().room.needed.is_some();
    MEASURES.map(|(_, _, name)| {
        let measure = measure_named(name).filter(|_| is_known)?;
        let found = (measure.of)(&subject).ok()?;
        let whole = found.open.is_none();
        found.figure.number().filter(|_| whole)?.decimal(6)
    })
}

#[derive(Clone)]
struct ListedUpgrades<'a> {
    scan: &'a Scan,
    survey: &'a Survey,
    sites: Arc<[ListedUpgrade<'a>]>,
}

impl<'a> ListedUpgrades<'a> {
    fn column(
        &self,
        name: &'static str,
        alias: &'static str,
        kind: Kind,
        cell: impl Fn(&Self, &'a SiteUpgrade) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        let of = self.clone();
        Column::new(name, alias, kind, move |row| cell(&of, of.sites[row].site))
    }

    fn columns(&self) -> Vec<Column<'a>> {
        let blank = |name, alias, kind| self.column(name, alias, kind, |_, _| Value::Null);
        let mut columns = Vec::from(self.holder());
        columns.extend(self.today());
        for (place, (name, alias, _, places)) in LIMITS.into_iter().enumerate() {
            let of = self.clone();
            columns.push(Column::new(
                name,
                alias,
                Kind::Decimal(places),
                move |row| of.sites[row].limits[place],
            ));
        }
        columns.push(blank("method", "技改方式", Kind::Text));
        columns.push(blank("demolished_m2", "拆除面积_平方米", Kind::Decimal(2)));
        columns.extend(self.after());
        for (place, (name, alias, _)) in MEASURES.into_iter().enumerate() {
            let of = self.clone();
            columns.push(Column::new(name, alias, Kind::Decimal(6), move |row| {
                of.sites[row].measures[place]
            }));
        }
        columns.push(self.headroom());
        columns.extend(self.scattered());
        columns.push(blank("parking", "停车位_需配", Kind::Text));
        columns.push(blank("negative_list", "负面清单核查", Kind::Text));
        columns.extend(self.outcome());
        columns.push(blank("note", "备注", Kind::Text));
        columns
    }

    fn holder(&self) -> [Column<'a>; 5] {
        let word = |name, alias, of: fn(&'a Tenant) -> Option<String>| {
            self.column(name, alias, Kind::Text, move |rows, site| {
                joined(rows.tenants(site).filter_map(of))
            })
        };
        [
            self.column("parcel_id", "宗地代码", Kind::Text, |of, site| {
                let id = of.scan.measured.city.parcels.rows[site.parcel as usize]
                    .id
                    .as_str();
                Some(id).filter(|id| !id.is_empty()).into()
            }),
            word("enterprise", "企业名称", |of| {
                Some(of.name.as_ref()?.to_string())
            }),
            word("credit_code", "统一社会信用代码", |of| {
                Some(of.id.to_string()).filter(|id| !id.is_empty())
            }),
            word("industry", "行业代码", |of| {
                Some(of.industry.as_ref()?.to_string())
            }),
            word("evaluation_class", "亩均评价", |of| {
                match of.facts.one.figure("enterprise.evaluation_class") {
                    Some(Figure::Word(word)) => Some(word.to_string()),
                    _ => None,
                }
            }),
        ]
    }

    fn today(&self) -> [Column<'a>; 6] {
        let ratio = |name,
                     alias,
                     of: fn(
            &crate::parcels::measures::OnSite,
        ) -> crate::quantity::Quantity<f64>| {
            self.column(name, alias, Kind::Decimal(6), move |rows, site| {
                cell(
                    rows.scan.measured.measures[site.parcel as usize].ratio(of),
                    6,
                )
            })
        };
        [
            self.column(
                "area_m2",
                "原用地面积_平方米",
                Kind::Decimal(2),
                |of, site| of.area(site).map(Area::decimal).into(),
            ),
            self.column(
                "area_mu",
                "原用地面积_亩",
                Kind::Decimal(4),
                |of, site| of.area(site).map(Area::mu).into(),
            ),
            self.column(
                "floor_area_m2",
                "现状建筑面积_平方米",
                Kind::Decimal(2),
                |of, site| {
                    let on = of.scan.measured.measures[site.parcel as usize]
                        .on_site
                        .as_ref();
                    on.map_or(Value::Null, |on| cell(on.floor_area, 2))
                },
            ),
            self.column(
                "far_floor_area_m2",
                "现状计容建筑面积_平方米",
                Kind::Decimal(2),
                |of, site| of.far(site).map(Area::decimal).into(),
            ),
            ratio("plot_ratio", "现状容积率", |on| on.far_floor_area),
            ratio("building_density", "现状建筑密度", |on| on.footprint),
        ]
    }

    fn after(&self) -> [Column<'a>; 2] {
        let exact =
            |number: Option<Exact>, places| Value::from(number.and_then(|of| of.decimal(places)));
        [
            self.column(
                "needed_new_floor_m2",
                "新建建筑面积_平方米",
                Kind::Decimal(2),
                move |_, site| exact(site.need.proposed().room.needed, 2),
            ),
            self.column(
                "floor_area_after_m2",
                "技改后计容建筑面积_平方米",
                Kind::Decimal(2),
                move |of, site| exact(of.floor_after(site), 2),
            ),
        ]
    }

    fn headroom(&self) -> Column<'a> {
        self.column(
            "plan_headroom_m2",
            "规划剩余建筑面积_平方米",
            Kind::Decimal(2),
            |_, site| {
                let headroom = site.need.proposed().room.headroom;
                headroom.and_then(|of| of.decimal(2)).into()
            },
        )
    }

    fn scattered(&self) -> [Column<'a>; 4] {
        let some = |site: &SiteUpgrade| (!site.pieces.is_empty()).then_some(site.pieces_m2);
        [
            self.column("pieces", "零星地块编号", Kind::Text, |of, site| {
                names(of.scan, &site.pieces)
            }),
            self.column(
                "scattered_m2",
                "零星地块面积_平方米",
                Kind::Decimal(2),
                move |_, site| some(site).map(Area::decimal).into(),
            ),
            self.column(
                "scattered_mu",
                "零星地块面积_亩",
                Kind::Decimal(4),
                move |_, site| some(site).map(Area::mu).into(),
            ),
            self.column(
                "share_of_site",
                "零星地块占原用地比例_%",
                Kind::Decimal(6),
                move |of, site| {
                    let share = some(site).zip(of.area(site));
                    let share =
                        share.and_then(|(part, whole)| Exact::from(part).over(whole.into()));
                    share.and_then(|share| share.decimal(6)).into()
                },
            ),
        ]
    }

    fn outcome(&self) -> [Column<'a>; 4] {
        let (policy, as_of) = (
            &self.scan.measured.options.policy,
            self.scan.measured.options.as_of,
        );
        let article = upgrade_rule(policy, as_of).map(crate::law::pack::Rule::citation);
        [
            self.column("verdict", "结论", Kind::Text, |_, site| {
                site.need.proposed().verdict.name().into()
            }),
            self.column("undecided", "待核实的规则", Kind::Text, |of, site| {
                let rules = &of.scan.measured.options.policy.rules;
                let undecided = site.need.proposed().undecided.iter();
                let rules = undecided.filter_map(|place| rules.get(usize::from(*place)));
                let ids = rules
                    .map(|rule| rule.id.as_str())
                    .collect::<Vec<_>>()
                    .join(";");
                Some(ids)
                    .filter(|ids| !ids.is_empty())
                    .map(|ids| Value::Text(ids.into()))
                    .into()
            }),
            self.column("article", "依据条款", Kind::Text, move |_, _| {
                article.clone().map(Value::Text).into()
            }),
            self.column("assumes", "按惯常取值", Kind::Text, |_, site| {
                joined(
                    Some(assumes(site))
                        .filter(|text| !text.is_empty())
                        .into_iter(),
                )
            }),
        ]
    }

    fn tenants(&self, site: &SiteUpgrade) -> impl Iterator<Item = &'a Tenant> + use<'a> {
        let tenants = &self.survey.tenants;
        let on = tenants.on_parcel.get(&site.parcel).into_iter().flatten();
        on.map(|at| &tenants.all[*at as usize])
    }

    fn area(&self, site: &SiteUpgrade) -> Option<Area> {
        let area = self.scan.measured.measures[site.parcel as usize].area.ok();
        area.and_then(Area::from_m2)
    }

    fn far(&self, site: &SiteUpgrade) -> Option<Area> {
        let on = self.scan.measured.measures[site.parcel as usize]
            .on_site
            .as_ref()
            .ok()?;
        Area::from_m2(on.far_floor_area.ok()?)
    }

    /// The floor that counts when what is needed is built.
    fn floor_after(&self, site: &SiteUpgrade) -> Option<Exact> {
        let needed = site.need.proposed().room.needed?;
        Exact::from(self.far(site)?).plus(needed)
    }
}

fn joined<'a>(texts: impl Iterator<Item = String>) -> Value<'a> {
    let text = texts.collect::<Vec<_>>().join("；");
    Some(text)
        .filter(|text| !text.is_empty())
        .map(|text| Value::Text(text.into()))
        .into()
}
