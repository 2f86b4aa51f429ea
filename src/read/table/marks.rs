//! The numbers of a table as they are written → what stands before the decimals of each of its columns.

use arrow_schema::DataType;

use super::OfficeTable;
use crate::formats::written::Evidence;

impl OfficeTable {
    /// Tells what stands before the decimals of every column, from all rows, `--where` or not.
    pub(super) fn settle_marks(&mut self) {
        let of = |column: usize| {
            let mut evidence = Evidence::default();
            for rows in &self.rows {
                let Some(column) = self.column(&rows.batch, column) else {
                    continue;
                };
                if !matches!(column.0.data_type(), DataType::Utf8 | DataType::LargeUtf8) {
                    continue;
                }
                let texts = (0..rows.batch.rows).filter_map(|row| column.text(row));
                texts.for_each(|text| evidence.see(&text));
            }
            evidence
        };
        let slots = self.columns.slots.iter();
        let seen: Vec<Option<Evidence>> = slots
            .map(|slot| slot.sort.is_number().then(|| of(slot.column)))
            .collect();
        let all = seen.iter().flatten();
        let all = all.fold(Evidence::default(), |all, one| all.and(*one));
        // in a workbook numbers have a point whatever people type
        let is_typed = self
            .sheet
            .as_ref()
            .is_some_and(|sheet| !sheet.name.is_empty());
        for (slot, seen) in self.columns.slots.iter_mut().zip(seen) {
            let Some(seen) = seen else { continue };
            let shown = if is_typed {
                seen.mark_of_typed()
            } else {
                seen.mark_among(all)
            };
            let given = self.given.decimal_mark.get(&slot.name).copied();
            slot.mark = given.unwrap_or(shown);
            let decided = &mut self.decided.decimal_mark;
            decided.insert(slot.name.clone(), slot.mark);
        }
    }
}
