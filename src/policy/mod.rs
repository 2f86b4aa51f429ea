//! A city's TOML pack → what its policy says.

mod counting;
mod pack;

pub use counting::{Counting, HighStorey};
pub use pack::{Pack, PackError};
