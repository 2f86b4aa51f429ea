//! Scattered land (零星地块) and the sites it borders → who gets each piece: the most land, then the most sites that can be
//! upgraded with what they get, then the choice that favours the sites that come first.
//!
//! Pure combinatorics: each piece goes whole to one site it borders, or to nobody, and no site takes more than its cap.
//! Groups that share neither site nor piece are solved apart, each exactly within a budget counted in nodes, never by a
//! clock, so that the result is the same on every machine; where the budget ends first, the bounds reported are true.

mod bound;
mod flow;
mod group;
mod history;
mod order;
mod search;
mod site;
mod solve;
mod subset;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

pub use subset::{Subset, best_subset};

/// Nodes that the search of one group may visit, unless the caller says otherwise.
pub const NODE_BUDGET: u64 = 200_000;

/// A piece of scattered land.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandPiece {
    /// Its area in hundredths of a m², more than 0.
    pub area: u64,
    /// The sites it borders, ascending, each once.
    pub borders: Vec<usize>,
}

/// Who gets the pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allotment {
    /// The site that gets each piece; `None`: nobody.
    pub takers: Vec<Option<usize>>,
    /// All the land allotted, hundredths of a m².
    pub area: u64,
    /// The sites that have got a piece and can be upgraded with what they got.
    pub feasible: usize,
    /// The groups that were solved apart, by their first piece. A piece that is over the cap of every site it borders
    /// is in none, nor is a site that can take no piece.
    pub groups: Vec<AllottedGroup>,
}

/// Pieces and sites that hang together, and how good their allotment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllottedGroup {
    /// Its pieces, ascending.
    pub pieces: Vec<usize>,
    /// Its sites, ascending.
    pub sites: Vec<usize>,
    /// The land allotted, hundredths of a m².
    pub area: u64,
    /// The sites that have got a piece and can be upgraded with what they got.
    pub feasible: usize,
    /// No allotment allots more land than this.
    pub area_at_most: u64,
    /// The best allotment has no more feasible sites than this.
    pub feasible_at_most: usize,
    /// Whether this is proven to be the one choice among equals that favours the first sites for the first pieces.
    pub canonical: bool,
}

impl AllottedGroup {
    /// Whether no allotment allots more land, nor as much with more feasible sites.
    pub fn is_proven(&self) -> bool {
        self.area == self.area_at_most && self.feasible == self.feasible_at_most
    }
}

/// Why land could not be allotted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AllotmentError {
    /// A piece without land.
    #[error("piece `{0}` has no area; leave it out")]
    NoArea(usize),
    /// A piece whose list of sites is not as it must be.
    #[error(
        "piece `{0}` must list the sites it borders in ascending order, each once and each known"
    )]
    Borders(usize),
    /// More land than can be counted.
    #[error("the areas add up to more than can be counted; check the unit of the areas")]
    TooMuchLand,
}

/// Allots pieces of land to the sites they border. `caps` is the most land each site may take, in hundredths of a m²,
/// in the order of fairness; `feasible(site, land)` says whether a site can be upgraded with that much land more: it is
/// asked only for land over 0, at most once for the same question of a group, and must always answer it the same way.
/// The order of worth is land, then feasible sites, then piece by piece the first site (nobody being last).
/// `budget` is the number of nodes the search of one group may visit; one try for each piece is made whatever it is.
///
/// # Errors
///
/// [`AllotmentError`] if a piece has no area or its sites are not ascending or not known, or if the areas overflow.
pub fn allot(
    caps: &[u64],
    pieces: &[LandPiece],
    feasible: &(impl Fn(usize, u64) -> bool + Sync),
    budget: u64,
) -> Result<Allotment, AllotmentError> {
    let mut land = 0_u64;
    for (at, piece) in pieces.iter().enumerate() {
        if piece.area == 0 {
            return Err(AllotmentError::NoArea(at));
        }
        let ascending = piece.borders.is_sorted_by(|a, b| a < b);
        if !ascending || piece.borders.last().is_some_and(|last| *last >= caps.len()) {
            return Err(AllotmentError::Borders(at));
        }
        // the bounds count a piece once for each site it borders
        let links = u64::try_from(piece.borders.len().max(1)).unwrap_or(u64::MAX);
        land = piece
            .area
            .checked_mul(links)
            .and_then(|area| land.checked_add(area))
            .ok_or(AllotmentError::TooMuchLand)?;
    }
    let groups = group::split(caps, pieces);
    let solved: Vec<(AllottedGroup, Vec<Option<usize>>)> = groups
        .into_par_iter()
        .map(|group| solve::solve(group, feasible, budget))
        .collect();
    let mut all = Allotment {
        takers: vec![None; pieces.len()],
        area: 0,
        feasible: 0,
        groups: Vec::with_capacity(solved.len()),
    };
    for (group, takers) in solved {
        for (piece, taker) in group.pieces.iter().zip(takers) {
            all.takers[*piece] = taker;
        }
        all.area += group.area;
        all.feasible += group.feasible;
        all.groups.push(group);
    }
    Ok(all)
}
