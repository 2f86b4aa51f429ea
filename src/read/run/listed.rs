//! `idle.*` and `enterprises.csv` of a folder of results → the parcels on the list, and those whose enterprises pay.

use std::path::Path;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::book::TABLES;
use super::index::file_of;
use super::number_in;
use super::table::{ResultTable, broken};
use crate::formats::written::date;
use crate::model::{Listed, feature_name};
use crate::read::ReadError;

/// What tells a parcel apart: its id, and its row where that is not enough.
pub(super) type Key = (CompactString, Option<u32>);

/// The rows of `idle.*` by their parcels.
pub(super) fn read_listed(folder: &Path) -> Result<FxHashMap<Key, Listed>, ReadError> {
    let file = file_of(folder, "idle", &TABLES)?;
    let file = file.ok_or_else(|| {
        let why = "it has no `idle` as csv or a map; name a folder that `plotratio scan` of this version wrote in such a format";
        broken(folder, why)
    })?;
    let columns = (
        &["parcel_id", "state", "reason", "rule", "since", "contracts"][..],
        &["shortfalls", "parcel_row"][..],
    );
    let table = ResultTable::read(&file, Some("UTF-8"), columns)?;
    let mut listed = FxHashMap::default();
    for batch in &table.batches {
        let column = |name| table.column(batch, name);
        for row in 0..batch.rows {
            let text = |name| column(name).and_then(|column| column.text(row));
            let word = |name| text(name).map(CompactString::from);
            let id = word("parcel_id").unwrap_or_default();
            let number = number_in(column("parcel_row"), row);
            let name = || feature_name(&id, number.unwrap_or(0));
            let since = match text("since") {
                None => None,
                Some(day) => date(&day).map_err(|()| {
                    let why = format!(
                        "`since` of the parcel `{}` is `{day}`, which is no day",
                        name()
                    );
                    broken(&file, why)
                })?,
            };
            let found = Listed {
                state: word("state").ok_or_else(|| {
                    broken(&file, format!("the parcel `{}` has no `state`", name()))
                })?,
                reason: word("reason"),
                rule: word("rule"),
                since,
                contracts: number_in(column("contracts"), row).unwrap_or(0),
                shortfalls: word("shortfalls"),
            };
            if listed.insert((id.clone(), number), found).is_some() {
                let why = format!("it lists the parcel `{}` twice", name());
                return Err(broken(&file, why));
            }
        }
    }
    Ok(listed)
}

/// The names of the parcels with an enterprise that does not pay little tax.
pub(super) fn read_taxed(folder: &Path) -> Result<FxHashSet<String>, ReadError> {
    let mut taxed = FxHashSet::default();
    let Some(file) = file_of(folder, "enterprises", &["csv"])? else {
        return Ok(taxed);
    };
    let table = ResultTable::read(&file, Some("UTF-8"), (&["parcels", "low_tax"], &[]))?;
    for batch in &table.batches {
        let column = |name| table.column(batch, name);
        for row in 0..batch.rows {
            let text = |name| column(name).and_then(|column| column.text(row));
            if text("low_tax").as_deref() == Some("pass")
                && let Some(parcels) = text("parcels")
            {
                taxed.extend(parcels.split(';').map(str::to_owned));
            }
        }
    }
    Ok(taxed)
}
