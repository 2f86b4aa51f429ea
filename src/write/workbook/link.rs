//! A row → the page of its parcel in the dossier (一地块一档).

use std::hash::{BuildHasher, Hash};

use rust_xlsxwriter::Url;
use rustc_hash::{FxBuildHasher, FxHashSet};

use crate::write::{Column, Table, Value, dossier_file};

/// More links than this a sheet cannot have.
pub(super) const MOST: usize = 65_000;

/// The column that names the parcel of each row, and the column whose words say that it is one.
#[derive(Clone, Copy)]
pub(super) struct Link {
    /// The position of the column.
    pub(super) column: usize,
    /// The column of the row in the input, for ids that come again.
    row: Option<usize>,
    only: Option<(usize, &'static [&'static str])>,
}

/// Which parcels have a page of their own in a dossier of a run: by hashes, since a city has a million.
#[derive(Default)]
pub(super) struct Pages {
    /// Of the id, and of the row where only that tells a parcel apart.
    there: FxHashSet<u64>,
    /// Of names of files that several parcels would have where capitals are small letters.
    shared: FxHashSet<u64>,
}

impl Pages {
    /// The pages of the parcels among the tables of a run.
    pub(super) fn of(tables: &[&Table<'_>]) -> Self {
        let mut pages = Self::default();
        let Some(table) = tables.iter().find(|table| table.name == "parcels") else {
            return pages;
        };
        let named = |name: &str| table.columns.iter().find(|column| *column.name == *name);
        let (id, row) = (named("parcel_id"), named("parcel_row"));
        let mut files = FxHashSet::default();
        for at in 0..table.rows {
            let (id, row) = (text(id, at), row.and_then(|row| whole(row, at)));
            let file = hash(&dossier_file(&id, row).to_lowercase());
            if !files.insert(file) {
                pages.shared.insert(file);
            }
            pages.there.insert(hash(&(id, row)));
        }
        pages
    }

    /// The page of a parcel.
    fn file(&self, id: &str, row: Option<u32>) -> Option<String> {
        let file = dossier_file(id, row);
        let is_its_own = !self.shared.contains(&hash(&file.to_lowercase()));
        (is_its_own && self.there.contains(&hash(&(id, row)))).then_some(file)
    }
}

fn hash(of: &impl Hash) -> u64 {
    FxBuildHasher.hash_one(of)
}

fn text(column: Option<&Column<'_>>, at: usize) -> String {
    match column.map(|column| (column.cell)(at)) {
        Some(Value::Text(text)) => text.into_owned(),
        _ => String::new(),
    }
}

fn whole(column: &Column<'_>, at: usize) -> Option<u32> {
    match (column.cell)(at) {
        Value::Integer(number) => u32::try_from(number).ok(),
        _ => None,
    }
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
            return Some(Self {
                column,
                row: at("parcel_row"),
                only: None,
            });
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
            row: at("subject_row"),
            only: Some((at(by)?, words)),
        })
    }

    /// Where the page of a row lies, seen from the workbook; `None` for a parcel that has none, as one that was set aside.
    pub(super) fn page(
        &self,
        table: &Table<'_>,
        row: usize,
        id: &str,
        pages: &Pages,
    ) -> Option<Url> {
        if let Some((by, words)) = self.only {
            match (table.columns[by].cell)(row) {
                Value::Text(word) if words.contains(&&*word) => {}
                _ => return None,
            }
        }
        let number = self.row.and_then(|at| whole(&table.columns[at], row));
        let file = pages.file(id, number)?;
        Some(Url::new(format!("file:///dossier/{file}")))
    }
}
