//! Family 5xxx: what units say of their zones, and zones of their units.

use std::collections::BTreeMap;

use super::{SurveyFamily, SurveyFinding};
use crate::model::survey::{SurveyLayer, SurveyTheme, is_yes};
use crate::quantity::{Area, Exact};

/// Checks units and zones against each other.
pub(super) fn check(units: &SurveyLayer, zones: &SurveyLayer, findings: &mut Vec<SurveyFinding>) {
    let found = |layer: SurveyTheme, feature, field, check, detail| SurveyFinding {
        family: SurveyFamily::Logic,
        layer,
        feature,
        field,
        check,
        detail,
    };
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in 0..zones.len() {
        if let Some(id) = zones.value(row, "DCQBH").word() {
            by_id.entry(id.into_owned()).or_default().push(row);
        }
    }
    let of_zones = units_by_zone(units);
    for (zone, rows) in &of_zones {
        if by_id.contains_key(zone) {
            continue;
        }
        for row in rows {
            let detail = format!("no zone of DCQTB has the number `{zone}`");
            let feature = units.feature(*row);
            findings.push(found(
                SurveyTheme::Units,
                feature,
                "DCQBH",
                "unknown_zone",
                detail,
            ));
        }
    }
    for (zone, rows) in by_id {
        let Some(its) = of_zones.get(&zone) else {
            let detail = "no unit of DCDYTB lies in it".to_owned();
            findings.push(found(
                SurveyTheme::Zones,
                zone,
                "DCQBH",
                "zone_without_units",
                detail,
            ));
            continue;
        };
        // of two zones with one number neither can be summed up
        let [row] = rows[..] else { continue };
        for (field, what, sum) in [
            ("DCQMJ", "the areas (MJ) of its units", total(units, its)),
            (
                "SDMJ",
                "the areas (MJ) of its units with SFSD",
                total_scattered(units, its),
            ),
        ] {
            let Some(said) = zones.number(row, field).number() else {
                continue;
            };
            let compared = sum.and_then(|sum| unequal(said, sum, its.len(), what));
            match compared {
                Ok(None) => {}
                Ok(Some(detail)) => {
                    findings.push(found(
                        SurveyTheme::Zones,
                        zone.clone(),
                        field,
                        "not_the_sum",
                        detail,
                    ));
                }
                Err(why) => {
                    let detail = format!("cannot be compared with {what}: {why}");
                    findings.push(found(
                        SurveyTheme::Zones,
                        zone.clone(),
                        field,
                        "sum_unknown",
                        detail,
                    ));
                }
            }
        }
    }
}

/// The rows of the units of every zone that some unit names.
pub(super) fn units_by_zone(units: &SurveyLayer) -> BTreeMap<String, Vec<usize>> {
    let mut by_zone: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in 0..units.len() {
        if let Some(zone) = units.value(row, "DCQBH").word() {
            by_zone.entry(zone.into_owned()).or_default().push(row);
        }
    }
    by_zone
}

/// The area of these units in m², or which is not known.
pub(super) fn total(units: &SurveyLayer, rows: &[usize]) -> Result<Exact, String> {
    rows.iter().try_fold(Exact::ZERO, |sum, row| {
        let unknown = || format!("MJ of `{}` is not known", units.feature(*row));
        let area = units.number(*row, "MJ").number().ok_or_else(unknown)?;
        sum.plus(area)
            .ok_or_else(|| "the sum is too large".to_owned())
    })
}

/// The area of those of the units that are scattered land (三地), in m².
pub(super) fn total_scattered(units: &SurveyLayer, rows: &[usize]) -> Result<Exact, String> {
    let mut scattered = Vec::new();
    for row in rows {
        let said = units.value(*row, "SFSD").word();
        match said.and_then(|word| is_yes(&word)) {
            Some(true) => scattered.push(*row),
            Some(false) => {}
            None => return Err(format!("SFSD of `{}` is not known", units.feature(*row))),
        }
    }
    total(units, &scattered)
}

/// How a figure is not the sum of `count` others, each of which may be rounded to 0.01 m², as it may be itself.
fn unequal(said: Exact, sum: Exact, count: usize, what: &str) -> Result<Option<String>, String> {
    let large = || "a figure is too large".to_owned();
    let halves = i64::try_from(count + 1).map_err(|_| large())?;
    let rounding = Exact::from(Area::from_cents(halves))
        .over(Exact::int(2))
        .ok_or_else(large)?;
    let apart = said.minus(sum).ok_or_else(large)?.abs();
    if apart <= rounding {
        return Ok(None);
    }
    let [said, sum] =
        [said, sum].map(|m2| m2.decimal(2).map_or_else(String::new, |m2| m2.to_string()));
    Ok(Some(format!(
        "it says {said} m², and {what} come to {sum} m²"
    )))
}
