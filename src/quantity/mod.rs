//! Numbers with units: exact areas, decimals as they are printed, and why a number cannot be had.

mod area;
mod decimal;
mod known;

pub use area::Area;
pub use decimal::Decimal;
pub use known::{Missing, Quantity};
