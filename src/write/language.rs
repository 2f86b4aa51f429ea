//! The language of what people read.

use std::borrow::Cow;

use crate::law::pack::Pack;
use crate::quantity::Unit;
use crate::text::in_chinese;

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

    /// A unit as it is written behind a number in it: 亩 and 万元 keep their size, and have names of their own.
    pub const fn unit(self, unit: Unit) -> &'static str {
        match (self, unit) {
            (Self::En, Unit::Wan) => "wan yuan",
            (Self::En, Unit::WanPerMu) => "wan yuan/mu",
            (Self::En, Unit::YuanPerM2) => "yuan/m²",
            (_, unit) => unit.sign(),
        }
    }

    /// A note or an error of this program in it.
    pub fn message(self, english: &str) -> Cow<'_, str> {
        match self {
            Self::Zh => in_chinese(english),
            Self::En => Cow::Borrowed(english),
        }
    }

    /// A text of a pack, a flag or what a choice means, in it.
    pub fn of_pack<'a>(self, pack: &'a Pack, text: &'a str) -> &'a str {
        match self {
            Self::Zh => text,
            Self::En => pack.in_english(text),
        }
    }
}
