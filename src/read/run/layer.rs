//! A map file of a folder of results → its rows by number, their cells by the names of columns, and their shapes.

use std::borrow::Cow;
use std::path::Path;
use std::sync::OnceLock;

use super::parcels::placed;
use super::table::{ResultTable, broken};
use crate::formats::Filter;
use crate::geometry::{BoxIndex, Crs, ShapeRef, Shapes};
use crate::read::ReadError;

/// A map layer of a finished run, read whole.
pub struct RunLayer {
    table: ResultTable,
    /// The number of the first row of each batch.
    starts: Vec<usize>,
    shapes: Shapes,
    index: OnceLock<BoxIndex>,
}

impl RunLayer {
    /// Reads a map file that has the columns `needed`; its shapes are taken to `crs`, else to the CRS that the run computed in
    /// (`own`). The CRS of the shapes comes with it.
    pub(super) fn read(
        file: &Path,
        needed: &[&str],
        (crs, own): (Option<&Crs>, Option<&str>),
        notes: &mut Vec<String>,
    ) -> Result<(Self, Crs), ReadError> {
        let mut table = ResultTable::read_whole(file, needed)?;
        if !table.has_shapes {
            return Err(broken(file, "it has no shapes"));
        }
        let (shapes, crs) = placed(&mut table, crs, own, notes)?;
        let mut starts = Vec::with_capacity(table.batches.len());
        let mut next = 0;
        for batch in &table.batches {
            starts.push(next);
            next += batch.rows;
        }
        let layer = Self {
            table,
            starts,
            shapes,
            index: OnceLock::new(),
        };
        Ok((layer, crs))
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether it has no row.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// The shape of a row, in metres or another unit of the plane CRS.
    pub fn shape(&self, row: usize) -> ShapeRef<'_> {
        self.shapes.get(row)
    }

    /// All shapes.
    pub fn shapes(&self) -> &Shapes {
        &self.shapes
    }

    /// Finds shapes by the boxes around them.
    pub fn index(&self) -> &BoxIndex {
        let bounds = || BoxIndex::new(self.shapes.iter().map(|shape| shape.bounds()));
        self.index.get_or_init(bounds)
    }

    /// The names of its columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.table.columns.iter().map(|field| field.name.as_str())
    }

    /// Whether a column holds numbers.
    pub fn is_number(&self, name: &str) -> bool {
        let column = self.table.columns.iter().find(|field| field.name == name);
        column.is_some_and(|field| field.kind.is_numeric())
    }

    /// A cell as text; `None` where it is empty, or there is no such column.
    pub fn text(&self, row: usize, name: &str) -> Option<Cow<'_, str>> {
        let (batch, row) = self.place(row);
        let batch = self.table.batches.get(batch)?;
        self.table.column(batch, name)?.text(row)
    }

    /// A cell as a number.
    pub fn number(&self, row: usize, name: &str) -> Option<f64> {
        let (batch, row) = self.place(row);
        let batch = self.table.batches.get(batch)?;
        self.table.column(batch, name)?.number(row)
    }

    /// A cell as a whole number that is a place in an input.
    pub fn row_number(&self, row: usize, name: &str) -> Option<u32> {
        let (batch, row) = self.place(row);
        let batch = self.table.batches.get(batch)?;
        super::number_in(self.table.column(batch, name), row)
    }

    /// The rows for which a condition holds.
    ///
    /// # Errors
    /// When the condition names a column that the file does not have.
    pub fn rows_where(&self, filter: &Filter) -> Result<Vec<usize>, ReadError> {
        let columns = filter
            .indices(&self.table.columns)
            .map_err(|why| broken(Path::new(&self.table.source.to_string()), why.to_string()))?;
        let mut kept = Vec::new();
        for (batch, start) in self.table.batches.iter().zip(&self.starts) {
            let columns: Vec<_> = columns.iter().map(|at| &batch.columns[*at]).collect();
            let keep = filter.keep(&columns, batch.rows).into_iter().enumerate();
            kept.extend(keep.filter(|(_, keep)| *keep).map(|(row, _)| start + row));
        }
        Ok(kept)
    }

    fn place(&self, row: usize) -> (usize, usize) {
        let after = self.starts.partition_point(|start| *start <= row);
        let batch = after.saturating_sub(1);
        (batch, row - self.starts.get(batch).copied().unwrap_or(0))
    }
}
