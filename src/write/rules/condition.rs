//! One condition, an amount's rates → the words and numbers that people read.

use compact_str::CompactString;

use crate::law::facts::fact;
use crate::law::measures::measure_named;
use crate::law::pack::{Bound, Leaf, Relation};
use crate::quantity::{Exact, Figure, Unit};
use crate::write::Language;

/// What a measure or fact is, with its name: `容积率 [plot_ratio]`.
pub(super) fn named(name: &str, lang: Language) -> String {
    let (zh, en) = names(name);
    format!("{} [{name}]", lang.of(zh, en))
}

/// What a measure or fact is, in Chinese and English.
pub(super) fn names(name: &str) -> (&str, &str) {
    match (measure_named(name), fact(name)) {
        (Some(measure), _) => (measure.zh, measure.en),
        (None, Some(fact)) => (fact.zh, fact.en),
        (None, None) => (name, name),
    }
}

/// A condition in one line.
pub(super) fn condition(leaf: &Leaf, lang: Language) -> String {
    let mut text = match (&leaf.relation, &leaf.bound) {
        (Relation::Is, Bound::Fixed(Figure::Truth(truth))) => {
            let (zh, en) = if *truth {
                ("是", "yes")
            } else {
                ("否", "no")
            };
            format!(
                "{}{}{}",
                named(&leaf.measure.name, lang),
                lang.of("：", ": "),
                lang.of(zh, en)
            )
        }
        (_, bound) => format!(
            "{} {} {}",
            named(&leaf.measure.name, lang),
            leaf.relation.sign(),
            self::bound(bound, lang)
        ),
    };
    if leaf.soft {
        text.push_str(lang.of("（原则上）", " (in principle)"));
    }
    text
}

/// A bound as it is read.
pub(super) fn bound(bound: &Bound, lang: Language) -> String {
    match bound {
        Bound::Fixed(Figure::Number(number, unit)) => number_of(*number, *unit, lang),
        Bound::Fixed(Figure::Day(day)) => day.to_string(),
        Bound::Fixed(Figure::Truth(truth)) => truth.to_string(),
        Bound::Fixed(_) => String::new(),
        Bound::Words(words) => {
            let named = |word: &CompactString| match lang {
                Language::En if !word.is_ascii() => format!("“{word}”"),
                _ => word.to_string(),
            };
            let words: Vec<String> = words.iter().map(named).collect();
            format!("{{{}}}", words.join(", "))
        }
        Bound::Measure(name, part) if *part == Exact::ONE => named(&name.name, lang),
        Bound::Measure(name, part) => format!("{} × {}", share(*part), named(&name.name, lang)),
        Bound::Later { after, months } => {
            let (count, zh, en) = if months % 12 == 0 {
                (
                    months / 12,
                    "年",
                    if *months == 12 { "year" } else { "years" },
                )
            } else {
                (
                    *months,
                    "个月",
                    if *months == 1 { "month" } else { "months" },
                )
            };
            format!("{} + {count} {}", named(&after.name, lang), lang.of(zh, en))
        }
    }
}

/// A number with its unit; land in 亩 too where that is a short number.
pub(super) fn number_of(number: Exact, unit: Unit, lang: Language) -> String {
    match unit {
        Unit::Share => share(number),
        Unit::Land => {
            let mu = number.over(Exact::MU_M2);
            let m2 = number
                .decimal(2)
                .map_or_else(|| number.to_string(), |m2| m2.to_string());
            match mu.filter(|mu| mu.round_to(2) == Some(*mu)) {
                Some(mu) => format!("{mu} {} ({m2} m²)", lang.of("亩", "mu")),
                None => format!("{m2} m²"),
            }
        }
        unit => format!("{number} {}", lang.unit(unit)).trim().to_owned(),
    }
}

/// A share in percent; as a fraction where its percent do not end.
pub(super) fn share(share: Exact) -> String {
    let percent = share.times(Exact::int(100));
    if let Some(percent) = percent.filter(|percent| percent.round_to(4) == Some(*percent)) {
        return format!("{percent} %");
    }
    let whole = |under: &i64| share.times(Exact::int(*under)).and_then(Exact::as_int);
    match (1..=1000).find_map(|under| whole(&under).map(|over| (over, under))) {
        Some((over, under)) => format!("{over}/{under}"),
        None => share.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_shown_as_the_law_writes_them() {
        let exact = |text| Exact::parse(text).unwrap();
        let ten_mu = Exact::int(10).times(Exact::MU_M2).unwrap();
        let zh = |number, unit| number_of(number, unit, Language::Zh);
        assert_eq!(zh(ten_mu, Unit::Land), "10 亩 (6666.67 m²)");
        assert_eq!(
            number_of(ten_mu, Unit::Land, Language::En),
            "10 mu (6666.67 m²)"
        );
        assert_eq!(zh(exact("1234.56"), Unit::Land), "1234.56 m²");
        assert_eq!(zh(exact("0.005"), Unit::Share), "0.5 %");
        assert_eq!(zh(Exact::fraction(1, 3).unwrap(), Unit::Share), "1/3");
        assert_eq!(zh(exact("3000"), Unit::Wan), "3000 万元");
        assert_eq!(zh(exact("3"), Unit::Count), "3");
    }
}
