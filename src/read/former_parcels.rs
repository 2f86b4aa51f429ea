//! Rows of a layer of parcels of an earlier time → those parcels.
//!
//! Marks of validity (ZT, QSZT) are not looked at: all of it is history.

use super::known::{Doubt, Known, Record};
use super::registered_area::RegisteredArea;
use crate::formats::{Batch, Column};
use crate::model::{FormerParcel, LayerKind, other_key};

pub(super) struct FormerColumns<'a> {
    id: Option<Column<'a>>,
    area: RegisteredArea<'a>,
}

impl Record for FormerParcel {
    const KIND: LayerKind = LayerKind::Before;
    type Columns<'a> = FormerColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> FormerColumns<'a> {
        FormerColumns {
            id: known.column(batch, "id"),
            area: RegisteredArea::of(known, batch),
        }
    }

    fn read(columns: &FormerColumns<'_>, row: usize, number: u32, doubts: &mut Vec<Doubt>) -> Self {
        let id = columns.id.and_then(|column| column.text(row));
        Self {
            row: number,
            other_key: id.as_deref().and_then(other_key),
            id: id.map(Into::into).unwrap_or_default(),
            area_registered: columns.area.read(row, doubts),
        }
    }

    fn beside(
        &mut self,
        columns: &Self::Columns<'_>,
        row: usize,
        m2: f64,
        doubts: &mut Vec<Doubt>,
    ) {
        columns.area.beside(row, m2, doubts);
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}
