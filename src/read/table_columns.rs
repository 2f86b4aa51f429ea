//! The headings of a table and what stands around it → its columns, each with its field, year and unit.

use std::collections::BTreeMap;

use super::office::{Heading, Sheet, Unit, plain, unit};
use super::table_fields::Sort;
use super::vocabulary::{Found, Vocabulary};
use super::{Field, Why};
use crate::quantity::Exact;

/// A column that is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TableSlot {
    /// The canonical name, without a year.
    pub(super) field: &'static str,
    /// What its cells hold.
    pub(super) sort: Sort,
    /// The year it is of.
    pub(super) year: Option<i64>,
    /// The unit of its numbers, where they have one.
    pub(super) unit: Option<Unit>,
    /// Whether somebody said the unit, or it was taken for granted.
    pub(super) unit_said: bool,
    /// The position of the column.
    pub(super) column: usize,
    /// The name of the column.
    pub(super) name: String,
    /// Why this column.
    pub(super) why: Why,
}

/// The columns that are known, and why others are not used.
#[derive(Debug, Default)]
pub(super) struct TableColumns {
    pub(super) slots: Vec<TableSlot>,
    pub(super) notes: Vec<String>,
}

/// How many columns a note names.
const NAMED: usize = 8;

impl TableColumns {
    /// The columns of a table.
    pub(super) fn of(
        vocabulary: &Vocabulary,
        layer: &str,
        fields: &[Field],
        sheet: Option<&Sheet>,
        own_name: &str,
    ) -> Self {
        let headings = headings(fields, sheet);
        let mut unused: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut refuse = |why: String, column: usize| {
            let name = fields.get(column).map_or("", |field| &field.name);
            unused.entry(why).or_default().push(format!("`{name}`"));
        };
        let mut found: Vec<(usize, Found)> = Vec::new();
        for (column, options) in headings.iter().enumerate() {
            // a name that is not known may have a second one that is
            let named = options.iter().find_map(|heading| vocabulary.found(heading));
            match named {
                Some(Found {
                    but: Some(but),
                    field,
                    ..
                }) => refuse(format!("{but} ({})", vocabulary.name(field)), column),
                Some(found_here) => found.push((column, found_here)),
                None => {
                    let nearly = options
                        .iter()
                        .find_map(|heading| vocabulary.nearly(heading));
                    if let Some(field) = nearly {
                        let why = format!(
                            "the name only resembles that of `{}`",
                            vocabulary.name(field)
                        );
                        refuse(why, column);
                    }
                }
            }
        }
        let around = Around::of(sheet, own_name, &found);
        let mut all: BTreeMap<(usize, Option<i64>), Vec<(usize, Found)>> = BTreeMap::new();
        for (column, found) in found {
            let sort = vocabulary.sort(found.field);
            let year = found.year.or(match found.said.years[..] {
                [year] => Some(year),
                [] if sort.by_year() => around.year,
                _ => None,
            });
            if sort.by_year() && year.is_none() {
                let why = format!(
                    "nothing says of which year it is ({})",
                    vocabulary.name(found.field)
                );
                refuse(why, column);
                continue;
            }
            all.entry((found.field, year))
                .or_default()
                .push((column, found));
        }
        let mut slots = Vec::new();
        for ((field, year), mut same) in all {
            let rank = |found: &Found| (found.why != Why::Mapped, found.rank);
            same.sort_by_key(|(column, found)| (rank(found), *column));
            let alike = same
                .iter()
                .filter(|(_, found)| rank(found) == rank(&same[0].1))
                .count();
            if alike > 1 {
                for (column, _) in same.iter().take(alike) {
                    refuse(
                        format!("several columns may be `{}`", vocabulary.name(field)),
                        *column,
                    );
                }
                continue;
            }
            let Some((column, found)) = same.into_iter().next() else {
                continue;
            };
            match around.unit(vocabulary.sort(field), &found) {
                Ok((unit, unit_said)) => slots.push(TableSlot {
                    field: vocabulary.name(field),
                    sort: vocabulary.sort(field),
                    year,
                    unit,
                    unit_said,
                    column,
                    name: fields
                        .get(column)
                        .map_or_else(String::new, |field| field.name.clone()),
                    why: found.why,
                }),
                Err(Misfit::PerMu) => slots.push(TableSlot {
                    field: "tax_per_mu_wan",
                    sort: Sort::MoneyPerMu,
                    year,
                    unit: found.said.unit,
                    unit_said: true,
                    column,
                    name: fields
                        .get(column)
                        .map_or_else(String::new, |field| field.name.clone()),
                    why: found.why,
                }),
                Err(Misfit::None) => refuse(
                    format!(
                        "nothing says in which unit it is (`{}`)",
                        vocabulary.name(field)
                    ),
                    column,
                ),
                Err(Misfit::Other) => {
                    refuse(
                        format!("its unit is none of `{}`", vocabulary.name(field)),
                        column,
                    );
                }
            }
        }
        let mut columns = Self {
            slots,
            notes: Vec::new(),
        };
        columns.only_the_latest(layer, &mut unused, fields);
        columns.notes.extend(unused.into_iter().map(|(why, names)| {
            let more = names.len().saturating_sub(NAMED);
            let names = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{layer}: {names}{more} not used: {why}; `--map {layer}.FIELD=COLUMN` says what a column is")
        }));
        columns
    }

    /// The column of a field, of its only or its latest year.
    pub(super) fn slot(&self, field: &str) -> Option<&TableSlot> {
        self.slots.iter().rev().find(|slot| slot.field == field)
    }

    /// Of a field that is not one by year, keeps the column of the latest year, and says so.
    fn only_the_latest(
        &mut self,
        layer: &str,
        unused: &mut BTreeMap<String, Vec<String>>,
        fields: &[Field],
    ) {
        let latest: BTreeMap<&'static str, Option<i64>> = self
            .slots
            .iter()
            .filter(|slot| !slot.sort.by_year())
            .map(|slot| (slot.field, slot.year))
            .collect();
        self.slots.retain(|slot| {
            let keep = slot.sort.by_year() || latest.get(slot.field) == Some(&slot.year);
            if !keep {
                let name = fields.get(slot.column).map_or("", |field| &field.name);
                let why = format!("`{}` is taken of the latest year", slot.field);
                unused.entry(why).or_default().push(format!("`{name}`"));
            }
            keep
        });
        // the same field may have come from two names
        let mut seen = std::collections::BTreeSet::new();
        self.slots
            .retain(|slot| seen.insert((slot.field, slot.year)));
        for slot in &self.slots {
            if let (Sort::Class, Some(year)) = (slot.sort, slot.year) {
                self.notes.push(format!(
                    "{layer}: evaluation classes are those of {year} (`{}`); rules ask for the year before the day they are judged",
                    slot.name
                ));
            }
        }
    }
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

/// What stands around a table.
struct Around {
    /// The only year that is named.
    year: Option<i64>,
    money: Option<Unit>,
    land: Option<Unit>,
}

enum Misfit {
    /// Nothing says the unit.
    None,
    /// It is the unit of something else.
    Other,
    /// It is money for each piece of land.
    PerMu,
}

impl Around {
    fn of(sheet: Option<&Sheet>, own_name: &str, found: &[(usize, Found)]) -> Self {
        let titles = sheet.map(|sheet| &sheet.titles[..]).unwrap_or_default();
        let names = titles.iter().map(String::as_str).chain([own_name]);
        let said = names.map(|title| {
            Heading {
                parts: vec![title.to_owned()],
            }
            .said()
        });
        let whole: Vec<_> = said.filter(|said| !said.part_of_year).collect();
        let above = found.iter().map(|(_, found)| &found.said);
        let years = whole.iter().chain(above).flat_map(|said| &said.years);
        let mut years: Vec<i64> = years.copied().collect();
        years.sort_unstable();
        years.dedup();
        let units: Vec<Unit> = titles.iter().flat_map(|title| units(title)).collect();
        let only = |is: fn(&Unit) -> bool| {
            let mut of: Vec<&Unit> = units.iter().filter(|unit| is(unit)).collect();
            of.dedup();
            match of[..] {
                [one] => Some(*one),
                _ => None,
            }
        };
        // numbers of a part of a year are those of no year
        let is_part = titles.iter().any(|title| {
            let plain = plain(title);
            [
                "季度",
                "上半年",
                "下半年",
                "半年",
                "-6月",
                "-9月",
                "-3月",
                "-11月",
            ]
            .iter()
            .any(|part| plain.contains(part))
        });
        Self {
            year: match years[..] {
                [year] if !is_part => Some(year),
                _ => None,
            },
            money: only(|unit| matches!(unit, Unit::Money(_))),
            land: only(|unit| matches!(unit, Unit::Land(_))),
        }
    }

    /// The unit of a column, and whether somebody said it.
    fn unit(&self, sort: Sort, found: &Found) -> Result<(Option<Unit>, bool), Misfit> {
        let canonical = found.why == Why::Canonical || found.why == Why::Mapped;
        let around = |unit: Option<Unit>| unit.filter(|_| found.why != Why::Canonical);
        let wan = Unit::Money(Exact::ONE);
        match (sort, found.said.unit) {
            (Sort::Money { .. }, Some(unit @ Unit::Money(_)))
            | (Sort::MoneyPerMu, Some(unit @ Unit::MoneyPerLand(_)))
            | (Sort::Mu | Sort::Area, Some(unit @ Unit::Land(_))) => Ok((Some(unit), true)),
            // people leave out that it is for each 亩 where the name says it
            (Sort::MoneyPerMu, Some(Unit::Money(wan))) => Ok((Some(Unit::MoneyPerLand(wan)), true)),
            (Sort::Money { by_year: true, .. }, Some(Unit::MoneyPerLand(_))) => Err(Misfit::PerMu),
            (sort, Some(_)) if sort.is_measured() => Err(Misfit::Other),
            (Sort::Money { .. }, None) => {
                let said = around(self.money);
                Ok((said.or(Some(wan)), canonical || said.is_some()))
            }
            (Sort::MoneyPerMu, None) => {
                let per_mu = match around(self.money) {
                    Some(Unit::Money(wan)) => wan,
                    _ => Exact::ONE,
                };
                Ok((Some(Unit::MoneyPerLand(per_mu)), true))
            }
            (Sort::Mu, None) if canonical => {
                Ok((around(self.land).or(Some(Unit::Land(Exact::MU_M2))), true))
            }
            (Sort::Mu, None) => Ok((Some(around(self.land).ok_or(Misfit::None)?), true)),
            (Sort::Area, None) => Ok((around(self.land).or(Some(Unit::Land(Exact::ONE))), true)),
            _ => Ok((None, true)),
        }
    }
}

/// The units that a title names behind `单位：`.
fn units(title: &str) -> Vec<Unit> {
    let title = plain(title);
    let lists = title.split("单位:").skip(1);
    let list = |list: &str| -> Vec<Unit> {
        let between =
            |c: char| matches!(c, '、' | ',' | ';' | '/' | '和' | '及' | '(' | ')' | '。');
        let words = list.split(between).map(unit);
        words.take_while(Option::is_some).flatten().collect()
    };
    lists.flat_map(list).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LayerKind;
    use crate::read::Mappings;
    use arrow_schema::DataType;

    fn columns(titles: &[&str], headings: &[&str]) -> (Vec<String>, String) {
        let heading = |text: &&str| Heading {
            parts: text.split('|').map(str::to_owned).collect(),
        };
        let mut sheet = Sheet::default();
        sheet
            .titles
            .extend(titles.iter().map(|&title| title.to_owned()));
        sheet.headings.extend(headings.iter().map(heading));
        let field = |heading: &Heading| Field {
            name: heading.name(),
            alias: None,
            kind: DataType::Utf8,
        };
        let fields: Vec<Field> = sheet.headings.iter().map(field).collect();
        let vocabulary = Vocabulary::of(LayerKind::Enterprises, &Mappings::new()).unwrap();
        let columns = TableColumns::of(&vocabulary, "enterprises", &fields, Some(&sheet), "Sheet1");
        let slot = |slot: &TableSlot| {
            let year = slot
                .year
                .map_or_else(String::new, |year| format!(".{year}"));
            let unit = match slot.unit {
                Some(Unit::Money(size) | Unit::MoneyPerLand(size) | Unit::Land(size)) => {
                    format!(" ×{size}")
                }
                _ => String::new(),
            };
            format!("{}{year}{unit} {}", slot.field, slot.column)
        };
        (
            columns.slots.iter().map(slot).collect(),
            columns.notes.join("\n"),
        )
    }

    #[test]
    fn a_title_says_the_year_and_the_units_of_columns_that_say_nothing() {
        let (slots, notes) = columns(
            &["2021年度企业用地情况表", "单位：元、平方米"],
            &["企业名称", "税收", "营业收入（万元）", "用地面积"],
        );
        assert_eq!(
            slots,
            [
                "name 0",
                "tax_wan.2021 ×0.0001 1",
                "revenue_wan.2021 ×1 2",
                "land_mu ×1 3"
            ]
        );
        assert_eq!(notes, "");
    }

    #[test]
    fn a_number_without_a_year_or_a_unit_is_not_used() {
        let (slots, notes) = columns(&["2021年1-6月"], &["企业名称", "税收", "用地面积"]);
        assert_eq!(slots, ["name 0"]);
        assert!(
            notes.contains("`税收` not used: nothing says of which year"),
            "{notes}"
        );
        assert!(
            notes.contains("`用地面积` not used: nothing says in which unit"),
            "{notes}"
        );
        let (slots, _) = columns(&[], &["名称", "2020年税收", "2021年税收", "营业收入"]);
        assert_eq!(slots, ["name 0", "tax_wan.2020 ×1 1", "tax_wan.2021 ×1 2"]);
    }

    #[test]
    fn of_several_years_of_a_class_the_latest_is_taken_and_said() {
        let (slots, notes) = columns(
            &[],
            &[
                "企业名称",
                "2020年评价结果",
                "2021年评价结果",
                "税收（万元/亩）|2021年",
            ],
        );
        assert_eq!(
            slots,
            [
                "name 0",
                "evaluation_class.2021 2",
                "tax_per_mu_wan.2021 ×1 3"
            ]
        );
        assert!(
            notes.contains("classes are those of 2021")
                && notes.contains("`2020年评价结果` not used"),
            "{notes}"
        );
    }

    #[test]
    fn of_two_columns_that_may_be_the_same_neither_is() {
        let (slots, notes) = columns(
            &[],
            &["企业名称", "2021年税收", "2021年|税收", "2021年入库税金"],
        );
        assert_eq!(slots, ["name 0", "tax_wan.2021 ×1 3"]);
        assert_eq!(notes, "");
        let (slots, notes) = columns(&[], &["企业名称", "2021年税收", "2021年|税收"]);
        assert_eq!(slots, ["name 0"]);
        assert!(
            notes.contains("`2021年税收`, `2021年/税收` not used: several"),
            "{notes}"
        );
    }
}
