//! Industrial sites and the scattered land beside them → zero-land upgrades (零增地技改) solved backwards, and who gets which piece.

mod allotment;
mod groups;
mod land;
mod need;
mod rule;
mod sites;

pub use allotment::{
    Allotment, AllotmentError, AllottedGroup, LandPiece, NODE_BUDGET, Subset, allot, best_subset,
};
pub use groups::{GroupTotals, group_totals, home_of_piece};
pub use need::{Room, Solution, UpgradeNeed};
pub use rule::{UpgradeRules, assumed, upgrade_facts, upgrade_rule};
pub use sites::{SiteUpgrade, Upgrades, place_of_rule, solve_upgrades};
