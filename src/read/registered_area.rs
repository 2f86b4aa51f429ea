//! The registered area of a row → m², by the unit in its cell, the one that its row names, or that of its column.

use super::known::{Doubt, Known};
use super::unit::{named, of_row};
use super::written::Numbers;
use super::{Batch, Column};
use crate::model::DefectKind;
use crate::quantity::Area;

/// The columns that say the registered area (登记面积, 合同面积) of a parcel.
pub(super) struct RegisteredArea<'a> {
    area: Option<Numbers<'a>>,
    row_unit: Option<Column<'a>>,
    unit: Option<f64>,
}

impl<'a> RegisteredArea<'a> {
    pub(super) fn of(known: &Known, batch: &'a Batch) -> Self {
        Self {
            area: Numbers::of(known, batch, "area_registered"),
            row_unit: known.column(batch, "area_unit"),
            unit: known.area_unit,
        }
    }

    /// The area of a row of which the polygon is so many m², where that shows that it is in another unit than its column.
    pub(super) fn beside(&self, row: usize, m2: f64, doubts: &mut Vec<Doubt>) -> Option<Area> {
        let column = self.area.as_ref()?;
        let (area, own) = column.area(row, &mut Vec::new())?;
        let is_named = own.is_some() || self.row_unit.is_some_and(|unit| unit.text(row).is_some());
        let unit = of_row(area, m2, self.unit).filter(|_| !is_named)?;
        doubts.push(Doubt {
            kind: DefectKind::UnitOfRow,
            detail: format!(
                "`{}` says {area}: {}, as its polygon of {m2:.2} m² shows, unlike its column",
                column.name(),
                unit.sign()
            ),
        });
        Area::from_m2(area * unit.m2()?)
    }

    /// The area of a row; unknown where its unit is.
    pub(super) fn read(&self, row: usize, doubts: &mut Vec<Doubt>) -> Option<Area> {
        let (area, own) = self.area.as_ref()?.area(row, doubts)?;
        let of_row = || named(&self.row_unit?.text(row)?);
        let unit = own.or_else(of_row).or(self.unit)?;
        Area::from_m2(area * unit)
    }
}
