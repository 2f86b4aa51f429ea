//! Splits (分割) of industrial parcels: what lots come to, and lots that could be.

mod areas;
mod given;
mod hindrance;
mod listed;
mod lots;
mod parts;
mod plot;
mod propose;
mod wish;

pub use areas::share_out;
pub use given::{DrawnLots, DrawnLotsError, cut_parcel, drawn_lots};
pub use hindrance::NoSplit;
pub use listed::ListedSplits;
pub use lots::{Lot, Split};
pub use parts::BuildingParts;
pub use propose::{SplitProposal, SplitsOfParcel, propose_splits};
pub use wish::{SplitWish, least_lot_m2};
