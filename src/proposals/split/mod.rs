//! Splits (分割) of industrial parcels: what lots come to, and lots that could be.

mod areas;
mod given;
mod lots;
mod parts;

pub use areas::share_out;
pub use given::{DrawnLots, DrawnLotsError, drawn_lots};
pub use lots::{Lot, Split};
pub use parts::BuildingParts;
