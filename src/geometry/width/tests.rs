use geo::{MultiPolygon, wkt};

use super::*;
use crate::geometry::Shapes;

fn shape(polygons: &MultiPolygon) -> Shapes {
    let mut shapes = Shapes::default();
    shapes.push_geo(polygons);
    shapes
}

/// The diameter, looked for and asked for, as it stands and far from the origin.
#[track_caller]
fn assert_diameter(polygons: &MultiPolygon, expected: f64) {
    for (x, y) in [(0.0, 0.0), (40_636_943.0, 3_165_737.0)] {
        let mut shapes = shape(polygons);
        for c in shapes.coords_mut() {
            *c = *c + Coord { x, y };
        }
        let circle = inscribed_circle(shapes.get(0), 0.001).unwrap();
        assert!(circle.radius <= expected / 2.0 + 1e-7, "{circle:?}");
        assert!(circle.at_most >= expected / 2.0 - 1e-7, "{circle:?}");
        assert!(circle.at_most - circle.radius <= 0.001, "{circle:?}");
        assert!(is_narrower(shapes.get(0), expected + 0.001));
        assert!(!is_narrower(shapes.get(0), expected - 0.001));
    }
}

fn frame() -> MultiPolygon {
    wkt!(MULTIPOLYGON(((0. 0.,20. 0.,20. 20.,0. 20.,0. 0.),(1. 1.,1. 19.,19. 19.,19. 1.,1. 1.))))
}

/// A yard of 4 by 4 and a path of 1 by 100.
fn yard_and_path() -> MultiPolygon {
    wkt!(MULTIPOLYGON(((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.)),((9. 0.,10. 0.,10. 100.,9. 100.,9. 0.))))
}

/// 2 wide, with legs of 10 and 6.
fn ell() -> MultiPolygon {
    wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 2.,2. 2.,2. 6.,0. 6.,0. 0.))))
}

#[test]
fn a_rectangle_is_as_wide_as_its_shorter_side() {
    assert_diameter(
        &wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 2.,0. 2.,0. 0.)))),
        2.0,
    );
    let tilted = wkt!(MULTIPOLYGON(((0. 0.,300. 400.,298.4 401.2,-1.6 1.2,0. 0.))));
    assert_diameter(&tilted, 2.0);
    assert_eq!(
        strip_width(shape(&tilted).get(0)).map(f64::round),
        Some(2.0)
    );
}

#[test]
fn the_triangle_of_3_4_and_5_holds_a_circle_of_radius_1() {
    let triangle = wkt!(MULTIPOLYGON(((0. 0.,4. 0.,0. 3.,0. 0.))));
    assert_diameter(&triangle, 2.0);
    let circle = inscribed_circle(shape(&triangle).get(0), 0.001).unwrap();
    assert!((circle.centre - Coord { x: 1.0, y: 1.0 }).x.abs() < 1e-3);
}

#[test]
fn the_largest_circle_of_an_ell_sits_in_its_bend() {
    // it touches both outer sides and the inner corner (2, 2): (2 - r) √2 = r
    assert_diameter(&ell(), 4.0 * 2_f64.sqrt() / (1.0 + 2_f64.sqrt()));
}

#[test]
fn a_hole_leaves_room_only_beside_it() {
    // as in the ell, one wide
    assert_diameter(&frame(), 2.0 * 2_f64.sqrt() / (1.0 + 2_f64.sqrt()));
    // a hole of nothing but length: four metres on either side of it
    let slit = wkt!(MULTIPOLYGON(((0. 0.,9. 0.,9. 20.,0. 20.,0. 0.),(4. 0.5,4. 19.5,5. 19.5,5. 0.5,4. 0.5))));
    assert_diameter(&slit, 4.0);
}

#[test]
fn of_several_parts_the_widest_counts() {
    assert_diameter(&yard_and_path(), 4.0);
}

#[test]
fn a_disc_with_a_hair_is_as_wide_as_the_disc() {
    // area over half of the perimeter says a tenth of it
    let hair =
        wkt!(MULTIPOLYGON(((0. 0.,8. 0.,8. 4.,200. 4.,200. 4.01,8. 4.01,8. 8.,0. 8.,0. 0.))));
    let shapes = shape(&hair);
    let (area, perimeter) = (
        crate::geometry::plane_area(shapes.get(0)),
        perimeter(shapes.get(0)),
    );
    assert!(4.0 * area / perimeter < 1.0);
    assert!(!is_narrower(shapes.get(0), 7.99));
    assert!(is_narrower(shapes.get(0), 8.01));
}

#[test]
fn what_has_no_area_has_no_circle_and_is_narrower_than_anything() {
    let empty = shape(&MultiPolygon(Vec::new()));
    assert_eq!(inscribed_circle(empty.get(0), 0.001), None);
    assert_eq!(
        (strip_width(empty.get(0)), compactness(empty.get(0))),
        (None, None)
    );
    assert!(is_narrower(empty.get(0), 0.5) && !is_narrower(empty.get(0), f64::NAN));
    let flat = shape(&wkt!(MULTIPOLYGON(((0. 0.,9. 0.,4. 0.,0. 0.)))));
    assert_eq!(inscribed_circle(flat.get(0), f64::NAN), None);
    assert!(is_narrower(flat.get(0), 0.5));
}

#[test]
fn rings_that_cannot_be_cut_into_triangles_are_searched_all_the_same() {
    // a bow-tie: the gate lets none through, but a bound must hold for it too
    let bow_tie = shape(&wkt!(MULTIPOLYGON(((0. 0.,8. 0.,0. 6.,2. 6.,0. 0.)))));
    let circle = inscribed_circle(bow_tie.get(0), 0.001).unwrap();
    assert!(circle.at_most - circle.radius <= 0.001 && circle.radius > 0.5);
}

#[test]
fn strips_have_their_width_however_they_turn() {
    let width = |polygons| (strip_width(shape(&polygons).get(0)).unwrap() * 1e9).round() / 1e9;
    let u = wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 9.,9. 9.,9. 1.,1. 1.,1. 6.,0. 6.,0. 0.))));
    let z = wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 9.,20. 9.,20. 10.,9. 10.,9. 1.,0. 1.,0. 0.))));
    let rectangle = wkt!(MULTIPOLYGON(((0. 0.,100. 0.,100. 1.,0. 1.,0. 0.))));
    assert_eq!((width(ell()), width(u), width(z)), (2.0, 1.0, 1.0));
    assert_eq!((width(rectangle), width(frame())), (1.0, 1.0));
    // 16 m² are 4 wide, 100 are 1 wide
    assert_eq!(
        width(yard_and_path()),
        ((16.0 * 4.0 + 100.0) / 116.0 * 1e9_f64).round() / 1e9
    );
}

#[test]
fn a_square_is_less_compact_than_a_circle_and_a_frame_much_less() {
    let compact = |polygons| compactness(shape(&polygons).get(0)).unwrap();
    let square = wkt!(MULTIPOLYGON(((0. 0.,5. 0.,5. 5.,0. 5.,0. 0.))));
    assert!((compact(square) - PI / 4.0).abs() < 1e-12);
    // 76 m² within 80 m outside and 72 m inside
    assert!((compact(frame()) - 4.0 * PI * 76.0 / (152.0 * 152.0)).abs() < 1e-12);
}
