//! A workbook (`.xlsx`, `.xls`) → its sheets, each as a grid of cells.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xls, Xlsx};

use super::cell::Cell;
use super::grid::{Grid, Region};
use super::package::Package;

/// A workbook whose cells have not been read.
pub(super) struct Workbook<'a> {
    reader: Format<'a>,
    /// The sheets that hold cells, in order.
    pub(super) sheets: Vec<SheetName>,
    /// Whether its days count from 1904.
    pub(super) since_1904: bool,
}

/// A sheet of a workbook.
pub(super) struct SheetName {
    /// Its name.
    pub(super) name: String,
    /// Whether it is hidden.
    pub(super) hidden: bool,
}

type Bytes<'a> = Cursor<&'a [u8]>;

enum Format<'a> {
    Xlsx(Box<Xlsx<Bytes<'a>>>, Package),
    Xls(Box<Xls<Bytes<'a>>>),
}

impl<'a> Workbook<'a> {
    /// Understands the bytes of a file; `Ok(None)` where they are no workbook.
    ///
    /// # Errors
    /// When it is one that cannot be read, and what to do.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Option<Self>, String> {
        if bytes.starts_with(b"PK\x03\x04") {
            let package = Package::check(bytes)?;
            let reader = guarded(|| Xlsx::new(Cursor::new(bytes)))?;
            let since_1904 = reader.has_1904_epoch();
            return Ok(Some(Self {
                sheets: sheets(&reader),
                reader: Format::Xlsx(Box::new(reader), package),
                since_1904,
            }));
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            let reader = guarded(|| Xls::new(Cursor::new(bytes))).map_err(|why| {
                format!("{why} (a workbook with a password must be saved without it)")
            })?;
            let since_1904 = reader.has_1904_epoch();
            return Ok(Some(Self {
                sheets: sheets(&reader),
                reader: Format::Xls(Box::new(reader)),
                since_1904,
            }));
        }
        Ok(None)
    }

    /// The cells of a sheet; only those of its first `rows` where that is given.
    ///
    /// # Errors
    /// When the sheet is broken, or larger than can be held.
    pub(super) fn grid(&mut self, sheet: &str, rows: Option<u32>) -> Result<Grid, String> {
        let wanted = |row: u32| rows.is_none_or(|rows| row < rows);
        match &mut self.reader {
            Format::Xlsx(reader, package) => {
                let merged = match package.merged(sheet) {
                    Some(merged) => merged,
                    None => regions(&guarded(|| reader.merge_cells_by_sheet_name(sheet))?),
                };
                let mut cells = guarded(|| reader.worksheet_cells_reader(sheet))?;
                let cells = std::iter::from_fn(|| {
                    loop {
                        let cell = match guarded(|| cells.next_cell()) {
                            Ok(cell) => cell?,
                            Err(why) => return Some(Err(why)),
                        };
                        let (row, column) = cell.get_position();
                        if !wanted(row) {
                            return None;
                        }
                        if let Some(value) = Cell::of_ref(cell.get_value()) {
                            return Some(Ok((row, column, value)));
                        }
                    }
                });
                Grid::of(cells, merged)
            }
            Format::Xls(reader) => {
                let range = guarded(|| reader.worksheet_range(sheet))?;
                let (top, left) = range.start().unwrap_or_default();
                let merged = guarded(|| reader.merge_cells_by_sheet_name(sheet))?;
                let cells = range.used_cells().filter_map(|(row, column, data)| {
                    let at = |first: u32, more: usize| u32::try_from(more).ok()?.checked_add(first);
                    let (row, column) = (at(top, row)?, at(left, column)?);
                    wanted(row).then_some(())?;
                    Some(Ok((row, column, Cell::of_data(data)?)))
                });
                Grid::of(cells, regions(&merged))
            }
        }
    }
}

fn sheets<R: Reader<T>, T>(reader: &R) -> Vec<SheetName>
where
    T: std::io::Read + std::io::Seek,
{
    let sheets = reader.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets
        .map(|sheet| SheetName {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect()
}

fn regions(merged: &[Dimensions]) -> Vec<Region> {
    let region = |at: &Dimensions| Region {
        top: at.start.0,
        left: at.start.1,
        bottom: at.end.0,
        right: at.end.1,
    };
    merged.iter().map(region).collect()
}

/// What a reader of foreign bytes says; that it panics is an error like any other.
fn guarded<T, E: std::fmt::Display>(read: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(result) => result.map_err(|why| match why.to_string() {
            text if text.starts_with("Cfb error") => {
                "it is no workbook of Excel, or a broken one, whatever its name says; open it and save it as .xlsx".to_owned()
            }
            text => text,
        }),
        Err(_) => Err("it is broken; open it and save it anew".to_owned()),
    }
}
