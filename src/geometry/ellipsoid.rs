//! Longitude and latitude → area on the CGCS2000 ellipsoid (椭球面积).

use geo::Coord;

use super::ShapeRef;

/// Semi-minor axis of CGCS2000 in metres, and the coefficients of the series for its first eccentricity
/// (e² = 0.00669438002290), as the rules of the national land survey print them.
const SEMI_MINOR: f64 = 6_356_752.314_140_356;
const SERIES: [f64; 5] = [
    1.003_364_089_834_192_7,
    -0.001_124_189_381_927_124,
    1.699_459_473_518_905e-6,
    -2.717_857_845_577_555_5e-9,
    4.358_419_004_834_514e-12,
];

/// The area in m² of a shape given in degrees of CGCS2000 (longitude first): the sum over its edges of the trapezoid
/// between the edge and a reference meridian, TD/T 1055-2019 第三次全国国土调查技术规程 (图斑椭球面积计算).
pub fn ellipsoid_area(shape: ShapeRef<'_>) -> f64 {
    let part = |part: super::PartRef<'_>| {
        let mut rings = part.rings().map(|ring| ring_area(ring).abs());
        let shell = rings.next().unwrap_or(0.0);
        shell - rings.sum::<f64>()
    };
    shape.parts().map(part).sum()
}

/// The first point's meridian serves as the reference: the closed sum does not depend on it, its rounding does.
fn ring_area(ring: &[Coord]) -> f64 {
    let Some(&origin) = ring.first() else {
        return 0.0;
    };
    ring.windows(2)
        .map(|edge| trapezoid(edge[0], edge[1], origin.x))
        .sum()
}

/// 2 b² ΔL [A sin(½ΔB) cos Bm − B sin(3/2 ΔB) cos 3Bm + …], with the sines and cosines of the odd multiples by
/// cos(k+2)x = 2 cos 2x cos kx − cos(k−2)x.
fn trapezoid(from: Coord, to: Coord, meridian: f64) -> f64 {
    let width = (f64::midpoint(from.x, to.x) - meridian).to_radians();
    let (sin, _) = ((to.y - from.y).to_radians() / 2.0).sin_cos();
    let cos = f64::midpoint(from.y, to.y).to_radians().cos();
    // sin of the half difference is taken exactly; its doubled cosine follows without loss for tiny angles
    let (twice_sin, twice_cos) = (2.0 - 4.0 * sin * sin, 4.0 * cos * cos - 2.0);
    let (mut sins, mut coses) = ((-sin, sin), (cos, cos));
    let mut sum = 0.0;
    for coefficient in SERIES {
        sum += coefficient * sins.1 * coses.1;
        sins = (sins.1, twice_sin * sins.1 - sins.0);
        coses = (coses.1, twice_cos * coses.1 - coses.0);
    }
    2.0 * SEMI_MINOR * SEMI_MINOR * width * sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Shapes;

    fn cell(west: f64, south: f64, east: f64, north: f64) -> Shapes {
        let mut shapes = Shapes::default();
        shapes.push_ring(
            &[
                (west, south),
                (east, south),
                (east, north),
                (west, north),
                (west, south),
            ]
            .map(Coord::from),
        );
        shapes.end_part();
        shapes.end_shape();
        shapes
    }

    #[test]
    fn the_published_cell_has_its_published_area() {
        let area = ellipsoid_area(cell(121.40, 28.60, 121.41, 28.61).get(0));
        assert!((area - 1_083_988.313_8).abs() < 5e-4, "{area}");
    }

    #[test]
    fn the_half_of_the_ellipsoid_is_half_of_its_surface() {
        // the surface of CGCS2000 is 510 065 621.724 km²; a hemisphere of it, west of Greenwich
        let area = ellipsoid_area(cell(-180.0, -90.0, 0.0, 90.0).get(0));
        assert!((area / 510_065_621.724e6 - 0.5).abs() < 1e-8, "{area}");
    }
}
