//! The text of a bound → the bound: `10 亩`, `20 %`, `plan.plot_ratio_max`, `70 % of land_price_minimum`.

use super::vocabulary::{Sort, Vocabulary};
use super::{Bound, MeasureName};
use crate::quantity::{Exact, Figure, Unit};

/// Reads a bound for a measure of this sort.
///
/// # Errors
/// What is wrong with it, in a few words.
pub(super) fn bound(text: &str, sort: Sort, words: &dyn Vocabulary) -> Result<Bound, String> {
    let text = text.trim();
    if let Some((part, of)) = text.split_once(" of ") {
        let (part, _) = number(part)?;
        return Ok(Bound::Measure(same_sort(of.trim(), sort, words)?, part));
    }
    if let Some((after, months)) = text.split_once(" + ") {
        return Ok(Bound::Later {
            after: same_sort(after.trim(), sort, words)?,
            months: months_of(months)?,
        });
    }
    if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return fixed(text, sort).map(Bound::Fixed);
    }
    Ok(Bound::Measure(same_sort(text, sort, words)?, Exact::ONE))
}

fn fixed(text: &str, sort: Sort) -> Result<Figure, String> {
    if sort == Sort::Day {
        let day = text
            .parse()
            .map_err(|_| format!("`{text}` is no date; write it as 2022-06-01"))?;
        return Ok(Figure::Day(day));
    }
    let (value, unit) = number(text)?;
    match (sort, unit) {
        (Sort::Number(own), Some(given)) if own != given => {
            Err(format!("`{text}` is in another unit than the measure"))
        }
        (Sort::Number(own), _) => Ok(Figure::Number(value, own)),
        _ => Err(format!("`{text}` is a number, but the measure is none")),
    }
}

/// A number with its unit; 亩 become m², percent become parts of one.
pub(super) fn number(text: &str) -> Result<(Exact, Option<Unit>), String> {
    let text = text.trim();
    let digits = text
        .find(|c: char| !matches!(c, '0'..='9' | '.' | '-' | '_' | '/'))
        .unwrap_or(text.len());
    let (digits, unit) = (&text[..digits], text[digits..].trim());
    let read = match digits.split_once('/') {
        Some((over, under)) => Exact::parse(over)
            .zip(Exact::parse(under))
            .and_then(|(over, under)| over.over(under)),
        None => Exact::parse(digits),
    };
    let number = read.ok_or_else(|| {
        format!("`{text}` is no number; write it as \"10 亩\", \"20 %\", \"0.5\" or \"1/3\"")
    })?;
    let times = |factor: Exact| {
        number
            .times(factor)
            .ok_or_else(|| format!("`{text}` is too large"))
    };
    Ok(match unit {
        "%" => (times(Exact::fraction(1, 100).unwrap_or(Exact::ONE))?, None),
        "亩" | "mu" => (times(Exact::MU_M2)?, Some(Unit::Land)),
        "" | "m²" | "m2" => (number, None),
        "m" => (number, Some(Unit::Metres)),
        "万元" => (number, Some(Unit::Wan)),
        "万元/亩" => (number, Some(Unit::WanPerMu)),
        "元/m²" => (number, Some(Unit::YuanPerM2)),
        _ => {
            return Err(format!(
                "the unit `{unit}` is not known; there are %, 亩, m², m, 万元, 万元/亩, 元/m²"
            ));
        }
    })
}

fn months_of(text: &str) -> Result<i32, String> {
    let wrong = || format!("`{text}` is no time; write it as `3 months` or `1 year`");
    let (count, unit) = text.trim().split_once(' ').ok_or_else(wrong)?;
    let count: i32 = count.parse().map_err(|_| wrong())?;
    match unit.trim() {
        "month" | "months" => Ok(count),
        "year" | "years" => count.checked_mul(12).ok_or_else(wrong),
        _ => Err(wrong()),
    }
    .and_then(|months| {
        if (0..=1200).contains(&months) {
            Ok(months)
        } else {
            Err(wrong())
        }
    })
}

/// The measure of that name, which must be of the same sort.
fn same_sort(name: &str, sort: Sort, words: &dyn Vocabulary) -> Result<MeasureName, String> {
    let (measure, found) = words.named(name)?;
    let alike = match (sort, found) {
        // floor areas, ratios and shares are compared with each other in some laws; land and money are not
        (Sort::Number(a), Sort::Number(b)) => a == b || (is_plain(a) && is_plain(b)),
        (a, b) => a == b,
    };
    if alike {
        Ok(measure)
    } else {
        Err(format!(
            "`{name}` is of another kind than the measure it bounds"
        ))
    }
}

const fn is_plain(unit: Unit) -> bool {
    matches!(unit, Unit::Share | Unit::PlotRatio)
}
