//! A table of a folder of results → those of its rows that tell of chosen parcels; the others pass by and are not kept.

use std::fs::File;
use std::path::Path;

use csv::{ReaderBuilder, StringRecord};

use super::table::{ResultTable, broken};
use crate::formats::Column;
use crate::read::ReadError;

/// The rows of a CSV that tell of chosen parcels.
#[derive(Debug, Default)]
pub struct RunRows {
    names: Vec<String>,
    rows: Vec<StringRecord>,
    /// For each chosen parcel, the places of its rows.
    of: Vec<Vec<u32>>,
}

/// A row with the names of its columns.
#[derive(Clone, Copy, Debug)]
pub struct RunRow<'a> {
    names: &'a [String],
    record: &'a StringRecord,
}

impl<'a> RunRow<'a> {
    pub(super) const fn new(names: &'a [String], record: &'a StringRecord) -> Self {
        Self { names, record }
    }

    /// Its cells with the names of their columns, as they stand.
    pub fn cells(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let names = self.names.iter().map(String::as_str);
        names.zip(self.record.iter())
    }

    /// A cell; `None` where it is empty or there is no such column.
    pub fn text(self, name: &str) -> Option<&'a str> {
        let at = self.names.iter().position(|column| column == name)?;
        self.record.get(at).filter(|text| !text.is_empty())
    }

    /// A cell as a number.
    pub fn number(self, name: &str) -> Option<f64> {
        let number = self.text(name)?.parse::<f64>().ok()?;
        number.is_finite().then_some(number)
    }

    /// The parts of a cell that holds a list.
    pub fn list(self, name: &str) -> impl Iterator<Item = &'a str> {
        self.text(name).into_iter().flat_map(|text| text.split(';'))
    }
}

impl RunRows {
    /// Reads the rows for which `owners` names chosen parcels, of `count`, from a CSV or a map file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn read(
        file: &Path,
        count: usize,
        owners: &dyn Fn(RunRow<'_>) -> Vec<u32>,
    ) -> Result<Self, ReadError> {
        let mut found = Self {
            of: vec![Vec::new(); count],
            ..Self::default()
        };
        if file.extension().is_some_and(|extension| extension == "csv") {
            found.read_csv(file, owners)?;
        } else {
            found.read_map(file, owners)?;
        }
        Ok(found)
    }

    fn read_csv(
        &mut self,
        file: &Path,
        owners: &dyn Fn(RunRow<'_>) -> Vec<u32>,
    ) -> Result<(), ReadError> {
        let failed = |why: csv::Error| broken(file, format!("it cannot be read: {why}"));
        let open = File::open(file).map_err(|why| failed(why.into()))?;
        // a byte order mark before the first name is skipped by the reader
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(open);
        let header = reader.headers().map_err(failed)?;
        self.names = header.iter().map(str::to_owned).collect();
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(failed)? {
            self.take(&record, owners);
        }
        Ok(())
    }

    fn read_map(
        &mut self,
        file: &Path,
        owners: &dyn Fn(RunRow<'_>) -> Vec<u32>,
    ) -> Result<(), ReadError> {
        let table = ResultTable::read_whole(file, &[])?;
        self.names = table
            .columns
            .iter()
            .map(|field| field.name.clone())
            .collect();
        for batch in &table.batches {
            for row in 0..batch.rows {
                let cells = batch.columns.iter().map(|column| Column(column).text(row));
                let record: StringRecord = cells.map(Option::unwrap_or_default).collect();
                self.take(&record, owners);
            }
        }
        Ok(())
    }

    /// Keeps a row that has owners.
    fn take(&mut self, record: &StringRecord, owners: &dyn Fn(RunRow<'_>) -> Vec<u32>) {
        let row = RunRow {
            names: &self.names,
            record,
        };
        let owners: Vec<usize> = owners(row)
            .into_iter()
            .map(|owner| owner as usize)
            .collect();
        if !owners.is_empty() {
            self.push(record.clone(), &owners);
        }
    }

    /// No rows yet of some parcels.
    pub(super) fn empty(names: Vec<String>, count: usize) -> Self {
        Self {
            names,
            rows: Vec::new(),
            of: vec![Vec::new(); count],
        }
    }

    /// Adds a row with its owners.
    pub(super) fn push(&mut self, record: StringRecord, owners: &[usize]) {
        let at = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        for owner in owners {
            self.of[*owner].push(at);
        }
        self.rows.push(record);
    }

    /// The rows of a chosen parcel, as they stand in the file.
    pub fn of(&self, chosen: usize) -> impl Iterator<Item = RunRow<'_>> {
        let places = self.of.get(chosen).map_or(&[][..], Vec::as_slice);
        places.iter().map(|at| RunRow {
            names: &self.names,
            record: &self.rows[*at as usize],
        })
    }

    /// Every row that was kept.
    pub fn all(&self) -> impl Iterator<Item = RunRow<'_>> {
        self.rows.iter().map(|record| RunRow {
            names: &self.names,
            record,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.csv");
        std::fs::write(&file, "\u{feff}parcel_id,n\n甲,1\n乙,\"2\"\n").unwrap();
        let only = |row: RunRow<'_>| {
            let wanted = row.text("parcel_id") == Some("乙");
            if wanted { vec![0] } else { vec![] }
        };
        let rows = RunRows::read(&file, 1, &only).unwrap();
        let found: Vec<_> = rows.of(0).map(|row| row.number("n")).collect();
        assert_eq!(found, [Some(2.0)]);
    }
}
