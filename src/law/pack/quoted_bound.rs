//! A bound and the words that it is quoted from → whether its number stands in them, and on the side that they say.

use super::Relation;
use crate::quantity::{Exact, Figure, Unit};

/// How a bound stands to the words of a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoted {
    /// Its number stands there, on its side or on none.
    AsSaid,
    /// Its number stands there on the other side: 不超过 for at least.
    OtherSide,
    /// Other numbers of its unit stand there, and not its own.
    OtherNumber,
    /// No number of its unit stands there.
    Unsaid,
}

/// Holds a bound against the words of a law, where it is a share in percent or land in 亩.
pub fn quoted_bound(quote: &str, relation: Relation, bound: &Figure) -> Quoted {
    let Some((value, unit)) = bound.number().zip(bound.unit()) else {
        return Quoted::Unsaid;
    };
    let wanted = match unit {
        Unit::Share => value.times(Exact::int(100)),
        Unit::Land => value.over(Exact::MU_M2),
        _ => None,
    };
    let is_upper = match relation {
        Relation::AtMost | Relation::LessThan => true,
        Relation::AtLeast | Relation::MoreThan => false,
        Relation::OneOf | Relation::Is => return Quoted::Unsaid,
    };
    // one third is written as such, and 0 is no number of a law
    let Some(wanted) = wanted.filter(|wanted| {
        *wanted != Exact::ZERO && wanted.round_to(4).is_some_and(|rounded| rounded == *wanted)
    }) else {
        return Quoted::Unsaid;
    };
    let said = said_in(quote, unit);
    let own: Vec<&Said> = said.iter().filter(|said| said.number == wanted).collect();
    if said.is_empty() {
        Quoted::Unsaid
    } else if own.is_empty() {
        Quoted::OtherNumber
    } else if own
        .iter()
        .any(|said| said.is_upper.is_none_or(|upper| upper == is_upper))
    {
        Quoted::AsSaid
    } else {
        Quoted::OtherSide
    }
}

/// A number of a law, and whether its words make a most or a least of it.
struct Said {
    number: Exact,
    is_upper: Option<bool>,
}

/// The numbers of a unit in the words of a law.
fn said_in(quote: &str, unit: Unit) -> Vec<Said> {
    let mut said = Vec::new();
    let mut from = 0;
    while let Some(start) = quote[from..].find(|c: char| c.is_ascii_digit()) {
        let start = from + start;
        let length = quote[start..].find(|c: char| !c.is_ascii_digit() && c != '.');
        let end = length.map_or(quote.len(), |length| start + length);
        from = end;
        let behind = without_bracket(&quote[end..]);
        let units: &[&str] = if unit == Unit::Share {
            &["%", "％"]
        } else {
            &["亩"]
        };
        let Some(behind) = units.iter().find_map(|unit| behind.strip_prefix(unit)) else {
            continue;
        };
        if let Some(number) = Exact::parse(&quote[start..end]) {
            said.push(Said {
                number,
                is_upper: side(&quote[..start], behind),
            });
        }
    }
    if unit == Unit::Share {
        for (at, lead) in quote.match_indices("百分之") {
            let digits = &quote[at + lead.len()..];
            let end = digits.find(|c: char| !CHINESE.contains(&c) && c != '十' && c != '百');
            let (digits, behind) = digits.split_at(end.unwrap_or(digits.len()));
            if let Some(number) = chinese(digits) {
                said.push(Said {
                    number: Exact::int(number),
                    is_upper: side(&quote[..at], behind),
                });
            }
        }
    }
    said
}

const CHINESE: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// 二十五 → 25, up to 百.
fn chinese(text: &str) -> Option<i64> {
    if text == "百" {
        return Some(100);
    }
    let digit = |text: &str| {
        let mut chars = text.chars();
        let first = chars.next()?;
        let place = CHINESE.iter().position(|c| *c == first)?;
        chars.next().is_none().then_some(i64::try_from(place).ok()?)
    };
    match text.split_once('十') {
        None => digit(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones)? };
            Some(10 * tens + ones)
        }
    }
}

fn without_bracket(text: &str) -> &str {
    let inside = text.strip_prefix(['（', '(']);
    let behind = inside.and_then(|inside| inside.split_once(['）', ')']));
    behind.map_or(text, |(_, behind)| behind)
}

/// Whether the words around a number make a most or a least of it.
fn side(before: &str, behind: &str) -> Option<bool> {
    let behind = without_bracket(behind);
    if behind.starts_with("以上") {
        return Some(false);
    }
    if behind.starts_with("以下") || behind.starts_with("以内") {
        return Some(true);
    }
    let clause = before
        .rsplit(['，', '。', '；', '、', '：', '且', ',', ';'])
        .next()?;
    let last = |words: &[&str]| words.iter().filter_map(|word| clause.rfind(word)).max();
    let upper = last(&["不超过", "不得超过", "不高于", "不得高于", "不大于"]);
    let lower = last(&["不低于", "不得低于", "不少于", "不得少于", "不小于"]);
    match (upper, lower) {
        (Some(_), None) => Some(true),
        (None, Some(_)) => Some(false),
        (upper, lower) => (upper != lower).then_some(upper > lower),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(text: &str) -> Figure {
        let number = Exact::parse(text).and_then(|number| number.over(Exact::int(100)));
        Figure::share(number.unwrap())
    }

    #[test]
    fn a_bound_stands_in_its_quote_on_its_side_or_does_not() {
        let most = "累计面积不超过原用地面积15%且不超过10亩";
        let at = |relation, text| quoted_bound(most, relation, &percent(text));
        assert_eq!(at(Relation::AtMost, "15"), Quoted::AsSaid);
        assert_eq!(at(Relation::AtMost, "20"), Quoted::OtherNumber);
        assert_eq!(at(Relation::AtLeast, "15"), Quoted::OtherSide);
        let mu = |count| Figure::land(Exact::int(count).times(Exact::MU_M2).unwrap());
        assert_eq!(
            quoted_bound(most, Relation::AtMost, &mu(10)),
            Quoted::AsSaid
        );
        assert_eq!(
            quoted_bound(most, Relation::AtLeast, &mu(10)),
            Quoted::OtherSide
        );
        assert_eq!(
            quoted_bound(most, Relation::AtMost, &mu(15)),
            Quoted::OtherNumber
        );
    }

    #[test]
    fn numbers_are_read_as_laws_write_them() {
        for (quote, relation, number) in [
            (
                "已投资额占总投资额不足百分之二十五",
                Relation::LessThan,
                "25",
            ),
            ("提高20%（不含）以上的部分", Relation::MoreThan, "20"),
            ("提取土地出让收入的0.5%以上", Relation::AtLeast, "0.5"),
            ("比例上限由7%提高到15%", Relation::AtMost, "15"),
            ("不低于百分之十", Relation::AtLeast, "10"),
        ] {
            assert_eq!(
                quoted_bound(quote, relation, &percent(number)),
                Quoted::AsSaid,
                "{quote}"
            );
        }
        let none = quoted_bound("应符合规划", Relation::AtMost, &percent("20"));
        assert_eq!(none, Quoted::Unsaid);
        let above = quoted_bound("20%以上", Relation::AtMost, &percent("20"));
        assert_eq!(above, Quoted::OtherSide);
    }
}
