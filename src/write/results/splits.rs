//! The lots of proposed splits.

use std::sync::Arc;

use super::about::Named;
use super::cell;
use crate::features::split::{ListedSplits, Lot, SplitProposal};
use crate::quantity::{Area, Decimal, Missing, Quantity};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, TableGeometry, Value};

/// The lots of proposed splits.
struct Lots<'a> {
    scan: &'a Scan,
    listed: &'a ListedSplits,
    ways: Arc<[&'a SplitProposal]>,
}

/// `proposals.*` of splits: one row for each lot. The areas of the lots of a split add up to that of the parcel exactly (what
/// rounding leaves goes to the lots that lost most by it); plot ratio and density are taken to them.
pub fn split_proposals_table<'a>(scan: &'a Scan, listed: &'a ListedSplits) -> Table<'a> {
    let of = Lots {
        scan,
        listed,
        ways: listed.ways().into(),
    };
    let (ids, ways) = (&listed.ids, Arc::clone(&of.ways));
    let parcel =
        move |way: &SplitProposal| &scan.measured.city.parcels.rows[way.split.parcel as usize];
    let parcel_id =
        move |way: &SplitProposal| Some(parcel(way).id.as_str()).filter(|id| !id.is_empty());
    let lots = &listed.lots;
    let mut columns = vec![
        Column::new("proposal_id", "方案编号", Kind::Text, move |row| {
            ids[lots[row].0 as usize].as_str()
        }),
        of.column("kind", "方案类别", Kind::Text, |_, _| "split".into()),
        of.column("rank", "名次", Kind::Integer, |way, _| {
            i64::from(way.rank).into()
        }),
        of.column("parcel_id", "宗地代码", Kind::Text, move |way, _| {
            parcel_id(way).into()
        }),
        Column::new("lot", "分割后宗地", Kind::Text, move |row| {
            Value::Text((lots[row].1 + 1).to_string().into())
        }),
        of.column("area_m2", "面积_平方米", Kind::Decimal(2), |_, lot| {
            lot.area.map(Area::decimal).into()
        }),
        of.column("score", "得分", Kind::Decimal(6), |way, _| {
            Decimal::round(way.scores.total, 6).into()
        }),
        of.column("verdict", "结论", Kind::Text, |way, _| {
            way.judgement.verdict.name().into()
        }),
        of.column("parents", "原宗地", Kind::Text, move |way, _| {
            parcel_id(way).into()
        }),
        of.column("flags", "标记", Kind::Text, |way, _| {
            super::split_ways::flags(&way.judgement)
        }),
        of.column("area_mu", "面积_亩", Kind::Decimal(4), |_, lot| {
            lot.area.map(Area::mu).into()
        }),
    ];
    columns.extend(of.buildings());
    columns.extend(of.form());
    let shapes = TableGeometry {
        crs: &scan.measured.city.crs,
        plane: Box::new(move |row| listed.shapes.get(row)),
        degrees: Some(Box::new(move |row| listed.areas.degrees.get(row))),
    };
    Table {
        name: "proposals",
        title: "分割方案",
        rows: lots.len(),
        columns,
        geometry: Some(shapes),
    }
    .carrying(scan, move |row| {
        Named::One(ways[lots[row].0 as usize].split.parcel)
    })
}

impl<'a> Lots<'a> {
    fn column(
        &self,
        name: &'static str,
        alias: &'static str,
        kind: Kind,
        cell: impl Fn(&'a SplitProposal, &'a Lot) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        let (lots, ways) = (&self.listed.lots, Arc::clone(&self.ways));
        Column::new(name, alias, kind, move |row| {
            let (way, lot) = lots[row];
            let way = ways[way as usize];
            cell(way, &way.split.lots[lot as usize])
        })
    }

    fn buildings(&self) -> Vec<Column<'a>> {
        let layer = self.scan.measured.city.buildings.as_ref();
        let name =
            move |at: &u32| layer.map_or(String::new(), |layer| layer.rows[*at as usize].name());
        let per_area = |of: fn(&Lot) -> Quantity<f64>| {
            move |_: &SplitProposal, lot: &Lot| {
                let area = lot
                    .area
                    .filter(|area| *area > Area::ZERO)
                    .ok_or(Missing::RegisteredArea);
                cell(area.and_then(|area| Ok(of(lot)? / area.m2())), 6)
            }
        };
        let truth = |truth: Option<bool>| {
            truth
                .map(|truth| if truth { "true" } else { "false" })
                .into()
        };
        vec![
            self.column("buildings", "自然幢", Kind::Text, move |_, lot| {
                let names = lot
                    .buildings
                    .as_ref()
                    .map(|at| at.iter().map(name).collect::<Vec<_>>().join(";"));
                names.map_or(Value::Null, |names| Value::Text(names.into()))
            }),
            self.column("building_count", "幢数", Kind::Integer, |_, lot| {
                lot.buildings
                    .as_ref()
                    .and_then(|at| i64::try_from(at.len()).ok())
                    .into()
            }),
            self.column(
                "footprint_m2",
                "基底面积_平方米",
                Kind::Decimal(2),
                |_, lot| cell(lot.footprint, 2),
            ),
            self.column(
                "floor_area_m2",
                "建筑面积_平方米",
                Kind::Decimal(2),
                |_, lot| cell(lot.floor_area, 2),
            ),
            self.column(
                "far_floor_area_m2",
                "计容建筑面积_平方米",
                Kind::Decimal(2),
                |_, lot| cell(lot.far_floor_area, 2),
            ),
            self.column(
                "plot_ratio",
                "容积率",
                Kind::Decimal(6),
                per_area(|lot| lot.far_floor_area),
            ),
            self.column(
                "building_density",
                "建筑密度",
                Kind::Decimal(6),
                per_area(|lot| lot.footprint),
            ),
            self.column("completed", "已竣工", Kind::Text, move |_, lot| {
                truth(lot.completed)
            }),
            self.column(
                "supporting_only",
                "仅有配套设施",
                Kind::Text,
                move |_, lot| truth(lot.supporting_only),
            ),
        ]
    }

    fn form(&self) -> Vec<Column<'a>> {
        vec![
            self.column(
                "open_boundary_m",
                "对外边界_米",
                Kind::Decimal(3),
                |_, lot| Decimal::round(lot.open_m, 3).into(),
            ),
            self.column("compactness", "紧凑度", Kind::Decimal(6), |_, lot| {
                lot.compactness.and_then(|of| Decimal::round(of, 6)).into()
            }),
        ]
    }
}
