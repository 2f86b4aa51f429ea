//! GeoPackage → file geodatabase → GeoPackage, and the other way round.

use std::path::Path;

#[cfg(feature = "gdal")]
use plotratio::model::survey::{Stored, SurveyValue, first_difference};
use plotratio::model::survey::{SurveyLayer, SurveyTheme};

#[cfg(feature = "gdal")]
use super::made::columns;
use super::made::layer;
use super::{read, write};

/// Half a step of the geodatabase's grid, and what sums of binary numbers round.
#[cfg(feature = "gdal")]
const QUANTUM: f64 = 0.75e-6;

/// Both layers from file to file; those of the last one.
fn pass(folder: &Path, layers: [&SurveyLayer; 2], files: &[&str]) -> Vec<[SurveyLayer; 2]> {
    let mut passed: Vec<[SurveyLayer; 2]> = Vec::new();
    for file in files {
        let path = folder.join(file);
        let from = passed
            .last()
            .map_or(layers, |[units, zones]| [units, zones]);
        assert_eq!(write(&path, &from), Vec::<String>::new(), "{file}");
        let back = [SurveyTheme::Units, SurveyTheme::Zones].map(|theme| {
            let read = read(&path, theme);
            assert_eq!(read.notes, Vec::<String>::new(), "{file}");
            read.layer
        });
        passed.push(back);
    }
    passed
}

fn made(count: usize, numbers_as_text: bool) -> [SurveyLayer; 2] {
    let of = |theme, count| layer(theme, count, numbers_as_text);
    [
        of(SurveyTheme::Units, count),
        of(SurveyTheme::Zones, count / 10),
    ]
}

#[cfg(feature = "gdal")]
fn assert_same(a: &[SurveyLayer; 2], b: &[SurveyLayer; 2], quantum: f64, what: &str) {
    for (a, b) in a.iter().zip(b) {
        assert_eq!(first_difference(a, b, quantum), None, "{what}");
        assert_eq!(a.crs.label(), b.crs.label(), "{what}");
        for (a, b) in a.columns.iter().zip(&b.columns) {
            assert_eq!((a, a.stored), (b, b.stored), "{what}");
        }
    }
}

#[cfg(feature = "gdal")]
#[test]
fn every_field_and_type_comes_back_from_either_format_by_way_of_the_other() {
    for numbers_as_text in [false, true] {
        let made = made(200, numbers_as_text);
        let [units, zones] = &made;
        for files in [
            ["a.gpkg", "b.gdb", "c.gpkg", "d.gdb", "e.gpkg"],
            ["a.gdb", "b.gpkg", "c.gdb", "d.gpkg", "e.gdb"],
        ] {
            let folder = tempfile::tempdir().unwrap();
            let passed = pass(folder.path(), [units, zones], &files);
            let first = if files[0] == "a.gpkg" { 0.0 } else { QUANTUM };
            assert_same(&made, &passed[0], first, files[0]);
            for (at, file) in files.iter().enumerate().skip(1) {
                assert_same(&made, &passed[at], QUANTUM, file);
            }
            // once on the grid, every further pass is the same to the last bit
            let on_grid = usize::from(files[0] == "a.gpkg");
            for (at, file) in files.iter().enumerate().skip(on_grid + 1) {
                assert_same(&passed[on_grid], &passed[at], 0.0, file);
                for (a, b) in passed[on_grid].iter().zip(&passed[at]) {
                    assert_eq!(a.shapes, b.shapes, "{file}");
                }
            }
        }
    }
}

#[test]
fn a_geopackage_keeps_every_coordinate_to_the_last_bit_and_every_ring_as_it_runs() {
    let made = made(64, false);
    let folder = tempfile::tempdir().unwrap();
    let passed = pass(folder.path(), [&made[0], &made[1]], &["a.gpkg"]);
    assert_eq!(passed[0][0].shapes, made[0].shapes);
}

#[cfg(feature = "gdal")]
#[test]
fn what_was_surveyed_to_a_tenth_of_a_millimetre_comes_back_exactly_from_a_geodatabase() {
    let [units, zones] = made(64, false);
    let folder = tempfile::tempdir().unwrap();
    let passed = pass(folder.path(), [&units, &zones], &["a.gdb"]);
    let mut worst: f64 = 0.0;
    for row in 0..units.len() {
        let (before, after) = (units.shapes.get(row), passed[0][0].shapes.get(row));
        let places = |shape: plotratio::geometry::ShapeRef<'_>| {
            let mut places: Vec<[u64; 2]> = shape
                .coords()
                .iter()
                .map(|c| [c.x.to_bits(), c.y.to_bits()])
                .collect();
            places.sort_unstable();
            places
        };
        // every fourth shape has coordinates of binary noise
        if row % 4 != 3 {
            let mut rounded = plotratio::geometry::Shapes::default();
            rounded.push(before);
            for c in rounded.coords_mut() {
                c.x = (c.x * 1e4).round() / 1e4;
                c.y = (c.y * 1e4).round() / 1e4;
            }
            assert_eq!(places(rounded.get(0)), places(after), "row {row}");
        }
        let mut ends = [before.coords().to_vec(), after.coords().to_vec()];
        for coords in &mut ends {
            coords.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        }
        for (a, b) in ends[0].iter().zip(&ends[1]) {
            worst = worst.max((a.x - b.x).abs()).max((a.y - b.y).abs());
        }
    }
    // what was asked for is 0.1 mm
    assert!(worst <= 0.6e-6, "{worst}");
}

#[cfg(feature = "gdal")]
#[test]
fn the_numbers_of_the_survey_can_be_written_as_text_and_nothing_else_is_touched() {
    let units = layer(SurveyTheme::Units, 50, false);
    let as_text = units.clone().with_numbers_as_text();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("copy-of-2020.gdb");
    write(&path, &[&as_text]);
    let back = read(&path, SurveyTheme::Units).layer;
    let expected = columns(SurveyTheme::Units, true);
    assert_eq!(back.columns, expected);
    for row in 0..units.len() {
        for (place, column) in expected.iter().enumerate() {
            let (before, after) = (&units.row(row)[place], &back.row(row)[place]);
            let is_number = column.field.is_some_and(|field| field.kind.is_number());
            match before {
                SurveyValue::Number(_) if is_number => {
                    assert_eq!(before.number(), after.number());
                    assert!(matches!(after, SurveyValue::Text(_)));
                }
                _ => assert_eq!(before, after),
            }
        }
    }
    assert_eq!(back.columns[4].stored, Stored::Text);
}

#[cfg(feature = "gdal")]
#[test]
fn twenty_thousand_units_come_back_unchanged() {
    let made = made(20_000, false);
    let folder = tempfile::tempdir().unwrap();
    let start = std::time::Instant::now();
    let passed = pass(
        folder.path(),
        [&made[0], &made[1]],
        &["a.gpkg", "b.gdb", "c.gpkg"],
    );
    eprintln!("three passes over 20,000 units: {:.1?}", start.elapsed());
    assert_same(&made, &passed[2], QUANTUM, "20,000 units");
}

#[test]
fn the_same_layers_give_the_same_bytes() {
    let units = layer(SurveyTheme::Units, 30, false);
    // a geodatabase is numbered through for the whole process: see the test of the program
    let [one, two] = [(), ()].map(|()| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.gpkg");
        write(&path, &[&units]);
        std::fs::read(path).unwrap()
    });
    assert!(one == two);
}
