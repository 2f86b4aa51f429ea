//! The largest circle in a shape, against the one that GEOS finds and against a fine sampling; bounds that must hold.

use std::f64::consts::PI;

use geo::Coord;
use geos::{Geom, Geometry};
use plotratio::geometry::{
    ShapeRef, Shapes, inscribed_circle, is_narrower, perimeter, plane_area, ring, strip_width,
};

use super::mosaic::{Mesh, mesh, place};
use super::random::{Random, each_seed};
use super::reference::{multipolygon, origin, polygon, push, shape};

const TOLERANCE: f64 = 0.001;

/// What every shape must obey, and the circle of GEOS, which looks for its own to a millimetre.
fn assert_width(shape: ShapeRef<'_>) {
    let from = origin(shape);
    let say = || multipolygon(shape, from).to_wkt().unwrap();
    let circle = inscribed_circle(shape, TOLERANCE).expect("a shape with area");
    assert!(
        circle.at_most - circle.radius <= TOLERANCE,
        "{circle:?}: {}",
        say()
    );
    let theirs = shape.parts().map(|part| {
        let found = polygon(part, from)
            .maximum_inscribed_circle(TOLERANCE)
            .unwrap();
        found.length().unwrap()
    });
    let theirs = theirs.fold(0.0, f64::max);
    assert!(
        circle.at_most >= theirs - 1e-7,
        "{circle:?} {theirs}: {}",
        say()
    );
    assert!(
        circle.radius <= theirs + 2.0 * TOLERANCE,
        "{circle:?} {theirs}: {}",
        say()
    );
    // the circle lies where it is said to lie
    let whole = multipolygon(shape, from);
    let centre = circle.centre - from;
    let point = Geometry::new_from_wkt(&format!("POINT({} {})", centre.x, centre.y)).unwrap();
    let boundary = Geometry::create_geometry_collection(
        shape
            .parts()
            .map(|part| polygon(part, from).boundary().unwrap())
            .collect(),
    );
    let off = boundary.unwrap().distance(&point).unwrap();
    assert!(
        (off - circle.radius).abs() < 1e-6,
        "{circle:?} {off}: {}",
        say()
    );
    assert!(whole.distance(&point).unwrap() < 1e-9);
    assert!(
        is_narrower(shape, 2.0 * circle.at_most + 1e-6),
        "{circle:?}: {}",
        say()
    );
    assert!(
        !is_narrower(shape, 2.0 * circle.radius - 1e-6),
        "{circle:?}: {}",
        say()
    );
    for width in [0.25, 0.5, 0.9, 1.1, 2.0, 4.0].map(|share| share * circle.radius * 2.0) {
        assert_eq!(
            is_narrower(shape, width),
            width > 2.0 * circle.radius,
            "{width} {}",
            say()
        );
    }
    // of a shape without holes in one part: Bonnesen's inequality
    let (area, length) = (plane_area(shape), perimeter(shape));
    assert!(PI * circle.radius * circle.radius <= area + 1e-6);
    if shape.rings().count() == 1 {
        let radius = circle.at_most;
        assert!(
            area <= radius * length - PI * radius * radius + 1e-6,
            "{}",
            say()
        );
    }
    let width = strip_width(shape).unwrap();
    assert!(
        width > 0.0 && width <= 2.0 * (area / PI).sqrt() + 1e-6,
        "{}",
        say()
    );
}

/// A ring around the origin with `count` corners, some near and some far, at ascending angles.
pub fn star(random: &mut Random, count: usize) -> Mesh {
    let (near, far) = (random.between(1.0, 30.0), random.between(30.0, 100.0));
    let stretch = random.between(0.05, 1.0);
    let corner = |at: usize, random: &mut Random| {
        let angle = (at as f64 + random.between(0.0, 0.9)) / count as f64 * std::f64::consts::TAU;
        let off = random.between(near, far);
        Coord {
            x: off * angle.cos(),
            y: off * angle.sin() * stretch,
        }
    };
    Mesh {
        corners: (0..count).map(|at| corner(at, random)).collect(),
        cells: vec![vec![(0..count).collect()]],
    }
}

/// A strip of the same width along a line that winds: the sliver that is left beside a road.
pub fn sliver(random: &mut Random, count: usize) -> Mesh {
    let (width, sway) = (random.between(0.05, 1.5), random.between(0.0, 20.0));
    let middle: Vec<Coord> = (0..count)
        .map(|at| Coord {
            x: at as f64 * 10.0,
            y: sway * (at as f64 * 0.7).sin(),
        })
        .collect();
    let lift = |by: f64| middle.iter().map(move |&c| c + Coord { x: 0.0, y: by });
    let upper: Vec<Coord> = lift(width).collect();
    let corners: Vec<Coord> = lift(0.0).chain(upper.into_iter().rev()).collect();
    let cells = vec![vec![(0..corners.len()).collect()]];
    Mesh { corners, cells }
}

#[test]
fn the_largest_circle_is_the_one_that_geos_finds() {
    each_seed(100, |random| {
        let mut drawn = match random.below(3) {
            0 => mesh(random),
            1 => {
                let count = 3 + random.below(40);
                star(random, count)
            }
            _ => {
                let count = 2 + random.below(20);
                sliver(random, count)
            }
        };
        if drawn.cells.len() == 1 {
            let angle = random.between(0.0, 6.3);
            place(random, &mut drawn, angle);
        }
        for cell in 0..drawn.cells.len() {
            let shapes = shape(&vec![drawn.rings(cell)]);
            let theirs = multipolygon(shapes.get(0), origin(shapes.get(0)));
            if theirs.is_valid().unwrap() {
                assert_width(shapes.get(0));
            }
        }
        // two cells as the parts of one shape
        let parts = vec![drawn.rings(0), drawn.rings(drawn.cells.len() - 1)];
        let mut whole = Shapes::default();
        push(&mut whole, &parts);
        if drawn.cells.len() > 1 {
            assert_width(whole.get(0));
        }
    });
}

#[test]
fn no_point_of_a_fine_sampling_is_farther_from_the_boundary() {
    each_seed(100, |random| {
        let mut drawn = mesh(random);
        if random.chance(0.5) {
            let count = 5 + random.below(20);
            drawn = star(random, count);
        }
        let shapes = shape(&vec![drawn.rings(0)]);
        let shape = shapes.get(0);
        let circle = inscribed_circle(shape, TOLERANCE).unwrap();
        let bounds = shape.bounds();
        let step = (bounds.max.x - bounds.min.x).max(bounds.max.y - bounds.min.y) / 60.0;
        let mut farthest = 0.0_f64;
        for x in 0..60 {
            for y in 0..60 {
                let point = bounds.min
                    + Coord {
                        x: f64::from(x) * step,
                        y: f64::from(y) * step,
                    };
                let turns: i32 = shape.rings().filter_map(|r| ring::winding(r, point)).sum();
                if turns > 0 {
                    let edges = shape.rings().flat_map(|ring| ring.windows(2));
                    let off = edges.map(|edge| ring::distance(point, edge[0], edge[1]));
                    farthest = farthest.max(off.fold(f64::INFINITY, f64::min));
                }
            }
        }
        assert!(farthest <= circle.at_most + 1e-9);
        assert!(
            circle.radius <= farthest + step,
            "the nearest sample is less than a step away"
        );
    });
}
