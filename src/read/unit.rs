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

/// In this unit a value differs so much from its polygon that another unit may be meant.
const FAR: std::ops::RangeInclusive<f64> = 0.2..=5.0;

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

/// The unit of one value that is far from its polygon in the unit of its column, where there is one in which it is near:
/// somebody wrote 15 亩 among m². `None` where the column's unit will do, or none does.
pub(super) fn of_row(value: f64, m2: f64, column: Option<f64>) -> Option<AreaUnit> {
    let ratio = |size: f64| value * size / m2;
    if column.is_some_and(|size| FAR.contains(&ratio(size))) {
        return None;
    }
    // square feet are never slipped into by hand
    let by_hand = UNITS.into_iter().filter(|unit| *unit != AreaUnit::Ft2);
    let mut near = by_hand.filter(|unit| unit.m2().is_some_and(|size| NEAR.contains(&ratio(size))));
    near.next().filter(|_| near.next().is_none())
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

/// The unit of a column, from pairs of its values and the plane areas in m² of the same features: that in which the
/// median of their ratios comes within a fifth.
pub(super) fn shown(pairs: &[(f64, f64)]) -> AreaUnit {
    let mut ratios: Vec<f64> = pairs
        .iter()
        .map(|(value, m2)| m2 / value)
        .filter(|ratio| ratio.is_finite() && *ratio > 0.0)
        .collect();
    if ratios.is_empty() {
        return AreaUnit::M2;
    }
    let middle = ratios.len() / 2;
    let median = *ratios.select_nth_unstable_by(middle, f64::total_cmp).1;
    let is_near = |unit: &AreaUnit| unit.m2().is_some_and(|m2| NEAR.contains(&(median / m2)));
    let near = UNITS.into_iter().find(is_near);
    near.unwrap_or(AreaUnit::Unknown)
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
        assert_eq!(shown(&[(100.0, 12_345.0)]), AreaUnit::Unknown);
        assert_eq!(of_row(15.0, 10_000.0, Some(1.0)), Some(AreaUnit::Mu));
        assert_eq!(of_row(9_000.0, 10_000.0, Some(1.0)), None);
        assert_eq!(
            of_row(600_000.0, 6_000.0, Some(1.0)),
            None,
            "a slipped decimal"
        );
        assert_eq!(
            (named("3"), named("亩"), named("?")),
            (Some(10_000.0), Some(MU), None)
        );
    }
}
