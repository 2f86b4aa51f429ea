//! `geometry::residual` over whole towns: their box less their parcels, against the area that GEOS leaves.

use std::path::PathBuf;

use geo::Coord;
use geos::Geom;
use plotratio::formats::Source;
use plotratio::geometry::{Bounds, Shapes, plane_area, residual};
use plotratio::model::LayerKind;
use plotratio::progress::Unwatched;
use plotratio::read::{Inputs, Mappings, Request, read_city};

use super::reference::origin;
use super::residual::{checked, union};

fn rectangle(shapes: &mut Shapes, low: Coord, high: Coord) {
    let corners = [
        (low.x, low.y),
        (high.x, low.y),
        (high.x, high.y),
        (low.x, high.y),
        (low.x, low.y),
    ];
    shapes.push_ring(&corners.map(Coord::from));
    shapes.end_part();
    shapes.end_shape();
}

/// The box around some shapes.
fn box_around(shapes: &Shapes) -> Shapes {
    let bounds = Bounds::of(shapes.coords()).grown(10.0);
    let mut cover = Shapes::default();
    rectangle(&mut cover, bounds.min, bounds.max);
    cover
}

fn parcels(file: &str, id: &str) -> Shapes {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("PLOTRATIO_DATA").map_or_else(beside, PathBuf::from);
    let parcels = Request {
        source: Source::parse(&folder.join(file).to_string_lossy()),
        filter: None,
        crs: None,
        encoding: None,
    };
    let inputs = Inputs {
        mappings: Mappings::from_iter([((LayerKind::Parcels, "id".into()), id.into())]),
        ..Inputs::of(parcels)
    };
    read_city(&inputs, &Unwatched).unwrap().0.parcels.shapes
}

fn assert_conserves(parcels: &Shapes) {
    let cover = box_around(parcels);
    let left = residual(&cover, &[parcels], &|_| ()).unwrap();
    let start = origin(cover.get(0));
    let found: f64 = left.iter().map(plane_area).sum();
    let joined = checked(&left, start).unary_union().unwrap();
    let whole = plane_area(cover.get(0));
    assert!((joined.area().unwrap() - found).abs() <= 1e-9 * whole);
    let taken = union(&[parcels], start).area().unwrap();
    assert!(
        (found + taken - whole).abs() <= 1e-6 * whole,
        "{found} left and {taken} taken are not {whole}"
    );
    assert!(found > 0.0 && taken > 0.0);
    let mut backwards = Shapes::default();
    parcels.iter().rev().for_each(|shape| backwards.push(shape));
    assert!(residual(&cover, &[&backwards], &|_| ()).unwrap() == left);
}

#[test]
fn what_the_parcels_of_melque_leave_is_the_rest() {
    assert_conserves(&parcels("es-melque/parcels.gpkg", "pid"));
}

#[test]
fn what_the_parcels_of_cambridge_leave_is_the_rest() {
    let file = "us-cambridge-2013/parcels_fy2013_2249.gpkg";
    assert_conserves(&parcels(file, "ML"));
}

#[test]
fn a_mosaic_without_gaps_leaves_nothing_and_one_gap_is_found() {
    // brickwork in millimetres: corners of a course lie in the sides of the next
    let x = |at: i32| 40_636_943.123 + f64::from(at) * 12.345;
    let y = |row: i32| 3_165_737.456 + f64::from(row) * 7.891;
    let brickwork = |gap: Option<(i32, i32)>| {
        let mut bricks = Shapes::default();
        for row in 0..120 {
            for at in (row % 2 - 1..200).step_by(2) {
                let (from, to) = (at.max(0), (at + 2).min(200));
                if from < to && gap != Some((row, at)) {
                    let low = Coord {
                        x: x(from),
                        y: y(row),
                    };
                    let high = Coord {
                        x: x(to),
                        y: y(row + 1),
                    };
                    rectangle(&mut bricks, low, high);
                }
            }
        }
        bricks
    };
    let whole = brickwork(None);
    let mut cover = Shapes::default();
    let bounds = Bounds::of(whole.coords());
    rectangle(&mut cover, bounds.min, bounds.max);
    assert!(residual(&cover, &[&whole], &|_| ()).unwrap().is_empty());
    let left = residual(&cover, &[&brickwork(Some((51, 100)))], &|_| ()).unwrap();
    assert_eq!((left.len(), left.coords().len()), (1, 5));
    let area = plane_area(left.get(0));
    assert!((area - 2.0 * 12.345 * 7.891).abs() < 1e-3, "{area}");
}
