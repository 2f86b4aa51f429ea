use super::*;
use crate::geometry::Shapes;

fn shape(points: &[(f64, f64)]) -> Shapes {
    let mut shapes = Shapes::default();
    shapes.push_ring(
        &points
            .iter()
            .chain(points.first())
            .map(|&(x, y)| Coord { x, y })
            .collect::<Vec<_>>(),
    );
    shapes.end_part();
    shapes.end_shape();
    shapes
}

fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Shapes {
    shape(&[
        (x, y),
        (x + width, y),
        (x + width, y + height),
        (x, y + height),
    ])
}

fn meet(a: &Shapes, b: &Shapes, tolerance: f64) -> Option<(ContactKind, f64, f64, f64)> {
    let millimetres = |number: f64| (number * 1000.0).round() / 1000.0;
    let index = |shapes: &Shapes| EdgeIndex::of(shapes.get(0));
    let reach = Reach {
        tolerance,
        gap: 0.5,
    };
    let there = contact(
        (a.get(0), &index(a)),
        (b.get(0), &index(b)),
        reach,
        &mut Scratch::default(),
    );
    let back = contact(
        (b.get(0), &index(b)),
        (a.get(0), &index(a)),
        reach,
        &mut Scratch::default(),
    );
    assert_eq!(
        there.map(|c| c.kind),
        back.map(|c| c.kind),
        "both ways alike"
    );
    there.map(|c| {
        (
            c.kind,
            millimetres(c.shared),
            millimetres(c.overlap),
            millimetres(c.gap),
        )
    })
}

const TOLERANCES: [f64; 2] = [0.0, 0.05];

#[test]
fn squares_side_by_side_share_an_edge() {
    let square = rectangle(0.0, 0.0, 10.0, 10.0);
    for tolerance in TOLERANCES {
        assert_eq!(
            meet(&square, &rectangle(10.0, 0.0, 10.0, 10.0), tolerance),
            Some((ContactKind::Edge, 10.0, 0.0, 0.0))
        );
        assert_eq!(
            meet(&square, &rectangle(10.0, 4.0, 10.0, 10.0), tolerance),
            Some((ContactKind::Edge, 6.0, 0.0, 0.0))
        );
    }
}

#[test]
fn a_corner_is_a_point_whatever_the_tolerance() {
    let square = rectangle(0.0, 0.0, 10.0, 10.0);
    let tilted = shape(&[(10.0, 10.0), (20.0, 11.0), (20.0, 20.0), (11.0, 20.0)]);
    for tolerance in TOLERANCES {
        assert_eq!(
            meet(&square, &rectangle(10.0, 10.0, 10.0, 10.0), tolerance),
            Some((ContactKind::Point, 0.0, 0.0, 0.0))
        );
        assert_eq!(
            meet(&square, &tilted, tolerance),
            Some((ContactKind::Point, 0.0, 0.0, 0.0))
        );
    }
}

#[test]
fn a_junction_off_the_line_by_a_millimetre_is_found_within_the_tolerance() {
    let wide = shape(&[(0.0, 0.0), (20.0, 0.0), (20.0, 10.0), (0.0, 10.0)]);
    let left = shape(&[(0.0, 10.0), (10.0, 10.001), (10.0, 20.0), (0.0, 20.0)]);
    let right = shape(&[(10.0, 10.001), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0)]);
    assert_eq!(
        meet(&wide, &left, 0.05),
        Some((ContactKind::Edge, 10.0, 0.0, 0.0))
    );
    assert_eq!(
        meet(&wide, &right, 0.05),
        Some((ContactKind::Edge, 10.0, 0.0, 0.0))
    );
    assert_eq!(
        meet(&left, &right, 0.05),
        Some((ContactKind::Edge, 9.999, 0.0, 0.0))
    );
}

#[test]
fn a_digitising_gap_is_an_edge_within_the_tolerance_and_a_gap_without() {
    let square = rectangle(0.0, 0.0, 10.0, 40.0);
    let beside = rectangle(10.03, 0.0, 10.0, 40.0);
    assert_eq!(
        meet(&square, &beside, 0.05),
        Some((ContactKind::Edge, 40.0, 0.0, 0.03))
    );
    assert_eq!(
        meet(&square, &beside, 0.0),
        Some((ContactKind::Gap, 0.0, 0.0, 0.03))
    );
    assert_eq!(meet(&square, &rectangle(10.6, 0.0, 10.0, 40.0), 0.05), None);
}

#[test]
fn a_small_overlap_is_an_edge_within_the_tolerance_and_an_overlap_without() {
    let square = rectangle(0.0, 0.0, 10.0, 40.0);
    let over = rectangle(9.97, 0.0, 10.0, 40.0);
    assert_eq!(
        meet(&square, &over, 0.05),
        Some((ContactKind::Edge, 40.0, 1.2, 0.0))
    );
    assert_eq!(
        meet(&square, &over, 0.0).map(|c| c.0),
        Some(ContactKind::Overlap)
    );
    assert_eq!(
        meet(&square, &rectangle(9.0, 0.0, 10.0, 40.0), 0.05).map(|c| (c.0, c.2)),
        Some((ContactKind::Overlap, 40.0))
    );
}

#[test]
fn what_lies_inside_or_on_top_overlaps() {
    let square = rectangle(0.0, 0.0, 10.0, 10.0);
    for tolerance in TOLERANCES {
        for (other, area) in [
            (rectangle(2.0, 2.0, 3.0, 3.0), 9.0),
            (rectangle(0.0, 0.0, 10.0, 10.0), 100.0),
            (rectangle(0.0, 0.0, 5.0, 10.0), 50.0),
            (shape(&[(0.0, 0.0), (10.0, 10.0), (0.0, 10.0)]), 50.0),
            (shape(&[(0.0, 0.0), (10.0, 10.0), (-5.0, 15.0)]), 50.0),
            (rectangle(-5.0, 4.0, 20.0, 2.0), 20.0),
        ] {
            let (kind, _, overlap, gap) = meet(&square, &other, tolerance).unwrap();
            assert_eq!((kind, overlap, gap), (ContactKind::Overlap, area, 0.0));
        }
    }
}

#[test]
fn what_is_inscribed_overlaps_though_no_edge_crosses_and_no_corner_is_inside() {
    let square = rectangle(0.0, 0.0, 10.0, 10.0);
    let diamond = shape(&[(5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0)]);
    let corner = shape(&[(0.0, 0.0), (-2.0, 0.0), (0.0, -2.0)]);
    let through = shape(&[(0.0, -1.0), (1.0, 1.0), (-1.0, -1.0)]);
    for tolerance in TOLERANCES {
        for (a, b, area) in [(&square, &diamond, 50.0), (&corner, &through, 0.5)] {
            assert_eq!(
                meet(a, b, tolerance),
                Some((ContactKind::Overlap, 0.0, area, 0.0))
            );
        }
    }
}

#[test]
fn a_deep_overlap_is_measured_though_its_corners_only_just_come_through() {
    // the flank of the second runs along the first; its far side cuts through, its corners a tenth of a millimetre beyond
    let square = rectangle(0.0, 0.0, 10.0, 10.0);
    let through = shape(&[
        (0.0, 10.0),
        (0.0, -10.0),
        (4.0, -0.0001),
        (10.0001, 6.0),
        (20.0, 20.0),
    ]);
    for tolerance in TOLERANCES {
        let (kind, _, overlap, _) = meet(&square, &through, tolerance).unwrap();
        assert_eq!(kind, ContactKind::Overlap);
        assert!(overlap > 50.0, "{overlap}");
    }
}

#[test]
fn a_parcel_in_the_hole_of_another_is_its_neighbour() {
    let mut frame = Shapes::default();
    frame.push_ring(rectangle(0.0, 0.0, 10.0, 10.0).coords());
    let mut hole = rectangle(3.0, 3.0, 4.0, 4.0).coords().to_vec();
    hole.reverse();
    frame.push_ring(&hole);
    frame.end_part();
    frame.end_shape();
    for tolerance in TOLERANCES {
        assert_eq!(
            meet(&frame, &rectangle(3.0, 3.0, 4.0, 4.0), tolerance),
            Some((ContactKind::Edge, 16.0, 0.0, 0.0))
        );
    }
    assert_eq!(meet(&frame, &rectangle(4.0, 4.0, 2.0, 2.0), 0.05), None);
}

#[test]
fn a_long_boundary_gives_the_same_contact_through_its_blocks() {
    let steps: Vec<(f64, f64)> = (0..=1000)
        .map(|step| (f64::from(step), f64::from(step % 2) * 0.001))
        .collect();
    let ends = [(1000.0, -10.0), (0.0, -10.0)];
    let road = shape(
        &steps
            .iter()
            .rev()
            .copied()
            .chain(ends.iter().rev().copied())
            .collect::<Vec<_>>(),
    );
    let plot = rectangle(500.0, 0.0, 10.0, 10.0);
    assert_eq!(
        meet(&plot, &road, 0.05),
        Some((ContactKind::Edge, 10.0, 0.005, 0.0))
    );
}

#[test]
fn a_long_boundary_winds_round_the_same_places_through_its_blocks() {
    let teeth = (0..=600).map(|tooth| (f64::from(tooth), 10.0 + f64::from(tooth % 2) * 5.0));
    let comb = shape(
        &[(600.0, 0.0), (0.0, 0.0)]
            .into_iter()
            .chain(teeth)
            .collect::<Vec<_>>(),
    );
    let index = EdgeIndex::of(comb.get(0));
    for step in 0..4000 {
        let point = Coord {
            x: f64::from(step % 200) * 3.5 - 20.0,
            y: f64::from(step / 200) - 2.0,
        };
        let plain = super::super::ring::winding(comb.coords(), point);
        assert_eq!(index.winding(comb.get(0), point), plain, "{point:?}");
    }
}
