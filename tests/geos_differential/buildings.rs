//! A seed → buildings on a block: rectangles, Ls, Us, courtyards, turned, over lines and over each other.

use geo::Coord;

use super::random::{Random, rounded};
use super::reference::{Parts, closed};

/// Some buildings around the corners of the parcels, so that many stand across lines.
pub fn buildings(random: &mut Random, parcels: &[Parts]) -> Vec<Parts> {
    let corners: Vec<Coord> = parcels
        .iter()
        .flatten()
        .flatten()
        .flatten()
        .copied()
        .collect();
    let angle = random.between(0.0, 6.3);
    let mut buildings = Vec::new();
    for _ in 0..(1 + random.below(12)).min(corners.len()) {
        let (a, b) = (
            corners[random.below(corners.len())],
            corners[random.below(corners.len())],
        );
        let at = a + (b - a) * random.between(0.0, 0.6);
        let turn = if random.chance(0.7) {
            angle
        } else {
            random.between(0.0, 6.3)
        };
        buildings.push(building(random, at, turn));
    }
    buildings
}

fn building(random: &mut Random, at: Coord, turn: f64) -> Parts {
    let (w, h) = (random.between(4.0, 40.0), random.between(4.0, 20.0));
    let (u, v) = (w * random.between(0.2, 0.45), h * random.between(0.2, 0.45));
    let mut rings: Vec<Vec<(f64, f64)>> = vec![match random.below(4) {
        0 => vec![(0.0, 0.0), (w, 0.0), (w, v), (u, v), (u, h), (0.0, h)],
        1 => vec![
            (0.0, 0.0),
            (w, 0.0),
            (w, h),
            (w - u, h),
            (w - u, v),
            (u, v),
            (u, h),
            (0.0, h),
        ],
        _ => vec![(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)],
    }];
    if rings[0].len() == 4 && random.chance(0.4) {
        rings.push(vec![(u, v), (u, h - v), (w - u, h - v), (w - u, v)]);
    }
    let (sin, cos) = turn.sin_cos();
    let put = |&(x, y): &(f64, f64)| {
        rounded(
            at + Coord {
                x: x * cos - y * sin,
                y: x * sin + y * cos,
            },
        )
    };
    vec![
        rings
            .iter()
            .map(|ring| closed(&ring.iter().map(put).collect::<Vec<_>>()))
            .collect(),
    ]
}
