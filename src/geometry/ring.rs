//! Closed rings of coordinates: area, direction, what lies inside.

use geo::Coord;
use robust::{Coord as Exact, orient2d};

/// The signed area of a closed ring, in square units: positive when counter-clockwise. Summed from its first point,
/// so that seven-digit coordinates cost no digits of the result.
pub fn signed_area(ring: &[Coord]) -> f64 {
    let Some(&origin) = ring.first() else {
        return 0.0;
    };
    ring.windows(2)
        .map(|edge| cross(edge[0] - origin, edge[1] - origin))
        .sum::<f64>()
        / 2.0
}

/// The third component of the cross product of two vectors.
pub fn cross(a: Coord, b: Coord) -> f64 {
    a.x * b.y - a.y * b.x
}

/// The scalar product of two vectors.
pub fn dot(a: Coord, b: Coord) -> f64 {
    a.x * b.x + a.y * b.y
}

/// On which side of the line from `a` to `b` the point `c` lies: positive left, negative right, zero exactly on it.
pub fn side(a: Coord, b: Coord, c: Coord) -> f64 {
    let exact = |c: Coord| Exact { x: c.x, y: c.y };
    orient2d(exact(a), exact(b), exact(c))
}

/// How often the ring winds around `point`; `None` when the point lies exactly on it.
pub fn winding(ring: &[Coord], point: Coord) -> Option<i32> {
    let mut turns = 0;
    for edge in ring.windows(2) {
        let (a, b) = (edge[0], edge[1]);
        if a == point {
            return None;
        }
        if (a.y <= point.y) == (b.y <= point.y) {
            let level = a.y == point.y && b.y == point.y;
            if level && (a.x.min(b.x)..=a.x.max(b.x)).contains(&point.x) {
                return None;
            }
            continue;
        }
        let turn = side(a, b, point);
        if turn == 0.0 {
            return None;
        }
        match (a.y <= point.y, turn > 0.0) {
            (true, true) => turns += 1,
            (false, false) => turns -= 1,
            _ => {}
        }
    }
    Some(turns)
}

/// The distance from `point` to the segment from `a` to `b`.
pub fn distance(point: Coord, a: Coord, b: Coord) -> f64 {
    let (along, to) = (b - a, point - a);
    let squared = dot(along, along);
    let share = if squared > 0.0 {
        (dot(to, along) / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let off = to - along * share;
    dot(off, off).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
        points.iter().map(|&(x, y)| Coord { x, y }).collect()
    }

    #[test]
    fn a_far_away_square_keeps_all_digits_of_its_area() {
        let square = ring(&[
            (4e7, 3e6),
            (4e7 + 0.5, 3e6),
            (4e7 + 0.5, 3e6 + 0.5),
            (4e7, 3e6 + 0.5),
            (4e7, 3e6),
        ]);
        assert!((signed_area(&square) - 0.25).abs() < 1e-15);
    }

    #[test]
    fn a_point_is_inside_outside_or_on_the_ring() {
        let square = ring(&[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0), (0.0, 0.0)]);
        let at = |x, y| winding(&square, Coord { x, y });
        assert_eq!(
            (at(1.0, 1.0), at(3.0, 1.0), at(1.0, 2.0), at(0.0, 0.0)),
            (Some(1), Some(0), None, None)
        );
        assert_eq!(
            (at(-1.0, 2.0), at(-1.0, 0.0), at(1.0, 0.0)),
            (Some(0), Some(0), None)
        );
    }
}
