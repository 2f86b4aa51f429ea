//! The main job: the sources of a city → everything that is measured, found and judged of it.

mod around;

pub use around::scan_around;

use crate::features::Known;
use crate::features::limits::{Judged, judge_parcels};
use crate::features::lineage::{Lineage, Today, lineage, origins};
use crate::features::scattered::{
    Pieces, Scattered, Search, ThresholdError, find_scattered, thresholds,
};
use crate::features::upgrade::{Upgrades, place_of_rule, solve_upgrades};
use crate::geometry::{Shapes, TransformError};
use crate::law::facts::Facts;
use crate::model::{City, LayerKind, Remarks};
use crate::parcels::{JoinCounts, MeasureError, Measured, Options, Overlays, measure};
use crate::progress::Progress;
use crate::read::{Inputs, ReadError, read_city};

/// A measured city, and what was found and judged of it.
pub struct Scan {
    /// What was measured.
    pub measured: Measured,
    /// Where the parcels come from, when a table of it or earlier parcels are known.
    pub lineage: Option<Lineage>,
    /// The scattered land beside industrial sites.
    pub pieces: Pieces,
    /// What the rules of the policy say of the parcels.
    pub judged: Judged,
    /// The industrial sites solved backwards.
    pub upgrades: Upgrades,
    /// What is wrong with the features of the city, and what a reader must know.
    pub remarks: Remarks,
}

impl Scan {
    /// All from which the facts of a parcel are made.
    pub fn known(&self) -> Known<'_> {
        Known {
            measured: &self.measured,
            lineage: self.lineage.as_ref(),
            pieces: &self.pieces,
        }
    }

    /// The facts of the parcel at a position of its layer, as a check file would state them.
    pub fn facts_of(&self, at: usize) -> Facts {
        self.known().facts_of(at)
    }

    /// How the keys of each layer and table fared.
    pub fn joins(&self) -> impl Iterator<Item = (&LayerKind, &JoinCounts)> {
        self.measured.joins.iter().chain(&self.pieces.joins)
    }

    /// Forgets who holds the parcels, before anything is written (`--without-owners`).
    pub fn forget_owners(&mut self) {
        self.measured.city.forget_owners();
    }
}

/// Why a scan could not be done.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// A source cannot be used.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The city cannot be measured.
    #[error(transparent)]
    Measure(#[from] MeasureError),
    /// PROJ knows no way to longitude and latitude.
    #[error(transparent)]
    Transform(#[from] TransformError),
    /// A number of the policy cannot be meant.
    #[error(transparent)]
    Threshold(#[from] ThresholdError),
}

/// Reads a city, measures it, and finds what `options.tasks` ask for.
///
/// # Errors
/// When a source cannot be read or placed. A bad feature is a defect of the city, not an error.
pub fn scan(inputs: &Inputs, options: Options, progress: &dyn Progress) -> Result<Scan, ScanError> {
    thresholds(&options)?;
    let read = read_city(inputs, progress)?;
    scan_city(read, inputs.force, options, None, progress)
}

/// Does the same with a city that has been read, as far as `overlays` do not tell it already; with `force` also with one
/// whose buildings seem to lie elsewhere.
///
/// # Errors
/// When buildings do not stand where the parcels are, or PROJ knows no way to degrees.
pub fn scan_city(
    read: (City, Remarks),
    force: bool,
    options: Options,
    overlays: Option<Overlays>,
    progress: &dyn Progress,
) -> Result<Scan, ScanError> {
    thresholds(&options)?;
    let mut overlays = overlays.unwrap_or_default();
    let (measured, mut remarks) = measure(read, force, options, &mut overlays, progress)?;
    let (pieces, found) = pieces(&measured, overlays.regions.as_deref(), progress)?;
    remarks.append(found);
    let (lineage, found) = history(&measured, progress);
    remarks.append(found);
    let known = Known {
        measured: &measured,
        lineage: lineage.as_ref(),
        pieces: &pieces,
    };
    let tasks = measured.options.tasks;
    let count = Some(measured.city.parcels.rows.len() as u64);
    let mut judged = Judged::default();
    if tasks.rules {
        progress.step("rules", count);
        judged = judge_parcels(known, &|items| progress.advance(items));
    }
    let mut upgrades = Upgrades::none(&pieces);
    if tasks.upgrades {
        progress.step("upgrades", count);
        let (solved, notes) = solve_upgrades(known, &|items| progress.advance(items));
        if let Some(rule) = place_of_rule(&measured.options) {
            judged.add_upgrades(rule, &solved.sites, &measured.order);
        }
        remarks.notes.extend(notes);
        upgrades = solved;
    }
    Ok(Scan {
        measured,
        lineage,
        pieces,
        judged,
        upgrades,
        remarks,
    })
}

/// The scattered land, where it is asked for; `regions` are what is left over in the survey blocks, where that is known.
fn pieces(
    measured: &Measured,
    regions: Option<&[Shapes]>,
    progress: &dyn Progress,
) -> Result<(Pieces, Remarks), ScanError> {
    let (city, options) = (&measured.city, &measured.options);
    let is_site: Vec<bool> = (0..city.parcels.rows.len())
        .map(|at| measured.is_industrial_site(at))
        .collect();
    let search = Search {
        city,
        parcels: &measured.indexed(),
        order: &measured.order,
        neighbours: &measured.neighbours,
        aside: &measured.aside,
        is_site: &is_site,
        thresholds: thresholds(options)?,
        tolerance_m: options.reach.tolerance,
        regions,
    };
    let mut found = Scattered::default();
    if options.tasks.seek_land(city.scattered.is_some()) {
        let count = city.parcels.rows.len() as u64;
        progress.step("scattered land", Some(count + laid_over(city)));
        found = find_scattered(&search, &|items| progress.advance(items));
    }
    Ok(Pieces::of(found, measured)?)
}

/// Where the parcels come from, and what does not fit together there.
fn history(measured: &Measured, progress: &dyn Progress) -> (Option<Lineage>, Remarks) {
    let city = &measured.city;
    let mut remarks = Remarks::default();
    let shapes = city.before.as_ref().map(|before| {
        progress.step("earlier parcels", Some(city.parcels.rows.len() as u64));
        let today = Today {
            parcels: &city.parcels,
            indexed: &measured.indexed(),
            order: &measured.order,
        };
        let metres = city.crs.metres().unwrap_or(f64::NAN);
        let lengths = (measured.options.reach.tolerance, metres);
        let (origins, defects, notes) =
            origins(&today, before, lengths, &|items| progress.advance(items));
        remarks.append(Remarks { defects, notes });
        origins
    });
    let as_of = measured.options.as_of;
    let lineage = lineage(city, shapes, as_of).map(|(lineage, defects, notes)| {
        remarks.append(Remarks { defects, notes });
        lineage
    });
    (lineage, remarks)
}

/// How many features are laid over the parcels in the search for scattered land.
fn laid_over(city: &City) -> u64 {
    let given = city.scattered.as_ref().map_or(0, |layer| layer.rows.len());
    let blocks = city.boundary.as_ref().map_or(0, |layer| layer.rows.len());
    let obstacles = city.obstacles.as_ref().map_or(0, |layer| layer.rows.len());
    (given + blocks + obstacles) as u64
}
