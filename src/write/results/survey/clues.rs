//! Every clue of the ground with its figures, and the open land as a map layer.

use super::super::about::Named;
use crate::features::idle::{Clue, OpenLand};
use crate::geometry::open_land;
use crate::law::pack::Relation;
use crate::quantity::{Area, Decimal};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, TableGeometry, Value};

/// `clues.csv`: one row for each parcel and proxy. Shares and ratios have 6 decimals, as have areas in m².
pub fn clues_table<'a>(scan: &'a Scan, clues: &'a [Clue]) -> Table<'a> {
    let number = |name, alias, of: fn(&Clue) -> Option<Decimal>| {
        Column::new(name, alias, Kind::Decimal(6), move |row| of(&clues[row]))
    };
    let columns = vec![
        parcel_id(scan, clues),
        Column::new("clue", "线索", Kind::Text, move |row| {
            clues[row].kind.name()
        }),
        Column::new("clue_zh", "线索_中文", Kind::Text, move |row| {
            clues[row].kind.zh()
        }),
        number("value", "数值", |clue| clue.value.decimal(6)),
        Column::new("relation", "关系", Kind::Text, move |row| {
            Relation::name(clues[row].relation)
        }),
        number("bound", "界限", |clue| clue.bound.decimal(6)),
    ];
    Table {
        name: "clues",
        title: "闲置低效线索",
        rows: clues.len(),
        columns,
        geometry: None,
    }
    .carrying(scan, move |row| Named::One(clues[row].parcel))
}

/// `open_land.*`: the largest rectangle of open land in each parcel that has enough of it beyond the distance set. Lengths
/// in metres, areas in m².
pub fn open_land_table<'a>(scan: &'a Scan, open: &'a OpenLand) -> Table<'a> {
    let clues = &open.clues;
    let metres = scan.measured.city.crs.metres().unwrap_or(f64::NAN);
    let number = |name: &'static str,
                  alias: &'static str,
                  places,
                  of: fn(&open_land::OpenGround) -> Option<f64>,
                  power| {
        Column::new(name, alias, Kind::Decimal(places), move |row: usize| {
            let open = clues[row].open.as_ref()?;
            Decimal::round(of(open)? * metres.powi(power), places)
        })
    };
    let columns = vec![
        parcel_id(scan, clues),
        Column::new(
            "open_m2",
            "退距外空地面积",
            Kind::Decimal(2),
            move |row| clues[row].value.decimal(2),
        ),
        Column::new(
            "open_mu",
            "退距外空地面积_亩",
            Kind::Decimal(4),
            move |row| {
                let cents = clues[row].value.decimal(2)?.units();
                Some(Area::from_cents(cents).mu())
            },
        ),
        number(
            "width_m",
            "最大矩形宽",
            2,
            |open| Some(open.rectangle?.width),
            1,
        ),
        number(
            "length_m",
            "最大矩形长",
            2,
            |open| Some(open.rectangle?.length),
            1,
        ),
        number(
            "rectangle_m2",
            "最大矩形面积",
            2,
            |open| Some(open.rectangle?.area),
            2,
        ),
        number(
            "circle_radius_m",
            "最大空圆半径",
            2,
            |open| Some(open.circle?.radius),
            1,
        ),
    ];
    Table {
        name: "open_land",
        title: "宗地内空地",
        rows: clues.len(),
        columns,
        geometry: Some(TableGeometry {
            crs: &scan.measured.city.crs,
            plane: Box::new(move |row| open.plane.get(row)),
            degrees: Some(Box::new(move |row| open.degrees.get(row))),
        }),
    }
    .carrying(scan, move |row| Named::One(clues[row].parcel))
}

fn parcel_id<'a>(scan: &'a Scan, clues: &'a [Clue]) -> Column<'a> {
    Column::new(
        "parcel_id",
        "宗地代码",
        Kind::Text,
        move |row| -> Value<'a> {
            let id = scan.measured.city.parcels.rows[clues[row].parcel as usize]
                .id
                .as_str();
            Some(id).filter(|id| !id.is_empty()).into()
        },
    )
}
