//! Two small maps of the city: what the rules say, and how the land is used; cells of a grid where there are many parcels.

use maud::{Markup, html};

use super::Report;
use crate::features::idle::State;
use crate::geometry::Bounds;
use crate::law::judge::Verdict;
use crate::write::page::{Sheet, Slice, legend};

/// More parcels than this are drawn as cells.
const MOST: usize = 4000;
/// Millimetres of a map.
const SIZE: (f64, f64) = (92.0, 84.0);
/// Millimetres of a cell.
const CELL: f64 = 1.0;

impl Report<'_> {
    /// The maps.
    pub(super) fn overview(&self) -> Markup {
        let shapes = &self.scan.measured.city.parcels.shapes;
        let order = &self.scan.measured.order.parcels;
        let bounds = order
            .iter()
            .map(|at| shapes.get(*at as usize).bounds())
            .filter(|bounds| bounds.min.x <= bounds.max.x)
            .reduce(Bounds::union);
        let Some(bounds) = bounds else {
            return html! { p { (self.l("没有可以绘制的宗地。", "There is no parcel to draw.")) } };
        };
        let metres = self.scan.measured.city.crs.metres().unwrap_or(1.0);
        let sheet = Sheet::of(bounds, metres, SIZE, 0.96);
        let verdict = |at: usize| match self.scan.judged.verdicts.get(at).copied().flatten() {
            Some(Verdict::Fail) => 1,
            Some(Verdict::Discretionary) => 2,
            Some(Verdict::Unknown) => 3,
            Some(Verdict::Pass) => 0,
            Some(Verdict::NotApplicable) | None => 4,
        };
        let mut states = vec![4_u8; shapes.len()];
        for of in self.survey.into_iter().flat_map(|survey| &survey.parcels) {
            states[of.parcel as usize] = match of.stage.state {
                State::Idle => 1,
                State::SuspectedIdle => 2,
                State::Inefficient => 0,
                State::Unknown => 3,
                _ => 4,
            };
        }
        let part = |class, zh, en| Slice {
            class,
            name: self.l(zh, en).to_owned(),
        };
        let judged = [
            part("p-pass", "符合", "met"),
            part("p-fail", "不符合", "not met"),
            part("p-amber", "须经同意", "needs consent"),
            part("p-grey", "待核实", "unknown"),
            part("p-none", "不适用", "not applicable"),
        ];
        let used = [
            part("p-blue", "低效", "inefficient"),
            part("p-fail", "闲置", "idle"),
            part("p-amber", "疑似闲置", "suspected idle"),
            part("p-grey", "情况不明", "unknown"),
            part("p-none", "其他", "other"),
        ];
        let map = |title: &str, class: &dyn Fn(usize) -> u8, parts: &[Slice]| {
            let drawn = if order.len() > MOST {
                self.cells(&sheet, class, parts)
            } else {
                self.parcels_drawn(&sheet, class, parts)
            };
            html! {
                figure.map {
                    svg role="img" aria-label=(title) viewBox=(format!("0 0 {} {}", SIZE.0, SIZE.1)) { (drawn) (sheet.furniture(self.language)) }
                    (legend(parts))
                    figcaption { (title) }
                }
            }
        };
        html! {
            div.maps {
                (map(self.l("现状合规性", "What the rules say of each parcel"), &verdict, &judged))
                (map(self.l("闲置低效排查", "Use of the land"), &|at| states[at], &used))
            }
            @if order.len() > MOST {
                p.note { (self.l("宗地较多，按 1 毫米网格显示：每格取其中最需处理的一类；逐宗见地图图层。", "Many parcels: drawn as cells of 1 mm, each by what most needs doing in it; parcel by parcel in the map layers.")) }
            }
        }
    }

    fn parcels_drawn(&self, sheet: &Sheet, class: &dyn Fn(usize) -> u8, parts: &[Slice]) -> Markup {
        let shapes = &self.scan.measured.city.parcels.shapes;
        html! {
            @for (number, part) in parts.iter().enumerate() {
                @let of_part = self.scan.measured.order.parcels.iter().map(|at| *at as usize).filter(|at| usize::from(class(*at)) == number);
                @let path = of_part.map(|at| sheet.path(shapes.get(at), 0.12)).collect::<String>();
                @if !path.is_empty() { path class=(part.class) d=(path) {} }
            }
        }
    }

    /// Cells by the class that most needs doing of the parcels whose middle lies in them, runs of the same as one.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "places on a sheet"
    )]
    fn cells(&self, sheet: &Sheet, class: &dyn Fn(usize) -> u8, parts: &[Slice]) -> Markup {
        // from what says least to what needs doing
        const RANK: [u8; 5] = [2, 4, 3, 1, 0];
        let (wide, high) = ((SIZE.0 / CELL) as usize, (SIZE.1 / CELL) as usize);
        let mut cells: Vec<Option<u8>> = vec![None; wide * high];
        for at in &self.scan.measured.order.parcels {
            let at = *at as usize;
            let bounds = self.scan.measured.city.parcels.shapes.get(at).bounds();
            if bounds.min.x > bounds.max.x {
                continue;
            }
            let place = sheet.place(bounds.centre());
            let (x, y) = ((place.x / CELL) as usize, (place.y / CELL) as usize);
            let Some(cell) = cells.get_mut(y * wide + x).filter(|_| x < wide) else {
                continue;
            };
            let own = class(at);
            let rank = |class: u8| RANK[usize::from(class)];
            if cell.is_none_or(|have| rank(have) < rank(own)) {
                *cell = Some(own);
            }
        }
        let mut runs: Vec<(usize, usize, usize, u8)> = Vec::new();
        for (y, row) in cells.chunks(wide).enumerate() {
            for (x, cell) in row.iter().enumerate() {
                let Some(class) = *cell else { continue };
                match runs.last_mut() {
                    Some((from, line, count, of))
                        if *line == y && *of == class && *from + *count == x =>
                    {
                        *count += 1;
                    }
                    _ => runs.push((x, y, 1, class)),
                }
            }
        }
        html! {
            @for (x, y, count, class) in &runs {
                rect class=(parts[usize::from(*class)].class) x=(*x as f64 * CELL) y=(*y as f64 * CELL) width=(*count as f64 * CELL) height=(CELL) {}
            }
        }
    }
}
