//! A scan and a wish → splits and merges that could be done, each judged by the rules of the policy.

mod split;
mod surroundings;

pub use split::{BuildingParts, DrawnLots, DrawnLotsError, Lot, Split, drawn_lots, share_out};
pub use surroundings::Surroundings;
