//! Columns of money that name no unit → whether they can be in 万元, by their numbers.

use std::collections::BTreeMap;

use super::OfficeTable;
use super::fields::Sort;
use super::numbers::number;
use crate::model::MoneyUnit;
use crate::quantity::Exact;

/// So many numbers are looked at.
const LOOKED_AT: usize = 10_000;

/// Says which columns are taken for 万元; one whose numbers are too large for it is not used.
pub(in crate::read) fn settle_units(table: &mut OfficeTable) -> Vec<String> {
    let layer = table.kind.name();
    let mut refused = Vec::new();
    let mut taken = Vec::new();
    let mut decided = BTreeMap::new();
    for (at, slot) in table.columns.slots.iter().enumerate() {
        let Sort::Money { most, .. } = slot.sort else {
            continue;
        };
        if slot.unit_said {
            continue;
        }
        if let Some(given) = table.given.money_unit.get(&slot.name) {
            decided.insert(slot.name.clone(), *given);
            match given {
                MoneyUnit::Wan => taken.push(format!("`{}`", slot.name)),
                MoneyUnit::Unknown => refused.push((at, slot.name.clone())),
            }
            continue;
        }
        let texts = table.all_lines().filter_map(|line| line.text(slot.column));
        let numbers = texts.filter_map(|text| number(&text, slot.unit, slot.mark).ok().flatten());
        let mut numbers: Vec<_> = numbers
            .filter(|number| *number > Exact::ZERO)
            .take(LOOKED_AT)
            .collect();
        numbers.sort_unstable();
        let middle = numbers.get(numbers.len() / 2);
        if middle.is_some_and(|middle| *middle > Exact::int(most)) {
            decided.insert(slot.name.clone(), MoneyUnit::Unknown);
            refused.push((at, slot.name.clone()));
        } else {
            decided.insert(slot.name.clone(), MoneyUnit::Wan);
            taken.push(format!("`{}`", slot.name));
        }
    }
    table.decided.money_unit = decided;
    let mut notes = Vec::new();
    if !taken.is_empty() {
        notes.push(format!(
            "{layer}: {} name no unit and are read as 万元",
            taken.join(", ")
        ));
    }
    for (at, name) in refused.into_iter().rev() {
        table.columns.slots.remove(at);
        notes.push(format!(
            "{layer}: `{name}` not used: it names no unit, and its numbers are too large for 万元; write the unit into its name, \
             as `{name}（元）`"
        ));
    }
    notes
}
