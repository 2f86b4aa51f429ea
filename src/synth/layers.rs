//! A city → storeys, plan, survey areas and obstacles as tables.

use super::city::City;
use super::facts::m2;
use super::names::zone;
use super::plan::PlanBlock;
use super::streets::Obstacle;
use super::tables::{hundredths, layer, number, text, whole};
use crate::geometry::Crs;
use crate::quantity::Decimal;
use crate::write::{Column, Kind, Table};

impl City {
    pub(super) fn storey_table(&self) -> Table<'_> {
        use Kind::{Decimal as Number, Integer, Text};
        let building = |row: usize| &self.buildings.rows[self.storeys[row].0 as usize];
        let level = |row: usize| self.storeys[row].1;
        Table {
            name: "storeys",
            title: "层",
            rows: self.storeys.len(),
            columns: vec![
                Column::new("ZRZH", "自然幢号", Text, |row| {
                    text(self.building_code(self.storeys[row].0 as usize))
                }),
                Column::new("CH", "层号", Text, move |row| {
                    text(level(row).to_string())
                }),
                Column::new("SJC", "实际层", Integer, move |row| {
                    i64::from(level(row))
                }),
                Column::new("CJZMJ", "层建筑面积", Number(2), move |row| {
                    m2(building(row).footprint_cents)
                }),
                Column::new("CG", "层高", Number(2), move |row| {
                    Decimal::new(building(row).storey_height_cm(level(row)).into(), 2)
                }),
            ],
            geometry: None,
        }
    }

    pub(super) fn plan_table<'a>(&'a self, crs: &'a Crs) -> Table<'a> {
        use Kind::{Decimal as Number, Text};
        let row = |row: usize| &self.plan.rows[row];
        let limit = |name, alias, value: fn(&PlanBlock) -> Option<Decimal>| {
            Column::new(name, alias, Number(2), move |at| value(row(at)))
        };
        layer(
            "plan",
            "规划地块",
            &self.plan,
            crs,
            vec![
                Column::new("dkbh", "地块编号", Text, move |at| {
                    text(format!("{}-{:02}", zone(row(at).block), row(at).number))
                }),
                Column::new("ydxz", "用地性质", Text, move |at| row(at).letters),
                Column::new("YDYHFLDM", "用地用海分类代码", Text, move |at| {
                    row(at).code
                }),
                limit("rjlxx", "容积率下限", |plan| hundredths(plan.ratio.0)),
                limit("rjlsx", "容积率上限", |plan| hundredths(plan.ratio.1)),
                limit("jzmdxx", "建筑密度下限", |plan| whole(plan.density.0)),
                limit("jzmdsx", "建筑密度上限", |plan| whole(plan.density.1)),
                limit("jzgdsx", "建筑高度上限", |plan| whole(plan.height)),
                limit("ldlxx", "绿地率下限", |plan| whole(plan.green.0)),
                limit("ldlsx", "绿地率上限", |plan| whole(plan.green.1)),
            ],
        )
    }

    pub(super) fn boundary_table<'a>(&'a self, crs: &'a Crs) -> Table<'a> {
        layer(
            "boundary",
            "调查区",
            &self.boundary,
            crs,
            vec![Column::new("id", "调查区编号", Kind::Text, |row| {
                text(zone(self.boundary.rows[row]))
            })],
        )
    }

    pub(super) fn obstacle_table<'a>(&'a self, crs: &'a Crs) -> Table<'a> {
        layer(
            "obstacles",
            "道路水系绿地",
            &self.obstacles,
            crs,
            vec![
                Column::new("BSM", "标识码", Kind::Integer, number),
                Column::new("kind", "类型", Kind::Text, |row| {
                    match self.obstacles.rows[row] {
                        Obstacle::Road | Obstacle::Lane => "road",
                        Obstacle::Water => "water",
                        Obstacle::Green => "green",
                    }
                }),
                Column::new("DLMC", "地类名称", Kind::Text, |row| {
                    match self.obstacles.rows[row] {
                        Obstacle::Road => "城镇道路用地",
                        Obstacle::Lane => "农村道路",
                        Obstacle::Water => "河流水面",
                        Obstacle::Green => "公园与绿地",
                    }
                }),
            ],
        )
    }
}
