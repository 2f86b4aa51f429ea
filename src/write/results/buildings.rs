//! Every part of a building on a parcel.

use super::{cell, row_if};
use crate::model::held::FigureDoubt;
use crate::model::{Building, Layer};
use crate::parcels::{Ground, Share};
use crate::quantity::Quantity;
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// `buildings.csv`: one row for each building × parcel it stands on, by parcel and building; empty without buildings.
/// `share` is the part over the whole building, and the share of its floor area that counts in the parcel.
pub fn buildings_table(scan: &Scan) -> Table<'_> {
    let rows = scan
        .measured
        .ground
        .as_ref()
        .map_or(0, |ground| ground.shares.len());
    let columns = match (&scan.measured.ground, &scan.measured.city.buildings) {
        (Some(ground), Some(buildings)) => columns(scan, ground, buildings),
        _ => names()
            .map(|(name, alias, kind)| Column::new(name, alias, kind, |_| Value::Null))
            .into(),
    };
    Table {
        name: "buildings",
        title: "建筑",
        rows,
        columns,
        geometry: None,
    }
    .carrying(scan, move |row| {
        let share = scan
            .measured
            .ground
            .as_ref()
            .and_then(|ground| ground.shares.get(row));
        share.map(|share| share.parcel).into()
    })
}

const fn names() -> [(&'static str, &'static str, Kind); 11] {
    [
        ("building_id", "自然幢号", Kind::Text),
        ("parcel_id", "宗地代码", Kind::Text),
        ("part_m2", "部分基底面积", Kind::Decimal(2)),
        ("share", "所占份额", Kind::Decimal(6)),
        ("floor_area_m2", "建筑面积", Kind::Decimal(2)),
        ("assigned", "归属方式", Kind::Text),
        ("floor_area_source", "建筑面积来源", Kind::Text),
        ("far_floor_area_m2", "计容建筑面积", Kind::Decimal(2)),
        ("far_basis", "计容依据", Kind::Text),
        ("building_row", "输入行号", Kind::Integer),
        ("figures_refused", "未采信数据项", Kind::Text),
    ]
}

fn columns<'a>(
    scan: &'a Scan,
    ground: &'a Ground,
    buildings: &'a Layer<Building>,
) -> Vec<Column<'a>> {
    let share = move |row: usize| &ground.shares[row];
    let building = move |row| &buildings.rows[share(row).building as usize];
    let floors = move |row| &scan.measured.floors[share(row).building as usize];
    let portion = move |row| of_whole(share(row), ground);
    let cells: [Box<dyn Fn(usize) -> Value<'a> + Sync + 'a>; 11] = [
        Box::new(move |row| {
            Some(building(row).id.as_str())
                .filter(|id| !id.is_empty())
                .into()
        }),
        Box::new(move |row| {
            Some(
                scan.measured.city.parcels.rows[share(row).parcel as usize]
                    .id
                    .as_str(),
            )
            .filter(|id| !id.is_empty())
            .into()
        }),
        Box::new(move |row| cell(share(row).part_m2, 2)),
        Box::new(move |row| cell(portion(row), 6)),
        Box::new(move |row| {
            cell(
                product(floors(row).plain.map(|(m2, _)| m2), portion(row)),
                2,
            )
        }),
        Box::new(move |row| share(row).assigned.name().into()),
        Box::new(move |row| {
            floors(row)
                .plain
                .ok()
                .map(|(_, source)| source.name())
                .into()
        }),
        Box::new(move |row| cell(product(floors(row).far.map(|(m2, _)| m2), portion(row)), 2)),
        Box::new(move |row| floors(row).far.ok().map(|(_, basis)| basis.name()).into()),
        Box::new(move |row| {
            row_if(
                buildings.unclear.contains(&share(row).building),
                building(row).row,
            )
        }),
        Box::new(move |row| {
            let refused = floors(row).doubts.refused().map(FigureDoubt::figure);
            let refused = refused.collect::<Vec<_>>().join(";");
            if refused.is_empty() {
                Value::Null
            } else {
                Value::Text(refused.into())
            }
        }),
    ];
    let named = names().into_iter().zip(cells);
    named
        .map(|((name, alias, kind), cell)| Column {
            name: name.into(),
            alias: alias.into(),
            kind,
            cell,
        })
        .collect()
}

fn of_whole(share: &Share, ground: &Ground) -> Quantity<f64> {
    share
        .part_m2
        .map(|part| part / ground.building_m2[share.building as usize])
}

fn product(a: Quantity<f64>, b: Quantity<f64>) -> Quantity<f64> {
    Ok(a? * b?)
}
