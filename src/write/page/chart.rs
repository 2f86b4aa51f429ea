//! Counts → charts in SVG that are told apart without colour: stacked columns and stacked bars.

use maud::{Markup, html};

use super::number;

/// A part of a column or a bar: how it is drawn, what it is called.
#[derive(Clone, Debug)]
pub(in crate::write) struct Slice {
    /// The class that draws it.
    pub(in crate::write) class: &'static str,
    /// What it is called.
    pub(in crate::write) name: String,
}

/// The hatchings that classes of parts are filled with, once a page.
pub(in crate::write) fn hatchings() -> Markup {
    // one size for charts, one for maps in millimetres
    let lines = |name: &str, turn: u16, back: &str, front: &str| {
        html! {
            @for (before, size) in [("h", 4.0), ("s", 0.9)] {
                pattern id=(format!("{before}-{name}")) width=(size) height=(size) patternUnits="userSpaceOnUse" patternTransform=(format!("rotate({turn})")) {
                    rect width=(size) height=(size) fill=(back) {}
                    line x1="0" y1="0" x2="0" y2=(size) stroke=(front) stroke-width=(size * 0.4) {}
                }
            }
        }
    };
    html! {
        svg width="0" height="0" aria-hidden="true" style="position:absolute" {
            defs {
                (lines("fail", 45, "#f3b7b2", "#b3261e"))
                (lines("amber", 135, "#f8e3b3", "#b97f00"))
                (lines("grey", 0, "#f1f1ef", "#c4c4c0"))
                (lines("blue", 90, "#d5e3f5", "#3d6fb0"))
            }
        }
    }
}

/// What the parts of a chart are called.
pub(in crate::write) fn legend(parts: &[Slice]) -> Markup {
    html! {
        p.legend {
            @for part in parts {
                span { svg width="14" height="10" { rect class=(part.class) width="14" height="10" {} } " " (part.name) }
            }
        }
    }
}

/// Columns: each with the name below it and the counts of its parts, from the ground up.
pub(in crate::write) struct Columns<'a> {
    /// What each is called.
    pub(in crate::write) names: Vec<String>,
    /// The counts of the parts of each.
    pub(in crate::write) counts: Vec<Vec<u64>>,
    /// Its parts.
    pub(in crate::write) parts: &'a [Slice],
    /// Limits: places between columns, 0 before the first, and what stands there.
    pub(in crate::write) limits: Vec<(f64, String)>,
}

impl Columns<'_> {
    /// The chart.
    #[expect(clippy::cast_precision_loss, reason = "counts of parcels, drawn")]
    pub(in crate::write) fn drawn(&self, title: &str) -> Markup {
        let most = self
            .counts
            .iter()
            .map(|parts| parts.iter().sum::<u64>())
            .max();
        let most = most.unwrap_or(0).max(1) as f64;
        let wide = 560.0 / self.counts.len().max(1) as f64;
        let high = |count: u64| count as f64 / most * 124.0;
        let column = |at: usize, parts: &[u64]| {
            let x = 20.0 + at as f64 * wide;
            let mut ground = 170.0;
            let drawn: Vec<(f64, f64, &str)> = parts
                .iter()
                .zip(self.parts)
                .map(|(count, part)| {
                    ground -= high(*count);
                    (ground, high(*count), part.class)
                })
                .collect();
            html! {
                @for (top, height, class) in &drawn {
                    @if *height > 0.0 { rect class=(class) x=(format!("{:.1}", x + 2.0)) y=(format!("{top:.1}")) width=(format!("{:.1}", wide - 4.0)) height=(format!("{height:.1}")) {} }
                }
                @if ground < 170.0 { text.c-count x=(format!("{:.1}", x + wide / 2.0)) y=(format!("{:.1}", ground - 3.0)) { (number(parts.iter().sum::<u64>() as f64, 0)) } }
                text.c-name x=(format!("{:.1}", x + wide / 2.0)) y="183" { (self.names[at]) }
            }
        };
        html! {
            figure.chart {
                svg role="img" aria-label=(title) viewBox="0 0 600 190" {
                    line.c-axis x1="20" y1="170" x2="580" y2="170" {}
                    @for (at, parts) in self.counts.iter().enumerate() { (column(at, parts)) }
                    @for (number, (at, text)) in self.limits.iter().enumerate() {
                        @let x = at.mul_add(wide, 20.0);
                        line.c-limit x1=(format!("{x:.1}")) y1="32" x2=(format!("{x:.1}")) y2="170" {}
                        text.c-limit x=(format!("{x:.1}")) y=(9 + number % 3 * 10) { (text) }
                    }
                }
                (legend(self.parts))
                figcaption { (title) }
            }
        }
    }
}

/// Bars from left to right: each with its name and the sizes of its parts.
pub(in crate::write) struct Bars<'a> {
    /// What each is called, and the sizes of its parts.
    pub(in crate::write) rows: Vec<(String, Vec<f64>)>,
    /// Its parts.
    pub(in crate::write) parts: &'a [Slice],
    /// How the sum of a bar is written.
    pub(in crate::write) sum: fn(f64) -> String,
}

impl Bars<'_> {
    /// The chart.
    #[expect(clippy::cast_precision_loss, reason = "a row of a chart")]
    pub(in crate::write) fn drawn(&self, title: &str) -> Markup {
        let most = self.rows.iter().map(|(_, parts)| parts.iter().sum::<f64>());
        let most = most.fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let height = 22.0_f64.mul_add(self.rows.len() as f64, 6.0);
        let bar = |at: usize, name: &str, parts: &[f64]| {
            let y = 22.0_f64.mul_add(at as f64, 4.0);
            let mut x = 150.0;
            let drawn: Vec<(f64, f64, &str)> = parts
                .iter()
                .zip(self.parts)
                .map(|(size, part)| {
                    let wide = size / most * 350.0;
                    x += wide;
                    (x - wide, wide, part.class)
                })
                .collect();
            let short: String = if name.chars().count() > 12 {
                name.chars().take(11).chain(['…']).collect()
            } else {
                name.to_owned()
            };
            html! {
                text.c-row x="144" y=(format!("{:.1}", y + 12.0)) { (short) }
                @for (left, wide, class) in &drawn {
                    @if *wide > 0.0 { rect class=(class) x=(format!("{left:.1}")) y=(format!("{y:.1}")) width=(format!("{wide:.1}")) height="16" {} }
                }
                text.c-sum x=(format!("{:.1}", x + 5.0)) y=(format!("{:.1}", y + 12.0)) { ((self.sum)(parts.iter().sum())) }
            }
        };
        html! {
            figure.chart {
                svg role="img" aria-label=(title) viewBox=(format!("0 0 600 {height}")) {
                    @for (at, (name, parts)) in self.rows.iter().enumerate() { (bar(at, name, parts)) }
                }
                @if self.parts.len() > 1 { (legend(self.parts)) }
                figcaption { (title) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_high_as_their_counts_and_names_are_escaped() {
        let parts = [Slice {
            class: "p-pass",
            name: "a<b".into(),
        }];
        let chart = Columns {
            names: vec!["<x>".into(), "y".into()],
            counts: vec![vec![2], vec![1]],
            parts: &parts,
            limits: vec![(1.0, "≥ 0.7".into())],
        };
        let text = chart.drawn("t").into_string();
        assert!(
            text.contains("height=\"124.0\"") && text.contains("height=\"62.0\""),
            "{text}"
        );
        assert!(
            text.contains("&lt;x&gt;") && text.contains("a&lt;b") && text.contains("x1=\"300.0\"")
        );
    }
}
