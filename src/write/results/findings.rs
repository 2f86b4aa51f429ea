//! Every rule on every parcel that it was judged on, and on every upgrade that is proposed.

use super::row_if;
use crate::measure::case::measure_named;
use crate::model::facts::fact;
use crate::policy::{Relation, Rule};
use crate::scan::{Cell, FindingRow, Scan, SubjectKind};
use crate::write::Language;
use crate::write::judgement::{short_number, sign, verdict_text};
use crate::write::{Column, Kind, Table, Value};

/// `findings.csv`: `measure` to `bound` are of the condition that decided, `missing` and `flags` joined by `;`. Ratios and
/// shares are fractions with six decimals.
pub fn findings_table(scan: &Scan) -> Table<'_> {
    let judged = &scan.judged;
    let of = move |row: usize| &judged.rows[row];
    let rule = move |row: usize| &scan.options.policy.rules[usize::from(of(row).rule)];
    let parcel = move |row: usize| &scan.city.parcels.rows[of(row).parcel as usize];
    let text = move |text: String| {
        if text.is_empty() {
            Value::Null
        } else {
            Value::Text(text.into())
        }
    };
    let columns = vec![
        Column::new("subject_kind", "对象类别", Kind::Text, move |row| {
            of(row).subject.name()
        }),
        Column::new("subject_id", "对象", Kind::Text, move |row| {
            Some(parcel(row).id.as_str()).filter(|id| !id.is_empty())
        }),
        Column::new("rule", "规则", Kind::Text, move |row| {
            rule(row).id.as_str()
        }),
        Column::new("article", "条款", Kind::Text, move |row| {
            Value::Text(rule(row).citation().into())
        }),
        Column::new("verdict", "结论", Kind::Text, move |row| {
            of(row).verdict.name()
        }),
        Column::new("flags", "标记", Kind::Text, move |row| {
            text(judged.texts.get(of(row).flags))
        }),
        Column::new("measure", "指标", Kind::Text, move |row| {
            text(judged.texts.get(of(row).measure))
        }),
        Column::new("value", "数值", Kind::Text, move |row| {
            value(&of(row).value)
        }),
        Column::new("relation", "关系", Kind::Text, move |row| {
            of(row).relation.map(Relation::name)
        }),
        Column::new("bound", "限值", Kind::Text, move |row| {
            value(&of(row).bound)
        }),
        Column::new("missing", "缺少", Kind::Text, move |row| {
            text(judged.texts.get(of(row).missing))
        }),
        Column::new("explanation", "说明", Kind::Text, move |row| {
            text(explanation(scan, of(row), rule(row)))
        }),
        Column::new("subject_row", "输入行号", Kind::Integer, move |row| {
            row_if(
                scan.city.parcels.unclear.contains(&of(row).parcel),
                parcel(row).row,
            )
        }),
    ];
    Table {
        name: "findings",
        title: "判定",
        rows: judged.rows.len(),
        columns,
        geometry: None,
    }
}

fn value(cell: &Cell) -> Value<'_> {
    match cell {
        Cell::None => Value::Null,
        Cell::Number(decimal) => Value::Text(decimal.to_string().into()),
        Cell::Text(text) => Value::Text(text.as_str().into()),
    }
}

/// What a reader is told: `容积率不低于行业控制值：不符合，容积率 0.52 ≥ 0.7`.
fn explanation(scan: &Scan, row: &FindingRow, rule: &Rule) -> String {
    let measure = scan.judged.texts.get(row.measure);
    let named = measure_named(&measure)
        .map(|measure| measure.zh)
        .or_else(|| fact(&measure).map(|fact| fact.zh));
    let number = |cell: &Cell| match cell {
        Cell::None => "未知".to_owned(),
        Cell::Number(decimal) => short_number((*decimal).into()),
        Cell::Text(text) => text.to_string(),
    };
    let verdict = verdict_text(row.verdict, rule.classifies, Language::Zh);
    let relation = row.relation.map_or("", sign);
    let missing = scan.judged.texts.get(row.missing);
    let missing = if missing.is_empty() {
        String::new()
    } else {
        format!("，缺 {missing}")
    };
    let premise = match row.subject {
        SubjectKind::Parcel => "",
        SubjectKind::Upgrade => "（以 allocation.csv 拟配置地块和所需新建建筑面积为前提）",
    };
    format!(
        "{}：{verdict}，{} {} {relation} {}{missing}{premise}",
        rule.zh,
        named.unwrap_or(&measure),
        number(&row.value),
        number(&row.bound)
    )
}
