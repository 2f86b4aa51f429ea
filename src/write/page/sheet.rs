//! A piece of the plane → a sheet of paper in millimetres at a round scale, north up; shapes become paths of SVG.

use std::fmt::Write as _;

use geo::{Contains, Coord, InteriorPoint, LineString, Point, Polygon};
use maud::{Markup, html};

use crate::geometry::{Bounds, ShapeRef};
use crate::write::Language;

/// The scales that a sheet can have: 1 to so many.
const SCALES: [f64; 34] = [
    200.0, 300.0, 400.0, 500.0, 600.0, 800.0, 1000.0, 1200.0, 1500.0, 2000.0, 2500.0, 3000.0,
    4000.0, 5000.0, 6000.0, 8000.0, 10_000.0, 12_000.0, 15_000.0, 20_000.0, 25_000.0, 30_000.0,
    40_000.0, 50_000.0, 60_000.0, 80_000.0, 100_000.0, 120_000.0, 150_000.0, 200_000.0, 250_000.0,
    300_000.0, 400_000.0, 500_000.0,
];
/// Shapes are cut this many millimetres outside the frame, so that the cut is not seen.
const BLEED: f64 = 2.0;

/// A sheet with its scale.
#[derive(Clone, Debug)]
pub(in crate::write) struct Sheet {
    /// Millimetres from left to right.
    pub(in crate::write) width: f64,
    /// Millimetres from top to bottom.
    pub(in crate::write) height: f64,
    /// The scale is 1 to this.
    pub(in crate::write) denominator: f64,
    centre: Coord,
    /// Millimetres of paper for a unit of the plane.
    per_unit: f64,
    /// Boxes of labels that stand on it: left, top, right, bottom.
    taken: Vec<[f64; 4]>,
}

/// What stands at a place.
pub(in crate::write) fn label(at: Coord, class: &str, text: &str) -> Markup {
    html! { text class=(class) x=(mm(at.x)) y=(mm(at.y)) { (text) } }
}

/// Two decimals, without a sign before zero.
fn mm(length: f64) -> String {
    let text = format!("{length:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0" } else { short }.to_owned()
}

impl Sheet {
    /// The sheet of `width` × `height` mm at the first scale at which `of` fills no more than `share` of it; a unit of the
    /// plane is `metres` long.
    pub(in crate::write) fn of(
        of: Bounds,
        metres: f64,
        (width, height): (f64, f64),
        share: f64,
    ) -> Self {
        let size = [of.max.x - of.min.x, of.max.y - of.min.y].map(|size| size * metres * 1000.0);
        let fits =
            |scale: &f64| size[0] / scale <= width * share && size[1] / scale <= height * share;
        let needed = (size[0] / width).max(size[1] / height) / share;
        let scale = SCALES.into_iter().find(fits).unwrap_or(needed.ceil());
        Self {
            width,
            height,
            denominator: scale,
            centre: of.centre(),
            per_unit: metres * 1000.0 / scale,
            taken: Vec::new(),
        }
    }

    /// Where a place of the plane is on the sheet.
    pub(in crate::write) fn place(&self, at: Coord) -> Coord {
        Coord {
            x: (at.x - self.centre.x).mul_add(self.per_unit, self.width / 2.0),
            y: (self.centre.y - at.y).mul_add(self.per_unit, self.height / 2.0),
        }
    }

    /// What of the plane is on the sheet.
    pub(in crate::write) fn window(&self) -> Bounds {
        let half = [self.width, self.height].map(|size| (size / 2.0 + BLEED) / self.per_unit);
        Bounds {
            min: Coord {
                x: self.centre.x - half[0],
                y: self.centre.y - half[1],
            },
            max: Coord {
                x: self.centre.x + half[0],
                y: self.centre.y + half[1],
            },
        }
    }

    /// A ring on the sheet, cut at its edge; empty where it lies beside it. Points nearer than `least` mm to the last are
    /// left out.
    fn ring(&self, ring: &[Coord], least: f64) -> Vec<Coord> {
        let open = ring.len().saturating_sub(1);
        let mut points: Vec<Coord> = Vec::with_capacity(open);
        for at in &ring[..open] {
            let at = self.place(*at);
            let near = points.last().is_some_and(|last| far(*last, at) < least);
            if !near {
                points.push(at);
            }
        }
        let (right, bottom) = (self.width + BLEED, self.height + BLEED);
        cut(&mut points, |at| at.x + BLEED);
        cut(&mut points, |at| right - at.x);
        cut(&mut points, |at| at.y + BLEED);
        cut(&mut points, |at| bottom - at.y);
        points
    }

    /// The path of a shape; empty where none of it is on the sheet.
    pub(in crate::write) fn path(&self, shape: ShapeRef<'_>, least: f64) -> String {
        let mut path = String::new();
        for ring in shape.rings() {
            let points = self.ring(ring, least);
            if points.len() < 3 {
                continue;
            }
            for (at, point) in points.iter().enumerate() {
                let sign = if at == 0 { 'M' } else { ' ' };
                // writing to a string cannot fail
                let _ = write!(path, "{sign}{},{}", mm(point.x), mm(point.y));
            }
            path.push('Z');
        }
        path
    }

    /// A place for a label of `width` mm within what of a shape is on the sheet, where none stands yet; `None` where there
    /// is no room.
    pub(in crate::write) fn room(
        &mut self,
        shape: ShapeRef<'_>,
        width: f64,
        height: f64,
    ) -> Option<Coord> {
        let clipped = |ring: &[Coord]| {
            let inside = |point: &Coord| Coord {
                x: point.x.clamp(0.5, self.width - 0.5),
                y: point.y.clamp(0.5, self.height - 0.5),
            };
            let mut points: Vec<Coord> = self.ring(ring, 0.05).iter().map(inside).collect();
            points.extend(points.first().copied());
            LineString::new(points)
        };
        let parts = shape.parts().map(|part| {
            let mut rings = part.rings().map(clipped);
            let shell = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
            Polygon::new(shell, rings.collect())
        });
        let largest = parts.max_by(|a, b| size(a).total_cmp(&size(b)))?;
        let at = largest.interior_point().filter(|at| largest.contains(at))?;
        let at: Coord = Point::into(at);
        self.take(at, width, height).then_some(at)
    }

    /// Whether a label of that size can stand around `at`; it then does.
    pub(in crate::write) fn take(&mut self, at: Coord, width: f64, height: f64) -> bool {
        let own = [
            at.x - width / 2.0,
            at.y - height / 2.0,
            at.x + width / 2.0,
            at.y + height / 2.0,
        ];
        let inside =
            own[0] >= 0.0 && own[1] >= 0.0 && own[2] <= self.width && own[3] <= self.height;
        let meets = |other: &[f64; 4]| {
            own[0] < other[2] && other[0] < own[2] && own[1] < other[3] && other[1] < own[3]
        };
        let free = inside && !self.taken.iter().any(meets);
        if free {
            self.taken.push(own);
        }
        free
    }

    /// Keeps labels off the north arrow and the scale bar.
    pub(in crate::write) fn keep_corners(&mut self) {
        self.taken.push([self.width - 16.0, 0.0, self.width, 22.0]);
        self.taken
            .push([0.0, self.height - 12.0, 62.0, self.height]);
    }

    /// The north arrow, the scale bar and the scale in words.
    pub(in crate::write) fn furniture(&self, language: Language) -> Markup {
        let metres = 40.0 * self.denominator / 1000.0;
        let step = 10_f64.powf(metres.log10().floor());
        let round = [5.0, 2.0, 1.0].map(|times| times * step);
        let length = round
            .into_iter()
            .find(|length| *length <= metres)
            .unwrap_or(step);
        let bar = length * 1000.0 / self.denominator;
        let (x, y) = (4.0, self.height - 5.5);
        let north = Coord {
            x: self.width - 8.0,
            y: 5.0,
        };
        let half = |from: f64, class: &str| {
            html! { rect class=(class) x=(mm(from)) y=(mm(y - 1.4)) width=(mm(bar / 2.0)) height="1.4" {} }
        };
        let plain = |metres: f64| {
            if metres >= 1000.0 {
                format!("{} km", metres / 1000.0)
            } else {
                format!("{metres} m")
            }
        };
        html! {
            g.furniture {
                rect.paper x="1" y=(mm(self.height - 12.5)) width=(mm(bar.max(38.0) + 20.0)) height="11.5" {}
                (half(x, "black")) (half(x + bar / 2.0, "white"))
                (label(Coord { x, y: y - 2.2 }, "bar", "0"))
                (label(Coord { x: x + bar, y: y - 2.2 }, "bar", &plain(length)))
                (label(Coord { x, y: y + 3.4 }, "scale", &format!("{} 1:{}", language.of("比例尺", "scale"), self.denominator)))
                path.black d=(format!("M{},{} l2.6,10 l-2.6,-2 Z", mm(north.x), mm(north.y))) {}
                path.white d=(format!("M{},{} l-2.6,10 l2.6,-2 Z", mm(north.x), mm(north.y))) {}
                (label(Coord { x: north.x, y: north.y - 1.0 }, "north", language.of("北", "N")))
            }
        }
    }
}

/// How far two places are apart.
fn far(a: Coord, b: Coord) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// Twice the area of a shell.
fn size(polygon: &Polygon) -> f64 {
    let sides = polygon.exterior().lines();
    sides.map(|side| side.determinant()).sum::<f64>().abs()
}

/// Keeps what of a ring lies where `side` is not negative (Sutherland and Hodgman).
fn cut(points: &mut Vec<Coord>, side: impl Fn(Coord) -> f64) {
    if points.iter().all(|at| side(*at) >= 0.0) {
        return;
    }
    let mut kept = Vec::with_capacity(points.len() + 4);
    for (at, &here) in points.iter().enumerate() {
        let before = points[(at + points.len() - 1) % points.len()];
        let (from, to) = (side(before), side(here));
        if (from >= 0.0) != (to >= 0.0) {
            let share = from / (from - to);
            kept.push(Coord {
                x: (here.x - before.x).mul_add(share, before.x),
                y: (here.y - before.y).mul_add(share, before.y),
            });
        }
        if to >= 0.0 {
            kept.push(here);
        }
    }
    *points = kept;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Shapes;

    fn square(from: f64, to: f64) -> Shapes {
        let mut shapes = Shapes::default();
        let corners = [(from, from), (to, from), (to, to), (from, to), (from, from)];
        let ring = corners.map(|(x, y)| Coord { x, y });
        shapes.push_ring(&ring);
        shapes.end_part();
        shapes.end_shape();
        shapes
    }

    #[test]
    fn a_hundred_metres_are_drawn_at_a_round_scale_with_north_up() {
        let shapes = square(0.0, 100.0);
        let sheet = Sheet::of(shapes.get(0).bounds(), 1.0, (180.0, 130.0), 0.7);
        assert_eq!(sheet.denominator, 1200.0);
        let corner = sheet.place(Coord { x: 0.0, y: 100.0 });
        let side = 100_000.0 / 1200.0;
        assert!((corner.x - (90.0 - side / 2.0)).abs() < 1e-9);
        assert!((corner.y - (65.0 - side / 2.0)).abs() < 1e-9);
        assert_eq!(
            sheet.path(shapes.get(0), 0.0),
            "M48.33,106.67 131.67,106.67 131.67,23.33 48.33,23.33Z"
        );
    }

    #[test]
    fn what_reaches_over_the_edge_is_cut_and_what_lies_beside_it_is_not_drawn() {
        let sheet = Sheet::of(square(0.0, 10.0).get(0).bounds(), 1.0, (100.0, 100.0), 0.5);
        let all = square(-1e6, 1e6);
        assert_eq!(sheet.path(all.get(0), 0.0), "M-2,-2 -2,102 102,102 102,-2Z");
        assert_eq!(sheet.path(square(500.0, 600.0).get(0), 0.0), "");
    }

    #[test]
    fn labels_do_not_stand_on_each_other() {
        let shapes = square(0.0, 10.0);
        let mut sheet = Sheet::of(shapes.get(0).bounds(), 1.0, (100.0, 100.0), 0.5);
        assert!(sheet.room(shapes.get(0), 20.0, 3.0).is_some());
        assert_eq!(sheet.room(shapes.get(0), 20.0, 3.0), None);
    }
}
