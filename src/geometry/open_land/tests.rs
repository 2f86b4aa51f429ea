use std::f64::consts::PI;

use geo::{MultiPolygon, wkt};

use super::*;
use crate::geometry::Shapes;

fn shapes(polygons: MultiPolygon) -> Shapes {
    let mut shapes = Shapes::default();
    for polygon in polygons {
        shapes.push_geo(&MultiPolygon(vec![polygon]));
    }
    shapes
}

fn found(parcel: &MultiPolygon, footprints: MultiPolygon, distance: f64) -> Option<OpenGround> {
    let options = Options {
        distance,
        cell: 1.0,
        least_free: 0.0,
    };
    let mut whole = Shapes::default();
    whole.push_geo(parcel);
    let footprints = shapes(footprints);
    let footprints: Vec<ShapeRef<'_>> = footprints.iter().collect();
    open_land(whole.get(0), &footprints, &options)
}

fn none() -> MultiPolygon {
    MultiPolygon(Vec::new())
}

fn yard() -> MultiPolygon {
    wkt!(MULTIPOLYGON(((0. 0.,100. 0.,100. 60.,0. 60.,0. 0.))))
}

/// A hall of 40 by 20 in the yard's lower left corner, and a shed of 10 by 10 in its upper right.
fn hall_and_shed() -> MultiPolygon {
    wkt!(MULTIPOLYGON(
        ((0. 0.,40. 0.,40. 20.,0. 20.,0. 0.)),
        ((90. 50.,100. 50.,100. 60.,90. 60.,90. 50.))
    ))
}

#[track_caller]
fn assert_near(found: f64, expected: f64, slack: f64) {
    assert!((found - expected).abs() <= slack, "{found}, not {expected}");
}

#[test]
fn a_parcel_without_buildings_is_all_open() {
    let found = found(&yard(), none(), 5.0).unwrap();
    assert_near(found.free, 6000.0, 1e-9);
    assert_near(found.rectangle.unwrap().area, 6000.0, 0.01);
    let circle = found.circle.unwrap();
    assert!(circle.radius >= 29.0 && circle.radius <= 30.0 && circle.at_most >= 30.0);
}

#[test]
fn beside_a_hall_and_a_shed_on_whole_metres_figures_are_exact() {
    let found = found(&yard(), hall_and_shed(), 0.0).unwrap();
    assert_near(found.free, 6000.0 - 800.0 - 100.0, 1e-6);
    // above the hall and left of the shed 90 by 40; right of the hall and below the shed 60 by 50; between 50 by 60
    let rectangle = found.rectangle.unwrap();
    assert_near(rectangle.area, 3600.0, 0.01);
    assert_near(rectangle.width, 40.0, 1e-4);
    let circle = found.circle.unwrap();
    assert!(circle.radius > 24.0 && circle.radius < 30.0 && circle.at_most < circle.radius + 3.0);
}

#[test]
fn a_distance_takes_a_round_corner_and_no_more_than_its_line_of_cells() {
    let hall = wkt!(MULTIPOLYGON(((0. 0.,40. 0.,40. 20.,0. 20.,0. 0.))));
    let found = found(&yard(), hall, 10.0).unwrap();
    let free = 6000.0 - 50.0 * 30.0 + (100.0 - PI * 25.0);
    assert!(
        found.free <= free && found.free > free - 20.0,
        "{}",
        found.free
    );
}

#[test]
fn a_court_and_a_hole_are_told_from_the_ground_around() {
    // a court of 8 by 8, of which 6 by 6 is farther than 1 from a wall
    let court = wkt!(MULTIPOLYGON(((10. 10.,30. 10.,30. 30.,10. 30.,10. 10.),(16. 16.,16. 24.,24. 24.,24. 16.,16. 16.))));
    let with = found(&yard(), court, 1.0).unwrap();
    let filled = wkt!(MULTIPOLYGON(((10. 10.,30. 10.,30. 30.,10. 30.,10. 10.))));
    assert_near(
        with.free,
        found(&yard(), filled, 1.0).unwrap().free + 36.0,
        1e-6,
    );
    let holed = wkt!(MULTIPOLYGON(((0. 0.,100. 0.,100. 60.,0. 60.,0. 0.),(30. 20.,30. 40.,70. 40.,70. 20.,30. 20.))));
    let holed = found(&holed, none(), 10.0).unwrap();
    assert_near(holed.free, 5200.0, 1e-9);
    assert_near(holed.rectangle.unwrap().area, 2000.0, 0.01);
}

#[test]
fn turned_ground_is_seen_along_its_walls() {
    // an ell turned by the angle of the triangle of 3, 4 and 5; its longer leg is 100 by 20
    let turned = wkt!(MULTIPOLYGON(((0. 0.,80. 60.,68. 76.,12. 34.,-6. 58.,-30. 40.,0. 0.))));
    assert_near(
        found(&turned, none(), 0.0).unwrap().rectangle.unwrap().area,
        2000.0,
        0.01,
    );
}

#[test]
fn what_covers_all_leaves_nothing_and_what_lies_outside_takes_nothing() {
    let cover = wkt!(MULTIPOLYGON(((-9. -9.,60. -9.,60. 99.,-9. 99.,-9. -9.)),((50. -9.,150. -9.,150. 99.,50. 99.,50. -9.))));
    assert_eq!(found(&yard(), cover, 0.0), None);
    assert_eq!(found(&yard(), yard(), 0.0), None);
    let outside = wkt!(MULTIPOLYGON(((200. 0.,210. 0.,210. 9.,200. 9.,200. 0.))));
    assert_eq!(found(&yard(), outside, 3.0), found(&yard(), none(), 3.0));
}

#[test]
fn what_is_no_place_or_has_no_area_is_no_land() {
    assert_eq!(found(&none(), none(), 1.0), None);
    assert_eq!(
        found(
            &wkt!(MULTIPOLYGON(((0. 0.,9. 0.,4. 0.,0. 0.)))),
            none(),
            1.0
        ),
        None
    );
    let mut broken = yard();
    broken.0[0].exterior_mut(|ring| ring.0[1].x = f64::NAN);
    assert_eq!(found(&broken, none(), 1.0), None);
    let dot = wkt!(MULTIPOLYGON(((5. 5.,5. 5.,5. 5.,5. 5.))));
    assert_near(found(&yard(), dot, 0.0).unwrap().free, 6000.0, 1e-9);
}

#[test]
fn large_ground_has_hardly_more_cells_than_the_most() {
    let city = wkt!(MULTIPOLYGON(((0. 0.,9000. 0.,9000. 9000.,0. 9000.,0. 0.))));
    let mut whole = Shapes::default();
    whole.push_geo(&city);
    let grid = Raster::along(whole.get(0), 1.0).unwrap();
    assert!(grid.columns * grid.rows <= 16_700);
    let strip = wkt!(MULTIPOLYGON(((0. 0.,90000. 0.,90000. 4.,0. 4.,0. 0.))));
    whole.push_geo(&strip);
    let grid = Raster::along(whole.get(1), 1.0).unwrap();
    assert!(
        grid.columns * grid.rows <= 16_700,
        "{} {}",
        grid.columns,
        grid.rows
    );
}
