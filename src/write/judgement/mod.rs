//! A judgement → a chain that a person reads, in Chinese or English, and the JSON of `check`.

mod capitals;
mod cell;
mod chain;
mod condition;
mod explain;
mod figures;
mod headline;
mod json;
mod text;
mod words;
mod working;

pub(super) use cell::cell_text;
pub use condition::{condition_text, measure_text};
pub use explain::explanation;
pub(super) use explain::{Sentence, missing_of, verdict_text};
pub use figures::{figure_text, short_number};
pub use json::{CheckJson, check_json};
pub use text::{Heading, judgement_text, marks};
pub(super) use words::stated_called;
