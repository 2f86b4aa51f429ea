//! The boundary of a parcel as a table of its points and sides.

use maud::{Markup, html};

use super::Subject;
use crate::geometry::rings_of;

/// More points than this are not printed.
const MOST: usize = 400;

impl Subject<'_> {
    /// The table of points: X to the north, Y to the east, and the side to the next point.
    pub(super) fn boundary_points(&self) -> Markup {
        let run = self.run();
        let metres = run.crs.metres().unwrap_or(1.0);
        let rings = rings_of(run.parcels.shape(self.row));
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
