//! The unit of a column of areas: as a row says, or as the polygons beside it show.

/// m² in one 亩.
const MU: f64 = 2000.0 / 3.0;
/// Units that areas come in, with their size in m² and their name.
const UNITS: [(f64, &str); 5] = [
    (1.0, "m²"),
    (10_000.0, "ha"),
    (MU, "亩"),
    (1_000_000.0, "km²"),
    (0.092_903_04, "ft²"),
];

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
/// median of their ratios comes within a fifth. `None` when no unit does.
pub(super) fn shown(pairs: &[(f64, f64)]) -> Option<(f64, &'static str)> {
    let mut ratios: Vec<f64> = pairs
        .iter()
        .map(|(value, m2)| m2 / value)
        .filter(|ratio| ratio.is_finite() && *ratio > 0.0)
        .collect();
    if ratios.is_empty() {
        return Some(UNITS[0]);
    }
    let middle = ratios.len() / 2;
    let median = *ratios.select_nth_unstable_by(middle, f64::total_cmp).1;
    UNITS
        .into_iter()
        .find(|(m2, _)| (0.8..=1.25).contains(&(median / m2)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_in_mu_shows_itself_beside_its_polygons() {
        assert_eq!(
            shown(&[(10.0, 6666.67), (3.0, 2001.0), (1.0, 5.0)]),
            Some((MU, "亩"))
        );
        assert_eq!(shown(&[(100.0, 100.4)]), Some((1.0, "m²")));
        assert_eq!(shown(&[(100.0, 12_345.0)]), None);
        assert_eq!(
            (named("3"), named("亩"), named("?")),
            (Some(10_000.0), Some(MU), None)
        );
    }
}
