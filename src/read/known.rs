//! The columns of a batch by their canonical names, and the records that are read from them.

use super::limits::Scales;
use crate::formats::DecimalMark;
use crate::formats::{Batch, Column};
use crate::model::{AreaUnit, DefectKind, LayerKind};

/// A layer's known columns, in the order in which its batches hold them.
pub(super) struct Known {
    /// The canonical name and the stored name of each column read.
    pub(super) columns: Vec<(&'static str, String)>,
    /// What stands before the decimals of each of them.
    pub(super) marks: Vec<DecimalMark>,
    /// The size in m² of the unit of registered areas; `None` when it is not certain.
    pub(super) area_unit: Option<f64>,
    /// The unit of each column of floor areas, by field.
    pub(super) floor_units: Vec<(&'static str, AreaUnit)>,
    /// What the numbers of its limits mean.
    pub(super) limits: Scales,
}

impl Known {
    pub(super) fn column<'a>(&self, batch: &'a Batch, field: &str) -> Option<Column<'a>> {
        let at = self.columns.iter().position(|(name, _)| *name == field)?;
        batch.columns.get(at).map(Column)
    }

    /// The size in m² of the unit of a column of floor areas.
    pub(super) fn floor_unit(&self, field: &str) -> f64 {
        let unit = self.floor_units.iter().find(|(name, _)| *name == field);
        unit.and_then(|(_, unit)| unit.m2()).unwrap_or(1.0)
    }

    pub(super) fn stored_name(&self, field: &str) -> Option<&str> {
        self.columns
            .iter()
            .find(|(name, _)| *name == field)
            .map(|(_, stored)| stored.as_str())
    }

    /// What stands before the decimals of a field.
    pub(super) fn mark(&self, field: &str) -> DecimalMark {
        let at = self.columns.iter().position(|(name, _)| *name == field);
        at.and_then(|at| self.marks.get(at).copied())
            .unwrap_or_default()
    }

    /// Tells of each row whether it is a record in force: ZT 0 (无效) and QSZT other than 1 (现势) are not
    /// (TD/T 1066-2021 不动产登记数据库标准), nor is what is said to be cancelled, and a building that is said to be pulled down.
    pub(super) fn in_force<'a>(
        &self,
        kind: LayerKind,
        batch: &'a Batch,
    ) -> impl Fn(usize) -> bool + use<'a> {
        let state = self.column(batch, "validity");
        let stored = self.stored_name("validity").unwrap_or_default();
        let by_right = stored.eq_ignore_ascii_case("QSZT");
        // land of which the state says so may be empty, and is there
        let condition = self.column(batch, "status");
        let condition = condition.filter(|_| kind == LayerKind::Buildings);
        let is_gone = |state: &str| {
            let state = state.trim().trim_start_matches('已');
            matches!(state, "注销" | "灭失" | "拆除" | "历史")
        };
        move |row| {
            let said = |column: Option<Column<'a>>| column.and_then(|column| column.text(row));
            let gone = |column| said(column).is_some_and(|state| is_gone(&state));
            !gone(condition)
                && match said(state) {
                    None => true,
                    Some(state) if by_right => matches!(&*state, "1" | "现势"),
                    Some(state) => !matches!(&*state, "0" | "无效") && !is_gone(&state),
                }
        }
    }
}

/// Something in a row that could not be read; the row is analysed without it.
pub(super) struct Doubt {
    /// The kind of defect.
    pub(super) kind: DefectKind,
    /// The column, what it says, and what became of it.
    pub(super) detail: String,
}

/// A record that is read from the columns of a layer.
pub(super) trait Record: Sized + Send + Sync {
    /// The kind of layer it comes from.
    const KIND: LayerKind;
    /// Whether each is expected to have an id of its own, so that a missing or repeated one is a defect.
    const IDENTIFIED: bool = true;
    /// The field whose stored name may say by which system its land-use codes are.
    const CODED: &'static str = "land_use";
    /// The columns it reads.
    type Columns<'a>;
    /// Finds its columns in a batch.
    fn columns<'a>(known: &Known, batch: &'a Batch) -> Self::Columns<'a>;
    /// Reads row `row` of the batch, which is row `number` of the layer; what cannot be read is added to `doubts`.
    fn read(columns: &Self::Columns<'_>, row: usize, number: u32, doubts: &mut Vec<Doubt>) -> Self;
    /// Looks at what was read beside the plane area in m² of its shape.
    fn beside(
        &mut self,
        _columns: &Self::Columns<'_>,
        _row: usize,
        _m2: f64,
        _doubts: &mut Vec<Doubt>,
    ) {
    }
    /// Its own figures that do not fit its shape of so many m², nor each other.
    fn contradictions(&self, _m2: f64) -> Vec<DefectKind> {
        Vec::new()
    }
    /// Its identifier, empty when it has none.
    fn id(&self) -> &str;
    /// Its 0-based row in the layer.
    fn row(&self) -> u32;
}
