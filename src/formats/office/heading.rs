//! The texts above a column (`税收（万元）` over `2021年度`) → what it is called, of which year, in which unit.

use super::plain::plain;
use super::units::{Unit, unit, unit_at_end};

/// The texts above a column, from the top down, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Heading {
    pub(crate) parts: Vec<String>,
}

/// What the texts above a column say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    /// What is left of each text without years, units and brackets, from the top down; nothing of a text that only orders.
    pub(crate) words: Vec<String>,
    /// The years named, rising, each once.
    pub(crate) years: Vec<i64>,
    /// The unit named last.
    pub(crate) unit: Option<Unit>,
    /// Whether it is of a part of a year, or of a year named only by another (`上年`).
    pub(crate) part_of_year: bool,
    /// Whether brackets say more, which is not understood.
    pub(crate) qualified: bool,
    /// All texts, plain.
    pub(crate) whole: String,
}

/// In brackets these say nothing that matters.
const IDLE_BRACKETS: [&str; 18] = [
    "必填",
    "选填",
    "单选",
    "全称",
    "全口径",
    "不含税",
    "入库",
    "实缴",
    "年月日",
    "年/月/日",
    "日期",
    "YYYY-MM-DD",
    "年度",
    "当年",
    "全年",
    "是/否",
    "1-12月",
    "YYYY/MM/DD",
];

/// A text that ends so only puts columns in order.
const ORDERING: [&str; 8] = [
    "情况", "信息", "指标", "数据", "概况", "内容", "资料", "要素",
];

/// A text that is only this says nothing beside what stands above it.
const IDLE: [&str; 9] = [
    "金额", "数额", "数值", "总额", "年度", "全年", "合计", "小计", "其中",
];

/// Words of a part of a year.
const PARTS: [&str; 6] = ["季度", "上半年", "下半年", "半年", "月份", "旬"];

/// Words of a year that is named only by another.
const RELATIVE: [&str; 6] = ["上年", "上一年", "去年", "同期", "上期", "前年"];

impl Heading {
    /// The texts as one name, as `--map` calls the column.
    pub(crate) fn name(&self) -> String {
        let parts = self
            .parts
            .iter()
            .map(|part| part.split_whitespace().collect::<String>());
        parts.collect::<Vec<_>>().join("/")
    }

    /// What the texts say.
    pub(crate) fn said(&self) -> Said {
        let mut said = Said::default();
        for part in &self.parts {
            said.hear(&plain(part));
        }
        said.years.sort_unstable();
        said.years.dedup();
        said
    }
}

impl Said {
    fn hear(&mut self, part: &str) {
        self.whole.push_str(part);
        // the first and the last day of a year, where a spreadsheet made a date of a year
        let part = ["-01-01", "-12-31", "年12月31日"]
            .iter()
            .find_map(|day| part.strip_suffix(day))
            .unwrap_or(part);
        let rest = self.without_brackets(part);
        let rest = rest.replace("1-12月", "").replace("12个月", "");
        let (rest, unit) = match unit_at_end(&rest) {
            Some((name, unit)) => (name.to_owned(), Some(unit)),
            None => (rest, None),
        };
        self.unit = unit.or(self.unit);
        self.part_of_year |= PARTS
            .iter()
            .chain(&RELATIVE)
            .any(|word| rest.contains(word));
        let rest = self.without_years(&rest);
        let word = without_number(&bare(&rest));
        if IDLE.contains(&&*word) || ORDERING.iter().any(|end| word.ends_with(end)) {
            return;
        }
        let word = word.trim_start_matches("本年").trim_start_matches("当年");
        if !word.is_empty() {
            self.words.push(word.to_owned());
        }
    }

    /// Takes out what stands in brackets, and hears it.
    fn without_brackets(&mut self, part: &str) -> String {
        let mut rest = String::new();
        let mut inside = String::new();
        let mut depth = 0_u32;
        for c in part.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        self.hear_brackets(&std::mem::take(&mut inside));
                    }
                }
                c if depth > 0 => inside.push(c),
                c => rest.push(c),
            }
        }
        if !inside.is_empty() {
            self.hear_brackets(&inside);
        }
        rest
    }

    fn hear_brackets(&mut self, inside: &str) {
        let inside = inside.trim_start_matches("单位").trim_start_matches(':');
        if let Some(unit) = unit(inside) {
            self.unit = Some(unit);
            return;
        }
        for piece in inside.split([',', ';', '、']) {
            let piece = piece.trim_start_matches("单位").trim_start_matches(':');
            if let Some(unit) = unit(piece) {
                self.unit = Some(unit);
                continue;
            }
            if IDLE_BRACKETS.contains(&piece) {
                continue;
            }
            let years = self.years.len();
            let rest = self.without_years(piece);
            let rest = bare(&rest);
            if rest.is_empty() && (self.years.len() > years || piece.is_empty()) {
                continue;
            }
            self.part_of_year |=
                rest.contains('月') || PARTS.iter().any(|word| rest.contains(word));
            self.qualified |= !rest.is_empty();
        }
    }

    /// Takes out the years. One that goes on with a month is a day or a part of a year.
    fn without_years(&mut self, text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        let mut rest = String::new();
        let mut at = 0;
        while let Some(&c) = chars.get(at) {
            if !c.is_ascii_digit() {
                rest.push(c);
                at += 1;
                continue;
            }
            let digits: String = chars[at..]
                .iter()
                .take_while(|c| c.is_ascii_digit())
                .collect();
            let mut end = at + digits.len();
            let sign = chars.get(end).copied();
            let year = match (digits.len(), digits.parse::<i64>()) {
                (4, Ok(year)) if (1980..2100).contains(&year) => Some(year),
                (2, Ok(year)) if sign == Some('年') && (10..60).contains(&year) => {
                    Some(2000 + year)
                }
                _ => None,
            };
            let Some(year) = year else {
                rest.push_str(&digits);
                at = end;
                continue;
            };
            for word in ['年', '度', '末'] {
                end += usize::from(chars.get(end) == Some(&word));
            }
            if sign == Some('年') && digit(end) || matches!(sign, Some('.' | '-')) && digit(end + 1)
            {
                let more: String = chars[end..].iter().collect();
                let more = more.trim_start_matches(['.', '-']);
                let years = more.chars().take_while(char::is_ascii_digit).count() == 4;
                self.part_of_year |= !years;
            }
            self.years.push(year);
            at = end;
        }
        rest
    }
}

/// Without the signs between words.
pub(crate) fn bare(text: &str) -> String {
    let sign = |c: &char| {
        !matches!(
            c,
            '/' | '\\'
                | '-'
                | '_'
                | '·'
                | ':'
                | '、'
                | ','
                | ';'
                | '.'
                | '。'
                | '#'
                | '*'
                | '?'
                | '('
                | ')'
                | '|'
                | '~'
                | '%'
                | '&'
        )
    };
    text.chars().filter(sign).collect()
}

/// Without the number that an enumeration begins with.
fn without_number(text: &str) -> String {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '①'..='⑳');
    let rest = text.trim_start_matches(number);
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Exact;

    fn said(parts: &[&str]) -> Said {
        let parts = parts.iter().map(|&part| part.to_owned()).collect();
        Heading { parts }.said()
    }

    #[test]
    fn a_heading_is_its_words_its_year_and_its_unit() {
        let wan = Some(Unit::Money(Exact::ONE));
        for parts in [
            &["税收（万元）", "2021年"][..],
            &["2021年度", "税收\n(单位：万元)"],
            &["经济指标", "２０２１年税收（万元）"],
            &["税收（2021年，万元）"],
            &["税收_2021/万元"],
            &["3.税收（万元）*", "2021-01-01"],
            &["税收（万元）", "21年", "金额"],
            &["2021年1-12月税收万元"],
        ] {
            let said = said(parts);
            assert_eq!(said.words, ["税收"], "{parts:?}");
            assert_eq!(
                (&said.years[..], said.unit),
                (&[2021][..], wan),
                "{parts:?}"
            );
            assert!(!said.part_of_year && !said.qualified, "{parts:?}");
        }
    }

    #[test]
    fn a_part_of_a_year_is_no_year() {
        for text in [
            "2021年1-6月税收",
            "2021年一季度税收",
            "上年税收",
            "2021年上半年税收",
            "税收(2021年1-6月)",
            "2021.6税收",
        ] {
            assert!(said(&[text]).part_of_year, "{text}");
        }
        assert_eq!(said(&["2020-2021年税收"]).years, [2020, 2021]);
    }

    #[test]
    fn what_brackets_add_is_not_passed_over() {
        assert!(said(&["税收（地方部分）"]).qualified);
        assert!(!said(&["实际动工时间（年月日）"]).qualified);
        assert_eq!(said(&["规上/规下"]).words, ["规上规下"]);
        assert_eq!(said(&["tax_wan.2021"]).words, ["TAXWAN"]);
        assert_eq!(said(&["tax_wan.2021"]).years, [2021]);
    }
}
