//! Policies and facts → findings. It knows numbers, no map and no file format.

pub mod facts;
pub mod judge;
mod land_use;
mod land_use_name;
mod land_use_names;
pub mod measures;
pub mod pack;

pub use land_use::{LandUse, LandUseSystem};
pub use land_use_name::NamedUse;
