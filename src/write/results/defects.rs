//! Every problem found in the input.

use super::about::of_defects;
use crate::model::Defect;
use crate::quantity::Decimal;
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// The defects in the order of `defects.csv`: by layer, feature and kind, whatever the order of the input.
pub fn sorted_defects(defects: &[Defect]) -> Vec<&Defect> {
    let mut sorted: Vec<&Defect> = defects.iter().collect();
    let place = |defect: &Defect| {
        defect
            .at
            .map(|at| (Decimal::round(at.x, 3), Decimal::round(at.y, 3)))
    };
    let key = |defect: &Defect| {
        let place = place(defect).map(|(x, y)| (x.map(Decimal::units), y.map(Decimal::units)));
        (defect.layer, defect.kind.name(), defect.action, place)
    };
    sorted.sort_by(|a, b| {
        (a.layer, &a.feature)
            .cmp(&(b.layer, &b.feature))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.detail.cmp(&b.detail))
    });
    sorted
}

/// The same of a city, with what is known of the parcels that have them.
pub fn defects_of_city<'a>(scan: &'a Scan, defects: &'a [&'a Defect]) -> Table<'a> {
    of_defects(defects_table(defects), scan, defects)
}

/// `defects.csv`: one row for each problem; `x` and `y` in the computing CRS.
pub fn defects_table<'a>(defects: &'a [&'a Defect]) -> Table<'a> {
    let text = |name, alias, value: fn(&Defect) -> &str| {
        Column::new(name, alias, Kind::Text, move |row: usize| {
            value(defects[row])
        })
    };
    let place = |name, alias, value: fn(geo::Coord) -> f64| {
        Column::new(name, alias, Kind::Decimal(3), move |row: usize| {
            Value::from(defects[row].at.and_then(|at| Decimal::round(value(at), 3)))
        })
    };
    let columns = vec![
        text("layer", "图层", |defect| defect.layer.name()),
        text("feature", "要素", |defect| &defect.feature),
        text("kind", "问题", |defect| defect.kind.name()),
        text("action", "处理", |defect| defect.action.name()),
        text("detail", "说明", |defect| &defect.detail),
        place("x", "横坐标", |at| at.x),
        place("y", "纵坐标", |at| at.y),
    ];
    Table {
        name: "defects",
        title: "问题清单",
        rows: defects.len(),
        columns,
        geometry: None,
    }
}
