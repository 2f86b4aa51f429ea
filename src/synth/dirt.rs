//! Clean shapes → shapes of which a measured share has a flaw, and the list of what was planted where.

use geo::Coord;

use super::block::count;
use super::plane::{Ring, crosses};
use super::plane::{direction, distance, extent, holds, left, middle, moved, rounded};
use super::rng::Rng;
use crate::geometry::Shapes;

/// A flaw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A point twice in a row.
    RepeatedPoint,
    /// A ring whose last point is not its first.
    Unclosed,
    /// A shell that runs clockwise.
    Reversed,
    /// A line out to a point and back.
    Spike,
    /// A ring that crosses itself.
    BowTie,
    /// A hole beside its shell.
    HoleOutside,
    /// A second part on top of the first.
    OverlappingParts,
    /// A ring without area.
    ZeroArea,
    /// No geometry.
    Null,
    /// Drawn a few centimetres over its neighbour.
    Overlap,
    /// Drawn a few centimetres short of its neighbour.
    Gap,
    /// The id of another parcel.
    RepeatedId,
    /// A building whose key names another parcel.
    WrongParcel,
}

/// Flaws of parcels, planted in turn.
pub(super) const PARCEL_DIRT: &[Flaw] = &[
    Flaw::Overlap,
    Flaw::Gap,
    Flaw::BowTie,
    Flaw::RepeatedId,
    Flaw::Null,
    Flaw::Spike,
    Flaw::RepeatedPoint,
    Flaw::Reversed,
    Flaw::HoleOutside,
    Flaw::OverlappingParts,
    Flaw::ZeroArea,
    Flaw::Unclosed,
];

/// Flaws of buildings, planted in turn.
pub(super) const BUILDING_DIRT: &[Flaw] = &[
    Flaw::BowTie,
    Flaw::WrongParcel,
    Flaw::Spike,
    Flaw::Null,
    Flaw::RepeatedPoint,
    Flaw::Reversed,
    Flaw::HoleOutside,
    Flaw::OverlappingParts,
    Flaw::ZeroArea,
    Flaw::Unclosed,
];

/// A flaw in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Planted {
    /// The row that has it.
    pub row: u32,
    /// What it is.
    pub flaw: Flaw,
    /// The other row that it concerns.
    pub other: Option<u32>,
    /// Its size in metres, where it has one.
    pub metres: Option<f64>,
}

/// Plants the flaws of `kinds` in turn, evenly over the rows; sorted by row.
pub(super) fn soil(shapes: &mut Shapes, kinds: &[Flaw], share: f64, seed: u64) -> Vec<Planted> {
    let rows = count(shapes.len());
    let wanted = share_of(rows, share);
    if wanted == 0 {
        return Vec::new();
    }
    let mut planted = Vec::new();
    let mut soiled = Shapes::default();
    let mut next = 0;
    for (number, &kind) in (0..wanted).zip(kinds.iter().cycle()) {
        let mut rng = Rng::of(seed, 41, number.into(), 0);
        let from = u64::from(rows) * u64::from(number) / u64::from(wanted);
        let until = u64::from(rows) * u64::from(number + 1) / u64::from(wanted);
        let row = count(usize::try_from(from).unwrap_or(0))
            + rng.below(count(usize::try_from(until - from).unwrap_or(1)));
        while next < row {
            soiled.push(shapes.get(next as usize));
            next += 1;
        }
        planted.push(spoil(shapes, row, kind, &mut soiled, &mut rng));
        next = row + 1;
    }
    for row in next..rows {
        soiled.push(shapes.get(row as usize));
    }
    *shapes = soiled;
    planted
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most the count of rows"
)]
fn share_of(rows: u32, share: f64) -> u32 {
    (f64::from(rows) * share.clamp(0.0, 1.0)).round() as u32
}

/// Adds row `row` with a flaw; another flaw where its form does not allow the one asked for.
fn spoil(shapes: &Shapes, row: u32, flaw: Flaw, out: &mut Shapes, rng: &mut Rng) -> Planted {
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
    let at = rng.below(count(ring.len())) as usize;
    let centre = middle(&ring);
    let mut more: Vec<(bool, Ring)> = Vec::new();
    match flaw {
        Flaw::RepeatedPoint => ring.insert(at, ring[at]),
        Flaw::Unclosed | Flaw::Null => {}
        Flaw::Reversed => ring.reverse(),
        Flaw::Spike => {
            let long = rng.within(1.0, 12.0);
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
                None => return spoil(shapes, row, Flaw::RepeatedPoint, out, rng),
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
                rng.within(0.02, 0.08)
            } else {
                -rng.within(0.02, 0.3)
            };
            match shove(shapes, row, &mut ring, outward) {
                Some(other) => (planted.other, planted.metres) = (Some(other), Some(outward.abs())),
                None => return spoil(shapes, row, Flaw::RepeatedPoint, out, rng),
            }
        }
        Flaw::RepeatedId => planted.other = Some(if row > 0 { row - 1 } else { row + 1 }),
        Flaw::WrongParcel => planted.other = Some(rng.below(count(shapes.len()))),
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
            ring.splice(edge + 1..edge + 1, steps);
            return neighbour;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(count: u32) -> Shapes {
        let mut shapes = Shapes::default();
        for k in 0..count {
            let x = f64::from(k) * 10.0;
            shapes.push_ring(
                &[
                    (x, 0.0),
                    (x + 10.0, 0.0),
                    (x + 10.0, 10.0),
                    (x, 10.0),
                    (x, 0.0),
                ]
                .map(Coord::from),
            );
            shapes.end_part();
            shapes.end_shape();
        }
        shapes
    }

    #[test]
    fn a_measured_share_gets_a_flaw_and_the_rest_stays_as_it_was() {
        let clean = squares(1200);
        let mut shapes = clean.clone();
        let planted = soil(&mut shapes, PARCEL_DIRT, 0.05, 1);
        assert_eq!(planted.len(), 60);
        assert_eq!(shapes.len(), 1200);
        assert!(planted.is_sorted_by(|a, b| a.row < b.row));
        for row in 0..1200_u32 {
            let same = shapes.get(row as usize).to_geo() == clean.get(row as usize).to_geo();
            let flaw = planted
                .iter()
                .find(|planted| planted.row == row)
                .map(|planted| planted.flaw);
            let only_a_note = matches!(flaw, None | Some(Flaw::RepeatedId | Flaw::Unclosed));
            assert_eq!(same, only_a_note, "{row} {flaw:?}");
        }
    }

    #[test]
    fn an_overlap_reaches_over_the_neighbour_that_is_named() {
        let mut shapes = squares(3);
        let planted = soil(&mut shapes, &[Flaw::Overlap], 0.34, 1);
        let row = planted[0].row;
        let other = planted[0].other.unwrap();
        assert_eq!(row.abs_diff(other), 1);
        assert!(
            planted[0]
                .metres
                .is_some_and(|metres| (0.02..=0.08).contains(&metres))
        );
    }
}
