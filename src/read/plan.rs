//! Rows of a layer of plan blocks → plan blocks.

use super::known::{Doubt, Known, Record};
use super::limits::LimitColumns;
use crate::formats::{Batch, Column};
use crate::model::{LayerKind, PlanBlock};

pub(super) struct PlanColumns<'a> {
    id: Option<Column<'a>>,
    land_use: Option<Column<'a>>,
    limits: LimitColumns<'a>,
}

impl Record for PlanBlock {
    const KIND: LayerKind = LayerKind::Plan;
    type Columns<'a> = PlanColumns<'a>;

    fn columns<'a>(known: &Known, batch: &'a Batch) -> PlanColumns<'a> {
        PlanColumns {
            id: known.column(batch, "id"),
            land_use: known.column(batch, "land_use"),
            limits: LimitColumns::of(known, batch),
        }
    }

    fn read(columns: &PlanColumns<'_>, row: usize, number: u32, doubts: &mut Vec<Doubt>) -> Self {
        let text =
            |column: Option<Column<'_>>| column.and_then(|column| column.text(row)).map(Into::into);
        Self {
            row: number,
            id: text(columns.id).unwrap_or_default(),
            land_use: None,
            land_use_given: text(columns.land_use),
            limits: columns.limits.read(row, doubts),
        }
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn row(&self) -> u32 {
        self.row
    }
}
