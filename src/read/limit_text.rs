//! The text of a limit as a plan writes it (`≥2.0`, `1.0＜FAR≤2.5`, `30%以上`) → the bounds that it sets, digit for digit.

use super::limit_words::{LimitRelation, Token, WORDS};
use crate::quantity::Decimal;

/// A number in the text of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// As it is written: `30%` is 30.
    pub(super) value: Decimal,
    /// Whether `%` or `％` follows it.
    pub(super) percent: bool,
    /// Whether the bound leaves out the number itself.
    pub(super) strict: bool,
}

/// What the text of a limit says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// A lower bound.
    pub(super) min: Option<Number>,
    /// An upper bound.
    pub(super) max: Option<Number>,
    /// A number alone: which bound it is depends on its column.
    pub(super) bare: Option<Number>,
}

impl Said {
    /// Every number in it.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Number> {
        [self.min, self.max, self.bare].into_iter().flatten()
    }

    /// Both, where they say different things.
    fn and(self, more: Self) -> Option<Self> {
        let clash = self.min.and(more.min).or(self.max.and(more.max));
        let bare = self.bare.is_some() || more.bare.is_some();
        (clash.is_none() && !bare).then(|| Self {
            min: self.min.or(more.min),
            max: self.max.or(more.max),
            bare: None,
        })
    }
}

/// Understands the text of a limit of a quantity that goes by `names` and may have one of `units` behind its numbers.
///
/// `Ok(None)` where it says that there is none; `Err` where it is not understood.
pub(super) fn parse(text: &str, names: &[&str], units: &[&str]) -> Result<Option<Said>, ()> {
    let text: String = text
        .chars()
        .map(plain)
        .flat_map(char::to_uppercase)
        .collect();
    let text = text.trim();
    if says_nothing(text) {
        return Ok(None);
    }
    let tokens = tokens(text, names, units)?;
    let mut all: Option<Said> = None;
    for condition in tokens.split(|token| *token == Token::And) {
        let more = condition_of(condition).ok_or(())?;
        all = Some(match all {
            None => more,
            Some(said) => said.and(more).ok_or(())?,
        });
    }
    all.map(Some).ok_or(())
}

/// Full-width characters as plain ones.
fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    }
}

fn says_nothing(text: &str) -> bool {
    let marks = |c: char| matches!(c, '/' | '\\' | '-' | '—' | '–' | '−' | '*' | '_');
    text.chars().all(marks)
        || matches!(
            text,
            "无" | "暂无" | "不限" | "不控制" | "无要求" | "NULL" | "NONE" | "N/A" | "-9999"
        )
}

fn tokens(text: &str, names: &[&str], units: &[&str]) -> Result<Vec<Token>, ()> {
    let (mut rest, mut tokens) = (text, Vec::new());
    while !rest.is_empty() {
        let word = WORDS.iter().find(|(word, _)| rest.starts_with(word));
        let name = names.iter().find(|name| rest.starts_with(**name));
        if let Some((number, after)) = number(rest) {
            let unit = units.iter().find_map(|unit| after.strip_prefix(*unit));
            rest = unit.unwrap_or(after).trim_start();
            tokens.push(Token::Number(number));
        } else if let Some((word, token)) = word {
            rest = rest[word.len()..].trim_start();
            tokens.push(*token);
        } else if let Some(name) = name {
            rest = rest[name.len()..].trim_start();
            tokens.push(Token::Name);
        } else {
            return Err(());
        }
    }
    Ok(tokens)
}

/// The number that a text begins with, and what follows it. More than nine decimals are rounded: binary noise.
fn number(text: &str) -> Option<(Number, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || whole.len() > 9 || decimals.contains('.') {
        return None;
    }
    let value = if decimals.len() > 9 {
        let rounded = Decimal::round(digits.parse().ok()?, 9)?;
        let zeros = (0..9).take_while(|&zeros| rounded.units() % 10_i64.pow(zeros + 1) == 0);
        let zeros = u8::try_from(zeros.count()).ok()?;
        Decimal::new(rounded.units() / 10_i64.pow(zeros.into()), 9 - zeros)
    } else {
        let units = format!("{whole}{decimals}").parse().ok()?;
        Decimal::new(units, u8::try_from(decimals.len()).ok()?)
    };
    let rest = rest.trim_start();
    let after = rest.strip_prefix('%').map(str::trim_start);
    let number = Number {
        value,
        percent: after.is_some(),
        strict: false,
    };
    Some((number, after.unwrap_or(rest)))
}

/// What one condition says.
fn condition_of(tokens: &[Token]) -> Option<Said> {
    use Token::{Behind, Dash, Name, Number as Of, Relation as Is};
    let bound = |number: Number, relation: LimitRelation| {
        let number = Some(Number {
            strict: relation.strict,
            ..number
        });
        let (min, max) = if relation.lower {
            (number, None)
        } else {
            (None, number)
        };
        Said {
            min,
            max,
            bare: None,
        }
    };
    // seen from the other side of the name
    let turned = |relation: LimitRelation| LimitRelation {
        lower: !relation.lower,
        ..relation
    };
    match *tokens {
        [Of(number)] | [Name, Of(number)] => Some(Said {
            bare: Some(number),
            ..Said::default()
        }),
        [Is(is), Of(number)]
        | [Name, Is(is), Of(number)]
        | [Of(number), Behind(is)]
        | [Name, Of(number), Behind(is)] => Some(bound(number, is)),
        [Of(number), Is(is), Name] => Some(bound(number, turned(is))),
        [Of(low), Dash, Of(high)] | [Name, Of(low), Dash, Of(high)] => {
            // 30-40%
            let percent = low.percent || high.percent;
            let low = (!low.percent || high.percent).then_some(Number { percent, ..low })?;
            Some(Said {
                min: Some(low),
                max: Some(high),
                bare: None,
            })
        }
        [Of(first), Is(left), Name, Is(right), Of(second)] => {
            bound(first, turned(left)).and(bound(second, right))
        }
        [Is(left), Of(first), Is(right), Of(second)] => {
            bound(first, left).and(bound(second, right))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(units: i64, places: u8) -> Number {
        Number {
            value: Decimal::new(units, places),
            percent: false,
            strict: false,
        }
    }

    fn strict(number: Number) -> Number {
        Number {
            strict: true,
            ..number
        }
    }

    fn percent(units: i64) -> Number {
        Number {
            percent: true,
            ..number(units, 0)
        }
    }

    fn said(text: &str) -> (Option<Number>, Option<Number>, Option<Number>) {
        let said = parse(text, &["容积率", "FAR"], &["米", "M"])
            .unwrap_or_else(|()| panic!("{text}"))
            .unwrap_or_default();
        (said.min, said.max, said.bare)
    }

    #[test]
    fn every_way_to_write_a_minimum_is_read() {
        for text in [
            "≥2.0",
            "2.0以上",
            "不低于2.0",
            ">=2.0",
            "≧２．０",
            "2.0(含)以上",
            "2.0（含）以上",
            "FAR ≥ 2.0",
            "容积率不小于2.0",
            "2.0≤FAR",
        ] {
            assert_eq!(said(text), (Some(number(20, 1)), None, None), "{text}");
        }
        for text in [
            ">2.0",
            "＞2.0",
            "2.0（不含）以上",
            "大于2.0",
            "超过 2.0",
            "2.0<FAR",
        ] {
            assert_eq!(
                said(text),
                (Some(strict(number(20, 1))), None, None),
                "{text}"
            );
        }
    }

    #[test]
    fn every_way_to_write_a_maximum_is_read() {
        for text in [
            "≤2.5",
            "2.5以下",
            "不超过2.5",
            "<=2.5",
            "2.5以内",
            "≤2.5米",
            "far≤2.5",
        ] {
            assert_eq!(said(text), (None, Some(number(25, 1)), None), "{text}");
        }
        assert_eq!(said("＜2.50"), (None, Some(strict(number(250, 2))), None));
    }

    #[test]
    fn ranges_have_both_bounds() {
        let both = (Some(number(10, 1)), Some(number(20, 1)), None);
        for text in [
            "1.0-2.0",
            "1.0～2.0",
            "1.0~2.0",
            "1.0—2.0",
            "1.0——2.0",
            "1.0至2.0",
            "1.0≤FAR≤2.0",
            "2.0≥容积率≥1.0",
            "≥1.0，≤2.0",
            "≥1.0且≤2.0",
            "≥1.0≤2.0",
        ] {
            assert_eq!(said(text), both, "{text}");
        }
        assert_eq!(
            said("1.0＜FAR≤2.5"),
            (Some(strict(number(10, 1))), Some(number(25, 1)), None)
        );
        for text in ["30%-40%", "30-40%"] {
            assert_eq!(said(text), (Some(percent(30)), Some(percent(40)), None));
        }
    }

    #[test]
    fn a_number_alone_stays_open() {
        assert_eq!(said("30%"), (None, None, Some(percent(30))));
        assert_eq!(said("0.3"), (None, None, Some(number(3, 1))));
        assert_eq!(said("30"), (None, None, Some(number(30, 0))));
        assert_eq!(said("容积率2.50"), (None, None, Some(number(250, 2))));
        assert_eq!(
            said("2.3999999999999999"),
            (None, None, Some(number(24, 1)))
        );
    }

    #[test]
    fn marks_for_nothing_say_nothing() {
        for text in ["/", "-", "--", "—", "－", "无", "***", "-9999"] {
            assert_eq!(parse(text, &[], &[]), Ok(None), "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        for text in [
            "-3",
            "1,5",
            "约2.0",
            "2.0左右",
            "1.0-",
            "≥",
            "≥1.0≥2.0",
            "1.0-2.0-3.0",
            "2.5.1",
            "见图则",
            "生产性≤40/非生产性≤50",
            "1.0<2.0",
            "绿地率≥30",
            "30%-40",
            "1e5",
            "1000000000000",
            "1.0≥FAR≤2.0",
            "2.0 2.5",
            "2 5",
        ] {
            assert_eq!(parse(text, &["FAR"], &["M"]), Err(()), "{text}");
        }
    }
}
