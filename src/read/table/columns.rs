//! The headings of a table and what stands around it → its columns, each with its field, year and unit.

use std::collections::{BTreeMap, BTreeSet};

use super::around::{Around, Misfit};
use super::fields::Sort;
use super::vocabulary::{Found, Vocabulary};
use crate::formats::DecimalMark;
use crate::formats::Field;
use crate::formats::office::{Heading, Sheet, Unit};
use crate::read::{Unclear, Why};

/// A column that is known.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::read) struct TableSlot {
    /// The canonical name, without a year.
    pub(in crate::read) field: &'static str,
    /// What its cells hold.
    pub(in crate::read) sort: Sort,
    /// The year it is of.
    pub(in crate::read) year: Option<i64>,
    /// The unit of its numbers, where they have one.
    pub(in crate::read) unit: Option<Unit>,
    /// Whether somebody said the unit, or it was taken for granted.
    pub(in crate::read) unit_said: bool,
    /// What stands before the decimals of its numbers.
    pub(in crate::read) mark: DecimalMark,
    /// The position of the column.
    pub(in crate::read) column: usize,
    /// The name of the column.
    pub(in crate::read) name: String,
    /// Why this column.
    pub(in crate::read) why: Why,
}

/// The columns that are known, and why others are not used.
#[derive(Debug, Default)]
pub(in crate::read) struct TableColumns {
    pub(in crate::read) slots: Vec<TableSlot>,
    pub(in crate::read) notes: Vec<String>,
    /// Columns whose cut names may be several fields.
    pub(in crate::read) unclear: Vec<Unclear>,
}

/// How many columns a note names.
const NAMED: usize = 8;

/// Columns by the field and the year that they may be.
type Candidates = BTreeMap<(usize, Option<i64>), Vec<(usize, Found)>>;

/// Columns that are not used, by why.
#[derive(Default)]
struct Unused(BTreeMap<String, Vec<usize>>);

impl Unused {
    fn push(&mut self, column: usize, why: String) {
        self.0.entry(why).or_default().push(column);
    }

    /// What a note says of each reason.
    fn notes(self, layer: &str, fields: &[Field]) -> impl Iterator<Item = String> {
        self.0.into_iter().map(move |(why, columns)| {
            let names = columns.iter().filter_map(|column| fields.get(*column));
            let names: Vec<String> = names.take(NAMED).map(|field| format!("`{}`", field.name)).collect();
            let more = match columns.len().saturating_sub(NAMED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!(
                "{layer}: {}{more} not used: {why}; `--map {layer}.FIELD=COLUMN` says what a column is",
                names.join(", ")
            )
        })
    }
}

impl TableColumns {
    /// The columns of a table.
    pub(super) fn of(
        vocabulary: &Vocabulary,
        layer: &str,
        fields: &[Field],
        sheet: Option<&Sheet>,
    ) -> Self {
        let mut unused = Unused::default();
        let mut found = named(vocabulary, &headings(fields, sheet), &mut unused);
        let unclear = cut(vocabulary, fields, &mut found);
        let around = Around::of(sheet, &found);
        let mut slots = Vec::new();
        for ((field, year), mut same) in by_field(vocabulary, &around, found, &mut unused) {
            let field_name = vocabulary.name(field);
            let rank = |found: &Found| (found.why != Why::Mapped, found.rank);
            same.sort_by_key(|(column, found)| (rank(found), *column));
            let first = same.first().map(|(_, found)| rank(found));
            let alike = same.iter().filter(|(_, found)| Some(rank(found)) == first);
            let alike: Vec<usize> = alike.map(|(column, _)| *column).collect();
            if alike.len() > 1 {
                for column in alike {
                    unused.push(column, format!("several columns may be `{field_name}`"));
                }
                continue;
            }
            let Some((column, found)) = same.into_iter().next() else {
                continue;
            };
            let mut slot = TableSlot {
                field: field_name,
                sort: vocabulary.sort(field),
                year,
                unit: found.said.unit,
                unit_said: true,
                mark: DecimalMark::Unsaid,
                column,
                name: fields
                    .get(column)
                    .map_or_else(String::new, |field| field.name.clone()),
                why: found.why,
            };
            match around.unit(slot.sort, &found) {
                Ok((unit, unit_said)) => (slot.unit, slot.unit_said) = (unit, unit_said),
                Err(Misfit::PerMu) => {
                    (slot.field, slot.sort) = ("tax_per_mu_wan", Sort::MoneyPerMu);
                }
                Err(Misfit::None) => {
                    unused.push(
                        column,
                        format!("nothing says in which unit it is (`{field_name}`)"),
                    );
                    continue;
                }
                Err(Misfit::Other) => {
                    unused.push(column, format!("its unit is none of `{field_name}`"));
                    continue;
                }
            }
            slots.push(slot);
        }
        let mut columns = Self {
            slots,
            notes: Vec::new(),
            unclear,
        };
        columns.only_the_latest(layer, &mut unused);
        columns.notes.extend(unused.notes(layer, fields));
        columns
    }

    /// The column of a field, of its only or its latest year.
    pub(in crate::read) fn slot(&self, field: &str) -> Option<&TableSlot> {
        self.slots.iter().rev().find(|slot| slot.field == field)
    }

    /// Of a field that is not one by year, keeps the column of the latest year, and says so; of classes every year that is
    /// named.
    fn only_the_latest(&mut self, layer: &str, unused: &mut Unused) {
        let single = self.slots.iter().filter(|slot| !slot.sort.by_year());
        let latest: BTreeMap<&'static str, Option<i64>> =
            single.map(|slot| (slot.field, slot.year)).collect();
        let mut seen = BTreeSet::new();
        self.slots.retain(|slot| {
            let of_a_year = slot.sort.by_year() || slot.sort == Sort::Class && slot.year.is_some();
            let is_latest = of_a_year || latest.get(slot.field) == Some(&slot.year);
            if !is_latest {
                unused.push(
                    slot.column,
                    format!("`{}` is taken of the latest year", slot.field),
                );
            }
            // the same field may have come from two names
            is_latest && seen.insert((slot.field, slot.year))
        });
        let classes = self.slots.iter().filter(|slot| slot.sort == Sort::Class);
        for slot in classes.filter(|slot| slot.why != Why::Canonical) {
            self.notes.push(match slot.year {
                Some(year) => format!(
                    "{layer}: evaluation classes of {year} are in `{}`; rules ask for those of the year before the day they are judged",
                    slot.name
                ),
                None => format!(
                    "{layer}: `{}` says of no year what its evaluation classes are of: taken as the year before the day of judging; `--map {layer}.evaluation_class.YEAR=COLUMN` says the year",
                    slot.name
                ),
            });
        }
    }
}

/// The columns whose names are known; why others that look like it are not used.
fn named(
    vocabulary: &Vocabulary,
    headings: &[Vec<Heading>],
    unused: &mut Unused,
) -> Vec<(usize, Found)> {
    let mut named = Vec::new();
    for (column, options) in headings.iter().enumerate() {
        // a name that is not known may have a second one that is
        let mut found = options
            .iter()
            .filter_map(|heading| vocabulary.found(heading));
        match found.next() {
            Some(Found {
                but: Some(but),
                field,
                ..
            }) => unused.push(column, format!("{but} (`{}`)", vocabulary.name(field))),
            Some(found) => named.push((column, found)),
            None => {
                let nearly = options
                    .iter()
                    .find_map(|heading| vocabulary.nearly(heading));
                if let Some(field) = nearly {
                    let field = vocabulary.name(field);
                    unused.push(column, format!("the name only resembles that of `{field}`"));
                }
            }
        }
    }
    named
}

/// Adds columns of cut names that fit no other field, and gives those that may be several.
fn cut(vocabulary: &Vocabulary, fields: &[Field], found: &mut Vec<(usize, Found)>) -> Vec<Unclear> {
    let mut unclear = Vec::new();
    let unknown = |column: &usize| found.iter().all(|(known, _)| known != column);
    let columns: Vec<usize> = (0..fields.len()).filter(unknown).collect();
    for column in columns {
        let Field {
            name, may_be_cut, ..
        } = &fields[column];
        if !may_be_cut || vocabulary.ignores(name) {
            continue;
        }
        let mut fits = vocabulary.cut(name);
        fits.retain(|one| found.iter().all(|(_, known)| known.field != one.field));
        match &fits[..] {
            [] => {}
            [one] => found.push((column, one.clone())),
            several => unclear.push(Unclear {
                column,
                name: name.clone(),
                may_be: several
                    .iter()
                    .map(|one| vocabulary.name(one.field))
                    .collect(),
                refused: true,
            }),
        }
    }
    unclear
}

/// The columns by field and year; one of no year is of the only year that is named anywhere.
fn by_field(
    vocabulary: &Vocabulary,
    around: &Around,
    found: Vec<(usize, Found)>,
    unused: &mut Unused,
) -> Candidates {
    let mut all = Candidates::new();
    for (column, found) in found {
        let sort = vocabulary.sort(found.field);
        let by_year = sort.by_year();
        let year = found.year.or(match found.said.years[..] {
            [year] => Some(year),
            [] if by_year => around.year(),
            [] if sort.may_have_years() => around.title_year(),
            _ => None,
        });
        if by_year && year.is_none() {
            let field = vocabulary.name(found.field);
            unused.push(
                column,
                format!("nothing says of which year it is (`{field}`)"),
            );
            continue;
        }
        all.entry((found.field, year))
            .or_default()
            .push((column, found));
    }
    all
}

/// The texts by which each column may be known: what stands above it, or its name and its second name.
fn headings(fields: &[Field], sheet: Option<&Sheet>) -> Vec<Vec<Heading>> {
    if let Some(sheet) = sheet {
        return sheet
            .headings
            .iter()
            .map(|heading| vec![heading.clone()])
            .collect();
    }
    let of = |field: &Field| {
        let names = [Some(&field.name), field.alias.as_ref()];
        let heading = |name: &String| Heading {
            parts: vec![name.clone()],
        };
        names.into_iter().flatten().map(heading).collect()
    };
    fields.iter().map(of).collect()
}

#[cfg(test)]
mod tests;
