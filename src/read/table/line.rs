//! A row of a table → what its cells say, and where it stands.

use std::borrow::Cow;
use std::hash::Hasher;

use rustc_hash::FxHasher;

use super::OfficeTable;
use super::columns::TableSlot;
use super::numbers::number;
use crate::formats::written::{Said, Wrong};
use crate::model::DefectKind;
use crate::quantity::Exact;
use crate::read::rows::Rows;
use crate::read::wrong::defect_of;

/// A row of a table.
#[derive(Clone, Copy)]
pub(in crate::read) struct Line<'a> {
    pub(super) table: &'a OfficeTable,
    pub(super) rows: &'a Rows,
    pub(super) row: usize,
}

impl<'a> Line<'a> {
    /// Its place among the rows of the table.
    fn place(self) -> usize {
        usize::try_from(self.rows.batch.first_row).unwrap_or_default() + self.row
    }

    /// Its 0-based row in the source.
    pub(in crate::read) fn number(self) -> u32 {
        let rows = self.table.sheet.as_ref().map(|sheet| &sheet.rows);
        let place = self.place();
        let in_sheet = rows.and_then(|rows| rows.get(place)).copied();
        in_sheet.unwrap_or_else(|| u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// The text of a column.
    pub(in crate::read) fn text(self, column: usize) -> Option<Cow<'a, str>> {
        self.table.column(&self.rows.batch, column)?.text(self.row)
    }

    /// What a cell says of a field that is there; what it should be decides how it is read.
    pub(in crate::read) fn read<T>(
        self,
        slot: &TableSlot,
        read: impl FnOnce(&str) -> Said<T>,
    ) -> Said<T> {
        let text = self.text(slot.column);
        text.map_or(Ok(None), |text| read(&text))
    }

    /// The number of a field; of merged cells it is said in the first row alone, where it adds up.
    pub(super) fn number_of(self, slot: &TableSlot) -> Said<Exact> {
        let sheet = self.table.sheet.as_ref();
        let goes_on = || sheet.is_some_and(|sheet| sheet.goes_on(slot.column, self.place()));
        if slot.sort.adds_up() && goes_on() {
            return Ok(None);
        }
        self.read(slot, |text| number(text, slot.unit, slot.mark))
    }

    /// What is wrong with a cell, in words.
    pub(super) fn wrong(self, slot: &TableSlot, wrong: Wrong, should_be: &str) -> Doubtful {
        let text = self.text(slot.column).unwrap_or_default();
        let shown: String = text.chars().take(60).collect();
        let place = self.table.place(self.number());
        let name = &slot.name;
        let (kind, what) = defect_of(wrong, sort_of(should_be), should_be);
        Doubtful {
            kind,
            detail: format!("`{name}` says `{shown}` in {place}: {what}; that is unknown"),
        }
    }

    /// `row 18`, as people count.
    pub(in crate::read) fn place_name(self) -> String {
        self.table.place(self.number())
    }

    fn columns(self) -> impl Iterator<Item = usize> + use<'a> {
        let numbering = &self.table.numbering;
        (0..self.table.fields.len()).filter(move |column| !numbering.contains(column))
    }

    pub(super) fn hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for column in self.columns() {
            hasher.write(self.text(column).unwrap_or_default().as_bytes());
            hasher.write_u8(0xff);
        }
        hasher.finish()
    }

    pub(super) fn is_same(self, other: &Self) -> bool {
        self.columns()
            .all(|column| self.text(column) == other.text(column))
    }
}

/// What a cell should hold, in one word.
fn sort_of(should_be: &str) -> &'static str {
    match should_be {
        "number" | "number of zero or more" => "number",
        "date" => "date",
        _ => "value",
    }
}

/// Something in a row that could not be read, or that contradicts itself.
pub(in crate::read) struct Doubtful {
    /// The kind of defect.
    pub(in crate::read) kind: DefectKind,
    /// The column, what it says, where, and what became of it.
    pub(in crate::read) detail: String,
}
