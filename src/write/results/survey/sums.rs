//! The survey in numbers: its totals by group, its ladders, the targets of the policy.

use std::sync::Arc;

use super::super::super::judgement::short_number;
use crate::features::idle::{
    Counted, GROUPINGS, State, Step, Survey, SurveyGroup, Target, grouped,
};
use crate::law::facts::fact;
use crate::law::judge::Verdict;
use crate::law::measures::measure_named;
use crate::quantity::{Area, Decimal, Exact, Figure, Unit};
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// A group in one way to group.
type GroupRow = (&'static str, Option<String>, SurveyGroup);

/// `survey_totals.csv`: for each way to group (district, town, park, industry, plot-ratio class) one row for each group, by
/// name, then the row `total`; the printed rows add up to it, and the printed rows of `idle.*` to them.
pub fn survey_totals_table<'a>(scan: &Scan, survey: &Survey) -> Table<'a> {
    let mut rows: Vec<GroupRow> = Vec::new();
    for by in &GROUPINGS {
        let (groups, all) = grouped(scan.known(), survey, by);
        rows.extend(
            groups
                .into_iter()
                .map(|(name, group)| (by.name, name, group)),
        );
        rows.push((by.name, Some("total".to_owned()), all));
    }
    let (count, rows) = (rows.len(), Arc::<[GroupRow]>::from(rows));
    let (first, second) = (rows.clone(), rows.clone());
    let mut columns = vec![
        Column::new("group_by", "分组方式", Kind::Text, move |row| {
            first[row].0
        }),
        Column::new("group", "分组", Kind::Text, move |row| {
            second[row].1.clone().map(|name| Value::Text(name.into()))
        }),
    ];
    let mut counted =
        |prefix: &str, alias: &str, of: Arc<dyn Fn(&SurveyGroup) -> Counted + Sync + Send>| {
            let part = |cell: fn(Counted) -> Value<'a>| {
                let (rows, of) = (rows.clone(), of.clone());
                move |row: usize| cell(of(&rows[row].2))
            };
            let number = |counted: Counted| i64::try_from(counted.parcels).ok().into();
            let m2 = |counted: Counted| Area::from_cents(counted.cents).decimal().into();
            let mu = |counted: Counted| Decimal::new(counted.mu, 4).into();
            columns.extend([
                Column::new(
                    format!("{prefix}parcels"),
                    format!("{alias}宗数"),
                    Kind::Integer,
                    part(number),
                ),
                Column::new(
                    format!("{prefix}area_m2"),
                    format!("{alias}面积_平方米"),
                    Kind::Decimal(2),
                    part(m2),
                ),
                Column::new(
                    format!("{prefix}area_mu"),
                    format!("{alias}面积_亩"),
                    Kind::Decimal(4),
                    part(mu),
                ),
            ]);
        };
    counted("", "", Arc::new(|group| group.all));
    for (at, state) in State::ALL.into_iter().enumerate() {
        let prefix = format!("{}_", state.name());
        counted(
            &prefix,
            state.zh(),
            Arc::new(move |group| group.by_state[at]),
        );
    }
    Table {
        name: "survey_totals",
        title: "闲置低效用地汇总",
        rows: count,
        columns,
        geometry: None,
    }
}

/// `ladder.csv`: how many parcels each condition removed, from all parcels down to each list.
pub fn ladder_table(steps: &[Step]) -> Table<'_> {
    let number = |name: &'static str, alias: &'static str, of: fn(&Step) -> u64| {
        Column::new(name, alias, Kind::Integer, move |row: usize| {
            i64::try_from(of(&steps[row])).ok()
        })
    };
    let columns = vec![
        Column::new("ladder", "清单", Kind::Text, move |row: usize| {
            steps[row].ladder
        }),
        Column::new("condition", "条件", Kind::Text, move |row: usize| {
            steps[row].condition
        }),
        Column::new(
            "condition_zh",
            "条件_中文",
            Kind::Text,
            move |row: usize| steps[row].zh,
        ),
        number("removed", "不符合", |step| step.removed),
        number("unknown", "情况不明", |step| step.unknown),
        number("left", "剩余", |step| step.left),
        Column::new(
            "left_m2",
            "剩余面积_平方米",
            Kind::Decimal(2),
            move |row: usize| steps[row].left_area.decimal(),
        ),
    ];
    Table {
        name: "ladder",
        title: "筛选过程",
        rows: steps.len(),
        columns,
        geometry: None,
    }
}

fn shown(figure: Option<&Figure>) -> Option<String> {
    match figure? {
        Figure::Number(m2, Unit::Land) => m2
            .over(Exact::MU_M2)
            .map(|mu| format!("{} 亩", short_number(mu))),
        figure => figure.number().map(short_number),
    }
}

/// `targets.csv`: each target of the policy with its value, as far as the survey knows it, and how far it is reached.
pub fn targets_table(targets: &[Target]) -> Table<'_> {
    let text = |name: &'static str, alias: &'static str, of: fn(&Target) -> Option<String>| {
        Column::new(name, alias, Kind::Text, move |row: usize| {
            of(&targets[row])
                .filter(|text| !text.is_empty())
                .map(|text| Value::Text(text.into()))
        })
    };
    let columns = vec![
        text("target", "目标", |target| {
            Some(target.condition.measure.clone())
        }),
        text("target_zh", "目标_中文", |target| {
            let name = target.condition.measure.as_str();
            measure_named(name)
                .map(|measure| measure.zh)
                .or_else(|| fact(name).map(|fact| fact.zh))
                .map(str::to_owned)
        }),
        text("value", "现值", |target| {
            shown(target.condition.value.as_ref())
        }),
        text("relation", "关系", |target| {
            Some(target.condition.relation.sign().to_owned())
        }),
        text("bound", "目标值", |target| {
            shown(target.condition.bound.as_ref())
        }),
        Column::new(
            "progress",
            "完成比例",
            Kind::Decimal(6),
            move |row: usize| targets[row].progress.and_then(|share| share.decimal(6)),
        ),
        text("verdict", "结论", |target| {
            Some(Verdict::name(target.condition.verdict).to_owned())
        }),
        text("basis", "口径", |target| target.basis.clone()),
        text("missing", "缺少", |target| {
            Some(target.condition.missing.join(";"))
        }),
    ];
    Table {
        name: "targets",
        title: "攻坚目标进度",
        rows: targets.len(),
        columns,
        geometry: None,
    }
}
