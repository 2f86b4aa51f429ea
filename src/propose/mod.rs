//! What could be done with the land of a city; every proposal is judged by the rules of the policy, by none of its own.

mod allotment;
mod upgrade;
mod upgrade_need;

pub use allotment::{
    Allotment, AllotmentError, AllottedGroup, LandPiece, NODE_BUDGET, Subset, allot, best_subset,
};
pub use upgrade::{UpgradeRules, assumed, upgrade_facts, upgrade_rule};
pub use upgrade_need::{Room, Solution, UpgradeNeed};
