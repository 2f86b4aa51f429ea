//! A judgement → a chain that a person reads, in Chinese or English, and the JSON of `check`.

mod capitals;
mod chain;
mod condition;
mod explain;
mod figures;
mod headline;
mod json;
mod text;
mod words;
mod working;

pub(super) use condition::sign;
pub(super) use explain::Sentence;
pub use explain::explanation;
pub use figures::{figure_text, short_number};
pub use json::{CheckJson, check_json};
pub use text::{Heading, judgement_text, marks};
