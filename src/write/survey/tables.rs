//! Findings → `survey_checks.csv`; units → 表1-2, whose areas are in 亩; one CSV file each.

use crate::features::dcdytb::{SurveyFinding, mu};
use crate::model::survey::{SurveyKind, SurveyLayer, SurveyTheme};
use crate::write::{Column, Kind, Replacement, Table, Value, WriteError, csv};

/// `survey_checks.csv`: one row for each finding.
pub fn survey_checks_table(findings: &[SurveyFinding]) -> Table<'_> {
    let text = |name, alias, value: fn(&SurveyFinding) -> &str| {
        Column::new(name, alias, Kind::Text, move |row: usize| {
            Some(value(&findings[row])).filter(|text| !text.is_empty())
        })
    };
    Table {
        name: "survey_checks",
        title: "调查成果检查",
        rows: findings.len(),
        columns: vec![
            text("family", "检查类别", |finding| finding.family.name()),
            text("layer", "图层", |finding| finding.layer.name()),
            text("feature", "要素", |finding| &finding.feature),
            text("field", "字段", |finding| finding.field),
            text("detail", "说明", |finding| &finding.detail),
            text("check", "检查项", |finding| finding.check),
        ],
        geometry: None,
    }
}

/// Table 1-2: one row for each unit, the fields of the survey in order, areas in 亩 with four decimals. A value that is no
/// number is empty where an area belongs.
pub fn unit_table(units: &SurveyLayer) -> Table<'_> {
    let column = |field: &'static crate::model::survey::SurveyField| {
        let is_area = field.kind == SurveyKind::Area;
        let kind = if is_area {
            Kind::Decimal(4)
        } else {
            Kind::Text
        };
        Column::new(field.name, field.alias(), kind, move |row: usize| {
            let value = units.value(row, field.name);
            if is_area {
                mu(value).into()
            } else {
                value.text().map_or(Value::Null, Value::Text)
            }
        })
    };
    Table {
        name: "units",
        title: "调查单元汇总表（表1-2）",
        rows: units.len(),
        columns: SurveyTheme::Units.fields().iter().map(column).collect(),
        geometry: None,
    }
}

/// Writes a table as CSV into `file`.
///
/// # Errors
/// When it cannot be written.
pub fn write_csv(file: &Replacement, table: &Table<'_>) -> Result<(), WriteError> {
    csv::write_at(&file.path(), (file.shown(), false), table)
}
