//! Numbers with units: exact areas, fractions, decimals as they are printed, and why a number cannot be had.

mod area;
mod decimal;
mod exact;
mod figure;
mod known;
mod median;
mod short;

pub use area::Area;
pub use decimal::Decimal;
pub use exact::Exact;
pub use figure::{Figure, Unit};
pub use known::{Missing, Quantity};
pub use median::median;
