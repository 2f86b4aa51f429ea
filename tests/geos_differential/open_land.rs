//! `geometry::open_land` against GEOS: bounds and distances over random yards; the largest rectangle against all there are.

use std::cell::Cell;

use geo::Coord;
use geos::{Geom, Geometry};
use plotratio::geometry::open_land::{OpenGround, Options, open_land};
use plotratio::geometry::{ShapeRef, Shapes};

use super::random::{Random, each_seed};
use super::reference::{assert_area, closed, multipolygon, origin, shape};

type Ring = Vec<Coord>;

fn rectangle(centre: Coord, size: Coord, angle: f64) -> Ring {
    let (sin, cos) = angle.sin_cos();
    let corner = |x: f64, y: f64| {
        let (x, y) = (x * size.x / 2.0, y * size.y / 2.0);
        centre
            + Coord {
                x: x * cos - y * sin,
                y: x * sin + y * cos,
            }
    };
    let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
    closed(&corners.map(|(x, y)| corner(x, y)))
}

/// A star or a rectangle about the origin, at times with a hole or with a second part.
fn parcel(random: &mut Random, angle: f64) -> Shapes {
    let size = Coord {
        x: random.between(20.0, 120.0),
        y: random.between(5.0, 120.0),
    };
    let shell = if random.chance(0.5) {
        rectangle(Coord::zero(), size, angle)
    } else {
        let count = 3 + random.below(15);
        let corners = (0..count).map(|at| {
            let share = (at as f64 + random.between(0.0, 0.8)) / count as f64;
            let (sin, cos) = (share * std::f64::consts::TAU).sin_cos();
            let off = random.between(15.0, 60.0);
            Coord {
                x: off * cos,
                y: off * sin,
            }
        });
        closed(&corners.collect::<Vec<_>>())
    };
    let mut parts = vec![vec![shell]];
    if random.chance(0.2) {
        let hole = Coord { x: 3.0, y: 2.0 };
        parts[0].push(rectangle(Coord { x: 1.0, y: 1.0 }, hole, angle));
    }
    if random.chance(0.2) {
        let centre = Coord { x: 300.0, y: 20.0 };
        parts.push(vec![rectangle(centre, size, 0.3)]);
    }
    shape(&parts)
}

fn footprints(random: &mut Random, angle: f64) -> Vec<Shapes> {
    let building = |random: &mut Random| {
        let centre = Coord {
            x: random.between(-60.0, 60.0),
            y: random.between(-60.0, 60.0),
        };
        let size = Coord {
            x: random.between(0.1, 30.0),
            y: random.between(2.0, 15.0),
        };
        let angle = if random.chance(0.7) {
            angle
        } else {
            random.between(0.0, 3.0)
        };
        let mut rings = vec![rectangle(centre, size, angle)];
        if random.chance(0.2) {
            rings.push(rectangle(centre, size * 0.6, angle));
        }
        shape(&vec![rings])
    };
    let count = random.below(20);
    let mut all: Vec<Shapes> = (0..count).map(|_| building(random)).collect();
    // another that touches or doubles it
    if let Some(first) = all.first().filter(|_| random.chance(0.5)) {
        all.push(first.clone());
    }
    all
}

fn geos_union(shapes: &[Shapes], from: Coord) -> Geometry {
    let all = shapes.iter().map(|shape| multipolygon(shape.get(0), from));
    let all = Geometry::create_geometry_collection(all.collect()).unwrap();
    all.unary_union().unwrap()
}

fn of(parcel: ShapeRef<'_>, footprints: &[Shapes], options: &Options) -> Option<OpenGround> {
    let footprints: Vec<ShapeRef<'_>> = footprints.iter().map(|shape| shape.get(0)).collect();
    open_land(parcel, &footprints, options)
}

fn options(distance: f64) -> Options {
    Options {
        distance,
        cell: 1.0,
        least_free: 0.0,
    }
}

#[test]
fn bounds_are_those_of_geos_and_circles_and_rectangles_meet_nothing() {
    let sums = Cell::new((0.0, 0.0));
    each_seed(300, |random| {
        let angle = random.between(0.0, 1.6);
        let parcel = parcel(random, angle);
        let standing = footprints(random, angle);
        let options = options(random.between(0.5, 12.0));
        let found = of(parcel.get(0), &standing, &options);
        let from = origin(parcel.get(0));
        let ground = multipolygon(parcel.get(0), from);
        if !ground.is_valid().unwrap() {
            return;
        }
        let open = ground.difference(&geos_union(&standing, from)).unwrap();
        let each = standing.iter().map(|shape| {
            let footprint = multipolygon(shape.get(0), from);
            footprint.buffer(options.distance, 64).unwrap()
        });
        let grown = Geometry::create_geometry_collection(each.collect()).unwrap();
        let grown = grown.unary_union().unwrap();
        let free = ground.difference(&grown).unwrap();
        // two cells wide along all lines: those that the line at the distance crosses, and where it meets the border
        let lines = grown.length().unwrap() + ground.length().unwrap();
        let (least, free) = (found.map_or(0.0, |found| found.free), free.area().unwrap());
        assert!(
            least <= free + 1e-6 && least >= free - 2.0 * lines,
            "{least} free, not {free}"
        );
        let (missed, there) = sums.get();
        sums.set((missed + free - least, there + free));
        let Some(found) = found else { return };
        let border = open.boundary().unwrap();
        let theirs = open.maximum_inscribed_circle(0.01).unwrap();
        if let Some(circle) = found.circle {
            let at = circle.centre - from;
            let point = Geometry::new_from_wkt(&format!("POINT({} {})", at.x, at.y)).unwrap();
            assert!(open.covers(&point).unwrap());
            assert!(circle.radius <= border.distance(&point).unwrap() + 1e-9);
            assert!(circle.at_most - circle.radius <= 3.0 * 2.0_f64.sqrt() + 1e-9);
            assert!(theirs.length().unwrap() <= circle.at_most + 1e-6);
        }
        if let Some(rectangle) = found.rectangle {
            let corners = closed(&rectangle.corners.map(|corner| corner - from));
            let rings = shape(&vec![vec![corners]]);
            let rectangle_there = multipolygon(rings.get(0), Coord::zero());
            assert!(rectangle_there.distance(&border).unwrap() > 0.0, "touches");
            assert!(open.covers(&rectangle_there).unwrap());
            let area = rectangle_there.area().unwrap();
            assert!((area - rectangle.area).abs() < 1e-6 * area + 1e-6);
        }
    });
    let (missed, there) = sums.get();
    assert!(missed < 0.1 * there, "{missed} of {there}");
}

#[test]
fn without_a_footprint_there_is_no_less_room() {
    each_seed(100, |random| {
        let angle = random.between(0.0, 1.6);
        let parcel = parcel(random, angle);
        let mut standing = footprints(random, angle);
        let before = of(parcel.get(0), &standing, &options(3.0));
        // in another order: the same bits
        standing.reverse();
        assert_eq!(before, of(parcel.get(0), &standing, &options(3.0)));
        if standing.pop().is_some() {
            let after = of(parcel.get(0), &standing, &options(3.0));
            let free = |found: Option<OpenGround>| found.map_or(0.0, |found| found.free);
            assert!(free(after) >= free(before));
            let area = |found: Option<OpenGround>| {
                found
                    .and_then(|found| found.rectangle)
                    .map_or(0.0, |rectangle| rectangle.area)
            };
            assert!(area(after) >= area(before));
        }
    });
}

/// The largest open rectangle between blocks whose corners have whole coordinates: all are tried.
fn largest(size: usize, is_open: &[bool]) -> usize {
    let mut best = 0;
    for left in 0..size {
        for bottom in 0..size {
            let mut width = size - left;
            for top in bottom..size {
                let row = &is_open[top * size + left..(top + 1) * size];
                width = width.min(row.iter().take_while(|open| **open).count());
                best = best.max(width * (top + 1 - bottom));
            }
        }
    }
    best
}

#[test]
fn among_blocks_on_a_lattice_the_largest_rectangle_is_found() {
    each_seed(200, |random| {
        let size = 40;
        let angle = if random.chance(0.5) { 0.0 } else { 0.6 };
        let (sin, cos) = f64::sin_cos(angle);
        let block = |left: usize, bottom: usize, right: usize, top: usize| {
            let (left, bottom) = (left as f64, bottom as f64);
            let (right, top) = (right as f64, top as f64);
            let corners = [(left, bottom), (right, bottom), (right, top), (left, top)];
            let turned = corners.map(|(x, y)| Coord {
                x: x * cos - y * sin,
                y: x * sin + y * cos,
            });
            shape(&vec![vec![closed(&turned)]])
        };
        let mut is_open = vec![true; size * size];
        let mut standing = Vec::new();
        for _ in 0..random.below(25) {
            let (left, bottom) = (random.below(size), random.below(size));
            let right = (left + 1 + random.below(8)).min(size);
            let top = (bottom + 1 + random.below(8)).min(size);
            standing.push(block(left, bottom, right, top));
            for row in bottom..top {
                is_open[row * size + left..row * size + right].fill(false);
            }
        }
        let whole = block(0, 0, size, size);
        let found = of(whole.get(0), &standing, &options(0.0)).unwrap();
        let open = is_open.iter().filter(|open| **open).count();
        assert_area(found.free, open as f64, "open");
        let best = largest(size, &is_open) as f64;
        let found = found.rectangle.map_or(0.0, |rectangle| rectangle.area);
        assert!((found - best).abs() < 1e-3 * best, "{found} of {best}");
    });
}
