//! Every building that was analysed, with its shape.

use super::row_if;
use crate::model::{Building, BuildingUse, FloorAreaSource, Layer};
use crate::quantity::{Area, Decimal};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, TableGeometry, Value};

/// `footprints.*`: one row for each analysed building, as the input has it, in the order of its id; `buildings.csv` says what
/// of it counts where. It has no shapes in degrees, so no GeoJSON.
pub fn footprints_table<'a>(scan: &'a Scan, buildings: &'a Layer<Building>) -> Table<'a> {
    let mut order: Vec<u32> = (0..).take(buildings.rows.len()).collect();
    let key = |at: &u32| {
        let building = &buildings.rows[*at as usize];
        (&building.id, building.row)
    };
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    let order: std::sync::Arc<[u32]> = order.into();
    let rows = order.clone();
    let building = move |row: usize| &buildings.rows[rows[row] as usize];
    let at = order.clone();
    let number = |number: Option<f32>, places| Decimal::round(f64::from(number?), places);
    let floors = {
        let order = order.clone();
        move |row: usize| &scan.measured.floors[order[row] as usize]
    };
    let far = floors.clone();
    let source = floors.clone();
    let columns = vec![
        Column::new("building_id", "自然幢号", Kind::Text, {
            let building = building.clone();
            move |row| Some(building(row).id.as_str()).filter(|id| !id.is_empty())
        }),
        Column::new("storeys", "地上层数", Kind::Decimal(1), {
            let building = building.clone();
            move |row| number(building(row).storeys_above(), 1)
        }),
        Column::new("height_m", "建筑高度_米", Kind::Decimal(2), {
            let building = building.clone();
            move |row| number(building(row).height, 2)
        }),
        Column::new(
            "floor_area_m2",
            "建筑面积",
            Kind::Decimal(2),
            move |row| {
                let plain = floors(row).plain.ok().and_then(|(m2, _)| Area::from_m2(m2));
                plain.map(Area::decimal)
            },
        ),
        Column::new(
            "far_floor_area_m2",
            "计容建筑面积",
            Kind::Decimal(2),
            move |row| {
                let counted = far(row).far.ok().and_then(|(m2, _)| Area::from_m2(m2));
                counted.map(Area::decimal)
            },
        ),
        Column::new(
            "floor_area_source",
            "建筑面积来源",
            Kind::Text,
            move |row| {
                let found = source(row).plain.ok();
                found.map(|(_, source): (f64, FloorAreaSource)| source.name())
            },
        ),
        Column::new("use", "房屋用途", Kind::Text, {
            let building = building.clone();
            move |row| building(row).building_use.map(BuildingUse::name)
        }),
        Column::new("completed", "已竣工", Kind::Text, {
            let building = building.clone();
            move |row| {
                let completed = building(row).completion.by(scan.measured.options.as_of);
                completed.map(|truth| if truth { "true" } else { "false" })
            }
        }),
        Column::new("building_row", "输入行号", Kind::Integer, {
            let order = order.clone();
            move |row| -> Value<'a> {
                let at = order[row];
                row_if(
                    buildings.unclear.contains(&at),
                    buildings.rows[at as usize].row,
                )
            }
        }),
    ];
    Table {
        name: "footprints",
        title: "建筑物轮廓",
        rows: order.len(),
        columns,
        geometry: Some(TableGeometry {
            crs: &scan.measured.city.crs,
            plane: Box::new(move |row| buildings.shapes.get(at[row] as usize)),
            degrees: None,
        }),
    }
}
