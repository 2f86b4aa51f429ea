//! The tables of a run → workbooks as offices hand them in: one for each job, in words, with totals, ready to print.

mod books;
mod columns;
mod link;
mod list;
mod notes;
mod parts;
mod print;
mod style;
mod sums;
mod total;
mod words;

pub use books::{Book, PROPOSE_BOOKS, SCAN_BOOKS, UPGRADE_BOOKS};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::books::Sheet;
use self::link::Pages;
use self::style::Styles;
use self::words::Words;
use super::{Language, ResultFolder, Table, WriteError};
use crate::law::pack::Pack;

/// What workbooks say of the run beside its tables.
pub struct Preface<'a> {
    /// The policy, whose rules are called by their names.
    pub policy: &'a Pack,
    /// What stands below every title: the day, the policy, the area basis.
    pub line: String,
    /// What the sheet 说明 says: subjects and texts.
    pub notes: Vec<(String, String)>,
    /// The language of headings and words.
    pub language: Language,
}

/// Writes those of `books` of which the run has a table; the names of their files and the count of rows of their first list.
///
/// # Errors
/// When a file cannot be written.
pub fn write_workbooks(
    folder: &ResultFolder,
    books: &[Book],
    tables: &[&Table<'_>],
    preface: &Preface<'_>,
) -> Result<Vec<(String, usize)>, WriteError> {
    let pages = Pages::of(tables);
    let mut files = Vec::new();
    for book in books {
        let first = book.sheets.iter().find_map(|sheet| sheet.table(tables));
        let Some(first) = first else {
            continue;
        };
        let name = format!("{}.xlsx", book.name);
        write_book(book, tables, (preface, &pages), &folder.path(&name)).map_err(|why| {
            WriteError::Library {
                file: folder.shown(&name),
                why: why.to_string(),
            }
        })?;
        files.push((name, first.rows));
    }
    Ok(files)
}

fn write_book(
    book: &Book,
    tables: &[&Table<'_>],
    (preface, pages): (&Preface<'_>, &Pages),
    path: &std::path::Path,
) -> Result<(), XlsxError> {
    let mut workbook = Workbook::new();
    // no day of writing: the same run gives the same bytes
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = preface.language.of(book.title.0, book.title.1);
    let properties = DocProperties::new()
        .set_creation_datetime(&day)
        .set_title(title);
    workbook.set_properties(&properties);
    let (styles, words) = (Styles::new(), Words::of(preface));
    let mut said = Vec::new();
    for sheet in book.sheets {
        let Some(table) = sheet.table(tables) else {
            continue;
        };
        match sheet {
            Sheet::List(spec) => {
                let to = list::To {
                    preface,
                    styles: &styles,
                    words: &words,
                    pages,
                    title,
                };
                said.extend(list::write(&mut workbook, spec, table, &to)?);
            }
            Sheet::Sums(spec) => {
                sums::write(&mut workbook, spec, table, (preface, &styles, &words))?;
            }
        }
    }
    notes::write(&mut workbook, title, &said, preface, &styles)?;
    workbook.save(path)
}
