//! `geometry::residual` against the difference of two unions in GEOS, over shapes that overlap anyhow, meet exactly or
//! miss each other by a millimetre.

use geo::Coord;
use geos::{Geom, Geometry};
use plotratio::geometry::{Cover, Shapes, plane_area, residual};

use super::mosaic::parcels;
use super::random::{Random, each_seed, rounded};
use super::reference::{Parts, assert_area, multipolygon, origin, push};

/// The union of all shapes, near `origin`.
pub fn union(shapes: &[&Shapes], origin: Coord) -> Geometry {
    let all = shapes.iter().flat_map(|shapes| shapes.iter());
    let parts = all.map(|shape| multipolygon(shape, origin)).collect();
    Geometry::create_geometry_collection(parts)
        .unwrap()
        .unary_union()
        .unwrap()
}

/// All shapes as one, each of them valid and of one part.
pub fn checked(left: &Shapes, origin: Coord) -> Geometry {
    let mut parts = Vec::new();
    for (number, region) in left.iter().enumerate() {
        assert_eq!(region.parts().len(), 1, "region {number}");
        for part in region.parts() {
            let polygon = super::reference::polygon(part, origin);
            assert!(
                polygon.is_valid().unwrap(),
                "region {number}: {:?}",
                polygon.is_valid_reason()
            );
            parts.push(polygon);
        }
        for ring in region.rings() {
            assert!(ring.windows(2).all(|edge| edge[0] != edge[1]));
        }
        assert!(plane_area(region) > 0.0, "region {number} is inside out");
    }
    Geometry::create_multipolygon(parts).unwrap()
}

/// The area of the cover less what is taken, summed slab by slab without any overlay.
fn expected_area(cover: &Shapes, taken: &[&Shapes]) -> f64 {
    let mut ground = Cover::default();
    let layers = std::iter::once((cover, 0)).chain(taken.iter().map(|&taken| (taken, 1)));
    for (shapes, group) in layers {
        let rings = shapes.iter().flat_map(|shape| shape.rings());
        rings.for_each(|ring| ground.add(ring, group));
    }
    ground.area(|[covered, taken]| covered != 0 && taken == 0)
}

/// Every corner may be off by half a step of the lattice, some micrometre.
fn assert_agrees(cover: &Shapes, taken: &[&Shapes], slack: f64) {
    let left = residual(cover, taken, &|_| ()).unwrap();
    let start = origin(cover.get(0));
    let whole = expected_area(cover, &[]);
    let left_m2: f64 = left.iter().map(plane_area).sum();
    let expected = expected_area(cover, taken);
    assert!(
        (left_m2 - expected).abs() <= slack * whole,
        "{left_m2} is not {expected}"
    );
    let found = checked(&left, start).unary_union().unwrap();
    let joined = found.area().unwrap();
    assert!((joined - left_m2).abs() <= 1e-9 * whole, "regions overlap");
    let apart = |found: &Geometry, cover: &Shapes, taken: &[&Shapes], start: Coord| {
        let expected = union(&[cover], start).difference(&union(taken, start));
        let apart = found.sym_difference(&expected.unwrap()).unwrap();
        apart.area().unwrap()
    };
    let mut differ = apart(&found, cover, taken, start);
    if differ > slack * whole {
        // GEOS can lose a face of its own between lines that nearly coincide; which one hangs on the last digits
        let turned = |shapes: &Shapes| turned_layer(shapes, start);
        let taken: Vec<Shapes> = taken.iter().map(|shapes| turned(shapes)).collect();
        let found = union(&[&turned(&left)], Coord::zero());
        let taken: Vec<&Shapes> = taken.iter().collect();
        differ = apart(&found, &turned(cover), &taken, Coord::zero());
    }
    assert!(differ <= slack * whole, "{differ} of {whole} differ");
}

/// All shapes near the origin, turned by some angle around `start`.
fn turned_layer(shapes: &Shapes, start: Coord) -> Shapes {
    let (sin, cos) = 0.7_f64.sin_cos();
    let mut turned = shapes.clone();
    for c in turned.coords_mut() {
        let from = *c - start;
        *c = Coord {
            x: from.x * cos - from.y * sin,
            y: from.x * sin + from.y * cos,
        };
    }
    turned
}

fn ring(corners: &[Coord]) -> Parts {
    vec![vec![super::reference::closed(corners)]]
}

/// A box of some size, turned by some angle, with or without a hole.
fn turned_box(random: &mut Random, reach: f64, size: (f64, f64)) -> Parts {
    let (middle_x, middle_y) = (random.between(0.0, reach), random.between(0.0, reach));
    let half = [
        random.between(size.0, size.1),
        random.between(size.0, size.1),
    ];
    let (sin, cos) = random.between(0.0, 6.3).sin_cos();
    let corners = |scale: f64| {
        [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y)| {
            let (x, y) = (x * half[0] * scale, y * half[1] * scale);
            rounded(Coord {
                x: middle_x + x * cos - y * sin,
                y: middle_y + x * sin + y * cos,
            })
        })
    };
    let mut parts = ring(&corners(1.0));
    if random.chance(0.3) {
        let mut hole = super::reference::closed(&corners(0.5));
        hole.reverse();
        parts[0].push(hole);
    }
    parts
}

fn layer(count: usize, mut shape: impl FnMut() -> Parts) -> Shapes {
    let mut shapes = Shapes::default();
    (0..count).for_each(|_| push(&mut shapes, &shape()));
    shapes
}

#[test]
fn boxes_that_overlap_anyhow_leave_what_geos_leaves() {
    each_seed(400, |random| {
        let covers = 1 + random.below(6);
        let cover = layer(covers, || turned_box(random, 100.0, (10.0, 60.0)));
        let many = 1 + random.below(40);
        let one = layer(many, || turned_box(random, 100.0, (1.0, 20.0)));
        let two = layer(random.below(5), || turned_box(random, 100.0, (0.1, 90.0)));
        assert_agrees(&cover, &[&one, &two], 1e-6);
    });
}

#[test]
fn triangles_on_a_coarse_lattice_leave_what_geos_leaves() {
    each_seed(600, |random| {
        let size = 3 + random.below(9);
        let mut triangle = || loop {
            let [a, b, c] = [0; 3].map(|_| random.lattice(size) * 10.0);
            let turn = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
            if turn != 0.0 {
                return ring(&if turn > 0.0 { [a, b, c] } else { [a, c, b] });
            }
        };
        let cover = layer(6, &mut triangle);
        let taken = layer(5, &mut triangle);
        assert_agrees(&cover, &[&taken], 1e-6);
    });
}

#[test]
fn mosaics_at_real_places_leave_what_geos_leaves() {
    each_seed(400, |random| {
        let plots = parcels(random);
        let [mut low, mut high] = [f64::INFINITY, f64::NEG_INFINITY].map(|x| Coord { x, y: x });
        for c in plots.iter().flatten().flatten().flatten() {
            low = Coord {
                x: low.x.min(c.x),
                y: low.y.min(c.y),
            };
            high = Coord {
                x: high.x.max(c.x),
                y: high.y.max(c.y),
            };
        }
        if plots.is_empty() {
            return;
        }
        let corners = [
            (low.x, low.y),
            (high.x, low.y),
            (high.x, high.y),
            (low.x, high.y),
        ];
        let cover = layer(1, || ring(&corners.map(Coord::from)));
        let mut taken = Shapes::default();
        plots.iter().for_each(|parts| push(&mut taken, parts));
        assert_agrees(&cover, &[&taken], 1e-6);
        let whole = plane_area(cover.get(0));
        let nothing = residual(&cover, &[&cover], &|_| ()).unwrap();
        assert!(nothing.is_empty());
        let all = residual(&cover, &[], &|_| ()).unwrap();
        assert_area(plane_area(all.get(0)), whole, "nothing taken");
    });
}
