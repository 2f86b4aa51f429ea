//! A cell of a workbook → what it holds, and its text as an office would write it.

use std::borrow::Cow;

use calamine::{Data, DataRef, ExcelDateTime};
use compact_str::CompactString;

/// What a spreadsheet holds in a cell at most.
const MOST_SIGNS: usize = 32_767;

/// What a cell holds; a cell that holds nothing is not kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// A number.
    Number(f64),
    /// Text, trimmed; an error of a formula by its sign, as `#REF!`.
    Text(CompactString),
    /// Yes or no.
    Truth(bool),
    /// Year, month and day of a number that is shown as a date.
    Day(u16, u8, u8),
}

impl Cell {
    /// Text without the blanks around it, and without what keeps a spreadsheet from making a number of it (`="0012"`, `'0012`).
    pub(super) fn of_text(text: &str) -> Option<Self> {
        let blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0');
        let text = text.trim_matches(blank);
        let bare = text
            .strip_prefix("=\"")
            .and_then(|rest| rest.strip_suffix('"'));
        let text = bare.unwrap_or_else(|| text.strip_prefix('\'').unwrap_or(text));
        // no spreadsheet writes more into a cell
        let text = text
            .char_indices()
            .nth(MOST_SIGNS)
            .map_or(text, |(end, _)| &text[..end]);
        (!text.is_empty()).then(|| Self::Text(text.into()))
    }

    pub(super) fn of_data(data: &Data) -> Option<Self> {
        match data {
            Data::Int(number) => Some(Self::Number(as_float(*number))),
            Data::Float(number) => Some(Self::Number(*number)),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                Self::of_text(text)
            }
            Data::Bool(truth) => Some(Self::Truth(*truth)),
            Data::DateTime(time) => Some(Self::of_time(time)),
            Data::Error(error) => Self::of_text(&error.to_string()),
            Data::Empty => None,
        }
    }

    pub(super) fn of_ref(data: &DataRef<'_>) -> Option<Self> {
        match data {
            DataRef::Int(number) => Some(Self::Number(as_float(*number))),
            DataRef::Float(number) => Some(Self::Number(*number)),
            DataRef::SharedString(text) => Self::of_text(text),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                Self::of_text(text)
            }
            DataRef::Bool(truth) => Some(Self::Truth(*truth)),
            DataRef::DateTime(time) => Some(Self::of_time(time)),
            DataRef::Error(error) => Self::of_text(&error.to_string()),
            DataRef::Empty => None,
        }
    }

    /// A day, where the number lies in the range of days of a calendar; times of day and durations stay numbers.
    fn of_time(time: &ExcelDateTime) -> Self {
        let serial = time.as_f64();
        if !time.is_datetime() || !(1.0..2_958_466.0).contains(&serial) {
            return Self::Number(serial);
        }
        let (year, month, day, ..) = time.to_ymd_hms_milli();
        Self::Day(year, month, day)
    }

    /// How many bytes it holds beside itself.
    pub(super) fn room(&self) -> usize {
        match self {
            Self::Text(text) if text.is_heap_allocated() => text.len(),
            _ => 0,
        }
    }

    /// The text of the cell.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number_text(*number)),
            Self::Truth(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
            Self::Day(year, month, day) => Cow::Owned(format!("{year:04}-{month:02}-{day:02}")),
        }
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a spreadsheet holds whole numbers as floats anyway"
)]
const fn as_float(number: i64) -> f64 {
    number as f64
}

/// A number by its shortest decimal digits, at most the fifteen that a spreadsheet shows, at most twelve behind the point.
/// One of more than fifteen whole digits has lost some of them, and is written with an exponent to show it.
pub(crate) fn number_text(number: f64) -> String {
    if !number.is_finite() {
        return "#NUM!".to_owned();
    }
    if number.abs() >= 1e15 {
        return format!("{number:e}");
    }
    let shortest = number.to_string();
    let digits = shortest.bytes().filter(u8::is_ascii_digit).count();
    let behind = shortest.split_once('.').map_or(0, |(_, part)| part.len());
    if digits <= 15 && behind <= 12 {
        return shortest;
    }
    let whole = shortest
        .trim_start_matches('-')
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_start_matches('0')
        .len();
    let places = 15_usize.saturating_sub(whole).min(12);
    let rounded = format!("{number:.places$}");
    let short = if rounded.contains('.') {
        rounded.trim_end_matches('0').trim_end_matches('.')
    } else {
        &rounded
    };
    if short == "-0" { "0" } else { short }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_spreadsheet_shows_them() {
        for (number, text) in [
            (2021.0, "2021"),
            (0.1 + 0.2, "0.3"),
            (1.0 / 3.0, "0.333333333333"),
            (-12.50, "-12.5"),
            (12_345.670_000_000_001, "12345.67"),
            (1e-20, "0"),
            (-1e-20, "0"),
            (999_999_999_999_999.0, "999999999999999"),
            (3.310_02e17, "3.31002e17"),
            (f64::NAN, "#NUM!"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }

    #[test]
    fn what_keeps_a_code_from_becoming_a_number_is_no_part_of_it() {
        for text in ["=\"0012\"", "'0012", "\t0012 ", "\u{feff}0012", "　0012　"] {
            assert_eq!(Cell::of_text(text), Some(Cell::Text("0012".into())));
        }
        assert_eq!(Cell::of_text(" \n"), None);
    }
}
