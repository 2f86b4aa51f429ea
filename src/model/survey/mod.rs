//! The layers of Zhejiang's yearly survey of inefficient land (低效用地调查): their fields, and rows that hold them.
//!
//! Names and order of the fields are those of the survey's tables. Widths of texts, decimals of numbers and most code tables
//! are not published with them, so none is made up here: a column keeps the type that its source stores it with, and texts
//! have no limit. A field that comes twice in the table (`SYQLX`, `XZTDSYR`) has the suffix `_1` where it comes again.

mod difference;
mod field;
mod layer;
mod units;
mod value;
mod zones;

pub use difference::{Difference, first_difference};
pub use field::{SurveyField, SurveyKind, SurveyTheme, is_yes};
pub use layer::{SurveyColumn, SurveyLayer};
pub use value::{Reading, Stored, SurveyValue};
