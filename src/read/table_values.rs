//! The text of a cell as offices write it → the number, day, word or truth that it stands for, or what is wrong with it.

use jiff::civil::{Date, date as day_of};

use super::dates::date;
use super::limit_text;
use super::office::{Unit, half_width, number_text, plain, unit};
use crate::quantity::Exact;

/// What is wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wrong {
    /// A formula that failed.
    ErrorCell,
    /// It is none of what it should be.
    Unreadable,
    /// A spreadsheet made a number of it, and kept only its first digits.
    LostDigits,
}

/// What a cell says; `None` where it says nothing.
pub(super) type Said<T> = Result<Option<T>, Wrong>;

/// Errors of formulas, as a spreadsheet shows them.
const ERRORS: [&str; 10] = [
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#DATA!", "#SPILL!",
    "#CALC!",
];

/// Words for nothing.
const NOTHING: [&str; 12] = [
    "无",
    "暂无",
    "空",
    "不详",
    "未知",
    "待定",
    "待核实",
    "NULL",
    "NONE",
    "NIL",
    "N/A",
    "NA",
];

/// The text of a cell, plain; `None` where it says nothing.
fn said(text: &str) -> Said<String> {
    let text = plain(text);
    if ERRORS.contains(&&*text) {
        return Err(Wrong::ErrorCell);
    }
    let stroke = |c: char| matches!(c, '-' | '/' | '\\' | '*' | '_' | '.' | '、' | '…');
    let nothing = text.chars().all(stroke) || NOTHING.contains(&&*text);
    Ok((!nothing).then_some(text))
}

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

/// A day: as text, as eight digits, or as the number by which a spreadsheet counts days.
pub(super) fn day(text: &str, since_1904: bool) -> Said<Date> {
    if said(text)?.is_none() {
        return Ok(None);
    }
    let text: String = text.trim().chars().map(half_width).collect();
    if let Ok(day) = date(&text) {
        return Ok(day);
    }
    let whole = text.split_once('.').map_or(&*text, |(whole, _)| whole);
    let is_number = text.parse::<f64>().is_ok();
    // 1954 to 2119: what is less or more is no day of a contract
    match whole.parse::<i32>() {
        Ok(serial) if is_number && (20_000..80_000).contains(&serial) => {
            let first = if since_1904 {
                day_of(1904, 1, 1)
            } else {
                day_of(1899, 12, 30)
            };
            let days = jiff::Span::new()
                .try_days(serial)
                .map_err(|_| Wrong::Unreadable)?;
            first
                .checked_add(days)
                .map(Some)
                .map_err(|_| Wrong::Unreadable)
        }
        _ => Err(Wrong::Unreadable),
    }
}

/// A day, or that it has not come: blank, `未动工`, `在建`.
pub(super) fn day_or_no(text: Option<&str>, since_1904: bool) -> Result<Option<Date>, Wrong> {
    let Some(text) = text else {
        return Ok(None);
    };
    day(text, since_1904).or_else(|wrong| {
        let text = plain(text);
        let not_come =
            text.starts_with(['未', '否']) || text.starts_with("尚未") || text.starts_with("没有");
        let going_on = matches!(&*text, "在建" | "正常" | "建设中" | "NO" | "FALSE");
        if not_come || going_on {
            Ok(None)
        } else {
            Err(wrong)
        }
    })
}

/// Yes or no.
pub(super) fn truth(text: &str) -> Said<bool> {
    // 无 is an answer here
    if matches!(&*plain(text), "无" | "N" | "NO") {
        return Ok(Some(false));
    }
    let Some(text) = said(text)? else {
        return Ok(None);
    };
    Ok(Some(match &*text {
        "是" | "1" | "Y" | "YES" | "TRUE" | "T" | "√" | "✓" | "有" | "属于" | "规上"
        | "规上企业" | "规上工业" | "规模以上" | "规模以上企业" | "上市" | "已上市"
        | "上市企业" | "上市公司" | "标准地" | "龙头" | "龙头企业" | "骨干企业"
        | "龙头骨干企业" | "四无" | "四无企业" => true,
        "否" | "0" | "FALSE" | "F" | "×" | "X" | "✗" | "不是" | "不属于" | "规下" | "规下企业"
        | "规下工业" | "非规上" | "规模以下" | "规模以下企业" | "未上市" | "非上市"
        | "非标准地" => false,
        _ => return Err(Wrong::Unreadable),
    }))
}

/// 亩均评价 as one of the words of the fact.
pub(super) fn class(text: &str) -> Said<&'static str> {
    let Some(text) = said(text)? else {
        return Ok(None);
    };
    let letter = ["A", "B", "C", "D"]
        .into_iter()
        .find(|class| text.starts_with(class));
    if let Some(class) = letter {
        let rest = text[1..].trim_start_matches(['+', '-']);
        let rest = rest
            .trim_start_matches(['类', '级', '档', '等'])
            .trim_start_matches("企业");
        let closed = rest.is_empty() || rest.starts_with('(');
        return if closed {
            Ok(Some(class))
        } else {
            Err(Wrong::Unreadable)
        };
    }
    let denied = ["未", "不", "暂"].iter().any(|word| text.contains(word));
    let rated = ["参评", "评价", "参与"]
        .iter()
        .any(|word| text.contains(word));
    if denied && rated || matches!(&*text, "新企业" | "UNRATED") {
        return Ok(Some("unrated"));
    }
    Err(Wrong::Unreadable)
}

/// 闲置原因 as one of the words of the fact; `None` where it says that it is not known.
pub(super) fn cause(text: &str) -> Said<&'static str> {
    let Some(text) = said(text)? else {
        return Ok(None);
    };
    if text.contains("不明") || text == "UNKNOWN" {
        return Ok(None);
    }
    let kinds: [(&str, &[&str]); 3] = [
        ("government", &["政府", "GOVERNMENT"]),
        ("enterprise", &["企业", "受让人", "用地单位", "ENTERPRISE"]),
        (
            "force_majeure",
            &["不可抗力", "自然灾害", "FORCE_MAJEURE", "FORCEMAJEURE"],
        ),
    ];
    let named = kinds
        .iter()
        .filter(|(_, words)| words.iter().any(|word| text.contains(word)));
    let named: Vec<_> = named.map(|(cause, _)| *cause).collect();
    let denied = ["非政府", "非企业", "不是", "不属", "无关", "非因"]
        .iter()
        .any(|word| text.contains(word));
    match named[..] {
        [cause] if !denied => Ok(Some(cause)),
        _ => Err(Wrong::Unreadable),
    }
}

/// The lower bound of the text of a plot ratio; a number alone is one.
pub(super) fn least_plot_ratio(text: &str) -> Said<Exact> {
    let Some(text) = said(text)? else {
        return Ok(None);
    };
    let limit =
        limit_text::parse(&text, &["容积率", "FAR"], &[]).map_err(|()| Wrong::Unreadable)?;
    let Some(limit) = limit else {
        return Ok(None);
    };
    if limit.numbers().any(|number| number.percent) {
        return Err(Wrong::Unreadable);
    }
    let least = limit.min.or(limit.bare);
    Ok(least.map(|number| number.value.into()))
}

/// Text as it is; a word for nothing is none.
pub(super) fn words(text: &str) -> Said<&str> {
    Ok(said(text)?.map(|_| text.trim()))
}

/// A code by which something is known, half-width, in capitals and without blanks.
pub(super) fn code(text: &str) -> Said<String> {
    let Some(text) = said(text)? else {
        return Ok(None);
    };
    if has_lost_digits(&text) {
        return Err(Wrong::LostDigits);
    }
    Ok(Some(text))
}

/// Whether a code is a number with an exponent: `3.31002E+17`. One of an industry or a contract is none.
pub(super) fn has_lost_digits(text: &str) -> bool {
    let text = plain(text);
    let Some((digits, exponent)) = text.split_once('E') else {
        return false;
    };
    let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    is_number(whole)
        && whole.len() == 1
        && is_number(part)
        && is_number(exponent)
        && exponent.len() == 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exactly(text: &str) -> Said<Exact> {
        Ok(Some(Exact::parse(text).unwrap()))
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
            assert_eq!(number(text, wan), exactly(expected), "{text}");
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
        assert_eq!(number("15", mu), exactly("10000"));
        assert_eq!(number("10000㎡", mu), exactly("10000"));
        assert_eq!(number("1公顷", mu), exactly("10000"));
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
        ] {
            assert_eq!(day(text, false), Err(Wrong::Unreadable), "{text}");
        }
        assert_eq!(day_or_no(Some("未动工"), false), Ok(None));
        assert_eq!(day_or_no(Some("下月"), false), Err(Wrong::Unreadable));
    }

    #[test]
    fn words_are_understood_or_refused_and_never_guessed() {
        for (text, is) in [
            ("Ａ", "A"),
            ("A类", "A"),
            ("A+", "A"),
            ("b级企业", "B"),
            ("C（监管调控类）", "C"),
            ("未参评", "unrated"),
            ("不参与评价", "unrated"),
        ] {
            assert_eq!(class(text), Ok(Some(is)), "{text}");
        }
        for text in ["AB", "优秀", "1", "Best", "E", "参评"] {
            assert_eq!(class(text), Err(Wrong::Unreadable), "{text}");
        }
        assert_eq!(
            (truth("是"), truth("无"), truth("/")),
            (Ok(Some(true)), Ok(Some(false)), Ok(None))
        );
        assert_eq!(truth("大型"), Err(Wrong::Unreadable));
        assert_eq!(cause("因政府规划调整"), Ok(Some("government")));
        assert_eq!(cause("企业自身原因"), Ok(Some("enterprise")));
        assert_eq!(cause("不明"), Ok(None));
        for text in ["非政府原因", "政府与企业原因", "资金"] {
            assert_eq!(cause(text), Err(Wrong::Unreadable), "{text}");
        }
    }

    #[test]
    fn a_plot_ratio_agreed_is_its_lower_bound() {
        for (text, least) in [
            ("≥1.2", "1.2"),
            ("1.0-2.0", "1"),
            ("1.2", "1.2"),
            ("１．２以上", "1.2"),
        ] {
            assert_eq!(least_plot_ratio(text), exactly(least), "{text}");
        }
        assert_eq!(
            (least_plot_ratio("≤2.0"), least_plot_ratio("不限")),
            (Ok(None), Ok(None))
        );
        assert_eq!(least_plot_ratio("120%"), Err(Wrong::Unreadable));
    }

    #[test]
    fn a_code_that_became_a_number_has_lost_digits() {
        assert_eq!(code("3.31002E+17"), Err(Wrong::LostDigits));
        assert_eq!(code("3.31002e17"), Err(Wrong::LostDigits));
        assert_eq!(
            code("９１３３１０００ma2aaaaa1x "),
            Ok(Some("91331000MA2AAAAA1X".into()))
        );
        for text in ["331002GB00001", "3E17", "C3311", "12E+5"] {
            assert!(!has_lost_digits(text) || text == "3E17", "{text}");
        }
    }
}
