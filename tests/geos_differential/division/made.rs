//! A seed → a plot that can be divided as it should be, for it was made from its lots.

use geo::Coord;
use plotratio::geometry::division::{Plot, Thing, Wish};

use super::plane::{at, crossing, edges, from_ring, halves, is_inside, length, shoelace};
use super::random::{Random, rounded};

/// A plot, and a wish that the lines it was made with fulfil with some slack.
pub struct Made {
    pub plot: Plot,
    pub wish: Wish,
}

/// A counter-clockwise ring of some 100 m around zero.
fn shell(random: &mut Random) -> Vec<Coord> {
    let (wide, high) = (random.between(60.0, 220.0), random.between(60.0, 160.0));
    let box_of = |x: f64, y: f64, right: f64, top: f64| {
        vec![at(x, y), at(right, y), at(right, top), at(x, top)]
    };
    match random.below(5) {
        0 => box_of(0.0, 0.0, wide, high),
        1 => {
            // a crooked box
            let mut ring = box_of(0.0, 0.0, wide, high);
            for corner in &mut ring {
                corner.x += random.between(-15.0, 15.0);
                corner.y += random.between(-15.0, 15.0);
            }
            ring
        }
        2 => {
            // corners of an ellipse
            let count = 5 + random.below(8);
            let mut angles: Vec<f64> = (0..count)
                .map(|k| {
                    (k as f64 + random.between(0.1, 0.9)) / count as f64 * std::f64::consts::TAU
                })
                .collect();
            angles.sort_by(f64::total_cmp);
            angles
                .iter()
                .map(|a| at(a.cos() * wide / 1.6, a.sin() * high / 1.6))
                .collect()
        }
        3 => {
            // an L
            let (x, y) = (
                wide * random.between(0.3, 0.7),
                high * random.between(0.3, 0.7),
            );
            vec![
                at(0.0, 0.0),
                at(wide, 0.0),
                at(wide, y),
                at(x, y),
                at(x, high),
                at(0.0, high),
            ]
        }
        _ => {
            // a box with a notch or a bulge
            let (x, y) = (
                wide * random.between(0.2, 0.4),
                high * random.between(-0.3, 0.3),
            );
            let to = wide * random.between(0.6, 0.8);
            vec![
                at(0.0, 0.0),
                at(x, 0.0),
                at(x, y),
                at(to, y),
                at(to, 0.0),
                at(wide, 0.0),
                at(wide, high),
                at(0.0, high),
            ]
        }
    }
}

/// A chord of a ring from a place inside it: both directions to the border.
fn ray(ring: &[Coord], from: Coord, along: Coord) -> Option<(usize, Coord)> {
    let far = (from, from + along * 1e4);
    let hits = edges(ring).into_iter().enumerate().filter_map(|(k, edge)| {
        let (there, on) = crossing(far, edge)?;
        Some((there, k, edge.0 + (edge.1 - edge.0) * on))
    });
    let (_, edge, place) = hits.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some((edge, place))
}

fn inside(random: &mut Random, ring: &[Coord]) -> Option<Coord> {
    let low = ring
        .iter()
        .fold(ring[0], |l, c| at(l.x.min(c.x), l.y.min(c.y)));
    let high = ring
        .iter()
        .fold(ring[0], |l, c| at(l.x.max(c.x), l.y.max(c.y)));
    (0..100).find_map(|_| {
        let place = at(random.between(low.x, high.x), random.between(low.y, high.y));
        is_inside(ring, place).then_some(place)
    })
}

/// A direction: along one of the axes, or any.
fn heading(random: &mut Random, axes: f64) -> Coord {
    let angle = if random.chance(axes) {
        random.below(4) as f64 * std::f64::consts::FRAC_PI_2
    } else {
        random.between(0.0, std::f64::consts::TAU)
    };
    at(angle.cos(), angle.sin())
}

/// A line through a ring with that many bends, its two sides.
fn cut(
    random: &mut Random,
    ring: &[Coord],
    bends: usize,
    axes: f64,
) -> Option<(Vec<Coord>, [Vec<Coord>; 2])> {
    let place = inside(random, ring)?;
    let one = heading(random, axes);
    let other = if bends == 0 {
        -one
    } else if random.chance(axes) {
        let right = at(-one.y, one.x);
        if random.chance(0.5) { right } else { -right }
    } else {
        let angle = random.between(60.0, 150.0_f64).to_radians()
            * if random.chance(0.5) { 1.0 } else { -1.0 };
        let (y, x) = angle.sin_cos();
        at(one.x * x - one.y * y, one.x * y + one.y * x)
    };
    let (from, to) = (ray(ring, place, one)?, ray(ring, place, other)?);
    if from.0 == to.0 || length(from.1 - place) < 5.0 || length(to.1 - place) < 5.0 {
        return None;
    }
    let bends: Vec<Coord> = if bends == 0 { Vec::new() } else { vec![place] };
    let sides = halves(ring, from, &bends, to);
    let mut line = vec![from.1];
    line.extend(&bends);
    line.push(to.1);
    Some((line, sides))
}

/// A box or an L somewhere in a ring.
fn building(random: &mut Random, ring: &[Coord], largest: f64) -> Option<Vec<Coord>> {
    let place = inside(random, ring)?;
    let (wide, high) = (random.between(6.0, largest), random.between(6.0, largest));
    let mut corners = vec![at(0.0, 0.0), at(wide, 0.0), at(wide, high), at(0.0, high)];
    if random.chance(0.3) {
        let (x, y) = (
            wide * random.between(0.3, 0.6),
            high * random.between(0.3, 0.6),
        );
        corners = vec![
            at(0.0, 0.0),
            at(wide, 0.0),
            at(wide, y),
            at(x, y),
            at(x, high),
            at(0.0, high),
        ];
    }
    let along = heading(random, 0.8);
    let turned = corners.iter().map(|c| {
        place + at(c.x * along.x - c.y * along.y, c.x * along.y + c.y * along.x)
            - at(wide, high) * 0.5
    });
    Some(turned.collect())
}

/// The longest stretch with access of a lot, both given by their edges.
pub fn longest(lot: &[Coord], access: &[[Coord; 2]]) -> f64 {
    let mut runs: Vec<f64> = vec![0.0];
    let list = edges(lot);
    for (a, b) in list.iter().chain(&list) {
        let middle = (*a + *b) * 0.5;
        let is_on = access
            .iter()
            .any(|s| super::plane::from_segment(middle, (s[0], s[1])) < 1e-3);
        if is_on {
            *runs.last_mut().unwrap() += length(*b - *a);
        } else {
            runs.push(0.0);
        }
    }
    let around: f64 = list.iter().map(|(a, b)| length(*b - *a)).sum();
    runs.into_iter().fold(0.0, f64::max).min(around)
}

/// Tries once to make a plot of so many lots, its lines with so many bends.
pub fn made(random: &mut Random, lots: usize, bends: usize) -> Option<Made> {
    let ring = shell(random);
    let clearance = [0.0, 1.0, 3.0, 5.0][random.below(4)];
    let mut pieces = vec![ring.clone()];
    let mut lines = Vec::new();
    let axes = if bends > 0 { 0.7 } else { 0.4 };
    while pieces.len() < lots {
        let piece = pieces.swap_remove(random.below(pieces.len()));
        let (line, sides) = cut(random, &piece, bends, axes)?;
        lines.push(line);
        pieces.extend(sides);
    }
    let areas: Vec<f64> = pieces.iter().map(|piece| shoelace(piece)).collect();
    let smallest = areas.iter().copied().fold(f64::INFINITY, f64::min);
    if smallest < 400.0 {
        return None;
    }
    let mut things: Vec<Thing> = Vec::new();
    // the more crowded, the more it takes to find a way
    let (each, largest) = (1 + random.below(6), random.between(12.0, 60.0));
    for piece in &pieces {
        let mut count = 0;
        for _ in 0..8 * each {
            let Some(ring) = building(random, piece, largest) else {
                continue;
            };
            let clear = lines.iter().all(|line| {
                line.windows(2)
                    .all(|leg| from_ring((leg[0], leg[1]), &ring) > clearance + 0.5)
            });
            let within = ring.iter().all(|&c| is_inside(piece, c))
                && edges(piece).iter().all(|&e| from_ring(e, &ring) > 0.0);
            let apart = things.iter().all(|thing| {
                edges(&ring)
                    .iter()
                    .all(|&e| from_ring(e, &thing.rings[0]) > 0.0)
                    && !is_inside(&ring, thing.rings[0][0])
            });
            if clear && within && apart {
                let counts = count == 0 || random.chance(0.8);
                things.push(Thing {
                    rings: vec![ring],
                    counts,
                });
                count += 1;
                if count == each {
                    break;
                }
            }
        }
        if count == 0 {
            return None;
        }
    }
    let all: Vec<[Coord; 2]> = edges(&ring).into_iter().map(|(a, b)| [a, b]).collect();
    let (mut access, mut least_access) = (all.clone(), 3.0);
    if random.chance(0.5) {
        access = all.into_iter().filter(|_| random.chance(0.4)).collect();
        let shortest = pieces
            .iter()
            .map(|lot| longest(lot, &access))
            .fold(f64::INFINITY, f64::min);
        least_access = if shortest > 1.0 {
            (shortest / 1.05).min(6.0)
        } else {
            0.0
        };
    }
    let mut areas_asked = None;
    let slack = random.between(1.01, 1.3);
    if random.chance(0.2) {
        areas_asked = Some(areas);
    }
    let turn = heading(random, 0.2);
    let origin = if random.chance(0.5) {
        at(40_512_345.0, 3_167_890.0)
    } else {
        at(0.0, 0.0)
    };
    let move_to =
        |c: Coord| rounded(origin + at(c.x * turn.x - c.y * turn.y, c.x * turn.y + c.y * turn.x));
    for thing in &mut things {
        thing.rings[0].iter_mut().for_each(|c| *c = move_to(*c));
    }
    Some(Made {
        plot: Plot {
            shell: ring.into_iter().map(move_to).collect(),
            holes: Vec::new(),
            things,
            access: access.into_iter().map(|ends| ends.map(move_to)).collect(),
        },
        wish: Wish {
            lots,
            least_area: smallest / slack,
            areas: areas_asked,
            clearance,
            least_access,
            most_bends: bends,
            ways: 3,
        },
    })
}
