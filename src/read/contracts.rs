//! Rows of a table of grant contracts → the contracts, and what cannot be used of them.

use std::collections::BTreeMap;

use super::listed_ids::is_id;
use super::table::{
    Cells, Doubtful, Line, OfficeTable, Step, cause, code, least_plot_ratio, settle_units, truth,
};
use crate::law::facts::Record;
use crate::model::{
    Action, ContractTable, Defect, DefectKind, GrantContract, LayerDecisions, LayerKind,
    feature_name,
};
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

/// What is so or not, as columns and facts.
const TRUTHS: [(&str, &str); 2] = [
    ("standard_land", "grant.standard_land"),
    ("transfer_restricted", "grant.transfer_restricted"),
];

/// Reads the table; what a reader must know of it, and what was decided of it, come last.
pub(super) fn read_contracts(
    mut table: OfficeTable,
) -> (ContractTable, Vec<Defect>, Vec<String>, LayerDecisions) {
    let mut notes = settle_units(&mut table);
    let mut found = ContractTable::default();
    let mut defects = Vec::new();
    let mut not_come = BTreeMap::new();
    let repeated = table.repeated();
    let rows = table.each(|line| {
        let (mut blank, mut doubts) = (Vec::new(), Vec::new());
        let contract = contract(&table, line, &mut blank, &mut doubts);
        (contract, blank, doubts)
    });
    for ((line, repeated), (contract, blank, doubts)) in table.lines().zip(repeated).zip(rows) {
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
        let unsure = doubts
            .into_iter()
            .map(|doubt| defect(doubt.kind, Action::Noted, doubt.detail));
        let wrong = if repeated {
            Some((
                DefectKind::RepeatedRow,
                format!("{place} says what a row above it says, word for word"),
            ))
        } else if contract.parcels.is_empty() {
            Some((DefectKind::MissingId, format!("{place} names no parcel")))
        } else {
            None
        };
        if let Some((kind, detail)) = wrong {
            found.account.quarantined += 1;
            // why it names none
            defects
                .extend(unsure.filter(|defect| defect.kind == DefectKind::LostDigits && !repeated));
            defects.push(defect(kind, Action::Quarantined, detail));
            continue;
        }
        defects.extend(unsure);
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
    (found, defects, notes, table.decided().clone())
}

fn contract(
    table: &OfficeTable,
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
    for (field, name) in DAYS {
        if let Some(day) = cells.day(field) {
            facts.set(name, Figure::Day(day));
        }
    }
    for (field, name, unit) in NUMBERS {
        cells.number(field, name, unit, facts);
    }
    steps(&mut cells, blank, facts);
    if let Some(cause) = cells.text("cause", cause) {
        facts.set("grant.cause", Figure::Word(cause.into()));
    }
    for (field, name) in TRUTHS {
        if let Some(truth) = cells.text(field, truth) {
            facts.set(name, Figure::Truth(truth));
        }
    }
    if let Some(least) = cells.text("plot_ratio_min", least_plot_ratio) {
        facts.set(
            "grant.plot_ratio_min",
            Figure::Number(least, Unit::PlotRatio),
        );
    }
    row
}

/// Days that have not come are said so, unless another column says that they must have.
fn steps(cells: &mut Cells<'_, '_>, blank: &mut Vec<&'static str>, facts: &mut Record) {
    let said = STEPS.map(|(field, _)| cells.step(field));
    let [_, completed, stopped, resumed] = said;
    let came = |step| matches!(step, Some(Step::Came(_)));
    let developed = facts.figure("grant.developed_m2").and_then(Figure::number);
    let begun = [
        (came(completed), "completed"),
        (came(stopped), "stopped_since"),
        (came(resumed), "resumed"),
        (developed.is_some_and(|m2| m2 > Exact::ZERO), "developed_m2"),
    ];
    let begun = begun.iter().find(|(is, _)| *is).map(|(_, by)| *by);
    for ((field, name), step) in STEPS.into_iter().zip(said) {
        let by = match (field, step) {
            ("started", Some(Step::NotCome)) => begun,
            ("stopped_since", Some(Step::NotCome)) => came(resumed).then_some("resumed"),
            _ => None,
        };
        if let (Some(column), Some(other)) =
            (cells.column(field), by.and_then(|by| cells.column(by)))
        {
            let place = cells.line.place_name();
            cells.doubts.push(Doubtful {
                kind: DefectKind::Contradictory,
                detail: format!("`{column}` is blank in {place}, but `{other}` says that it came; that is unknown"),
            });
            continue;
        }
        match step {
            None => {}
            Some(Step::NotCome) => {
                blank.push(field);
                facts.set(name, Figure::Truth(false));
            }
            Some(Step::Came(day)) => facts.set(name, Figure::Day(day)),
        }
    }
}
