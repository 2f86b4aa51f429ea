//! The unit of each column of floor areas of buildings, as footprints × storeys beside them show.

use std::collections::BTreeMap;

use super::known::Known;
use super::numbers::Numbers;
use super::rows::Rows;
use super::unit::headed_area;
use crate::geometry::plane_area;
use crate::model::AreaUnit;
use crate::model::held::FLOOR_NOTED;

/// Units that floor areas come in beside m². ft² is not among them: it is near a decimal place from m², so that its evidence
/// would be that of a slip.
const UNITS: [AreaUnit; 2] = [AreaUnit::Ha, AreaUnit::Mu];
/// Buildings that must bear a unit out, and the share of them: one may be a slip.
const LEAST: (usize, f64) = (2, 0.8);
/// As many buildings are looked at.
const MOST: usize = 10_000;

/// The unit of each column, by its field: as was decided before, or that which nearly all values fit.
pub(super) fn floor_units(
    known: &Known,
    rows: &[Rows],
    square_metres: f64,
    given: &BTreeMap<String, AreaUnit>,
    notes: &mut Vec<String>,
) -> Vec<(&'static str, AreaUnit)> {
    let mut units = Vec::new();
    for field in ["floor_area", "floor_area_predicted", "far_floor_area"] {
        let Some(name) = known.stored_name(field) else {
            continue;
        };
        let said = headed_area(name, field);
        if let Some(unit) = said.filter(|_| !given.contains_key(name)) {
            units.push((field, unit));
            continue;
        }
        let unit = given.get(name).copied();
        let unit = unit.unwrap_or_else(|| shown(&ratios(known, rows, field, square_metres)));
        if unit != AreaUnit::M2 {
            let sign = if unit == AreaUnit::Ha {
                "万㎡ (ha)"
            } else {
                unit.sign()
            };
            notes.push(format!(
                "buildings: `{name}` is in {sign}, as footprint × storeys beside it show"
            ));
        }
        units.push((field, unit));
    }
    // what lies below ground is written as the whole is
    let whole = units.iter().find(|(field, _)| *field == "floor_area");
    let below = known.stored_name("floor_area_below").zip(whole);
    units.extend(below.map(|(name, (_, unit))| {
        let field = "floor_area_below";
        let said = given
            .get(name)
            .copied()
            .or_else(|| headed_area(name, field));
        (field, said.unwrap_or(*unit))
    }));
    units
}

/// The unit that nearly all ratios fit.
fn shown(ratios: &[f64]) -> AreaUnit {
    let fits = |unit: &AreaUnit| {
        let near = |ratio: &&f64| {
            let size = unit.m2().unwrap_or(f64::NAN);
            (1.0 / FLOOR_NOTED..=FLOOR_NOTED).contains(&(**ratio / size))
        };
        ratios.iter().filter(near).count()
    };
    #[expect(clippy::cast_precision_loss, reason = "at most ten thousand")]
    let borne_out = |unit: &AreaUnit| {
        fits(unit) >= LEAST.0 && fits(unit) as f64 >= LEAST.1 * ratios.len() as f64
    };
    UNITS.into_iter().find(borne_out).unwrap_or(AreaUnit::M2)
}

/// Footprint × storeys over the value, of buildings where both are known and no cell says its unit.
fn ratios(known: &Known, rows: &[Rows], field: &str, square_metres: f64) -> Vec<f64> {
    let mut ratios = Vec::new();
    let mut doubts = Vec::new();
    for rows in rows {
        let numbers = |field| Numbers::of(known, &rows.batch, field);
        let storeys = numbers("storeys").or_else(|| numbers("storeys_total"));
        let (Some(values), Some(storeys), Some(shapes)) =
            (numbers(field), storeys, &rows.batch.shapes)
        else {
            continue;
        };
        let mut ratio = |row| {
            doubts.clear();
            let (value, unit) = values.area(row, &mut doubts)?;
            let counted = storeys.storeys(row, &mut doubts);
            let storeys = counted
                .above
                .or(counted.plain)
                .filter(|count| *count > 0.0)?;
            let ratio = plane_area(shapes.get(row)) * square_metres * storeys / value;
            (unit.is_none() && ratio > 0.0 && ratio.is_finite()).then_some(ratio)
        };
        let left = MOST - ratios.len();
        ratios.extend((0..rows.batch.rows).filter_map(&mut ratio).take(left));
    }
    ratios
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_that_which_nearly_all_values_fit() {
        assert_eq!(shown(&[1.0, 1.2, 0.9]), AreaUnit::M2);
        assert_eq!(shown(&[10_000.0, 11_000.0]), AreaUnit::Ha);
        assert_eq!(shown(&[10_000.0]), AreaUnit::M2, "one may be a slip");
        assert_eq!(shown(&[700.0, 650.0, 1.0]), AreaUnit::M2);
        assert_eq!(shown(&[0.1, 0.1, 0.1]), AreaUnit::M2, "a slip is no unit");
        assert_eq!(shown(&[]), AreaUnit::M2);
    }
}
