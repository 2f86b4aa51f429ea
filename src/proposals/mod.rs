//! A scan and a wish → splits and merges that could be done, each judged by the rules of the policy.

mod merge;

pub use merge::{
    Bond, BondKind, Grouping, MergeError, MergeProposal, MergeWish, MergedLand, Merges,
    PartFigures, Score, Together, bonds_among, merge_facts, merged_land, propose_merges,
};
