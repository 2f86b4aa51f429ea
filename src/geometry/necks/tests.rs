//! Shapes with round numbers, cut.

use geo::Coord;

use super::super::plane_area;
use super::*;

/// One polygon of rings like `0 0, 20 0, 20 20`, shell to the left, holes to the right.
fn polygon(rings: &[&str]) -> Shapes {
    let mut shapes = Shapes::default();
    for ring in rings {
        let place = |text: &str| {
            let mut numbers = text.split_whitespace().map(|n| n.parse().unwrap());
            Coord {
                x: numbers.next().unwrap(),
                y: numbers.next().unwrap(),
            }
        };
        let mut ring: Vec<Coord> = ring.split(',').map(place).collect();
        ring.push(ring[0]);
        shapes.push_ring(&ring);
    }
    shapes.end_part();
    shapes.end_shape();
    shapes
}

/// The areas of the parts to a millionth, the largest first.
fn areas(parts: &Shapes) -> Vec<f64> {
    let mut areas: Vec<f64> = parts
        .iter()
        .map(|part| (plane_area(part) * 1e6).round() / 1e6)
        .collect();
    areas.sort_by(|a, b| b.total_cmp(a));
    areas
}

fn cut(rings: &[&str]) -> Vec<f64> {
    areas(&cut_at_necks(polygon(rings).get(0), 0.5))
}

#[test]
fn a_tail_comes_off_a_square() {
    // in line with a side: the mouth has one reflex corner
    assert_eq!(
        cut(&["0 0, 20 0, 20 20, 0.2 20, 0.2 50, 0 50"]),
        [400.0, 6.0]
    );
    // from the middle of a side: the mouth has two
    let middle = &["0 0, 20 0, 20 20, 10.2 20, 10.2 50, 10 50, 10 20, 0 20"];
    let parts = cut_at_necks(polygon(middle).get(0), 0.5);
    assert_eq!(areas(&parts), [400.0, 6.0]);
    assert_eq!(parts.coords().len(), 9 + 5, "no new corner");
}
