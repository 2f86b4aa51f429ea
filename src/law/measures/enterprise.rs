//! An enterprise by year → its tax for each 亩 of land over two years.

use super::measure::{Measure, PER_MU, TRUTH, new};
use super::subject::{
    Found, Lack, Measured, Side, Subject, all, both, figure, last_full_year, truth,
};
use crate::law::facts::fact;
use crate::quantity::{Exact, Figure, Unit};

pub(super) const MEASURES: &[Measure] = &[
    new(
        "tax_per_mu_two_years",
        "连续两年亩均税收（取高）",
        "the greater tax per mu of two years",
        PER_MU,
        &[],
        tax_of_two_years,
    )
    .asking(&[&[TAX]]),
    new(
        "tax_per_mu_last_year",
        "上一年度亩均税收",
        "tax per mu of the last year",
        PER_MU,
        &[],
        tax_of_last_year,
    )
    .asking(&[&[TAX]]),
    new(
        "four_without",
        "“四无”企业",
        "one of the “four withouts”",
        TRUTH,
        &["four_without"],
        four_without,
    )
    .asking(&[FOUR]),
];

/// 限指无证无照、无安全保障、无合法场所、无环保措施, after what somebody said of all four.
const FOUR: &[&str] = &[
    "enterprise.four_without",
    "enterprise.without_licence",
    "enterprise.without_safety",
    "enterprise.without_premises",
    "enterprise.without_environment",
];

/// “四无”: as it is given, else by the four facts: one of them, or where read so every one.
pub(super) fn four_without(s: &Subject<'_>) -> Measured {
    let [whole, each @ ..] = FOUR else {
        return Err(Lack::of("enterprise.four_without"));
    };
    let facts: Vec<Result<bool, Lack>> = each.iter().map(|name| s.truth(name)).collect();
    for (name, _) in each.iter().zip(&facts).filter(|(_, is)| **is == Ok(true)) {
        let (zh, en) = fact(name).map_or((*name, *name), |fact| (fact.zh, fact.en));
        s.note(zh.to_owned(), en.to_owned());
    }
    let given = s.truth(whole);
    if facts.iter().all(Result::is_err) {
        return truth(given?);
    }
    let found = if s.choice("four_without") == "all" {
        all(facts.into_iter())
    } else {
        all(facts.into_iter().map(|is| is.map(|is| !is))).map(|none| !none)
    };
    match (found, given) {
        (Ok(found), Ok(given)) if found != given => {
            s.note(
                "“四无”与所列各项不一致，请核对".to_owned(),
                "what is said of the “four withouts” does not go with the four facts: check them"
                    .to_owned(),
            );
            Err(Lack::of(whole))
        }
        (Ok(found), _) => truth(found),
        (Err(_), Ok(given)) => truth(given),
        (Err(lack), Err(_)) => Err(lack),
    }
}

const TAX: &str = "enterprise.tax_per_mu_wan";

/// The greater of the last two years that are over (连续两年): at or below a bound when both are. One known year that is
/// greater decides; a year that still runs, or one before a gap, is none of the two.
pub(super) fn tax_of_two_years(s: &Subject<'_>) -> Measured {
    let last = last_full_year(s.as_of);
    let (tax, lack) = match (tax_of(s, last - 1), tax_of(s, last)) {
        (Ok(tax), Err(lack)) | (Err(lack), Ok(tax)) => (tax, Some(lack)),
        (before, of_last) => {
            let (before, of_last) = both(before, of_last)?;
            (before.max(of_last), None)
        }
    };
    Ok(Found {
        figure: Figure::Number(tax, Unit::WanPerMu),
        open: lack.map(|lack| (Side::Above, lack)),
    })
}

/// The last year that is over alone.
pub(super) fn tax_of_last_year(s: &Subject<'_>) -> Measured {
    figure(tax_of(s, last_full_year(s.as_of))?, Unit::WanPerMu)
}

/// 亩均税收 of one year, which the finding names.
fn tax_of(s: &Subject<'_>, year: i64) -> Result<Exact, Lack> {
    s.ask(TAX);
    let years = s.facts.one.series(TAX).ok_or_else(|| Lack::of(TAX))?;
    let (_, tax) = years
        .iter()
        .find(|(of, _)| *of == year)
        .ok_or_else(|| Lack::of(&format!("{TAX}.{year}")))?;
    s.note(
        format!("{year} 年亩均税收 {tax} 万元/亩"),
        format!("tax per mu of {year}: {tax} wan yuan/mu"),
    );
    Ok(*tax)
}
