//! A source → the rows of a table of an office, with its columns known.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use super::office::{self, OfficeLayer, Sheet, is_office, plain};
use super::rows::Rows;
use super::table_columns::{TableColumns, TableSlot};
use super::table_values::{Said, Wrong, number};
use super::vocabulary::Vocabulary;
use super::{Column, Field, Inputs, Layer, OpenOptions, ReadError, Request, Why, open};
use crate::model::LayerKind;
use crate::progress::Progress;

/// A table that was read whole, and whose columns are known.
pub(super) struct Table {
    pub(super) kind: LayerKind,
    /// The name of the layer, or of the sheet.
    pub(super) name: String,
    pub(super) fields: Vec<Field>,
    pub(super) columns: TableColumns,
    pub(super) rows: Vec<Rows>,
    /// What stands around the values, where an office wrote it.
    pub(super) sheet: Option<Sheet>,
    /// Columns that only number the rows.
    numbering: Vec<usize>,
}

/// An open source of a table.
enum Opened {
    Office(Box<OfficeLayer>),
    Other(Box<dyn Layer>),
}

impl Opened {
    fn layer(&mut self) -> &mut dyn Layer {
        match self {
            Self::Office(layer) => layer.as_mut(),
            Self::Other(layer) => layer.as_mut(),
        }
    }
}

impl Table {
    /// Reads a source as the table of that kind.
    ///
    /// # Errors
    /// When it cannot be read, a mapping cannot be followed, or it lacks what its kind must have.
    pub(super) fn read(
        kind: LayerKind,
        request: &Request,
        inputs: &Inputs,
        progress: &dyn Progress,
        notes: &mut Vec<String>,
    ) -> Result<Self, ReadError> {
        let source = &request.source;
        let vocabulary = Vocabulary::of(kind, &inputs.mappings)
            .map_err(|(mapping, why)| ReadError::Mapping { mapping, why })?;
        let mut opened = if is_office(source) {
            let knows = |heading: &office::Heading| vocabulary.key(heading);
            let encoding = request.encoding.as_deref();
            Opened::Office(Box::new(office::open(
                source,
                encoding,
                kind.name(),
                &knows,
            )?))
        } else {
            let options = OpenOptions {
                encoding: request.encoding.clone(),
                role: Some(kind.name()),
            };
            Opened::Other(open(source, &options)?)
        };
        let layer = opened.layer();
        let (name, fields) = (layer.name().to_owned(), layer.fields().to_vec());
        progress.step(kind.name(), layer.feature_count());
        let mut wanted: Vec<usize> = (0..fields.len()).collect();
        if let Some(filter) = &request.filter {
            let condition = filter.indices(&fields);
            wanted.extend(condition.map_err(|why| ReadError::unreadable(source, why))?);
        }
        let batches = layer.read(&wanted, &|rows| progress.advance(rows))?;
        let said = layer.notes().iter();
        notes.extend(said.map(|note| format!("{}: {note}", kind.name())));
        let rows = batches.into_iter().map(|batch| {
            let condition: Vec<_> = batch.columns.iter().skip(fields.len()).collect();
            let filter = request.filter.as_ref();
            let kept = filter.map(|filter| filter.keep(&condition, batch.rows));
            Rows { batch, kept }
        });
        let rows = rows.collect();
        let sheet = match opened {
            Opened::Office(layer) => Some(layer.sheet().clone()),
            Opened::Other(_) => None,
        };
        let columns = TableColumns::of(&vocabulary, kind.name(), &fields, sheet.as_ref(), &name);
        let numbers = [
            "序号", "编号", "NO", "XH", "FID", "OBJECTID", "OGCFID", "GID", "ROWID",
        ];
        let numbering = fields.iter().zip(0..).filter(|(field, column)| {
            let name = office::bare(&plain(&field.name));
            numbers.contains(&&*name) && columns.slots.iter().all(|slot| slot.column != *column)
        });
        let numbering = numbering.map(|(_, column)| column).collect();
        let table = Self {
            kind,
            name,
            fields,
            columns,
            rows,
            sheet,
            numbering,
        };
        table.must_be_mapped(&vocabulary)?;
        table.must_serve(request)?;
        notes.extend(table.columns.notes.iter().cloned());
        notes.extend(table.wrong_totals());
        Ok(table)
    }

    /// The column of a field.
    pub(super) fn slot(&self, field: &str) -> Option<&TableSlot> {
        self.columns.slot(field)
    }

    /// How many rows there are beside those that sum up others.
    pub(super) fn count(&self) -> u64 {
        self.rows.iter().map(|rows| rows.batch.rows as u64).sum()
    }

    /// Rows that sum up others.
    pub(super) fn sums(&self) -> u64 {
        self.sheet.as_ref().map_or(0, |sheet| sheet.sums)
    }

    /// Every row that is kept, in order.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().flat_map(move |rows| {
            rows.iter().map(move |row| Line {
                table: self,
                rows,
                row,
            })
        })
    }

    /// The first value of a column that is known.
    pub(super) fn example(&self, column: usize) -> Option<String> {
        let mut lines = self.lines().take(10_000);
        lines.find_map(|line| line.text(column).map(Cow::into_owned))
    }

    /// Rows that say the same in every column as one above them, by their place among all lines.
    pub(super) fn repeated(&self) -> Vec<bool> {
        let mut seen: FxHashMap<u64, Vec<(usize, usize)>> = FxHashMap::default();
        let mut repeated = Vec::new();
        for (at, rows) in self.rows.iter().enumerate() {
            for row in rows.iter() {
                let line = |at: usize, row| Line {
                    table: self,
                    rows: &self.rows[at],
                    row,
                };
                let this = line(at, row);
                let before = seen.entry(this.hash()).or_default();
                let is_same = before
                    .iter()
                    .take(16)
                    .any(|&(at, row)| line(at, row).is_same(&this));
                if !is_same {
                    before.push((at, row));
                }
                repeated.push(is_same);
            }
        }
        repeated
    }

    /// What the columns are called, for messages.
    fn names(&self) -> String {
        let names: Vec<&str> = self.fields.iter().map(|field| &*field.name).collect();
        names.join(", ")
    }

    /// Refuses a mapping to a column that there is not.
    fn must_be_mapped(&self, vocabulary: &Vocabulary) -> Result<(), ReadError> {
        for mapped in vocabulary.mapped() {
            let wanted = plain(&mapped.column);
            let has = |field: &Field| {
                let leaf = field.name.rsplit('/').next();
                plain(&field.name) == wanted || leaf.is_some_and(|leaf| plain(leaf) == wanted)
            };
            let slot = self
                .columns
                .slots
                .iter()
                .any(|slot| slot.why == Why::Mapped);
            if slot && self.fields.iter().any(has) {
                continue;
            }
            let field = vocabulary.name(mapped.field);
            let year = mapped
                .year
                .map_or_else(String::new, |year| format!(".{year}"));
            let why = if self.fields.iter().any(has) {
                format!(
                    "`{}` is of no year or of another unit than `{field}`",
                    mapped.column
                )
            } else {
                format!(
                    "there is no column `{}`; the layer has {}",
                    mapped.column,
                    self.names()
                )
            };
            return Err(ReadError::Mapping {
                mapping: format!("{}.{field}{year}={}", self.kind.name(), mapped.column),
                why,
            });
        }
        Ok(())
    }

    /// Refuses a table that lacks what its kind cannot do without.
    fn must_serve(&self, request: &Request) -> Result<(), ReadError> {
        let has = |field| self.slot(field).is_some();
        let (what, mapping) = match self.kind {
            LayerKind::Contracts if !has("parcel_id") => (
                "which parcel a contract grants",
                "contracts.parcel_id=COLUMN",
            ),
            LayerKind::Enterprises if !has("id") && !has("name") => {
                ("which enterprise a row speaks of", "enterprises.id=COLUMN")
            }
            _ => return Ok(()),
        };
        Err(ReadError::Unsuitable {
            name: request.source.to_string(),
            layer: self.kind.name(),
            why: format!(
                "no column says {what}; it has {} (`--map {mapping}`)",
                self.names()
            ),
        })
    }

    /// Totals that are not the sum of any rows that they may sum up.
    fn wrong_totals(&self) -> Option<String> {
        let sheet = self.sheet.as_ref()?;
        let added = self.columns.slots.iter().filter(|slot| slot.sort.adds_up());
        let mut wrong = Vec::new();
        for slot in added {
            let totals: Vec<_> = sheet
                .totals
                .iter()
                .filter(|total| total.column == slot.column)
                .collect();
            if totals.is_empty() {
                continue;
            }
            let values = self.rows.iter().flat_map(|rows| {
                let column = rows.batch.columns.get(slot.column).map(Column);
                (0..rows.batch.rows).map(move |row| {
                    let place = usize::try_from(rows.batch.first_row).unwrap_or_default() + row;
                    let text = column?
                        .text(row)
                        .filter(|_| !sheet.goes_on(slot.column, place))?;
                    number(&text, slot.unit)
                        .ok()
                        .flatten()
                        .map(|number| number.to_f64())
                })
            });
            // sums up to each row
            let mut upto = vec![0.0];
            for value in values {
                upto.push(upto.last().copied().unwrap_or(0.0) + value.unwrap_or(0.0));
            }
            let sum = |from: usize, to: usize| {
                upto.get(to).zip(upto.get(from)).map(|(to, from)| to - from)
            };
            let ends: Vec<usize> = [0]
                .into_iter()
                .chain(totals.iter().map(|total| total.behind))
                .chain([upto.len() - 1])
                .collect();
            for (at, total) in totals.iter().enumerate() {
                let Some(Some(said)) = number(&total.text, slot.unit).ok() else {
                    continue;
                };
                let said = said.to_f64();
                let may_be = [
                    (0, total.behind),
                    (0, upto.len() - 1),
                    (ends[at], total.behind),
                    (total.behind, ends[at + 2]),
                    (total.behind, upto.len() - 1),
                ];
                let agrees = may_be.iter().any(|&(from, to)| {
                    let rounding = count(to.saturating_sub(from)) * 0.005 + 0.005;
                    sum(from, to).is_some_and(|sum| {
                        (sum - said).abs() <= rounding.min(said.abs() * 1e-3) + 1e-6
                    })
                });
                if !agrees && wrong.len() < 5 {
                    wrong.push(format!(
                        "`{}` of `{}` in {}",
                        total.text,
                        slot.name,
                        self.place(total.row)
                    ));
                }
            }
        }
        (!wrong.is_empty()).then(|| {
            format!(
                "{}: {} is not the sum of the rows it may sum up; rows may be missing or said twice",
                self.kind.name(),
                wrong.join(", ")
            )
        })
    }

    /// A row of the source as people count them.
    fn place(&self, row: u32) -> String {
        let what = match &self.sheet {
            Some(sheet) if sheet.name.is_empty() => "line",
            _ => "row",
        };
        format!("{what} {}", u64::from(row) + 1)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a count of rows")]
const fn count(rows: usize) -> f64 {
    rows as f64
}

/// A row of a table.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    table: &'a Table,
    rows: &'a Rows,
    row: usize,
}

impl<'a> Line<'a> {
    /// Its place among the rows of the table.
    fn place(self) -> usize {
        usize::try_from(self.rows.batch.first_row).unwrap_or_default() + self.row
    }

    /// Its 0-based row in the source.
    pub(super) fn number(self) -> u32 {
        let rows = self.table.sheet.as_ref().map(|sheet| &sheet.rows);
        let place = self.place();
        let in_sheet = rows.and_then(|rows| rows.get(place)).copied();
        in_sheet.unwrap_or_else(|| u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// The text of a column.
    pub(super) fn text(self, column: usize) -> Option<Cow<'a, str>> {
        Column(self.rows.batch.columns.get(column)?).text(self.row)
    }

    /// What a cell says of a field that is there; what it should be decides how it is read.
    pub(super) fn read<T>(self, slot: &TableSlot, read: impl FnOnce(&str) -> Said<T>) -> Said<T> {
        let text = self.text(slot.column);
        text.map_or(Ok(None), |text| read(&text))
    }

    /// The number of a field; of merged cells it is said in the first row alone, where it adds up.
    pub(super) fn number_of(self, slot: &TableSlot) -> Said<crate::quantity::Exact> {
        let sheet = self.table.sheet.as_ref();
        let goes_on = || sheet.is_some_and(|sheet| sheet.goes_on(slot.column, self.place()));
        if slot.sort.adds_up() && goes_on() {
            return Ok(None);
        }
        self.read(slot, |text| number(text, slot.unit))
    }

    /// What is wrong with a cell, in words.
    pub(super) fn wrong(self, slot: &TableSlot, wrong: Wrong, should_be: &str) -> Doubtful {
        let text = self.text(slot.column).unwrap_or_default();
        let shown: String = text.chars().take(60).collect();
        let place = self.table.place(self.number());
        let name = &slot.name;
        let (kind, what) = match wrong {
            Wrong::ErrorCell => ("error_cell", "a formula that failed".to_owned()),
            Wrong::LostDigits => (
                "lost_digits",
                "a spreadsheet made a number of it and lost its last digits; type it anew as text"
                    .to_owned(),
            ),
            Wrong::Unreadable => (should_be_kind(should_be), format!("no {should_be}")),
        };
        Doubtful {
            kind,
            detail: format!("`{name}` says `{shown}` in {place}: {what}; that is unknown"),
        }
    }

    /// `row 18`, as people count.
    pub(super) fn place_name(self) -> String {
        self.table.place(self.number())
    }

    fn columns(self) -> impl Iterator<Item = usize> + use<'a> {
        let numbering = &self.table.numbering;
        (0..self.table.fields.len()).filter(move |column| !numbering.contains(column))
    }

    fn hash(self) -> u64 {
        let mut hasher = FxHasher::default();
        for column in self.columns() {
            hasher.write(self.text(column).unwrap_or_default().as_bytes());
            hasher.write_u8(0xff);
        }
        hasher.finish()
    }

    fn is_same(self, other: &Self) -> bool {
        self.columns()
            .all(|column| self.text(column) == other.text(column))
    }
}

/// The kind of defect of a cell that is not what it should be.
fn should_be_kind(should_be: &str) -> &'static str {
    match should_be {
        "number" => "unreadable_number",
        "date" => "unreadable_date",
        _ => "unreadable_value",
    }
}

/// Something in a row that could not be read, or that contradicts itself.
pub(super) struct Doubtful {
    /// The kind of defect.
    pub(super) kind: &'static str,
    /// The column, what it says, where, and what became of it.
    pub(super) detail: String,
}
