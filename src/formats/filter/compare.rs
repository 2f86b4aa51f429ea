//! Two values as they are written → which is the greater; a text and a pattern → whether they match.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::formats::batch::parse_number;

/// A value that is not null, or null as a literal.
#[derive(Clone, Debug)]
pub(super) struct FilterCell<'a> {
    text: Option<Cow<'a, str>>,
    number: Number,
}

#[derive(Clone, Copy, Debug)]
enum Number {
    None,
    Whole(i128),
    Real(f64),
}

impl<'a> FilterCell<'a> {
    pub(super) fn new(text: Cow<'a, str>) -> Self {
        Self {
            number: Number::of(&text),
            text: Some(text),
        }
    }

    pub(super) fn null() -> Self {
        Self {
            text: None,
            number: Number::None,
        }
    }

    /// The same without a copy of its text; `None` for null.
    pub(super) fn borrowed(&self) -> Option<FilterCell<'_>> {
        self.text.as_deref().map(|text| FilterCell {
            text: Some(text.into()),
            number: self.number,
        })
    }

    pub(super) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// By number where both are numbers, else by text.
    pub(super) fn order(&self, other: &FilterCell) -> Ordering {
        let by_number = match (self.number, other.number) {
            (Number::Whole(a), Number::Whole(b)) => Some(a.cmp(&b)),
            (a, b) => a.real().zip(b.real()).and_then(|(a, b)| a.partial_cmp(&b)),
        };
        by_number.unwrap_or_else(|| self.text().cmp(other.text()))
    }
}

impl Number {
    /// The number that `text` is; none where it is a code, which leading zeros show.
    fn of(text: &str) -> Self {
        let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
        if digits.len() > 1 && digits[0] == b'0' && digits[1].is_ascii_digit() {
            return Self::None;
        }
        match text.parse() {
            Ok(whole) if !text.starts_with('+') => Self::Whole(whole),
            _ => parse_number(text).map_or(Self::None, Self::Real),
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "compared with a real, which is rounded itself"
    )]
    fn real(self) -> Option<f64> {
        match self {
            Self::None => None,
            Self::Whole(whole) => Some(whole as f64),
            Self::Real(real) => Some(real),
        }
    }
}

/// Whether `text` is as `pattern` says: `%` stands for any text, `_` for any one character.
pub(super) fn like(text: &str, pattern: &[char], fold: bool) -> bool {
    let text: Vec<char> = if fold {
        text.to_lowercase().chars().collect()
    } else {
        text.chars().collect()
    };
    let (mut at, mut in_pattern) = (0, 0);
    // Where the last `%` was, and how much text it stands for so far; an earlier `%` need never be tried again.
    let mut retry: Option<(usize, usize)> = None;
    while at < text.len() {
        match pattern.get(in_pattern) {
            Some('%') => {
                retry = Some((in_pattern + 1, at));
                in_pattern += 1;
            }
            Some(&wanted) if wanted == '_' || wanted == text[at] => {
                at += 1;
                in_pattern += 1;
            }
            _ => {
                let Some((behind, from)) = retry else {
                    return false;
                };
                retry = Some((behind, from + 1));
                (in_pattern, at) = (behind, from + 1);
            }
        }
    }
    pattern[in_pattern..].iter().all(|&sign| sign == '%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_matches_the_whole_text() {
        let like = |text, pattern: &str| like(text, &pattern.chars().collect::<Vec<_>>(), false);
        for (text, pattern) in [
            ("工业用地", "工业%"),
            ("工业用地", "%业%地"),
            ("工业用地", "_业__"),
            ("", "%"),
            ("aab", "%ab"),
            ("abab", "%a_"),
        ] {
            assert!(like(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in [("工业用地", "工业"), ("", "_"), ("a", "%b"), ("ab", "a_b%")]
        {
            assert!(!like(text, pattern), "{text} {pattern}");
        }
    }
}
