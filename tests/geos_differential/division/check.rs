//! A way to divide a plot → what is wrong with it, by brute force.

use geo::Coord;
use plotratio::geometry::division::{Plot, Way, Wish};

use super::made::longest;
use super::plane::{apart, edges, from_ring, from_segment, is_inside, length, shoelace};

fn assert_simple(ring: &[Coord]) {
    let list = edges(ring);
    let count = list.len();
    assert!(count >= 3 && ring.first() == ring.last(), "{ring:?}");
    for (k, &one) in list.iter().enumerate() {
        assert!(length(one.1 - one.0) > 0.0);
        for (l, &other) in list.iter().enumerate().skip(k + 2) {
            if (l + 1) % count != k {
                assert!(apart(one, other) > 0.0, "{one:?} meets {other:?}");
            }
        }
    }
}

/// Everything that holds of a way.
pub fn assert_good(plot: &Plot, wish: &Wish, way: &Way) {
    assert_eq!(way.lots.len(), wish.lots);
    assert_eq!(way.lines.len(), wish.lots - 1);
    let area = |lot: &plotratio::geometry::division::Lot| {
        shoelace(&lot.shell) + lot.holes.iter().map(|hole| shoelace(hole)).sum::<f64>()
    };
    let whole = shoelace(&plot.shell).abs()
        - plot
            .holes
            .iter()
            .map(|hole| shoelace(hole).abs())
            .sum::<f64>();
    let sum: f64 = way.lots.iter().map(area).sum();
    assert!(
        (sum - whole).abs() < 1e-5 + 1e-11 * whole,
        "{sum} of {whole}"
    );
    for lot in &way.lots {
        assert!(shoelace(&lot.shell) > 0.0 && (area(lot) - lot.area).abs() < 1e-6);
        assert!(lot.area >= wish.least_area - 0.005);
        assert!(lot.things.iter().any(|&thing| plot.things[thing].counts));
        assert_simple(&lot.shell);
        let access = longest(&lot.shell, &plot.access);
        assert!(
            access >= wish.least_access - 0.01,
            "{access} of {}",
            wish.least_access
        );
        assert!(
            (access - lot.access).abs() < 0.05,
            "{access} is not {}",
            lot.access
        );
    }
    if let Some(asked) = &wish.areas {
        let (mut asked, mut had) = (
            asked.clone(),
            way.lots.iter().map(|lot| lot.area).collect::<Vec<_>>(),
        );
        asked.sort_by(f64::total_cmp);
        had.sort_by(f64::total_cmp);
        for (asked, had) in asked.iter().zip(had) {
            assert!(
                (asked - had).abs() <= (asked * 1e-3).max(1.0),
                "{had} is not {asked}"
            );
        }
    }
    for line in &way.lines {
        assert!(line.len() <= 2 + wish.most_bends);
        for leg in line.windows(2) {
            for thing in &plot.things {
                let gap = from_ring((leg[0], leg[1]), &thing.rings[0]);
                assert!(
                    gap >= wish.clearance - 1e-4,
                    "{gap} m from a thing, not {}",
                    wish.clearance
                );
                let inner = |t: f64| leg[0] + (leg[1] - leg[0]) * t;
                if wish.clearance == 0.0 {
                    continue;
                }
                assert!(!(1..20).any(|t| is_inside(&thing.rings[0], inner(f64::from(t) / 20.0))));
            }
        }
    }
    // every corner on an edge of another lot is a corner there, too
    for one in &way.lots {
        for other in way.lots.iter().filter(|other| *other != one) {
            for &corner in &one.shell {
                let on_edge = edges(&other.shell)
                    .into_iter()
                    .any(|(a, b)| from_segment(corner, (a, b)) < 1e-7);
                assert!(
                    !on_edge || other.shell.contains(&corner),
                    "{corner:?} is no corner of {:?}",
                    other.shell
                );
            }
        }
    }
    let mut seen: Vec<usize> = way.lots.iter().flat_map(|lot| lot.things.clone()).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(
        seen.len(),
        way.lots.iter().map(|lot| lot.things.len()).sum::<usize>()
    );
    assert_eq!(seen.len(), plot.things.len());
    for lot in &way.lots {
        for &thing in &lot.things {
            let ring = &plot.things[thing].rings[0];
            let middle = |a: Coord, b: Coord| a + (b - a) * 0.37;
            let inside = edges(ring)
                .iter()
                .filter(|(a, b)| is_inside(&lot.shell, middle(*a, *b)))
                .count();
            assert!(inside > 0, "thing {thing} is not in its lot");
        }
    }
}
