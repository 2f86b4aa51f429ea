//! The text of a count of storeys (`3层`, `地上3层、地下1层`, `3F`), or of which storey it is (`-1`, `B1`) → the number.

use super::{Said, Wrong, figures, said};
use crate::formats::DecimalMark;

/// What a text says of storeys.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Counted {
    /// Those above ground.
    pub(crate) above: Option<f64>,
    /// Those below.
    pub(crate) below: Option<f64>,
    /// Those that its column is of.
    pub(crate) plain: Option<f64>,
}

/// Words behind a count.
const BEHIND: [&str; 5] = ["层楼", "层", "楼", "F", ""];

/// Reads a count of storeys. Ranges (`3-5`), sums (`3+1`) and words are none.
pub(crate) fn storeys(text: &str, mark: DecimalMark) -> Said<Counted> {
    let Some(plain) = said(text)? else {
        return Ok(None);
    };
    match figures(text, mark) {
        Ok(Some(read)) if BEHIND.contains(&&*read.behind) => {
            let plain = read.digits.parse().map_err(|_| Wrong::Unreadable)?;
            return Ok(Some(Counted {
                plain: Some(plain),
                ..Counted::default()
            }));
        }
        Err(Wrong::Ambiguous) => return Err(Wrong::Ambiguous),
        _ => {}
    }
    let mut counted = Counted::default();
    let mut rest = plain.as_str();
    let mut first = true;
    while !rest.is_empty() {
        let above = rest.strip_prefix("地上");
        let below = rest.strip_prefix("地下");
        let begun = above.or(below);
        let alone = rest.strip_prefix('共').or(rest.strip_prefix('总'));
        let of_ground = begun.is_some();
        // a second number must say what it counts
        if !first && !of_ground {
            return Err(Wrong::Unreadable);
        }
        let from = begun.or(alone).unwrap_or(rest);
        let (number, behind) = whole(from).ok_or(Wrong::Unreadable)?;
        let unit = BEHIND.iter().find_map(|unit| behind.strip_prefix(unit));
        rest = unit
            .unwrap_or(behind)
            .trim_start_matches([',', '、', ';', '/', '+']);
        let slot = match (above.is_some(), below.is_some()) {
            (true, _) => &mut counted.above,
            (_, true) => &mut counted.below,
            _ => &mut counted.plain,
        };
        if slot.replace(number).is_some() {
            return Err(Wrong::Unreadable);
        }
        first = false;
    }
    Ok(Some(counted))
}

/// Reads which storey it is: negative below ground.
pub(crate) fn level(text: &str, mark: DecimalMark) -> Said<f64> {
    let Some(plain) = said(text)? else {
        return Ok(None);
    };
    if let Ok(Some(read)) = figures(text, mark)
        && BEHIND.contains(&&*read.behind)
    {
        return read.digits.parse().map(Some).map_err(|_| Wrong::Unreadable);
    }
    let text = plain.trim_start_matches('第');
    let below = text
        .strip_prefix("地下")
        .or(text.strip_prefix('负'))
        .or(text.strip_prefix('B'));
    let from = below.or(text.strip_prefix("地上")).unwrap_or(text);
    let from = if from.starts_with('首') {
        from.replacen('首', "1", 1)
    } else {
        from.to_owned()
    };
    let (number, behind) = whole(&from).ok_or(Wrong::Unreadable)?;
    if !BEHIND.contains(&behind) {
        return Err(Wrong::Unreadable);
    }
    Ok(Some(if below.is_some() { -number } else { number }))
}

/// The whole number that a text begins with, in digits or in Chinese up to 99, and what follows it.
fn whole(text: &str) -> Option<(f64, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if end > 0 {
        return Some((text[..end].parse().ok()?, &text[end..]));
    }
    let digit = |c: char| "零一二三四五六七八九".chars().position(|one| one == c);
    let digit = |c: char| if c == '两' { Some(2) } else { digit(c) };
    let mut chars = text.chars();
    let first = chars.next()?;
    let (mut number, mut rest) = match (digit(first), first) {
        (Some(ones), _) => (ones, chars.as_str()),
        (None, '十') => (10, chars.as_str()),
        _ => return None,
    };
    if let Some(after) = rest
        .strip_prefix('十')
        .filter(|_| (1..10).contains(&number))
    {
        (number, rest) = (number * 10, after);
    }
    if number >= 10
        && let Some((ones, after)) = rest
            .chars()
            .next()
            .and_then(|c| Some((digit(c)?, &rest[c.len_utf8()..])))
    {
        (number, rest) = (number + ones, after);
    }
    Some((f64::from(u8::try_from(number).ok()?), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Said<(Option<f64>, Option<f64>, Option<f64>)> {
        let counted = storeys(text, DecimalMark::Unsaid)?;
        Ok(counted.map(|counted| (counted.above, counted.below, counted.plain)))
    }

    #[test]
    fn storeys_are_counted_however_they_are_written() {
        for text in [
            "3", "３", "3层", "3 层", "3F", "3f", "三层", "共3层", "3.0", "3层楼",
        ] {
            assert_eq!(count(text), Ok(Some((None, None, Some(3.0)))), "{text}");
        }
        for text in ["地上3层", "地上3", "地上三层"] {
            assert_eq!(count(text), Ok(Some((Some(3.0), None, None))), "{text}");
        }
        for text in [
            "地上3层地下1层",
            "地上3层、地下1层",
            "地上3/地下1",
            "地下1层，地上3层",
        ] {
            assert_eq!(
                count(text),
                Ok(Some((Some(3.0), Some(1.0), None))),
                "{text}"
            );
        }
        assert_eq!(count("二十一层"), Ok(Some((None, None, Some(21.0)))));
        assert_eq!(count("十二"), Ok(Some((None, None, Some(12.0)))));
    }

    #[test]
    fn what_counts_no_storeys_is_not_guessed() {
        for text in [
            "3-5层",
            "3~5",
            "3+1",
            "3/1",
            "约3层",
            "多层",
            "3层半",
            "地上",
            "3层4层",
            "地上3层地上4层",
            "3(局部4)",
            "十十",
            "B1",
        ] {
            assert_eq!(count(text), Err(Wrong::Unreadable), "{text}");
        }
        assert_eq!((count("/"), count("不详")), (Ok(None), Ok(None)));
    }

    #[test]
    fn a_storey_is_told_by_its_number() {
        let is = |text| level(text, DecimalMark::Unsaid);
        for text in ["-1", "B1", "地下1层", "地下一层", "-1F", "负一层"] {
            assert_eq!(is(text), Ok(Some(-1.0)), "{text}");
        }
        for text in ["1", "1F", "首层", "第1层", "一层", "地上1层"] {
            assert_eq!(is(text), Ok(Some(1.0)), "{text}");
        }
        for text in ["夹层", "1-3", "屋面", "阁楼"] {
            assert_eq!(is(text), Err(Wrong::Unreadable), "{text}");
        }
    }
}
