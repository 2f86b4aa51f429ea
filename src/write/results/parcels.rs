//! Every parcel that was analysed, with what was measured of it.

use super::about::Named;
use super::more_facts::more_facts;
use super::{cell, row_if};
use crate::law::LandUse;
use crate::law::judge::Verdict;
use crate::model::LandStatus;
use crate::parcels::measures::{FarBasis, OnSite};
use crate::quantity::{Area, Decimal, Quantity};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, TableGeometry, Value};

/// `parcels.*`: one row for each analysed parcel, by id. Areas have 2 decimals, ratios 6; ratios are taken of unrounded
/// figures. `scattered_*` are the listed pieces that share a stretch of boundary with it, or that it is a site beside.
#[expect(
    clippy::too_many_lines,
    reason = "a list of columns, in the order of the file"
)]
pub fn parcels_table(scan: &Scan) -> Table<'_> {
    let at = move |row: usize| scan.measured.order.parcels[row] as usize;
    let parcel = move |row| &scan.measured.city.parcels.rows[at(row)];
    let measures = move |row| &scan.measured.measures[at(row)];
    let on_site = move |row, part: fn(&OnSite) -> Quantity<f64>| {
        measures(row)
            .on_site
            .as_ref()
            .map_err(|missing| *missing)
            .and_then(part)
    };
    let rounded = |quantity: Quantity<f64>| quantity.ok().and_then(Area::from_m2);
    let ratio = move |row, part: fn(&OnSite) -> Quantity<f64>| cell(measures(row).ratio(part), 6);
    let text = |name, alias, value: fn(&Scan, usize) -> Option<&str>| {
        Column::new(name, alias, Kind::Text, move |row| value(scan, at(row)))
    };
    let columns = vec![
        Column::new("parcel_id", "宗地代码", Kind::Text, move |row| {
            filled(&parcel(row).id)
        }),
        text("land_use", "用地类别", |scan, at| {
            scan.measured.city.parcels.rows[at]
                .land_use
                .map(LandUse::name)
        }),
        decimal("area_m2", "面积_平方米", 2, move |row| {
            rounded(measures(row).area).map(Area::decimal).into()
        }),
        decimal("area_mu", "面积_亩", 4, move |row| {
            rounded(measures(row).area).map(Area::mu).into()
        }),
        text("area_basis", "面积依据", |scan, at| {
            Some(scan.measured.measures[at].basis.name())
        }),
        decimal("area_plane_m2", "平面面积", 2, move |row| {
            cell(Ok(scan.measured.areas.plane_m2[at(row)]), 2)
        }),
        decimal("area_ellipsoid_m2", "椭球面积", 2, move |row| {
            cell(Ok(scan.measured.areas.ellipsoid_m2[at(row)]), 2)
        }),
        decimal("area_registered_m2", "登记面积", 2, move |row| {
            parcel(row).area_registered.map(Area::decimal).into()
        }),
        decimal("footprint_m2", "基底面积", 2, move |row| {
            cell(on_site(row, |on| on.footprint), 2)
        }),
        decimal("floor_area_m2", "建筑面积", 2, move |row| {
            cell(on_site(row, |on| on.floor_area), 2)
        }),
        decimal("far_floor_area_m2", "计容建筑面积", 2, move |row| {
            cell(on_site(row, |on| on.far_floor_area), 2)
        }),
        Column::new("building_count", "建筑幢数", Kind::Integer, move |row| {
            let on_site = measures(row).on_site.as_ref().ok();
            let known = on_site.filter(|on| on.left_out == 0 && on.of_either == 0);
            known.map(|on| i64::from(on.buildings))
        }),
        decimal("plot_ratio", "容积率", 6, move |row| {
            ratio(row, |on| on.far_floor_area)
        }),
        decimal("plot_ratio_plain", "建筑面积比", 6, move |row| {
            ratio(row, |on| on.floor_area)
        }),
        decimal("building_density", "建筑密度", 6, move |row| {
            cell(measures(row).density(), 6)
        }),
        Column::new(
            "neighbour_count",
            "相邻宗地数",
            Kind::Integer,
            move |row| i64::from(scan.measured.neighbours.count[at(row)]),
        ),
        Column::new(
            "scattered_count",
            "零星地块数",
            Kind::Integer,
            move |row| {
                let pieces = scan.pieces.beside(scan.measured.order.parcels[row]);
                let count = i64::try_from(pieces.len()).ok();
                count.filter(|_| scan.measured.options.tasks.scattered)
            },
        ),
        decimal("scattered_m2", "零星地块面积", 2, move |row| {
            let pieces = scan.pieces.beside(scan.measured.order.parcels[row]);
            let land = scan.pieces.land_of(pieces).decimal();
            Some(land)
                .filter(|_| scan.measured.options.tasks.scattered)
                .into()
        }),
        text("status", "土地状态", |scan, at| {
            scan.measured.city.parcels.rows[at]
                .status
                .map(LandStatus::name)
        }),
        text("verdict", "结论", |scan, at| {
            let judged = scan.judged.verdicts.get(at).copied();
            judged.flatten().map(Verdict::name)
        }),
        Column::new("parcel_row", "输入行号", Kind::Integer, move |row| {
            row_if(
                scan.measured
                    .city
                    .parcels
                    .unclear
                    .contains(&scan.measured.order.parcels[row]),
                parcel(row).row,
            )
        }),
        text("land_use_given", "用途原值", |scan, at| {
            scan.measured.city.parcels.rows[at]
                .land_use_given
                .as_deref()
        }),
        text("far_basis", "计容依据", |scan, at| {
            scan.measured.measures[at]
                .on_site
                .as_ref()
                .ok()
                .and_then(|on| on.far_basis)
                .map(FarBasis::name)
        }),
        decimal(
            "floor_area_at_least_m2",
            "建筑面积下限",
            2,
            move |row| cell(on_site(row, |on| Ok(on.floor_area_at_least)), 2),
        ),
        Column::new(
            "buildings_left_out",
            "未参与计算建筑数",
            Kind::Integer,
            move |row| {
                let on_site = measures(row).on_site.as_ref().ok();
                on_site.map(|on| i64::from(on.left_out))
            },
        ),
        decimal(
            "floor_area_at_most_m2",
            "建筑面积上限",
            2,
            move |row| {
                cell(
                    on_site(row, |on| {
                        most(on.floor_area, on.at_most, |(plain, _)| plain)
                    }),
                    2,
                )
            },
        ),
        decimal("plot_ratio_at_least", "容积率下限", 6, move |row| {
            ratio(row, |on| Ok(on.far_at_least))
        }),
        decimal("plot_ratio_at_most", "容积率上限", 6, move |row| {
            ratio(row, |on| {
                most(on.far_floor_area, on.at_most, |(_, far)| far)
            })
        }),
        decimal(
            "building_density_at_least",
            "建筑密度下限",
            6,
            move |row| cell(measures(row).density_at_least(), 6),
        ),
        decimal(
            "building_density_at_most",
            "建筑密度上限",
            6,
            move |row| cell(measures(row).density_at_most(), 6),
        ),
        Column::new(
            "neighbours_left_out",
            "未参与计算相邻宗地数",
            Kind::Integer,
            move |row| {
                let beside = scan
                    .measured
                    .aside
                    .beside
                    .get(&scan.measured.order.parcels[row]);
                i64::from(beside.copied().unwrap_or(0))
            },
        ),
        Column::new(
            "repeats_row",
            "重复的输入行号",
            Kind::Integer,
            move |row| {
                let first = scan
                    .measured
                    .repeats
                    .same_as
                    .get(&scan.measured.order.parcels[row]);
                first.map(|first| i64::from(scan.measured.city.parcels.rows[*first as usize].row))
            },
        ),
        Column::new(
            "figures_refused",
            "未采信数据项数",
            Kind::Integer,
            move |row| i64::from(measures(row).figures_refused()),
        ),
        text("plan_id", "规划地块编号", |scan, at| {
            let block = scan.measured.plan.as_ref()?[at]?.block;
            filled(&scan.measured.city.plan.as_ref()?.rows[block as usize].id)
        }),
        decimal("plan_share", "规划地块占比", 6, move |row| {
            let plan = scan.measured.plan.as_ref().and_then(|plan| plan[at(row)]);
            Value::from(plan.and_then(|plan| Decimal::round(plan.share, 6)))
        }),
        Column::new(
            "facts",
            "其他事实",
            Kind::Text,
            move |row| -> Value<'_> {
                let facts = more_facts(scan, scan.measured.order.parcels[row]);
                facts.map_or(Value::Null, |facts| Value::Text(facts.into()))
            },
        ),
    ];
    Table {
        name: "parcels",
        title: "宗地",
        rows: scan.measured.order.parcels.len(),
        columns,
        geometry: Some(shapes(scan)),
    }
    .carrying(scan, move |row| {
        Named::One(scan.measured.order.parcels[row])
    })
}

/// The most that a figure can be: itself where it is known.
fn most(
    figure: Quantity<f64>,
    at_most: Option<(f64, f64)>,
    part: fn((f64, f64)) -> f64,
) -> Quantity<f64> {
    figure.or_else(|missing| at_most.map(part).ok_or(missing))
}

fn filled(id: &str) -> Option<&str> {
    (!id.is_empty()).then_some(id)
}

fn shapes(scan: &Scan) -> TableGeometry<'_> {
    let at = move |row: usize| scan.measured.order.parcels[row] as usize;
    TableGeometry {
        crs: &scan.measured.city.crs,
        plane: Box::new(move |row| scan.measured.city.parcels.shapes.get(at(row))),
        degrees: Some(Box::new(move |row| {
            scan.measured.areas.degrees.get(at(row))
        })),
    }
}

fn decimal<'a>(
    name: &'static str,
    alias: &'static str,
    places: u8,
    value: impl Fn(usize) -> Value<'a> + Sync + 'a,
) -> Column<'a> {
    Column::new(name, alias, Kind::Decimal(places), value)
}
