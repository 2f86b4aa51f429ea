use geo::{MultiPolygon, wkt};

use super::*;
use crate::geometry::{EdgeIndex, Shapes};

fn shape(polygons: &MultiPolygon) -> Shapes {
    let mut shapes = Shapes::default();
    shapes.push_geo(polygons);
    shapes
}

/// The walk as (label, from, to) to the millimetre, ring after ring.
fn walked(piece: &MultiPolygon, around: &[(u32, MultiPolygon)], tolerance: f64) -> Walk {
    let piece = shape(piece);
    let shapes: Vec<Shapes> = around.iter().map(|(_, other)| shape(other)).collect();
    let indexes: Vec<EdgeIndex> = shapes.iter().map(|one| EdgeIndex::of(one.get(0))).collect();
    let sides: Vec<(u32, Side<'_>)> = (around.iter().zip(shapes.iter().zip(&indexes)))
        .map(|((label, _), (shape, index))| (*label, (shape.get(0), index)))
        .collect();
    let walk = walk(
        (piece.get(0), &EdgeIndex::of(piece.get(0))),
        &sides,
        tolerance,
    );
    let length = crate::geometry::perimeter(piece.get(0));
    assert!((walk.length() - length).abs() < 1e-9, "no gap and no lap");
    walk
}

fn said(walk: &Walk) -> Vec<(Option<u32>, f64, f64)> {
    let millimetres = |number: f64| (number * 1000.0).round() / 1000.0;
    walk.stretches
        .iter()
        .map(|piece| (piece.label, millimetres(piece.from), millimetres(piece.to)))
        .collect()
}

const TOLERANCES: [f64; 2] = [0.0, 0.05];

fn square() -> MultiPolygon {
    wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.))))
}

#[test]
fn a_piece_enclosed_by_four_is_shared_side_by_side() {
    let around = [
        (
            1,
            wkt!(MULTIPOLYGON(((0. -5.,10. -5.,10. 0.,0. 0.,0. -5.)))),
        ),
        (
            2,
            wkt!(MULTIPOLYGON(((10. 0.,15. 0.,15. 10.,10. 10.,10. 0.)))),
        ),
        (
            3,
            wkt!(MULTIPOLYGON(((0. 10.,10. 10.,10. 15.,0. 15.,0. 10.)))),
        ),
        (
            4,
            wkt!(MULTIPOLYGON(((-5. 0.,0. 0.,0. 10.,-5. 10.,-5. 0.)))),
        ),
    ];
    for tolerance in TOLERANCES {
        let walk = walked(&square(), &around, tolerance);
        assert_eq!(
            said(&walk),
            [
                (Some(1), 0.0, 10.0),
                (Some(2), 10.0, 20.0),
                (Some(3), 20.0, 30.0),
                (Some(4), 30.0, 40.0)
            ]
        );
        assert_eq!(walk.changes(), 4);
        let alike = around.clone().map(|(_, other)| (7, other));
        let walk = walked(&square(), &alike, tolerance);
        assert_eq!(said(&walk), [(Some(7), 0.0, 40.0)]);
        assert_eq!(walk.changes(), 0);
    }
}

#[test]
fn a_corner_has_no_length_whatever_the_tolerance() {
    let around = [
        (
            1,
            wkt!(MULTIPOLYGON(((10. 10.,20. 10.,20. 20.,10. 20.,10. 10.)))),
        ),
        (
            2,
            wkt!(MULTIPOLYGON(((10. 0.,20. 0.1,20. -9.,11. -9.,10. 0.)))),
        ),
    ];
    for tolerance in TOLERANCES {
        let walk = walked(&square(), &around, tolerance);
        assert_eq!(said(&walk), [(None, 0.0, 40.0)]);
        assert_eq!(walk.changes(), 0);
    }
}

#[test]
fn neighbours_that_meet_in_the_middle_of_a_side_have_half_of_it_each() {
    let left = wkt!(MULTIPOLYGON(((0. 10.,5. 10.001,5. 20.,0. 20.,0. 10.))));
    let right = wkt!(MULTIPOLYGON(((5. 10.001,12. 10.,12. 20.,5. 20.,5. 10.001))));
    assert_eq!(
        said(&walked(&square(), &[(1, left), (2, right)], 0.05)),
        [
            (None, 0.0, 20.0),
            (Some(2), 20.0, 25.0),
            (Some(1), 25.0, 30.0),
            (None, 30.0, 40.0)
        ]
    );
}

#[test]
fn a_boundary_that_alternates_changes_at_every_turn() {
    // along the lower side: one, none, one, none, one
    let comb = wkt!(MULTIPOLYGON(((0. -2.,10. -2.,10. 0.,8. 0.,8. -1.,6. -1.,6. 0.,4. 0.,4. -1.,2. -1.,2. 0.,0. 0.,0. -2.))));
    for tolerance in TOLERANCES {
        let walk = walked(&square(), &[(9, comb.clone())], tolerance);
        assert_eq!(
            said(&walk),
            [
                (Some(9), 0.0, 2.0),
                (None, 2.0, 4.0),
                (Some(9), 4.0, 6.0),
                (None, 6.0, 8.0),
                (Some(9), 8.0, 10.0),
                (None, 10.0, 40.0)
            ]
        );
        assert_eq!(walk.changes(), 6);
        let lengths: Vec<_> = walk.lengths().into_iter().collect();
        assert_eq!(lengths, [(None, 34.0), (Some(9), 6.0)]);
    }
}

#[test]
fn a_stretch_across_the_first_corner_is_no_change() {
    let around = wkt!(MULTIPOLYGON(((-5. -5.,10. -5.,10. 0.,0. 0.,0. 10.,-5. 10.,-5. -5.))));
    for tolerance in TOLERANCES {
        let walk = walked(&square(), &[(1, around.clone())], tolerance);
        assert_eq!(
            said(&walk),
            [
                (Some(1), 0.0, 10.0),
                (None, 10.0, 30.0),
                (Some(1), 30.0, 40.0)
            ]
        );
        assert_eq!(walk.changes(), 2);
    }
}

#[test]
fn what_stands_in_a_hole_is_on_the_ring_of_the_hole() {
    let frame =
        wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.),(3. 3.,3. 7.,7. 7.,7. 3.,3. 3.))));
    let inside = wkt!(MULTIPOLYGON(((3. 3.,7. 3.,7. 5.,3. 5.,3. 3.))));
    let walk = walked(&frame, &[(5, inside)], 0.0);
    let rings: Vec<usize> = walk.stretches.iter().map(|piece| piece.ring).collect();
    assert_eq!(rings, [0, 1, 1, 1]);
    assert_eq!(
        said(&walk)[1..],
        [
            (Some(5), 0.0, 2.0),
            (None, 2.0, 10.0),
            (Some(5), 10.0, 16.0)
        ]
    );
    assert_eq!(walk.changes(), 2);
}

#[test]
fn a_digitising_gap_between_neighbours_or_to_them_is_none() {
    // three centimetres above the piece, and two apart from each other
    let left = wkt!(MULTIPOLYGON(((0. 10.03,4.99 10.03,4.99 20.,0. 20.,0. 10.03))));
    let right = wkt!(MULTIPOLYGON(((5.01 10.03,10. 10.03,10. 20.,5.01 20.,5.01 10.03))));
    let around = [(1, left), (2, right)];
    assert_eq!(
        said(&walked(&square(), &around, 0.05)),
        [
            (None, 0.0, 20.0),
            (Some(2), 20.0, 25.0),
            (Some(1), 25.0, 30.0),
            (None, 30.0, 40.0)
        ]
    );
    assert_eq!(said(&walked(&square(), &around, 0.0)), [(None, 0.0, 40.0)]);
}

#[test]
fn a_gap_around_the_first_corner_is_filled_up_to_it() {
    let right = wkt!(MULTIPOLYGON(((0.02 -5.,10. -5.,10. 0.,0.02 0.,0.02 -5.))));
    let left = wkt!(MULTIPOLYGON(((-5. 0.02,0. 0.02,0. 10.,-5. 10.,-5. 0.02))));
    let walk = walked(&square(), &[(1, right), (2, left)], 0.05);
    assert_eq!(
        said(&walk),
        [
            (Some(1), 0.0, 10.0),
            (None, 10.0, 30.0),
            (Some(2), 30.0, 40.0)
        ]
    );
    assert_eq!(walk.changes(), 3);
}

#[test]
fn of_two_within_the_tolerance_the_nearest_has_the_stretch() {
    let strip = wkt!(MULTIPOLYGON(((10. 0.,10.03 0.,10.03 10.,10. 10.,10. 0.))));
    let behind = wkt!(MULTIPOLYGON(((10.03 0.,20. 0.,20. 10.,10.03 10.,10.03 0.))));
    assert_eq!(
        said(&walked(&square(), &[(1, behind), (2, strip)], 0.05)),
        [(None, 0.0, 10.0), (Some(2), 10.0, 20.0), (None, 20.0, 40.0)]
    );
}
