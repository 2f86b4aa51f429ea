//! The unit of a column of areas: as a row says, or as the polygons beside it show.

use crate::model::AreaUnit;

/// m² in one 亩.
const MU: f64 = 2000.0 / 3.0;

/// Units that areas come in, the usual ones first.
const UNITS: [AreaUnit; 5] = [
    AreaUnit::M2,
    AreaUnit::Ha,
    AreaUnit::Mu,
    AreaUnit::Km2,
    AreaUnit::Ft2,
];

/// A value in this unit is its area when it comes so near to the polygon's.
const NEAR: std::ops::RangeInclusive<f64> = 0.8..=1.25;

/// Rows that must bear out that a column is in another unit than m²: fewer may be slips, and stand each for itself.
const LEAST: usize = 3;

impl AreaUnit {
    /// Its size in m².
    pub(super) const fn m2(self) -> Option<f64> {
        Some(match self {
            Self::M2 => 1.0,
            Self::Ha => 10_000.0,
            Self::Mu => MU,
            Self::Km2 => 1_000_000.0,
            Self::Ft2 => 0.092_903_04,
            Self::Unknown => return None,
        })
    }

    /// Its sign.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::M2 => "m²",
            Self::Ha => "ha",
            Self::Mu => "亩",
            Self::Km2 => "km²",
            Self::Ft2 => "ft²",
            Self::Unknown => "no unit that is known",
        }
    }
}

/// The size in m² of what a code or word of 面积单位 (MJDW) means.
pub(super) fn named(text: &str) -> Option<f64> {
    match text.trim() {
        "1" | "平方米" | "m2" | "㎡" => Some(1.0),
        "2" | "亩" => Some(MU),
        "3" | "公顷" | "ha" => Some(10_000.0),
        _ => None,
    }
}

/// A unit that stands in brackets behind a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadedUnit {
    /// Of areas.
    Area(AreaUnit),
    /// 层.
    Storeys,
    /// 米.
    Metres,
}

impl HeadedUnit {
    /// Whether a field is told in it: 高度（层） is no height in metres.
    fn is_of(self, field: &str) -> bool {
        match self {
            Self::Area(_) => field.contains("area"),
            Self::Storeys => field.starts_with("storeys"),
            Self::Metres => field.contains("height") || field.contains("width"),
        }
    }
}

/// A heading without the unit in brackets behind it, and that unit, where a field may be told in it. A share in percent is
/// none: of it more than a heading must tell.
pub(super) fn headed<'a>(name: &'a str, field: &str) -> Option<(&'a str, HeadedUnit)> {
    let inner = name.trim().strip_suffix([')', '）'])?;
    let (stem, unit) = inner.rsplit_once(['(', '（'])?;
    let unit = match unit.trim().to_lowercase().as_str() {
        "㎡" | "m²" | "m2" | "平方米" | "平米" => HeadedUnit::Area(AreaUnit::M2),
        "亩" => HeadedUnit::Area(AreaUnit::Mu),
        "公顷" | "ha" | "万㎡" | "万m²" | "万m2" | "万平方米" => {
            HeadedUnit::Area(AreaUnit::Ha)
        }
        "平方公里" | "km²" | "km2" => HeadedUnit::Area(AreaUnit::Km2),
        "层" => HeadedUnit::Storeys,
        "米" | "m" => HeadedUnit::Metres,
        _ => return None,
    };
    unit.is_of(field).then(|| (stem.trim(), unit))
}

/// The unit of areas that the heading of a field says.
pub(super) fn headed_area(name: &str, field: &str) -> Option<AreaUnit> {
    match headed(name, field)? {
        (_, HeadedUnit::Area(unit)) => Some(unit),
        _ => None,
    }
}

/// The unit of a column, from pairs of its values and the plane areas in m² of the same features: that in which the
/// median of their ratios comes within a fifth.
pub(super) fn shown(pairs: &[(f64, f64)]) -> AreaUnit {
    let mut ratios: Vec<f64> = pairs
        .iter()
        .map(|(value, m2)| m2 / value)
        .filter(|ratio| ratio.is_finite() && *ratio > 0.0)
        .collect();
    if ratios.len() < LEAST {
        return AreaUnit::M2;
    }
    let middle = ratios.len() / 2;
    let median = *ratios.select_nth_unstable_by(middle, f64::total_cmp).1;
    // a decimal place that slipped in most rows is near ft², which then must fit closely
    let near = |unit: AreaUnit| {
        if unit == AreaUnit::Ft2 {
            0.97..=1.03
        } else {
            NEAR
        }
    };
    let is_near = |unit: &AreaUnit| {
        unit.m2()
            .is_some_and(|m2| near(*unit).contains(&(median / m2)))
    };
    UNITS.into_iter().find(is_near).unwrap_or(AreaUnit::Unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_in_mu_shows_itself_beside_its_polygons() {
        assert_eq!(
            shown(&[(10.0, 6666.67), (3.0, 2001.0), (1.0, 5.0)]),
            AreaUnit::Mu
        );
        assert_eq!(shown(&[(100.0, 100.4)]), AreaUnit::M2);
        let two = shown(&[(15.0, 10_000.0); 2]);
        assert_eq!(two, AreaUnit::M2, "two may be slips");
        let thrice = |pair| shown(&[pair; 3]);
        assert_eq!(thrice((100.0, 12_345.0)), AreaUnit::Unknown);
        assert_eq!(thrice((60_000.0, 6000.0)), AreaUnit::Unknown);
        assert_eq!(thrice((1076.4, 100.0)), AreaUnit::Ft2);
        assert_eq!(
            (named("3"), named("亩"), named("?")),
            (Some(10_000.0), Some(MU), None)
        );
    }
}
