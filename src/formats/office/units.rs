//! The word of a unit (`万元`, `亩`, `元/亩`) → what it measures, and how large it is, exactly.

use crate::quantity::Exact;

/// What a unit measures, and its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Money, in 万元.
    Money(Exact),
    /// Money for each piece of land, in 万元 per 亩.
    MoneyPerLand(Exact),
    /// Land, in m².
    Land(Exact),
    /// A length, in metres.
    Length(Exact),
    /// Money of another country, or anything else that is certainly none of the above.
    Foreign,
}

/// Words for money with their size in 元, those of which another is the end first.
const MONEY: [(&str, i64); 9] = [
    ("千万元", 10_000_000),
    ("百万元", 1_000_000),
    ("十万元", 100_000),
    ("亿元", 100_000_000),
    ("万元", 10_000),
    ("千元", 1_000),
    ("亿", 100_000_000),
    ("万", 10_000),
    ("元", 1),
];

/// Words for land with their size in thirds of a m².
const LAND: [(&str, i64); 20] = [
    ("平方公里", 3_000_000),
    ("平方千米", 3_000_000),
    ("KM2", 3_000_000),
    ("万平方米", 30_000),
    ("万平米", 30_000),
    ("万㎡", 30_000),
    ("万M2", 30_000),
    ("万M²", 30_000),
    ("M^2", 3),
    ("平方米", 3),
    ("平米", 3),
    ("㎡", 3),
    ("M2", 3),
    ("M²", 3),
    ("公顷", 30_000),
    ("HM2", 30_000),
    ("HM²", 30_000),
    ("HA", 30_000),
    ("市亩", 2_000),
    ("亩", 2_000),
];

/// Words for lengths with their size in millimetres.
const LENGTHS: [(&str, i64); 7] = [
    ("公尺", 1_000),
    ("厘米", 10),
    ("毫米", 1),
    ("米", 1_000),
    ("CM", 10),
    ("MM", 1),
    ("M", 1_000),
];

/// Units that are none of those, so that a number in them is not taken for one.
const OTHERS: [&str; 10] = [
    "美元",
    "欧元",
    "日元",
    "港元",
    "USD",
    "平方尺",
    "吨",
    "人",
    "户",
    "个",
];

/// Understands a unit that stands alone; `text` is plain (half-width, capital, without blanks).
pub(crate) fn unit(text: &str) -> Option<Unit> {
    let text = text.trim_start_matches("人民币").trim_end_matches("人民币");
    if OTHERS.iter().any(|other| text.ends_with(other)) {
        return Some(Unit::Foreign);
    }
    if let Some((money, land)) = text.split_once('/') {
        let (money, land) = (money_of(money)?, land_of(land)?);
        return Some(Unit::MoneyPerLand(money.times(Exact::MU_M2)?.over(land)?));
    }
    money_of(text)
        .map(Unit::Money)
        .or_else(|| land_of(text).map(Unit::Land))
        .or_else(|| length_of(text).map(Unit::Length))
}

/// The unit at the end of a text, and the text before it. A short word must stand behind a sign to be one.
pub(crate) fn unit_at_end(text: &str) -> Option<(&str, Unit)> {
    let signs = |c: char| matches!(c, ':' | '/' | ',' | '_' | '-' | '|');
    let long = |word: &str| word.chars().count() > 1 || word == "亩" || word == "㎡";
    let apart = |name: &str, word: &str| {
        let letters = word.is_ascii();
        let behind_letters = name.ends_with(|c: char| c.is_ascii_alphanumeric());
        name.ends_with(signs) || long(word) && !(letters && behind_letters)
    };
    let per_land = text.rfind('/').and_then(|stroke| {
        let (before, land) = text.split_at(stroke);
        let land = land.get(1..)?;
        land_of(land)?;
        let (name, money) = MONEY.iter().find_map(|(word, _)| {
            let name = before.strip_suffix(word)?;
            apart(name, word).then_some((name, *word))
        })?;
        Some((name, unit(&format!("{money}/{land}"))?))
    });
    let found = per_land.or_else(|| {
        let words = MONEY.iter().chain(&LAND).chain(&LENGTHS);
        let words = words.map(|(word, _)| *word);
        let mut words = words.chain(OTHERS);
        words.find_map(|word| {
            let name = text.strip_suffix(word)?;
            let certain = name.ends_with(signs) || apart(name, word) && !OTHERS.contains(&word);
            (certain && !name.is_empty()).then_some((name, unit(word)?))
        })
    })?;
    Some((found.0.trim_end_matches(signs), found.1))
}

/// A sum of money in 万元.
fn money_of(text: &str) -> Option<Exact> {
    let (_, yuan) = MONEY.iter().find(|(word, _)| *word == text)?;
    Exact::fraction(*yuan, 10_000)
}

/// An area in m².
fn land_of(text: &str) -> Option<Exact> {
    let (_, thirds) = LAND.iter().find(|(word, _)| *word == text)?;
    Exact::fraction(*thirds, 3)
}

/// A length in metres.
fn length_of(text: &str) -> Option<Exact> {
    let (_, millimetres) = LENGTHS.iter().find(|(word, _)| *word == text)?;
    Exact::fraction(*millimetres, 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[test]
    fn every_unit_is_exactly_as_large_as_it_is() {
        assert_eq!(unit("元"), Some(Unit::Money(exact("0.0001"))));
        assert_eq!(unit("人民币万元"), Some(Unit::Money(Exact::ONE)));
        assert_eq!(unit("百万元"), Some(Unit::Money(exact("100"))));
        assert_eq!(unit("亿元"), Some(Unit::Money(exact("10000"))));
        assert_eq!(unit("亩"), Some(Unit::Land(Exact::MU_M2)));
        assert_eq!(unit("公顷"), Some(Unit::Land(exact("10000"))));
        assert_eq!(unit("M2"), Some(Unit::Land(Exact::ONE)));
        assert_eq!(unit("万元/亩"), Some(Unit::MoneyPerLand(Exact::ONE)));
        assert_eq!(unit("元/亩"), Some(Unit::MoneyPerLand(exact("0.0001"))));
        let per_hectare = Exact::fraction(1, 15).unwrap();
        assert_eq!(unit("万元/公顷"), Some(Unit::MoneyPerLand(per_hectare)));
        assert_eq!(unit("万美元"), Some(Unit::Foreign));
        assert_eq!(unit("万元/人"), Some(Unit::Foreign));
        assert_eq!(unit("税收"), None);
    }

    #[test]
    fn a_unit_behind_a_name_is_told_from_the_name() {
        let wan = Unit::Money(Exact::ONE);
        for text in ["税收万元", "税收/万元", "税收:万元", "税收_万元"] {
            assert_eq!(unit_at_end(text), Some(("税收", wan)), "{text}");
        }
        let per_mu = Unit::MoneyPerLand(Exact::ONE);
        assert_eq!(unit_at_end("亩均税收万元/亩"), Some(("亩均税收", per_mu)));
        assert_eq!(
            unit_at_end("用地面积亩"),
            Some(("用地面积", Unit::Land(Exact::MU_M2)))
        );
        for text in ["不动产单元", "万元", "从业人数", "法人", "ALPHA", "A2M2"] {
            assert_eq!(unit_at_end(text), None, "{text}");
        }
    }
}
