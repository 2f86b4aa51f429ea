//! Plots made from their lots are divided again: every way is checked by brute force and by GEOS, and most are found.

mod check;
mod made;
mod plane;

use std::cell::Cell;
use std::f64::consts::TAU;

use geo::Coord;
use geos::Geom;
use plotratio::geometry::Shapes;
use plotratio::geometry::division::{Hindrance, Plot, Thing, Way, Wish, cut, divide};

use super::random::{self, Random, each_seed};
use super::reference::{origin, polygon};
use check::assert_good;
use made::{Made, made};
use plane::{at, shoelace};

/// The first plot that can be made with a seed.
fn next(random: &mut Random, lots: usize, bends: usize) -> Made {
    loop {
        if let Some(made) = made(random, lots, bends) {
            return made;
        }
    }
}

fn assert_valid(way: &Way) {
    for lot in &way.lots {
        let mut shapes = Shapes::default();
        shapes.push_ring(&lot.shell);
        lot.holes.iter().for_each(|hole| shapes.push_ring(hole));
        shapes.end_part();
        shapes.end_shape();
        let shape = shapes.get(0);
        let theirs = polygon(shape.parts().next().unwrap(), origin(shape));
        assert!(theirs.is_valid().unwrap(), "{}", theirs.to_wkt().unwrap());
    }
}

/// The ways to divide a plot, each of which is good.
fn ways(made: &Made) -> Result<Vec<Way>, Hindrance> {
    let ways = divide(&made.plot, &made.wish)?;
    assert!(!ways.is_empty() && ways.len() <= made.wish.ways);
    for way in &ways {
        assert_good(&made.plot, &made.wish, way);
        assert_valid(way);
    }
    let totals: Vec<f64> = ways.iter().map(|way| way.scores.total).collect();
    assert!(totals.is_sorted_by(|a, b| a >= b), "{totals:?}");
    Ok(ways)
}

#[test]
fn what_straight_lines_can_divide_is_divided() {
    each_seed(500, |random| {
        ways(&next(random, 2, 0)).unwrap();
    });
    each_seed(130, |random| {
        ways(&next(random, 3, 0)).unwrap();
    });
}

#[test]
fn where_it_takes_a_bend_nearly_all_are_divided() {
    let (tried, found) = (Cell::new(0), Cell::new(0));
    each_seed(800, |random| {
        let made = next(random, 2, 1);
        let straight = Wish {
            most_bends: 0,
            ..made.wish.clone()
        };
        if divide(&made.plot, &straight).is_ok() {
            return;
        }
        tried.set(tried.get() + 1);
        found.set(found.get() + usize::from(ways(&made).is_ok()));
    });
    let (tried, found) = (tried.get(), found.get());
    let is_one = std::env::var_os("PLOTRATIO_SEED").is_some();
    assert!(
        is_one || (tried > 20 && found * 100 >= tried * 95),
        "{found} of {tried}"
    );
}

/// The same plot, written down in another way; which thing became which.
fn rewritten(random: &mut Random, plot: &Plot) -> (Plot, Vec<usize>) {
    let turned = |random: &mut Random, ring: &[Coord]| {
        let mut ring = ring.to_vec();
        let first = random.below(ring.len());
        ring.rotate_left(first);
        if random.chance(0.5) {
            ring.reverse();
        }
        if random.chance(0.5) {
            ring.push(ring[0]);
        }
        ring
    };
    let mut order: Vec<usize> = (0..plot.things.len()).collect();
    for index in (1..order.len()).rev() {
        order.swap(index, random.below(index + 1));
    }
    let thing = |random: &mut Random, thing: &Thing| Thing {
        rings: thing
            .rings
            .iter()
            .map(|ring| turned(random, ring))
            .collect(),
        counts: thing.counts,
    };
    let mut access = plot.access.clone();
    access.reverse();
    access.iter_mut().for_each(|ends| ends.reverse());
    let things = order
        .iter()
        .map(|&number| thing(random, &plot.things[number]));
    let things = things.collect();
    let plot = Plot {
        shell: turned(random, &plot.shell),
        holes: Vec::new(),
        things,
        access,
    };
    (plot, order)
}

#[test]
fn the_same_plot_written_otherwise_is_divided_alike() {
    each_seed(100, |random| {
        let lots = 2 + random.below(2);
        let bends = random.below(2);
        let made = next(random, lots, bends);
        let (plot, order) = rewritten(random, &made.plot);
        let mut again = divide(&plot, &made.wish);
        for lot in again.iter_mut().flatten().flat_map(|way| &mut way.lots) {
            lot.things
                .iter_mut()
                .for_each(|thing| *thing = order[*thing]);
            lot.things.sort_unstable();
        }
        assert_eq!(again, divide(&made.plot, &made.wish));
    });
}

#[test]
fn the_lines_of_a_way_cut_the_plot_into_its_lots() {
    each_seed(100, |random| {
        let lots = 2 + random.below(2);
        let made = next(random, lots, 0);
        for way in ways(&made).unwrap() {
            let parts = cut(&made.plot.shell, &[], &way.lines, 0.01).unwrap();
            let mut areas: Vec<f64> = parts
                .iter()
                .map(|part| shoelace(&part.exterior().0))
                .collect();
            let mut theirs: Vec<f64> = way.lots.iter().map(|lot| lot.area).collect();
            areas.sort_by(f64::total_cmp);
            theirs.sort_by(f64::total_cmp);
            assert_eq!(areas.len(), theirs.len());
            for (area, other) in areas.iter().zip(theirs) {
                assert!((area - other).abs() < 1e-4, "{area} is not {other}");
            }
        }
    });
}

/// A ring of many corners, some in one line with others, some twice.
fn wild(random: &mut Random, middle: Coord, size: f64, count: usize) -> Vec<Coord> {
    let mut ring = Vec::new();
    for corner in 0..count {
        let angle = corner as f64 / count as f64 * TAU;
        let size = size
            * if random.chance(0.2) {
                random.between(0.01, 1.0)
            } else {
                1.0
            };
        let here = middle + at(angle.cos(), angle.sin()) * size;
        if let (true, Some(&last)) = (random.chance(0.2), ring.last()) {
            ring.push((here + last) / 2.0);
        }
        ring.push(here);
        if random.chance(0.1) {
            ring.push(here);
        }
    }
    ring
}

#[test]
fn what_nobody_would_draw_ends_nonetheless() {
    each_seed(20, |random| {
        let count = [3, 10, 60, 400][random.below(4)];
        let shell = wild(random, at(0.0, 0.0), 100.0, count);
        let many = random.below(60);
        let things = (0..many).map(|_| {
            let middle = at(random.between(-120.0, 120.0), random.between(-120.0, 120.0));
            let (size, corners) = (random.between(1e-6, 30.0), 3 + random.below(9));
            Thing {
                rings: vec![wild(random, middle, size, corners)],
                counts: random.chance(0.5),
            }
        });
        let things = things.collect();
        let plot = Plot {
            access: shell.windows(2).map(|ends| [ends[0], ends[1]]).collect(),
            shell,
            holes: vec![wild(random, at(10.0, 10.0), 5.0, 5), Vec::new()],
            things,
        };
        let wish = Wish {
            lots: 2 + random.below(3),
            least_area: random.between(0.0, 4000.0),
            areas: None,
            clearance: random.between(0.0, 3.0),
            least_access: random.between(0.0, 5.0),
            most_bends: random.below(3),
            ways: 3,
        };
        for way in divide(&plot, &wish).into_iter().flatten() {
            assert_eq!(way.lots.len(), wish.lots);
            assert!(
                way.lots
                    .iter()
                    .all(|lot| lot.area >= wish.least_area - 0.005)
            );
        }
    });
}
