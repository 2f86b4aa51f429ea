//! The map of a parcel to scale: neighbours, scattered pieces, buildings, its line with points and sides.

use geo::Coord;
use maud::{Markup, html};

use super::Subject;
use crate::geometry::rings_of;
use crate::read::RunLayer;
use crate::write::page::{Sheet, label};

/// Millimetres of the sheet on an A4 page.
const SHEET: (f64, f64) = (186.0, 132.0);
/// The parcel fills no more than this share of it.
const SHARE: f64 = 0.68;
/// Details below a twentieth of a millimetre are not drawn.
const LEAST: f64 = 0.05;

impl Subject<'_> {
    /// The map; nothing but a sentence where there is no shape.
    pub(super) fn map(&self) -> Markup {
        let run = self.run();
        let shape = run.parcels.shape(self.row);
        if shape.is_empty() {
            return html! { p.note { (self.l("图形缺失或不可用，无宗地图。", "No map: it has no shape that can be used.")) } };
        }
        let metres = run.crs.metres().unwrap_or(1.0);
        let mut sheet = Sheet::of(shape.bounds(), metres, SHEET, SHARE);
        sheet.keep_corners();
        let own = sheet.path(shape, 0.0);
        let line = self.line(&mut sheet);
        let title = self.title(&mut sheet);
        let (pieces, piece_labels) = self.pieces_drawn(&mut sheet);
        let (houses, house_labels) = self.houses(&mut sheet);
        let (neighbours, neighbour_labels) = self.around(&mut sheet);
        let (width, height) = (sheet.width, sheet.height);
        html! {
            figure.sheet {
                svg role="img" aria-label=(format!("{} {}", self.l("宗地图", "map of"), self.name()))
                    viewBox=(format!("0 0 {width} {height}")) width=(format!("{width}mm")) height=(format!("{height}mm")) {
                    defs {
                        pattern id="hatch" width="2" height="2" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                            rect width="2" height="2" fill="#fdf3e1" {}
                            line x1="0" y1="0" x2="0" y2="2" stroke="#b86e00" stroke-width=".5" {}
                        }
                        clipPath id="frame" { rect width=(width) height=(height) {} }
                    }
                    g clip-path="url(#frame)" {
                        (neighbours)
                        path.m-own d=(own) {}
                        (pieces) (houses)
                        (line)
                        (neighbour_labels) (house_labels) (piece_labels) (title)
                    }
                    (sheet.furniture(self.of.language))
                }
                figcaption {
                    (self.l("宗地图 ", "Map ")) "1:" (sheet.denominator) (self.l("（A4 纸按 100% 打印）。红线：本宗地界址线，圆圈：界址点；灰色：建筑物，数字为地上层数；斜线：零星地块；浅色：相邻宗地。",
                        " (printed on A4 at 100 %). Red: the boundary of the parcel with its points; grey: buildings with their storeys; hatched: scattered pieces; pale: neighbours."))
                    @if run.footprints.is_none() {
                        (self.l("本次结果不含建筑轮廓。", " The run has no shapes of buildings."))
                    }
                }
            }
        }
    }

    /// Its boundary with points and sides; labels where there is room.
    fn line(&self, sheet: &mut Sheet) -> Markup {
        let run = self.run();
        let metres = run.crs.metres().unwrap_or(1.0);
        let shape = run.parcels.shape(self.row);
        let path = sheet.path(shape, 0.0);
        let mut marks = Vec::new();
        for ring in rings_of(shape) {
            let mut last: Option<Coord> = None;
            for (at, point) in ring.points.iter().enumerate() {
                let number = ring.first + at;
                let place = sheet.place(*point);
                if last.is_some_and(|last| (last.x - place.x).hypot(last.y - place.y) < 3.0) {
                    continue;
                }
                last = Some(place);
                let count = ring.points.len();
                let before = sheet.place(ring.points[(at + count - 1) % count]);
                let after = sheet.place(ring.points[(at + 1) % count]);
                let out = outward(before, place, after);
                let text = format!("J{number}");
                let stand = Coord {
                    x: out.x.mul_add(2.9, place.x),
                    y: out.y.mul_add(2.9, place.y) + 0.7,
                };
                let free = sheet.take(stand, wide(&text, 1.7) + 0.4, 2.0);
                marks.push(html! {
                    circle.m-point cx=(format!("{:.2}", place.x)) cy=(format!("{:.2}", place.y)) r=".7" {}
                    @if free { (label(stand, "t-point", &text)) }
                });
            }
            for (here, next) in ring.sides() {
                marks.extend(side(sheet, here, next, metres));
            }
        }
        html! { path.m-line d=(path) {} @for mark in &marks { (mark) } }
    }

    /// Its name and use within it.
    fn title(&self, sheet: &mut Sheet) -> Markup {
        let name = self.name();
        let width = wide(&name, 3.4);
        let at = sheet.room(self.run().parcels.shape(self.row), width, 4.0);
        html! { @if let Some(at) = at { (label(at, "t-own", &name)) } }
    }

    fn pieces_drawn(&self, sheet: &mut Sheet) -> (Markup, Markup) {
        let own = self.text("parcel_id");
        drawn(
            sheet,
            self.run().scattered.as_deref(),
            |layer, row, sheet| {
                let id = layer.text(row, "piece_id").unwrap_or_default();
                if own.as_deref() == Some(&*id) {
                    return (html! {}, html! {});
                }
                let path = sheet.path(layer.shape(row), LEAST);
                let at = sheet.room(layer.shape(row), wide(&id, 2.4), 2.6);
                (
                    html! { @if !path.is_empty() { path.m-piece fill="url(#hatch)" d=(path) {} } },
                    html! { @if let Some(at) = at { (label(at, "t-piece", &id)) } },
                )
            },
        )
    }

    fn houses(&self, sheet: &mut Sheet) -> (Markup, Markup) {
        drawn(
            sheet,
            self.run().footprints.as_deref(),
            |layer, row, sheet| {
                let path = sheet.path(layer.shape(row), LEAST);
                let storeys = layer.text(row, "storeys");
                let storeys = storeys.filter(|_| !path.is_empty());
                let room = storeys.and_then(|storeys| {
                    let at = sheet.room(layer.shape(row), wide(&storeys, 2.2), 2.4)?;
                    Some((at, storeys))
                });
                (
                    html! { @if !path.is_empty() { path.m-house d=(path) {} } },
                    html! { @if let Some((at, storeys)) = room { (label(at, "t-house", &storeys)) } },
                )
            },
        )
    }

    fn around(&self, sheet: &mut Sheet) -> (Markup, Markup) {
        let layer = Some(&*self.run().parcels);
        let of = |layer: &RunLayer, row: usize, sheet: &mut Sheet| {
            if row == self.row {
                return (html! {}, html! {});
            }
            let path = sheet.path(layer.shape(row), LEAST);
            let id = layer.text(row, "parcel_id").unwrap_or_default();
            let at = sheet.room(layer.shape(row), wide(&id, 2.4), 2.8);
            (
                html! { @if !path.is_empty() { path.m-neighbour d=(path) {} } },
                html! { @if let Some(at) = at { (label(at, "t-id", &id)) } },
            )
        };
        drawn(sheet, layer, of)
    }
}

/// What of a layer is on the sheet: shapes, and the labels above all shapes.
fn drawn(
    sheet: &mut Sheet,
    layer: Option<&RunLayer>,
    of: impl Fn(&RunLayer, usize, &mut Sheet) -> (Markup, Markup),
) -> (Markup, Markup) {
    let Some(layer) = layer else {
        return (html! {}, html! {});
    };
    let mut rows: Vec<u32> = layer.index().meeting(sheet.window()).collect();
    rows.sort_unstable();
    let drawn: Vec<_> = rows
        .iter()
        .map(|row| of(layer, *row as usize, sheet))
        .collect();
    (
        html! { @for (shape, _) in &drawn { (shape) } },
        html! { @for (_, label) in &drawn { (label) } },
    )
}

/// The length of a side along it, inside the parcel, where it is long enough on paper.
fn side(sheet: &mut Sheet, here: Coord, next: Coord, metres: f64) -> Option<Markup> {
    let (a, b) = (sheet.place(here), sheet.place(next));
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let long = dx.hypot(dy);
    let text = format!("{:.2}", (next.x - here.x).hypot(next.y - here.y) * metres);
    let width = wide(&text, 2.1);
    if long < width + 3.0 {
        return None;
    }
    // shells run clockwise, so the parcel lies to the right: on paper, where y grows downwards, that is (−dy, dx)
    let at = Coord {
        x: f64::midpoint(a.x, b.x) - dy / long * 1.9,
        y: f64::midpoint(a.y, b.y) + dx / long * 1.9,
    };
    let (across, up) = ((dx / long).abs(), (dy / long).abs());
    if !sheet.take(at, width * across + 2.4 * up, width * up + 2.4 * across) {
        return None;
    }
    let mut turn = dy.atan2(dx).to_degrees();
    if turn > 90.0 {
        turn -= 180.0;
    } else if turn <= -90.0 {
        turn += 180.0;
    }
    let turned = format!(
        "translate({:.2} {:.2}) rotate({turn:.1}) translate(0 .7)",
        at.x, at.y
    );
    Some(html! { text.t-side transform=(turned) { (text) } })
}

/// The direction away from the parcel at a corner of a ring that runs clockwise on paper.
fn outward(before: Coord, at: Coord, after: Coord) -> Coord {
    let unit = |from: Coord, to: Coord| {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let long = dx.hypot(dy).max(1e-12);
        (dx / long, dy / long)
    };
    let (a, b) = (unit(before, at), unit(at, after));
    // the left of each side, on paper (dy, −dx)
    let sum = (a.1 + b.1, -a.0 - b.0);
    let long = sum.0.hypot(sum.1);
    if long < 1e-6 {
        return Coord { x: a.0, y: a.1 };
    }
    Coord {
        x: sum.0 / long,
        y: sum.1 / long,
    }
}

/// About how wide a text is: signs of Chinese are as wide as high.
fn wide(text: &str, size: f64) -> f64 {
    let signs = text
        .chars()
        .map(|sign| if sign.is_ascii() { 0.58 } else { 1.0 });
    signs.sum::<f64>() * size + 0.8
}
