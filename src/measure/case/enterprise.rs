//! An enterprise by year → its tax for each 亩 of land over two years.

use super::subject::{Lack, Measured, Subject, figure};
use crate::quantity::{Exact, Unit};

/// The greater of the last two years: at or below a bound when both are (连续两年). Unknown unless the years follow
/// each other.
pub(super) fn tax_of_two_years(s: &Subject<'_>) -> Measured {
    match last_years(s)?.as_slice() {
        [.., (before, first), (year, second)] if before + 1 == *year => {
            figure(*first.max(second), Unit::WanPerMu)
        }
        _ => Err(Lack::of("enterprise.tax_per_mu_wan")),
    }
}

/// The last year alone.
pub(super) fn tax_of_last_year(s: &Subject<'_>) -> Measured {
    let years = last_years(s)?;
    let (_, last) = years
        .last()
        .ok_or_else(|| Lack::of("enterprise.tax_per_mu_wan"))?;
    figure(*last, Unit::WanPerMu)
}

/// The years that are over on the day of judging, or all when it lies among them.
fn last_years(s: &Subject<'_>) -> Result<Vec<(i64, Exact)>, Lack> {
    s.ask("enterprise.tax_per_mu_wan");
    let years = s
        .facts
        .one
        .series("enterprise.tax_per_mu_wan")
        .ok_or_else(|| Lack::of("enterprise.tax_per_mu_wan"))?;
    let begun = years
        .iter()
        .filter(|(year, _)| *year <= i64::from(s.as_of.year()));
    Ok(begun.copied().collect())
}
