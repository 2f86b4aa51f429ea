//! A city → what a scan of it must find on each parcel, and where that is certain.

use super::city::City;
use super::dirt::{Flaw, Planted};
use super::facts::m2;
use super::layout::{cell, order};
use super::records::table;
use super::rows::count;
use super::tables::text;
use crate::geometry::Shapes;
use crate::write::{Column, Kind, Table};

/// What stands on a parcel.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    /// How many buildings.
    pub buildings: u32,
    /// Their footprints in 0.01 m².
    pub footprint_cents: i64,
    /// Their floor area above ground in 0.01 m².
    pub floor_cents: i64,
    /// Nothing planted on the parcel or beside it makes the figures doubtful.
    pub exact: bool,
}

impl City {
    /// The sums of every parcel, from the buildings as they were drawn before any flaw.
    pub(super) fn sums(&self) -> Vec<Sum> {
        let start = Sum {
            exact: true,
            ..Sum::default()
        };
        let mut sums = vec![start; self.parcels.rows.len()];
        for building in &self.buildings.rows {
            let Some(parcel) = building.parcel else {
                continue;
            };
            let sum = &mut sums[parcel as usize];
            sum.buildings += 1;
            sum.footprint_cents += i64::from(building.footprint_cents);
            sum.floor_cents += building.above_cents();
        }
        for Planted { row, other, .. } in &self.parcel_dirt {
            for row in [Some(*row), *other].into_iter().flatten() {
                sums[row as usize].exact = false;
            }
        }
        for &Planted { row, flaw, .. } in self.building_dirt.iter().chain(&self.building_notes) {
            if let Some(parcel) = self.buildings.rows[row as usize].parcel {
                sums[parcel as usize].exact = false;
                if flaw == Flaw::AcrossLine || flaw == Flaw::OverAnother {
                    self.doubt_around(row, &mut sums);
                }
            }
        }
        sums
    }

    /// Makes the parcels doubtful into which a building may reach, across a street too.
    fn doubt_around(&self, building: u32, sums: &mut [Sum]) {
        let bounds = self.buildings.shapes.get(building as usize).bounds();
        let reached = |shapes: &Shapes, row: usize| shapes.get(row).bounds().meets(&bounds);
        let (i, j) = cell(self.buildings.rows[building as usize].block);
        for (i, j) in [i - 1, i, i + 1]
            .into_iter()
            .flat_map(|i| [j - 1, j, j + 1].map(|j| (i, j)))
        {
            let block = order(i, j);
            if (block as usize) < self.boundary.rows.len()
                && reached(&self.boundary.shapes, block as usize)
            {
                let first = self.parcels.rows.partition_point(|row| row.block < block);
                let last = self.parcels.rows.partition_point(|row| row.block <= block);
                for row in (first..last).filter(|row| reached(&self.parcels.shapes, *row)) {
                    sums[row].exact = false;
                }
            }
        }
    }

    /// The sums as a table.
    pub(super) fn sum_table(&self) -> Table<'_> {
        use Kind::{Decimal as Number, Integer, Text};
        let sums = std::sync::Arc::new(self.sums());
        let rows = count(sums.len()) as usize;
        let at = |get: fn(&Sum) -> i64| {
            let sums = sums.clone();
            move |row: usize| get(&sums[row])
        };
        let (count, exact) = (at(|sum| sum.buildings.into()), at(|sum| sum.exact.into()));
        let (footprint, floor) = (at(|sum| sum.footprint_cents), at(|sum| sum.floor_cents));
        table(
            "truth_parcels",
            "宗地应有的数值",
            rows,
            vec![
                Column::new("parcel_id", "宗地代码", Text, |row| {
                    text(self.parcel_code(row))
                }),
                Column::new("building_count", "幢数", Integer, count),
                Column::new("footprint_m2", "基底面积", Number(2), move |row| {
                    m2(footprint(row))
                }),
                Column::new("floor_area_m2", "建筑面积", Number(2), move |row| {
                    m2(floor(row))
                }),
                Column::new("exact", "可核对", Integer, exact),
            ],
        )
    }
}
