//! The text of a bound → the bound: `10 亩`, `20 %`, `plan.plot_ratio_max`, `70 % of land_price_minimum`.

use super::units::{fits, not_negative, not_over_one};
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
        let written = part;
        let part = match number(part)? {
            (value, Written::Plain) => not_over_one(written, value)?,
            (value, Written::Percent | Written::Times) => value,
            _ => return Err(format!("`{}` must be a part, as `70 %`", part.trim())),
        };
        return Ok(Bound::Measure(same_sort(of.trim(), sort, words)?, part));
    }
    if let Some((after, months)) = text.split_once(" + ") {
        if sort != Sort::Day {
            return Err(format!("`{text}` is a day, but the measure is none"));
        }
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
    let Sort::Number(own) = sort else {
        return Err(format!("`{text}` is a number, but the measure is none"));
    };
    let (value, given) = number(text)?;
    not_negative(text, value)?;
    match given {
        // ten of land may be m² or 亩: only nothing is the same in both
        Written::Plain if own == Unit::Land && value != Exact::ZERO => {
            return Err(format!(
                "`{text}` must have its unit; write `{text} 亩` or `{text} m²`"
            ));
        }
        Written::Plain if own == Unit::Share => {
            not_over_one(text, value)?;
        }
        _ => {}
    }
    if fits(given, own) {
        Ok(Figure::Number(value, own))
    } else {
        Err(format!("`{text}` is in another unit than the measure"))
    }
}

/// What a number was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing.
    Plain,
    /// A percent sign.
    Percent,
    /// `x` or 倍: so many times the whole is meant.
    Times,
    /// m², of land or of floor.
    SquareMetres,
    /// A unit.
    In(Unit),
}

/// A number with its unit; 亩 become m², percent become parts of one.
pub(super) fn number(text: &str) -> Result<(Exact, Written), String> {
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
    let percent = Exact::fraction(1, 100).unwrap_or(Exact::ONE);
    Ok(match unit {
        "" => (number, Written::Plain),
        "%" => (times(percent)?, Written::Percent),
        "x" | "倍" => (number, Written::Times),
        "亩" | "mu" => (times(Exact::MU_M2)?, Written::In(Unit::Land)),
        "m²" | "m2" => (number, Written::SquareMetres),
        "m" => (number, Written::In(Unit::Metres)),
        "万元" => (number, Written::In(Unit::Wan)),
        "万元/亩" => (number, Written::In(Unit::WanPerMu)),
        "元/m²" => (number, Written::In(Unit::YuanPerM2)),
        _ => {
            return Err(format!(
                "the unit `{unit}` is not known; there are %, x, 亩, m², m, 万元, 万元/亩, 元/m²"
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
