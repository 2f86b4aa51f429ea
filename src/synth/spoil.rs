//! A sound polygon and a flaw → the polygon with the flaw.

use geo::Coord;

use super::dice::Dice;
use super::dirt::{Flaw, Planted};
use super::plane::{
    Ring, crosses, direction, distance, extent, holds, left, middle, moved, rounded,
};
use super::rows::count;
use crate::geometry::Shapes;

/// Adds row `row` with a flaw; another flaw where its form does not allow the one asked for.
pub(super) fn spoil(
    shapes: &Shapes,
    row: u32,
    flaw: Flaw,
    out: &mut Shapes,
    dice: &mut Dice,
) -> Planted {
    let shape = shapes.get(row as usize);
    let mut planted = Planted {
        row,
        flaw,
        other: None,
        metres: None,
    };
    let Some(shell) = shape.rings().next() else {
        out.end_shape();
        return planted;
    };
    let mut ring: Ring = shell[..shell.len() - 1].to_vec();
    let at = dice.below(count(ring.len())) as usize;
    let centre = middle(&ring);
    let mut more: Vec<(bool, Ring)> = Vec::new();
    match flaw {
        Flaw::RepeatedPoint => ring.insert(at, ring[at]),
        Flaw::Unclosed
        | Flaw::Null
        | Flaw::AcrossLine
        | Flaw::OverAnother
        | Flaw::OnNoParcel
        | Flaw::NoStoreys => {}
        Flaw::Reversed => ring.reverse(),
        Flaw::Spike => {
            let long = dice.within(1.0, 12.0);
            let tip = rounded(moved(ring[at], direction(centre, ring[at]), long));
            ring.splice(at..at, [ring[at], tip]);
            planted.metres = Some(long);
        }
        Flaw::BowTie => {
            let n = ring.len();
            let turn = (0..n).find(|k| {
                let p = |step: usize| ring[(k + step) % n];
                n > 3 && crosses(p(0), p(2), p(1), p(3))
            });
            match turn {
                Some(k) => ring.swap((k + 1) % n, (k + 2) % n),
                None => return spoil(shapes, row, Flaw::RepeatedPoint, out, dice),
            }
        }
        Flaw::HoleOutside => {
            let axis = Coord { x: 1.0, y: 0.0 };
            let corner = moved(centre, axis, extent(&ring, centre, axis).1 + 3.0);
            let square = [(0.0, 0.0), (0.0, 2.0), (2.0, 2.0), (2.0, 0.0)];
            more.push((
                false,
                square
                    .map(|off| rounded(corner + Coord::from(off)))
                    .to_vec(),
            ));
        }
        Flaw::OverlappingParts => {
            let half = ring
                .iter()
                .map(|&c| rounded(moved(ring[0], c - ring[0], 0.5)))
                .collect();
            more.push((true, half));
        }
        Flaw::ZeroArea => ring = vec![ring[0], ring[1], ring[1]],
        Flaw::Overlap | Flaw::Gap => {
            let outward = if flaw == Flaw::Overlap {
                dice.within(0.02, 0.08)
            } else {
                -dice.within(0.02, 0.3)
            };
            match shove(shapes, row, &mut ring, outward) {
                Some(other) => (planted.other, planted.metres) = (Some(other), Some(outward.abs())),
                None => return spoil(shapes, row, Flaw::RepeatedPoint, out, dice),
            }
        }
        Flaw::RepeatedId => planted.other = Some(if row > 0 { row - 1 } else { row + 1 }),
        Flaw::WrongParcel => planted.other = Some(dice.below(count(shapes.len()))),
    }
    if flaw != Flaw::Null {
        push_ring(out, &ring, flaw != Flaw::Unclosed);
        for hole in shape.rings().skip(1) {
            out.push_ring(hole);
        }
        for (new_part, ring) in more {
            if new_part {
                out.end_part();
            }
            push_ring(out, &ring, true);
        }
        out.end_part();
    }
    out.end_shape();
    planted
}

fn push_ring(out: &mut Shapes, ring: &[Coord], close: bool) {
    for &c in ring {
        out.push_coord(c);
    }
    if close {
        out.push_coord(ring[0]);
    }
    out.end_ring();
}

/// Moves the inner part of an edge outwards, over a neighbour; which one.
fn shove(shapes: &Shapes, row: u32, ring: &mut Ring, outward: f64) -> Option<u32> {
    let near = row.saturating_sub(500)..(row + 500).min(count(shapes.len()));
    let n = ring.len();
    for edge in 0..n {
        let (a, b) = (ring[edge], ring[(edge + 1) % n]);
        let along = direction(a, b);
        let out = Coord {
            x: -left(along).x,
            y: -left(along).y,
        };
        if distance(a, b) < 2.5 {
            continue;
        }
        let inner = |share: f64, by: f64| rounded(moved(moved(a, b - a, share), out, by));
        let beyond = [0.2, 0.5, 0.8].map(|share| inner(share, 0.4));
        let neighbour = near.clone().find(|&other| {
            let coords = shapes.get(other as usize).coords();
            other != row && !coords.is_empty() && beyond.iter().all(|&c| holds(coords, c))
        });
        if neighbour.is_some() {
            let steps = [inner(0.2, outward), inner(0.8, outward)];
            ring.splice((edge + 1)..=edge, steps);
            return neighbour;
        }
    }
    None
}
