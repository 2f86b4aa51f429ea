//! The rows of a table of results → the parcels that they tell of.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::layer::RunLayer;
use super::rows::{RunRow, RunRows};

/// The tables of a run that tell of parcels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// One parcel a row.
    ByParcel,
    /// `findings.csv`.
    Findings,
    /// `adjacency.csv`, from either side.
    Adjacency,
    /// `defects.csv`.
    Defects,
    /// `enterprises.csv`.
    Enterprises,
}

/// Finds parcels by what other tables call them.
pub(super) struct Owners {
    parcels: Keys,
    tenants: Keys,
}

impl Owners {
    /// Of some parcels, which are found by their place among them.
    pub(super) fn of(layer: &RunLayer, chosen: &[usize]) -> Self {
        let mut parcels = Keys::default();
        for (position, row) in (0..).zip(chosen) {
            let id = layer.text(*row, "parcel_id").unwrap_or_default();
            let number = layer.row_number(*row, "parcel_row");
            parcels.add(&id, number, position);
        }
        Self {
            parcels,
            tenants: Keys::default(),
        }
    }

    /// From now on also by an enterprise that sits on some of them.
    pub(super) fn add_tenant(&mut self, id: &str, places: &[u32]) {
        for place in places.iter().filter(|_| !id.is_empty()) {
            self.tenants.add(id, None, *place);
        }
    }

    /// The same for every row.
    pub(super) fn with_tenants(mut self, rows: &RunRows, count: usize) -> Self {
        for place in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            for row in rows.of(place as usize) {
                self.add_tenant(row.text("enterprise_id").unwrap_or_default(), &[place]);
            }
        }
        self
    }

    /// The parcels that a row of a table tells of.
    pub(super) fn told(&self, table: Telling, row: RunRow<'_>) -> Vec<u32> {
        let find = |id: &str, number: &str| self.parcels.find(row.text(id), row.text(number));
        match table {
            Telling::ByParcel => find("parcel_id", "parcel_row"),
            Telling::Findings => match row.text("subject_kind") {
                Some("parcel" | "upgrade" | "grant") => find("subject_id", "subject_row"),
                Some("enterprise") => self.tenants.find(row.text("subject_id"), None),
                _ => Vec::new(),
            },
            Telling::Adjacency => {
                let mut both = find("parcel_a", "row_a");
                both.extend(find("parcel_b", "row_b"));
                both
            }
            Telling::Defects => {
                let of_parcels = row.text("layer") == Some("parcels");
                let feature = row.text("feature").filter(|_| of_parcels);
                self.parcels.named(feature.into_iter())
            }
            Telling::Enterprises => self.parcels.named(row.list("parcels")),
        }
    }
}

/// Places by name, and by row where several share it.
#[derive(Default)]
struct Keys {
    by_id: FxHashMap<CompactString, Vec<(Option<u32>, u32)>>,
}

impl Keys {
    fn add(&mut self, id: &str, number: Option<u32>, place: u32) {
        let places = self.by_id.entry(id.into()).or_default();
        places.push((number, place));
    }

    /// By id, and by row where several share it; a table that does not say which row means each of them.
    fn find(&self, id: Option<&str>, row: Option<&str>) -> Vec<u32> {
        let row = row.and_then(|row| row.parse::<u32>().ok());
        // without both nothing tells which
        let id = id.filter(|id| !id.is_empty() || row.is_some());
        let id = id.or(row.map(|_| ""));
        let found = id.and_then(|id| self.by_id.get(id));
        let same = |number: &Option<u32>| row.is_none() || number.is_none() || *number == row;
        let found = found.into_iter().flatten();
        found
            .filter(|(number, _)| same(number))
            .map(|(_, position)| *position)
            .collect()
    }

    /// By names: an id, or `row N` where there is none.
    fn named<'r>(&self, names: impl Iterator<Item = &'r str>) -> Vec<u32> {
        let mut found: Vec<u32> = names
            .flat_map(|name| {
                let row = name
                    .strip_prefix("row ")
                    .filter(|_| !self.by_id.contains_key(name));
                match row {
                    Some(row) => self.find(None, Some(row)),
                    None => self.find(Some(name), None),
                }
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
