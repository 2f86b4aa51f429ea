//! What is found in a measured city and what could be done with it, a folder for each capability.
//!
//! | folder | in → out |
//! |---|---|
//! | [`lineage`] | the table of splits and merges, earlier parcels → where each parcel comes from |
//! | [`scattered`] | what lies between the parcels → scattered land (零星地块) beside industrial sites |
//! | [`limits`] | the rules of the policy → what they say of each parcel |
//! | [`upgrade`] | sites and pieces → upgrades (零增地技改) solved backwards, pieces allotted |
//! | [`split`] | a parcel → lots that could be (分割) |
//! | [`merge`] | parcels beside each other → merges that could be done (合并) |
//! | [`idle`] | the city, contracts, enterprises → idle and inefficient land (闲置、低效) |
//! | [`compare`] | two runs → what changed |
//! | [`dcdytb`] | survey layers (`DCDYTB`, `DCQTB`) → what is wrong with them; facts → such layers |

pub mod compare;
pub mod dcdytb;
pub mod idle;
mod known;
pub mod limits;
pub mod lineage;
pub mod merge;
pub mod scattered;
mod site_facts;
pub mod split;
mod surroundings;
pub mod upgrade;

pub use known::Known;
pub use site_facts::{Joined, facts_of_parcel, is_given_by_a_city};
pub use surroundings::Surroundings;
