//! The ellipsoid area against a numeric integration that knows only the ellipsoid, not the series.

use geo::Coord;
use plotratio::geometry::ellipsoid_area;

use super::random::{Random, each_seed};
use super::reference::{assert_area, closed, shape};

const SEMI_MAJOR: f64 = 6_378_137.0;
const FLATTENING: f64 = 1.0 / 298.257_222_101;

/// Area per radian of longitude and radian of latitude: M · N · cos B.
fn density(latitude: f64) -> f64 {
    let squared = FLATTENING * (2.0 - FLATTENING);
    let sin = latitude.sin();
    SEMI_MAJOR * SEMI_MAJOR * (1.0 - squared) * latitude.cos() / (1.0 - squared * sin * sin).powi(2)
}

/// ∫ (longitude − `meridian`) dA along an edge that is straight in degrees; five Gauss points on each of eight steps.
fn beside(from: Coord, to: Coord, meridian: f64, straight: bool) -> f64 {
    const NODES: [(f64, f64); 5] = [
        (-0.906_179_845_938_664, 0.236_926_885_056_189),
        (-0.538_469_310_105_683, 0.478_628_670_499_366),
        (0.0, 0.568_888_888_888_889),
        (0.538_469_310_105_683, 0.478_628_670_499_366),
        (0.906_179_845_938_664, 0.236_926_885_056_189),
    ];
    let mut sum = 0.0;
    for step in 0..8 {
        for (node, weight) in NODES {
            let along = (f64::from(step) + f64::midpoint(node, 1.0)) / 8.0;
            // the rule takes the width of a trapezoid in its middle
            let share = if straight { along } else { 0.5 };
            let width = (from.x + (to.x - from.x) * share - meridian).to_radians();
            sum += weight / 16.0 * width * density((from.y + (to.y - from.y) * along).to_radians());
        }
    }
    sum * (to.y - from.y).to_radians()
}

fn integral(ring: &[Coord], straight: bool) -> f64 {
    ring.windows(2)
        .map(|edge| beside(edge[0], edge[1], ring[0].x, straight))
        .sum::<f64>()
        .abs()
}

/// A star-shaped ring of some corners around a place.
fn ring(random: &mut Random, radius: f64) -> Vec<Coord> {
    let centre = Coord {
        x: random.between(73.0, 135.0),
        y: random.between(3.0, 54.0),
    };
    let corners = 3 + random.below(9);
    let corner = |at: usize, random: &mut Random| {
        let angle = (at as f64 + random.between(0.0, 0.6)) / corners as f64 * std::f64::consts::TAU;
        let far = radius * random.between(0.4, 1.0);
        centre
            + Coord {
                x: angle.cos(),
                y: angle.sin(),
            } * far
    };
    closed(
        &(0..corners)
            .map(|at| corner(at, random))
            .collect::<Vec<_>>(),
    )
}

#[test]
fn ellipsoid_areas_agree_with_numeric_integration() {
    each_seed(2000, |random| {
        // from a plot of 20 m to a district of 20 km
        let radius = 1e-4 * 10_f64.powf(random.between(0.0, 3.0));
        let ring = ring(random, radius);
        let area = ellipsoid_area(shape(&vec![vec![ring.clone()]]).get(0));
        assert_area(area, integral(&ring, false), "sum of trapezoids");
        if radius < 1e-2 {
            // for what is smaller than a kilometre the rule is as good as edges that are straight in degrees
            let straight = integral(&ring, true);
            assert!(
                (area / straight - 1.0).abs() < 1e-4,
                "{area} against {straight}"
            );
        }
    });
}
