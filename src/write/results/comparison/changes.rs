//! Everything that changed between two runs, pair by pair.

use std::sync::Arc;

use crate::features::compare::{Change, ChangeMap, Comparison, Kinship, Row, Why};
use crate::features::idle::State;
use crate::model::{About, Listed, RunParcel};
use crate::quantity::{Area, Decimal};
use crate::write::{Column, Kind, Table, TableGeometry, Value};

/// `changes.csv`: one row for each pair of parcels of which something matters: a state other than built on either side, a
/// relation other than `same`, or another area, plot ratio or verdict. By the parcel of the later run; what only the earlier
/// has comes last.
pub fn changes_table<'a>(of: &'a Comparison<'a>) -> Table<'a> {
    table("changes", of, (0..of.rows.len()).collect(), None)
}

/// `changed.*`: the same rows with the shape of the later run, or of the earlier for what is gone.
pub fn changed_table<'a>(of: &'a Comparison<'a>, map: &'a ChangeMap) -> Table<'a> {
    let geometry = TableGeometry {
        crs: &map.crs,
        plane: Box::new(|row| map.plane.get(row)),
        degrees: Some(Box::new(|row| map.degrees.get(row))),
    };
    table(
        "changed",
        of,
        map.rows.iter().copied().collect(),
        Some(geometry),
    )
}

fn table<'a>(
    name: &'static str,
    of: &'a Comparison<'a>,
    list: Arc<[usize]>,
    geometry: Option<TableGeometry<'a>>,
) -> Table<'a> {
    Table {
        name,
        title: "两次排查变化",
        rows: list.len(),
        columns: ChangeRows { of, list }.columns(),
        geometry,
    }
}

/// The rows of the table.
#[derive(Clone)]
struct ChangeRows<'a> {
    of: &'a Comparison<'a>,
    list: Arc<[usize]>,
}

/// A parcel of a run with its state.
type ChangeSide<'a> = (&'a RunParcel, Option<State>);

impl<'a> ChangeRows<'a> {
    /// What is said of the parcel of the later run, of the earlier for what is gone.
    fn about(&self, about: About) -> Column<'a> {
        self.column((about.name(), about.zh()), Kind::Text, move |of, row| {
            let [earlier, later] = of.sides(row);
            let said = later.or(earlier);
            said.and_then(|(parcel, _)| parcel.about(about)).into()
        })
    }

    fn columns(&self) -> Vec<Column<'a>> {
        let id = |(parcel, _): ChangeSide<'a>| {
            Some(parcel.id.as_str()).filter(|id| !id.is_empty()).into()
        };
        let state = |(_, state): ChangeSide<'a>| state.map(State::name).into();
        let reason = |side: ChangeSide<'a>| {
            listed(side)
                .and_then(|listed| listed.reason.as_deref())
                .into()
        };
        let area = |(parcel, _): ChangeSide<'a>| parcel.area.map(Area::decimal).into();
        let ratio = |(parcel, _): ChangeSide<'a>| parcel.plot_ratio.into();
        let verdict = |(parcel, _): ChangeSide<'a>| parcel.verdict.as_deref().into();
        let row = |(parcel, _): ChangeSide<'a>| parcel.row.map(i64::from).into();
        let (m2, share) = (Kind::Decimal(2), Kind::Decimal(6));
        let text = Kind::Text;
        let mut columns = vec![
            self.side(("parcel_a", "前次宗地代码"), text, 0, id),
            self.side(("parcel_b", "本次宗地代码"), text, 1, id),
            self.row("relation", "宗地关系", text, |row| {
                row.kinship.map(Kinship::name).into()
            }),
            self.row("share", "占前次宗地部分比例", share, |row| {
                row.share.and_then(|share| Decimal::round(share, 6)).into()
            }),
            self.side(("state_a", "前次状态"), text, 0, state),
            self.side(("state_b", "本次状态"), text, 1, state),
            self.side(("reason_a", "前次原因"), text, 0, reason),
            self.side(("reason_b", "本次原因"), text, 1, reason),
            self.row("change", "变化", text, |row| row.change.name().into()),
            self.day("since", "起始日期", 0),
            self.day("first_seen", "首次发现", 1),
            self.day("last_seen", "最近发现", 2),
            self.side(("area_a_m2", "前次面积_平方米"), m2, 0, area),
            self.side(("area_b_m2", "本次面积_平方米"), m2, 1, area),
            self.side(("plot_ratio_a", "前次容积率"), share, 0, ratio),
            self.side(("plot_ratio_b", "本次容积率"), share, 1, ratio),
            self.side(("verdict_a", "前次结论"), text, 0, verdict),
            self.side(("verdict_b", "本次结论"), text, 1, verdict),
            self.row("why", "说明", text, |row| row.why.map(Why::name).into()),
            self.row("change_zh", "变化_中文", text, |row| {
                zh(row.change).into()
            }),
            self.side(("parcel_row_a", "前次输入行号"), Kind::Integer, 0, row),
            self.side(("parcel_row_b", "本次输入行号"), Kind::Integer, 1, row),
        ];
        columns.extend(self.of.said().map(|about| self.about(about)));
        columns
    }

    fn column(
        &self,
        (name, alias): (&'static str, &'static str),
        kind: Kind,
        cell: impl Fn(&'a Comparison<'a>, &'a Row) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        let (of, list) = (self.of, self.list.clone());
        Column::new(name, alias, kind, move |row| cell(of, &of.rows[list[row]]))
    }

    fn row(
        &self,
        name: &'static str,
        alias: &'static str,
        kind: Kind,
        cell: impl Fn(&'a Row) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        self.column((name, alias), kind, move |_, row| cell(row))
    }

    fn side(
        &self,
        names: (&'static str, &'static str),
        kind: Kind,
        run: usize,
        cell: impl Fn(ChangeSide<'a>) -> Value<'a> + Sync + 'a,
    ) -> Column<'a> {
        self.column(names, kind, move |of, row| {
            of.sides(row)[run].map_or(Value::Null, &cell)
        })
    }

    fn day(&self, name: &'static str, alias: &'static str, which: usize) -> Column<'a> {
        self.column((name, alias), Kind::Text, move |of, row| {
            let day = of.days(row)[which];
            day.map(|day| Value::Text(day.to_string().into())).into()
        })
    }
}

fn listed((parcel, _): ChangeSide<'_>) -> Option<&Listed> {
    parcel.listed.as_deref()
}

const fn zh(change: Change) -> &'static str {
    match change {
        Change::New => "新增",
        Change::Cured => "已消除",
        Change::Unchanged => "未变",
        Change::Worse => "加重",
        Change::Better => "减轻",
        Change::Split => "已分割",
        Change::Merged => "已合并",
        Change::Gone => "宗地不存在",
        Change::Unknown => "情况不明",
        Change::None => "均未列入",
    }
}
