//! Every industrial site solved backwards: what an upgrade would take, alone and with the scattered land beside it.

use std::sync::Arc;

use super::about::Named;
use super::row_if;
use crate::features::upgrade::SiteUpgrade;
use crate::features::upgrade::Solution;
use crate::quantity::{Area, Decimal, Exact};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// The sites of a table.
pub(super) struct Sites<'a> {
    scan: &'a Scan,
    sites: Arc<[&'a SiteUpgrade]>,
}

/// `upgrades.csv`: one row for each industrial site that bears a building. Areas in m², rounded up to 0.01 where they are
/// needed; `feasible` is false where a rule forbids the upgrade, named in `forbidden_by`, and null where
/// the greatest plot ratio of the plan is unknown. `verdict` is what all rules of upgrades come to, as a check of the
/// proposal says it; `assumes` names what is taken as usual since nobody has given it.
pub fn upgrades_table(scan: &Scan) -> Table<'_> {
    let of = Sites::new(scan, scan.upgrades.sites.iter().collect());
    let mut columns = of.site();
    columns.extend(of.alone());
    columns.extend(of.pieces());
    columns.extend(of.outcome());
    columns.extend(of.grounds());
    of.table("upgrades", "零增地技改反算", columns)
}

/// `allocation.csv`: one row for each site with scattered land beside it that may be proposed; `pieces` are those proposed for
/// it, each for one site only, `candidates` all of them, `most_land_m2` the most it may take
/// now, `granted_before_m2` what it was granted before.
pub fn allocation_table(scan: &Scan) -> Table<'_> {
    let with_pieces = scan
        .upgrades
        .sites
        .iter()
        .filter(|site| !site.candidates.is_empty());
    let of = Sites::new(scan, with_pieces.collect());
    let mut columns = of.site();
    columns.extend(of.pieces());
    columns.extend(of.outcome());
    columns.push(of.candidates());
    columns.push(of.column(
        "most_land_m2",
        "最多可配置面积",
        Kind::Decimal(2),
        |_, site| site.most_m2.decimal().into(),
    ));
    columns.push(of.column(
        "granted_before_m2",
        "此前已供零星地块面积",
        Kind::Decimal(2),
        |_, site| site.granted_m2.decimal().into(),
    ));
    columns.extend(of.grounds());
    of.table("allocation", "零星地块配置", columns)
}

impl<'a> Sites<'a> {
    pub(super) fn new(scan: &'a Scan, sites: Vec<&'a SiteUpgrade>) -> Self {
        Self {
            scan,
            sites: sites.into(),
        }
    }

    pub(super) fn table(
        self,
        name: &'static str,
        title: &'static str,
        mut columns: Vec<Column<'a>>,
    ) -> Table<'a> {
        columns.push(
            self.column("parcel_row", "输入行号", Kind::Integer, |scan, site| {
                row_if(
                    scan.measured.city.parcels.unclear.contains(&site.parcel),
                    scan.measured.city.parcels.rows[site.parcel as usize].row,
                )
            }),
        );
        let (scan, sites) = (self.scan, self.sites);
        Table {
            name,
            title,
            rows: sites.len(),
            columns,
            geometry: None,
        }
        .carrying(scan, move |row| Named::One(sites[row].parcel))
    }

    pub(super) fn column(
        &self,
        name: &'static str,
        alias: &'static str,
        kind: Kind,
        cell: impl Fn(&'a Scan, &'a SiteUpgrade) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        let (scan, sites) = (self.scan, Arc::clone(&self.sites));
        Column::new(name, alias, kind, move |row| cell(scan, sites[row]))
    }

    pub(super) fn site(&self) -> Vec<Column<'a>> {
        vec![
            self.column("parcel_id", "宗地代码", Kind::Text, |scan, site| {
                let id = scan.measured.city.parcels.rows[site.parcel as usize]
                    .id
                    .as_str();
                Some(id).filter(|id| !id.is_empty()).into()
            }),
        ]
    }

    fn candidates(&self) -> Column<'a> {
        self.column(
            "candidates",
            "相邻零星地块",
            Kind::Text,
            |scan, site| names(scan, &site.candidates),
        )
    }

    pub(super) fn pieces(&self) -> Vec<Column<'a>> {
        let some = |site: &SiteUpgrade| (!site.pieces.is_empty()).then_some(site.pieces_m2);
        vec![
            self.column("pieces", "零星地块", Kind::Text, |scan, site| {
                names(scan, &site.pieces)
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
                "占原用地比例",
                Kind::Decimal(6),
                move |scan, site| {
                    let whole = scan.measured.measures[site.parcel as usize]
                        .area
                        .ok()
                        .and_then(Area::from_m2);
                    let share = some(site)
                        .zip(whole)
                        .and_then(|(part, whole)| Exact::from(part).over(whole.into()));
                    share.and_then(|share| share.decimal(6)).into()
                },
            ),
        ]
    }

    pub(super) fn outcome(&self) -> Vec<Column<'a>> {
        let names = [
            ("needed_new_floor_m2", "所需新建建筑面积"),
            ("plan_headroom_m2", "规划剩余建筑面积"),
            ("feasible", "可行"),
        ];
        let mut columns = self.room(names, |site| site.need.with_pieces.as_ref());
        columns.push(self.column("verdict", "结论", Kind::Text, |_, site| {
            let solution = site.need.with_pieces.as_ref();
            solution.map(|solution| solution.verdict.name()).into()
        }));
        columns
    }

    /// What forbids the upgrade that is proposed, and what it rests on.
    pub(super) fn grounds(&self) -> Vec<Column<'a>> {
        vec![
            self.column(
                "forbidden_by",
                "不允许的规则",
                Kind::Text,
                |_, site| text(site.need.proposed().failing.join(";")),
            ),
            self.column("assumes", "假定", Kind::Text, |_, site| {
                text(assumes(site))
            }),
        ]
    }

    /// What the site would take without scattered land.
    pub(super) fn alone(&self) -> Vec<Column<'a>> {
        self.room(
            [
                (
                    "needed_new_floor_alone_m2",
                    "不配零星地块时所需新建建筑面积",
                ),
                ("plan_headroom_alone_m2", "不配零星地块时规划剩余建筑面积"),
                ("feasible_alone", "不配零星地块时可行"),
            ],
            |site| Some(&site.need.alone),
        )
    }

    fn room(
        &self,
        [needed, headroom, feasible]: [(&'static str, &'static str); 3],
        solution: fn(&SiteUpgrade) -> Option<&Solution>,
    ) -> Vec<Column<'a>> {
        let area = |m2: Option<Exact>| -> Option<Decimal> { m2?.decimal(2) };
        vec![
            self.column(needed.0, needed.1, Kind::Decimal(2), move |_, site| {
                area(solution(site).and_then(|of| of.room.needed)).into()
            }),
            self.column(headroom.0, headroom.1, Kind::Decimal(2), move |_, site| {
                area(solution(site).and_then(|of| of.room.headroom)).into()
            }),
            self.column(feasible.0, feasible.1, Kind::Text, move |_, site| {
                solution(site)
                    .and_then(Solution::is_feasible)
                    .map(|feasible| if feasible { "true" } else { "false" })
                    .into()
            }),
        ]
    }
}

/// The ids of pieces, joined.
pub(super) fn names<'a>(scan: &Scan, pieces: &[u32]) -> Value<'a> {
    let names = pieces
        .iter()
        .map(|at| scan.pieces.found.pieces[*at as usize].id.as_str());
    text(names.collect::<Vec<_>>().join(";"))
}

fn text<'a>(text: String) -> Value<'a> {
    if text.is_empty() {
        Value::Null
    } else {
        Value::Text(text.into())
    }
}

/// `upgrade.demolished_m2=0;site.earlier_scattered_m2=0`: the facts as a check file states them. New floor counts once.
pub(super) fn assumes(site: &SiteUpgrade) -> String {
    let usual = site.assumes.iter().filter_map(|(name, usual)| {
        let usual = usual.number()?;
        Some(format!("{name}={usual}"))
    });
    let is_counted = |name: &&str| *name == "upgrade.far_demolished_m2";
    let counted = site.assumes.iter().any(|(name, _)| is_counted(name));
    let built = site.need.proposed().room.needed.filter(|_| counted);
    let built = built.and_then(|built| built.decimal(2));
    let built = built.map(|built| format!("upgrade.far_built_m2={built}"));
    usual.chain(built).collect::<Vec<_>>().join(";")
}
