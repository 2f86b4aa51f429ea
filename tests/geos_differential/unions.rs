//! `geometry::union_of` against GEOS, over mosaics whose parcels were digitised one by one, to a centimetre or two.

use geo::Coord;
use geos::{Geom, Geometry};
use plotratio::geometry::{Shapes, plane_area, union_of};

use super::mosaic::parcels;
use super::random::{Random, each_seed};
use super::reference::{multipolygon, origin, push};
use super::residual::union;

/// Parcels of a mosaic, each shifted by up to `most` metres, as far as they are valid.
fn digitised(random: &mut Random, most: f64) -> Shapes {
    let mut shapes = Shapes::default();
    for mut parcel in parcels(random) {
        let by = Coord {
            x: random.between(-most, most),
            y: random.between(-most, most),
        };
        for ring in parcel.iter_mut().flatten() {
            for corner in ring.iter_mut() {
                *corner = *corner + by;
            }
        }
        push(&mut shapes, &parcel);
    }
    shapes
}

fn area(shape: &Geometry) -> f64 {
    shape.area().unwrap()
}

#[test]
fn unions_are_valid_lose_no_land_and_close_only_what_lies_near() {
    each_seed(200, |random| {
        let most = [0.0, 0.01, 0.03][random.below(3)];
        let shapes = digitised(random, most);
        if shapes.is_empty() {
            return;
        }
        let start = origin(shapes.get(0));
        let whole = union(&[&shapes], start);
        let slack = 2e-6 * whole.length().unwrap() + 1e-6;
        let sum: f64 = shapes.iter().map(plane_area).sum();
        for tolerance in [0.0, 0.05] {
            let found = union_of(&shapes, tolerance).unwrap();
            let shape = multipolygon(found.shape(), start);
            assert!(shape.is_valid().unwrap(), "{:?}", shape.is_valid_reason());
            let adds_up = sum - found.overlap_area + found.closed_area;
            assert!((found.area - adds_up).abs() < 1e-6);
            assert!((area(&shape) - found.area).abs() < 1e-6);
            let lost = whole.difference(&shape).unwrap();
            assert!(area(&lost) <= slack, "{} lost", area(&lost));
            let more = shape.difference(&whole).unwrap();
            assert!((area(&more) - found.closed_area).abs() <= slack);
            // no ground is closed that is not within the tolerance of a parcel
            let near = whole.buffer(1.5 * tolerance + 1e-5, 8).unwrap();
            let far = more.difference(&near).unwrap();
            assert!(area(&far) <= slack, "{} far off", area(&far));
            assert!(found.closed_width <= tolerance);
        }
    });
}
