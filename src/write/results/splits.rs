//! Proposed splits: their lots, each split as a whole, and the parcels that cannot be split.

use std::fmt::Write as _;
use std::sync::Arc;

use geo::Coord;

use super::cell;
use crate::judge::Judgement;
use crate::proposals::{ListedSplits, Lot, SplitProposal, SplitsOfParcel};
use crate::quantity::{Area, Decimal, Missing, Quantity};
use crate::scan::Scan;
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
    let ids = &listed.ids;
    let parcel = move |way: &SplitProposal| &scan.city.parcels.rows[way.split.parcel as usize];
    let parcel_id =
        move |way: &SplitProposal| Some(parcel(way).id.as_str()).filter(|id| !id.is_empty());
    let lots = &listed.lots;
    let mut columns = vec![
        Column::new("proposal_id", "方案编号", Kind::Text, move |row| {
            ids[lots[row].0 as usize].as_str()
        }),
        of.column("kind", "方案类别", Kind::Text, |_, _| "split".into()),
        of.column("rank", "序号", Kind::Integer, |way, _| {
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
        of.column("area_mu", "面积_亩", Kind::Decimal(4), |_, lot| {
            lot.area.map(Area::mu).into()
        }),
    ];
    columns.extend(of.buildings());
    columns.extend(of.form());
    let shapes = TableGeometry {
        crs: &scan.city.crs,
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
        let layer = self.scan.city.buildings.as_ref();
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
                lot.buildings
                    .as_ref()
                    .map(|at| Value::Text(at.iter().map(name).collect::<Vec<_>>().join(";").into()))
                    .unwrap_or(Value::Null)
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

/// `splits.csv`: one row for each proposed split, with the parcel as it is, the parts of the score, and the lot lines as WKT
/// in the computing CRS, as `check` takes them.
pub fn splits_table<'a>(scan: &'a Scan, listed: &'a ListedSplits) -> Table<'a> {
    let ways: Arc<[&SplitProposal]> = listed.ways().into();
    let column = |name, alias, kind, cell: fn(&'a Scan, &'a SplitProposal) -> Value<'a>| {
        let ways = Arc::clone(&ways);
        Column::new(name, alias, kind, move |row| cell(scan, ways[row]))
    };
    let score = |name, alias, cell: fn(&'a Scan, &'a SplitProposal) -> Value<'a>| {
        column(name, alias, Kind::Decimal(6), cell)
    };
    let ids = &listed.ids;
    let columns = vec![
        Column::new("proposal_id", "方案编号", Kind::Text, move |row| {
            ids[row].as_str()
        }),
        column("parcel_id", "宗地代码", Kind::Text, |scan, way| {
            Some(
                scan.city.parcels.rows[way.split.parcel as usize]
                    .id
                    .as_str(),
            )
            .filter(|id| !id.is_empty())
            .into()
        }),
        column("rank", "序号", Kind::Integer, |_, way| {
            i64::from(way.rank).into()
        }),
        column("verdict", "结论", Kind::Text, |_, way| {
            way.judgement.verdict.name().into()
        }),
        column("missing", "缺少", Kind::Text, |_, way| {
            missing(&way.judgement)
        }),
        column(
            "area_m2",
            "原宗地面积_平方米",
            Kind::Decimal(2),
            |scan, way| cell(scan.measures[way.split.parcel as usize].area, 2),
        ),
        column(
            "plot_ratio",
            "原容积率",
            Kind::Decimal(6),
            |scan, way| {
                cell(
                    scan.measures[way.split.parcel as usize].ratio(|of| of.far_floor_area),
                    6,
                )
            },
        ),
        column(
            "building_density",
            "原建筑密度",
            Kind::Decimal(6),
            |scan, way| {
                cell(
                    scan.measures[way.split.parcel as usize].ratio(|of| of.footprint),
                    6,
                )
            },
        ),
        column("lots", "分割宗数", Kind::Integer, |_, way| {
            i64::try_from(way.split.lots.len()).ok().into()
        }),
        column(
            "lot_areas_m2",
            "各宗面积_平方米",
            Kind::Text,
            |_, way| {
                Value::Text(
                    way.split
                        .lots
                        .iter()
                        .filter_map(|lot| lot.area)
                        .map(|area| area.decimal().to_string())
                        .collect::<Vec<_>>()
                        .join(";")
                        .into(),
                )
            },
        ),
        column(
            "line_m",
            "分割线长度_米",
            Kind::Decimal(3),
            |scan, way| {
                Decimal::round(length(way) * scan.city.crs.metres().unwrap_or(f64::NAN), 3).into()
            },
        ),
        column("bends", "分割线转折数", Kind::Integer, |_, way| {
            i64::try_from(
                way.lines
                    .iter()
                    .map(|line| line.len().saturating_sub(2))
                    .sum::<usize>(),
            )
            .ok()
            .into()
        }),
        score("score", "得分", |_, way| {
            Decimal::round(way.scores.total, 6).into()
        }),
        score("score_area", "面积得分", |_, way| {
            Decimal::round(way.scores.area, 6).into()
        }),
        score("score_compactness", "紧凑得分", |_, way| {
            Decimal::round(way.scores.compactness, 6).into()
        }),
        score("score_straightness", "平直得分", |_, way| {
            Decimal::round(way.scores.straightness, 6).into()
        }),
        score("score_angle", "垂直得分", |_, way| {
            Decimal::round(way.scores.angle, 6).into()
        }),
        score("score_clearance", "间距得分", |_, way| {
            Decimal::round(way.scores.clearance, 6).into()
        }),
        column("WKT", "分割线", Kind::Text, |_, way| {
            Value::Text(wkt(&way.lines).into())
        }),
    ];
    Table {
        name: "splits",
        title: "分割方案汇总",
        rows: ids.len(),
        columns,
        geometry: None,
    }
}

/// `unproposed.csv`: one row for each parcel that was looked at and cannot be split so, with the condition that keeps it.
pub fn unproposed_table<'a>(scan: &'a Scan, listed: &'a ListedSplits) -> Table<'a> {
    let none: Arc<[&SplitsOfParcel]> = listed
        .parcels
        .iter()
        .filter(|of| of.ways.is_err())
        .collect();
    let rows = none.len();
    let column = |name, alias, cell: fn(&'a Scan, &'a SplitsOfParcel) -> Value<'a>| {
        let none = Arc::clone(&none);
        Column::new(name, alias, Kind::Text, move |row| cell(scan, none[row]))
    };
    let columns = vec![
        column("parcel_id", "宗地代码", |scan, of| {
            Some(scan.city.parcels.rows[of.parcel as usize].id.as_str())
                .filter(|id| !id.is_empty())
                .into()
        }),
        column("condition", "不满足的条件", |_, of| {
            of.ways.as_ref().err().map(|why| why.condition()).into()
        }),
        column("explanation", "说明", |_, of| why(of, 0)),
        column("explanation_en", "说明_英文", |_, of| why(of, 1)),
    ];
    Table {
        name: "unproposed",
        title: "不能分割的宗地",
        rows,
        columns,
        geometry: None,
    }
}

fn why(of: &SplitsOfParcel, language: usize) -> Value<'static> {
    let text = of
        .ways
        .as_ref()
        .err()
        .map(|why| why.texts()[language].clone());
    text.map_or(Value::Null, |text| Value::Text(text.into()))
}

/// What is missing for the rules that are unknown, each once.
fn missing<'a>(judgement: &Judgement) -> Value<'a> {
    let mut names: Vec<&str> = Vec::new();
    for name in judgement
        .findings
        .iter()
        .flat_map(|finding| &finding.missing)
    {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    Some(names.join(";"))
        .filter(|names| !names.is_empty())
        .map_or(Value::Null, |names| Value::Text(names.into()))
}

fn length(way: &SplitProposal) -> f64 {
    let legs = way.lines.iter().flat_map(|line| line.windows(2));
    legs.map(|leg| (leg[1].x - leg[0].x).hypot(leg[1].y - leg[0].y))
        .sum()
}

fn wkt(lines: &[Vec<Coord>]) -> String {
    let mut text = "MULTILINESTRING(".to_owned();
    for (at, line) in lines.iter().enumerate() {
        let points: Vec<String> = line
            .iter()
            .map(|c| format!("{:.6} {:.6}", c.x, c.y))
            .collect();
        let comma = if at > 0 { "," } else { "" };
        let _ = write!(text, "{comma}({})", points.join(","));
    }
    text + ")"
}
