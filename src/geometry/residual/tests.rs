//! Small land left over, with round numbers; and the same land whatever the tiles, the order and the threads.

use geo::{MultiPolygon, wkt};
use proptest::prelude::*;

use super::*;
use crate::geometry::plane_area;

/// Each polygon a shape of its own.
fn layer(polygons: &MultiPolygon) -> Shapes {
    let mut shapes = Shapes::default();
    for polygon in polygons {
        shapes.push_geo(&MultiPolygon(vec![polygon.clone()]));
    }
    shapes
}

/// What is left over, with tiles of many sizes all the same.
fn left(cover: &MultiPolygon, taken: &[MultiPolygon]) -> MultiPolygon {
    let (cover, taken): (_, Vec<Shapes>) = (layer(cover), taken.iter().map(layer).collect());
    let taken: Vec<&Shapes> = taken.iter().collect();
    let left = residual(&cover, &taken, &|_| ()).unwrap();
    for side in [1 << 16, 700_001, 1 << 20, 5_000_000, 1 << 40] {
        let again = residual_by(&cover, &taken, Some(side), &|_| ()).unwrap();
        assert_eq!(again, left, "tiles of {side} steps");
    }
    let parts = left.iter().flat_map(|shape| shape.to_geo());
    parts.collect()
}

#[test]
fn what_is_taken_leaves_a_frame() {
    let cover = wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.))));
    let taken = wkt!(MULTIPOLYGON(((2. 2.,5. 2.,5. 5.,2. 5.,2. 2.))));
    assert_eq!(
        left(&cover, &[taken]),
        wkt!(MULTIPOLYGON(((0. 0.,10. 0.,10. 10.,0. 10.,0. 0.),(2. 2.,2. 5.,5. 5.,5. 2.,2. 2.))))
    );
}

#[test]
fn an_island_in_a_hole_is_a_region_of_its_own() {
    let cover = wkt!(MULTIPOLYGON(((0. 0.,30. 0.,30. 30.,0. 30.,0. 0.))));
    let taken = wkt!(MULTIPOLYGON(((5. 5.,25. 5.,25. 25.,5. 25.,5. 5.),(10. 10.,10. 20.,20. 20.,20. 10.,10. 10.))));
    let inner = wkt!(MULTIPOLYGON(((12. 12.,14. 12.,14. 14.,12. 14.,12. 12.))));
    assert_eq!(
        left(&cover, &[taken, inner]),
        wkt!(MULTIPOLYGON(
            ((0. 0.,30. 0.,30. 30.,0. 30.,0. 0.),(5. 5.,5. 25.,25. 25.,25. 5.,5. 5.)),
            ((10. 10.,20. 10.,20. 20.,10. 20.,10. 10.),(12. 12.,12. 14.,14. 14.,14. 12.,12. 12.))
        ))
    );
}

#[test]
fn corners_in_a_neighbours_side_leave_nothing_and_no_corner() {
    let cover = wkt!(MULTIPOLYGON(((0. 0.,9. 0.,9. 9.,0. 9.,0. 0.))));
    let taken = wkt!(MULTIPOLYGON(
        ((0. 0.,9. 0.,9. 4.,0. 4.,0. 0.)),
        ((0. 4.,3. 4.,3. 7.,0. 7.,0. 4.)),
        ((3. 4.,6. 4.,6. 7.,3. 7.,3. 4.))
    ));
    assert_eq!(
        left(&cover, &[taken]),
        wkt!(MULTIPOLYGON(((6. 4.,9. 4.,9. 9.,0. 9.,0. 7.,6. 7.,6. 4.))))
    );
}

#[test]
fn regions_that_touch_at_a_corner_are_two() {
    let cover = wkt!(MULTIPOLYGON(((0. 0.,8. 0.,8. 8.,0. 8.,0. 0.))));
    let taken = wkt!(MULTIPOLYGON(
        ((4. 0.,8. 0.,8. 4.,4. 4.,4. 0.)),
        ((0. 4.,4. 4.,4. 8.,0. 8.,0. 4.))
    ));
    assert_eq!(
        left(&cover, &[taken]),
        wkt!(MULTIPOLYGON(
            ((0. 0.,4. 0.,4. 4.,0. 4.,0. 0.)),
            ((4. 4.,8. 4.,8. 8.,4. 8.,4. 4.))
        ))
    );
}

#[test]
fn holes_that_touch_the_shell_and_each_other_stay_holes() {
    let cover = wkt!(MULTIPOLYGON(((0. 0.,12. 0.,12. 12.,0. 12.,0. 0.))));
    let taken = wkt!(MULTIPOLYGON(
        ((6. 0.,8. 2.,6. 4.,4. 2.,6. 0.)),
        ((6. 4.,8. 6.,6. 8.,4. 6.,6. 4.))
    ));
    assert_eq!(
        left(&cover, &[taken]),
        wkt!(MULTIPOLYGON(
            ((0. 0.,6. 0.,12. 0.,12. 12.,0. 12.,0. 0.),
                (6. 0.,4. 2.,6. 4.,8. 2.,6. 0.),
                (6. 4.,4. 6.,6. 8.,8. 6.,6. 4.))
        ))
    );
}

#[test]
fn a_ring_of_holes_that_touch_cuts_its_inside_off() {
    let cover = wkt!(MULTIPOLYGON(((0. 0.,12. 0.,12. 12.,0. 12.,0. 0.))));
    // four triangles, corner to corner, around the square from (4, 4) to (8, 8)
    let taken = wkt!(MULTIPOLYGON(
        ((4. 4.,6. 2.,8. 4.,4. 4.)),
        ((8. 4.,10. 6.,8. 8.,8. 4.)),
        ((8. 8.,6. 10.,4. 8.,8. 8.)),
        ((4. 8.,2. 6.,4. 4.,4. 8.))
    ));
    assert_eq!(
        left(&cover, &[taken]),
        wkt!(MULTIPOLYGON(
            ((0. 0.,12. 0.,12. 12.,0. 12.,0. 0.),
                (6. 2.,4. 4.,2. 6.,4. 8.,6. 10.,8. 8.,10. 6.,8. 4.,6. 2.)),
            ((4. 4.,8. 4.,8. 8.,4. 8.,4. 4.))
        ))
    );
}

#[test]
fn overlaps_count_once_in_the_cover_and_in_what_is_taken() {
    let cover = wkt!(MULTIPOLYGON(
        ((0. 0.,6. 0.,6. 6.,0. 6.,0. 0.)),
        ((4. 0.,10. 0.,10. 6.,4. 6.,4. 0.)),
        ((10. 0.,12. 0.,12. 6.,10. 6.,10. 0.))
    ));
    let taken = [
        wkt!(MULTIPOLYGON(((0. 0.,5. 0.,5. 3.,0. 3.,0. 0.)),((3. 0.,9. 0.,9. 3.,3. 3.,3. 0.)))),
        wkt!(MULTIPOLYGON(((8. 0.,12. 0.,12. 3.,8. 3.,8. 0.)))),
    ];
    assert_eq!(
        left(&cover, &taken),
        wkt!(MULTIPOLYGON(((0. 3.,12. 3.,12. 6.,0. 6.,0. 3.))))
    );
}

#[test]
fn without_anything_taken_the_cover_is_left_and_under_everything_nothing_is() {
    let cover = wkt!(MULTIPOLYGON(((0. 0.,6. 0.,0. 6.,0. 0.)),((6. 0.,6. 6.,0. 6.,6. 0.))));
    let all = wkt!(MULTIPOLYGON(((0. 0.,6. 0.,6. 6.,0. 6.,0. 0.))));
    let none: MultiPolygon = MultiPolygon(Vec::new());
    assert_eq!(left(&cover, &[]), all);
    assert_eq!(left(&cover, &[none.clone(), none.clone()]), all);
    assert_eq!(left(&cover, &[all]), none);
    assert_eq!(left(&none, &[cover]), none);
}

#[test]
fn every_shape_is_told_once() {
    let cover = wkt!(MULTIPOLYGON(((0. 0.,90. 0.,0. 60.,0. 0.)),((6. 0.,6. 6.,0. 6.,6. 0.))));
    let told = std::sync::atomic::AtomicU64::new(0);
    let tell = |shapes| {
        told.fetch_add(shapes, std::sync::atomic::Ordering::Relaxed);
    };
    let cover = layer(&cover);
    residual_by(&cover, &[&cover, &cover], Some(1 << 20), &tell).unwrap();
    assert_eq!(told.into_inner(), 6);
}

#[test]
fn a_lone_parcel_far_away_needs_no_more_tiles() {
    let cover = wkt!(MULTIPOLYGON(
        ((0. 0.,1_000_000. 0.,1_000_000. 1_000_000.,0. 1_000_000.,0. 0.)),
        ((41_000_000. 0.,41_000_001. 0.,41_000_001. 1.,41_000_000. 1.,41_000_000. 0.))
    ));
    let layer = layer(&cover);
    let grid = Layers::new(&layer, &[]).grid(Some(1)).unwrap().unwrap();
    assert!(grid.len() <= 1 << 20);
    assert_eq!(left(&cover, &[]), cover);
}

#[test]
fn a_shape_that_has_not_passed_the_gate_is_refused() {
    let good = layer(&wkt!(MULTIPOLYGON(((0. 0.,6. 0.,0. 6.,0. 0.)))));
    for bad in [f64::NAN, f64::INFINITY, -2e9] {
        let mut taken = good.clone();
        taken.append(&good);
        taken.coords_mut()[5].y = bad;
        assert_eq!(
            residual(&good, &[&good, &taken], &|_| ()),
            Err(ResidualError::Unchecked { layer: 2, shape: 1 })
        );
    }
}

#[test]
fn a_thicket_of_crossings_is_refused_in_good_time() {
    let blades = |across: bool| {
        let mut shapes = Shapes::default();
        for at in 0..2000 {
            let (from, to) = (f64::from(at), f64::from(at) + 0.5);
            let corners = [(0.0, from), (2000.0, from), (2000.0, to), (0.0, to)];
            let ring = corners.iter().chain(&corners[..1]).map(|&(x, y)| {
                if across {
                    Coord { x: y, y: -x }
                } else {
                    Coord { x, y: y - 2000.0 }
                }
            });
            shapes.push_turned(&ring.collect::<Vec<_>>(), false);
        }
        shapes
    };
    let found = residual(&blades(false), &[&blades(true)], &|_| ());
    assert_eq!(found, Err(ResidualError::Tangled));
}

/// A triangle, counter-clockwise, of corners on a lattice of `fine` to the unit; `None` where it is flat.
fn triangle(corners: [(i32, i32); 3], fine: f64) -> Option<Vec<Coord>> {
    let [a, b, c] = corners.map(|(x, y)| Coord {
        x: 4.1e7 + f64::from(x) / fine,
        y: 3.0e6 + f64::from(y) / fine,
    });
    let turn = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    match turn {
        0.0 => None,
        turn if turn > 0.0 => Some(vec![a, b, c, a]),
        _ => Some(vec![a, c, b, a]),
    }
}

fn triangles(count: usize) -> impl Strategy<Value = Vec<[(i32, i32); 3]>> {
    let corner = || (0..12_i32, 0..12_i32);
    let corners = (corner(), corner(), corner()).prop_map(|(a, b, c)| [a, b, c]);
    proptest::collection::vec(corners, 0..count)
}

proptest! {
    #[test]
    fn neither_tiles_nor_order_change_a_byte(
        cover in triangles(12),
        taken in triangles(12),
        // a lattice of whole units, one of a third and one of a few micrometres
        fine in prop_oneof![Just(1.0), Just(3.0), Just(131_072.0)],
        side in 2..40_i64,
    ) {
        let layer = |corners: &[[(i32, i32); 3]], backwards: bool| {
            let mut rings: Vec<_> = corners.iter().filter_map(|&c| triangle(c, fine)).collect();
            if backwards {
                rings.reverse();
                for ring in &mut rings {
                    ring.rotate_left(1);
                    ring[3] = ring[0];
                }
            }
            let mut shapes = Shapes::default();
            for ring in &rings {
                shapes.push_turned(ring, false);
            }
            shapes
        };
        let found = residual(&layer(&cover, false), &[&layer(&taken, false)], &|_| ()).unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        #[expect(clippy::cast_possible_truncation, reason = "a side of tiles, in steps")]
        let side = (f64::from(1 << 18) / fine) as i64 * side / 5 + 1;
        let (cover, taken) = (layer(&cover, true), layer(&taken, true));
        let again = pool.install(|| residual_by(&cover, &[&taken], Some(side), &|_| ()));
        prop_assert_eq!(&found, &again.unwrap());
        // both sides of the line: what is left of the cover and what is not make up the whole
        let area = |shapes: &Shapes| shapes.iter().map(plane_area).sum::<f64>();
        let whole = residual(&cover, &[], &|_| ()).unwrap();
        let common = residual(&cover, &[&found], &|_| ()).unwrap();
        let slack = 1e-6 * 150.0 / fine;
        prop_assert!((area(&found) + area(&common) - area(&whole)).abs() <= slack);
        let outside = residual(&common, &[&taken], &|_| ()).unwrap();
        prop_assert!(area(&outside) <= slack, "the rest is taken, but {}", area(&outside));
    }
}
