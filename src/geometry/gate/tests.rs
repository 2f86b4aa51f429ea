use super::*;
use crate::geometry::plane_area;

type Points<'a> = &'a [(f64, f64)];

const SQUARE: Points = &[
    (0.0, 0.0),
    (10.0, 0.0),
    (10.0, 10.0),
    (0.0, 10.0),
    (0.0, 0.0),
];

/// One part for each list of rings.
fn shape(parts: &[&[Points]]) -> Shapes {
    let mut shapes = Shapes::default();
    for part in parts {
        for ring in *part {
            shapes.push_ring(
                &ring
                    .iter()
                    .map(|&(x, y)| Coord { x, y })
                    .collect::<Vec<_>>(),
            );
        }
        shapes.end_part();
    }
    shapes.end_shape();
    shapes
}

/// What the gate says of a shape, and the area it lets through.
fn gate(parts: &[&[Points]]) -> (Vec<FlawKind>, f64) {
    let mut out = Shapes::default();
    let admission = admit(shape(parts).get(0), Some(false), &mut out);
    assert_eq!(out.len(), 1);
    let area = plane_area(out.get(0));
    match admission {
        Admission::Clean => (Vec::new(), area),
        Admission::Repaired(flaws) => (flaws.iter().map(|flaw| flaw.kind).collect(), area),
        Admission::Refused(flaw) => {
            assert!(out.get(0).is_empty());
            (vec![flaw.kind], f64::NAN)
        }
    }
}

fn assert_gate(parts: &[&[Points]], flaws: &[FlawKind], area: f64) {
    let (found, measured) = gate(parts);
    assert_eq!(found, flaws);
    assert!((measured - area).abs() < 1e-6, "{measured} is not {area}");
}

#[test]
fn a_valid_square_and_a_square_with_a_hole_pass_untouched() {
    let hole: Points = &[(2.0, 2.0), (2.0, 4.0), (4.0, 4.0), (4.0, 2.0), (2.0, 2.0)];
    assert_gate(&[&[SQUARE]], &[], 100.0);
    assert_gate(&[&[SQUARE, hole]], &[], 96.0);
}

#[test]
fn repeated_points_and_open_rings_are_tidied() {
    let repeated: Points = &[
        (0.0, 0.0),
        (10.0, 0.0),
        (10.0, 0.0),
        (10.0, 10.0),
        (0.0, 10.0),
        (0.0, 0.0),
        (0.0, 0.0),
    ];
    assert_gate(&[&[repeated]], &[FlawKind::RepeatedPoint], 100.0);
    assert_gate(&[&[&SQUARE[..4]]], &[FlawKind::UnclosedRing], 100.0);
}

#[test]
fn a_spike_is_cut_wherever_it_stands() {
    let outward: Points = &[
        (0.0, 0.0),
        (10.0, 0.0),
        (10.0, 5.0),
        (36.0, 5.0),
        (10.0, 5.0),
        (10.0, 10.0),
        (0.0, 10.0),
        (0.0, 0.0),
    ];
    let at_start: Points = &[
        (-5.0, -5.0),
        (0.0, 0.0),
        (10.0, 0.0),
        (10.0, 10.0),
        (0.0, 10.0),
        (0.0, 0.0),
        (-5.0, -5.0),
    ];
    let along: Points = &[
        (0.0, 0.0),
        (14.0, 0.0),
        (10.0, 0.0),
        (10.0, 10.0),
        (0.0, 10.0),
        (0.0, 0.0),
    ];
    for ring in [outward, at_start, along] {
        assert_gate(&[&[ring]], &[FlawKind::Spike], 100.0);
    }
}

#[test]
fn a_bow_tie_keeps_both_its_triangles() {
    let bow: Points = &[
        (0.0, 0.0),
        (10.0, 10.0),
        (10.0, 0.0),
        (0.0, 10.0),
        (0.0, 0.0),
    ];
    assert_gate(&[&[bow]], &[FlawKind::SelfIntersection], 50.0);
}

#[test]
fn a_ring_that_touches_itself_keeps_its_area() {
    let pinched: Points = &[
        (0.0, 0.0),
        (5.0, 5.0),
        (10.0, 0.0),
        (10.0, 10.0),
        (5.0, 5.0),
        (0.0, 10.0),
        (0.0, 0.0),
    ];
    assert_gate(&[&[pinched]], &[FlawKind::SelfIntersection], 50.0);
}

#[test]
fn mending_brings_every_corner_back_to_the_last_digit() {
    let (x, y) = (748_123.456_789_012_3, 2_960_001.234_567_891);
    let bow = [
        (0.0, 0.0),
        (101.1, 99.7),
        (100.3, 0.2),
        (0.7, 100.9),
        (0.0, 0.0),
    ];
    let bow: Vec<(f64, f64)> = bow.iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
    let mut out = Shapes::default();
    admit(shape(&[&[&bow]]).get(0), Some(false), &mut out);
    for &(x, y) in &bow {
        assert!(out.coords().contains(&Coord { x, y }), "{x}, {y}");
    }
}

#[test]
fn a_ring_that_goes_over_the_same_ground_twice_counts_it_once() {
    let twice: Points = &[
        (0.0, 0.0),
        (10.0, 0.0),
        (10.0, 10.0),
        (0.0, 10.0),
        (0.0, 2.0),
        (8.0, 2.0),
        (8.0, 8.0),
        (-2.0, 8.0),
        (-2.0, 0.0),
        (0.0, 0.0),
    ];
    let (found, area) = gate(&[&[twice]]);
    assert_eq!(found, [FlawKind::SelfIntersection]);
    assert!((area - 116.0).abs() < 1e-6, "{area}");
}

#[test]
fn wrong_winding_is_turned_and_named() {
    let backwards: Vec<(f64, f64)> = SQUARE.iter().rev().copied().collect();
    let same_way: Points = &[(2.0, 2.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0), (2.0, 2.0)];
    assert_gate(&[&[&backwards]], &[FlawKind::WrongWinding], 100.0);
    assert_gate(&[&[SQUARE, same_way]], &[FlawKind::WrongWinding], 96.0);
}

#[test]
fn holes_count_only_where_they_are_inside() {
    let outside: Points = &[
        (20.0, 0.0),
        (20.0, 5.0),
        (25.0, 5.0),
        (25.0, 0.0),
        (20.0, 0.0),
    ];
    let across: Points = &[(8.0, 2.0), (8.0, 4.0), (12.0, 4.0), (12.0, 2.0), (8.0, 2.0)];
    let first: Points = &[(1.0, 1.0), (1.0, 9.0), (9.0, 9.0), (9.0, 1.0), (1.0, 1.0)];
    let nested: Points = &[(3.0, 3.0), (3.0, 5.0), (5.0, 5.0), (5.0, 3.0), (3.0, 3.0)];
    let touching: Points = &[(0.0, 5.0), (2.0, 6.0), (2.0, 4.0), (0.0, 5.0)];
    assert_gate(&[&[SQUARE, outside]], &[FlawKind::HoleOutside], 100.0);
    assert_gate(&[&[SQUARE, across]], &[FlawKind::HoleOutside], 96.0);
    assert_gate(&[&[SQUARE, first, nested]], &[FlawKind::HoleOutside], 36.0);
    assert_gate(&[&[SQUARE, touching]], &[], 98.0);
}

#[test]
fn a_hole_that_cuts_its_shell_in_two_leaves_two_parts() {
    let across: Points = &[(0.0, 5.0), (5.0, 6.0), (10.0, 5.0), (5.0, 4.0), (0.0, 5.0)];
    let along: Points = &[(0.0, 2.0), (0.0, 8.0), (4.0, 8.0), (4.0, 2.0), (0.0, 2.0)];
    for (hole, area, parts) in [(across, 90.0, 2), (along, 76.0, 1)] {
        let mut out = Shapes::default();
        let found = admit(shape(&[&[SQUARE, hole]]).get(0), Some(false), &mut out);
        assert!(
            matches!(&found, Admission::Repaired(flaws) if flaws[0].kind == FlawKind::HoleOutside)
        );
        assert!((plane_area(out.get(0)) - area).abs() < 1e-6);
        assert_eq!(out.get(0).parts().len(), parts);
        assert!(out.get(0).parts().all(|part| part.rings().len() == 1));
    }
}

#[test]
fn a_hole_as_large_as_its_shell_leaves_no_area() {
    let backwards: Vec<(f64, f64)> = SQUARE.iter().rev().copied().collect();
    assert_eq!(gate(&[&[SQUARE, &backwards]]).0, [FlawKind::ZeroArea]);
}

#[test]
fn a_sliver_of_a_hole_does_not_make_the_rest_unmeasurable() {
    // 32 m long and 0.2 mm wide: the overlay's grid moves its area by more than a ten-millionth
    let sliver: Points = &[
        (0.074, 31.926),
        (23.963, 12.222),
        (31.926, 6.445),
        (16.0, 16.0),
        (0.074, 31.926),
    ];
    let bow: Points = &[
        (0.074, 0.074),
        (31.926, 25.555),
        (31.926, 6.445),
        (0.074, 31.926),
        (0.074, 0.074),
    ];
    let thin: Points = &[
        (23.963, 11.222),
        (16.0, 16.0),
        (31.926, 6.445),
        (23.963, 11.222),
    ];
    let (found, area) = gate(&[&[bow, sliver, thin]]);
    assert_eq!(found, [FlawKind::SelfIntersection]);
    assert!((area - 401.6).abs() < 0.1, "{area}");
}

#[test]
fn parts_that_overlap_count_once() {
    let shifted: Points = &[
        (5.0, 0.0),
        (15.0, 0.0),
        (15.0, 10.0),
        (5.0, 10.0),
        (5.0, 0.0),
    ];
    let apart: Points = &[
        (10.0, 0.0),
        (15.0, 0.0),
        (15.0, 10.0),
        (10.0, 10.0),
        (10.0, 0.0),
    ];
    assert_gate(
        &[&[SQUARE], &[shifted]],
        &[FlawKind::OverlappingParts],
        150.0,
    );
    assert_gate(&[&[SQUARE], &[apart]], &[], 150.0);
}

#[test]
fn what_cannot_be_measured_is_refused_by_name() {
    let nan: Points = &[(0.0, 0.0), (f64::NAN, 0.0), (10.0, 10.0), (0.0, 0.0)];
    let far: Points = &[(0.0, 0.0), (1e300, 0.0), (10.0, 10.0), (0.0, 0.0)];
    let flat: Points = &[(0.0, 0.0), (5.0, 5.0), (10.0, 10.0), (0.0, 0.0)];
    assert_eq!(gate(&[&[nan]]).0, [FlawKind::NotFinite]);
    assert_eq!(gate(&[&[far]]).0, [FlawKind::OutOfRange]);
    assert_eq!(gate(&[&[flat]]).0, [FlawKind::ZeroArea]);
    assert_gate(
        &[&[SQUARE], &[flat]],
        &[FlawKind::ZeroArea, FlawKind::Spike],
        100.0,
    );
}

#[test]
fn the_direction_of_a_layer_is_that_of_most_shells_or_none() {
    let forwards = shape(&[&[SQUARE]]);
    let backwards: Vec<(f64, f64)> = SQUARE.iter().rev().copied().collect();
    let backwards = shape(&[&[&backwards]]);
    let layer = |forth: usize, back: usize| {
        let some =
            std::iter::repeat_n(&forwards, forth).chain(std::iter::repeat_n(&backwards, back));
        shell_direction(some)
    };
    assert_eq!(
        (layer(1, 0), layer(1, 2), layer(1, 1)),
        (Some(false), Some(true), Some(false))
    );
    assert_eq!((layer(60, 40), layer(90, 10)), (None, Some(false)));
}

#[test]
fn mending_keeps_every_corner_of_the_boundary_however_nearly_in_line() {
    let (x, y) = (40_637_123.456_789, 3_165_001.234_567);
    // a road with a corner every ten metres, a few micrometres off its line, that touches itself once
    for (length, width, wobble) in [
        (300.0, 6.0, 3e-6),
        (3_000.0, 12.0, 1e-4),
        (30_000.0, 8.0, 5e-4),
    ] {
        let steps: u32 = 40;
        let off = |at: u32| f64::from(at * 7919 % 13) / 13.0 * wobble;
        let along = |at: u32| length * f64::from(at) / f64::from(steps);
        let mut ring: Vec<(f64, f64)> =
            (0..=steps).map(|at| (x + along(at), y + off(at))).collect();
        ring.extend(
            (0..=steps)
                .rev()
                .map(|at| (x + along(at), y + width + off(at))),
        );
        let corners = ring.clone();
        // a loop that closes on a corner of the lower side
        ring.splice(
            20..20,
            [
                (x + along(20), y + off(20)),
                (x + along(20) - 1.0, y - 2.0),
                (x + along(20) + 1.0, y - 2.0),
            ],
        );
        ring.push(ring[0]);
        let mut out = Shapes::default();
        let found = admit(shape(&[&[&ring]]).get(0), Some(false), &mut out);
        assert!(
            matches!(found, Admission::Repaired(_)),
            "{length}: {found:?}"
        );
        for &(x, y) in &corners {
            assert!(out.coords().contains(&Coord { x, y }), "{length}: {x}, {y}");
        }
    }
}

#[test]
fn strips_of_any_length_that_touch_themselves_are_mended() {
    for length in [10_000.0, 50_000.0, 200_000.0] {
        for (number, width) in [4.0, 6.5, 12.0].into_iter().enumerate() {
            let (x, y) = (412_345.678 + 17.3 * width, 3_165_987.654);
            let slope = [0.0, 0.37, -1.9][number];
            let at = |t: f64, s: f64| (x + t, y + t * slope + s);
            let mut ring = Vec::new();
            let steps = 200_u32;
            for step in 0..=steps {
                ring.push(at(length * f64::from(step) / f64::from(steps), 0.0));
                if step == 77 {
                    let t = length * 77.0 / f64::from(steps);
                    ring.extend([at(t + 2.0, -3.0), at(t - 2.0, -3.0), at(t, 0.0)]);
                }
            }
            ring.extend(
                (0..=steps)
                    .rev()
                    .map(|step| at(length * f64::from(step) / f64::from(steps), width)),
            );
            ring.push(ring[0]);
            let (found, area) = gate(&[&[&ring]]);
            assert_eq!(found, [FlawKind::SelfIntersection], "{length} {width}");
            let expected = length * width + 6.0;
            assert!(
                (area - expected).abs() < 0.01,
                "{length} {width}: {area} for {expected}"
            );
        }
    }
}
