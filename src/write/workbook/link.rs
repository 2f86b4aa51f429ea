//! A row → the page of its parcel in the dossier (一地块一档).

use rust_xlsxwriter::Url;

use crate::write::{Table, Value};

/// More links than this a sheet cannot have.
pub(super) const MOST: usize = 65_000;

/// The column that names the parcel of each row, and the column whose words say that it is one.
#[derive(Clone, Copy)]
pub(super) struct Link {
    /// The position of the column.
    pub(super) column: usize,
    only: Option<(usize, &'static [&'static str])>,
}

impl Link {
    /// The link of a table; `None` where no column names one parcel.
    pub(super) fn of(table: &Table<'_>) -> Option<Self> {
        let at = |name: &str| {
            table
                .columns
                .iter()
                .position(|column| *column.name == *name)
        };
        if let Some(column) = at("parcel_id") {
            return Some(Self { column, only: None });
        }
        let (column, by, words): (_, _, &'static [&'static str]) = match table.name {
            "findings" => (
                "subject_id",
                "subject_kind",
                &["parcel", "upgrade", "grant"],
            ),
            "defects" => ("feature", "layer", &["parcels"]),
            _ => return None,
        };
        Some(Self {
            column: at(column)?,
            only: Some((at(by)?, words)),
        })
    }

    /// Where the page of a row lies, seen from the workbook.
    pub(super) fn page(&self, table: &Table<'_>, row: usize, id: &str) -> Option<Url> {
        if let Some((by, words)) = self.only {
            match (table.columns[by].cell)(row) {
                Value::Text(word) if words.contains(&&*word) => {}
                _ => return None,
            }
        }
        let has_page = !id.contains(['/', '\\', '\0']) && id.len() < 500;
        has_page.then(|| {
            let id = id
                .replace('%', "%25")
                .replace('#', "%23")
                .replace('?', "%3F");
            Url::new(format!("file:///dossier/{id}.html"))
        })
    }
}
