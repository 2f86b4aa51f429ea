//! Digits with points, commas and blanks between them → a plain decimal number, by what its column shows of them.
//!
//! `6000,25` has decimals, `1,234,567` has thousands, `9,250` may be either: another number of its column decides, else one
//! of its table. Where none does it is not read.

use super::Wrong;
use serde::{Deserialize, Serialize};

/// Which sign stands before the decimals of a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// No number of it shows.
    #[default]
    Unsaid,
    /// `6000.25`, `1,234,567`.
    Point,
    /// `6000,25`, `1.234.567`.
    Comma,
    /// Some numbers show one, some the other: a number is read where it shows its own.
    Both,
}

/// So many times more numbers of one kind make the rest slips of the pen.
const SLIPS: u64 = 20;

/// How many numbers show which sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    point: u64,
    comma: u64,
    /// Of those that show a point: with commas between their thousands.
    grouped: u64,
}

impl Evidence {
    /// Takes in what the text of a number shows.
    pub(crate) fn see(&mut self, text: &str) {
        if !text.contains(['.', ',', '，', '．', '。', ' ', '\'', '’']) {
            return;
        }
        let Some((body, _)) = super::figures::body(text) else {
            return;
        };
        match reading(&body) {
            Some(DecimalReading::Certain(_, Some('.'))) => {
                self.point += 1;
                self.grouped += u64::from(body.contains(','));
            }
            Some(DecimalReading::Certain(_, Some(','))) => self.comma += 1,
            _ => {}
        }
    }

    /// Both together.
    pub(crate) const fn and(self, more: Self) -> Self {
        Self {
            point: self.point + more.point,
            comma: self.comma + more.comma,
            grouped: self.grouped + more.grouped,
        }
    }

    /// What was seen comes to, and where that is nothing, what `others` of the same table have in common.
    pub(crate) const fn mark_among(self, others: Self) -> DecimalMark {
        match (self.mark(), others.mark()) {
            (DecimalMark::Unsaid, DecimalMark::Both) => DecimalMark::Unsaid,
            (DecimalMark::Unsaid, mark) | (mark, _) => mark,
        }
    }

    /// What was seen comes to where some of the texts were numbers to the program that kept them, and have a point whatever
    /// people write: only commas show anything.
    pub(crate) const fn mark_of_typed(self) -> DecimalMark {
        match (self.grouped, self.comma) {
            (0, 0) => DecimalMark::Unsaid,
            (_, 0) => DecimalMark::Point,
            _ => DecimalMark::Both,
        }
    }

    /// What was seen comes to.
    pub(crate) const fn mark(self) -> DecimalMark {
        match (self.point, self.comma) {
            (0, 0) => DecimalMark::Unsaid,
            (point, comma) if comma == 0 || point / SLIPS >= comma => DecimalMark::Point,
            (point, comma) if point == 0 || comma / SLIPS >= point => DecimalMark::Comma,
            _ => DecimalMark::Both,
        }
    }
}

/// What digits with marks between them say by themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
enum DecimalReading {
    /// A number in plain notation, and the sign that it shows to stand before decimals.
    Certain(String, Option<char>),
    /// Three digits behind this sign alone.
    Open(char),
}

/// Digits without their marks, with a point before decimals.
///
/// # Errors
/// When marks stand where they stand in no number, against those of the column, or where nothing tells what they mean.
pub(super) fn plain_digits(body: &str, mark: DecimalMark) -> Result<String, Wrong> {
    let against = match mark {
        DecimalMark::Point => Some(','),
        DecimalMark::Comma => Some('.'),
        DecimalMark::Unsaid | DecimalMark::Both => None,
    };
    match reading(body).ok_or(Wrong::Unreadable)? {
        DecimalReading::Certain(_, Some(shown)) if Some(shown) == against => Err(Wrong::Unreadable),
        DecimalReading::Certain(digits, _) => Ok(digits),
        DecimalReading::Open(sign) => {
            let decimals = match (mark, sign) {
                (DecimalMark::Point | DecimalMark::Unsaid, '.') | (DecimalMark::Comma, ',') => ".",
                (DecimalMark::Point, ',') | (DecimalMark::Comma, '.') => "",
                _ => return Err(Wrong::Ambiguous),
            };
            Ok(body.replace(sign, decimals))
        }
    }
}

fn reading(body: &str) -> Option<DecimalReading> {
    let is_mark = |c: char| !c.is_ascii_digit();
    let groups: Vec<&str> = body.split(is_mark).collect();
    let marks: Vec<char> = body.chars().filter(|c| is_mark(*c)).collect();
    let decimal = |whole: String, part: &str, sign| {
        let whole = if whole.is_empty() { "0" } else { &whole };
        let digits = if part.is_empty() {
            whole.to_owned()
        } else {
            format!("{whole}.{part}")
        };
        Some(DecimalReading::Certain(digits, Some(sign)))
    };
    match (&marks[..], &groups[..]) {
        ([], [digits]) if !digits.is_empty() => {
            Some(DecimalReading::Certain((*digits).to_owned(), None))
        }
        ([sign @ ('.' | ',')], [whole, part]) => {
            if whole.is_empty() && part.is_empty() || *sign == ',' && part.is_empty() {
                return None;
            }
            let is_group = part.len() == 3 && is_first(whole);
            if is_group {
                return Some(DecimalReading::Open(*sign));
            }
            decimal((*whole).to_owned(), part, *sign)
        }
        ([sign, more @ ..], _) if more.iter().all(|other| other == sign) => {
            let shows = match sign {
                ',' => Some('.'),
                '.' => Some(','),
                _ => None,
            };
            are_thousands(&groups).then(|| DecimalReading::Certain(groups.concat(), shows))
        }
        ([sign, between @ .., last @ ('.' | ',')], [thousands @ .., part])
            if sign != last && between.iter().all(|other| other == sign) && !part.is_empty() =>
        {
            are_thousands(thousands).then(|| decimal(thousands.concat(), part, *last))?
        }
        _ => None,
    }
}

/// Whether digits may stand before thousands.
fn is_first(group: &str) -> bool {
    (1..=3).contains(&group.len()) && !group.starts_with('0')
}

fn are_thousands(groups: &[&str]) -> bool {
    match groups {
        [first, rest @ ..] => is_first(first) && rest.iter().all(|group| group.len() == 3),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalMark::{Both, Comma, Point, Unsaid};

    fn seen(texts: &[&str]) -> DecimalMark {
        let mut evidence = Evidence::default();
        for text in texts {
            evidence.see(text);
        }
        evidence.mark()
    }

    #[test]
    fn a_column_shows_what_stands_before_its_decimals() {
        assert_eq!(seen(&["6000,25", "9,250", "3"]), Comma);
        assert_eq!(seen(&["1.234,5", "7"]), Comma);
        assert_eq!(seen(&["1,234,567", "9,250"]), Point);
        assert_eq!(seen(&["9.2米", "1,200㎡"]), Point);
        assert_eq!(seen(&["9,250", "12,500", "800"]), Unsaid);
        assert_eq!(seen(&["1,5", "1.5"]), Both);
        let many: Vec<&str> = std::iter::repeat_n("1.5", 40).chain(["1,5"]).collect();
        assert_eq!(seen(&many), Point);
    }

    #[test]
    fn what_may_be_either_is_read_by_its_column_alone() {
        let read = |mark| plain_digits("9,250", mark);
        assert_eq!(read(Comma).as_deref(), Ok("9.250"));
        assert_eq!(read(Point).as_deref(), Ok("9250"));
        assert_eq!(read(Unsaid), Err(Wrong::Ambiguous));
        assert_eq!(read(Both), Err(Wrong::Ambiguous));
        assert_eq!(plain_digits("9.250", Unsaid).as_deref(), Ok("9.250"));
        assert_eq!(plain_digits("9.250", Comma).as_deref(), Ok("9250"));
    }

    #[test]
    fn marks_stand_where_they_can_or_it_is_no_number() {
        for (text, is) in [
            ("1 234 567", "1234567"),
            ("9 500,5", "9500.5"),
            ("1'234.5", "1234.5"),
            ("0,250", "0.250"),
            (",5", "0.5"),
            ("5.", "5"),
            ("12345,678", "12345.678"),
        ] {
            assert_eq!(plain_digits(text, Unsaid).as_deref(), Ok(is), "{text}");
        }
        for text in [
            "12 5",
            "1.2.3",
            "1,,5",
            ",",
            "5,",
            "1,23,456",
            "1.234 5",
            "1,234.5.6",
        ] {
            assert_eq!(plain_digits(text, Unsaid), Err(Wrong::Unreadable), "{text}");
        }
        assert_eq!(plain_digits("1,5", Point), Err(Wrong::Unreadable));
    }
}
