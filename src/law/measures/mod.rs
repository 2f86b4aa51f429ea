//! The facts of a case → named measures that a policy can set bounds on, or why they are unknown.

mod beginning;
mod catalogue;
mod county;
mod enterprise;
mod floors;
mod idle;
mod idle_due;
mod industry;
mod key_project;
mod lots;
mod measure;
mod merging;
mod parts;
mod planning;
mod premises;
mod ratios;
mod scattered;
mod subject;
mod subsidies;
mod supporting;

pub use catalogue::{Catalogue, asked_by, measure_named, measures, series};
pub(crate) use catalogue::{measure_at, sort_at, take};
pub use measure::Measure;
pub use ratios::floor_for;
pub use scattered::land_for;
pub use subject::{
    Choices, Found, LEAST_FAR, LEAST_FLOOR, LEAST_FOOTPRINT, Lack, Measured, Note, Side, Subject,
    Why, last_full_year,
};
