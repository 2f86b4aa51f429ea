//! The cells of a row, by field → what they say; what is wrong with one is a doubt.

use compact_str::CompactString;
use jiff::civil::Date;

use super::OfficeTable;
use super::columns::TableSlot;
use super::fields::Sort;
use super::line::{Doubtful, Line};
use super::values::{day_or_no, has_lost_digits};
use crate::formats::written::{Said, Wrong, day, level};
use crate::law::facts::Record;
use crate::model::Yearly;
use crate::quantity::{Exact, Figure, Unit};
use crate::read::listed_ids::separate;

/// A day that may not have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Step {
    NotCome,
    Came(Date),
}

/// The cells of a row; what is wrong with one is a doubt.
pub(in crate::read) struct Cells<'a, 'd> {
    pub(in crate::read) table: &'a OfficeTable,
    pub(in crate::read) line: Line<'a>,
    pub(in crate::read) doubts: &'d mut Vec<Doubtful>,
}

impl<'a> Cells<'a, '_> {
    /// What a cell says.
    pub(in crate::read) fn text<T>(
        &mut self,
        field: &str,
        read: impl FnOnce(&str) -> Said<T>,
    ) -> Option<T> {
        let slot = self.table.slot(field)?;
        let said = self.line.read(slot, read);
        self.sound(slot, said, "known word")
    }

    /// What the cells of a field say, each of the year of its column, where that says one.
    pub(in crate::read) fn texts_by_year<T>(
        &mut self,
        field: &str,
        read: impl Fn(&str) -> Said<T>,
    ) -> Vec<(Option<i64>, T)> {
        let slots = self.table.columns.slots.iter();
        let mut said = Vec::new();
        for slot in slots.filter(|slot| slot.field == field) {
            let text = self.line.read(slot, &read);
            let text = self.sound(slot, text, "known word");
            said.extend(text.map(|text| (slot.year, text)));
        }
        said
    }

    /// The parcels that a cell names.
    pub(in crate::read) fn parcels(&mut self) -> Vec<CompactString> {
        let Some(slot) = self.table.slot("parcel_id") else {
            return Vec::new();
        };
        let text = self.line.text(slot.column).unwrap_or_default();
        let (lost, ids): (Vec<_>, Vec<_>) = separate(&text)
            .into_iter()
            .partition(|id| has_lost_digits(id));
        if !lost.is_empty() {
            self.doubts.push(
                self.line
                    .wrong(slot, Wrong::LostDigits, "number of a parcel"),
            );
        }
        ids
    }

    /// The numbers of a field by year.
    pub(in crate::read) fn by_year(&mut self, field: &str) -> Yearly {
        let slots = self
            .table
            .columns
            .slots
            .iter()
            .filter(|slot| slot.field == field);
        let mut years = Yearly::new();
        for slot in slots {
            let said = self.line.number_of(slot);
            years.extend(slot.year.zip(self.sound(slot, said, "number")));
        }
        years.sort_unstable_by_key(|(year, _)| *year);
        years
    }

    /// The number of a field, of its latest year, as a fact; one below zero is none.
    pub(in crate::read) fn number(
        &mut self,
        field: &str,
        name: &'static str,
        unit: Unit,
        facts: &mut Record,
    ) {
        let Some(slot) = self.table.slot(field) else {
            return;
        };
        let said = self.line.number_of(slot);
        let number = match said {
            Ok(Some(number)) if number < Exact::ZERO => {
                self.doubts.push(self.line.wrong(
                    slot,
                    Wrong::Unreadable,
                    "number of zero or more",
                ));
                None
            }
            // of a field by year it has been said that the number is none
            said if slot.sort.by_year() => said.ok().flatten(),
            said => self.sound(slot, said, "number"),
        };
        let number = number.and_then(|number| match slot.sort {
            Sort::Area => number.round_to(2),
            _ => Some(number),
        });
        if let Some(number) = number {
            facts.set(name, Figure::Number(number, unit));
        }
    }

    /// What a cell says, as it is.
    pub(in crate::read) fn raw(&mut self, field: &str) -> Option<CompactString> {
        let slot = self.table.slot(field)?;
        self.line.text(slot.column).map(CompactString::from)
    }

    /// A measured number above zero in m² or metres; -9999 and the like stand for none.
    pub(in crate::read) fn above_zero(&mut self, field: &str) -> Option<f64> {
        let slot = self.table.slot(field)?;
        let said = self.line.number_of(slot);
        let number = self.sound(slot, said, "number")?;
        (number > Exact::ZERO).then(|| number.to_f64())
    }

    /// Which storey a row is of.
    #[expect(clippy::cast_possible_truncation, reason = "storeys are few")]
    pub(in crate::read) fn level(&mut self, field: &str) -> Option<f32> {
        let slot = self.table.slot(field)?;
        let said = self.line.read(slot, |text| level(text, slot.mark));
        self.sound(slot, said, "number of a storey")
            .map(|level| level as f32)
    }

    /// The day of a field.
    pub(in crate::read) fn day(&mut self, field: &str) -> Option<Date> {
        let slot = self.table.slot(field)?;
        let since_1904 = self.table.since_1904();
        let said = self.line.read(slot, |text| day(text, since_1904));
        self.sound(slot, said, "date")
    }

    /// The day of a field that is blank until it comes; `None` where there is no such column, or it cannot be read.
    pub(in crate::read) fn step(&mut self, field: &str) -> Option<Step> {
        let slot = self.table.slot(field)?;
        let text = self.line.text(slot.column);
        let said = day_or_no(text.as_deref(), self.table.since_1904());
        let step = said.map(|day| Some(day.map_or(Step::NotCome, Step::Came)));
        self.sound(slot, step, "date")
    }

    /// The name of the column of a field.
    pub(in crate::read) fn column(&self, field: &str) -> Option<&'a str> {
        self.table.slot(field).map(|slot| slot.name.as_str())
    }

    /// What is said, unless it is wrong.
    fn sound<T>(&mut self, slot: &TableSlot, said: Said<T>, should_be: &str) -> Option<T> {
        said.unwrap_or_else(|wrong| {
            self.doubts.push(self.line.wrong(slot, wrong, should_be));
            None
        })
    }
}
