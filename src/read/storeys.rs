//! Rows of a table of storeys (层) → the storeys of each building, and what cannot be used of them.

use std::cmp::Ordering;

use super::dictionary::{FieldSpec, field};
use super::table::{Cells, Doubtful, OfficeTable, Sort};
use crate::model::{Action, Defect, DefectKind, LayerKind, Storey, Storeys, feature_name, key};
use crate::quantity::Area;

/// The fields of a storey.
pub(super) const STOREYS: &[FieldSpec] = &[
    field(
        "building_id",
        &[
            "ZRZH",
            "自然幢号",
            "LJZH",
            "逻辑幢号",
            "幢号",
            "建筑编号",
            "BUILDING",
        ],
    ),
    field(
        "level",
        &[
            "SJC",
            "CH",
            "实际层",
            "层号",
            "所在层",
            "楼层",
            "层次",
            "STOREY",
            "FLOOR",
        ],
    ),
    field(
        "floor_area",
        &[
            "CJZMJ",
            "层建筑面积",
            "分层建筑面积",
            "建筑面积",
            "JZMJ",
            "SCJZMJ",
        ],
    ),
    field("storey_height", &["CG", "层高"]),
];

/// What the cells of a field hold.
pub(super) fn sort(field: &str) -> Sort {
    match field {
        "level" => Sort::Level,
        "floor_area" => Sort::Area,
        "storey_height" => Sort::Metres,
        _ => Sort::Text,
    }
}

/// The storeys of every building that a table names, those that name none by the empty key, and what is wrong with its rows.
pub(super) fn read_storeys(table: &OfficeTable) -> (Storeys, Vec<Defect>) {
    let rows = table.each(|line| {
        let mut doubts = Vec::new();
        let mut cells = Cells {
            table,
            line,
            doubts: &mut doubts,
        };
        let building = cells.raw("building_id");
        let storey = Storey {
            level: cells.level("level"),
            floor_area: cells.above_zero("floor_area").and_then(Area::from_m2),
            storey_height: cells.above_zero("storey_height").and_then(metres),
        };
        (line.number(), building, storey, doubts)
    });
    let (mut storeys, mut defects) = (Storeys::default(), Vec::new());
    let repeated = table.repeated();
    for ((line, repeated), (row, building, storey, doubts)) in table.lines().zip(repeated).zip(rows)
    {
        let feature = building.as_deref().unwrap_or_default();
        if repeated {
            let place = line.place_name();
            defects.push(Defect {
                layer: LayerKind::Storeys,
                feature: feature_name(feature, row),
                kind: DefectKind::RepeatedRow,
                action: Action::Quarantined,
                detail: format!("{place} says what a row above it says, word for word"),
                at: None,
            });
            continue;
        }
        let noted = |doubt: Doubtful| Defect {
            layer: LayerKind::Storeys,
            feature: feature_name(feature, row),
            kind: doubt.kind,
            action: Action::Noted,
            detail: doubt.detail,
            at: None,
        };
        defects.extend(doubts.into_iter().map(noted));
        storeys.entry(key(feature)).or_default().push(storey);
    }
    // sums must not depend on the order of the rows
    #[expect(clippy::iter_over_hash_type, reason = "each is sorted by itself")]
    for of_building in storeys.values_mut() {
        of_building.sort_by(lower);
    }
    if let Some(orphans) = storeys.get("") {
        defects.push(Defect {
            layer: LayerKind::Storeys,
            feature: String::new(),
            kind: DefectKind::NoBuilding,
            action: Action::Noted,
            detail: format!("{} rows name no building", orphans.len()),
            at: None,
        });
    }
    (storeys, defects)
}

fn lower(a: &Storey, b: &Storey) -> Ordering {
    let level = |storey: &Storey| storey.level.unwrap_or(f32::NAN);
    let height = |storey: &Storey| storey.storey_height.unwrap_or(f32::NAN);
    (level(a).total_cmp(&level(b)))
        .then_with(|| a.floor_area.cmp(&b.floor_area))
        .then_with(|| height(a).total_cmp(&height(b)))
}

/// A storey that is higher has another unit.
#[expect(
    clippy::cast_possible_truncation,
    reason = "seven digits hold every centimetre"
)]
fn metres(metres: f64) -> Option<f32> {
    (metres < 10_000.0).then_some(metres as f32)
}
