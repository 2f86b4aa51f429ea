//! A date as offices write it → the day.

use jiff::civil::Date;

/// Reads `2070-12-31`, `20701231`, `2070/12/31`, `2070.12.31`, `2070年12月31日`, with a time of day behind it or not.
/// `Ok(None)` where the text says that there is none (`长期`, `/`, a blank dBASE date).
pub(super) fn date(text: &str) -> Result<Option<Date>, ()> {
    let text = text.trim();
    let nothing = text
        .chars()
        .all(|c| matches!(c, '0' | '-' | '/' | '\\' | ' ' | ':' | '—' | '*'));
    if nothing || matches!(text, "长期" | "永久" | "无" | "无期限" | "无固定期限") {
        return Ok(None);
    }
    let numbers: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let between = |c: char| "-/.年月日 T:Z+".contains(c) || c.is_ascii_digit();
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
    Date::new(number(year)?, small(month)?, small(day)?)
        .map(Some)
        .map_err(|_| ())
}

/// The same, and a year alone, or a year and a month, for their last day: what was completed in 2012 was so at its end.
pub(super) fn date_or_year(text: &str) -> Result<Option<Date>, ()> {
    date(text).or_else(|()| {
        let text = text.trim().trim_end_matches(['年', '月']);
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
        Ok(Some(first.map_err(|_| ())?.last_of_month()))
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
        for text in ["12", "2012-13", "竣工", "2012.5.6.x"] {
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
        for text in ["长期", "/", "0000-00-00", "00000000"] {
            assert_eq!(date(text), Ok(None), "{text}");
        }
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
}
