//! A table → an XLSX workbook: a sheet of rows under the names of the columns, and a sheet that says what they are.
//!
//! A sheet holds 1,048,575 rows below its header; what is more goes on in the next (`parcels 2`).
//! Rows go to disk as they are made, so a large table costs no memory. Text is written as text, never as a formula, and a
//! number with as many decimals as its column has. The same table gives the same bytes: the workbook bears no day.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Kind, ResultFolder, Table, Value, WriteError};

/// What a sheet can hold below its header.
const ROWS: usize = 1_048_575;

/// What a cell can hold, in UTF-16 units.
const TEXT: usize = 32_767;

/// Writes `name.xlsx`.
pub(super) fn write(folder: &ResultFolder, table: &Table<'_>) -> Result<(), WriteError> {
    let path = folder.path(&format!("{}.xlsx", table.name));
    let shown = folder.shown(&format!("{}.xlsx", table.name));
    let failed = |why: XlsxError| WriteError::Library {
        file: shown.clone(),
        why: why.to_string(),
    };
    let mut workbook = Workbook::new();
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let bold = Format::new().set_bold();
    for part in 0..table.rows.div_ceil(ROWS).max(1) {
        let sheet = workbook
            .add_worksheet_with_constant_memory()
            .map_err(failed)?;
        let name = match part {
            0 => table.name.to_owned(),
            _ => format!("{} {}", table.name, part + 1),
        };
        sheet.set_name(name).map_err(failed)?;
        sheet.set_freeze_panes(1, 1).map_err(failed)?;
        let of_part = part * ROWS..table.rows.min((part + 1) * ROWS);
        rows(sheet, (table, of_part), &bold, &shown)?;
    }
    let fields = workbook.add_worksheet();
    describe(fields, table, &bold).map_err(failed)?;
    workbook.save(&path).map_err(failed)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the nearest binary number is what such a cell holds"
)]
fn rows(
    sheet: &mut Worksheet,
    (table, of_part): (&Table<'_>, std::ops::Range<usize>),
    bold: &Format,
    shown: &std::path::Path,
) -> Result<(), WriteError> {
    let failed = |why: XlsxError| WriteError::Library {
        file: shown.to_owned(),
        why: why.to_string(),
    };
    let formats: Vec<Format> = table
        .columns
        .iter()
        .map(|column| format(column.kind))
        .collect();
    for (at, column) in (0_u16..).zip(&table.columns) {
        sheet
            .write_string_with_format(0, at, &*column.name, bold)
            .map_err(failed)?;
    }
    let first = of_part.start;
    for row in of_part {
        let line = u32::try_from(row - first + 1).unwrap_or(u32::MAX);
        for ((at, column), format) in (0_u16..).zip(&table.columns).zip(&formats) {
            match (column.cell)(row) {
                Value::Null => {}
                Value::Text(text) if text.encode_utf16().count() > TEXT => {
                    return Err(WriteError::Cell {
                        file: shown.to_owned(),
                        column: column.name.to_string(),
                        row,
                        what: "a text longer than a cell of XLSX can hold",
                    });
                }
                Value::Text(text) => {
                    sheet.write_string(line, at, &*text).map_err(failed)?;
                }
                Value::Integer(number) => {
                    sheet
                        .write_number_with_format(line, at, number as f64, format)
                        .map_err(failed)?;
                }
                Value::Decimal(number) => {
                    sheet
                        .write_number_with_format(line, at, number.to_f64(), format)
                        .map_err(failed)?;
                }
            }
        }
    }
    Ok(())
}

fn format(kind: Kind) -> Format {
    match kind {
        Kind::Text => Format::new(),
        Kind::Integer => Format::new().set_num_format("0"),
        Kind::Decimal(places) => {
            Format::new().set_num_format(format!("0.{:0<1$}", "", usize::from(places)))
        }
    }
}

/// The columns with their Chinese names.
fn describe(sheet: &mut Worksheet, table: &Table<'_>, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name("字段")?;
    for (at, name) in (0_u16..).zip(["column", "字段", "table", "表"]) {
        sheet.write_string_with_format(0, at, name, bold)?;
    }
    for (line, column) in (1_u32..).zip(&table.columns) {
        sheet.write_string(line, 0, &*column.name)?;
        sheet.write_string(line, 1, &*column.alias)?;
        sheet.write_string(line, 2, table.name)?;
        sheet.write_string(line, 3, table.title)?;
    }
    Ok(())
}
