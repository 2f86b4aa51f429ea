//! Every rule on every parcel that it was judged on, and on every upgrade that is proposed.

use std::sync::Arc;

use super::about::Named;
use super::row_if;
use crate::features::idle::Survey;
use crate::features::limits::{Cell, FindingRow, Judged, SubjectKind};
use crate::law::pack::{Relation, Rule};
use crate::run::Scan;
use crate::write::Language;
use crate::write::judgement::Sentence;
use crate::write::{Column, Kind, Table, Value};

/// `findings.csv`: `measure` to `bound` are of the condition that decided, `missing` and `flags` joined by `;`. Ratios and
/// shares are fractions with six decimals.
pub fn findings_table(scan: &Scan) -> Table<'_> {
    let judged = &scan.judged;
    of_parcels(scan, judged, &FindingRows(judged.rows.iter().collect()))
        .carrying(scan, move |row| Named::One(judged.rows[row].subject))
}

/// `findings.csv` with the findings on contracts and enterprises behind those on parcels, in the same columns. A contract is
/// named by the parcel it was judged for.
pub fn findings_with_survey<'a>(
    scan: &'a Scan,
    survey: &'a Survey,
    of_survey: &'a Judged,
) -> Table<'a> {
    let parcels = of_parcels(
        scan,
        &scan.judged,
        &FindingRows(scan.judged.rows.iter().collect()),
    );
    let id = |row: &'a FindingRow| {
        let subject = row.subject as usize;
        let id = match row.kind {
            SubjectKind::Enterprise => survey.tenants.all[subject].id.as_str(),
            _ => scan.measured.city.parcels.rows[subject].id.as_str(),
        };
        Some(id).filter(|id| !id.is_empty())
    };
    let rows = FindingRows(of_survey.rows.iter().collect());
    let mut more = table(scan, of_survey, &rows, id);
    let row = |row: &'a FindingRow| {
        let subject = row.subject as usize;
        match row.kind {
            SubjectKind::Enterprise => {
                let tenant = &survey.tenants.all[subject];
                row_if(tenant.id.is_empty(), tenant.row)
            }
            _ => row_if(
                scan.measured.city.parcels.unclear.contains(&row.subject),
                scan.measured.city.parcels.rows[subject].row,
            ),
        }
    };
    let mut column = rows.column("subject_row", "输入行号", row);
    column.kind = Kind::Integer;
    more.columns.push(column);
    let (first, second) = (&scan.judged.rows, rows.0);
    parcels.then(more).carrying(scan, move |at| {
        let row = first
            .get(at)
            .or_else(|| second.get(at - first.len()).copied());
        match row {
            Some(row) if row.kind == SubjectKind::Enterprise => {
                Named::Many(&survey.tenants.all[row.subject as usize].parcels)
            }
            row => row.map(|row| row.subject).into(),
        }
    })
}

/// `findings.csv` of upgrades that were `judged` by the site they are proposed for, in the same columns.
pub fn upgrade_findings_table<'a>(scan: &'a Scan, judged: &'a Judged) -> Table<'a> {
    of_parcels(scan, judged, &FindingRows(judged.rows.iter().collect()))
        .carrying(scan, move |row| Named::One(judged.rows[row].subject))
}

fn of_parcels<'a>(scan: &'a Scan, judged: &'a Judged, rows: &FindingRows<'a>) -> Table<'a> {
    let parcel = move |row: &FindingRow| &scan.measured.city.parcels.rows[row.subject as usize];
    let id = move |row: &'a FindingRow| Some(parcel(row).id.as_str()).filter(|id| !id.is_empty());
    let mut table = table(scan, judged, rows, id);
    let unclear = move |row: &FindingRow| scan.measured.city.parcels.unclear.contains(&row.subject);
    let row = move |row: &'a FindingRow| row_if(unclear(row), parcel(row).row);
    let mut column = rows.column("subject_row", "输入行号", row);
    column.kind = Kind::Integer;
    table.columns.push(column);
    table
}

/// `findings.csv` of proposals with their ids and the positions of their parcels, in the same columns.
pub fn proposal_findings_table<'a>(
    scan: &'a Scan,
    judged: &'a Judged,
    (ids, parcels): (&'a [String], &'a [Vec<u32>]),
) -> Table<'a> {
    let id = |row: &'a FindingRow| ids.get(row.subject as usize).map(String::as_str);
    let table = table(scan, judged, &FindingRows(judged.rows.iter().collect()), id);
    table.carrying(scan, move |row| {
        let parcels = parcels.get(judged.rows[row].subject as usize);
        parcels.map_or(Named::None, |parcels| Named::Many(parcels))
    })
}

/// The rows that a table is made of.
#[derive(Clone)]
struct FindingRows<'a>(Arc<[&'a FindingRow]>);

impl<'a> FindingRows<'a> {
    fn column<V: Into<Value<'a>>>(
        &self,
        name: &'static str,
        alias: &'static str,
        cell: impl Fn(&'a FindingRow) -> V + Sync + 'a,
    ) -> Column<'a> {
        let rows = self.clone();
        Column::new(name, alias, Kind::Text, move |row| cell(rows.0[row]))
    }
}

fn table<'a>(
    scan: &'a Scan,
    judged: &'a Judged,
    rows: &FindingRows<'a>,
    id: impl Fn(&'a FindingRow) -> Option<&'a str> + Sync + 'a,
) -> Table<'a> {
    let rule = move |row: &FindingRow| &scan.measured.options.policy.rules[usize::from(row.rule)];
    let text = |text: &'a str| Some(text).filter(|text| !text.is_empty());
    let columns = vec![
        rows.column("subject_kind", "对象类别", |row| row.kind.name()),
        rows.column("subject_id", "对象", id),
        rows.column("rule", "规则", move |row| rule(row).id.as_str()),
        rows.column("article", "条款", move |row| {
            Value::Text(rule(row).citation())
        }),
        rows.column("verdict", "结论", |row| row.verdict.name()),
        rows.column("flags", "标记", move |row| {
            text(judged.texts.get(row.flags))
        }),
        rows.column("measure", "指标", move |row| {
            text(judged.texts.get(row.measure))
        }),
        rows.column("value", "数值", |row| value(&row.value)),
        rows.column("relation", "关系", |row| row.relation.map(Relation::name)),
        rows.column("bound", "限值", |row| value(&row.bound)),
        rows.column("missing", "缺少", move |row| {
            text(judged.texts.get(row.missing))
        }),
        rows.column("explanation", "说明", move |row| {
            Value::Text(explanation(judged, row, rule(row)).into())
        }),
    ];
    Table {
        name: "findings",
        title: "判定",
        rows: rows.0.len(),
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

/// What a reader is told: `容积率不低于行业控制值：不符合。容积率：0.52，低于下限 0.7，差 0.18`.
fn explanation(judged: &Judged, row: &FindingRow, rule: &Rule) -> String {
    let deciding = judged.deciding(row);
    let (missing, usual) = (judged.texts.get(row.missing), judged.texts.get(row.usual.0));
    let missing: Vec<String> = missing
        .split(';')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    let assumed: Vec<(&str, &str)> = usual
        .split(',')
        .filter_map(|one| one.split_once('='))
        .collect();
    let sentence = Sentence {
        verdict: row.verdict,
        rule: Some(rule),
        because: &deciding.iter().collect::<Vec<_>>(),
        missing: &missing,
        usual: (!assumed.is_empty()).then_some((&assumed[..], row.usual.1)),
    };
    let premise = match row.kind {
        SubjectKind::Parcel
        | SubjectKind::Grant
        | SubjectKind::Enterprise
        | SubjectKind::Split
        | SubjectKind::Merge => "",
        SubjectKind::Upgrade => "（以 allocation.csv 拟配置地块和所需新建建筑面积为前提）",
    };
    format!("{}：{}{premise}", rule.zh, sentence.text(Language::Zh))
}
