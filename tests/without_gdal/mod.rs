//! Shapefile, GeoPackage, tables of text and workbooks as they are read without GDAL: alike among each other, and in the
//! build with GDAL as GDAL reads them.

#[cfg(feature = "gdal")]
mod alike;
mod encodings;
mod refusals;
mod scans;

use std::path::Path;

use plotratio::formats::{Batch, Column, Layer, OpenOptions, Source, open_without_gdal};

pub fn open(path: &Path) -> Box<dyn Layer> {
    open_without_gdal(&source(path), &OpenOptions::default()).unwrap()
}

pub fn source(path: &Path) -> Source {
    Source::parse(&path.display().to_string())
}

pub fn read(layer: &mut dyn Layer) -> Vec<Batch> {
    let columns: Vec<usize> = (0..layer.schema().fields.len()).collect();
    layer.read(&columns, &|_| ()).unwrap()
}

/// The rows of some batches as texts.
pub fn texts(batches: &[Batch]) -> Vec<Vec<Option<String>>> {
    let row = |batch: &Batch, row: usize| {
        let columns = batch.columns.iter();
        let text = columns.map(|column| Column(column).stored_text(row));
        text.map(|text| text.map(std::borrow::Cow::into_owned))
            .collect()
    };
    let rows = batches
        .iter()
        .flat_map(|batch| (0..batch.rows).map(|at| row(batch, at)));
    rows.collect()
}
