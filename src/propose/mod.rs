//! What could be done with the land of a city; every proposal is judged by the rules of the policy, by none of its own.

mod upgrade;

pub use upgrade::{Room, UpgradeNeed, upgrade_need, upgrade_rule};
