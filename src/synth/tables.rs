//! A city → its map layers as tables, with the field names of the cadastral standard (TD/T 1066-2021).

use super::city::City;
use super::dirt::{Flaw, Planted};
use super::facts::{BuildingFacts, Facts, ParcelFacts, m2};
use super::names::{TRADES, address, company, county, person, town, zone};
use super::rows::{Estate, SynthLayer, count};
use crate::geometry::Crs;
use crate::quantity::Decimal;
use crate::write::{Column, Kind, Table, TableGeometry, Value};

impl City {
    /// Every layer and table of the city, in the order in which a reader would open them. `crs` is EPSG:4549.
    pub fn tables<'a>(&'a self, crs: &'a Crs) -> Vec<Table<'a>> {
        let mut tables = vec![
            self.parcel_table(crs),
            self.building_table(crs),
            self.storey_table(),
            self.plan_table(crs),
            self.boundary_table(crs),
            self.obstacle_table(crs),
        ];
        tables.extend(self.record_tables());
        tables.extend(self.truth_tables());
        tables
    }

    /// What is known of the parcel in `row`.
    pub(super) fn parcel_facts(&self, row: usize) -> ParcelFacts {
        Facts::of(self.order.seed).parcel(count(row), &self.parcels.rows[row])
    }

    fn building_facts(&self, row: usize) -> BuildingFacts {
        Facts::of(self.order.seed).building(count(row), &self.buildings.rows[row])
    }

    /// 宗地代码 as the layer has it: a repeated one repeated.
    pub(super) fn parcel_code(&self, row: usize) -> String {
        let other = other(&self.parcel_dirt, row, Flaw::RepeatedId).unwrap_or(row);
        self.parcels.rows[other].code()
    }

    /// The parcel that a building's key names.
    fn key_of(&self, row: usize) -> Option<String> {
        let own = self.buildings.rows[row].parcel?;
        let wrong = other(&self.building_dirt, row, Flaw::WrongParcel);
        let parcel = wrong.map_or(own as usize, |other| other % self.parcels.rows.len());
        Some(self.parcels.rows[parcel].code())
    }

    /// 自然幢号.
    pub(super) fn building_code(&self, row: usize) -> String {
        let building = &self.buildings.rows[row];
        let parcel = building
            .parcel
            .map(|parcel| self.parcels.rows[parcel as usize].code());
        let parcel = parcel.unwrap_or_else(|| format!("{}JW00000", zone(building.block)));
        format!("{parcel}F{:04}", building.number)
    }

    /// The holder of a parcel; nobody where it is not granted.
    pub(super) fn owner(&self, row: usize) -> Option<String> {
        let mut dice = self.parcel_facts(row).dice;
        match self.parcels.rows[row].estate {
            Estate::Homestead => Some(person(&mut dice)),
            Estate::Factory | Estate::Idle => {
                Some(company(TRADES[dice.below(12) as usize].0, &mut dice))
            }
            Estate::Depot => Some(company("物流", &mut dice)),
            Estate::Flats => Some(company("房地产", &mut dice)),
            Estate::Shops => Some(company("商贸", &mut dice)),
            Estate::Reserve | Estate::Scattered => None,
        }
    }

    fn parcel_table<'a>(&'a self, crs: &'a Crs) -> Table<'a> {
        use Kind::{Decimal as Number, Integer, Text};
        let row = |row: usize| &self.parcels.rows[row];
        let plan = move |at: usize| &self.plan.rows[row(at).plan as usize];
        let term = |row: usize| self.parcel_facts(row).term;
        layer(
            "parcels",
            "宗地",
            &self.parcels,
            crs,
            vec![
                Column::new("BSM", "标识码", Integer, number),
                Column::new("YSDM", "要素代码", Text, |_| "6001010000"),
                Column::new("ZDDM", "宗地代码", Text, |row| {
                    text(self.parcel_code(row))
                }),
                Column::new("BDCDYH", "不动产单元号", Text, |row| {
                    text(self.parcel_code(row) + "W00000000")
                }),
                Column::new("ZDTZM", "宗地特征码", Text, move |at| {
                    row(at).feature()
                }),
                Column::new("ZL", "坐落", Text, move |at| {
                    text(address(row(at).block, row(at).serial))
                }),
                Column::new("ZDMJ", "宗地面积", Number(2), |row| {
                    m2(self.parcel_facts(row).registered_cents)
                }),
                Column::new("MJDW", "面积单位", Text, |_| "1"),
                Column::new("YT", "用途", Text, move |at| row(at).use_code()),
                Column::new("QLLX", "权利类型", Text, move |at| row(at).right().0),
                Column::new("QLXZ", "权利性质", Text, move |at| row(at).right().1),
                Column::new("QLRMC", "权利人名称", Text, |row| {
                    self.owner(row).map(text)
                }),
                Column::new("SYQQSSJ", "使用权起始时间", Text, move |at| {
                    term(at).map(|term| text(term.0.text()))
                }),
                Column::new("SYQJSSJ", "使用权结束时间", Text, move |at| {
                    term(at).map(|term| text(term.1.text()))
                }),
                // values of the plan, not measured ones
                Column::new("RJL", "容积率", Number(2), move |at| {
                    hundredths(plan(at).ratio.1)
                }),
                Column::new("JZMD", "建筑密度", Number(2), move |at| {
                    hundredths(plan(at).density.1)
                }),
                Column::new("JZXG", "建筑限高", Number(2), move |at| {
                    whole(plan(at).height)
                }),
                Column::new("QXMC", "区县名称", Text, move |at| {
                    county(row(at).block).1
                }),
                Column::new("XZMC", "乡镇名称", Text, move |at| town(row(at).block)),
                Column::new("status", "土地状态", Text, move |at| row(at).status()),
                Column::new("ZT", "状态", Text, |_| "1"),
            ],
        )
    }

    fn building_table<'a>(&'a self, crs: &'a Crs) -> Table<'a> {
        use Kind::{Decimal as Number, Integer, Text};
        let row = |row: usize| &self.buildings.rows[row];
        let facts = |row: usize| self.building_facts(row);
        layer(
            "buildings",
            "自然幢",
            &self.buildings,
            crs,
            vec![
                Column::new("BSM", "标识码", Integer, number),
                Column::new("YSDM", "要素代码", Text, |_| "6001030110"),
                Column::new("ZDDM", "宗地代码", Text, |row| {
                    self.key_of(row).map(text)
                }),
                Column::new("ZRZH", "自然幢号", Text, |row| {
                    text(self.building_code(row))
                }),
                Column::new("XMMC", "项目名称", Text, move |at| {
                    row(at).building.class.name()
                }),
                Column::new("JGRQ", "竣工日期", Text, move |at| {
                    text(facts(at).completed.text())
                }),
                Column::new("JZWGD", "建筑物高度", Number(2), move |at| {
                    facts(at)
                        .height_known
                        .then(|| Decimal::new(row(at).height_cm(), 2))
                }),
                Column::new("ZZDMJ", "幢占地面积", Number(2), move |at| {
                    m2(row(at).footprint_cents)
                }),
                Column::new("SCJZMJ", "实测建筑面积", Number(2), move |at| {
                    facts(at)
                        .surveyed
                        .then(|| m2(row(at).above_cents() + row(at).below_cents()))
                }),
                Column::new("SCDXMJ", "实测地下面积", Number(2), move |at| {
                    facts(at).surveyed.then(|| m2(row(at).below_cents()))
                }),
                Column::new("JRJZMJ", "计容建筑面积", Number(2), move |at| {
                    facts(at).far_known.then(|| m2(row(at).far_cents()))
                }),
                Column::new("ZCS", "总层数", Integer, move |at| {
                    let building = row(at).building;
                    facts(at)
                        .total_known
                        .then(|| i64::from(building.above) + i64::from(building.below))
                }),
                Column::new("DSCS", "地上层数", Integer, move |at| {
                    facts(at)
                        .above_known
                        .then(|| i64::from(row(at).building.above))
                }),
                Column::new("DXCS", "地下层数", Integer, move |at| {
                    facts(at)
                        .total_known
                        .then(|| i64::from(row(at).building.below))
                }),
                Column::new("GHYT", "规划用途", Text, move |at| {
                    row(at).building.class.use_code()
                }),
                Column::new("FWJG", "房屋结构", Text, move |at| {
                    row(at).building.class.structure()
                }),
                Column::new("ZT", "状态", Text, |_| "1"),
            ],
        )
    }
}

/// The other row of a flaw of this kind in `row`.
fn other(planted: &[Planted], row: usize, flaw: Flaw) -> Option<usize> {
    let row = u32::try_from(row).ok()?;
    let found = planted
        .binary_search_by_key(&row, |planted| planted.row)
        .ok()?;
    let planted = planted[found];
    (planted.flaw == flaw).then_some(planted.other? as usize)
}

/// A map layer.
pub(super) fn layer<'a, T: Sync>(
    name: &'static str,
    title: &'static str,
    layer: &'a SynthLayer<T>,
    crs: &'a Crs,
    columns: Vec<Column<'a>>,
) -> Table<'a> {
    Table {
        name,
        title,
        rows: layer.rows.len(),
        columns,
        geometry: Some(TableGeometry {
            crs,
            plane: Box::new(|row| layer.shapes.get(row)),
            degrees: None,
        }),
    }
}

/// Text made for one cell.
pub(super) fn text<'a>(text: String) -> Value<'a> {
    Value::Text(text.into())
}

/// A running number from 1.
pub(super) fn number(row: usize) -> i64 {
    i64::try_from(row).unwrap_or(i64::MAX - 1) + 1
}

/// A limit in hundredths; 0 says that there is none.
pub(super) fn hundredths(limit: u16) -> Option<Decimal> {
    (limit > 0).then(|| Decimal::new(limit.into(), 2))
}

/// A limit in whole units; 0 says that there is none.
pub(super) fn whole(limit: u16) -> Option<Decimal> {
    hundredths(limit).map(|limit| Decimal::new(limit.units() * 100, 2))
}
