//! A folder of results → everything that pages on chosen parcels are made of.

use std::path::Path;

use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::layer::RunLayer;
use super::rows::{RunRow, RunRows};
use super::summary::{facts_of, read_summary};
use super::table::{broken, file_of};
use crate::geometry::Crs;
use crate::model::{RunFacts, called, meant};
use crate::read::{Filter, ReadError};

/// Map formats, those in the computing CRS first.
const MAPS: [&str; 4] = ["parquet", "fgb", "gpkg", "geojson"];

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
    pub parcels: RunLayer,
    /// The scattered pieces, where a map of them is there.
    pub scattered: Option<RunLayer>,
    /// The buildings, where a map of them is there.
    pub footprints: Option<RunLayer>,
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
    let summary = read_summary(folder)?;
    let (facts, count) = facts_of(folder, &summary)?;
    let mut notes = Vec::new();
    let own = facts.choices.get("computing CRS").map(String::as_str);
    let file = file_of(folder, "parcels", &MAPS).ok_or_else(|| {
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
    let mut more = |table: &str, needed: &[&str]| -> Result<Option<RunLayer>, ReadError> {
        let Some(file) = file_of(folder, table, &MAPS) else {
            return Ok(None);
        };
        let (layer, _) = RunLayer::read(&file, needed, (Some(&crs), own), &mut notes)?;
        Ok(Some(layer))
    };
    let scattered = more("scattered", &["piece_id", "origin", "kind"])?;
    let footprints = more("footprints", &["building_id"])?;
    let chosen = choose(&parcels, wanted, folder)?;
    let keys = Keys::of(&parcels, &chosen);
    let rows = |table: &str, owners: &dyn Fn(RunRow<'_>) -> Vec<u32>| match file_of(
        folder,
        table,
        &["csv"],
    )
    .or_else(|| file_of(folder, table, &MAPS))
    {
        Some(file) => RunRows::read(&file, chosen.len(), owners),
        None => Ok(RunRows::default()),
    };
    let by_parcel = |row: RunRow<'_>| keys.find(row.text("parcel_id"), row.text("parcel_row"));
    let enterprises = rows("enterprises", &|row| keys.named(row.list("parcels")))?;
    let tenants = Keys::of_enterprises(&enterprises, chosen.len());
    Ok(RunBook {
        rounded: file
            .extension()
            .is_some_and(|extension| extension == "geojson"),
        findings: rows("findings", &|row| match row.text("subject_kind") {
            Some("parcel" | "upgrade" | "grant") => {
                keys.find(row.text("subject_id"), row.text("subject_row"))
            }
            Some("enterprise") => tenants.find(row.text("subject_id"), None),
            _ => Vec::new(),
        })?,
        buildings: rows("buildings", &by_parcel)?,
        adjacency: rows("adjacency", &|row| {
            let mut both = keys.find(row.text("parcel_a"), row.text("row_a"));
            both.extend(keys.find(row.text("parcel_b"), row.text("row_b")));
            both
        })?,
        idle: rows("idle", &by_parcel)?,
        upgrades: rows("upgrades", &by_parcel)?,
        allocation: rows("allocation", &by_parcel)?,
        defects: rows("defects", &|row| {
            let of_parcels = row.text("layer") == Some("parcels");
            keys.named(row.text("feature").filter(|_| of_parcels).into_iter())
        })?,
        lineage: rows("lineage", &by_parcel)?,
        enterprises,
        facts,
        summary,
        crs,
        parcels,
        scattered,
        footprints,
        chosen,
        notes,
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

/// Finds chosen parcels by what other tables call them.
struct Keys {
    by_id: FxHashMap<CompactString, Vec<(Option<u32>, u32)>>,
}

impl Keys {
    fn of(parcels: &RunLayer, chosen: &[usize]) -> Self {
        let mut by_id: FxHashMap<CompactString, Vec<(Option<u32>, u32)>> = FxHashMap::default();
        for (position, row) in (0..).zip(chosen) {
            let id = parcels.text(*row, "parcel_id").unwrap_or_default();
            let number = parcels.row_number(*row, "parcel_row");
            by_id.entry(id.into()).or_default().push((number, position));
        }
        Self { by_id }
    }

    /// The chosen parcels on which an enterprise sits, by what findings call it.
    fn of_enterprises(rows: &RunRows, count: usize) -> Self {
        let mut by_id: FxHashMap<CompactString, Vec<(Option<u32>, u32)>> = FxHashMap::default();
        for position in 0..u32::try_from(count).unwrap_or(u32::MAX) {
            for row in rows.of(position as usize) {
                let id = row.text("enterprise_id").unwrap_or_default();
                if !id.is_empty() {
                    by_id.entry(id.into()).or_default().push((None, position));
                }
            }
        }
        Self { by_id }
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
