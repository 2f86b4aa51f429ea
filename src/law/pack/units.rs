//! A number of a pack and what it is a number of → the number in that unit, or why it cannot be meant.

use super::bound::{Written, number};
use super::vocabulary::Sort;
use crate::quantity::{Exact, Unit};

/// A number that is measured in a unit, written with that unit or without one; a share over one must be meant.
///
/// # Errors
/// What is wrong with it, in a few words.
pub(super) fn in_unit(text: &str, own: Unit) -> Result<Exact, String> {
    let (value, written) = number(text)?;
    if written == Written::Plain && own == Unit::Share {
        return not_over_one(text, value);
    }
    if fits(written, own) {
        Ok(value)
    } else {
        Err(format!(
            "`{}` is in another unit than {}",
            text.trim(),
            said(own)
        ))
    }
}

/// A number of a table or a parameter, or the greatest that an amount can be. Names end in their unit: what ends in `_mu` is
/// counted in 亩.
///
/// # Errors
/// What is wrong with it, in a few words.
pub(super) fn of_name(text: &str, name: &str, own: Unit) -> Result<Exact, String> {
    let (value, written) = number(text)?;
    not_negative(text, value)?;
    if name.ends_with("_mu") && written == Written::In(Unit::Land) {
        return value
            .over(Exact::MU_M2)
            .ok_or_else(|| format!("`{text}` is too large"));
    }
    if name.ends_with("_mu") && written != Written::Plain {
        return Err(format!("`{}` is in another unit than 亩", text.trim()));
    }
    in_unit(text, own)
}

/// The unit that the name of an amount ends in, where it ends in one.
pub(super) fn unit_by_name(name: &str) -> Option<Unit> {
    let units = [
        ("_wan_per_mu", Unit::WanPerMu),
        ("_per_m2", Unit::YuanPerM2),
        ("_wan", Unit::Wan),
        ("_m2", Unit::Floor),
        ("_mu", Unit::Land),
    ];
    let ends = units.into_iter().find(|(end, _)| name.ends_with(end));
    ends.map(|(_, unit)| unit)
}

/// A rate of what is of this sort. A rate of money or of a price is a share of it, and over one only where that is meant; a
/// rate of floor is money for each m².
///
/// # Errors
/// What is wrong with it, in a few words.
pub(super) fn rate(text: &str, of: Sort) -> Result<Exact, String> {
    let (value, written) = number(text)?;
    let is_share = matches!(
        of,
        Sort::Number(Unit::Wan | Unit::WanPerMu | Unit::YuanPerM2 | Unit::Share | Unit::PlotRatio)
    );
    match written {
        Written::Plain if is_share => not_over_one(text, value),
        Written::Plain | Written::Percent | Written::Times | Written::In(Unit::YuanPerM2) => {
            Ok(value)
        }
        Written::SquareMetres | Written::In(_) => Err(format!(
            "`{}` is no rate; write it as `10 %` of money, or as a number for each m²",
            text.trim()
        )),
    }
}

/// A part of one that is written as a plain number: over one it is more likely a percentage without its sign.
///
/// # Errors
/// That it must be said what is meant.
pub(super) fn not_over_one(text: &str, value: Exact) -> Result<Exact, String> {
    if value <= Exact::ONE {
        return Ok(value);
    }
    let text = text.trim();
    Err(format!(
        "`{text}` is {text} times the whole; write `{text} %` for a part of it, or `{text} x` where so many times is meant"
    ))
}

/// Nothing that a law measures is less than nothing: such a bound would hold for everybody or for nobody.
///
/// # Errors
/// That it is.
pub(super) fn not_negative(text: &str, value: Exact) -> Result<(), String> {
    if value < Exact::ZERO {
        return Err(format!("`{}` must not be negative", text.trim()));
    }
    Ok(())
}

/// Whether a number that is written so can be of that unit.
pub(super) fn fits(written: Written, own: Unit) -> bool {
    match written {
        Written::Plain => true,
        Written::Percent => own == Unit::Share,
        Written::Times => matches!(own, Unit::Share | Unit::PlotRatio),
        Written::SquareMetres => matches!(own, Unit::Land | Unit::Floor),
        // 亩 are land; floor is in m² alone
        Written::In(unit) => own == unit,
    }
}

const fn said(own: Unit) -> &'static str {
    match own {
        Unit::Land => "land, in 亩 or m²",
        Unit::Floor => "floor, in m²",
        Unit::Share => "a share, as `20 %`",
        Unit::PlotRatio => "a plot ratio, which has none",
        Unit::Wan => "万元",
        Unit::WanPerMu => "万元/亩",
        Unit::YuanPerM2 => "元/m²",
        Unit::Metres => "metres, m",
        Unit::Count => "a count, which has none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_over_one_must_be_meant_and_a_plot_ratio_is_usually_over_one() {
        let share = |text| in_unit(text, Unit::Share);
        assert!(share("15").unwrap_err().contains("write `15 %`"));
        assert_eq!(share("15 %").unwrap(), Exact::parse("0.15").unwrap());
        assert_eq!(share("15 x").unwrap(), Exact::int(15));
        assert_eq!(share("1500 %").unwrap(), Exact::int(15));
        assert_eq!(share("1").unwrap(), Exact::ONE);
        assert!(share("0.15").is_ok() && share("1/3").is_ok());
        assert_eq!(
            in_unit("2.5", Unit::PlotRatio),
            Exact::parse("2.5").ok_or_else(String::new)
        );
    }

    #[test]
    fn another_unit_is_refused_and_its_own_may_be_written() {
        let of = |text, name, unit| of_name(text, name, unit);
        assert_eq!(of("6", "adjacency_gap_m", Unit::Metres), Ok(Exact::int(6)));
        assert_eq!(
            of("6 m", "adjacency_gap_m", Unit::Metres),
            Ok(Exact::int(6))
        );
        assert!(of("6 亩", "adjacency_gap_m", Unit::Metres).is_err());
        assert_eq!(
            of("10 亩", "standalone_lot_mu", Unit::Land),
            Ok(Exact::int(10))
        );
        assert_eq!(
            of("10", "standalone_lot_mu", Unit::Land),
            Ok(Exact::int(10))
        );
        assert!(of("10 m²", "standalone_lot_mu", Unit::Land).is_err());
        assert!(of("0.3", "parking_rates", Unit::Count).is_ok());
        assert!(of("30 %", "parking_rates", Unit::Count).is_err());
        assert!(of("20", "vertical_threshold", Unit::Share).is_err());
        assert!(
            of("-6", "adjacency_gap_m", Unit::Metres)
                .unwrap_err()
                .contains("negative")
        );
        assert!(of("-1", "industry_plot_ratio_2023", Unit::PlotRatio).is_err());
    }

    #[test]
    fn a_rate_of_money_is_a_share_and_one_of_floor_is_money() {
        assert!(rate("10", Sort::Number(Unit::Wan)).is_err());
        assert!(rate("10 %", Sort::Number(Unit::Wan)).is_ok());
        assert_eq!(rate("60", Sort::Number(Unit::Floor)), Ok(Exact::int(60)));
        assert!(rate("10 亩", Sort::Number(Unit::Wan)).is_err());
    }
}
