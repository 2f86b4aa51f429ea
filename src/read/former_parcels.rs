//! Rows of a layer of parcels of an earlier time → those parcels.
//!
//! Marks of validity (ZT, QSZT) are not looked at: all of it is history.

use super::known::{Doubt, Known, Record};
use super::unit::named;
use super::{Batch, Column};
use crate::model::{FormerParcel, LayerKind};
use crate::quantity::Area;

pub(super) struct FormerColumns<'a> {
    id: Option<Column<'a>>,
    area: Option<Column<'a>>,
    row_unit: Option<Column<'a>>,
    unit: Option<f64>,
}

impl Record for FormerParcel {
    const KIND: LayerKind = LayerKind::Before;
    type Columns<'a> = FormerColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> FormerColumns<'a> {
        FormerColumns {
            id: known.column(batch, "id"),
            area: known.column(batch, "area_registered"),
            row_unit: known.column(batch, "area_unit"),
            unit: known.area_unit,
        }
    }

    fn read(columns: &FormerColumns<'_>, row: usize, number: u32, _: &mut Vec<Doubt>) -> Self {
        let unit = columns.row_unit.and_then(|column| column.text(row));
        let row_unit = unit.and_then(|text| named(&text));
        let id = columns.id.and_then(|column| column.text(row));
        let area = columns
            .area
            .and_then(|column| column.number(row))
            .filter(|area| *area > 0.0);
        Self {
            row: number,
            id: id.map(Into::into).unwrap_or_default(),
            area_registered: area
                .zip(row_unit.or(columns.unit))
                .and_then(|(area, unit)| Area::from_m2(area * unit)),
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}
