//! A table of results → its columns by their exact names.

use std::path::Path;

use crate::formats::{Batch, Column, Field, Layer, OpenOptions, Source, open};
use crate::read::ReadError;

/// A table of results that was read whole.
pub(super) struct ResultTable {
    pub(super) source: Source,
    /// Those of its columns that were read, in the order of `batches`.
    pub(super) columns: Vec<Field>,
    pub(super) batches: Vec<Batch>,
    /// The CRS that it declares.
    pub(super) crs: Option<String>,
    /// Whether it has shapes.
    pub(super) has_shapes: bool,
}

/// The error of a folder or file that is not what a run leaves.
pub(super) fn broken(file: &Path, why: impl Into<String>) -> ReadError {
    ReadError::Unsuitable {
        name: file.display().to_string(),
        layer: "results of a run",
        why: why.into(),
    }
}

impl ResultTable {
    /// Reads the columns that must be there, and those of `more` that are.
    pub(super) fn read(
        file: &Path,
        encoding: Option<&str>,
        (needed, more): (&[&'static str], &[&'static str]),
    ) -> Result<Self, ReadError> {
        let (source, layer) = opened(file, encoding)?;
        let place = |name: &&str| {
            layer
                .schema()
                .fields
                .iter()
                .position(|field| field.name == **name)
        };
        let mut places = Vec::new();
        for name in needed.iter().chain(more) {
            match place(name) {
                Some(at) => places.push(at),
                None if needed.contains(name) => return Err(lacks(file, name, layer.as_ref())),
                None => {}
            }
        }
        Self::of(source, layer, &places)
    }

    /// Reads every column of a table that has `needed`.
    pub(super) fn read_whole(file: &Path, needed: &[&str]) -> Result<Self, ReadError> {
        let (source, layer) = opened(file, Some("UTF-8"))?;
        let has = |name: &&&str| {
            layer
                .schema()
                .fields
                .iter()
                .any(|field| field.name == **name)
        };
        if let Some(name) = needed.iter().find(|name| !has(name)) {
            return Err(lacks(file, name, layer.as_ref()));
        }
        let places: Vec<usize> = (0..layer.schema().fields.len()).collect();
        Self::of(source, layer, &places)
    }

    fn of(source: Source, mut layer: Box<dyn Layer>, places: &[usize]) -> Result<Self, ReadError> {
        let fields = places.iter().map(|at| layer.schema().fields[*at].clone());
        let columns = fields.collect();
        let batches = layer.read(places, &|_| ())?;
        Ok(Self {
            source,
            columns,
            batches,
            crs: layer.schema().crs.clone(),
            has_shapes: layer.schema().has_geometry,
        })
    }

    /// A column of one of its batches; `None` where the table has no such column.
    pub(super) fn column<'a>(&self, batch: &'a Batch, name: &str) -> Option<Column<'a>> {
        let at = self.columns.iter().position(|column| column.name == name)?;
        batch.columns.get(at).map(Column)
    }
}

fn opened(file: &Path, encoding: Option<&str>) -> Result<(Source, Box<dyn Layer>), ReadError> {
    let source = Source::File {
        path: file.to_owned(),
        layer: None,
    };
    let is_text = source.extension() == "csv";
    let options = OpenOptions {
        encoding: encoding.filter(|_| is_text).map(str::to_owned),
        role: None,
    };
    let layer = open(&source, &options)?;
    Ok((source, layer))
}

fn lacks(file: &Path, name: &str, layer: &dyn Layer) -> ReadError {
    let fields = layer.schema().fields.iter();
    let there: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
    broken(
        file,
        format!(
            "it has no column `{name}`; it has {}; name a folder that `plotratio scan` wrote",
            there.join(", ")
        ),
    )
}
