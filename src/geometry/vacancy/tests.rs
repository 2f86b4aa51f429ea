use std::f64::consts::PI;

use geo::{Coord, MultiPolygon, wkt};

use super::*;
use crate::geometry::Shapes;

fn shapes(polygons: MultiPolygon) -> Shapes {
    let mut shapes = Shapes::default();
    for polygon in polygons {
        shapes.push_geo(&MultiPolygon(vec![polygon]));
    }
    shapes
}

fn shape(polygons: &MultiPolygon) -> Shapes {
    let mut shapes = Shapes::default();
    shapes.push_geo(polygons);
    shapes
}

fn found(parcel: &MultiPolygon, footprints: MultiPolygon, distance_m: f64) -> Vacancy {
    let options = Options {
        distance_m,
        precision_m: 0.01,
    };
    let footprints = shapes(footprints);
    vacancy(shape(parcel).get(0), footprints.iter(), &options)
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

#[track_caller]
fn area_of(found: &Vacancy) -> f64 {
    let rectangle = found.rectangle.unwrap();
    let [a, b, c, _] = rectangle.corners;
    let side = |a: Coord, b: Coord| (b - a).x.hypot((b - a).y);
    let sides = (side(a, b).min(side(b, c)), side(a, b).max(side(b, c)));
    assert_near(rectangle.width, sides.0, 1e-6);
    assert_near(rectangle.length, sides.1, 1e-6);
    assert_near(rectangle.area, sides.0 * sides.1, 1e-4);
    assert!(rectangle.at_most >= rectangle.area);
    rectangle.area
}

#[test]
fn a_parcel_without_buildings_is_all_open() {
    let found = found(&yard(), none(), 5.0);
    assert_near(found.open_m2, 6000.0, 1e-9);
    assert_near(found.free_m2, 6000.0, 1e-9);
    assert_near(found.circle.unwrap().radius, 30.0, 0.01);
    assert_near(area_of(&found), 6000.0, 0.01);
}

#[test]
fn beside_a_hall_and_a_shed() {
    let found = found(&yard(), hall_and_shed(), 0.0);
    assert_near(found.open_m2, 6000.0 - 800.0 - 100.0, 1e-9);
    assert_near(found.free_m2, found.open_m2, 0.0);
    // above the hall and left of the shed 90 by 40; right of the hall and below the shed 60 by 50; between 50 by 60
    assert_near(area_of(&found), 3600.0, 0.01);
    assert_near(found.rectangle.unwrap().width, 40.0, 1e-4);
    // between the hall's corner (40, 20), the right side, and the top or bottom: below the shed's corner
    let circle = found.circle.unwrap();
    assert!(circle.radius > 25.0 && circle.radius < 30.0 && circle.at_most < circle.radius + 0.011);
}

#[test]
fn a_distance_takes_a_round_corner() {
    let hall = wkt!(MULTIPOLYGON(((0. 0.,40. 0.,40. 20.,0. 20.,0. 0.))));
    let found = found(&yard(), hall, 10.0);
    let free = 6000.0 - 50.0 * 30.0 + (100.0 - PI * 25.0);
    assert!(found.free_m2 <= free);
    assert_near(found.free_m2, free, 0.001 * PI * 25.0);
}

#[test]
fn distances_meet_in_a_court_and_between_buildings() {
    // a court of 8 by 8, no point of which is farther than 4 from a wall, and a gap of 2
    let court = wkt!(MULTIPOLYGON(
        ((10. 10.,30. 10.,30. 30.,10. 30.,10. 10.),(16. 16.,16. 24.,24. 24.,24. 16.,16. 16.)),
        ((32. 10.,52. 10.,52. 30.,32. 30.,32. 10.))
    ));
    let open = found(&yard(), court.clone(), 0.0);
    assert_near(open.open_m2, 6000.0 - 400.0 + 64.0 - 400.0, 1e-9);
    // 1 m around both: 44 by 22 with round corners, and notches above and below the gap, each two round corners again;
    // 6 by 6 is left of the court
    let less = found(&yard(), court.clone(), 1.0);
    let around = 44.0 * 22.0 - (4.0 - PI) - 2.0 * (2.0 - PI / 2.0);
    assert_near(less.free_m2, 6000.0 - around + 36.0, 0.001 * 2.0 * PI);
    // 4 m: nothing is left of the court
    let more = found(&yard(), court, 4.0);
    let filled = MultiPolygon(vec![
        geo::Rect::new((10.0, 10.0), (30.0, 30.0)).to_polygon(),
        geo::Rect::new((32.0, 10.0), (52.0, 30.0)).to_polygon(),
    ]);
    assert_near(
        more.free_m2,
        self::found(&yard(), filled, 4.0).free_m2,
        1e-9,
    );
}

#[test]
fn a_triangle_holds_a_rectangle_of_half_its_area() {
    for triangle in [
        wkt!(MULTIPOLYGON(((0. 0.,100. 0.,30. 60.,0. 0.)))),
        wkt!(MULTIPOLYGON(((0. 0.,100. 0.,0. 60.,0. 0.)))),
    ] {
        assert_near(area_of(&found(&triangle, none(), 0.0)), 1500.0, 3.0);
    }
}

#[test]
fn a_circle_holds_a_square_and_is_found() {
    let ring = (0..=64).map(|at| {
        let angle = 2.0 * PI * f64::from(at % 64) / 64.0;
        Coord {
            x: 50.0 * angle.cos(),
            y: 50.0 * angle.sin(),
        }
    });
    let polygon = geo::Polygon::new(geo::LineString(ring.collect()), Vec::new());
    let found = found(&MultiPolygon(vec![polygon]), none(), 0.0);
    let area = area_of(&found);
    assert!(area > 0.99 * 5000.0 && area <= 5000.0);
    assert_near(found.circle.unwrap().radius, 50.0 * (PI / 64.0).cos(), 0.01);
}

#[test]
fn an_ell_holds_its_longer_leg() {
    let ell = wkt!(MULTIPOLYGON(((0. 0.,100. 0.,100. 20.,30. 20.,30. 50.,0. 50.,0. 0.))));
    assert_near(area_of(&found(&ell, none(), 0.0)), 2000.0, 0.01);
    // turned by the angle of the triangle of 3, 4 and 5
    let turned = wkt!(MULTIPOLYGON(((0. 0.,80. 60.,68. 76.,12. 34.,-6. 58.,-30. 40.,0. 0.))));
    assert_near(area_of(&found(&turned, none(), 0.0)), 2000.0, 0.01);
}

#[test]
fn far_from_the_origin_nothing_changes() {
    let move_by = |mut shapes: Shapes| {
        for c in shapes.coords_mut() {
            *c = *c
                + Coord {
                    x: 40_600_000.0,
                    y: 3_165_000.0,
                };
        }
        shapes
    };
    let (near_parcel, near_footprints) = (shape(&yard()), shapes(hall_and_shed()));
    let (parcel, footprints) = (
        move_by(near_parcel.clone()),
        move_by(near_footprints.clone()),
    );
    let options = Options {
        distance_m: 5.0,
        precision_m: 0.01,
    };
    let near = vacancy(near_parcel.get(0), near_footprints.iter(), &options);
    let far = vacancy(parcel.get(0), footprints.iter(), &options);
    assert_eq!((near.open_m2, near.free_m2), (far.open_m2, far.free_m2));
    assert_near(
        far.circle.unwrap().radius,
        near.circle.unwrap().radius,
        1e-6,
    );
    assert_near(
        far.rectangle.unwrap().area,
        near.rectangle.unwrap().area,
        1e-4,
    );
    let moved = far.circle.unwrap().centre - near.circle.unwrap().centre;
    assert_near(moved.x, 40_600_000.0, 1e-6);
}

#[test]
fn the_same_ground_written_otherwise_gives_the_same_bits() {
    let parcel = wkt!(MULTIPOLYGON(
        ((0. 0.,100. 0.,90. 70.,0. 60.,0. 0.),(5. 5.,5. 8.,8. 8.,8. 5.,5. 5.)),
        ((200. 0.,230. 0.,230. 30.,200. 30.,200. 0.))
    ));
    let otherwise = wkt!(MULTIPOLYGON(
        ((230. 30.,230. 0.,200. 0.,200. 30.,230. 30.)),
        ((90. 70.,100. 0.,0. 0.,0. 60.,90. 70.),(8. 8.,8. 5.,5. 5.,5. 8.,8. 8.))
    ));
    let turned = wkt!(MULTIPOLYGON(
        ((100. 60.,90. 60.,90. 50.,100. 50.,100. 60.)),
        ((40. 20.,0. 20.,0. 0.,40. 0.,40. 20.))
    ));
    let one = found(&parcel, hall_and_shed(), 3.0);
    assert_eq!(one, found(&otherwise, turned, 3.0));
}

#[test]
fn what_covers_all_leaves_nothing_and_what_lies_outside_takes_nothing() {
    let cover = wkt!(MULTIPOLYGON(((-9. -9.,60. -9.,60. 99.,-9. 99.,-9. -9.)),((50. -9.,150. -9.,150. 99.,50. 99.,50. -9.))));
    let covered = found(&yard(), cover, 0.0);
    assert_near(covered.open_m2, 0.0, 1e-9);
    assert_eq!((covered.circle, covered.rectangle), (None, None));
    let outside = wkt!(MULTIPOLYGON(((200. 0.,210. 0.,210. 9.,200. 9.,200. 0.))));
    assert_eq!(found(&yard(), outside, 0.0), found(&yard(), none(), 0.0));
    // the parcel itself
    let itself = found(&yard(), yard(), 0.0);
    assert_near(itself.open_m2, 0.0, 1e-9);
    assert_eq!((itself.circle, itself.rectangle), (None, None));
}

#[test]
fn what_is_no_place_or_has_no_area_is_no_land() {
    let nothing = |parcel: &MultiPolygon, footprints| {
        let found = found(parcel, footprints, 1.0);
        assert_eq!((found.open_m2, found.free_m2), (0.0, 0.0));
        assert_eq!((found.circle, found.rectangle), (None, None));
    };
    nothing(&none(), none());
    nothing(&wkt!(MULTIPOLYGON(((0. 0.,9. 0.,4. 0.,0. 0.)))), none());
    let mut broken = yard();
    broken.0[0].exterior_mut(|ring| ring.0[1].x = f64::NAN);
    nothing(&broken, none());
    nothing(&yard(), broken);
    let dot = wkt!(MULTIPOLYGON(((5. 5.,5. 5.,5. 5.,5. 5.))));
    nothing(&dot, none());
    assert_near(found(&yard(), dot, 1.0).open_m2, 6000.0, 1e-9);
}

#[test]
fn a_sliver_has_its_width() {
    let sliver = wkt!(MULTIPOLYGON(((0. 0.,100. 0.,100. 0.05,0. 0.05,0. 0.))));
    let found = found(&sliver, none(), 0.0);
    assert_near(found.open_m2, 5.0, 1e-9);
    assert_near(found.circle.unwrap().radius, 0.025, 1e-4);
    assert_near(area_of(&found), 5.0, 0.001);
}

#[test]
fn a_hole_is_no_land() {
    let ring = wkt!(MULTIPOLYGON(((0. 0.,100. 0.,100. 60.,0. 60.,0. 0.),(30. 20.,30. 40.,70. 40.,70. 20.,30. 20.))));
    let found = found(&ring, none(), 10.0);
    assert_near(found.open_m2, 5200.0, 1e-9);
    assert_near(found.free_m2, 5200.0, 1e-9);
    assert_near(area_of(&found), 2000.0, 0.01);
}
