//! A ring in units of a tile → what of it lies in the tile, with as few points as the eye can tell apart.

use geo::{Coord, LineString, Simplify};

/// How far beyond its edge a tile is drawn, in units: outlines do not show where it ends.
pub(super) const BUFFER: f64 = 64.0;

/// A coordinate of a point.
type Axis = fn(Coord) -> f64;

/// A closed ring cut to a square from `-BUFFER` to `extent + BUFFER`; empty where it lies outside.
pub(super) fn clipped(ring: Vec<Coord>, extent: f64) -> Vec<Coord> {
    let (low, high) = (-BUFFER, extent + BUFFER);
    let within = |at: &Coord| (low..=high).contains(&at.x) && (low..=high).contains(&at.y);
    if ring.iter().all(within) {
        return ring;
    }
    let mut ring = ring;
    ring.pop();
    let sides: [(Axis, f64, f64); 4] = [
        (|at| at.x, low, 1.0),
        (|at| at.x, high, -1.0),
        (|at| at.y, low, 1.0),
        (|at| at.y, high, -1.0),
    ];
    for (of, bound, sign) in sides {
        let inside = |at: Coord| (of(at) - bound) * sign;
        let mut kept = Vec::with_capacity(ring.len() + 4);
        for (at, here) in ring.iter().enumerate() {
            let before = ring[(at + ring.len() - 1) % ring.len()];
            let (a, b) = (inside(before), inside(*here));
            if (a < 0.0) != (b < 0.0) {
                let share = a / (a - b);
                kept.push(before + (*here - before) * share);
            }
            if b >= 0.0 {
                kept.push(*here);
            }
        }
        ring = kept;
    }
    if let Some(first) = ring.first().copied() {
        ring.push(first);
    }
    ring
}

/// A closed ring on whole units, open and turned so that its area, with y to the south, has the sign of a shell or of a hole;
/// `None` where nothing of it is left.
pub(super) fn on_grid(ring: Vec<Coord>, tolerance: f64, is_shell: bool) -> Option<Vec<[i32; 2]>> {
    let line = LineString(ring);
    let line = if tolerance > 0.0 {
        line.simplify(tolerance)
    } else {
        line
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "clipped to a few thousand units"
    )]
    let mut points: Vec<[i32; 2]> = line
        .0
        .iter()
        .map(|at| [at.x.round() as i32, at.y.round() as i32])
        .collect();
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let doubled = area_doubled(&points);
    if points.len() < 3 || doubled == 0 {
        return None;
    }
    if (doubled > 0) != is_shell {
        points.reverse();
    }
    Some(points)
}

/// Twice the area of an open ring: positive where it runs clockwise on a screen.
fn area_doubled(points: &[[i32; 2]]) -> i64 {
    let next = points.iter().cycle().skip(1);
    let parts = points
        .iter()
        .zip(next)
        .map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1]));
    parts.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().map(|at| Coord::from(*at)).collect()
    }

    #[test]
    fn what_lies_beyond_the_buffer_is_cut_off() {
        let wide = ring(&[
            (-900.0, 10.0),
            (9000.0, 10.0),
            (9000.0, 50.0),
            (-900.0, 50.0),
            (-900.0, 10.0),
        ]);
        let cut = clipped(wide, 4096.0);
        let xs = cut.iter().map(|at| at.x);
        assert_eq!(
            (xs.clone().fold(0.0, f64::min), xs.fold(0.0, f64::max)),
            (-64.0, 4160.0)
        );
        let far = ring(&[(5000.0, 0.0), (5001.0, 0.0), (5001.0, 1.0), (5000.0, 0.0)]);
        assert!(clipped(far, 4096.0).is_empty());
    }

    #[test]
    fn shells_run_clockwise_on_the_screen_and_holes_the_other_way() {
        let square = ring(&[
            (0.0, 0.0),
            (0.0, 10.0),
            (10.0, 10.0),
            (10.0, 0.0),
            (0.0, 0.0),
        ]);
        let shell = on_grid(square.clone(), 0.0, true).unwrap();
        let hole = on_grid(square, 0.0, false).unwrap();
        assert!(area_doubled(&shell) == 200 && area_doubled(&hole) == -200);
    }

    #[test]
    fn a_ring_without_area_is_none() {
        let line = ring(&[(0.0, 0.0), (0.2, 0.1), (0.4, 0.2), (0.0, 0.0)]);
        assert_eq!(on_grid(line, 0.0, true), None);
        assert_eq!(on_grid(Vec::new(), 1.0, true), None);
    }
}
