//! The boundary points (界址点) of the lots of proposed splits.

use geo::Coord;

use crate::features::split::ListedSplits;
use crate::geometry::rings_of;
use crate::quantity::Decimal;
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// A boundary point of a lot.
pub struct BoundaryPoint {
    /// The place of its lot in the list.
    lot: usize,
    /// J1, J2 …: as surveyors number them, see [`rings_of`].
    number: usize,
    /// Where it is, in the computing CRS.
    pub at: Coord,
}

/// The boundary points of all lots, in the order of the lots.
pub fn boundary_points(listed: &ListedSplits) -> Vec<BoundaryPoint> {
    let of_lot = |lot: usize| {
        let rings = rings_of(listed.shapes.get(lot)).into_iter();
        rings.flat_map(move |ring| {
            let numbers = ring.first..;
            let points = numbers.zip(ring.points);
            points.map(move |(number, at)| BoundaryPoint { lot, number, at })
        })
    };
    (0..listed.lots.len()).flat_map(of_lot).collect()
}

/// `boundary_points.csv`: one row for each boundary point of each lot; X to the north, Y to the east, in metres.
pub fn boundary_points_table<'a>(
    scan: &'a Scan,
    listed: &'a ListedSplits,
    points: &'a [BoundaryPoint],
) -> Table<'a> {
    let metres = scan.measured.city.crs.metres().unwrap_or(1.0);
    let lot = move |row: usize| listed.lots[points[row].lot];
    let place = move |metre: f64| Value::from(Decimal::round(metre * metres, 3));
    let columns = vec![
        Column::new("proposal_id", "方案编号", Kind::Text, move |row| {
            listed.ids[lot(row).0 as usize].as_str()
        }),
        Column::new("lot", "分割后宗地", Kind::Text, move |row| {
            Value::Text((lot(row).1 + 1).to_string().into())
        }),
        Column::new("point", "界址点号", Kind::Text, move |row: usize| {
            Value::Text(format!("J{}", points[row].number).into())
        }),
        Column::new(
            "north_m",
            "X坐标_米",
            Kind::Decimal(3),
            move |row: usize| place(points[row].at.y),
        ),
        Column::new(
            "east_m",
            "Y坐标_米",
            Kind::Decimal(3),
            move |row: usize| place(points[row].at.x),
        ),
    ];
    Table {
        name: "boundary_points",
        title: "界址点",
        rows: points.len(),
        columns,
        geometry: None,
    }
}
