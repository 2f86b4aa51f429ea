//! Our own well-known binary → its points, and the box around them.

use geo::Coord;

use crate::geometry::Bounds;

/// The lists of points in well-known binary as it is written here: little-endian and in the plane. One list for a point or a
/// line; for polygons each ring, a new polygon where the flag is set.
pub(super) fn lists(wkb: &[u8]) -> Vec<(bool, Vec<Coord>)> {
    let mut lists = Vec::new();
    let mut rest = wkb;
    while let Some(kind) = rest.get(1..5).and_then(|four| four.first_chunk::<4>()) {
        let kind = u32::from_le_bytes(*kind);
        rest = &rest[5..];
        match kind {
            1 => lists.push((true, points(&mut rest, 1))),
            2 => {
                let count = count(&mut rest);
                lists.push((true, points(&mut rest, count)));
            }
            3 => {
                for ring in 0..count(&mut rest) {
                    let count = count(&mut rest);
                    lists.push((ring == 0, points(&mut rest, count)));
                }
            }
            // what holds others: they come next
            _ => {
                count(&mut rest);
            }
        }
    }
    lists
}

fn count(rest: &mut &[u8]) -> usize {
    let Some((four, after)) = rest.split_first_chunk::<4>() else {
        return 0;
    };
    *rest = after;
    u32::from_le_bytes(*four) as usize
}

fn points(rest: &mut &[u8], count: usize) -> Vec<Coord> {
    let mut points = Vec::with_capacity(count);
    for _ in 0..count {
        let Some((x, after)) = rest.split_first_chunk::<8>() else {
            break;
        };
        let Some((y, after)) = after.split_first_chunk::<8>() else {
            break;
        };
        *rest = after;
        points.push(Coord {
            x: f64::from_le_bytes(*x),
            y: f64::from_le_bytes(*y),
        });
    }
    points
}

/// The box around all points of some lists.
pub(super) fn bounds(lists: &[(bool, Vec<Coord>)]) -> Option<Bounds> {
    let boxes = lists.iter().map(|(_, points)| Bounds::of(points));
    boxes.reduce(Bounds::union)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::{Shapes, encode_point_wkb, encode_wkb};

    #[test]
    fn the_rings_of_polygons_are_told_apart() {
        let ring = |low: f64, high: f64| {
            let corners = [(low, low), (high, low), (high, high), (low, low)];
            corners.map(Coord::from).to_vec()
        };
        let mut shapes = Shapes::default();
        shapes.push_ring(&ring(0.0, 9.0));
        shapes.push_ring(&ring(1.0, 2.0));
        shapes.end_part();
        shapes.push_ring(&ring(20.0, 30.0));
        shapes.end_part();
        shapes.end_shape();
        let mut wkb = Vec::new();
        encode_wkb(shapes.get(0), false, &mut wkb);
        let lists = lists(&wkb);
        let begins: Vec<bool> = lists.iter().map(|(begins, _)| *begins).collect();
        assert_eq!(begins, [true, false, true]);
        assert_eq!(lists[1].1, ring(1.0, 2.0));
        let around = bounds(&lists).unwrap();
        assert_eq!((around.min.x, around.max.y), (0.0, 30.0));
        wkb.clear();
        encode_point_wkb(Coord { x: 1.0, y: 2.0 }, &mut wkb);
        assert_eq!(super::lists(&wkb)[0].1, [Coord { x: 1.0, y: 2.0 }]);
    }
}
