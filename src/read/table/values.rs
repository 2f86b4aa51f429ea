//! The text of a cell as offices write it → the day, word or truth that it stands for, or what is wrong with it.

use jiff::civil::Date;

use crate::formats::office::plain;
use crate::formats::written::{Said, Wrong, day, said};
use crate::quantity::Exact;
use crate::read::limit_text;
use crate::text::{is_hedged, says};

/// Beginnings of what says that a day is not known, and not that it has not come.
const UNTOLD: [&str; 15] = [
    "未知",
    "未明",
    "未定",
    "未确",
    "未提供",
    "未填",
    "未报",
    "未核",
    "未查",
    "未详",
    "未录",
    "未登记",
    "没有资料",
    "没有数据",
    "没有记录",
];

/// A day, or that it has not come: blank, `未动工`, `在建`.
pub(in crate::read) fn day_or_no(
    text: Option<&str>,
    since_1904: bool,
) -> Result<Option<Date>, Wrong> {
    let Some(text) = text else {
        return Ok(None);
    };
    day(text, since_1904).or_else(|wrong| {
        let text = plain(text);
        let not_come =
            text.starts_with(['未', '否']) || text.starts_with("尚未") || text.starts_with("没有");
        // 未知 is not 未动工, and a day behind 未按期 has come
        let is_untold = UNTOLD.iter().any(|word| text.starts_with(word))
            || text.contains(|c: char| c.is_ascii_digit());
        let going_on = matches!(&*text, "在建" | "正常" | "建设中" | "NO" | "FALSE");
        if not_come && !is_untold || going_on {
            Ok(None)
        } else {
            Err(wrong)
        }
    })
}

/// Yes or no.
pub(in crate::read) fn truth(text: &str) -> Said<bool> {
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
pub(in crate::read) fn class(text: &str) -> Said<&'static str> {
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
        return if closed && !is_hedged(rest) {
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
pub(in crate::read) fn cause(text: &str) -> Said<&'static str> {
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
    let holds = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let mut named = kinds.iter().filter(|(_, words)| holds(words));
    match (named.next(), named.next()) {
        (Some((cause, words)), None) if words.iter().any(|word| says(&text, word)) => {
            Ok(Some(*cause))
        }
        _ => Err(Wrong::Unreadable),
    }
}

/// The lower bound of the text of a plot ratio; a number alone is one.
pub(in crate::read) fn least_plot_ratio(text: &str) -> Said<Exact> {
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
pub(in crate::read) fn words(text: &str) -> Said<&str> {
    Ok(said(text)?.map(|_| text.trim()))
}

/// A code by which something is known, half-width, in capitals and without blanks.
pub(in crate::read) fn code(text: &str) -> Said<String> {
    let Some(text) = said(text)? else {
        return Ok(None);
    };
    if has_lost_digits(&text) {
        return Err(Wrong::LostDigits);
    }
    Ok(Some(text))
}

/// Whether a code is a number with an exponent: `3.31002E+17`. One of an industry or a contract is none.
pub(in crate::read) fn has_lost_digits(text: &str) -> bool {
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

    fn exactly(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn a_day_that_has_not_come_is_told_from_one_that_cannot_be_read() {
        assert_eq!(day_or_no(Some("未动工"), false), Ok(None));
        assert_eq!(day_or_no(Some("1900-01-01"), false), Ok(None));
        for text in [
            "下月",
            "未知",
            "未确定",
            "未提供",
            "没有资料",
            "未按期，2021年3月5日开工",
        ] {
            assert_eq!(
                day_or_no(Some(text), false),
                Err(Wrong::Unreadable),
                "{text}"
            );
        }
        assert_eq!(day_or_no(Some("没有动工"), false), Ok(None));
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
        for (text, is) in [
            ("政府未按期交地", "government"),
            ("企业资金不到位", "enterprise"),
            ("不可抗力", "force_majeure"),
            ("因不可抗力无法开工", "force_majeure"),
        ] {
            assert_eq!(cause(text), Ok(Some(is)), "{text}");
        }
        for text in ["A类（拟降）", "B（暂定）"] {
            assert_eq!(class(text), Err(Wrong::Unreadable), "{text}");
        }
        for text in [
            "非不可抗力",
            "无政府原因",
            "非因不可抗力",
            "与企业无关",
            "不属于政府原因",
            "没有不可抗力",
            "政府原因除外",
            "非政府原因",
            "政府与企业原因",
            "资金",
        ] {
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
            assert_eq!(least_plot_ratio(text), Ok(Some(exactly(least))), "{text}");
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
