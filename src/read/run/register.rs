//! `register.csv` → its rows, with their days read.

use std::path::Path;

use compact_str::CompactString;
use jiff::civil::Date;

use super::table::ResultTable;
use crate::formats::Batch;
use crate::formats::written::date;
use crate::model::SpellRow;
use crate::read::ReadError;

/// How many bad rows are named.
const NAMED: usize = 5;

/// The columns that a register must have.
const NEEDED: [&str; 5] = ["parcel_id", "state", "first_seen", "last_seen", "runs"];

/// The columns that it may have.
const MORE: [&str; 5] = ["since", "closed", "closed_by", "rule", "parents"];

/// Reads a register of first-seen and last-seen days.
///
/// # Errors
/// When the file cannot be read, lacks a column, or any row of it cannot be understood: each is named by its number, 1 being
/// the first below the header.
pub fn read_register(file: &Path) -> Result<Vec<SpellRow>, ReadError> {
    let table = ResultTable::read(file, None, (&NEEDED, &MORE))?;
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for batch in &table.batches {
        for at in 0..batch.rows {
            match spell(&table, batch, at) {
                Ok(spell) => rows.push(spell),
                Err(why) => {
                    wrong.push(format!("row {}: {why}", batch.first_row + at as u64 + 1));
                }
            }
        }
    }
    if wrong.is_empty() {
        return Ok(rows);
    }
    let more = wrong.len().saturating_sub(NAMED);
    wrong.truncate(NAMED);
    let more = if more > 0 {
        format!("; and {more} more rows")
    } else {
        String::new()
    };
    Err(ReadError::Unsuitable {
        name: file.display().to_string(),
        layer: "register",
        why: format!("{}{more}; mend or delete these rows", wrong.join("; ")),
    })
}

fn spell(table: &ResultTable, batch: &Batch, row: usize) -> Result<SpellRow, String> {
    let text = |name: &str| {
        let column = table.column(batch, name);
        column.and_then(|column| column.text(row))
    };
    let word = |name| text(name).map(CompactString::from);
    let needed = |name: &str| format!("`{name}` is empty");
    let day = |name: &str| -> Result<Option<Date>, String> {
        let Some(text) = text(name) else {
            return Ok(None);
        };
        date(&text).map_err(|()| format!("`{name}` is `{text}`, which is no day"))
    };
    let must = |name: &str| day(name)?.ok_or_else(|| needed(name));
    let runs = text("runs").ok_or_else(|| needed("runs"))?;
    Ok(SpellRow {
        row: batch.first_row + row as u64 + 1,
        parcel_id: word("parcel_id").ok_or_else(|| needed("parcel_id"))?,
        state: word("state").ok_or_else(|| needed("state"))?,
        first_seen: must("first_seen")?,
        last_seen: must("last_seen")?,
        runs: runs
            .parse()
            .ok()
            .filter(|runs| (1..1_000_000).contains(runs))
            .ok_or_else(|| format!("`runs` is `{runs}`, which is no count from 1 to 999999"))?,
        since: day("since")?,
        closed: day("closed")?,
        closed_by: word("closed_by"),
        rule: word("rule"),
        parents: text("parents")
            .map(|ids| {
                ids.split(';')
                    .map(str::trim)
                    .map(CompactString::from)
                    .collect()
            })
            .unwrap_or_default(),
    })
}
