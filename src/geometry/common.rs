//! The area that two shapes have in common, by clipping triangles: signed pieces add up, so no overlay is built.

use std::cell::RefCell;

use geo::Coord;

use super::ShapeRef;
use super::ring::{cross, signed_area};

/// The area, in square units, of what two shapes that have passed the gate share.
///
/// The rings of the smaller one are cut into triangles fanning out from their first point (a convex ring is taken
/// whole); each clips the rings of the larger one, and the signed areas of what is left add up to the common area.
pub fn common_area(a: ShapeRef<'_>, b: ShapeRef<'_>) -> f64 {
    ROOM.with_borrow_mut(|room| room.common_area(a, b))
}

thread_local! {
    /// Millions of small areas are measured: memory for them is asked for once.
    static ROOM: RefCell<ClipScratch> = RefCell::default();
}

/// Room to clip in.
#[derive(Default)]
struct ClipScratch {
    clip: Vec<Coord>,
    from: Vec<Coord>,
    to: Vec<Coord>,
    /// How far each corner lies to the left of a line.
    sides: Vec<f64>,
}

impl ClipScratch {
    fn common_area(&mut self, a: ShapeRef<'_>, b: ShapeRef<'_>) -> f64 {
        let (clip, subject) = if a.coords().len() <= b.coords().len() {
            (a, b)
        } else {
            (b, a)
        };
        let Some(&origin) = clip.coords().first() else {
            return 0.0;
        };
        let mut area = 0.0;
        let mut ring = std::mem::take(&mut self.clip);
        for corners in clip.rings() {
            ring.clear();
            ring.extend(corners.iter().map(|&corner| corner - origin));
            if is_convex(&ring) {
                area += self.clipped(subject, origin, &ring);
                continue;
            }
            for edge in ring[1..ring.len() - 1].windows(2) {
                let turn = cross(edge[0] - ring[0], edge[1] - ring[0]);
                if turn > 0.0 {
                    area += self.clipped(subject, origin, &[ring[0], edge[0], edge[1], ring[0]]);
                } else if turn < 0.0 {
                    area -= self.clipped(subject, origin, &[ring[0], edge[1], edge[0], ring[0]]);
                }
            }
        }
        self.clip = ring;
        area.max(0.0)
    }

    /// The signed area of the subject's rings inside a convex ring given from `origin`.
    fn clipped(&mut self, subject: ShapeRef<'_>, origin: Coord, convex: &[Coord]) -> f64 {
        let mut area = 0.0;
        for ring in subject.rings() {
            self.from.clear();
            self.from.extend(ring.iter().map(|&corner| corner - origin));
            area += clipped_area(convex, self);
        }
        area
    }
}

/// Whether a closed ring turns left, or not at all, at every corner, and goes round once.
pub fn is_convex(ring: &[Coord]) -> bool {
    let corners = ring.len() - 1;
    let edge = |index: usize| ring[index % corners + 1] - ring[index % corners];
    let mut falls = 0;
    for index in 0..corners {
        let (here, next) = (edge(index), edge(index + 1));
        if cross(here, next) < 0.0 {
            return false;
        }
        // a ring that goes round once changes from upwards to downwards once
        falls += i32::from(here.y >= 0.0 && next.y < 0.0);
    }
    falls == 1
}

/// The signed area of the ring in `from` inside the counter-clockwise convex ring (Sutherland and Hodgman's clipping; the
/// bridges it leaves along the clip have no area).
fn clipped_area(convex: &[Coord], room: &mut ClipScratch) -> f64 {
    let ClipScratch {
        from, to, sides, ..
    } = room;
    for line in convex.windows(2) {
        let (start, along) = (line[0], line[1] - line[0]);
        if along == Coord::zero() {
            continue;
        }
        sides.clear();
        sides.extend(from.iter().map(|&corner| cross(along, corner - start)));
        if sides.iter().all(|side| *side >= 0.0) {
            continue;
        }
        to.clear();
        for (edge, sides) in from.windows(2).zip(sides.windows(2)) {
            let (a, b) = (edge[0], edge[1]);
            let (left_a, left_b) = (sides[0], sides[1]);
            if left_a >= 0.0 {
                to.push(a);
            }
            if (left_a > 0.0 && left_b < 0.0) || (left_a < 0.0 && left_b > 0.0) {
                to.push(a + (b - a) * (left_a / (left_a - left_b)));
            }
        }
        if to.is_empty() {
            return 0.0;
        }
        to.push(to[0]);
        std::mem::swap(from, to);
    }
    signed_area(from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Shapes;

    fn shape(rings: &[&[(f64, f64)]]) -> Shapes {
        let mut shapes = Shapes::default();
        for ring in rings {
            let ring: Vec<Coord> = ring
                .iter()
                .chain(ring.first())
                .map(|&(x, y)| Coord { x, y })
                .collect();
            shapes.push_ring(&ring);
        }
        shapes.end_part();
        shapes.end_shape();
        shapes
    }

    const SQUARE: &[(f64, f64)] = &[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
    const ELL: &[(f64, f64)] = &[
        (5.0, 5.0),
        (15.0, 5.0),
        (15.0, 8.0),
        (8.0, 8.0),
        (8.0, 15.0),
        (5.0, 15.0),
    ];

    fn common(a: &[&[(f64, f64)]], b: &[&[(f64, f64)]]) -> f64 {
        let (a, b) = (shape(a), shape(b));
        let area = common_area(a.get(0), b.get(0));
        assert!((area - common_area(b.get(0), a.get(0))).abs() < 1e-12);
        area
    }

    #[test]
    fn common_areas_are_what_a_ruler_says() {
        assert!((common(&[SQUARE], &[ELL]) - 21.0).abs() < 1e-12);
        assert!((common(&[ELL], &[ELL]) - 51.0).abs() < 1e-12);
        assert!(
            (common(
                &[SQUARE],
                &[&[(10.0, 0.0), (20.0, 0.0), (20.0, 10.0), (10.0, 10.0)]]
            ))
            .abs()
                < 1e-12
        );
    }

    #[test]
    fn holes_are_not_common_ground() {
        let hole: &[(f64, f64)] = &[(2.0, 2.0), (2.0, 8.0), (8.0, 8.0), (8.0, 2.0)];
        assert!(
            (common(
                &[SQUARE, hole],
                &[&[(0.0, 0.0), (5.0, 0.0), (5.0, 10.0), (0.0, 10.0)]]
            ) - 32.0)
                .abs()
                < 1e-12
        );
        assert!((common(&[SQUARE, hole], &[ELL]) - (21.0 - 9.0)).abs() < 1e-12);
    }

    #[test]
    fn a_ring_that_goes_round_twice_is_not_convex() {
        let once: Vec<Coord> = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
            .map(Coord::from)
            .into();
        let closed = |ring: Vec<Coord>| ring.iter().chain(&ring[..1]).copied().collect::<Vec<_>>();
        assert!(is_convex(&closed(once.clone())));
        assert!(!is_convex(&closed([once.clone(), once].concat())));
    }
}
