//! `read_only PARCELS BUILDINGS`: layers → coordinates and known columns by the readers of `scan`, and nothing more.

#![allow(missing_docs, clippy::print_stdout)]

use std::error::Error;

use plotratio::formats::{OpenOptions, Source, open};
use plotratio::model::LayerKind;
use plotratio::read::{Mappings, recognise};

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo bench` adds options of its own
    let paths = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    for (kind, path) in [LayerKind::Parcels, LayerKind::Buildings]
        .into_iter()
        .zip(paths)
    {
        let options = OpenOptions {
            encoding: None,
            role: Some(&kind.entry().role),
        };
        let mut layer = open(&Source::parse(&path), &options)?;
        let known = recognise(kind, &layer.schema().fields, &Mappings::new())?;
        let columns: Vec<usize> = known.slots().iter().map(|slot| slot.column).collect();
        let batches = layer.read(&columns, &|_| {})?;
        let rows: usize = batches.iter().map(|batch| batch.rows).sum();
        let coords: usize = batches
            .iter()
            .filter_map(|batch| batch.shapes.as_ref())
            .map(|shapes| shapes.coords().len())
            .sum();
        println!(
            "{}: {rows} rows, {coords} coordinates, {} columns",
            kind.name(),
            columns.len()
        );
    }
    Ok(())
}
