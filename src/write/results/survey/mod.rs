//! A survey → its tables.

mod clues;
mod enterprises;
mod idle;
mod summary;
mod sums;

pub use clues::{clues_table, open_land_table};
pub use enterprises::enterprises_table;
pub use idle::idle_table;
pub use summary::SurveySummary;
pub use sums::{ladder_table, survey_totals_table, targets_table};

use crate::write::Value;

/// Texts joined by `;`, null for none.
fn text_of<'a>(texts: impl Iterator<Item = String>) -> Value<'a> {
    let joined = texts.collect::<Vec<_>>().join(";");
    Some(joined)
        .filter(|text| !text.is_empty())
        .map(|text| Value::Text(text.into()))
        .into()
}
