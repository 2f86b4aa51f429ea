//! A folder of results → everything that pages on chosen parcels are made of.

use std::path::Path;
use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::index::file_of;
use super::layer::RunLayer;
use super::open::RunMaps;
use super::owners::{Owners, Telling};
use super::rows::RunRows;
use super::table::broken;
use crate::formats::Filter;
use crate::geometry::Crs;
use crate::model::RunFacts;
use crate::read::ReadError;
use crate::text::{called, meant};

/// Map formats, those in the computing CRS first.
pub(super) const MAPS: [&str; 4] = ["parquet", "fgb", "gpkg", "geojson"];

/// The same of a table that may be none of them.
pub(super) const TABLES: [&str; 5] = ["csv", "parquet", "fgb", "gpkg", "geojson"];

/// Which parcels are wanted.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Those with these ids.
    pub ids: Vec<String>,
    /// Those for which a condition on the columns of `parcels.*` holds too; of all, where no id is given.
    pub filter: Option<Filter>,
}

/// A finished run, opened at chosen parcels.
pub struct RunBook {
    /// What was computed, of what, and by which choices.
    pub facts: RunFacts,
    /// `summary.json` as it stands.
    pub summary: Value,
    /// The plane CRS of all shapes.
    pub crs: Crs,
    /// Whether the coordinates of parcels come from a file in degrees, which rounds them to about a centimetre.
    pub rounded: bool,
    /// All parcels.
    pub parcels: Arc<RunLayer>,
    /// The scattered pieces, where a map of them is there.
    pub scattered: Option<Arc<RunLayer>>,
    /// The buildings, where a map of them is there.
    pub footprints: Option<Arc<RunLayer>>,
    /// The rows of `parcels` that are wanted, in order.
    pub chosen: Vec<usize>,
    /// `findings.csv` on each parcel, its contracts, its upgrade and its enterprises.
    pub findings: RunRows,
    /// `buildings.csv`.
    pub buildings: RunRows,
    /// `adjacency.csv`, from either side.
    pub adjacency: RunRows,
    /// `idle.csv`.
    pub idle: RunRows,
    /// `upgrades.csv`.
    pub upgrades: RunRows,
    /// `allocation.csv`.
    pub allocation: RunRows,
    /// `defects.csv`: the problems of the parcel itself.
    pub defects: RunRows,
    /// `enterprises.csv`.
    pub enterprises: RunRows,
    /// `lineage.csv`.
    pub lineage: RunRows,
    /// What a reader must know of how it was read.
    pub notes: Vec<String>,
}

/// Opens a finished run at the parcels that are wanted.
///
/// # Errors
/// When the folder is none that this program wrote, holds no map of its parcels, or a parcel that is wanted is not there.
pub fn read_book(folder: &Path, wanted: &Wanted) -> Result<RunBook, ReadError> {
    let maps = RunMaps::read(folder)?;
    let chosen = choose(&maps.parcels, wanted, folder)?;
    let owners = Owners::of(&maps.parcels, &chosen);
    let rows =
        |owners: &Owners, table: &str, telling: Telling| match file_of(folder, table, &TABLES)? {
            Some(file) => RunRows::read(&file, chosen.len(), &|row| owners.told(telling, row)),
            None => Ok(RunRows::default()),
        };
    let enterprises = rows(&owners, "enterprises", Telling::Enterprises)?;
    let owners = owners.with_tenants(&enterprises, chosen.len());
    let by_parcel = |table: &str| rows(&owners, table, Telling::ByParcel);
    Ok(RunBook {
        findings: rows(&owners, "findings", Telling::Findings)?,
        buildings: by_parcel("buildings")?,
        adjacency: rows(&owners, "adjacency", Telling::Adjacency)?,
        idle: by_parcel("idle")?,
        upgrades: by_parcel("upgrades")?,
        allocation: by_parcel("allocation")?,
        defects: rows(&owners, "defects", Telling::Defects)?,
        lineage: by_parcel("lineage")?,
        enterprises,
        facts: maps.facts,
        summary: maps.summary,
        crs: maps.crs,
        rounded: maps.rounded,
        parcels: maps.parcels,
        scattered: maps.scattered,
        footprints: maps.footprints,
        notes: maps.notes,
        chosen,
    })
}

/// The rows that are wanted, in the order of the file.
fn choose(parcels: &RunLayer, wanted: &Wanted, folder: &Path) -> Result<Vec<usize>, ReadError> {
    let mut rows = match &wanted.filter {
        Some(filter) => parcels.rows_where(filter)?,
        None => (0..parcels.len()).collect(),
    };
    if !wanted.ids.is_empty() {
        let mut by_id: FxHashMap<CompactString, Vec<usize>> = FxHashMap::default();
        for row in rows {
            let id = parcels.text(row, "parcel_id").unwrap_or_default();
            by_id.entry(id.into()).or_default().push(row);
        }
        rows = Vec::new();
        for id in &wanted.ids {
            match by_id.get(id.trim()) {
                Some(found) => rows.extend(found),
                None => rows.push(called_row(parcels, &by_id, id).map_err(|why| {
                    let which = match wanted.filter {
                        Some(_) => " among those for which the condition holds",
                        None => "",
                    };
                    broken(folder, format!("{why}{which}"))
                })?),
            }
        }
        rows.sort_unstable();
        rows.dedup();
    }
    if rows.is_empty() {
        return Err(broken(
            folder,
            "no parcel of it is wanted: the condition holds for none",
        ));
    }
    Ok(rows)
}

/// The row of the parcel whose holder or address `text` is.
fn called_row(
    parcels: &RunLayer,
    by_id: &FxHashMap<CompactString, Vec<usize>>,
    text: &str,
) -> Result<usize, String> {
    const MOST: usize = 10;
    let mut among: Vec<usize> = by_id.values().flatten().copied().collect();
    among.sort_unstable();
    let words = (0..).zip(&among).flat_map(|(at, row)| {
        let of = ["owner", "location"].into_iter();
        of.filter_map(move |column| Some((at, parcels.text(*row, column)?)))
    });
    let found: Vec<usize> = called(text, words)
        .into_iter()
        .map(|at| among[at as usize])
        .collect();
    let id = |row: usize| parcels.text(row, "parcel_id").unwrap_or_default();
    match found.as_slice() {
        [row] => Ok(*row),
        [] => Err(format!(
            "it has no parcel `{text}`, nor one with such a holder or address{}; ids stand in its `parcels.*`, in the column `parcel_id`",
            meant(text, among.iter().map(|row| id(*row)))
        )),
        several => {
            let named: Vec<_> = several.iter().take(MOST).map(|row| id(*row)).collect();
            Err(format!(
                "`{text}` may be {} parcels, as {}; name one by its id",
                several.len(),
                named.join(", ")
            ))
        }
    }
}
