//! Rows of a table of grant contracts → the contracts, and what cannot be used of them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::enterprises::Cells;
use super::listed_ids::is_id;
use super::money_units::settle_units;
use super::table::{Doubtful, Line, Table};
use super::table_fields::Sort;
use super::table_values::{Said, cause, code, day, day_or_no, least_plot_ratio, truth};
use crate::model::facts::Record;
use crate::model::{Action, ContractTable, Defect, GrantContract, LayerKind, feature_name};
use crate::quantity::{Exact, Figure, Unit};

/// Days that are agreed or that happened, as columns and facts.
const DAYS: [(&str, &str); 7] = [
    ("due_start", "grant.due_start"),
    ("extended_to", "grant.extended_to"),
    ("due_completion", "grant.due_completion"),
    ("suspended_from", "grant.suspended_from"),
    ("suspended_to", "grant.suspended_to"),
    ("delivered", "grant.delivered"),
    ("approved", "grant.approved"),
];

/// Days that are blank until they come.
const STEPS: [(&str, &str); 4] = [
    ("started", "grant.started"),
    ("completed", "grant.completed"),
    ("stopped_since", "grant.stopped_since"),
    ("resumed", "grant.resumed"),
];

/// Numbers, as columns and facts.
const NUMBERS: [(&str, &str, Unit); 6] = [
    ("area", "grant.area_m2", Unit::Land),
    ("developed_m2", "grant.developed_m2", Unit::Land),
    ("should_develop_m2", "grant.should_develop_m2", Unit::Land),
    ("total_wan", "grant.total_wan", Unit::Wan),
    ("invested_wan", "grant.invested_wan", Unit::Wan),
    ("price_wan", "grant.price_wan", Unit::Wan),
];

/// Reads the table; what a reader must know of it comes last.
pub(super) fn read_contracts(mut table: Table) -> (ContractTable, Vec<Defect>, Vec<String>) {
    let mut notes = settle_units(&mut table);
    let mut found = ContractTable::default();
    let mut defects = Vec::new();
    let mut not_come = BTreeMap::new();
    let repeated = table.repeated();
    for (line, repeated) in table.lines().zip(repeated) {
        let mut doubts = Vec::new();
        let mut blank = Vec::new();
        let contract = contract(&table, line, &mut blank, &mut doubts);
        let feature = feature_name(&contract.id, contract.row);
        let place = line.place_name();
        let defect = |kind, action, detail| Defect {
            layer: LayerKind::Contracts,
            feature: feature.clone(),
            kind,
            action,
            detail,
            at: None,
        };
        let noted = doubts
            .into_iter()
            .map(|doubt| defect(doubt.kind, Action::Noted, doubt.detail));
        let wrong = if repeated {
            Some((
                "repeated_row",
                format!("{place} says what a row above it says, word for word"),
            ))
        } else if contract.parcels.is_empty() {
            Some(("missing_id", format!("{place} names no parcel")))
        } else {
            None
        };
        if let Some((kind, detail)) = wrong {
            found.account.quarantined += 1;
            // why it names none
            defects.extend(noted.filter(|defect| defect.kind == "lost_digits" && !repeated));
            defects.push(defect(kind, Action::Quarantined, detail));
            continue;
        }
        defects.extend(noted);
        for field in blank {
            *not_come.entry(field).or_insert(0_u64) += 1;
        }
        found.account.analysed += 1;
        found.rows.push(contract);
    }
    let account = &mut found.account;
    account.read = table.count() + table.sums();
    account.filtered = account.read - account.analysed - account.quarantined;
    let blank: Vec<String> = STEPS
        .iter()
        .filter_map(|(field, _)| Some((table.slot(field)?, not_come.get(field)?)))
        .map(|(slot, rows)| format!("`{}` in {rows} rows", slot.name))
        .collect();
    if !blank.is_empty() {
        notes.push(format!(
            "contracts: blank is {}: read as not yet come (not begun, not complete, not stopped)",
            blank.join(", ")
        ));
    }
    (found, defects, notes)
}

fn contract(
    table: &Table,
    line: Line<'_>,
    blank: &mut Vec<&'static str>,
    doubts: &mut Vec<Doubtful>,
) -> GrantContract {
    let mut cells = Cells {
        table,
        line,
        doubts,
    };
    let mut row = GrantContract {
        row: line.number(),
        id: cells
            .text("id", code)
            .filter(|id| is_id(id))
            .map(Into::into)
            .unwrap_or_default(),
        parcels: cells.parcels(),
        facts: Record::default(),
    };
    row.parcels.dedup();
    let facts = &mut row.facts;
    let since_1904 = table.sheet.as_ref().is_some_and(|sheet| sheet.since_1904);
    for (field, name) in DAYS {
        if let Some(slot) = table.slot(field) {
            let said = line.read(slot, |text| day(text, since_1904));
            if let Some(day) = cells.sound(slot, said, "date") {
                facts.set(name, Figure::Day(day));
            }
        }
    }
    for (field, name, unit) in NUMBERS {
        cells.number(field, name, unit, facts);
    }
    steps(&mut cells, since_1904, blank, facts);
    if let Some(cause) = cells.text("cause", cause) {
        facts.set("grant.cause", Figure::Word(cause.into()));
    }
    if let Some(truth) = cells.text("standard_land", truth) {
        facts.set("grant.standard_land", Figure::Truth(truth));
    }
    if let Some(least) = cells.text("plot_ratio_min", least_plot_ratio) {
        facts.set(
            "grant.plot_ratio_min",
            Figure::Number(least, Unit::PlotRatio),
        );
    }
    row
}

/// A day that may not have come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// There is no such column, or it cannot be read.
    Unknown,
    NotCome,
    Came(Date),
}

/// Days that have not come are said so, unless another column says that they must have.
fn steps(
    cells: &mut Cells<'_, '_>,
    since_1904: bool,
    blank: &mut Vec<&'static str>,
    facts: &mut Record,
) {
    let mut said = [Step::Unknown; STEPS.len()];
    for ((field, _), step) in STEPS.iter().zip(&mut said) {
        let Some(slot) = cells.table.slot(field) else {
            continue;
        };
        debug_assert_eq!(slot.sort, Sort::DayOrNo);
        let text = cells.line.text(slot.column);
        let read: Said<Step> = day_or_no(text.as_deref(), since_1904)
            .map(|day| Some(day.map_or(Step::NotCome, Step::Came)));
        *step = cells.sound(slot, read, "date").unwrap_or(Step::Unknown);
    }
    let [started, completed, stopped, resumed] = said;
    let came = |step| matches!(step, Step::Came(_));
    let developed = facts.figure("grant.developed_m2").and_then(Figure::number);
    let begun = [
        (came(completed), "completed"),
        (came(stopped), "stopped_since"),
        (came(resumed), "resumed"),
        (developed.is_some_and(|m2| m2 > Exact::ZERO), "developed_m2"),
    ];
    let begun = begun.iter().find(|(is, _)| *is).map(|(_, by)| *by);
    for (((field, name), step), at) in STEPS.iter().zip(said).zip(0..) {
        let by = match at {
            0 if started == Step::NotCome => begun,
            2 if stopped == Step::NotCome && came(resumed) => Some("resumed"),
            _ => None,
        };
        if let (Some(slot), Some(other)) = (
            cells.table.slot(field),
            by.and_then(|by| cells.table.slot(by)),
        ) {
            cells.doubts.push(Doubtful {
                kind: "contradictory",
                detail: format!(
                    "`{}` is blank in {}, but `{}` says that it came; that is unknown",
                    slot.name,
                    cells.line.place_name(),
                    other.name
                ),
            });
            continue;
        }
        match step {
            Step::Unknown => {}
            Step::NotCome => {
                blank.push(field);
                facts.set(name, Figure::Truth(false));
            }
            Step::Came(day) => facts.set(name, Figure::Day(day)),
        }
    }
}
