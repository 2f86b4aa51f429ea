//! The text of a number as people write it (`１，２００．５`, `(3)`, `9.2 米`) → its digits, plain, and what follows them.

use super::{Said, Wrong, said};
use crate::formats::DecimalMark;
use crate::formats::office::half_width;

/// A number that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Figures {
    /// Its digits with a point before decimals, a minus before it, an exponent behind it.
    pub(crate) digits: String,
    /// What is written behind it: half-width, in capitals, without blanks.
    pub(crate) behind: String,
}

/// Reads a number in a column whose decimals stand behind `mark`. What it counts is left to the caller.
pub(crate) fn figures(text: &str, mark: DecimalMark) -> Said<Figures> {
    if said(text)?.is_none() {
        return Ok(None);
    }
    let text = tidy(text);
    let text = text.trim_start_matches(['¥', '￥']).trim_start();
    let inside = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let (negative, text) = match (inside, text.strip_prefix('-')) {
        (Some(inside), _) => (true, inside),
        (None, Some(rest)) => (true, rest),
        (None, None) => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (body, exponent, behind) = parts(text.trim_start()).ok_or(Wrong::Unreadable)?;
    let digits = super::decimal::plain_digits(body, mark)?;
    let sign = if negative { "-" } else { "" };
    Ok(Some(Figures {
        digits: format!("{sign}{digits}{exponent}"),
        behind: behind.chars().filter(|c| !c.is_whitespace()).collect(),
    }))
}

/// The digits and marks of a number, and what follows them.
pub(super) fn body(text: &str) -> Option<(String, String)> {
    let text = tidy(text);
    // whatever stands before it: a sign, 约, ≥
    let text = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (body, _, behind) = parts(text)?;
    Some((body.to_owned(), behind.to_owned()))
}

/// Half-width and in capitals, with plain blanks.
fn tidy(text: &str) -> String {
    let kept = text
        .chars()
        .map(half_width)
        .filter(|c| !matches!(c, '“' | '”' | '"' | '\u{200b}' | '\u{feff}'))
        .map(|c| match c {
            '。' => '.',
            '’' | '‘' => '\'',
            c if c.is_whitespace() => ' ',
            c => c,
        });
    let text: String = kept.flat_map(char::to_uppercase).collect();
    text.trim().trim_start_matches('\'').to_owned()
}

/// The digits and marks that a text begins with, an exponent, and the rest.
fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let marks = |c: char| matches!(c, '.' | ',' | '\'' | ' ');
    let end = text
        .find(|c: char| !c.is_ascii_digit() && !marks(c))
        .unwrap_or(text.len());
    let body = text[..end].trim_end();
    if !body.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = &text[body.len()..];
    let exponent = rest.strip_prefix('E').map_or(0, |rest| {
        let digits = rest.trim_start_matches(['+', '-']);
        let sign = rest.len() - digits.len();
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        if sign < 2 && count > 0 {
            1 + sign + count
        } else {
            0
        }
    });
    Some((body, &rest[..exponent], &rest[exponent..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<(String, String)>, Wrong> {
        let figures = figures(text, DecimalMark::Unsaid)?;
        Ok(figures.map(|figures| (figures.digits, figures.behind)))
    }

    #[test]
    fn digits_are_told_from_what_follows_them() {
        for (text, digits, behind) in [
            ("9.2米", "9.2", "米"),
            ("9000.00 ㎡", "9000.00", "㎡"),
            ("１５亩", "15", "亩"),
            ("3F", "3", "F"),
            ("(12.50)", "-12.50", ""),
            ("－１２。５", "-12.5", ""),
            ("¥ 12", "12", ""),
            ("1.2E3", "1.2E3", ""),
            ("30%", "30", "%"),
            ("1 200 m2", "1200", "M2"),
        ] {
            let expected = Ok(Some((digits.to_owned(), behind.to_owned())));
            assert_eq!(read(text), expected, "{text}");
        }
        for text in ["", " ", "/", "——", "－", "无", "N/A", "<Null>"] {
            assert_eq!(read(text), Ok(None), "{text}");
        }
        for text in ["约1200", "一百", "≥3", "砼", "12 5", "soon"] {
            assert_eq!(read(text), Err(Wrong::Unreadable), "{text}");
        }
        assert_eq!(read("#REF!"), Err(Wrong::ErrorCell));
    }
}
