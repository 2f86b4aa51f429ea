//! The boundary of a parcel → its points as surveyors number them, with their coordinates and the sides between.

use geo::Coord;
use maud::{Markup, html};

use super::Subject;
use crate::geometry::ShapeRef;

/// More points than this are not printed.
const MOST: usize = 400;

/// A ring of a parcel, its points in the order of their numbers; not closed.
pub(super) struct Ring {
    /// The number of its first point.
    pub(super) first: usize,
    /// Its points.
    pub(super) points: Vec<Coord>,
}

impl Ring {
    /// Each point with the next one.
    pub(super) fn sides(&self) -> impl Iterator<Item = (Coord, Coord)> + '_ {
        let next = self.points.iter().cycle().skip(1);
        self.points.iter().copied().zip(next.copied())
    }
}

/// The rings of a shape: shells clockwise from their north-western point, holes the other way round; J1 is the first point of
/// the first shell, and numbers go on from ring to ring.
pub(super) fn rings(shape: ShapeRef<'_>) -> Vec<Ring> {
    let mut first = 1;
    let mut rings = Vec::new();
    for part in shape.parts() {
        for (at, ring) in part.rings().enumerate() {
            let mut points = ring[..ring.len().saturating_sub(1)].to_vec();
            let clockwise = twice_area(&points) < 0.0;
            if clockwise != (at == 0) {
                points.reverse();
            }
            let west_north = |point: &Coord| point.y - point.x;
            let start = (0..points.len())
                .max_by(|a, b| west_north(&points[*a]).total_cmp(&west_north(&points[*b])));
            points.rotate_left(start.unwrap_or(0));
            let count = points.len();
            rings.push(Ring { first, points });
            first += count;
        }
    }
    rings
}

/// Positive where the points turn left.
fn twice_area(points: &[Coord]) -> f64 {
    let next = points.iter().cycle().skip(1);
    let origin = points.first().copied().unwrap_or_default();
    let cross = points.iter().zip(next).map(|(a, b)| {
        let (a, b) = (*a - origin, *b - origin);
        a.x * b.y - b.x * a.y
    });
    cross.sum()
}

impl Subject<'_> {
    /// The table of points: X to the north, Y to the east, and the side to the next point.
    pub(super) fn boundary_points(&self) -> Markup {
        let run = self.run();
        let metres = run.crs.metres().unwrap_or(1.0);
        let rings = rings(run.parcels.shape(self.row));
        let count: usize = rings.iter().map(|ring| ring.points.len()).sum();
        if count == 0 {
            return html! { p { (self.l("图形缺失或不可用。", "It has no shape that can be used.")) } };
        }
        let mut rows = Vec::new();
        let mut around = 0.0;
        for ring in &rings {
            for (at, (here, next)) in ring.sides().enumerate() {
                let side = (next.x - here.x).hypot(next.y - here.y) * metres;
                around += side;
                rows.push((ring.first + at, here, side));
            }
        }
        html! {
            p.soft {
                (run.crs.label()) " " (run.crs.name) (self.l("；X 为北坐标，Y 为东坐标，单位米；外界从西北角起顺时针编号。", "; X is north, Y is east, in metres; numbered clockwise from the north-western corner."))
                @if run.rounded {
                    (self.l("坐标由 GeoJSON（经纬度 7 位小数）反算，误差约 0.01 米；用 gpkg、fgb 或 parquet 格式运行可得原坐标。", " Taken back from GeoJSON (7 decimals of a degree), so right to about 0.01 m; run with gpkg, fgb or parquet for the coordinates themselves."))
                }
            }
            div.points {
                table {
                    thead { tr { th { (self.l("点号", "point")) } th.n { "X (m)" } th.n { "Y (m)" } th.n { (self.l("边长 (m)", "side (m)")) } } }
                    tbody {
                        @for (number, at, side) in rows.iter().take(MOST) {
                            tr { td { "J" (number) } td.n { (format!("{:.3}", at.y * metres)) } td.n { (format!("{:.3}", at.x * metres)) } td.n { (format!("{side:.2}")) } }
                        }
                    }
                }
            }
            p.soft {
                (self.l("界址点 ", "")) (count) (self.l(" 个，周长 ", " points, around ")) (format!("{around:.2}")) " m"
                @if count > MOST { (self.l("；只列前 400 个，其余见 parcels 图层。", "; the first 400 are listed, the others are in the map of parcels.")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Shapes;

    fn shape(rings: &[&[(f64, f64)]]) -> Shapes {
        let mut shapes = Shapes::default();
        for ring in rings {
            let ring: Vec<Coord> = ring.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect();
            shapes.push_ring(&ring);
        }
        shapes.end_part();
        shapes.end_shape();
        shapes
    }

    #[test]
    fn points_are_numbered_clockwise_from_the_north_west_and_holes_go_on() {
        let shapes = shape(&[
            &[(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (0.0, 5.0), (0.0, 0.0)],
            &[(2.0, 2.0), (2.0, 3.0), (3.0, 3.0), (3.0, 2.0), (2.0, 2.0)],
        ]);
        let rings = rings(shapes.get(0));
        let points = |ring: &Ring| -> Vec<(f64, f64)> {
            ring.points.iter().map(|at| (at.x, at.y)).collect()
        };
        assert_eq!(
            points(&rings[0]),
            [(0.0, 5.0), (10.0, 5.0), (10.0, 0.0), (0.0, 0.0)]
        );
        assert_eq!(rings[1].first, 5);
        assert_eq!(
            points(&rings[1]),
            [(2.0, 3.0), (2.0, 2.0), (3.0, 2.0), (3.0, 3.0)]
        );
        let sides: Vec<f64> = rings[0]
            .sides()
            .map(|(a, b)| (b.x - a.x).hypot(b.y - a.y))
            .collect();
        assert_eq!(sides, [10.0, 5.0, 10.0, 5.0]);
    }
}
