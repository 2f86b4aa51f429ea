//! A source → the rows of a table of an office, with its columns known.

mod around;
mod cells;
mod columns;
mod fields;
mod inspection;
mod line;
mod numbers;
mod totals;
mod unsaid_units;
mod values;
mod vocabulary;

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::office::{self, OfficeLayer, Sheet, is_office, plain};
use super::rows::Rows;
use super::{Field, Inputs, Layer, OpenOptions, ReadError, Request, Why, open};
use crate::model::LayerKind;
use crate::progress::Progress;
use columns::{TableColumns, TableSlot};
use totals::wrong_totals;
use vocabulary::Vocabulary;

pub(super) use cells::{Cells, Step};
pub(super) use fields::{PARCELS_OF, Sort};
pub(super) use inspection::{inspect_table, kind_of_file, kind_of_layer};
pub(super) use line::{Doubtful, Line};
pub(super) use unsaid_units::settle_units;
pub(super) use values::{Said, cause, class, code, least_plot_ratio, truth, words};

/// A table that was read whole, and whose columns are known.
pub(super) struct Table {
    kind: LayerKind,
    /// The name of the layer, or of the sheet.
    name: String,
    fields: Vec<Field>,
    columns: TableColumns,
    rows: Vec<Rows>,
    /// What stands around the values, where an office wrote it.
    sheet: Option<Sheet>,
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
                false,
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
        let columns = TableColumns::of(&vocabulary, kind.name(), &fields, sheet.as_ref());
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
        notes.extend(wrong_totals(&table));
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

    /// Whether its days count from 1904.
    pub(super) fn since_1904(&self) -> bool {
        self.sheet.as_ref().is_some_and(|sheet| sheet.since_1904)
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

    /// What is made of every row that is kept, in order.
    pub(super) fn each<T: Send>(&self, read: impl Fn(Line<'_>) -> T + Sync) -> Vec<T> {
        let of = |rows| {
            let line = move |row| Line {
                table: self,
                rows,
                row,
            };
            Rows::iter(rows).map(line).map(&read)
        };
        self.rows.par_iter().flat_map_iter(of).collect()
    }

    /// The first value of a column that is known.
    pub(super) fn example(&self, column: usize) -> Option<String> {
        let mut lines = self.lines().take(10_000);
        lines.find_map(|line| line.text(column).map(Cow::into_owned))
    }

    /// Of every row that is kept, whether one above it says the same in every column.
    pub(super) fn repeated(&self) -> Vec<bool> {
        let mut seen: FxHashMap<u64, Vec<Line<'_>>> = FxHashMap::default();
        let hashes = self.each(|line| line.hash());
        let is_repeated = |(line, hash): (_, u64)| {
            let before = seen.entry(hash).or_default();
            // texts made to have one hash are not worth more
            let repeated = before.iter().take(16).any(|above| above.is_same(&line));
            if !repeated {
                before.push(line);
            }
            repeated
        };
        self.lines().zip(hashes).map(is_repeated).collect()
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

    /// A row of the source as people count them.
    fn place(&self, row: u32) -> String {
        let what = match &self.sheet {
            Some(sheet) if sheet.name.is_empty() => "line",
            _ => "row",
        };
        format!("{what} {}", u64::from(row) + 1)
    }
}
