//! A table → a list as it is handed in: title, headings, numbered rows, totals by formula, a line for signatures.

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::Preface;
use super::books::List;
use super::columns::{Show, adds_up, heading, repeats, show};
use super::link::{Link, MOST, Pages};
use super::parts::{ROWS, SheetPart, parts};
use super::print::{self, Printed};
use super::style::Styles;
use super::total::{Sum, remark};
use super::words::Words;
use crate::write::{Column, Language, Table, Value};

/// The row of headings; the title and a line stand above it.
const HEADINGS: u32 = 2;

/// Of longer lists, which nobody prints, the program that opens them finds how high each row is: each height that is set stays
/// in memory until the file is whole.
const MOST_TALL: usize = 20_000;

/// The line for signatures stands so many rows below the last.
const SIGNED: u32 = 2;

/// What a cell can hold, in UTF-16 units.
const TEXT: usize = 32_767;

/// What a list is written with.
pub(super) struct To<'t> {
    pub(super) preface: &'t Preface<'t>,
    pub(super) styles: &'t Styles,
    pub(super) words: &'t Words<'t>,
    pub(super) pages: &'t Pages,
    /// Of the workbook, which the list it is named after bears too.
    pub(super) title: &'t str,
}

/// A column that is shown.
struct ShownList<'t, 'a> {
    column: &'t Column<'a>,
    at: usize,
    show: Show,
    heading: String,
    width: f64,
    /// Whether a long text goes on in the next line.
    wraps: bool,
    format: Format,
    total: Option<Format>,
}

/// Writes the sheets of a list; what is to be said of them on the sheet of notes.
pub(super) fn write(
    workbook: &mut Workbook,
    spec: &List,
    table: &Table<'_>,
    to: &To<'_>,
) -> Result<Vec<String>, XlsxError> {
    let language = to.preface.language;
    let name = language.of(spec.name.0, spec.name.1);
    let columns = shown(spec, table, to);
    let parts = parts(table, ROWS);
    for SheetPart { called, rows } in &parts {
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        let name = match called {
            None => name.to_owned(),
            Some(called) => format!("{name} {called}"),
        };
        sheet.set_name(&name)?;
        let title = if spec.signed { to.title } else { &name };
        lay_out(sheet, &columns, (title, spec.signed), rows.len(), to)?;
        fill(sheet, (spec, table), &columns, rows, to)?;
    }
    let mut said = Vec::new();
    if parts.len() > 1 {
        let sheets = parts.len();
        said.push(match language {
            Language::Zh => format!("“{name}”共 {} 行，超出一张工作表的容量，按县市区（未注明的依次）分为 {sheets} 张，各张分别合计。", table.rows),
            Language::En => format!("`{name}` has {} rows, more than a sheet holds; it is parted into {sheets} sheets by district (in order where none is said), each with its own totals.", table.rows),
        });
    }
    if Link::of(table).is_some() && table.rows > MOST {
        said.push(match language {
            Language::Zh => format!("“{name}”仅前 {MOST} 行链接到地块档案（表格软件的上限）。"),
            Language::En => format!("Only the first {MOST} rows of `{name}` link to the dossier, as many as a sheet can have."),
        });
    }
    Ok(said)
}

/// How high a line of text is.
pub(super) const LINE: f64 = 13.5;

/// The columns of a list, each with its heading and width.
fn shown<'t, 'a>(spec: &List, table: &'t Table<'a>, to: &To<'_>) -> Vec<ShownList<'t, 'a>> {
    let language = to.preface.language;
    let all = &table.columns;
    let position = |name: &str| all.iter().position(|column| *column.name == *name);
    let in_language = |name: &&str| {
        let own = ["_zh", "_en"][usize::from(language == Language::En)];
        position(&format!("{name}{own}"))
            .filter(|_| repeats(name, all, language))
            .or_else(|| position(name))
    };
    let places: Vec<usize> = if spec.columns.is_empty() {
        let said = |at: &usize| {
            let column = &all[*at];
            let is_empty = || (0..table.rows).all(|row| (column.cell)(row) == Value::Null);
            !repeats(&column.name, all, language) && (table.rows == 0 || !is_empty())
        };
        (0..all.len()).filter(said).collect()
    } else {
        spec.columns.iter().filter_map(in_language).collect()
    };
    let one = |at: usize| {
        let column = &all[at];
        let show = show(column);
        let heading = heading(column, language);
        let sample = (0..table.rows.min(200)).map(|row| breadth(&text(column, show, row, to)));
        let longest = sample.fold(0.0, f64::max);
        let most = if matches!(show, Show::Long | Show::Message) {
            28.0
        } else {
            32.0
        };
        // a heading may take three lines
        let width = (longest + 2.0).max(breadth(&heading) / 3.0 + 2.0);
        let format = match show {
            Show::Number(format) => to.styles.number(format),
            Show::Day => to.styles.day.clone(),
            Show::Text if longest + 2.0 <= most => to.styles.text.clone(),
            Show::Figure => to.styles.text.clone(),
            _ => to.styles.wrapped.clone(),
        };
        let total = match show {
            Show::Number(format) if spec.total && adds_up(spec.table, column) => {
                Some(to.styles.sum(format))
            }
            _ => None,
        };
        ShownList {
            column,
            at,
            show,
            heading,
            width: width.clamp(7.0, most),
            wraps: longest + 2.0 > most || matches!(show, Show::Long | Show::Message | Show::Words),
            format,
            total,
        }
    };
    places.into_iter().map(one).collect()
}

fn lay_out(
    sheet: &mut Worksheet,
    columns: &[ShownList<'_, '_>],
    (title, signed): (&str, bool),
    rows: usize,
    to: &To<'_>,
) -> Result<(), XlsxError> {
    let (styles, language) = (to.styles, to.preface.language);
    let last = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    sheet.set_column_width(0, 6)?;
    let mut lines: f64 = 1.0;
    let mut whole = 6.0;
    for (at, column) in (1_u16..).zip(columns) {
        sheet.set_column_width(at, column.width)?;
        whole += column.width;
        lines = lines.max((breadth(&column.heading) / (column.width - 1.0)).ceil());
    }
    sheet.set_freeze_panes(HEADINGS + 1, 2)?;
    let end = HEADINGS + u32::try_from(rows.max(1)).unwrap_or(u32::MAX);
    sheet.autofilter(HEADINGS, 0, end, last)?;
    let totals = u32::from(rows > 0 && columns.iter().any(|column| column.total.is_some()));
    let printed = Printed {
        title,
        line: &to.preface.line,
        headings: HEADINGS,
        end: (end + totals + if signed { SIGNED } else { 0 }, last),
        width: whole,
    };
    print::set_up(sheet, &printed, language)?;
    sheet.set_row_height(0, 26)?;
    sheet.write_string_with_format(0, 0, title, &styles.title)?;
    sheet.write_string_with_format(1, 0, &to.preface.line, &styles.line)?;
    sheet.set_row_height(HEADINGS, lines.min(5.0) * LINE + 6.0)?;
    sheet.write_string_with_format(HEADINGS, 0, language.of("序号", "No."), &styles.heading)?;
    for (at, column) in (1_u16..).zip(columns) {
        sheet.write_string_with_format(HEADINGS, at, &column.heading, &styles.heading)?;
    }
    Ok(())
}

fn fill(
    sheet: &mut Worksheet,
    (spec, table): (&List, &Table<'_>),
    columns: &[ShownList<'_, '_>],
    rows: &[usize],
    to: &To<'_>,
) -> Result<(), XlsxError> {
    let language = to.preface.language;
    let link = Link::of(table);
    let mut sums = vec![Sum::default(); columns.len()];
    let (mut at_row, mut links) = (HEADINGS, 0);
    let is_printed = rows.len() <= MOST_TALL;
    for &row in rows {
        at_row += 1;
        let wrapping = columns.iter().filter(|column| column.wraps && is_printed);
        let needed = wrapping.map(|of| lines(&text(of.column, of.show, row, to), of.width - 1.0));
        let tall = needed.fold(1.0, f64::max);
        if tall > 1.0 {
            sheet.set_row_height(at_row, tall.min(8.0) * LINE + 2.0)?;
        }
        sheet.write_number_with_format(at_row, 0, f64::from(at_row - HEADINGS), &to.styles.row)?;
        for ((at, column), sum) in (1_u16..).zip(columns).zip(&mut sums) {
            let value = (column.column.cell)(row);
            if column.total.is_some() {
                sum.add(&value);
            }
            let linked = link.filter(|link| link.column == column.at && links < MOST);
            if let (Some(link), Value::Text(id)) = (linked, &value)
                && let Some(page) = link.page(table, row, id, to.pages)
            {
                links += 1;
                let page = page.set_text(&**id);
                sheet.write_url_with_format(at_row, at, page, &to.styles.link)?;
                continue;
            }
            cell(sheet, (at_row, at), column, &value, to)?;
        }
    }
    if spec.total && at_row > HEADINGS && columns.iter().any(|column| column.total.is_some()) {
        let (from, end) = (HEADINGS + 2, at_row + 1);
        at_row += 1;
        sheet.write_string_with_format(
            at_row,
            0,
            language.of("合计", "Total"),
            &to.styles.total,
        )?;
        for ((at, column), sum) in (1_u16..).zip(columns).zip(&sums) {
            let (Some(format), Some(total)) = (&column.total, sum.total()) else {
                sheet.write_blank(at_row, at, &to.styles.total)?;
                continue;
            };
            let letters = rust_xlsxwriter::column_number_to_name(at);
            // what a filter hides is not counted
            let sum = Formula::new(format!("=SUBTOTAL(109,{letters}{from}:{letters}{end})"));
            let sum = sum.set_result(total.to_string());
            sheet.write_formula_with_format(at_row, at, sum, format)?;
        }
        let summed = columns.iter().zip(&sums);
        let summed = summed.filter(|(of, _)| of.total.is_some());
        let summed = summed.map(|(of, sum)| (&*of.column.name, of.heading.as_str(), sum));
        if let Some(remark) = remark(summed, language) {
            sheet.write_string_with_format(at_row + 1, 2, remark, &to.styles.line)?;
        }
    }
    if spec.signed {
        let at_row = at_row + SIGNED;
        let text = language.of(
            "编制单位（盖章）：                    编制人：              审核人：              填报日期：      年    月    日",
            "Prepared by (seal):                    Author:              Checked:              Date:",
        );
        // behind the columns that pages repeat, which would cut it off
        sheet.write_string_with_format(at_row, 2, text, &to.styles.line)?;
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the nearest binary number is what a cell holds"
)]
fn cell(
    sheet: &mut Worksheet,
    (line, at): (u32, u16),
    column: &ShownList<'_, '_>,
    value: &Value<'_>,
    to: &To<'_>,
) -> Result<(), XlsxError> {
    let format = &column.format;
    match value {
        Value::Null => sheet.write_blank(line, at, format)?,
        Value::Integer(number) => {
            sheet.write_number_with_format(line, at, *number as f64, format)?
        }
        Value::Decimal(number) => {
            sheet.write_number_with_format(line, at, number.to_f64(), format)?
        }
        Value::Text(text) => {
            let day = (column.show == Show::Day).then(|| text.parse::<Date>().ok());
            if let Some(day) = day.flatten().and_then(excel_day) {
                sheet.write_datetime_with_format(line, at, &day, format)?;
                return Ok(());
            }
            if column.show == Show::Figure
                && let Ok(number) = text.parse::<f64>()
            {
                sheet.write_number_with_format(line, at, number, format)?;
                return Ok(());
            }
            let coloured = (column.show == Show::Coloured)
                .then(|| to.styles.of_word(text))
                .flatten();
            let said = said(&column.column.name, column.show, text, to);
            sheet.write_string_with_format(line, at, said, coloured.unwrap_or(format))?
        }
    };
    Ok(())
}

fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let (month, of_month) = (day.month().cast_unsigned(), day.day().cast_unsigned());
    ExcelDateTime::from_ymd(day.year().cast_unsigned(), month, of_month).ok()
}

/// A text as a reader is told it, no longer than a cell can be.
pub(super) fn said(name: &str, show: Show, text: &str, to: &To<'_>) -> String {
    let said = match show {
        Show::Word => match to.words.word(name, text) {
            same if same == text => to.words.message(text).into_owned(),
            word => word.into_owned(),
        },
        Show::Coloured | Show::Day => to.words.word(name, text).into_owned(),
        Show::Figure => to.words.figure(name, text),
        Show::Words => to.words.words(name, text),
        Show::Message => to.words.message(text).into_owned(),
        Show::Rule => to.words.rules(text),
        Show::Measures => to.words.measures(text),
        // lists break between their items
        Show::Text if text.contains(';') => text.replace(';', "; "),
        Show::Text | Show::Long | Show::Number(_) => text.to_owned(),
    };
    if said.encode_utf16().count() <= TEXT {
        return said;
    }
    // half as many characters are never more units
    said.chars().take(TEXT / 2).chain(['…']).collect()
}

fn text(column: &Column<'_>, show: Show, row: usize, to: &To<'_>) -> String {
    match (column.cell)(row) {
        Value::Null => String::new(),
        Value::Text(text) => said(&column.name, show, &text, to),
        Value::Integer(number) => number.to_string(),
        Value::Decimal(number) => match show {
            // as wide as it is shown
            Show::Number("0.00" | "0.00%" | "0.000") => format!("{:.3}", number.to_f64()),
            _ => format!("{number},,"),
        },
    }
}

/// How wide a text is, in digits; a Chinese character is two.
pub(super) fn breadth(text: &str) -> f64 {
    text.chars()
        .map(|c| if c.is_ascii() { 1.0 } else { 2.0 })
        .sum()
}

/// How many lines a text takes in a cell of this width: the items of a list stay whole.
fn lines(text: &str, width: f64) -> f64 {
    let (mut lines, mut filled) = (1.0, 0.0);
    for item in text.split_inclusive("; ") {
        let item = breadth(item.trim_end());
        if filled > 0.0 && filled + item > width {
            lines += 1.0;
            filled = 0.0;
        }
        lines += ((item / width).ceil() - 1.0).max(0.0);
        filled += item % width + 1.0;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_a_list_stay_whole() {
        let id = "331002000001GB00003";
        assert_eq!(lines(id, 30.0), 1.0);
        assert_eq!(lines(&[id; 4].join("; "), 30.0), 4.0);
        assert_eq!(lines(&[id; 4].join("; "), 42.0), 2.0);
        assert_eq!(lines(&"宗地".repeat(20), 30.0), 3.0);
    }
}
