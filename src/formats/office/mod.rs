//! A table as an office keeps it (`.csv`, `.xlsx`, `.xls`): titles, headers of several rows, merged cells, totals → its rows
//! and columns.

mod body;
mod cell;
mod delimited;
mod grid;
mod header;
mod heading;
mod layer;
mod package;
mod plain;
mod rows;
mod sheet;
mod units;
mod workbook;

use header::{Header, Knows};
use sheet::SheetTable;
use workbook::Workbook;

use super::encoding::by_label;
use super::file::{map, only_layer, path_of};
use super::plain_text::decode;
use super::{Source, SourceError};

pub(crate) use cell::number_text;
pub(crate) use heading::{Heading, Said, bare};
pub(crate) use layer::OfficeLayer;
pub(crate) use plain::{half_width, plain};
pub(crate) use rows::SheetRows;
pub(crate) use sheet::{Sheet, Total};
pub(crate) use units::{Unit, unit};

/// The rows that are read of a sheet to see whether it has a header.
const FIRST_ROWS: u32 = 48;

/// Whether a source is a file that is read here.
pub(crate) fn is_office(source: &Source) -> bool {
    matches!(
        source.extension().as_str(),
        "csv" | "tsv" | "tab" | "txt" | "xlsx" | "xlsm" | "xltx" | "xls" | "et"
    )
}

/// Opens the table of a file that names the most fields that are known; `wanted` is the kind of layer, for messages.
///
/// Only its first rows where `glance` is set.
///
/// # Errors
/// When the file cannot be read, no table in it has a known header, or several have.
pub(crate) fn open(
    source: &Source,
    encoding: Option<&str>,
    wanted: &'static str,
    knows: Knows<'_>,
    glance: bool,
) -> Result<OfficeLayer, SourceError> {
    let rows_read = glance.then_some(FIRST_ROWS);
    let unreadable = |why: String| SourceError::unreadable(source, why);
    // an empty file cannot be mapped
    if std::fs::metadata(path_of(source)?).is_ok_and(|about| about.len() == 0) {
        return Err(unreadable("it is empty".into()));
    }
    let bytes = map(source)?;
    if let Some(workbook) = Workbook::open(&bytes).map_err(unreadable)? {
        return sheet_of(source, workbook, wanted, knows, rows_read);
    }
    let head = bytes.trim_ascii_start();
    if head.starts_with(b"<") {
        return Err(unreadable(
            "it is a page of HTML or XML, whatever its name says; open it and save it as .xlsx"
                .into(),
        ));
    }
    if head.starts_with(b"PK")
        || bytes.contains(&0)
            && !bytes.starts_with(&[0xff, 0xfe])
            && !bytes.starts_with(&[0xfe, 0xff])
    {
        return Err(unreadable("it is neither text nor a workbook".into()));
    }
    let asked = encoding.map(|label| {
        by_label(label).ok_or_else(|| unreadable(format!("`{label}` is no encoding that is known")))
    });
    let (text, note) = decode(&bytes, asked.transpose()?);
    let text = match &text {
        Some(text) => text.as_str(),
        None => std::str::from_utf8(&bytes).unwrap_or_default(),
    };
    let mut best = (0, delimited::SEPARATORS[0]);
    let mut rows = String::new();
    for separator in delimited::SEPARATORS {
        let grid = delimited::grid(text, separator, Some(FIRST_ROWS)).map_err(unreadable)?;
        let fields = Header::find(&grid, knows).map_or(0, |header| header.known);
        if rows.is_empty() {
            rows = first_rows(&grid);
        }
        if fields > best.0 {
            best = (fields, separator);
        }
    }
    let grid = delimited::grid(text, best.1, rows_read).map_err(unreadable)?;
    let name = only_layer(source, None)?;
    let table = SheetTable::find(grid, knows).ok_or_else(|| headless(source, wanted, &rows))?;
    Ok(OfficeLayer::new(name, table, Vec::from_iter(note), false))
}

/// The sheet that was asked for, or the only one with a known header.
fn sheet_of(
    source: &Source,
    mut workbook: Workbook<'_>,
    wanted: &'static str,
    knows: Knows<'_>,
    rows_read: Option<u32>,
) -> Result<OfficeLayer, SourceError> {
    let unreadable = |why: String| SourceError::unreadable(source, why);
    let path = path_of(source)?.display().to_string();
    let quoted = |names: &mut dyn Iterator<Item = &String>| {
        names
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let all = quoted(&mut workbook.sheets.iter().map(|sheet| &sheet.name));
    let mut notes = Vec::new();
    let mut rows = String::new();
    let chosen = if let Some(asked) = source.layer() {
        let names = || workbook.sheets.iter().map(|sheet| &sheet.name);
        let found = names().find(|name| *name == asked);
        let found = found.or_else(|| names().find(|name| name.eq_ignore_ascii_case(asked)));
        found.cloned().ok_or_else(|| SourceError::NoLayer {
            name: path,
            layer: asked.to_owned(),
            there: all,
        })?
    } else {
        let visible = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
        let visible: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
        let mut with_header = Vec::new();
        for name in &visible {
            if visible.len() == 1 {
                with_header.push(name.clone());
                break;
            }
            let grid = workbook.grid(name, Some(FIRST_ROWS)).map_err(unreadable)?;
            if rows.is_empty() {
                rows = first_rows(&grid);
            }
            if Header::find(&grid, knows).is_some() {
                with_header.push(name.clone());
            }
        }
        match &with_header[..] {
            [] => return Err(headless(source, wanted, &rows)),
            [one] => {
                if workbook.sheets.len() > 1 {
                    notes.push(format!("took the sheet `{one}` (there are {all})"));
                }
                one.clone()
            }
            [first, ..] => {
                return Err(SourceError::WhichLayer {
                    name: path,
                    first: first.clone(),
                    there: quoted(&mut with_header.iter()),
                });
            }
        }
    };
    let grid = workbook.grid(&chosen, rows_read).map_err(unreadable)?;
    let rows = first_rows(&grid);
    let mut table = SheetTable::find(grid, knows).ok_or_else(|| headless(source, wanted, &rows))?;
    table.sheet.since_1904 = workbook.since_1904;
    Ok(OfficeLayer::new(chosen, table, notes, true))
}

/// What the first rows of a grid say, in short.
fn first_rows(grid: &grid::Grid) -> String {
    let row = |row| {
        let cells = grid.row(row).iter().take(8);
        let texts = cells.map(|(_, cell)| cell.text().chars().take(20).collect::<String>());
        texts.collect::<Vec<_>>().join(" | ")
    };
    grid.rows().take(4).map(row).collect::<Vec<_>>().join(" ⏎ ")
}

fn headless(source: &Source, wanted: &'static str, rows: &str) -> SourceError {
    SourceError::Unsuitable {
        name: source.to_string(),
        layer: wanted,
        why: format!(
            "none of its first rows names two columns that are known; they say `{rows}` (`--map {wanted}.FIELD=COLUMN` says what a column is)"
        ),
    }
}
