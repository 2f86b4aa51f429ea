//! An enterprise by year → its tax for each 亩 of land over two years.

use super::measure::{Measure, PER_MU, new};
use super::subject::{Found, Lack, Measured, Side, Subject, figure};
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

/// The greater of the last two years (连续两年): at or below a bound when both are. One known year that is greater decides.
pub(super) fn tax_of_two_years(s: &Subject<'_>) -> Measured {
    let years = years(s)?;
    let Some((last, tax)) = years.last().copied() else {
        return Err(Lack::of(TAX));
    };
    if let [.., (before, first), _] = years.as_slice()
        && before + 1 == last
    {
        return figure(tax.max(*first), Unit::WanPerMu);
    }
    // the other year is the one that is over now, else the one before
    let over = i64::from(s.as_of.year()) - 1;
    let missing = if last < over { last + 1 } else { last - 1 };
    Ok(Found {
        figure: Figure::Number(tax, Unit::WanPerMu),
        open: Some((Side::Above, Lack::of(&format!("{TAX}.{missing}")))),
    })
}

/// The last year alone.
pub(super) fn tax_of_last_year(s: &Subject<'_>) -> Measured {
    let years = years(s)?;
    let (_, last) = years.last().ok_or_else(|| Lack::of(TAX))?;
    figure(*last, Unit::WanPerMu)
}

/// The years that have begun by the day of judging.
fn years(s: &Subject<'_>) -> Result<Vec<(i64, Exact)>, Lack> {
    s.ask(TAX);
    let years = s.facts.one.series(TAX).ok_or_else(|| Lack::of(TAX))?;
    let begun = years
        .iter()
        .filter(|(year, _)| *year <= i64::from(s.as_of.year()));
    Ok(begun.copied().collect())
}
