//! The rows of a table that sum up others → those that are no sum of any.

use super::OfficeTable;
use super::columns::TableSlot;
use super::numbers::number;
use crate::formats::office::{Sheet, Total};
use crate::quantity::Exact;

/// So many wrong totals are named.
const NAMED: usize = 5;

/// Says which totals are not the sum of any rows that they may sum up.
pub(super) fn wrong_totals(table: &OfficeTable) -> Option<String> {
    let sheet = table.sheet.as_ref()?;
    let added = table
        .columns
        .slots
        .iter()
        .filter(|slot| slot.sort.adds_up());
    let wrong: Vec<String> = added
        .flat_map(|slot| wrong_in(table, sheet, slot))
        .map(|(slot, total)| {
            format!(
                "`{}` of `{}` in {}",
                total.text,
                slot.name,
                table.place(total.row)
            )
        })
        .take(NAMED)
        .collect();
    (!wrong.is_empty()).then(|| {
        format!(
            "{}: {} is not the sum of the rows it may sum up; rows may be missing or said twice",
            table.kind.name(),
            wrong.join(", ")
        )
    })
}

/// The wrong totals of a column.
fn wrong_in<'a>(
    table: &OfficeTable,
    sheet: &'a Sheet,
    slot: &'a TableSlot,
) -> Vec<(&'a TableSlot, &'a Total)> {
    let totals = sheet
        .totals
        .iter()
        .filter(|total| total.column == slot.column);
    let totals: Vec<&Total> = totals.collect();
    if totals.is_empty() {
        return Vec::new();
    }
    let upto = sums(table, sheet, slot);
    let last = upto.len() - 1;
    let behind = totals.iter().map(|total| total.behind);
    let ends: Vec<usize> = [0].into_iter().chain(behind).chain([last]).collect();
    let sum = |from: usize, to: usize| upto.get(to).zip(upto.get(from)).map(|(to, from)| to - from);
    let is_wrong = |(at, total): (usize, &&'a Total)| {
        let said = number(&total.text, slot.unit, slot.mark)
            .ok()
            .flatten()?
            .to_f64();
        let here = total.behind;
        // the whole table, or the rows up to the total before or after it
        let may_be = [
            (0, here),
            (0, last),
            (*ends.get(at)?, here),
            (here, *ends.get(at + 2)?),
            (here, last),
        ];
        let agrees = may_be.into_iter().any(|(from, to)| {
            // each row may have been rounded to two decimals
            let rounding = (count(to.saturating_sub(from)) + 1.0) * 0.005;
            let near = rounding.min(said.abs() * 1e-3) + 1e-6;
            sum(from, to).is_some_and(|sum| (sum - said).abs() <= near)
        });
        (!agrees).then_some((slot, *total))
    };
    totals.iter().enumerate().filter_map(is_wrong).collect()
}

/// The sums of a column up to each row, what is merged counted once.
fn sums(table: &OfficeTable, sheet: &Sheet, slot: &TableSlot) -> Vec<f64> {
    let mut sums = vec![0.0];
    for rows in &table.rows {
        let column = table.column(&rows.batch, slot.column);
        let first = usize::try_from(rows.batch.first_row).unwrap_or_default();
        for row in 0..rows.batch.rows {
            let text = column.and_then(|column| column.text(row));
            let text = text.filter(|_| !sheet.goes_on(slot.column, first + row));
            let number = text.and_then(|text| number(&text, slot.unit, slot.mark).ok().flatten());
            let before = sums.last().copied().unwrap_or_default();
            sums.push(before + number.map_or(0.0, Exact::to_f64));
        }
    }
    sums
}

#[expect(clippy::cast_precision_loss, reason = "a count of rows")]
const fn count(rows: usize) -> f64 {
    rows as f64
}
