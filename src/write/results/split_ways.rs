//! Proposed splits, each as a whole, and the parcels that cannot be split.

use std::fmt::Write as _;
use std::sync::Arc;

use geo::Coord;

use super::about::Named;
use super::cell;
use crate::features::split::{ListedSplits, NoSplit, SplitProposal, SplitsOfParcel};
use crate::geometry::division::Scores;
use crate::law::judge::Judgement;
use crate::parcels::measures::ParcelMeasures;
use crate::quantity::Decimal;
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// Proposed splits.
struct Ways<'a> {
    scan: &'a Scan,
    ways: Arc<[&'a SplitProposal]>,
}

/// `splits.csv`: one row for each proposed split, with the parcel as it is, the parts of the score, and the lot lines as WKT
/// in the computing CRS, as `check` takes them.
pub fn splits_table<'a>(scan: &'a Scan, listed: &'a ListedSplits) -> Table<'a> {
    let of = Ways {
        scan,
        ways: listed.ways().into(),
    };
    let (ids, ways) = (&listed.ids, Arc::clone(&of.ways));
    let mut columns = vec![Column::new(
        "proposal_id",
        "方案编号",
        Kind::Text,
        move |row| ids[row].as_str(),
    )];
    columns.extend(of.outcome());
    columns.extend(of.parcel());
    columns.extend(of.lots());
    columns.extend(of.scores());
    columns.push(of.column("WKT", "分割线", Kind::Text, |_, way| {
        Value::Text(wkt(&way.lines).into())
    }));
    Table {
        name: "splits",
        title: "分割方案汇总",
        rows: ids.len(),
        columns,
        geometry: None,
    }
    .carrying(scan, move |row| Named::One(ways[row].split.parcel))
}

impl<'a> Ways<'a> {
    fn column(
        &self,
        name: &'static str,
        alias: &'static str,
        kind: Kind,
        cell: impl Fn(&'a Scan, &'a SplitProposal) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        let (scan, ways) = (self.scan, Arc::clone(&self.ways));
        Column::new(name, alias, kind, move |row| cell(scan, ways[row]))
    }

    fn outcome(&self) -> [Column<'a>; 5] {
        [
            self.column("parcel_id", "宗地代码", Kind::Text, |scan, way| {
                let id = scan.measured.city.parcels.rows[way.split.parcel as usize]
                    .id
                    .as_str();
                Some(id).filter(|id| !id.is_empty()).into()
            }),
            self.column("rank", "名次", Kind::Integer, |_, way| {
                i64::from(way.rank).into()
            }),
            self.column("verdict", "结论", Kind::Text, |_, way| {
                way.judgement.verdict.name().into()
            }),
            self.column("flags", "标记", Kind::Text, |_, way| {
                flags(&way.judgement)
            }),
            self.column("missing", "缺少", Kind::Text, |_, way| {
                missing(&way.judgement)
            }),
        ]
    }

    /// The parcel before the split.
    fn parcel(&self) -> [Column<'a>; 3] {
        let of = |scan: &'a Scan, way: &SplitProposal| -> &'a ParcelMeasures {
            &scan.measured.measures[way.split.parcel as usize]
        };
        [
            self.column(
                "area_m2",
                "原宗地面积_平方米",
                Kind::Decimal(2),
                move |scan, way| cell(of(scan, way).area, 2),
            ),
            self.column(
                "plot_ratio",
                "原容积率",
                Kind::Decimal(6),
                move |scan, way| cell(of(scan, way).ratio(|on_site| on_site.far_floor_area), 6),
            ),
            self.column(
                "building_density",
                "原建筑密度",
                Kind::Decimal(6),
                move |scan, way| cell(of(scan, way).density(), 6),
            ),
        ]
    }

    fn lots(&self) -> [Column<'a>; 4] {
        let count = |count: usize| Value::from(i64::try_from(count).ok());
        [
            self.column("lots", "分割宗数", Kind::Integer, move |_, way| {
                count(way.split.lots.len())
            }),
            self.column(
                "lot_areas_m2",
                "各宗面积_平方米",
                Kind::Text,
                |_, way| {
                    let areas = way.split.lots.iter().filter_map(|lot| lot.area);
                    let areas: Vec<String> = areas.map(|area| area.decimal().to_string()).collect();
                    Value::Text(areas.join(";").into())
                },
            ),
            self.column(
                "line_m",
                "分割线长度_米",
                Kind::Decimal(3),
                |scan, way| {
                    let metres = scan.measured.city.crs.metres().unwrap_or(f64::NAN);
                    Decimal::round(length(way) * metres, 3).into()
                },
            ),
            self.column(
                "bends",
                "分割线转折数",
                Kind::Integer,
                move |_, way| {
                    count(
                        way.lines
                            .iter()
                            .map(|line| line.len().saturating_sub(2))
                            .sum(),
                    )
                },
            ),
        ]
    }

    fn scores(&self) -> [Column<'a>; 6] {
        let score = |name, alias, of: fn(&Scores) -> f64| {
            self.column(name, alias, Kind::Decimal(6), move |_, way| {
                Decimal::round(of(&way.scores), 6).into()
            })
        };
        [
            score("score", "得分", |of| of.total),
            score("score_area", "面积得分", |of| of.area),
            score("score_compactness", "紧凑得分", |of| of.compactness),
            score("score_straightness", "平直得分", |of| of.straightness),
            score("score_angle", "垂直得分", |of| of.angle),
            score("score_clearance", "间距得分", |of| of.clearance),
        ]
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
            Some(
                scan.measured.city.parcels.rows[of.parcel as usize]
                    .id
                    .as_str(),
            )
            .filter(|id| !id.is_empty())
            .into()
        }),
        column("condition", "不满足的条件", |_, of| {
            of.ways.as_ref().err().map(NoSplit::condition).into()
        }),
        column("explanation", "说明", |scan, of| why(scan, of, 0)),
        column("explanation_en", "说明_英文", |scan, of| {
            why(scan, of, 1)
        }),
    ];
    Table {
        name: "unproposed",
        title: "不能分割的宗地",
        rows,
        columns,
        geometry: None,
    }
    .carrying(scan, move |row| Named::One(none[row].parcel))
}

fn why(scan: &Scan, of: &SplitsOfParcel, language: usize) -> Value<'static> {
    let policy = &scan.measured.options.policy;
    let why = of.ways.as_ref().err();
    let text = why.map(|why| why.texts(policy)[language].clone());
    text.map_or(Value::Null, |text| Value::Text(text.into()))
}

/// The flags of a judgement: `expired`, `borderline`, `depends_on_reading`.
pub(super) fn flags<'a>(judgement: &Judgement) -> Value<'a> {
    let flags = judgement.flags.join(";");
    Some(flags)
        .filter(|flags| !flags.is_empty())
        .map_or(Value::Null, |flags| Value::Text(flags.into()))
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
