//! A folder of results → the run, kept open: its maps in memory, of its tables where the rows of each parcel stand.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::Value;

use super::book::{MAPS, RunBook};
use super::index::file_of;
use super::layer::RunLayer;
use super::owners::{Owners, Telling};
use super::places::RowPlaces;
use super::summary::{facts_of, read_summary};
use super::table::broken;
use crate::geometry::Crs;
use crate::model::RunFacts;
use crate::read::ReadError;

/// A finished run that parcels are asked of one by one.
pub struct OpenRun {
    /// What was computed, of what, and by which choices.
    pub facts: RunFacts,
    /// `summary.json` as it stands.
    pub summary: Value,
    /// The plane CRS of all shapes.
    pub crs: Crs,
    /// All parcels.
    pub parcels: Arc<RunLayer>,
    /// The scattered pieces, where a map of them is there.
    pub scattered: Option<Arc<RunLayer>>,
    /// The buildings, where a map of them is there.
    pub footprints: Option<Arc<RunLayer>>,
    /// The rows of `findings.csv`, each with its rule and verdict.
    pub findings: RowPlaces,
    /// The rows of `idle.csv`, each with its state.
    pub idle: RowPlaces,
    /// The rows of `defects.csv` on parcels, each with its kind.
    pub defects: RowPlaces,
    rounded: bool,
    notes: Vec<String>,
    buildings: RowPlaces,
    adjacency: RowPlaces,
    /// The rows of `upgrades.csv`, each with whether it is feasible.
    pub upgrades: RowPlaces,
    allocation: RowPlaces,
    enterprises: RowPlaces,
    lineage: RowPlaces,
}

impl OpenRun {
    /// Opens a finished run.
    ///
    /// # Errors
    /// When the folder is none that this program wrote, or holds no map of its parcels.
    pub fn open(folder: &Path) -> Result<Self, ReadError> {
        let maps = RunMaps::read(folder)?;
        let every: Vec<usize> = (0..maps.parcels.len()).collect();
        let mut owners = Owners::of(&maps.parcels, &every);
        let mut tenants = Vec::new();
        let enterprises = match file_of(folder, "enterprises", &["csv"])? {
            Some(file) => RowPlaces::read(&file, &[], |row| {
                let told = owners.told(Telling::Enterprises, row);
                let id = row.text("enterprise_id").unwrap_or_default();
                tenants.push((id.to_owned(), told.clone()));
                told
            })?,
            None => RowPlaces::default(),
        };
        for (id, places) in tenants {
            owners.add_tenant(&id, &places);
        }
        let tables: [(&str, Telling, &[&str]); 8] = [
            ("findings", Telling::Findings, &["rule", "verdict"]),
            ("idle", Telling::ByParcel, &["state"]),
            ("defects", Telling::Defects, &["kind"]),
            ("adjacency", Telling::Adjacency, &[]),
            ("buildings", Telling::ByParcel, &[]),
            ("upgrades", Telling::ByParcel, &["feasible"]),
            ("allocation", Telling::ByParcel, &[]),
            ("lineage", Telling::ByParcel, &[]),
        ];
        let places = |(table, telling, tags): &(&str, Telling, &[&str])| match file_of(
            folder,
            table,
            &["csv"],
        )? {
            Some(file) => RowPlaces::read(&file, tags, |row| owners.told(*telling, row)),
            None => Ok(RowPlaces::default()),
        };
        let read: Result<Vec<RowPlaces>, ReadError> = tables.par_iter().map(places).collect();
        let mut read = read?.into_iter();
        let mut next = || read.next().unwrap_or_default();
        Ok(Self {
            findings: next(),
            idle: next(),
            defects: next(),
            adjacency: next(),
            buildings: next(),
            upgrades: next(),
            allocation: next(),
            lineage: next(),
            enterprises,
            facts: maps.facts,
            summary: maps.summary,
            crs: maps.crs,
            parcels: maps.parcels,
            scattered: maps.scattered,
            footprints: maps.footprints,
            rounded: maps.rounded,
            notes: maps.notes,
        })
    }

    /// The run at some of its parcels, by their rows.
    ///
    /// # Errors
    /// When a table cannot be read again.
    pub fn book(&self, chosen: Vec<usize>) -> Result<RunBook, ReadError> {
        Ok(RunBook {
            facts: self.facts.clone(),
            summary: self.summary.clone(),
            crs: self.crs.clone(),
            rounded: self.rounded,
            parcels: Arc::clone(&self.parcels),
            scattered: self.scattered.clone(),
            footprints: self.footprints.clone(),
            findings: self.findings.rows(&chosen)?,
            buildings: self.buildings.rows(&chosen)?,
            adjacency: self.adjacency.rows(&chosen)?,
            idle: self.idle.rows(&chosen)?,
            upgrades: self.upgrades.rows(&chosen)?,
            allocation: self.allocation.rows(&chosen)?,
            defects: self.defects.rows(&chosen)?,
            enterprises: self.enterprises.rows(&chosen)?,
            lineage: self.lineage.rows(&chosen)?,
            notes: self.notes.clone(),
            chosen,
        })
    }
}

/// The maps of a run, and what it says of itself.
pub(super) struct RunMaps {
    pub(super) facts: RunFacts,
    pub(super) summary: Value,
    pub(super) crs: Crs,
    pub(super) rounded: bool,
    pub(super) parcels: Arc<RunLayer>,
    pub(super) scattered: Option<Arc<RunLayer>>,
    pub(super) footprints: Option<Arc<RunLayer>>,
    pub(super) notes: Vec<String>,
}

impl RunMaps {
    /// Reads them whole.
    pub(super) fn read(folder: &Path) -> Result<Self, ReadError> {
        let summary = read_summary(folder)?;
        let (facts, count) = facts_of(folder, &summary)?;
        let mut notes = Vec::new();
        let own = facts.choices.get("computing CRS").map(String::as_str);
        let file = file_of(folder, "parcels", &MAPS)?.ok_or_else(|| {
            let why = "it has no map of its parcels, of which pages are drawn; run `plotratio scan` with `--format geojson` (or gpkg, fgb, parquet) into it, and then this again";
            broken(folder, why)
        })?;
        let needed = ["parcel_id", "area_m2", "plot_ratio"];
        let (parcels, crs) = RunLayer::read(&file, &needed, (None, own), &mut notes)?;
        if parcels.len() as u64 != count {
            let why = format!(
                "its `parcels.*` has {} rows, and its `summary.json` says {count}; files of two runs were mixed, or one was changed",
                parcels.len()
            );
            return Err(broken(folder, why));
        }
        let mut more = |table: &str, needed: &[&str]| -> Result<Option<Arc<RunLayer>>, ReadError> {
            let Some(file) = file_of(folder, table, &MAPS)? else {
                return Ok(None);
            };
            let (layer, _) = RunLayer::read(&file, needed, (Some(&crs), own), &mut notes)?;
            Ok(Some(Arc::new(layer)))
        };
        let scattered = more("scattered", &["piece_id", "origin", "kind"])?;
        let footprints = more("footprints", &["building_id"])?;
        Ok(Self {
            rounded: file
                .extension()
                .is_some_and(|extension| extension == "geojson"),
            facts,
            summary,
            crs,
            parcels: Arc::new(parcels),
            scattered,
            footprints,
            notes,
        })
    }
}
