//! The register of first-seen and last-seen days.

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::super::about::of_register;
use crate::features::compare::{Comparison, Register, Spell};
use crate::features::idle::State;
use crate::model::RunParcel;
use crate::run::Scan;
use crate::write::{Column, Kind, Table, Value};

/// The same of a city, with what is known of its parcels.
pub fn register_of_city<'a>(scan: &'a Scan, register: &'a Register) -> Table<'a> {
    of_register(register_table(register), scan, register)
}

/// The same as of the later of two runs, with what either says of its parcels.
pub fn register_of_comparison<'a>(of: &'a Comparison<'a>) -> Table<'a> {
    let register = &of.registers[1];
    let mut table = register_table(register);
    let mut parcels: FxHashMap<&str, &RunParcel> = FxHashMap::default();
    for parcel in of.runs.iter().flat_map(|run| &run.parcels) {
        if parcel.is_clear() {
            parcels.insert(&parcel.id, parcel);
        }
    }
    let named: Arc<[Option<&RunParcel>]> = (register.spells.iter())
        .map(|spell| parcels.get(spell.parcel_id.as_str()).copied())
        .collect();
    table.columns.extend(of.said().map(|about| {
        let named = Arc::clone(&named);
        Column::new(about.name(), about.zh(), Kind::Text, move |row: usize| {
            named[row].and_then(|parcel| parcel.about(about))
        })
    }));
    table
}

/// `register.csv`: one row for each parcel and state for as long as it was seen in it, by parcel and first day. `closed` is
/// the day of the first run that showed that the state is over, and `closed_by` what took its place.
fn register_table(register: &Register) -> Table<'_> {
    let spells = &register.spells;
    let text = |name, alias, cell: fn(&Spell) -> Value<'_>| {
        Column::new(name, alias, Kind::Text, move |row: usize| {
            cell(&spells[row])
        })
    };
    let columns = vec![
        text("parcel_id", "宗地代码", |spell| {
            spell.parcel_id.as_str().into()
        }),
        text("state", "状态", |spell| spell.state.name().into()),
        text("first_seen", "首次发现", |spell| {
            day(Some(spell.first_seen))
        }),
        text("last_seen", "最近发现", |spell| {
            day(Some(spell.last_seen))
        }),
        Column::new("runs", "次数", Kind::Integer, move |row: usize| {
            i64::from(spells[row].runs)
        }),
        text("since", "起始日期", |spell| day(spell.since)),
        text("closed", "结束日期", |spell| {
            day(spell.closed.as_ref().map(|(day, _)| *day))
        }),
        text("parents", "原宗地代码", |spell| {
            let joined = spell.parents.join(";");
            Some(joined)
                .filter(|text| !text.is_empty())
                .map(|text| Value::Text(text.into()))
                .into()
        }),
        text("closed_by", "结束情况", |spell| {
            let by = spell.closed.as_ref().map(|(_, by)| by.as_str());
            by.filter(|by| !by.is_empty()).into()
        }),
        text("rule", "依据", |spell| {
            Some(spell.rule.as_str())
                .filter(|rule| !rule.is_empty())
                .into()
        }),
        text("state_zh", "状态_中文", |spell| {
            State::zh(spell.state).into()
        }),
    ];
    Table {
        name: "register",
        title: "排查台账",
        rows: spells.len(),
        columns,
        geometry: None,
    }
}

fn day<'a>(day: Option<Date>) -> Value<'a> {
    day.map(|day| Value::Text(day.to_string().into())).into()
}
