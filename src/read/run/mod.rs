//! A folder of results → the run that left it.

mod book;
mod index;
mod layer;
mod listed;
mod open;
mod owners;
mod parcels;
mod places;
mod register;
mod rows;
mod summary;
mod table;

use std::path::Path;

pub use book::{RunBook, Wanted, read_book};
pub use layer::RunLayer;
pub use open::OpenRun;
pub use places::RowPlaces;
pub use register::read_register;
pub use rows::{RunRow, RunRows};

use self::index::file_of;
use self::table::broken;
use super::ReadError;
use crate::formats::Column;
use crate::geometry::Crs;
use crate::model::{Run, RunParcel, feature_name};

/// Reads the results of a `scan`: its parcels, those on its list, and what it was told. Shapes are taken to `crs`, else to the
/// CRS that the run computed in.
///
/// # Errors
/// When the folder is none that this program or an older one of its kind wrote, or its files do not fit together.
pub fn read_run(folder: &Path, crs: Option<&Crs>) -> Result<Run, ReadError> {
    let (facts, count) = summary::read_facts(folder)?;
    let mut notes = Vec::new();
    let own = facts.choices.get("computing CRS").map(String::as_str);
    let (mut parcels, shapes) = parcels::read_parcels(folder, crs, own, &mut notes)?;
    if parcels.len() as u64 != count {
        let why = format!(
            "its `parcels.*` has {} rows, and its `summary.json` says {count}; files of two runs were mixed, or one was changed",
            parcels.len()
        );
        return Err(broken(folder, why));
    }
    let same =
        |pair: &&[RunParcel]| pair[0].is_clear() && pair[1].is_clear() && pair[0].id == pair[1].id;
    if let Some(pair) = parcels.windows(2).find(same) {
        let why = format!(
            "its `parcels.*` has the parcel `{}` twice; it was changed",
            pair[0].id
        );
        return Err(broken(folder, why));
    }
    let mut listed = listed::read_listed(folder)?;
    for parcel in &mut parcels {
        let key = (parcel.id.clone(), parcel.row);
        parcel.listed = listed.remove(&key).map(Box::new);
    }
    if let Some((id, row)) = listed.into_keys().min() {
        let why = format!(
            "its `idle.*` lists the parcel `{}`, which its `parcels.*` does not have",
            feature_name(&id, row.unwrap_or(0))
        );
        return Err(broken(folder, why));
    }
    let register = match file_of(folder, "register", &["csv"])? {
        Some(file) => Some(read_register(&file)?),
        None => None,
    };
    Ok(Run {
        facts,
        parcels,
        shapes,
        taxed: listed::read_taxed(folder)?,
        register,
        notes,
    })
}

/// A whole number from 0 on; `None` for anything else.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked to be a whole number of 32 bits"
)]
fn number_in(column: Option<Column<'_>>, row: usize) -> Option<u32> {
    let number = column?.number(row)?;
    let fits = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    fits.then_some(number as u32)
}
