//! A ring and a distance → the ring that winds round all that is no farther from what the first winds round.

use std::f64::consts::PI;

use geo::Coord;

use crate::geometry::ring::{cross, dot};

/// A round corner is cut into turns of no more than this, in radians: its chords lie outside of the arc, by 0.12 % of the
/// distance at the most, and the ground between is 0.08 % of the round corner's.
const TURN: f64 = PI / 32.0;

/// Writes the ring into `grown`, closed. The ring is that of a polygon, which lies to its left.
///
/// It crosses itself, and winds round every point at least once that is within `distance` of the polygon, and round no
/// other save the slivers between arc and chords: for it is the sum of the ring, of the rectangle to the right of each
/// edge, and of a sector at each corner that turns left, all of them winding the same way, and their sides between them
/// cancel.
pub(super) fn grow(ring: &[Coord], distance: f64, grown: &mut Vec<Coord>) {
    grown.clear();
    let corners = &ring[..ring.len().saturating_sub(1)];
    let count = corners.len();
    let direction = |from: usize, to: usize| {
        let along = corners[to % count] - corners[from % count];
        along / dot(along, along).sqrt()
    };
    for (at, &corner) in corners.iter().enumerate() {
        if count < 2 {
            break;
        }
        let (before, after) = (direction(at + count - 1, at), direction(at, at + 1));
        let (turn, ahead) = (cross(before, after), dot(before, after));
        let right = |along: Coord| Coord {
            x: along.y,
            y: -along.x,
        };
        if turn < 0.0 {
            let (from, to) = (right(before) * distance, right(after) * distance);
            grown.extend([corner + from, corner, corner + to]);
        } else {
            round(corner, right(before) * distance, turn.atan2(ahead), grown);
        }
    }
    grown.extend(grown.first().copied());
}

/// The corners of the chords that touch an arc of an angle round `corner`, which begins at `spoke` from it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 1 to 32"
)]
fn round(corner: Coord, spoke: Coord, angle: f64, chords: &mut Vec<Coord>) {
    // a right angle is cut alike wherever it lies, and however it is rounded
    let count = (angle / TURN - 1e-3).ceil().max(1.0);
    let half = angle / count / 2.0;
    let turned = |spoke: Coord, (sin, cos): (f64, f64)| Coord {
        x: spoke.x * cos - spoke.y * sin,
        y: spoke.x * sin + spoke.y * cos,
    };
    let mut spoke = turned(spoke, half.sin_cos()) / half.cos();
    let step = (2.0 * half).sin_cos();
    for _ in 0..count as usize {
        chords.push(corner + spoke);
        spoke = turned(spoke, step);
    }
}
