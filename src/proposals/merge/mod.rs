//! Parcels that lie beside each other → what their merge (合并转让) would be, as the rules of a policy ask for it.

mod bonds;
mod facts;
mod land;

pub use bonds::{Bond, BondKind, bonds_among};
pub use facts::merge_facts;
pub use land::{MergedLand, merged_land};
