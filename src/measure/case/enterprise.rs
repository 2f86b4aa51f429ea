//! An enterprise by year → its tax for each 亩 of land over two years.

use super::measure::{Measure, PER_MU, new};
use super::subject::{Found, Lack, Measured, Side, Subject, both, figure};
use crate::quantity::{Exact, Figure, Unit};

pub(super) const MEASURES: &[Measure] = &[
    new(
        "tax_per_mu_two_years",
        "连续两年亩均税收（取高）",
        "the greater tax per 亩 of two years",
        PER_MU,
        &[],
        tax_of_two_years,
    )
    .asking(&[&[TAX]]),
    new(
        "tax_per_mu_last_year",
        "上一年度亩均税收",
        "tax per 亩 of the last year",
        PER_MU,
        &[],
        tax_of_last_year,
    )
    .asking(&[&[TAX]]),
];

const TAX: &str = "enterprise.tax_per_mu_wan";

/// The greater of the last two years that are over (连续两年): at or below a bound when both are. One known year that is
/// greater decides; a year that still runs, or one before a gap, is none of the two.
pub(super) fn tax_of_two_years(s: &Subject<'_>) -> Measured {
    let last = s.last_year();
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
    figure(tax_of(s, s.last_year())?, Unit::WanPerMu)
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
        format!("tax per 亩 of {year}: {tax} 万元/亩"),
    );
    Ok(*tax)
}
