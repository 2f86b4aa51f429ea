//! Every pair of parcels that lie beside each other.

use super::about::Named;
use super::row_if;
use crate::geometry::ContactKind;
use crate::model::About;
use crate::quantity::Decimal;
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// What is said of both parcels of a pair; more is found by their ids.
const BOTH: [About; 2] = [About::Owner, About::Location];

/// `adjacency.csv`: one row for each pair, `parcel_a < parcel_b`; lengths in m to the millimetre, areas in m².
/// `gap_m` is the least distance between the two, 0 where they touch.
pub fn adjacency_table(scan: &Scan) -> Table<'_> {
    let pair = move |row: usize| &scan.measured.neighbours.pairs[row];
    let parcel = move |at: u32| &scan.measured.city.parcels.rows[at as usize];
    let id = move |at: u32| Some(parcel(at).id.as_str()).filter(|id| !id.is_empty());
    let number = move |at: u32| {
        row_if(
            scan.measured.city.parcels.unclear.contains(&at),
            parcel(at).row,
        )
    };
    let rounded = |value: f64, places| Value::from(Decimal::round(value, places));
    let columns = vec![
        Column::new("parcel_a", "宗地甲", Kind::Text, move |row| {
            id(pair(row).a)
        }),
        Column::new("parcel_b", "宗地乙", Kind::Text, move |row| {
            id(pair(row).b)
        }),
        Column::new("kind", "关系", Kind::Text, move |row| {
            kind_name(pair(row).contact.kind)
        }),
        Column::new("shared_m", "共用界长", Kind::Decimal(3), move |row| {
            rounded(pair(row).contact.shared, 3)
        }),
        Column::new("overlap_m2", "重叠面积", Kind::Decimal(2), move |row| {
            rounded(pair(row).contact.overlap, 2)
        }),
        Column::new("gap_m", "间距", Kind::Decimal(3), move |row| {
            rounded(pair(row).contact.gap, 3)
        }),
        Column::new("row_a", "甲行号", Kind::Integer, move |row| {
            number(pair(row).a)
        }),
        Column::new("row_b", "乙行号", Kind::Integer, move |row| {
            number(pair(row).b)
        }),
    ];
    Table {
        name: "adjacency",
        title: "相邻关系",
        rows: scan.measured.neighbours.pairs.len(),
        columns,
        geometry: None,
    }
    .carrying_some(scan, &BOTH, ("", "_a"), move |row| Named::One(pair(row).a))
    .carrying_some(scan, &BOTH, ("", "_b"), move |row| Named::One(pair(row).b))
}

const fn kind_name(kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Edge => "edge",
        ContactKind::Point => "point",
        ContactKind::Overlap => "overlap",
        ContactKind::Gap => "gap",
    }
}
