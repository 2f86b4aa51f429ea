//! The text of a number as offices write it (`1,200.50`, `１２万元`, `(3)`) → the number in the unit of its fact.

use crate::formats::DecimalMark;
use crate::formats::office::{Unit, number_text, unit};
use crate::formats::written::{Said, Wrong, figures};
use crate::quantity::Exact;

/// A number in the unit of its column, or in the one behind it; in 万元, 万元 per 亩, m² or metres.
pub(super) fn number(text: &str, column: Option<Unit>, mark: DecimalMark) -> Said<Exact> {
    let Some(read) = figures(text, mark)? else {
        return Ok(None);
    };
    let number = exact(&read.digits).ok_or(Wrong::Unreadable)?;
    let own = if read.behind.is_empty() {
        column
    } else {
        Some(unit(&read.behind).ok_or(Wrong::Unreadable)?)
    };
    let size = match (own, column) {
        (Some(Unit::Money(size)), Some(Unit::Money(_)))
        | (Some(Unit::MoneyPerLand(size) | Unit::Money(size)), Some(Unit::MoneyPerLand(_)))
        | (Some(Unit::Land(size)), Some(Unit::Land(_)))
        | (Some(Unit::Length(size)), Some(Unit::Length(_))) => size,
        (None, None) => Exact::ONE,
        _ => return Err(Wrong::Unreadable),
    };
    number.times(size).map(Some).ok_or(Wrong::Unreadable)
}

/// Decimal digits; more than can be held behind the point are binary noise and rounded as a spreadsheet shows them.
fn exact(digits: &str) -> Option<Exact> {
    Exact::parse(digits).or_else(|| {
        let noisy = digits
            .split_once('.')
            .is_some_and(|(_, part)| part.len() > 12);
        let rounded = number_text(digits.parse().ok()?);
        noisy.then(|| Exact::parse(&rounded))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINT: DecimalMark = DecimalMark::Point;

    fn exactly(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_read_as_offices_write_them() {
        let wan = Some(Unit::Money(Exact::ONE));
        for (text, expected) in [
            ("１，２３４．５", "1234.5"),
            ("1,234,567", "1234567"),
            ("－１２．５", "-12.5"),
            ("(12.50)", "-12.5"),
            ("1200万元", "1200"),
            ("3亿", "30000"),
            ("15000元", "1.5"),
            ("¥ 12", "12"),
            ("0.30000000000000004", "0.3"),
            ("1.2E3", "1200"),
        ] {
            assert_eq!(
                number(text, wan, POINT),
                Ok(Some(exactly(expected))),
                "{text}"
            );
        }
        for text in ["", " ", "/", "——", "－", "无", "N/A"] {
            assert_eq!(number(text, wan, POINT), Ok(None), "{text}");
        }
        for text in [
            "约1200",
            "1,5",
            "12,34",
            "30%",
            "1200亩",
            "一百",
            "1-2",
            "12.3.4",
            "1e400",
            "E5",
            "（",
            "1200万元左右",
        ] {
            assert_eq!(number(text, wan, POINT), Err(Wrong::Unreadable), "{text}");
        }
        assert_eq!(number("#REF!", wan, POINT), Err(Wrong::ErrorCell));
        let mu = Some(Unit::Land(Exact::MU_M2));
        assert_eq!(number("15", mu, POINT), Ok(Some(exactly("10000"))));
        assert_eq!(number("10000㎡", mu, POINT), Ok(Some(exactly("10000"))));
        assert_eq!(number("1公顷", mu, POINT), Ok(Some(exactly("10000"))));
    }
}
