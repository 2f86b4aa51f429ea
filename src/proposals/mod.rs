//! A scan and a wish → splits and merges that could be done, each judged by the rules of the policy.

mod split;
mod surroundings;

pub use split::{
    BuildingParts, DrawnLots, DrawnLotsError, ListedSplits, Lot, NoSplit, Split, SplitProposal,
    SplitWish, SplitsOfParcel, cut_parcel, drawn_lots, least_lot_m2, propose_splits, share_out,
};
pub use surroundings::Surroundings;
