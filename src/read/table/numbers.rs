//! The text of a number as offices write it (`1,200.50`, `１２万元`, `(3)`) → the number in the unit of its fact.

use super::values::{Said, Wrong, said};
use crate::quantity::Exact;
use crate::read::office::{Unit, number_text, unit};

/// A number in the unit of its column, or in the one behind it; in 万元, 万元 per 亩 or m².
pub(super) fn number(text: &str, column: Option<Unit>) -> Said<Exact> {
    let Some(text) = said(text)? else {
        return Ok(None);
    };
    let text = text.trim_start_matches(['¥', '￥']);
    let (text, negative) = match text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inside) => (inside, true),
        None => (text, false),
    };
    let end = end_of_number(text);
    let (digits, behind) = text.split_at_checked(end).ok_or(Wrong::Unreadable)?;
    let number = exact(&ungrouped(digits).ok_or(Wrong::Unreadable)?).ok_or(Wrong::Unreadable)?;
    let own = if behind.is_empty() {
        column
    } else {
        Some(unit(behind).ok_or(Wrong::Unreadable)?)
    };
    let size = match (own, column) {
        (Some(Unit::Money(size)), Some(Unit::Money(_)))
        | (Some(Unit::MoneyPerLand(size) | Unit::Money(size)), Some(Unit::MoneyPerLand(_)))
        | (Some(Unit::Land(size)), Some(Unit::Land(_))) => size,
        (None, None) => Exact::ONE,
        _ => return Err(Wrong::Unreadable),
    };
    let number = number.times(size).ok_or(Wrong::Unreadable)?;
    if negative {
        return Ok(Some(Exact::ZERO.minus(number).ok_or(Wrong::Unreadable)?));
    }
    Ok(Some(number))
}

/// Where the digits that a text begins with end; an exponent is part of them.
fn end_of_number(text: &str) -> usize {
    let mut end = 0;
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(end) {
        let next = bytes.get(end + 1).copied().unwrap_or_default();
        let sign = matches!(byte, b'+' | b'-') && (end == 0 || bytes.get(end - 1) == Some(&b'E'));
        let exponent = byte == b'E' && (next.is_ascii_digit() || matches!(next, b'+' | b'-'));
        if !(byte.is_ascii_digit() || matches!(byte, b'.' | b',') || sign || exponent) {
            break;
        }
        end += 1;
    }
    end
}

/// Digits without the commas between groups of three; `None` where commas stand elsewhere.
fn ungrouped(digits: &str) -> Option<String> {
    if !digits.contains(',') {
        return Some(digits.to_owned());
    }
    let (whole, rest) = digits.split_once('.').map_or((digits, ""), |(whole, _)| {
        (whole, digits.get(whole.len()..).unwrap_or_default())
    });
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next()?;
    let three = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = (1..=3).contains(&first.len()) && groups.all(three) && !rest.contains(',');
    grouped.then(|| digits.replace(',', ""))
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
            assert_eq!(number(text, wan), Ok(Some(exactly(expected))), "{text}");
        }
        for text in ["", " ", "/", "——", "－", "无", "N/A"] {
            assert_eq!(number(text, wan), Ok(None), "{text}");
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
            assert_eq!(number(text, wan), Err(Wrong::Unreadable), "{text}");
        }
        assert_eq!(number("#REF!", wan), Err(Wrong::ErrorCell));
        let mu = Some(Unit::Land(Exact::MU_M2));
        assert_eq!(number("15", mu), Ok(Some(exactly("10000"))));
        assert_eq!(number("10000㎡", mu), Ok(Some(exactly("10000"))));
        assert_eq!(number("1公顷", mu), Ok(Some(exactly("10000"))));
    }
}
