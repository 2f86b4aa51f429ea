//! Survey blocks less parcels, obstacles and known pieces → the land that nobody recorded, and the slivers of digitising.

use rayon::prelude::*;

use super::Thresholds;
use super::guess::guessed_boundary;
use super::left_out::LostOutlines;
use crate::geometry::{ResidualError, Shapes, cut_at_necks, is_narrower, plane_area, residual};
use crate::model::City;
use crate::parcels::Neighbours;

/// What is left over; areas in m².
pub(super) struct LeftOver {
    /// Land, each connected piece one shape.
    pub(super) land: Shapes,
    /// Narrower than land can be.
    pub(super) slivers: Shapes,
    /// Whether the boundary was guessed.
    pub(super) is_guess: bool,
    /// Pieces too large to be scattered land, and their area together.
    pub(super) too_large: (usize, f64),
    /// Pieces on which a feature that was set aside may lie, and their area together.
    pub(super) on_left_out: (usize, f64),
}

/// Finds what is left over; `known` are its regions, cut already, where there are survey blocks.
///
/// # Errors
/// When the layers cannot be laid over each other.
pub(super) fn left_over(
    city: &City,
    (neighbours, known): (&Neighbours, Option<&[Shapes]>),
    thresholds: &Thresholds,
    advance: &(dyn Fn(u64) + Sync),
) -> Result<LeftOver, ResidualError> {
    let metres = city.crs.metres().unwrap_or(f64::NAN);
    let guess = match &city.boundary {
        Some(_) => None,
        None => Some(guessed_boundary(&city.parcels.shapes, neighbours)),
    };
    let cover = match (&city.boundary, &guess) {
        (Some(boundary), _) => &boundary.shapes,
        (None, Some(guess)) => guess,
        (None, None) => return Ok(LeftOver::nothing()),
    };
    let width = thresholds.sliver_width_m / metres;
    let found;
    let parts: &[Shapes] = if let Some(known) = known {
        known
    } else {
        found = cut_regions(&regions(city, cover, advance)?, width);
        &found
    };
    let lost = LostOutlines::of(city);
    let mut found = LeftOver::nothing();
    found.is_guess = guess.is_some();
    for part in parts.iter().flat_map(Shapes::iter) {
        let area = plane_area(part) * metres * metres;
        if is_narrower(part, width) {
            found.slivers.push(part);
        } else if area > thresholds.largest_unrecorded_m2 {
            found.too_large.0 += 1;
            found.too_large.1 += area;
        } else if lost.may_lie_on(part.bounds()) {
            found.on_left_out.0 += 1;
            found.on_left_out.1 += area;
        } else {
            found.land.push(part);
        }
    }
    Ok(found)
}

/// What `cover` has that is land of no parcel, obstacle or known piece: each connected region one shape, in the order of its
/// lowest corner.
///
/// # Errors
/// When the layers cannot be laid over each other.
pub fn regions(
    city: &City,
    cover: &Shapes,
    advance: &(dyn Fn(u64) + Sync),
) -> Result<Shapes, ResidualError> {
    let obstacles = city.obstacles.as_ref().map(|layer| &layer.shapes);
    let given = city.scattered.as_ref().map(|layer| &layer.shapes);
    let taken: Vec<&Shapes> = [Some(&city.parcels.shapes), obstacles, given]
        .into_iter()
        .flatten()
        .collect();
    residual(cover, &taken, advance)
}

/// Each region cut where it is narrower than `width`, in units of the CRS.
pub fn cut_regions(regions: &Shapes, width: f64) -> Vec<Shapes> {
    let all = (0..regions.len()).into_par_iter();
    all.map(|at| cut_at_necks(regions.get(at), width)).collect()
}

impl LeftOver {
    pub(super) fn nothing() -> Self {
        Self {
            land: Shapes::default(),
            slivers: Shapes::default(),
            is_guess: false,
            too_large: (0, 0.0),
            on_left_out: (0, 0.0),
        }
    }
}
