//! What is read without GDAL is what GDAL reads: names, types, values, shapes and flaws.

use std::path::PathBuf;

use plotratio::formats::{
    GeometryFlaw, Layer, OpenOptions, SourceError, describe_crs, open_with_gdal, open_without_gdal,
};

use super::{read, source, texts};
use crate::command_line::sample;
use crate::shared::shared;

/// Every Shapefile, GeoPackage and table of text of the sample, and those of real places that are there.
fn files() -> Vec<PathBuf> {
    let places = ["cz-bubenec", "es-melque", "jp-chiyoda", "us-cambridge-2013"];
    let folders = places.map(shared).into_iter().chain([sample()]);
    let mut found: Vec<PathBuf> = folders
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let extension = path.extension().unwrap_or_default();
            ["shp", "gpkg", "csv"]
                .iter()
                .any(|known| extension == *known)
        })
        .collect();
    found.sort();
    found
}

fn flaws(layer: &mut dyn Layer) -> Vec<(u64, GeometryFlaw)> {
    let batches = layer.read(&[], &|_| ()).unwrap();
    let flaws = batches.iter().flat_map(|batch| {
        let flaws = batch.flaws.iter();
        flaws.map(|(row, flaw)| (batch.first_row + u64::from(*row), flaw.clone()))
    });
    flaws.collect()
}

#[test]
fn files_of_the_sample_and_of_real_places_are_read_as_gdal_reads_them() {
    let files = files();
    assert!(files.len() > 12, "{files:?}");
    for file in files {
        let name = file.display();
        let options = OpenOptions::default();
        let own = open_without_gdal(&source(&file), &options);
        let other = open_with_gdal(&source(&file), &options);
        // one that holds several layers asks which in the same words
        let (mut own, mut other) = match (own, other) {
            (Ok(own), Ok(other)) => (own, other),
            (own, other) => {
                let said = |opened: Result<Box<dyn Layer>, SourceError>| {
                    opened.err().map(|why| why.to_string())
                };
                assert_eq!(said(own), said(other), "{name}");
                continue;
            }
        };
        let crs = |layer: &dyn Layer| {
            let crs = layer.schema().crs.as_deref();
            crs.map(|crs| describe_crs(crs).unwrap())
        };
        assert_eq!(crs(own.as_ref()), crs(other.as_ref()), "{name}");
        let (ours, theirs) = (own.schema(), other.schema());
        assert_eq!(ours.name, theirs.name, "{name}");
        assert_eq!(ours.fields, theirs.fields, "{name}");
        assert_eq!(ours.has_geometry, theirs.has_geometry, "{name}");
        assert_eq!(ours.encoding, theirs.encoding, "{name}");
        assert_eq!(ours.feature_count, theirs.feature_count, "{name}");
        let (a, b) = (read(own.as_mut()), read(other.as_mut()));
        let (ours, theirs) = (texts(&a), texts(&b));
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for (row, (this, that)) in ours.iter().zip(&theirs).enumerate() {
            assert_eq!(this, that, "{name}, row {row}");
        }
        let shapes = |batches: &[plotratio::formats::Batch]| -> Vec<_> {
            let shapes = batches.iter().flat_map(|batch| &batch.shapes);
            let all = shapes.flat_map(plotratio::geometry::Shapes::iter);
            let parts = all.map(|shape| {
                let parts = shape
                    .parts()
                    .map(|part| part.rings().map(<[_]>::to_vec).collect());
                parts.collect::<Vec<Vec<_>>>()
            });
            parts.collect()
        };
        for (row, (this, that)) in shapes(&a).iter().zip(&shapes(&b)).enumerate() {
            assert_eq!(this, that, "{name}, shape {row}");
        }
        assert_eq!(flaws(own.as_mut()), flaws(other.as_mut()), "{name}");
        assert_eq!(own.schema().notes, other.schema().notes, "{name}");
    }
}
