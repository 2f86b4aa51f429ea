//! A value of a survey layer, and what it says as a number.

use std::borrow::Cow;

use compact_str::CompactString;
use jiff::civil::{Date, DateTime};

use crate::quantity::Exact;

/// How a column is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// Texts.
    Text,
    /// Whole numbers.
    Whole,
    /// Binary numbers.
    Number,
    /// Days.
    Date,
    /// Days with a time of day.
    Time,
}

/// A value as it is stored. An empty text is not the same as nothing, and `1.50` not as `1.5`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SurveyValue {
    /// Unknown.
    #[default]
    Null,
    /// Text, to the last blank.
    Text(CompactString),
    /// A whole number.
    Whole(i64),
    /// A binary number.
    Number(f64),
    /// A day.
    Date(Date),
    /// A day with a time of day.
    Time(DateTime),
}

/// What a value says as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing: null, or blanks.
    Nothing,
    /// Something that is no number.
    Unreadable,
    /// This number.
    Is(Exact),
}

impl Reading {
    /// The number, where it is one.
    pub fn number(self) -> Option<Exact> {
        match self {
            Self::Is(number) => Some(number),
            _ => None,
        }
    }
}

impl SurveyValue {
    /// As text, a number by its shortest digits; `None` for null.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Null => return None,
            Self::Text(text) => Cow::Borrowed(text.as_str()),
            Self::Whole(number) => number.to_string().into(),
            Self::Number(number) => number.to_string().into(),
            Self::Date(date) => date.to_string().into(),
            Self::Time(time) => time.to_string().into(),
        })
    }

    /// As text without the blanks around it; `None` where nothing is left.
    pub fn word(&self) -> Option<Cow<'_, str>> {
        let text = match self.text()? {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text),
        };
        (!text.is_empty()).then_some(text)
    }

    /// As a number, whether it is stored as one or as text. More than nine decimals are rounded: programs write areas to
    /// the last binary digit.
    pub fn number(&self) -> Reading {
        let Some(word) = self.word() else {
            return Reading::Nothing;
        };
        let plain = word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        let rounded = || {
            let number = word.parse::<f64>().ok().filter(|n| n.is_finite())?;
            Exact::parse(&format!("{number:.9}"))
        };
        let number = if plain {
            Exact::parse(&word).or_else(rounded)
        } else {
            None
        };
        number.map_or(Reading::Unreadable, Reading::Is)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Reading {
        SurveyValue::Text(text.into()).number()
    }

    #[test]
    fn a_number_is_read_from_text_as_from_a_number() {
        let half = Reading::Is(Exact::fraction(3, 2).unwrap());
        assert_eq!(number(" 1.50 "), half);
        assert_eq!(SurveyValue::Number(1.5).number(), half);
        assert_eq!(SurveyValue::Null.number(), Reading::Nothing);
        assert_eq!(number("  "), Reading::Nothing);
        for text in ["三亩", "12亩", "nan", "inf", "-", "1.2.3"] {
            assert_eq!(number(text), Reading::Unreadable, "{text}");
        }
    }

    #[test]
    fn an_area_with_all_its_binary_digits_is_a_number() {
        let long = SurveyValue::Number(1_234.567_890_123_456_7);
        let nine = Exact::parse("1234.567890123").unwrap();
        assert_eq!(long.number(), Reading::Is(nine));
        assert_eq!(number("1234.5678901234567"), Reading::Is(nine));
    }
}
