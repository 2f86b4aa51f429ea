//! A scan and a wish → splits and merges that could be done, each judged by the rules of the policy.

mod merge;
mod split;
mod surroundings;

pub use split::{
    BuildingParts, DrawnLots, DrawnLotsError, ListedSplits, Lot, NoSplit, Split, SplitProposal,
    SplitWish, SplitsOfParcel, cut_parcel, drawn_lots, least_lot_m2, propose_splits, share_out,
};
pub use surroundings::Surroundings;

pub use merge::{
    Bond, BondKind, Grouping, MergeError, MergeProposal, MergeWish, MergedLand, Merges,
    PartFigures, Score, Together, bonds_among, merge_facts, merged_land, parcel_record,
    propose_merges,
};
