//! Parcels, known candidates and what is left over → the pieces of scattered land (零星地块) beside industrial sites.

mod bars;
mod beside;
mod granted;
mod guess;
mod kind;
mod left_out;
mod left_over;
mod name;
mod piece;
mod pieces;
mod plan_use;
mod search;
mod slivers;
mod thresholds;

pub use left_over::{cut_regions, regions};
pub use piece::{Across, Bar, Link, Origin, Piece, PieceKind, Sides};
pub use pieces::{Pieces, thresholds};
pub use search::find_scattered;
pub use thresholds::{ThresholdError, Thresholds};

use crate::geometry::Shapes;
use crate::model::{City, Defect};
use crate::parcels::{Aside, Indexed, Neighbours, Order};

/// What the search takes of a scan.
pub struct Search<'a> {
    /// The city.
    pub city: &'a City,
    /// Its parcels.
    pub parcels: &'a Indexed<'a>,
    /// Their order.
    pub order: &'a Order,
    /// Which of them lie beside each other.
    pub neighbours: &'a Neighbours,
    /// What was set aside for its shape.
    pub aside: &'a Aside,
    /// Whether each is an industrial site that is in use.
    pub is_site: &'a [bool],
    /// What counts as scattered land.
    pub thresholds: Thresholds,
    /// Boundaries nearer than this are one boundary, m.
    pub tolerance_m: f64,
    /// What is left over in the survey blocks, cut into pieces, where that is known already.
    pub regions: Option<&'a [Shapes]>,
}

/// The scattered land of a city.
#[derive(Clone, Debug, Default)]
pub struct Scattered {
    /// The shape of each piece, in the computing CRS.
    pub shapes: Shapes,
    /// The pieces: recorded ones by the order of parcels, given ones by id, unrecorded ones by place.
    pub pieces: Vec<Piece>,
    /// What is wrong with the layers: slivers, pieces over parcels and over each other.
    pub defects: Vec<Defect>,
    /// What a reader must know of the search.
    pub notes: Vec<String>,
}
