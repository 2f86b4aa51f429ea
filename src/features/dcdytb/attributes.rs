//! Family 3xxx: what a row says in its fields, each by itself, and its area beside that of its shape.

use std::collections::BTreeMap;

use super::{SurveyFamily, SurveyFinding};
use crate::formats::is_date_or_year;
use crate::model::survey::{
    Reading, SurveyField, SurveyKind, SurveyLayer, SurveyTheme, SurveyValue, is_yes,
};
use crate::quantity::{Area, Exact};

/// No parcel is built to more: a plot ratio beyond this is an area, a percentage or a slip.
const MOST_PLOT_RATIO: i64 = 20;

/// An area may be off that of its polygon by a 200th, and by 1 m² in any case: plane and ellipsoid areas differ by less
/// than a thousandth within a zone.
const AREA_SHARE: i64 = 200;

/// Checks every row; `areas` are those of the shapes, where they have one.
pub(super) fn check(
    layer: &SurveyLayer,
    areas: &[Option<Area>],
    findings: &mut Vec<SurveyFinding>,
) {
    let found = |feature: String, field, check, detail| SurveyFinding {
        family: SurveyFamily::Attributes,
        layer: layer.theme,
        feature,
        field,
        check,
        detail,
    };
    for column in layer.columns.iter().filter(|column| !column.given) {
        let field = column.field.map_or("", |field| field.name);
        let detail = "the layer has no such field; it is written without values".to_owned();
        findings.push(found(String::new(), field, "missing_field", detail));
    }
    let known: Vec<(usize, &SurveyField)> = (0..layer.columns.len())
        .filter_map(|place| Some((place, layer.columns[place].field?)))
        .filter(|(place, _)| layer.columns[*place].given)
        .collect();
    let area_field = match layer.theme {
        SurveyTheme::Units => "MJ",
        SurveyTheme::Zones => "DCQMJ",
    };
    for row in 0..layer.len() {
        for (place, field) in &known {
            let value = &layer.row(row)[*place];
            if let Some((check, detail)) = wrong(field.kind, value) {
                findings.push(found(layer.feature(row), field.name, check, detail));
            }
        }
        let shape = areas.get(row).copied().flatten();
        if let (Some(said), Some(shape)) = (layer.number(row, area_field).number(), shape)
            && let Some(detail) = off(said, shape)
        {
            findings.push(found(
                layer.feature(row),
                area_field,
                "area_not_of_shape",
                detail,
            ));
        }
    }
    let mut by_id: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for row in 0..layer.len() {
        if let Some(id) = layer.value(row, layer.theme.id()).word() {
            by_id.entry(id.into_owned()).or_default().push(row);
        }
    }
    for (id, rows) in by_id.into_iter().filter(|(_, rows)| rows.len() > 1) {
        let shown: Vec<String> = rows.iter().take(20).map(usize::to_string).collect();
        let more = if rows.len() > 20 { ", …" } else { "" };
        let detail = format!(
            "{} features have this number: rows {}{more}",
            rows.len(),
            shown.join(", ")
        );
        findings.push(found(id, layer.theme.id(), "duplicate_id", detail));
    }
}

/// What is wrong with a value by itself.
fn wrong(kind: SurveyKind, value: &SurveyValue) -> Option<(&'static str, String)> {
    let Some(word) = value.word() else {
        return (kind == SurveyKind::Key)
            .then(|| ("missing_id", "the feature has none".to_owned()));
    };
    let shown: String = word.chars().take(40).collect();
    match kind {
        SurveyKind::Key | SurveyKind::Text => None,
        SurveyKind::Code => (!word.is_ascii()).then(|| {
            (
                "label_for_code",
                format!("`{shown}` is a label; the code is needed, as `G`"),
            )
        }),
        SurveyKind::YesNo => is_yes(&word).is_none().then(|| {
            (
                "not_in_code_table",
                format!("`{shown}` is neither yes nor no (是, 否; 1, 0)"),
            )
        }),
        SurveyKind::Date => {
            (!is_date_or_year(&word)).then(|| ("unreadable_date", format!("`{shown}` is no date")))
        }
        SurveyKind::Area | SurveyKind::PlotRatio | SurveyKind::Density | SurveyKind::Number => {
            match value.number() {
                Reading::Nothing => None,
                Reading::Unreadable => {
                    Some(("unreadable_number", format!("`{shown}` is no number")))
                }
                Reading::Is(number) => out_of_range(kind, number, &shown),
            }
        }
    }
}

fn out_of_range(kind: SurveyKind, number: Exact, shown: &str) -> Option<(&'static str, String)> {
    let most = match kind {
        SurveyKind::PlotRatio => Some((MOST_PLOT_RATIO, "no plot ratio is that high")),
        // a share, or percent
        SurveyKind::Density => Some((100, "no more than all ground can be built on")),
        _ => None,
    };
    // taxes and investments can be below zero; land cannot
    if number < Exact::ZERO && kind != SurveyKind::Number {
        return Some(("out_of_range", format!("`{shown}` is below zero")));
    }
    let (most, why) = most?;
    (number > Exact::int(most))
        .then(|| ("out_of_range", format!("`{shown}` is above {most}: {why}")))
}

/// How an area is not that of its shape.
fn off(said: Exact, shape: Area) -> Option<String> {
    let measured = Exact::from(shape);
    let tolerated = measured.over(Exact::int(AREA_SHARE))?.max(Exact::ONE);
    let apart = said.minus(measured)?.abs();
    if apart <= tolerated {
        return None;
    }
    let in_mu = said.times(Exact::MU_M2).and_then(|m2| m2.minus(measured));
    let hint = if in_mu.is_some_and(|apart| apart.abs() <= tolerated) {
        ": it is in 亩, and m² are needed"
    } else {
        ""
    };
    let said = said.decimal(2)?;
    Some(format!(
        "it says {said} m², and its shape covers {} m²{hint}",
        shape.decimal()
    ))
}
