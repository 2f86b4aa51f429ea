//! Small unions, with round numbers: what is closed, what stays, and that no area is lost.

use geo::{MultiPolygon, Polygon, wkt};
use proptest::prelude::*;

use super::*;

fn layer(polygons: &MultiPolygon) -> Shapes {
    let mut shapes = Shapes::default();
    for polygon in polygons {
        shapes.push_geo(&MultiPolygon(vec![polygon.clone()]));
    }
    shapes
}

/// The union of some polygons, the same whatever their order; its areas add up.
fn union(polygons: &MultiPolygon, tolerance: f64) -> Union {
    let shapes = layer(polygons);
    let found = union_of(&shapes, tolerance).unwrap();
    let turned: Vec<Polygon> = polygons.0.iter().rev().cloned().collect();
    assert_eq!(
        union_of(&layer(&MultiPolygon(turned)), tolerance).unwrap(),
        found
    );
    let sum: f64 = shapes.iter().map(plane_area).sum();
    let adds_up = sum - found.overlap_area + found.closed_area;
    assert!((found.area - adds_up).abs() < 1e-6, "{found:?}");
    assert!(
        (found.area - plane_area(found.shape())).abs() < 1e-6,
        "{found:?}"
    );
    found
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-3, "{found}, not {expected}");
}

#[test]
fn neighbours_become_one_and_their_common_side_goes() {
    let found = union(
        &wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)),((10. 0.,30. 0.,30. 10.,10. 10.,10. 0.)))),
        0.05,
    );
    assert_eq!(
        (
            found.parts,
            found.holes,
            found.closed_area,
            found.closed_width
        ),
        (1, 0, 0.0, 0.0)
    );
    near(found.area, 300.0);
    near(found.perimeter, 80.0);
    near(found.overlap_area, 0.0);
}

#[test]
fn what_touches_in_a_point_stays_two_parts() {
    let corners = wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)),((10. 10.,20. 10.,20. 20.,10. 20.,10. 10.))));
    let found = union(&corners, 0.05);
    assert_eq!((found.parts, found.closed_area), (2, 0.0));
    // a corner in the middle of a side, at 45 degrees
    let tip = wkt!(MULTIPOLYGON(((0. 0.,20. 0.,20. -10.,0. -10.,0. 0.)),((10. 0.,20. 10.,10. 20.,0. 10.,10. 0.))));
    assert_eq!(union(&tip, 0.05).parts, 2);
}

#[test]
fn overlaps_count_once() {
    let found = union(
        &wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)),((8. 0.,20. 0.,20. 10.,8. 10.,8. 0.)))),
        0.05,
    );
    near(found.area, 200.0);
    near(found.overlap_area, 20.0);
    assert_eq!((found.parts, found.closed_area), (1, 0.0));
}

#[test]
fn a_gap_is_closed_up_to_the_tolerance_and_not_beyond() {
    let gap = |width: f64| {
        let mut two = wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 40.,0. 40.,0. 0.)),((10. 0.,20. 0.,20. 40.,10. 40.,10. 0.))));
        for point in two.0[1].exterior().0.clone() {
            assert!(point.x >= 10.0);
        }
        two.0[1].exterior_mut(|ring| ring.0.iter_mut().for_each(|point| point.x += width));
        union(&two, 0.05)
    };
    let closed = gap(0.03);
    assert_eq!((closed.parts, closed.holes), (1, 0));
    near(closed.closed_area, 1.2);
    near(closed.closed_width, 0.03);
    near(closed.perimeter, 120.06);
    let open = gap(0.06);
    assert_eq!((open.parts, open.closed_area), (2, 0.0));
}

#[test]
fn a_wedge_is_closed_as_far_as_it_is_narrow() {
    // from 0 to 0.04 over 40, and from 0 to 0.10
    let wedge = |end: f64| {
        let mut two = wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 40.,0. 40.,0. 0.)),((10. 0.,20. 0.,20. 40.,10. 40.,10. 0.))));
        two.0[1].exterior_mut(|ring| {
            for point in &mut ring.0 {
                if (point.x, point.y) == (10.0, 40.0) {
                    point.x += end;
                }
            }
        });
        union(&two, 0.05)
    };
    let whole = wedge(0.04);
    assert_eq!((whole.parts, whole.holes), (1, 0));
    near(whole.closed_area, 0.8);
    let half = wedge(0.10);
    assert_eq!((half.parts, half.holes), (1, 0));
    near(half.closed_area, 0.5);
    near(half.closed_width, 0.05);
}

#[test]
fn a_gap_in_the_form_of_a_t_is_closed_with_its_crossing() {
    let found = union(
        &wkt!(MULTIPOLYGON(
            ((0. 10.04,20. 10.04,20. 20.,0. 20.,0. 10.04)),
            ((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)),
            ((10.03 0.,20. 0.,20. 10.,10.03 10.,10.03 0.))
        )),
        0.05,
    );
    assert_eq!((found.parts, found.holes), (1, 0));
    // 20 × 0.04 and 10 × 0.03
    near(found.closed_area, 1.1);
    near(found.area, 400.0);
}

#[test]
fn gaps_that_cross_aslant_are_closed_with_their_crossing() {
    // the foot of the T leans by 45 degrees; it is 0.04 wide, 0.0566 along the level
    let found = union(
        &wkt!(MULTIPOLYGON(
            ((0. 10.04,30. 10.04,30. 20.,0. 20.,0. 10.04)),
            ((0. 0.,5. 0.,15. 10.,0. 10.,0. 0.)),
            ((5.056_568_5 0.,30. 0.,30. 10.,15.056_568_5 10.,5.056_568_5 0.))
        )),
        0.05,
    );
    assert_eq!((found.parts, found.holes), (1, 0));
    // the foot has a slanted mouth below, of which the facing stretches leave a triangle of half 0.04²
    near(found.closed_area, 30.0 * 0.04 + 10.0 * 0.056_568_5 - 0.0008);
}

#[test]
fn a_gap_that_turns_a_corner_is_closed_with_it() {
    let found = union(
        &wkt!(MULTIPOLYGON(
            ((0. 0.,20. 0.,20. 20.,10.05 20.,10.05 10.05,0. 10.05,0. 0.)),
            ((0. 10.1,10. 10.1,10. 20.,0. 20.,0. 10.1))
        )),
        0.05,
    );
    assert_eq!((found.parts, found.holes), (1, 0));
    near(found.area, 400.0);
}

#[test]
fn a_gap_that_turns_round_a_pointed_corner_is_closed_with_it() {
    // a corner of 60 degrees; across it the gap of 0.05 reaches 0.1 from corner to corner
    let found = union(
        &wkt!(MULTIPOLYGON(
            ((-50. -50.,50. -50.,50. -28.925_249,-0.1 0.,50. 28.925_249,50. 50.,-50. 50.,-50. -50.)),
            ((0. 0.,50. -28.867_514,50. 28.867_514,0. 0.))
        )),
        0.05,
    );
    assert_eq!((found.parts, found.holes), (1, 0));
    // but for the triangles that the mouths leave, cut square
    assert!((found.area - 10_000.0).abs() < 3e-3, "{}", found.area);
    near(found.closed_width, 0.05);
}

#[test]
fn a_gap_of_three_parcels_around_a_point_is_closed() {
    // a triangle of 0.04 between three shapes that are neighbours otherwise
    let found = union(
        &wkt!(MULTIPOLYGON(
            ((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.)),
            ((10. 0.,20. 0.,20. 10.04,10.04 10.04,10. 10.,10. 0.)),
            ((0. 10.,10. 10.,10. 10.04,10.04 10.04,20. 10.04,20. 20.,0. 20.,0. 10.))
        )),
        0.05,
    );
    assert_eq!((found.parts, found.holes), (1, 0));
    near(found.closed_area, 0.0008);
}

#[test]
fn holes_that_are_land_stay() {
    // four around a courtyard of 2 × 2, and one with a well of 0.03 × 0.03 of its own
    let found = union(
        &wkt!(MULTIPOLYGON(
            ((0. 0.,6. 0.,6. 4.,4. 4.,4. 6.,0. 6.,0. 0.)),
            ((6. 0.,10. 0.,10. 10.,0. 10.,0. 6.,6. 6.,6. 4.,6. 0.),(8. 8.,8. 8.03,8.03 8.03,8.03 8.,8. 8.))
        )),
        0.05,
    );
    assert_eq!((found.parts, found.holes, found.closed_area), (1, 2, 0.0));
    // a slit of 0.06 between two that touch at both its ends
    let slit = union(
        &wkt!(MULTIPOLYGON(
            ((0. 0.,10. 0.,10. 2.,9.94 2.,9.94 8.,10. 8.,10. 10.,0. 10.,0. 0.)),
            ((10. 0.,20. 0.,20. 10.,10. 10.,10. 0.))
        )),
        0.05,
    );
    assert_eq!((slit.parts, slit.holes, slit.closed_area), (1, 1, 0.0));
}

#[test]
fn an_inlet_of_one_shape_is_no_gap_between_two() {
    let found = union(
        &wkt!(MULTIPOLYGON(
            ((0. 0.,10. 0.,10. 5.,3. 5.,3. 5.03,10. 5.03,10. 10.,0. 10.,0. 0.)),
            ((-10. 0.,0. 0.,0. 10.,-10. 10.,-10. 0.))
        )),
        0.05,
    );
    near(found.closed_area, 0.0);
    near(found.area, 200.0 - 7.0 * 0.03);
}

#[test]
fn nothing_has_no_area() {
    let nothing = union_of(&Shapes::default(), 0.05).unwrap();
    assert_eq!(
        (nothing.area, nothing.parts, nothing.perimeter),
        (0.0, 0, 0.0)
    );
}

#[test]
fn what_faces_is_as_long_as_a_ruler_says() {
    let two = layer(
        &wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 40.,0. 40.,0. 0.)),((10.03 5.,20. 5.,20. 60.,10.03 60.,10.03 5.)))),
    );
    let edges: Vec<EdgeIndex> = two.iter().map(EdgeIndex::of).collect();
    let found = facing((two.get(0), &edges[0]), (two.get(1), &edges[1]), 0.05);
    near(found.length, 35.0);
    near(found.width, 0.03);
    let none = facing((two.get(0), &edges[0]), (two.get(1), &edges[1]), 0.02);
    assert_eq!(none, Facing::default());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A block cut by streets of digitising errors: closed, it is whole, and no wider gap is ever closed.
    #[test]
    fn a_block_cut_by_gaps_is_whole_again(
        columns in prop::collection::vec((5.0..40.0_f64, 0.0..0.049_f64), 1..5),
        rows in prop::collection::vec((5.0..40.0_f64, 0.0..0.049_f64), 1..5),
        turn in 0.0..6.2_f64,
        shift in 0.0..500_000.0_f64,
    ) {
        let (sin, cos) = turn.sin_cos();
        let place = |x: f64, y: f64| (shift + x * cos - y * sin, 3_000_000.0 + x * sin + y * cos);
        let ends = |cuts: &[(f64, f64)]| {
            let mut at = 0.0;
            let sides = cuts.iter().map(|(size, gap)| {
                let side = (at, at + size);
                at += size + gap;
                side
            });
            sides.collect::<Vec<_>>()
        };
        let (xs, ys) = (ends(&columns), ends(&rows));
        let block = |(left, right): (f64, f64), (low, high): (f64, f64)| {
            let ring = [(left, low), (right, low), (right, high), (left, high)].map(|(x, y)| place(x, y));
            Polygon::new(ring.to_vec().into(), vec![])
        };
        let all = xs.iter().flat_map(|x| ys.iter().map(|y| block(*x, *y)));
        let found = union(&MultiPolygon(all.collect()), 0.05);
        let whole = xs.last().unwrap().1 * ys.last().unwrap().1;
        prop_assert_eq!((found.parts, found.holes), (1, 0));
        prop_assert!((found.area - whole).abs() < 1e-3, "{} is not {whole}", found.area);
    }
}
