//! A CSV of results → where the rows of each parcel stand in it, so that they are read when they are asked for.

use std::fs::File;
use std::path::{Path, PathBuf};

use csv::{Position, ReaderBuilder, StringRecord};
use rustc_hash::FxHashMap;

use super::rows::{RunRow, RunRows};
use super::table::broken;
use crate::read::ReadError;

/// Where rows stand.
#[derive(Debug, Default)]
pub struct RowPlaces {
    file: PathBuf,
    names: Vec<String>,
    /// By parcel, then by place in the file.
    places: Vec<Place>,
    /// What the columns say by which rows are told apart.
    tags: Vec<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    parcel: u32,
    tag: u32,
    byte: u64,
}

impl RowPlaces {
    /// Reads where rows stand; `owners` names their parcels, `tags` the columns by which they are told apart.
    pub(super) fn read(
        file: &Path,
        tags: &[&str],
        mut owners: impl FnMut(RunRow<'_>) -> Vec<u32>,
    ) -> Result<Self, ReadError> {
        let failed = |why: csv::Error| broken(file, format!("it cannot be read: {why}"));
        let open = File::open(file).map_err(|why| failed(why.into()))?;
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(open);
        let header = reader.headers().map_err(failed)?;
        let mut found = Self {
            file: file.to_owned(),
            names: header.iter().map(str::to_owned).collect(),
            ..Self::default()
        };
        let mut known: FxHashMap<Vec<String>, u32> = FxHashMap::default();
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(failed)? {
            let row = RunRow::new(&found.names, &record);
            let owners = owners(row);
            if owners.is_empty() {
                continue;
            }
            let words: Vec<String> = tags
                .iter()
                .map(|name| row.text(name).unwrap_or_default().to_owned())
                .collect();
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            let tag = *known.entry(words.clone()).or_insert(next);
            if tag == next {
                found.tags.push(words);
            }
            let byte = record.position().map_or(0, Position::byte);
            let place = |parcel| Place { parcel, tag, byte };
            found.places.extend(owners.into_iter().map(place));
        }
        found.places.sort_unstable();
        found.places.shrink_to_fit();
        Ok(found)
    }

    /// Each parcel with what the telling columns of a row of it say.
    pub fn tagged(&self) -> impl Iterator<Item = (u32, &[String])> {
        let places = self.places.iter();
        places.map(|place| (place.parcel, self.tags[place.tag as usize].as_slice()))
    }

    /// The rows of some parcels.
    ///
    /// # Errors
    /// When the file cannot be read, or has changed.
    pub(super) fn rows(&self, parcels: &[usize]) -> Result<RunRows, ReadError> {
        let failed = |why: csv::Error| {
            let why = format!("it cannot be read again: {why}; was the run written anew?");
            broken(&self.file, why)
        };
        let mut found = RunRows::empty(self.names.clone(), parcels.len());
        if self.places.is_empty() {
            return Ok(found);
        }
        let open = File::open(&self.file).map_err(|why| failed(why.into()))?;
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .buffer_capacity(2048)
            .from_reader(open);
        for (at, parcel) in parcels.iter().enumerate() {
            let first = self
                .places
                .partition_point(|place| (place.parcel as usize) < *parcel);
            let own = self.places[first..].iter();
            let mut own: Vec<u64> = own
                .take_while(|place| place.parcel as usize == *parcel)
                .map(|place| place.byte)
                .collect();
            own.sort_unstable();
            for byte in own {
                let mut position = Position::new();
                position.set_byte(byte);
                reader.seek(position).map_err(failed)?;
                let mut record = StringRecord::new();
                if reader.read_record(&mut record).map_err(failed)? {
                    found.push(record, &[at]);
                }
            }
        }
        Ok(found)
    }
}
