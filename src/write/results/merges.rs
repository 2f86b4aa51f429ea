//! Merges that could be done (合并方案): a row for each, and a row for each parcel of each.

use super::about::Named;
use super::row_if;
use crate::features::merge::{MergeProposal, Merges, PartFigures};
use crate::geometry::ShapeRef;
use crate::model::Parcel;
use crate::quantity::{Area, Decimal};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, TableGeometry, Value};

/// `merged.*`: one row for each merge, its geometry the merged land with the gaps of digitising closed. What is unknown of
/// one parcel is null; `missing` says what the rules would have to know.
pub fn merged_table<'a>(scan: &'a Scan, merges: &'a Merges) -> Table<'a> {
    let of = MergedRows {
        scan,
        proposals: &merges.proposals,
    };
    let mut columns = of.identity();
    columns.extend(of.land());
    columns.extend(of.use_of_land());
    columns.extend(of.outcome());
    Table {
        name: "merged",
        title: "合并方案",
        rows: merges.proposals.len(),
        columns,
        geometry: Some(TableGeometry {
            crs: &scan.measured.city.crs,
            plane: Box::new(move |row| -> ShapeRef<'_> {
                merges.proposals[row].land.union.shape()
            }),
            degrees: Some(Box::new(move |row| merges.degrees.get(row))),
        }),
    }
    .carrying(scan, move |row| Named::Many(&merges.proposals[row].parcels))
}

/// `proposals.*` of merges: one row for each parcel of each merge, as it is before; its geometry is the parcel.
pub fn merge_proposals_table<'a>(scan: &'a Scan, merges: &'a Merges) -> Table<'a> {
    let parts: Vec<(u32, u32)> = (0..)
        .zip(&merges.proposals)
        .flat_map(|(row, proposal)| (0..).take(proposal.parcels.len()).map(move |at| (row, at)))
        .collect();
    let of = Parts {
        scan,
        proposals: &merges.proposals,
        rows: parts.into(),
    };
    let rows = of.rows.len();
    let (columns, shapes, part) = (of.columns(), of.shapes(), of.part());
    Table {
        name: "proposals",
        title: "合并方案宗地",
        rows,
        columns,
        geometry: Some(shapes),
    }
    .carrying(scan, move |row| Named::One(part(row).at))
}

/// The merges of a table.
#[derive(Clone, Copy)]
struct MergedRows<'a> {
    scan: &'a Scan,
    proposals: &'a [MergeProposal],
}

impl<'a> MergedRows<'a> {
    fn column(
        self,
        name: &'static str,
        alias: &'static str,
        kind: Kind,
        cell: impl Fn(&'a MergeProposal) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        Column::new(name, alias, kind, move |row| cell(&self.proposals[row]))
    }

    fn number(
        self,
        name: &'static str,
        alias: &'static str,
        places: u8,
        number: impl Fn(&'a MergeProposal) -> Option<f64> + Sync + 'a,
    ) -> Column<'a> {
        self.column(name, alias, Kind::Decimal(places), move |of| {
            decimal(number(of), places)
        })
    }

    fn identity(self) -> Vec<Column<'a>> {
        let scan = self.scan;
        vec![
            self.column("proposal_id", "方案编号", Kind::Text, |of| {
                text(of.id())
            }),
            self.column("kind", "类别", Kind::Text, |_| "merge".into()),
            self.column("rank", "名次", Kind::Integer, |of| {
                i64::from(of.rank).into()
            }),
            self.column("parents", "合并前宗地", Kind::Text, move |of| {
                text(parents(scan, of))
            }),
            self.column("parcel_count", "宗地数", Kind::Integer, |of| {
                i64::try_from(of.parcels.len()).ok().into()
            }),
        ]
    }

    fn land(self) -> Vec<Column<'a>> {
        vec![
            self.column(
                "area_m2",
                "合并后面积_平方米",
                Kind::Decimal(2),
                |of| of.area.map(Area::decimal).into(),
            ),
            self.column("area_mu", "合并后面积_亩", Kind::Decimal(4), |of| {
                of.area.map(Area::mu).into()
            }),
            self.column("area_basis", "面积依据", Kind::Text, |of| {
                of.area_basis().into()
            }),
            self.number("area_plane_m2", "平面面积_平方米", 2, |of| {
                Some(of.land.plane_m2)
            }),
            self.number("closed_gap_m2", "合拢间隙面积_平方米", 2, |of| {
                Some(of.land.closed_gap_m2)
            }),
            self.number("closed_gap_m", "合拢间隙宽度_米", 3, |of| {
                Some(of.land.closed_gap_m)
            }),
            self.number("overlap_m2", "重叠面积_平方米", 2, |of| {
                Some(of.land.overlap_m2)
            }),
            self.number("shared_m", "共边长度_米", 3, |of| Some(of.shared_m)),
            self.number("perimeter_before_m", "合并前界线总长_米", 3, |of| {
                Some(of.together.perimeter_m)
            }),
            self.number("perimeter_m", "合并后界线长_米", 3, |of| {
                Some(of.land.perimeter_m)
            }),
            self.number(
                "frontage_before_m",
                "合并前最长临空界线_米",
                3,
                |of| Some(of.frontage_most_m),
            ),
            self.number("frontage_m", "合并后临空界线_米", 3, |of| {
                Some(of.frontage_m)
            }),
            self.number("compactness_before", "合并前紧凑度", 6, |of| {
                of.together.compactness
            }),
            self.number("compactness", "合并后紧凑度", 6, |of| of.compactness),
        ]
    }

    fn use_of_land(self) -> Vec<Column<'a>> {
        vec![
            self.number("footprint_m2", "基底面积_平方米", 2, |of| {
                of.together.footprint_m2
            }),
            self.number("floor_area_m2", "建筑面积_平方米", 2, |of| {
                of.together.floor_area_m2
            }),
            self.number(
                "far_floor_area_m2",
                "计容建筑面积_平方米",
                2,
                |of| of.together.far_floor_area_m2,
            ),
            self.number("plot_ratio", "容积率", 6, MergeProposal::plot_ratio),
            self.number(
                "building_density",
                "建筑密度",
                6,
                MergeProposal::building_density,
            ),
            self.number(
                "plan_floor_m2",
                "规划允许建筑面积_平方米",
                2,
                |of| of.together.plan_floor_m2,
            ),
            self.number(
                "plan_room_m2",
                "规划剩余建筑面积_平方米",
                2,
                |of| of.together.plan_room_m2(),
            ),
            self.column(
                "unified_term_end",
                "统一后终止日期",
                Kind::Text,
                |of| of.together.term_end.map(|end| text(end.to_string())).into(),
            ),
            self.number("years_lost_most", "最多减少年限", 2, |of| {
                of.together.years_lost_most()
            }),
        ]
    }

    fn outcome(self) -> Vec<Column<'a>> {
        vec![
            self.number("score", "得分", 6, |of| Some(of.score.total())),
            self.number("score_land", "得分_面积", 6, |of| of.score.land),
            self.number("score_boundary", "得分_界线", 6, |of| {
                Some(of.score.boundary)
            }),
            self.number("score_room", "得分_规划余量", 6, |of| of.score.room),
            self.number("score_standalone", "得分_独立成宗", 6, |of| {
                of.score.standalone
            }),
            self.number("score_term", "扣分_年限", 6, |of| of.score.term),
            self.column("verdict", "结论", Kind::Text, |of| {
                of.judgement.verdict.name().into()
            }),
            self.column("flags", "标记", Kind::Text, |of| {
                let of_rules = of.judgement.flags.iter().map(String::as_str);
                joined(of.flags.iter().copied().chain(of_rules))
            }),
            self.column("missing", "缺少", Kind::Text, |of| {
                let findings = of.judgement.findings.iter();
                let missing = findings.flat_map(|finding| &finding.missing);
                joined(missing.map(String::as_str))
            }),
        ]
    }
}

/// The parcels of merges: the row of the merge, and which of its parcels.
struct Parts<'a> {
    scan: &'a Scan,
    proposals: &'a [MergeProposal],
    rows: std::sync::Arc<[(u32, u32)]>,
}

/// A parcel of a merge.
struct MergedPart<'a> {
    proposal: &'a MergeProposal,
    figures: &'a PartFigures,
    parcel: &'a Parcel,
    at: u32,
}

impl<'a> Parts<'a> {
    fn part(&self) -> impl Fn(usize) -> MergedPart<'a> + Sync + 'a + use<'a> {
        let (scan, proposals) = (self.scan, self.proposals);
        let rows = std::sync::Arc::clone(&self.rows);
        move |row| {
            let (row, place) = rows[row];
            let proposal = &proposals[row as usize];
            let at = proposal.parcels[place as usize];
            MergedPart {
                proposal,
                figures: &proposal.parts[place as usize],
                parcel: &scan.measured.city.parcels.rows[at as usize],
                at,
            }
        }
    }

    fn column(
        &self,
        name: &'static str,
        alias: &'static str,
        kind: Kind,
        cell: impl Fn(MergedPart<'a>) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        let part = self.part();
        Column::new(name, alias, kind, move |row| cell(part(row)))
    }

    fn columns(&self) -> Vec<Column<'a>> {
        let scan = self.scan;
        let number = |name, alias, places, number: fn(&PartFigures) -> Option<f64>| {
            self.column(name, alias, Kind::Decimal(places), move |of| {
                decimal(number(of.figures), places)
            })
        };
        let given = |name, alias, given: fn(&Parcel) -> Option<&str>| {
            self.column(name, alias, Kind::Text, move |of| given(of.parcel).into())
        };
        let over_area = |part: Option<f64>, of: &PartFigures| Some(part? / of.area?.m2());
        vec![
            self.column("proposal_id", "方案编号", Kind::Text, |of| {
                text(of.proposal.id())
            }),
            self.column("kind", "类别", Kind::Text, |_| "merge".into()),
            self.column("rank", "名次", Kind::Integer, |of| {
                i64::from(of.proposal.rank).into()
            }),
            self.column("parcel_id", "宗地代码", Kind::Text, |of| {
                Some(of.parcel.id.as_str())
                    .filter(|id| !id.is_empty())
                    .into()
            }),
            self.column("lot", "地块", Kind::Integer, |_| Value::Null),
            self.column("area_m2", "面积_平方米", Kind::Decimal(2), |of| {
                of.figures.area.map(Area::decimal).into()
            }),
            self.column("score", "得分", Kind::Decimal(6), |of| {
                decimal(Some(of.proposal.score.total()), 6)
            }),
            self.column("verdict", "结论", Kind::Text, |of| {
                of.proposal.judgement.verdict.name().into()
            }),
            self.column("parents", "合并前宗地", Kind::Text, move |of| {
                text(parents(scan, of.proposal))
            }),
            given("owner", "权利人", |of| of.owner.as_deref()),
            given("right_type", "权利类型", |of| of.right_type.as_deref()),
            given("right_nature", "权利性质", |of| {
                of.right_nature.as_deref()
            }),
            self.column("term_end", "终止日期", Kind::Text, |of| {
                of.figures.term_end.map(|end| text(end.to_string())).into()
            }),
            self.column("years_lost", "减少年限", Kind::Decimal(2), |of| {
                let lost = of.figures.term_end.zip(of.proposal.together.term_end);
                let days = lost.and_then(|(own, end)| Some(own.since(end).ok()?.get_days()));
                decimal(days.map(|days| f64::from(days) / 365.0), 2)
            }),
            number("footprint_m2", "基底面积_平方米", 2, |of| {
                of.footprint_m2
            }),
            number("floor_area_m2", "建筑面积_平方米", 2, |of| {
                of.floor_area_m2
            }),
            number(
                "far_floor_area_m2",
                "计容建筑面积_平方米",
                2,
                |of| of.far_floor_area_m2,
            ),
            self.column("plot_ratio", "容积率", Kind::Decimal(6), move |of| {
                decimal(over_area(of.figures.far_floor_area_m2, of.figures), 6)
            }),
            self.column(
                "building_density",
                "建筑密度",
                Kind::Decimal(6),
                move |of| decimal(over_area(of.figures.footprint_m2, of.figures), 6),
            ),
            self.column("parcel_row", "输入行号", Kind::Integer, move |of| {
                row_if(
                    scan.measured.city.parcels.unclear.contains(&of.at),
                    of.parcel.row,
                )
            }),
        ]
    }

    fn shapes(&self) -> TableGeometry<'a> {
        let (city, areas) = (&self.scan.measured.city, &self.scan.measured.areas);
        let (plane, degrees) = (self.part(), self.part());
        TableGeometry {
            crs: &city.crs,
            plane: Box::new(move |row| city.parcels.shapes.get(plane(row).at as usize)),
            degrees: Some(Box::new(move |row| {
                areas.degrees.get(degrees(row).at as usize)
            })),
        }
    }
}

fn parents(scan: &Scan, of: &MergeProposal) -> String {
    let names = of.parcels.iter();
    let names = names.map(|at| scan.measured.city.parcels.rows[*at as usize].name());
    names.collect::<Vec<_>>().join(";")
}

fn decimal(number: Option<f64>, places: u8) -> Value<'static> {
    number
        .and_then(|number| Decimal::round(number, places))
        .into()
}

fn text<'a>(text: String) -> Value<'a> {
    Value::Text(text.into())
}

/// Texts joined, each once; null where there is none.
fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> Value<'a> {
    let mut all: Vec<&str> = Vec::new();
    for of in texts {
        if !all.contains(&of) {
            all.push(of);
        }
    }
    if all.is_empty() {
        Value::Null
    } else {
        text(all.join(";"))
    }
}
