//! What people write into a cell or an attribute → the number, count or day that it stands for, or what is wrong with it.
//!
//! Layers and tables of offices read by this alone, so that the same text says the same wherever it stands.

mod count;
mod day;
mod decimal;
mod figures;
mod nothing;
mod numbers;
#[cfg(test)]
mod properties;

pub(super) use count::{Counted, level, storeys};
pub use day::is_date_or_year;
pub(super) use day::{date, date_or_year, day};
pub(super) use decimal::Evidence;
pub(super) use figures::figures;
pub(super) use nothing::{Said, Wrong, said, says_unknown};
pub(super) use numbers::Numbers;
