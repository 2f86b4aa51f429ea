//! A column of a layer → the areas, lengths and counts of its rows; what cannot be read is a doubt of the row.

use arrow_schema::DataType;
use compact_str::CompactString;

use super::known::{Doubt, Known};
use super::wrong::defect_of;
use crate::formats::DecimalMark;
use crate::formats::office::{Unit, unit};
use crate::formats::written::{Counted, Said, Wrong, figures, storeys};
use crate::formats::{Batch, Column};
use crate::model::DefectKind;

/// A column of numbers, and how they are written in it.
pub(super) struct Numbers<'a> {
    column: Column<'a>,
    name: CompactString,
    mark: DecimalMark,
}

/// No building has as many storeys (the highest has 163), and no storey or building is higher in metres.
const MOST: (f64, f64) = (200.0, 10_000.0);

impl<'a> Numbers<'a> {
    /// The column of a field, where it was found.
    pub(super) fn of(known: &Known, batch: &'a Batch, field: &str) -> Option<Self> {
        Some(Self {
            column: known.column(batch, field)?,
            name: known.stored_name(field)?.into(),
            mark: known.mark(field),
        })
    }

    /// Its name as stored.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// An area above zero, and the size in m² of the unit behind it, where one is.
    pub(super) fn area(&self, row: usize, doubts: &mut Vec<Doubt>) -> Option<(f64, Option<f64>)> {
        let (area, unit) = self.read(row, doubts, |text, mark| {
            let Some(read) = figures(text, mark)? else {
                return Ok(None);
            };
            let unit = match unit(&read.behind) {
                _ if read.behind.is_empty() => None,
                Some(Unit::Land(size)) => Some(size.to_f64()),
                _ => return Err(Wrong::Unreadable),
            };
            Ok(Some((number(&read.digits)?, unit)))
        })?;
        self.above_zero(area, row, doubts).then_some((area, unit))
    }

    /// A length in metres, above zero.
    pub(super) fn metres(&self, row: usize, doubts: &mut Vec<Doubt>) -> Option<f32> {
        let (metres, _) = self.read(row, doubts, |text, mark| {
            Ok(metres_of(text, mark)?.map(|metres| (metres, None)))
        })?;
        if !self.above_zero(metres, row, doubts) {
            return None;
        }
        self.below(metres, MOST.1, row, doubts)
            .then(|| narrow(metres))
    }

    /// A count of storeys.
    pub(super) fn storeys(&self, row: usize, doubts: &mut Vec<Doubt>) -> Counted {
        let counted = if self.is_text() {
            let text = self.column.text(row);
            let said = text.map_or(Ok(None), |text| storeys(&text, self.mark));
            self.sound(said, row, "count of storeys", doubts)
                .unwrap_or_default()
        } else {
            Counted {
                plain: self.column.number(row),
                ..Counted::default()
            }
        };
        let Counted {
            above,
            below,
            plain,
        } = counted;
        let mut known = |count: Option<f64>| {
            count.filter(|count| {
                let is_count = *count >= 0.0 || self.above_zero(*count, row, doubts);
                is_count && self.below(*count, MOST.0, row, doubts)
            })
        };
        Counted {
            above: known(above),
            below: known(below),
            plain: known(plain),
        }
    }

    fn is_text(&self) -> bool {
        matches!(
            self.column.0.data_type(),
            DataType::Utf8 | DataType::LargeUtf8
        )
    }

    fn read(
        &self,
        row: usize,
        doubts: &mut Vec<Doubt>,
        of_text: impl FnOnce(&str, DecimalMark) -> Said<(f64, Option<f64>)>,
    ) -> Option<(f64, Option<f64>)> {
        if !self.is_text() {
            return Some((self.column.number(row)?, None));
        }
        let text = self.column.text(row)?;
        self.sound(of_text(&text, self.mark), row, "number", doubts)
    }

    fn sound<T>(
        &self,
        said: Said<T>,
        row: usize,
        should_be: &str,
        doubts: &mut Vec<Doubt>,
    ) -> Option<T> {
        said.unwrap_or_else(|wrong| {
            let (kind, what) = defect_of(wrong, "number", should_be);
            self.doubt(kind, &what, row, doubts);
            None
        })
    }

    /// Whether a number is above zero; -1 and -9999 stand for none.
    fn above_zero(&self, number: f64, row: usize, doubts: &mut Vec<Doubt>) -> bool {
        let stands_for_none = [0.0, -1.0, -9.0, -99.0, -999.0, -9999.0, -99_999.0];
        if number < 0.0 && !stands_for_none.contains(&number) {
            self.doubt(DefectKind::UnreadableNumber, "below zero", row, doubts);
        }
        number > 0.0
    }

    /// Whether a number is one that there can be; 9999 stands for none.
    fn below(&self, number: f64, most: f64, row: usize, doubts: &mut Vec<Doubt>) -> bool {
        if number >= most && ![9999.0, 99_999.0].contains(&number) {
            self.doubt(
                DefectKind::UnreadableNumber,
                "more than there can be",
                row,
                doubts,
            );
        }
        number < most
    }

    fn doubt(&self, kind: DefectKind, what: &str, row: usize, doubts: &mut Vec<Doubt>) {
        let text = self.column.text(row).unwrap_or_default();
        let shown: String = text.chars().take(60).collect();
        doubts.push(Doubt {
            kind,
            detail: format!("`{}` says `{shown}`: {what}; that is unknown", self.name),
        });
    }
}

/// The metres that a text says, in metres unless a unit behind them says otherwise.
fn metres_of(text: &str, mark: DecimalMark) -> Said<f64> {
    let Some(read) = figures(text, mark)? else {
        return Ok(None);
    };
    let size = match unit(&read.behind) {
        _ if read.behind.is_empty() => 1.0,
        Some(Unit::Length(size)) => size.to_f64(),
        _ => return Err(Wrong::Unreadable),
    };
    Ok(Some(number(&read.digits)? * size))
}

fn number(digits: &str) -> Result<f64, Wrong> {
    let number: f64 = digits.parse().map_err(|_| Wrong::Unreadable)?;
    number
        .is_finite()
        .then_some(number)
        .ok_or(Wrong::Unreadable)
}

/// Storeys and metres have few digits.
#[expect(
    clippy::cast_possible_truncation,
    reason = "seven digits hold every storey and every centimetre"
)]
fn narrow(number: f64) -> f32 {
    number as f32
}
