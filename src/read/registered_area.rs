//! The registered area of a row → m², by the unit in its cell, the one that its row names, or that of its column.

use super::known::{Doubt, Known};
use super::numbers::Numbers;
use super::unit::named;
use crate::formats::{Batch, Column};
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

    /// Says of a row with an area in no unit that is known that it is not used.
    pub(super) fn beside(&self, row: usize, m2: f64, doubts: &mut Vec<Doubt>) {
        let Some(column) = self.area.as_ref().filter(|_| self.unit.is_none()) else {
            return;
        };
        let said = column.area(row, &mut Vec::new());
        if let Some((area, _)) = said.filter(|_| self.read(row, &mut Vec::new()).is_none()) {
            doubts.push(Doubt {
                kind: DefectKind::AreaUnbelievable,
                detail: format!(
                    "`{}` says {area}, polygon {m2:.2} m²: in no unit that fits its column; not used, the polygon's is",
                    column.name()
                ),
            });
        }
    }

    /// The area of a row; unknown where its unit is.
    pub(super) fn read(&self, row: usize, doubts: &mut Vec<Doubt>) -> Option<Area> {
        let (area, own) = self.area.as_ref()?.area(row, doubts)?;
        let of_row = || named(&self.row_unit?.text(row)?);
        let unit = own.or_else(of_row).or(self.unit)?;
        Area::from_m2(area * unit)
    }
}
