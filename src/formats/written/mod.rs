//! What people write into a cell or an attribute → the number, count or day that it stands for, or what is wrong with it.
//!
//! Layers and tables of offices read by this alone, so that the same text says the same wherever it stands.

mod count;
mod day;
mod decimal;
mod figures;
mod nothing;
#[cfg(test)]
mod properties;

pub(crate) use count::{Counted, level, storeys};
pub use day::is_date_or_year;
pub(crate) use day::{date, date_or_year, day};
pub use decimal::DecimalMark;
pub(crate) use decimal::Evidence;
pub(crate) use figures::figures;
pub(crate) use nothing::{Said, Wrong, said, says_unknown};
