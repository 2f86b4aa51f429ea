//! A judgement → a chain that a person reads, in Chinese or English, and the JSON of `check`.

mod explain;
mod figures;
mod json;
mod text;

pub use explain::explanation;
pub(super) use explain::{sign, verdict_text};
pub use figures::{figure_text, short_number};
pub use json::{CheckJson, check_json};
pub use text::{Heading, judgement_text};

/// A language of what people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The one of two texts that is in it.
    pub const fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}
