use crate::geometry::division::tests::{areas, building, plot, rectangle, ring, wish};
use crate::geometry::division::{Hindrance, Thing, Wish, divide};

#[test]
fn a_line_bends_round_the_corner_of_a_building() {
    // an L-shaped building along the left and lower side, another in its elbow: a straight line would cut either
    let ell = Thing {
        rings: vec![ring(&[
            (5.0, 5.0),
            (95.0, 5.0),
            (95.0, 35.0),
            (35.0, 35.0),
            (35.0, 95.0),
            (5.0, 95.0),
        ])],
        counts: true,
    };
    let plot = plot(
        rectangle(0.0, 0.0, 100.0, 100.0),
        vec![ell, building(45.0, 45.0, 95.0, 95.0)],
    );
    let ways = divide(&plot, &wish(2, 3000.0)).unwrap();
    assert_eq!(ways[0].lines[0].len(), 3);
    let asked = Wish {
        areas: Some(vec![6100.0, 3900.0]),
        ..wish(2, 3000.0)
    };
    let ways = divide(&plot, &asked).unwrap();
    assert!(areas(&ways[0]).contains(&6100.0) || (ways[0].lots[0].area - 6100.0).abs() < 0.01);
    let straight = Wish {
        most_bends: 0,
        ..wish(2, 3000.0)
    };
    let none = divide(&plot, &straight).unwrap_err();
    assert_eq!(none, Hindrance::ThingsTogether { given_up: false });
}

#[test]
fn a_line_bends_twice_where_once_is_not_enough() {
    // two L-shaped buildings that clasp each other: the gap between them is a Z
    let lower = ring(&[
        (0.0, 0.0),
        (95.0, 0.0),
        (95.0, 55.0),
        (55.0, 55.0),
        (55.0, 40.0),
        (0.0, 40.0),
    ]);
    let upper = ring(&[
        (0.0, 46.0),
        (49.0, 46.0),
        (49.0, 61.0),
        (95.0, 61.0),
        (95.0, 100.0),
        (0.0, 100.0),
    ]);
    let things = [lower, upper].map(|ring| Thing {
        rings: vec![ring],
        counts: true,
    });
    let plot = plot(rectangle(0.0, 0.0, 95.0, 100.0), things.to_vec());
    assert!(divide(&plot, &wish(2, 3000.0)).is_err());
    let twice = Wish {
        most_bends: 2,
        ..wish(2, 3000.0)
    };
    let ways = divide(&plot, &twice).unwrap();
    assert_eq!(ways[0].lines[0].len(), 4);
}
