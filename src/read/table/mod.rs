//! A source → the rows of a table of an office, with its columns known.

mod around;
mod cells;
mod columns;
mod fields;
mod inspection;
mod line;
mod marks;
mod numbers;
mod totals;
mod unsaid_units;
mod values;
mod vocabulary;

use std::borrow::Cow;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::cut_names::must_be_clear;
use super::rows::Rows;
use super::{Inputs, ReadError, Request, Why};
use crate::formats::SourceError;
use crate::formats::office::{self, OfficeLayer, Sheet, is_office, plain};
use crate::formats::{Batch, Column, Field, Layer, OpenOptions, open};
use crate::model::{LayerDecisions, LayerKind};
use crate::progress::Progress;
use columns::{TableColumns, TableSlot};
use totals::wrong_totals;
use vocabulary::Vocabulary;

pub(super) use cells::{Cells, Step};
pub(super) use fields::{PARCELS_OF, Sort};
pub(super) use inspection::{inspect_table, kind_of_file, kind_of_layer};
pub(super) use line::{Doubtful, Line};
pub(super) use unsaid_units::settle_units;
pub(super) use values::{cause, class, code, least_plot_ratio, truth, words};

/// A table that was read whole, and whose columns are known.
pub(super) struct OfficeTable {
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
    /// Where in a batch each column is, if it was read.
    places: Vec<Option<usize>>,
    /// What was decided before, and is kept to.
    given: LayerDecisions,
    /// What is decided of it.
    decided: LayerDecisions,
}

/// Fields of a contract by one of which its deadlines can be told.
const DAYS: [&str; 7] = [
    "due_start",
    "extended_to",
    "started",
    "due_completion",
    "completed",
    "delivered",
    "approved",
];

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

impl OfficeTable {
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
            let is_dbf = matches!(source.extension().as_str(), "shp" | "dbf");
            let decided = inputs.decisions.of(kind).encoding.filter(|_| is_dbf);
            let options = OpenOptions {
                encoding: request.encoding.clone().or(decided),
                role: Some(&kind.entry().role),
            };
            Opened::Other(open(source, &options)?)
        };
        let schema = opened.layer().schema().clone();
        let (name, fields) = (schema.name, schema.fields);
        progress.step(kind.name(), schema.feature_count);
        let sheet = match &opened {
            Opened::Office(layer) => Some(layer.sheet().clone()),
            Opened::Other(_) => None,
        };
        let layer = opened.layer();
        let decided = LayerDecisions {
            encoding: schema.encoding.map(str::to_owned),
            ..LayerDecisions::default()
        };
        let columns = TableColumns::of(&vocabulary, kind.name(), &fields, sheet.as_ref());
        must_be_clear(kind, request, &columns.unclear)?;
        let mut wanted: Vec<usize> = if kind == LayerKind::Storeys {
            // a city has millions, and no two rows are held against each other
            columns.slots.iter().map(|slot| slot.column).collect()
        } else {
            (0..fields.len()).collect()
        };
        let places = (0..fields.len()).map(|column| wanted.iter().position(|at| *at == column));
        let places = places.collect();
        let read = wanted.len();
        if let Some(filter) = &request.filter {
            let condition = filter.indices(&fields);
            wanted.extend(condition.map_err(|why| SourceError::unreadable(source, why))?);
        }
        let batches = layer.read(&wanted, &|rows| progress.advance(rows))?;
        let said = layer.schema().notes.iter();
        notes.extend(said.map(|note| format!("{}: {note}", kind.name())));
        let rows = batches.into_iter().map(|batch| {
            let condition: Vec<_> = batch.columns.iter().skip(read).collect();
            let filter = request.filter.as_ref();
            let kept = filter.map(|filter| filter.keep(&condition, batch.rows));
            Rows { batch, kept }
        });
        let rows = rows.collect();
        let numbers = [
            "序号", "编号", "NO", "XH", "FID", "OBJECTID", "OGCFID", "GID", "ROWID",
        ];
        let numbering = fields.iter().zip(0..).filter(|(field, column)| {
            let name = office::bare(&plain(&field.name));
            numbers.contains(&&*name) && columns.slots.iter().all(|slot| slot.column != *column)
        });
        let numbering = numbering.map(|(_, column)| column).collect();
        let mut table = Self {
            kind,
            name,
            fields,
            columns,
            rows,
            sheet,
            numbering,
            places,
            given: inputs.decisions.of(kind),
            decided,
        };
        table.settle_marks();
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

    /// What was decided of it.
    pub(super) const fn decided(&self) -> &LayerDecisions {
        &self.decided
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

    /// A column of a batch, where it was read.
    fn column<'b>(&self, batch: &'b Batch, column: usize) -> Option<Column<'b>> {
        let place = *self.places.get(column)?;
        batch.columns.get(place?).map(Column)
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

    /// Every row, `--where` or not.
    fn all_lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().flat_map(move |rows| {
            (0..rows.batch.rows).map(move |row| Line {
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
            LayerKind::Contracts if !DAYS.into_iter().any(has) => (
                "on which day building is to begin or began",
                "contracts.due_start=COLUMN",
            ),
            LayerKind::Enterprises if !has("id") && !has("name") => {
                ("which enterprise a row speaks of", "enterprises.id=COLUMN")
            }
            LayerKind::Enterprises if !self.says_more_than(&["id", "name", "parcel_id"]) => (
                "anything of an enterprise but who and where it is",
                "enterprises.tax_wan.2021=COLUMN",
            ),
            LayerKind::Storeys if !has("building_id") => (
                "which building a storey belongs to",
                "storeys.building_id=COLUMN",
            ),
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

    /// Whether a column is known beside these.
    fn says_more_than(&self, names: &[&str]) -> bool {
        let mut slots = self.columns.slots.iter();
        slots.any(|slot| !names.contains(&slot.field))
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
