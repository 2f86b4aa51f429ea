//! A seed → a shape with what real layers are broken by: crossings, spikes, repeats, stray holes, piled parts.

use geo::Coord;

use super::random::{Random, rounded};
use super::reference::{Parts, Ring, closed};

/// One to three parts around a real place; whole metres, where everything meets everything, millimetres, or all digits.
pub fn dirty(random: &mut Random) -> Parts {
    let (x, y) = [
        (636_943.0, 3_165_737.0),
        (40_636_943.0, 3_165_737.0),
        (0.0, 0.0),
    ][random.below(3)];
    let grain = random.below(3);
    let parts = 1 + random.below(5) / 2;
    let mut shape: Parts = (0..parts).map(|_| part(random)).collect();
    for c in shape.iter_mut().flatten().flatten() {
        *c = match grain {
            0 => Coord {
                x: c.x.round() + x,
                y: c.y.round() + y,
            },
            1 => rounded(Coord {
                x: c.x + x,
                y: c.y + y,
            }),
            _ => Coord {
                x: c.x + x,
                y: c.y + y,
            },
        };
    }
    for ring in shape.iter_mut().flatten() {
        soil(random, ring);
    }
    shape
}

fn part(random: &mut Random) -> Vec<Ring> {
    let at = random.lattice(30);
    let size = random.between(6.0, 20.0);
    let shell = ring(random, at, size);
    let mut rings = vec![shell];
    for _ in 0..random.below(4) {
        let shell = &rings[0];
        let corner = shell[random.below(shell.len())];
        let other = shell[random.below(shell.len())];
        let hole = match random.below(7) {
            // nested in the one before, or the same again
            0 => {
                let last = rings.last().unwrap().clone();
                let middle = last.iter().fold(Coord::zero(), |sum, &c| sum + c) / last.len() as f64;
                let scale = [0.5, 1.0][random.below(2)];
                last.iter()
                    .map(|&c| middle + (c - middle) * scale)
                    .collect()
            }
            // touching in a corner, or in the middle of an edge
            1 => vec![corner, at, (at + other) / 2.0],
            2 => vec![(shell[0] + shell[1]) / 2.0, at, (at + corner) / 2.0],
            // touching twice
            3 => vec![
                corner,
                (at + corner) / 2.0 + Coord { x: 0.0, y: 1.0 },
                other,
                at,
            ],
            // across a corner
            4 => ring(random, corner, size * 0.3),
            // outside
            5 => ring(
                random,
                at + Coord {
                    x: 3.0 * size,
                    y: 0.0,
                },
                size * 0.3,
            ),
            _ => ring(random, at, size * 0.2),
        };
        rings.push(hole);
    }
    rings
}

/// An open ring around `at`.
fn ring(random: &mut Random, at: Coord, size: f64) -> Ring {
    let count = 3 + random.below(8);
    let spoke = |share: f64, far: f64| {
        let angle = share * std::f64::consts::TAU;
        at + Coord {
            x: angle.cos(),
            y: angle.sin(),
        } * (size * far)
    };
    match random.below(9) {
        // a bow-tie, balanced half of the time
        0 => {
            let wide = if random.chance(0.5) { size } else { size * 0.6 };
            let corners = [(-size, -size), (size, wide), (size, -wide), (-size, size)];
            corners.map(|(x, y)| at + Coord { x, y }).into()
        }
        // a star polygon, which winds round its middle more than once
        1 => {
            let (points, step) = [(5, 2), (7, 2), (7, 3), (8, 3), (9, 4)][random.below(5)];
            (0..points)
                .map(|point| spoke(f64::from(point * step % points) / f64::from(points), 1.0))
                .collect()
        }
        // twice around, the second time wider or on the very same line (GEOS loses faces between two rounds that lie
        // 1e-15 apart, so that is no test)
        2 => {
            let wider = [0.0, 0.4][random.below(2)];
            (0..2 * count)
                .map(|point| {
                    spoke(
                        (point % count) as f64 / count as f64,
                        0.6 + wider * (point / count) as f64,
                    )
                })
                .collect()
        }
        // any order of corners
        3 => (0..count)
            .map(|_| at + (random.lattice(8) - Coord { x: 4.0, y: 4.0 }) * (size / 4.0))
            .collect(),
        // all on one line
        4 if random.chance(0.3) => (0..count)
            .map(|_| at + Coord { x: 1.0, y: 2.0 } * (random.below(9) as f64))
            .collect(),
        // a keyhole: once around, in by a bridge, once around the other way, out by the same bridge
        5 => {
            let out = (0..=count).map(|point| spoke((point % count) as f64 / count as f64, 1.0));
            let back = (0..=count)
                .map(|point| spoke(((count - point) % count) as f64 / count as f64, 0.5));
            out.chain(back).collect()
        }
        // pinched: two loops that meet in a corner
        6 => {
            let corners = [
                (0.0, 0.0),
                (1.0, 0.5),
                (1.0, 1.0),
                (0.0, 0.0),
                (-1.0, 1.0),
                (-1.0, -0.5),
            ];
            corners.map(|(x, y)| at + Coord { x, y } * size).into()
        }
        _ => (0..count)
            .map(|point| {
                spoke(
                    (point as f64 + random.between(0.0, 0.5)) / count as f64,
                    random.between(0.4, 1.0),
                )
            })
            .collect(),
    }
}

/// Repeats points, sets spikes, turns the ring round, leaves it open.
fn soil(random: &mut Random, ring: &mut Ring) {
    if random.chance(0.2) {
        let at = random.below(ring.len());
        for _ in 0..=random.below(3) {
            ring.insert(at, ring[at]);
        }
    }
    if random.chance(0.2) {
        let (at, tip) = (random.below(ring.len()), random.lattice(30));
        let foot = ring[at];
        let tip = foot + tip - Coord { x: 15.0, y: 15.0 };
        ring.splice(at..at, [foot, tip]);
    }
    if random.chance(0.3) {
        ring.reverse();
    }
    if random.chance(0.9) {
        *ring = closed(ring);
    }
}
