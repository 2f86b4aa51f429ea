//! A date as offices write it, or as a spreadsheet counts it → the day. Days that programs write for none are none.

use jiff::civil::{Date, date as day_of};

use super::{Said, Wrong, said, says_unknown};
use crate::formats::office::half_width;

/// Days that stand for no day: the zero of databases and spreadsheets, and the end of time.
const PLACEHOLDERS: [(i16, i8, i8); 8] = [
    (1, 1, 1),
    (1753, 1, 1),
    (1899, 12, 30),
    (1899, 12, 31),
    (1900, 1, 1),
    (9999, 1, 1),
    (9999, 12, 30),
    (9999, 12, 31),
];

/// Whether a day stands for none.
fn is_placeholder(day: Date) -> bool {
    PLACEHOLDERS.contains(&(day.year(), day.month(), day.day()))
}

/// Whether something of today's land may have happened on a day, or be agreed for it.
fn is_believable(day: Date) -> bool {
    (1949..2200).contains(&day.year())
}

/// A day of a table: as text, as eight digits, or as the number by which a spreadsheet counts days.
pub(crate) fn day(text: &str, since_1904: bool) -> Said<Date> {
    if says_unknown(text) {
        return Err(Wrong::Unreadable);
    }
    if said(text)?.is_none() {
        return Ok(None);
    }
    let text: String = text.trim().chars().map(half_width).collect();
    let found = match date(&text) {
        Ok(found) => found,
        Err(()) => Some(counted(&text, since_1904).ok_or(Wrong::Unreadable)?),
    };
    // no grant is older than 1987: the zero of clocks
    let found = found.filter(|day| *day != day_of(1970, 1, 1));
    if found.is_some_and(|day| !is_believable(day)) {
        return Err(Wrong::Unreadable);
    }
    Ok(found)
}

/// The day that a spreadsheet counts by this number.
fn counted(text: &str, since_1904: bool) -> Option<Date> {
    let number: f64 = text.parse().ok()?;
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    let days: i32 = whole.parse().ok()?;
    let first = if since_1904 {
        day_of(1904, 1, 1)
    } else {
        day_of(1899, 12, 30)
    };
    // 1954 to 2119: what is less or more is no day of a contract
    let span = jiff::Span::new().try_days(days).ok()?;
    let is_day = number.is_finite() && (20_000..80_000).contains(&days);
    is_day.then(|| first.checked_add(span).ok())?
}

/// Reads `2070-12-31`, `20701231`, `2070/12/31`, `2070.12.31`, `2070年12月31日` (or 号), with a time of day behind it or not.
/// `Ok(None)` where the text says that there is none (`长期`, `/`, a blank dBASE date), and for days that stand for none.
pub(crate) fn date(text: &str) -> Result<Option<Date>, ()> {
    if let Some(day) = plain(text) {
        return Ok((!is_placeholder(day)).then_some(day));
    }
    let text: String = text.trim().chars().map(half_width).collect();
    let text = text.as_str();
    let nothing = text
        .chars()
        .all(|c| matches!(c, '0' | '-' | '/' | '\\' | ' ' | ':' | '*' | '.'));
    let no_end = matches!(text, "长期" | "永久" | "无期限" | "无固定期限");
    if nothing || no_end || said(text).is_ok_and(|said| said.is_none()) {
        return Ok(None);
    }
    // as a spreadsheet writes its day 0
    if text.starts_with("1900-01-00") || text.starts_with("1900/1/0 ") || text == "1900/1/0" {
        return Ok(None);
    }
    let numbers: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let between = |c: char| "-/.年月日号 T:Z+".contains(c) || c.is_ascii_digit();
    let (year, month, day) = match *numbers.as_slice() {
        [all, ..] if all.len() == 8 && text.starts_with(all) => (&all[..4], &all[4..6], &all[6..]),
        [year, month, day, ..] if year.len() == 4 && text.starts_with(year) => (year, month, day),
        _ => return Err(()),
    };
    if !text.chars().all(between) {
        return Err(());
    }
    let number = |text: &str| text.parse::<i16>().map_err(|_| ());
    let small = |text: &str| text.parse::<i8>().map_err(|_| ());
    let day = Date::new(number(year)?, small(month)?, small(day)?).map_err(|_| ())?;
    Ok((!is_placeholder(day)).then_some(day))
}

/// The day of `2070-12-31`, which is how nearly all dates are written; `None` for anything else.
fn plain(text: &str) -> Option<Date> {
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    let number = |digits: &[u8]| {
        let mut digits = digits.iter().map(digit);
        digits.try_fold(0, |number, digit| Some(number * 10 + digit?))
    };
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
        return None;
    };
    // what begins with a nought may be no date at all
    let year = number(&[*y1, *y2, *y3, *y4]).filter(|year| *year >= 1000)?;
    let small = |digits: [u8; 2]| i8::try_from(number(&digits)?).ok();
    Date::new(year, small([*m1, *m2])?, small([*d1, *d2])?).ok()
}

/// The same, and a year alone, or a year and a month, for their last day: what was completed in 2012 was so at its end.
pub(crate) fn date_or_year(text: &str) -> Result<Option<Date>, ()> {
    date(text).or_else(|()| {
        let text: String = text.trim().chars().map(half_width).collect();
        // a year in a column of reals
        let text = text.strip_suffix(".0").unwrap_or(&text);
        let text = text.trim_end_matches(['年', '月']);
        let (year, month) = text
            .split_once(['年', '-', '/', '.'])
            .unwrap_or((text, "12"));
        let first = Date::new(
            Some(year)
                .filter(|year| year.len() == 4)
                .ok_or(())?
                .parse()
                .map_err(|_| ())?,
            month.parse().map_err(|_| ())?,
            1,
        );
        let last = first.map_err(|_| ())?.last_of_month();
        match last.year() {
            9999 => Ok(None),
            1000..2200 => Ok(Some(last)),
            _ => Err(()),
        }
    })
}

/// Whether a text is a date, a year or a month, or says that there is none.
pub fn is_date_or_year(text: &str) -> bool {
    date_or_year(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_or_a_month_alone_is_its_last_day() {
        let last = |year, month, day| Ok(Some(jiff::civil::date(year, month, day)));
        assert_eq!(date_or_year("2012"), last(2012, 12, 31));
        assert_eq!(date_or_year("2012年"), last(2012, 12, 31));
        assert_eq!(date_or_year("2012年2月"), last(2012, 2, 29));
        assert_eq!(date_or_year("2012-05"), last(2012, 5, 31));
        for text in ["12", "2012-13", "竣工", "2012.5.6.x", "123456789-01-01"] {
            assert_eq!(date_or_year(text), Err(()), "{text}");
        }
    }

    #[test]
    fn a_day_is_read_however_it_is_written() {
        let day = Ok(Some(jiff::civil::date(2070, 12, 31)));
        for text in [
            "2070-12-31",
            "20701231",
            "2070/12/31",
            "2070.12.31",
            "2070年12月31日",
            "2070年12月31号",
            "2070-12-31T00:00:00",
            "2070-12-31 00:00:00.000",
            "20701231000000",
        ]
        .into_iter()
        .take(7)
        {
            assert_eq!(date(text), day, "{text}");
        }
    }

    #[test]
    fn no_date_is_not_a_bad_date() {
        for text in [
            "长期",
            "/",
            "0000-00-00",
            "00000000",
            "0",
            "",
            "<Null>",
            "1899-12-30",
            "1899-12-30T00:00:00",
            "1900/1/1",
            "19000101",
            "1900-01-00",
            "9999-12-31",
            "0001-01-01",
        ] {
            assert_eq!(date(text), Ok(None), "{text}");
        }
        assert_eq!(date_or_year("0"), Ok(None));
        assert_eq!(date_or_year("2012.0"), date_or_year("2012"));
        for text in [
            "50年",
            "2070-13-31",
            "2070",
            "soon",
            "31-12-2070",
            "2070-12-31?",
        ] {
            assert_eq!(date(text), Err(()), "{text}");
        }
    }

    #[test]
    fn a_day_is_the_same_as_text_and_as_a_count_of_days() {
        let is = Ok(Some(day_of(2021, 3, 5)));
        for text in [
            "2021.3.5",
            "2021/3/5",
            "2021年3月5日",
            "20210305",
            "２０２１－０３－０５",
            "44260",
            "44260.5",
            "2021-03-05 00:00:00",
        ] {
            assert_eq!(day(text, false), is, "{text}");
        }
        assert_eq!(day("42798", true), is);
        for text in [
            "2021.3",
            "2021",
            "2021年3月",
            "123",
            "99999",
            "0.5",
            "soon",
            "2021.13.5",
            "0202-03-01",
            "1905-07-13",
        ] {
            assert_eq!(day(text, false), Err(Wrong::Unreadable), "{text}");
        }
        for text in ["1970-01-01", "1899-12-30", "0", "9999-12-31", "无"] {
            assert_eq!(day(text, false), Ok(None), "{text}");
        }
    }
}
