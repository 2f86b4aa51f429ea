//! A comparison of two runs → its tables and its summary.

mod changes;
mod register;
mod summary;

pub use changes::{changed_table, changes_table};
pub use register::{register_of_city, register_of_comparison};
pub use summary::CompareSummary;
