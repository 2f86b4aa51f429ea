//! A judgement → a chain that a person reads, in Chinese or English, and the JSON of `check`.

mod capitals;
mod explain;
mod figures;
mod json;
mod text;
mod working;

pub use explain::explanation;
pub(super) use explain::{sign, verdict_text};
pub use figures::{figure_text, short_number};
pub use json::{CheckJson, check_json};
pub use text::{Heading, judgement_text};
