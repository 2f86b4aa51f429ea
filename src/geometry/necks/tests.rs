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
    assert_eq!(parts.coords().len(), 7 + 5, "no new corner");
}

#[test]
fn squares_that_a_gap_joins_come_apart() {
    // beside each other, 10 m apart, joined by a gap of 0.1 m
    let joined = "0 0, 20 0, 20 10, 30 10, 30 0, 50 0, 50 20, 30 20, 30 10.1, 20 10.1, 20 20, 0 20";
    assert_eq!(cut(&[joined]), [400.0, 400.0, 1.0]);
    // corner over corner, through an opening of 0.1 m without length
    let opening = "0 0, 20 0, 20 20, 39.9 20, 39.9 40, 19.9 40, 19.9 20, 0 20";
    assert_eq!(cut(&[opening]), [400.0, 400.0]);
}

#[test]
fn a_tail_with_bends_comes_off_as_one_part() {
    let bent = "0 0, 20 0, 20 20, 0.2 20, 0.2 29.8, 10 29.8, 10 40, 9.8 40, 9.8 30, 0 30";
    assert_eq!(cut(&[bent]), [400.0, 5.96]);
    // round a bow of 30 m, a corner each metre
    let angles = || (0..=90_u32).map(|step| f64::from(step).to_radians());
    let bow = |radius: f64| {
        move |angle: f64| {
            format!(
                "{} {}",
                30.0 - radius * angle.cos(),
                radius * angle.sin() + 20.0
            )
        }
    };
    let outer: Vec<String> = angles().rev().map(bow(30.0)).collect();
    let inner: Vec<String> = angles().map(bow(29.8)).collect();
    let ring = format!(
        "0 0, 20 0, 20 20, {}, {}",
        inner.join(", "),
        outer.join(", ")
    );
    let parts = cut_at_necks(polygon(&[&ring]).get(0), 0.5);
    assert_eq!(parts.len(), 2);
    // cut at the foot of the corner, 2 mm up the bow
    assert!((areas(&parts)[0] - 400.0).abs() < 1e-3);
}

#[test]
fn a_taper_goes_where_its_mouth_is_narrow_and_stays_where_it_is_wide() {
    let wide = "0 0, 20 0, 20 20, 0.6 20, 0 50, 0 20";
    assert_eq!(cut(&[wide]), [409.0]);
    let narrow = "0 0, 20 0, 20 20, 0.4 20, 0 50, 0 20";
    assert_eq!(cut(&[narrow]), [400.0, 6.0]);
    // no corner at its mouth
    assert_eq!(cut(&["0 0, 100 0, 0 1"]), [50.0]);
}

#[test]
fn the_gap_around_a_parcel_in_a_hole_comes_off_where_it_is_narrow() {
    // 0.2 m on all sides: a sliver as it is, and whole
    let gap = [
        "0 0, 20.4 0, 20.4 20.4, 0 20.4",
        "0.2 0.2, 0.2 20.2, 20.2 20.2, 20.2 0.2",
    ];
    assert_eq!(cut(&gap), [16.16]);
    // 0.2 m on three sides, 10 m on the right
    let beside = [
        "0 0, 30.2 0, 30.2 20.4, 0 20.4",
        "0.2 0.2, 0.2 20.2, 20.2 20.2, 20.2 0.2",
    ];
    assert_eq!(cut(&beside), [204.0, 12.08]);
}

#[test]
fn a_gap_in_the_form_of_a_t_parts_three_squares() {
    // a bar of 20 m and a stem of 10 m, both 0.2 m wide, a square of 10 m at each end
    let ring = "-20 -9.8, -10 -9.8, -10 0, -0.1 0, -0.1 -10, -5 -10, -5 -20, 5 -20, 5 -10, 0.1 -10, 0.1 0, \
                10 0, 10 -9.8, 20 -9.8, 20 0.2, -20 0.2";
    assert_eq!(cut(&[ring]), [100.0, 100.0, 100.0, 6.0]);
    // where four gaps of 0.4 m meet there is room for a circle of 0.5 m: they stay apart
    let cross = "0 0, 20 0, 20 9.8, 30 9.8, 30 0, 30.4 0, 30.4 9.8, 40 9.8, 40 10.2, 30.4 10.2, 30.4 20, 30 20, \
                 30 10.2, 20 10.2, 20 20, 0 20";
    assert_eq!(cut(&[cross]), [400.0, 4.0, 3.92, 3.92, 3.84, 0.16]);
}

#[test]
fn wiggles_of_digitising_are_not_cut() {
    // teeth of 0.2 m along a side
    let tooth = |at: u32| {
        format!(
            "{} 10, {} 9.8",
            10.0 - 0.4 * f64::from(at),
            9.8 - 0.4 * f64::from(at)
        )
    };
    let teeth: Vec<String> = (0..25).map(tooth).collect();
    let saw = polygon(&[&format!("0 0, 10 0, {}, 0 10", teeth.join(", "))]);
    assert_eq!(cut_at_necks(saw.get(0), 0.5), saw);
    // a round hole in steps of 0.2 m, and a round shell around it
    let circle = |radius: f64, turn: f64| -> String {
        let steps = 150;
        let place = |step: u32| {
            let angle = turn * f64::from(step) / f64::from(steps) * std::f64::consts::TAU;
            format!("{} {}", radius * angle.cos(), radius * angle.sin())
        };
        (0..steps).map(place).collect::<Vec<_>>().join(", ")
    };
    let ring = polygon(&[&circle(9.0, 1.0), &circle(4.8, -1.0)]);
    assert_eq!(cut_at_necks(ring.get(0), 0.5), ring);
}

#[test]
fn what_has_no_neck_comes_back_byte_for_byte() {
    let shape = polygon(&["20 20, 0 20, 0 0, 20 0", "5 5, 5 6, 6 6, 6 5"]);
    assert_eq!(cut_at_necks(shape.get(0), 0.5), shape);
    for width in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let tail = polygon(&["0 0, 20 0, 20 20, 0.2 20, 0.2 50, 0 50"]);
        assert_eq!(cut_at_necks(tail.get(0), width), tail);
    }
    let mut empty = Shapes::default();
    empty.end_shape();
    assert!(cut_at_necks(empty.get(0), 0.5).is_empty());
}

#[test]
fn the_result_does_not_hang_on_where_a_ring_begins() {
    let places = [
        "0 0", "20 0", "20 20", "10.3 20", "10.2 31", "10 50", "10 20.1", "0 20",
    ];
    let hole = ["15 19.7", "17 19.7", "17 15", "15 15"];
    let expected = cut_at_necks(polygon(&[&places.join(","), &hole.join(",")]).get(0), 0.5);
    assert!(expected.len() > 1);
    for turn in 0..8 {
        let (mut places, mut hole) = (places, hole);
        places.rotate_left(turn);
        hole.rotate_left(turn % 4);
        let shape = polygon(&[&places.join(","), &hole.join(",")]);
        assert_eq!(cut_at_necks(shape.get(0), 0.5), expected);
    }
}
