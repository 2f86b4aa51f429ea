//! The upgrades of some sites solved backwards, as proposals.

use super::upgrades::Sites;
use crate::features::upgrade::SiteUpgrade;
use crate::quantity::Exact;
use crate::run::Scan;
use crate::write::{Kind, Table, TableGeometry, Value};

/// `proposals.*` of upgrades: one row for each industrial site that bears a building and is `wanted`, with the columns of
/// `allocation.csv`. `score` is the share of the plan's headroom that the needed floor leaves, unknown where either is;
/// `area_m2` that of the site without scattered land.
pub fn upgrade_proposals_table<'a>(scan: &'a Scan, wanted: &dyn Fn(u32) -> bool) -> Table<'a> {
    let sites: Vec<&SiteUpgrade> = scan
        .upgrades
        .sites
        .iter()
        .filter(|site| wanted(site.parcel))
        .collect();
    let rows: Vec<u32> = sites.iter().map(|site| site.parcel).collect();
    let of = Sites::new(scan, sites);
    let mut columns = vec![
        of.column("proposal_id", "方案编号", Kind::Text, |scan, site| {
            // that of the site, as in `findings.csv`
            Value::Text(
                scan.measured.city.parcels.rows[site.parcel as usize]
                    .name()
                    .into(),
            )
        }),
        of.column("kind", "方案类别", Kind::Text, |_, _| "upgrade".into()),
        of.column("rank", "名次", Kind::Integer, |_, _| 1.into()),
    ];
    columns.extend(of.site());
    columns.push(of.column("lot", "分割后宗地", Kind::Text, |_, _| Value::Null));
    columns.push(of.column(
        "area_m2",
        "面积_平方米",
        Kind::Decimal(2),
        |scan, site| super::cell(scan.measured.measures[site.parcel as usize].area, 2),
    ));
    columns.push(of.column("score", "得分", Kind::Decimal(6), |_, site| {
        score(site).and_then(|score| score.decimal(6)).into()
    }));
    columns.push(of.column("verdict", "结论", Kind::Text, |_, site| {
        site.need.proposed().verdict.name().into()
    }));
    columns.push(of.column("parents", "原宗地", Kind::Text, |scan, site| {
        Some(
            scan.measured.city.parcels.rows[site.parcel as usize]
                .id
                .as_str(),
        )
        .filter(|id| !id.is_empty())
        .into()
    }));
    columns.extend(of.alone());
    columns.extend(of.pieces());
    columns.extend(
        of.outcome()
            .into_iter()
            .filter(|column| column.name != "verdict"),
    );
    columns.extend(of.grounds());
    let mut table = of.table("proposals", "零增地技改反算", columns);
    table.geometry = Some(geometry(scan, rows));
    table
}

/// What the needed floor leaves of the headroom of the plan, as a share; 0 where it is more.
fn score(site: &SiteUpgrade) -> Option<Exact> {
    let room = site.need.proposed().room;
    let (needed, headroom) = (room.needed?, room.headroom?);
    if headroom <= needed {
        return Some(Exact::ZERO);
    }
    headroom.minus(needed)?.over(headroom)
}

fn geometry(scan: &Scan, rows: Vec<u32>) -> TableGeometry<'_> {
    let also = rows.clone();
    TableGeometry {
        crs: &scan.measured.city.crs,
        plane: Box::new(move |row| scan.measured.city.parcels.shapes.get(rows[row] as usize)),
        degrees: Some(Box::new(move |row| {
            scan.measured.areas.degrees.get(also[row] as usize)
        })),
    }
}
