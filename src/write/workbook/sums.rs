//! A table → how many rows and how much land each district has, with totals by formula: the sums of what its rows print.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, Formula, Workbook, XlsxError, column_number_to_name};

use super::Preface;
use super::books::Sums;
use super::columns::{Show, heading, show};
use super::list::breadth;
use super::style::Styles;
use super::total::{Sum, remark};
use super::words::Words;
use crate::write::{Column, Language, Table, Value};

const HEADINGS: u32 = 2;

/// What a district has.
#[derive(Clone, Default)]
struct Group {
    rows: u64,
    sums: Vec<Sum>,
    counts: Vec<u64>,
}

/// A column of the sheet: its heading, its format, and what a group has of it.
struct ShownSums {
    heading: String,
    /// The name of the column that it sums up.
    name: String,
    format: &'static str,
    of: Of,
}

/// Groups by district, the columns that are shown of them, and what is said below.
type Laid<'l> = (
    &'l BTreeMap<Option<String>, Group>,
    &'l [ShownSums],
    Option<(&'static str, &'static str)>,
);

#[derive(Clone, Copy)]
enum Of {
    Rows,
    Sum(usize),
    Count(usize),
}

/// The column of districts, or of towns where no row says of which district it is.
fn divided_by(table: &Table<'_>) -> Option<usize> {
    let said = |at: &usize| {
        (0..table.rows).any(|row| matches!((table.columns[*at].cell)(row), Value::Text(_)))
    };
    let of = |name: &str| {
        table
            .columns
            .iter()
            .position(|column| *column.name == *name)
    };
    ["district", "town"].into_iter().filter_map(of).find(said)
}

/// What the column of districts is called, and a district of which nothing is said.
fn heading_of_districts(by: Option<&Column<'_>>, language: Language) -> (String, &'static str) {
    match by {
        Some(by) => (heading(by, language), language.of("未注明", "not said")),
        None => (
            language.of("县市区", "District").to_owned(),
            language.of("全部", "all"),
        ),
    }
}

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    spec: &Sums,
    table: &Table<'_>,
    (preface, styles, words): (&Preface<'_>, &Styles, &Words<'_>),
) -> Result<(), XlsxError> {
    let language = preface.language;
    let position = |name: &str| {
        table
            .columns
            .iter()
            .position(|column| *column.name == *name)
    };
    let sums: Vec<usize> = spec
        .summed
        .iter()
        .filter_map(|name| position(name))
        .collect();
    let counted = spec.counts.and_then(position);
    let classed = spec
        .classes
        .and_then(|(name, bounds)| Some((position(name)?, bounds)));
    let mut codes: Vec<String> = Vec::new();
    let mut groups: BTreeMap<Option<String>, Group> = BTreeMap::new();
    let by = divided_by(table);
    for row in 0..table.rows {
        let district = by.and_then(|by| match (table.columns[by].cell)(row) {
            Value::Text(text) => Some(text.into_owned()),
            _ => None,
        });
        let group = groups.entry(district).or_default();
        group.rows += 1;
        group.sums.resize(sums.len(), Sum::default());
        for (at, sum) in sums.iter().zip(&mut group.sums) {
            sum.add(&(table.columns[*at].cell)(row));
        }
        let code = counted.map(|at| match (table.columns[at].cell)(row) {
            Value::Text(word) => {
                let name = &table.columns[at].name;
                words.word(name, &word).into_owned()
            }
            _ => language.of("未填", "none").to_owned(),
        });
        let class =
            classed.map(|(at, bounds)| class(&(table.columns[at].cell)(row), bounds, language));
        let Some(code) = code.or(class) else {
            continue;
        };
        let place = codes.iter().position(|have| *have == code);
        let place = place.unwrap_or_else(|| {
            codes.push(code);
            codes.len() - 1
        });
        let wanted = group.counts.len().max(place + 1);
        group.counts.resize(wanted, 0);
        group.counts[place] += 1;
    }
    let mut columns = vec![ShownSums {
        heading: language.of("数量", "Count").to_owned(),
        name: String::new(),
        format: "#,##0",
        of: Of::Rows,
    }];
    for (place, at) in sums.iter().enumerate() {
        let column = &table.columns[*at];
        let Show::Number(format) = show(column) else {
            continue;
        };
        columns.push(ShownSums {
            heading: heading(column, language),
            name: column.name.to_string(),
            format,
            of: Of::Sum(place),
        });
    }
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_by(|a, b| codes[*a].cmp(&codes[*b]));
    columns.extend(order.into_iter().map(|at| ShownSums {
        heading: codes[at].clone(),
        name: String::new(),
        format: "#,##0",
        of: Of::Count(at),
    }));
    let name = language.of(spec.name.0, spec.name.1);
    let (by, nameless) = heading_of_districts(by.map(|at| &table.columns[at]), language);
    lay_out(
        workbook,
        (name, &by, nameless),
        (&groups, &columns, spec.remark),
        (preface, styles),
    )
}

/// The class of a number between bounds, so that classes sort by their numbers.
fn class(value: &Value<'_>, bounds: &[f64], language: Language) -> String {
    let Value::Decimal(number) = value else {
        return language.of("不明", "unknown").to_owned();
    };
    let number = number.to_f64();
    match bounds.iter().position(|bound| number < *bound) {
        Some(0) => format!("[0, {:.1})", bounds[0]),
        Some(at) => format!("[{:.1}, {:.1})", bounds[at - 1], bounds[at]),
        None => format!("[{:.1}, ∞)", bounds.last().copied().unwrap_or(0.0)),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the nearest binary number is what a cell holds"
)]
fn lay_out(
    workbook: &mut Workbook,
    (name, by, nameless): (&str, &str, &str),
    (groups, columns, more): Laid<'_>,
    (preface, styles): (&Preface<'_>, &Styles),
) -> Result<(), XlsxError> {
    let language = preface.language;
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    sheet.set_landscape().set_paper_size(9);
    sheet.set_repeat_rows(0, HEADINGS)?;
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_footer(match language {
        Language::Zh => "&L&A&C第 &P 页 共 &N 页",
        Language::En => "&L&A&CPage &P of &N",
    });
    sheet.set_freeze_panes(HEADINGS + 1, 2)?;
    sheet.write_string_with_format(0, 0, name, &styles.title)?;
    sheet.set_row_height(0, 26)?;
    sheet.write_string_with_format(1, 0, &preface.line, &styles.line)?;
    sheet.write_string_with_format(HEADINGS, 0, language.of("序号", "No."), &styles.heading)?;
    sheet.write_string_with_format(HEADINGS, 1, by, &styles.heading)?;
    sheet.set_column_width(0, 6)?;
    sheet.set_column_width(1, 16)?;
    let mut line = HEADINGS;
    let numbers: Vec<Format> = columns.iter().map(|of| styles.number(of.format)).collect();
    for (at, column) in (2_u16..).zip(columns) {
        sheet.write_string_with_format(HEADINGS, at, &column.heading, &styles.heading)?;
        sheet.set_column_width(at, (breadth(&column.heading) + 2.0).clamp(11.0, 22.0))?;
    }
    sheet.set_row_height(HEADINGS, 32)?;
    for (number, (district, group)) in groups.iter().enumerate() {
        line += 1;
        sheet.write_number_with_format(line, 0, (number + 1) as f64, &styles.number("0"))?;
        let district = district.as_deref().unwrap_or(nameless);
        sheet.write_string_with_format(line, 1, district, &styles.text)?;
        for ((at, column), format) in (2_u16..).zip(columns).zip(&numbers) {
            match of(group, column.of).total() {
                Some(number) => {
                    sheet.write_number_with_format(line, at, number.to_f64(), format)?
                }
                None => sheet.write_blank(line, at, format)?,
            };
        }
    }
    if groups.is_empty() {
        return Ok(());
    }
    let (from, end) = (HEADINGS + 2, line + 1);
    line += 1;
    sheet.write_string_with_format(line, 0, language.of("合计", "Total"), &styles.total)?;
    sheet.write_blank(line, 1, &styles.total)?;
    let mut said = Vec::new();
    for (at, column) in (2_u16..).zip(columns) {
        let all = groups.values().map(|group| of(group, column.of));
        let sum = all.fold(Sum::default(), Sum::and);
        let format = styles.sum(column.format);
        match sum.total() {
            Some(total) => {
                let letters = column_number_to_name(at);
                let formula = Formula::new(format!("=SUM({letters}{from}:{letters}{end})"));
                let formula = formula.set_result(total.to_string());
                sheet.write_formula_with_format(line, at, formula, &format)?;
            }
            None => {
                sheet.write_blank(line, at, &format)?;
            }
        }
        if matches!(column.of, Of::Sum(_)) {
            said.push((column, sum));
        }
    }
    let said = said.iter();
    let said = said.map(|(of, sum)| (of.name.as_str(), of.heading.as_str(), sum));
    let more = more.map(|(zh, en)| language.of(zh, en).to_owned());
    let said: Vec<String> = remark(said, language).into_iter().chain(more).collect();
    for (at, text) in (line + 1..).zip(said) {
        sheet.write_string_with_format(at, 1, text, &styles.line)?;
    }
    Ok(())
}

fn of(group: &Group, of: Of) -> Sum {
    let count = |count: u64| {
        let mut sum = Sum::default();
        sum.add(&Value::Integer(i64::try_from(count).unwrap_or(i64::MAX)));
        sum
    };
    match of {
        Of::Rows => count(group.rows),
        Of::Sum(at) => group.sums.get(at).copied().unwrap_or_default(),
        Of::Count(at) => count(group.counts.get(at).copied().unwrap_or(0)),
    }
}
