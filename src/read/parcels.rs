//! Rows of a layer of parcels → parcels.

use super::known::{Known, Record};
use super::unit::named;
use super::{Batch, Column};
use crate::model::{LandStatus, LayerKind, Parcel};
use crate::quantity::Area;

pub(super) struct ParcelColumns<'a> {
    id: Option<Column<'a>>,
    area: Option<Column<'a>>,
    row_unit: Option<Column<'a>>,
    unit: Option<f64>,
    land_use: Option<Column<'a>>,
    status: Option<Column<'a>>,
}

impl Record for Parcel {
    const KIND: LayerKind = LayerKind::Parcels;
    type Columns<'a> = ParcelColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> ParcelColumns<'a> {
        let column = |field| known.column(batch, field);
        ParcelColumns {
            id: column("id"),
            area: column("area_registered"),
            row_unit: column("area_unit"),
            unit: known.area_unit,
            land_use: column("land_use"),
            status: column("status"),
        }
    }

    fn read(columns: &ParcelColumns<'_>, row: usize, number: u32) -> Self {
        let text =
            |column: Option<Column<'_>>| column.and_then(|column| column.text(row)).map(Into::into);
        let row_unit = columns
            .row_unit
            .and_then(|column| column.text(row))
            .and_then(|text| named(&text));
        let area = columns
            .area
            .and_then(|column| column.number(row))
            .filter(|area| *area > 0.0);
        Self {
            row: number,
            id: text(columns.id).unwrap_or_default(),
            area_registered: area
                .zip(row_unit.or(columns.unit))
                .and_then(|(area, unit)| Area::from_m2(area * unit)),
            land_use: None,
            land_use_given: text(columns.land_use),
            status: columns
                .status
                .and_then(|column| column.text(row))
                .and_then(|text| LandStatus::parse(&text)),
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}
