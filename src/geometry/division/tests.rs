use super::*;

pub(super) fn ring(points: &[(f64, f64)]) -> Vec<Coord> {
    points.iter().map(|&(x, y)| Coord { x, y }).collect()
}

/// A rectangle from its lower left to its upper right corner.
pub(super) fn rectangle(x: f64, y: f64, right: f64, top: f64) -> Vec<Coord> {
    ring(&[(x, y), (right, y), (right, top), (x, top)])
}

pub(super) fn building(x: f64, y: f64, right: f64, top: f64) -> Thing {
    Thing {
        rings: vec![rectangle(x, y, right, top)],
        counts: true,
    }
}

/// A plot with all of its border giving access.
pub(super) fn plot(shell: Vec<Coord>, things: Vec<Thing>) -> Plot {
    let next = shell.iter().cycle().skip(1);
    let access = shell.iter().zip(next).map(|(&a, &b)| [a, b]);
    Plot {
        access: access.take(shell.len()).collect(),
        shell,
        holes: Vec::new(),
        things,
    }
}

pub(super) fn wish(lots: usize, least_area: f64) -> Wish {
    Wish {
        lots,
        least_area,
        areas: None,
        clearance: 2.0,
        least_access: 5.0,
        most_bends: 1,
        ways: 3,
    }
}

pub(super) fn areas(way: &Way) -> Vec<f64> {
    way.lots
        .iter()
        .map(|lot| (lot.area * 1e6).round() / 1e6)
        .collect()
}

#[test]
fn a_rectangle_with_two_buildings_is_halved_at_a_right_angle() {
    // 100 x 40, one building at each end
    let plot = plot(
        rectangle(0.0, 0.0, 100.0, 40.0),
        vec![
            building(10.0, 10.0, 30.0, 30.0),
            building(70.0, 10.0, 90.0, 30.0),
        ],
    );
    let ways = divide(&plot, &wish(2, 1000.0)).unwrap();
    let best = &ways[0];
    assert_eq!(areas(best), [2000.0, 2000.0]);
    assert_eq!(best.lines, [ring(&[(50.0, 0.0), (50.0, 40.0)])]);
    assert_eq!(best.lots[0].things, [0]);
    assert_eq!(best.lots[1].things, [1]);
    assert!(best.scores.area > 0.999 && best.scores.straightness == 1.0);
}

#[test]
fn asked_areas_are_met_in_either_order() {
    let plot = plot(
        rectangle(0.0, 0.0, 100.0, 40.0),
        vec![
            building(10.0, 10.0, 20.0, 30.0),
            building(80.0, 10.0, 90.0, 30.0),
        ],
    );
    for asked in [vec![1200.0, 2800.0], vec![2800.0, 1200.0]] {
        let wish = Wish {
            areas: Some(asked),
            ..wish(2, 1000.0)
        };
        let ways = divide(&plot, &wish).unwrap();
        let mut met = areas(&ways[0]);
        met.sort_by(f64::total_cmp);
        assert_eq!(met, [1200.0, 2800.0]);
    }
}

#[test]
fn a_plot_of_just_twice_the_least_area_is_halved() {
    let plot = plot(
        rectangle(0.0, 0.0, 100.0, 40.0),
        vec![
            building(10.0, 10.0, 20.0, 30.0),
            building(80.0, 10.0, 90.0, 30.0),
        ],
    );
    let ways = divide(&plot, &wish(2, 2000.0)).unwrap();
    assert_eq!(areas(&ways[0]), [2000.0, 2000.0]);
    let more = divide(&plot, &wish(2, 2000.01)).unwrap_err();
    assert!(matches!(more, Hindrance::TooSmall { .. }), "{more}");
}

#[test]
fn a_corridor_just_as_wide_as_needed_is_used() {
    // buildings 4 m apart, 2 m of clearance on both sides: only x = 50
    let plot = plot(
        rectangle(0.0, 0.0, 100.0, 40.0),
        vec![
            building(0.0, 0.0, 48.0, 40.0),
            building(52.0, 0.0, 100.0, 40.0),
        ],
    );
    let ways = divide(&plot, &wish(2, 1000.0)).unwrap();
    assert_eq!(ways[0].lines, [ring(&[(50.0, 0.0), (50.0, 40.0)])]);
    let wider = Wish {
        clearance: 2.1,
        ..wish(2, 1000.0)
    };
    let none = divide(&plot, &wider).unwrap_err();
    assert_eq!(none, Hindrance::NoFreeLine { given_up: false });
}

#[test]
fn buildings_wall_to_wall_are_parted_only_without_clearance() {
    let plot = plot(
        rectangle(0.0, 0.0, 100.0, 40.0),
        vec![
            building(10.0, 10.0, 50.0, 30.0),
            building(50.0, 10.0, 90.0, 30.0),
        ],
    );
    let none = Wish {
        clearance: 0.0,
        ..wish(2, 1000.0)
    };
    let ways = divide(&plot, &none).unwrap();
    assert_eq!(ways[0].lines, [ring(&[(50.0, 0.0), (50.0, 40.0)])]);
    assert_eq!(ways[0].scores.clearance, 0.0);
    assert!(divide(&plot, &wish(2, 1000.0)).is_err());
}

#[test]
fn three_lots_need_two_lines() {
    let plot = plot(
        rectangle(0.0, 0.0, 90.0, 40.0),
        vec![
            building(10.0, 10.0, 20.0, 30.0),
            building(40.0, 10.0, 50.0, 30.0),
            building(70.0, 10.0, 80.0, 30.0),
        ],
    );
    let ways = divide(&plot, &wish(3, 1200.0)).unwrap();
    assert_eq!(areas(&ways[0]), [1200.0, 1200.0, 1200.0]);
    assert_eq!(ways[0].lines.len(), 2);
}

#[test]
fn a_line_that_ends_on_another_is_a_corner_of_the_lot_beyond() {
    // one building along the whole of the lower half, two in the upper half
    let plot = plot(
        rectangle(0.0, 0.0, 60.0, 60.0),
        vec![
            building(0.0, 0.0, 60.0, 25.0),
            building(0.0, 35.0, 25.0, 60.0),
            building(35.0, 35.0, 60.0, 60.0),
        ],
    );
    let ways = divide(&plot, &wish(3, 600.0)).unwrap();
    let best = &ways[0];
    let end = best.lines[1].iter().find(|end| end.y < 50.0).unwrap();
    let lots = best.lots.iter().filter(|lot| lot.shell.contains(end));
    assert_eq!(lots.count(), 3);
}

#[test]
fn a_lot_without_the_road_is_no_lot() {
    // the road runs along the short left side only; the buildings stand one behind the other
    let mut plot = plot(
        rectangle(0.0, 0.0, 100.0, 40.0),
        vec![
            building(10.0, 0.0, 30.0, 40.0),
            building(70.0, 0.0, 90.0, 40.0),
        ],
    );
    plot.access = vec![[Coord { x: 0.0, y: 0.0 }, Coord { x: 0.0, y: 40.0 }]];
    let none = divide(&plot, &wish(2, 1000.0)).unwrap_err();
    assert!(matches!(none, Hindrance::Access { .. }), "{none}");
    let no_need = Wish {
        least_access: 0.0,
        ..wish(2, 1000.0)
    };
    assert!(divide(&plot, &no_need).is_ok());
    let too_much = Wish {
        least_access: 20.1,
        ..wish(2, 1000.0)
    };
    let count = divide(&plot, &too_much).unwrap_err();
    assert_eq!(count, Hindrance::TooLittleAccess { count: 1, lots: 2 });
}

#[test]
fn a_road_is_shared_where_each_lot_needs_half_of_it() {
    // 40 m of road on the short side, 20 m for each: the line must begin in the middle of the side
    let mut plot = plot(
        rectangle(0.0, 0.0, 100.0, 40.0),
        vec![
            building(60.0, 5.0, 90.0, 15.0),
            building(60.0, 25.0, 90.0, 35.0),
        ],
    );
    plot.access = vec![[Coord { x: 0.0, y: 0.0 }, Coord { x: 0.0, y: 40.0 }]];
    let half = Wish {
        least_access: 20.0,
        ..wish(2, 1900.0)
    };
    let ways = divide(&plot, &half).unwrap();
    assert_eq!(ways[0].lines, [ring(&[(0.0, 20.0), (100.0, 20.0)])]);
    assert!(
        ways[0]
            .lots
            .iter()
            .all(|lot| (lot.access - 20.0).abs() < 1e-9)
    );
}

#[test]
fn what_stands_in_a_u_stays_with_it_where_no_line_leads_in() {
    // a U open to the top, a small building in it, nothing else: no line can come between
    let u = Thing {
        rings: vec![ring(&[
            (10.0, 10.0),
            (90.0, 10.0),
            (90.0, 90.0),
            (70.0, 90.0),
            (70.0, 30.0),
            (30.0, 30.0),
            (30.0, 90.0),
            (10.0, 90.0),
        ])],
        counts: true,
    };
    let plot = plot(
        rectangle(0.0, 0.0, 100.0, 100.0),
        vec![u, building(45.0, 45.0, 55.0, 55.0)],
    );
    let none = divide(&plot, &wish(2, 1000.0)).unwrap_err();
    assert_eq!(none, Hindrance::ThingsTogether { given_up: false });
}

#[test]
fn a_t_is_cut_where_its_stem_begins() {
    // bar 90 x 30 on a stem 30 x 60
    let shell = ring(&[
        (30.0, 0.0),
        (60.0, 0.0),
        (60.0, 60.0),
        (90.0, 60.0),
        (90.0, 90.0),
        (0.0, 90.0),
        (0.0, 60.0),
        (30.0, 60.0),
    ]);
    let plot = plot(
        shell,
        vec![
            building(35.0, 5.0, 55.0, 20.0),
            building(5.0, 65.0, 85.0, 85.0),
        ],
    );
    // 1800 m² of stem, 2700 m² of bar
    let asked = Wish {
        areas: Some(vec![1800.0, 2700.0]),
        ..wish(2, 1000.0)
    };
    let ways = divide(&plot, &asked).unwrap();
    assert_eq!(areas(&ways[0]), [2700.0, 1800.0]);
    assert_eq!(ways[0].lines, [ring(&[(30.0, 60.0), (60.0, 60.0)])]);
    assert_eq!(ways[0].lots[1].shell.len(), 5);
}

#[test]
fn no_line_meets_a_hole() {
    // a pond in the middle leaves 30 m above and below; a line would have to pass beside it
    let mut plot = plot(
        rectangle(0.0, 0.0, 100.0, 80.0),
        vec![
            building(5.0, 5.0, 10.0, 75.0),
            building(90.0, 5.0, 95.0, 75.0),
        ],
    );
    plot.holes = vec![rectangle(40.0, 30.0, 60.0, 50.0)];
    let ways = divide(&plot, &wish(2, 2000.0)).unwrap();
    for way in &ways {
        assert!((areas(way).iter().sum::<f64>() - 7600.0).abs() < 1e-6);
        assert_eq!(way.lots.iter().map(|lot| lot.holes.len()).sum::<usize>(), 1);
    }
    plot.holes = vec![rectangle(12.0, 1.0, 88.0, 79.0)];
    let none = divide(&plot, &wish(2, 1000.0)).unwrap_err();
    assert_eq!(none, Hindrance::ThingsTogether { given_up: false });
}

#[test]
fn what_sticks_out_does_not_matter() {
    let plot = plot(
        rectangle(0.0, 0.0, 100.0, 40.0),
        vec![
            building(-50.0, 10.0, 30.0, 30.0),
            building(70.0, 10.0, 190.0, 30.0),
            building(200.0, 0.0, 210.0, 10.0),
        ],
    );
    let ways = divide(&plot, &wish(2, 2000.0)).unwrap();
    let things: Vec<_> = ways[0].lots.iter().map(|lot| lot.things.clone()).collect();
    assert_eq!(things, [[0], [1]]);
    let none = divide(&plot, &wish(3, 1000.0)).unwrap_err();
    assert_eq!(none, Hindrance::TooFewThings { count: 2, lots: 3 });
}

#[test]
fn areas_that_cannot_be_had_are_told_with_the_best_there_is() {
    // the buildings crowd the left: right of x = 32 there is nothing that counts
    let plot = plot(
        rectangle(0.0, 0.0, 100.0, 40.0),
        vec![
            building(0.0, 0.0, 10.0, 40.0),
            building(20.0, 0.0, 30.0, 40.0),
        ],
    );
    let none = divide(&plot, &wish(2, 1000.0)).unwrap_err();
    // the line at x = 18
    let Hindrance::Areas {
        smallest_lot,
        given_up,
    } = none
    else {
        panic!("{none}")
    };
    assert!((smallest_lot - 720.0).abs() < 1e-6 && !given_up, "{none}");
}

#[test]
fn a_plot_of_thousands_of_corners_comes_to_an_end() {
    // a saw blade, and a building at each of 100 places
    let tooth = |corner: u32| {
        let angle = f64::from(corner) / 4000.0 * std::f64::consts::TAU;
        let radius = if corner.is_multiple_of(2) {
            500.0
        } else {
            480.0
        };
        (angle.cos() * radius, angle.sin() * radius)
    };
    let shell: Vec<_> = (0..4000).map(tooth).collect();
    let grid = (0..100_u32).map(|place| {
        let (x, y) = (
            f64::from(place % 10) * 60.0 - 300.0,
            f64::from(place / 10) * 60.0 - 300.0,
        );
        building(x, y, x + 40.0, y + 40.0)
    });
    let plot = plot(ring(&shell), grid.collect());
    for lots in [2, 3] {
        match divide(&plot, &wish(lots, 1000.0)) {
            Ok(ways) => assert_eq!(ways[0].lots.len(), lots),
            Err(Hindrance::ThingsTogether { given_up }) => assert!(given_up),
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn no_line_leaves_the_border_in_a_spike() {
    // between the long building and the lower side there is room only for a line that all but follows that side
    let plot = plot(
        rectangle(0.0, 0.0, 200.0, 40.0),
        vec![
            building(0.0, 5.0, 200.0, 40.0),
            building(190.0, 0.0, 200.0, 1.0),
        ],
    );
    let all = Wish {
        clearance: 0.0,
        most_bends: 0,
        ..wish(2, 1.0)
    };
    for way in divide(&plot, &all).unwrap() {
        let (a, b) = (way.lines[0][0], way.lines[0][1]);
        assert!((b - a).y.abs() > 0.03 * (b - a).x.abs() || a.x == 0.0 && b.x == 200.0);
    }
}
