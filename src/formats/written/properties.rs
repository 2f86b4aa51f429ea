//! Whatever is written is read as what was meant, or not at all.

use jiff::civil::Date;
use proptest::prelude::*;

use super::{Evidence, Wrong, date, day, figures, level, storeys};
use crate::formats::DecimalMark;

/// Ways to write a number: what stands between thousands, and before decimals.
const STYLES: [(&str, &str); 7] = [
    ("", "."),
    ("", ","),
    (",", "."),
    (".", ","),
    (" ", "."),
    (" ", ","),
    ("'", "."),
];

/// A number as somebody writes it.
fn write((between, before): (&str, &str), whole: u64, decimals: &str) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        let left = digits.len() - at;
        if at > 0 && left.is_multiple_of(3) {
            text.push_str(between);
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push_str(before);
        text.push_str(decimals);
    }
    text
}

fn read(text: &str, mark: DecimalMark) -> Result<Option<f64>, Wrong> {
    let read = figures(text, mark)?;
    Ok(read.map(|read| read.digits.parse().unwrap()))
}

proptest! {
    #[test]
    fn a_number_is_read_as_it_was_meant_or_not_at_all(
        style in 0..STYLES.len(),
        column in prop::collection::vec((0_u64..2_000_000, "[0-9]{0,4}"), 1..6),
        wide in any::<bool>(),
    ) {
        let style = STYLES[style];
        let mut evidence = Evidence::default();
        let texts: Vec<String> = column
            .iter()
            .map(|(whole, decimals)| {
                let text = write(style, *whole, decimals);
                if wide { text.replace(',', "，").replace('.', "．") } else { text }
            })
            .collect();
        for text in &texts {
            evidence.see(text);
        }
        let mark = evidence.mark();
        for ((whole, decimals), text) in column.iter().zip(&texts) {
            let meant: f64 = format!("{whole}.{decimals}0").parse().unwrap();
            match read(text, mark) {
                Ok(number) => {
                    // a point alone stands before decimals where nothing shows another use of it
                    let by_custom = mark == DecimalMark::Unsaid && style.0 == ".";
                    prop_assert!(number == Some(meant) || by_custom, "{text} in {texts:?}: {number:?}");
                }
                Err(wrong) => prop_assert_eq!(wrong, Wrong::Ambiguous, "{} in {:?}", text, texts),
            }
        }
    }

    #[test]
    fn a_day_is_the_same_however_it_is_written(
        year in 1949_i16..2199, month in 1_i8..=12, of_month in 1_i8..=28, way in 0..6
    ) {
        let meant = Date::new(year, month, of_month).unwrap();
        prop_assume!(meant != jiff::civil::date(1970, 1, 1));
        let text = match way {
            0 => meant.to_string(),
            1 => format!("{year}{month:02}{of_month:02}"),
            2 => format!("{year}/{month}/{of_month}"),
            3 => format!("{year}年{month}月{of_month}日"),
            4 => format!("{year}.{month:02}.{of_month:02}"),
            _ => format!("{meant} 00:00:00"),
        };
        prop_assert_eq!(date(&text), Ok(Some(meant)));
        prop_assert_eq!(day(&text, false), Ok(Some(meant)));
    }

    #[test]
    fn what_means_nothing_is_never_a_number_or_a_day(text in "[^0-9一二三四五六七八九十两零首０-９]{0,12}") {
        prop_assert!(read(&text, DecimalMark::Unsaid).is_ok_and(|number| number.is_none())
            || read(&text, DecimalMark::Unsaid).is_err());
        prop_assert!(!matches!(day(&text, false), Ok(Some(_))));
        prop_assert!(!matches!(storeys(&text, DecimalMark::Unsaid), Ok(Some(counted)) if counted.plain.is_some()));
        prop_assert!(!matches!(level(&text, DecimalMark::Unsaid), Ok(Some(_))));
    }

    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,24}") {
        let _ = (figures(&text, DecimalMark::Both), day(&text, true), date(&text));
        let _ = (storeys(&text, DecimalMark::Comma), level(&text, DecimalMark::Point));
    }

    #[test]
    fn storeys_are_their_number(count in 1_u32..99, way in 0..5) {
        let text = match way {
            0 => format!("{count}"),
            1 => format!("{count}层"),
            2 => format!("地上{count}层"),
            3 => format!("{count}F"),
            _ => format!("共{count}层"),
        };
        let counted = storeys(&text, DecimalMark::Unsaid).unwrap().unwrap();
        prop_assert_eq!(counted.above.or(counted.plain), Some(f64::from(count)));
    }
}
