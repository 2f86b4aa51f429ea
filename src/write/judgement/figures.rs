//! A figure as it is printed: areas with two decimals and in 亩, shares in percent.

use crate::quantity::{Exact, Figure, Unit};
use crate::write::Language;

/// A figure as a person reads it.
pub fn figure_text(figure: &Figure, language: Language) -> String {
    match figure {
        Figure::Number(number, Unit::Land) => {
            let mu = number.over(Exact::MU_M2).and_then(|mu| mu.decimal(4));
            let mu = mu.map_or(String::new(), |mu| {
                language
                    .of("（{} 亩）", " ({} mu)")
                    .replace("{}", &mu.to_string())
            });
            format!("{} m²{mu}", places(*number, 2))
        }
        Figure::Number(number, unit) => number_text(*number, *unit, language),
        Figure::LandShare { part, .. } => {
            let share = figure.number().map_or(String::new(), percent);
            format!(
                "{share}{}",
                language
                    .of("（{} m²）", " ({} m²)")
                    .replace("{}", &places(*part, 2))
            )
        }
        Figure::Truth(true) => language.of("是", "yes").to_owned(),
        Figure::Truth(false) => language.of("否", "no").to_owned(),
        Figure::Word(word) => word.to_string(),
        Figure::Words(words) if words.is_empty() => language.of("无", "none").to_owned(),
        Figure::Words(words) => words.join(language.of("、", ", ")),
        Figure::Day(day) => day.to_string(),
    }
}

/// A share that no number of percent is, as a fraction: `1/3`.
pub(super) fn fraction_text(figure: &Figure) -> Option<String> {
    let Figure::Number(share, Unit::Share) = figure else {
        return None;
    };
    let over = |under: i64| share.times(Exact::int(under)).and_then(Exact::as_int);
    let (over, under) = [3, 6, 7, 9]
        .iter()
        .find_map(|under| Some((over(*under)?, *under)))?;
    (over % under != 0 && share.times(Exact::int(100))?.as_int().is_none())
        .then(|| format!("{over}/{under}"))
}

/// Land in 亩.
pub(super) fn mu_text(m2: Exact, language: Language) -> String {
    let mu = m2.over(Exact::MU_M2);
    let mu = mu.map_or_else(|| m2.to_string(), short_number);
    language.of("{} 亩", "{} mu").replace("{}", &mu)
}

/// A number as it is printed, a share in percent, and how many decimals it is printed with.
pub(super) fn printed(figure: &Figure) -> Option<(Exact, u8)> {
    let number = figure.number()?;
    match figure.unit()? {
        Unit::Land | Unit::Floor => Some((number, 2)),
        Unit::Share => Some((number.times(Exact::int(100))?, 6)),
        _ => Some((number, 6)),
    }
}

/// A figure with this many decimals, where fewer would hide how it stands to another.
pub(super) fn text_to(figure: &Figure, to: u8, language: Language) -> String {
    let Some((number, _)) = printed(figure) else {
        return figure_text(figure, language);
    };
    let digits = places(number, to);
    match (figure, figure.unit()) {
        (Figure::LandShare { part, .. }, _) => language
            .of("{0}%（{1} m²）", "{0}% ({1} m²)")
            .replace("{0}", &digits)
            .replace("{1}", &places(*part, 2)),
        (_, Some(Unit::Share)) => format!("{digits}%"),
        (_, unit) => {
            let sign = unit.map_or("", |unit| language.unit(unit));
            format!("{digits} {sign}").trim_end().to_owned()
        }
    }
}

/// A number with its unit.
pub(super) fn number_text(number: Exact, unit: Unit, language: Language) -> String {
    match unit {
        Unit::Share => percent(number),
        Unit::Floor | Unit::Land => {
            // what is less than a hundredth is not nothing
            let few = number.round_to(2) == Some(Exact::ZERO) && number != Exact::ZERO;
            format!("{} m²", places(number, if few { 6 } else { 2 }))
        }
        Unit::PlotRatio | Unit::Count => short_number(number),
        Unit::Wan | Unit::WanPerMu | Unit::YuanPerM2 | Unit::Metres => {
            format!("{} {}", short_number(number), language.unit(unit))
        }
    }
}

/// A number with at most six decimals.
pub fn short_number(number: Exact) -> String {
    number.to_string()
}

fn percent(share: Exact) -> String {
    share
        .times(Exact::int(100))
        .map_or_else(|| share.to_string(), |percent| format!("{percent}%"))
}

fn places(number: Exact, places: u8) -> String {
    number
        .decimal(places)
        .map_or_else(|| number.to_string(), |decimal| decimal.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_printed_in_both_units_and_shares_in_percent() {
        let exact = |text| Exact::parse(text).unwrap();
        let zh = |figure: &Figure| figure_text(figure, Language::Zh);
        assert_eq!(
            zh(&Figure::land(exact("6666.67"))),
            "6666.67 m²（10.0000 亩）"
        );
        assert_eq!(zh(&Figure::share(exact("0.2000003"))), "20.00003%");
        let share = Figure::LandShare {
            part: exact("6000"),
            whole: exact("30000"),
        };
        assert_eq!(figure_text(&share, Language::En), "20% (6000.00 m²)");
        let wan = Figure::Number(exact("9999.99"), Unit::Wan);
        assert_eq!(zh(&wan), "9999.99 万元");
        assert_eq!(figure_text(&wan, Language::En), "9999.99 wan yuan");
    }
}
