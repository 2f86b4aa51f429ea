//! How all parcels became the few that are listed: each condition with what it removed.

use maud::{Markup, html};

use super::Report;
use crate::write::page::{Bars, Slice, number};

/// What each ladder leads to.
const LADDERS: [(&str, &str, &str); 5] = [
    ("idle", "闲置土地", "Idle land"),
    (
        "suspected_idle_by_contract",
        "疑似闲置（按合同）",
        "Suspected idle, by contract",
    ),
    (
        "suspected_idle_by_ground",
        "疑似闲置（按现状线索）",
        "Suspected idle, by clues of the ground",
    ),
    ("inefficient", "低效用地", "Inefficient land"),
    ("low_tax", "连续两年低税收", "Low tax in two years running"),
];

impl Report<'_> {
    /// One chart for each list.
    #[expect(clippy::cast_precision_loss, reason = "counts of parcels, drawn")]
    pub(super) fn funnel(&self) -> Markup {
        let parts = ["p-blue", "p-none", "p-grey"].into_iter().zip([
            self.l("剩余", "left"),
            self.l("不符合条件", "not met"),
            self.l("情况不明", "unknown"),
        ]);
        let parts: Vec<Slice> = parts
            .map(|(class, name)| Slice {
                class,
                name: name.to_owned(),
            })
            .collect();
        let ladders = self.steps.chunk_by(|a, b| a.ladder == b.ladder);
        html! {
            @for steps in ladders {
                @let name = steps.first().map_or("", |step| step.ladder);
                @let known = LADDERS.iter().find(|(of, ..)| *of == name);
                @let title = known.map_or_else(|| name.replace('_', " "), |(_, zh, en)| self.l(zh, en).to_owned());
                h3 { (title) }
                (Bars {
                    rows: steps.iter().map(|step| (
                        self.l(step.zh, step.condition).to_owned(),
                        vec![step.left as f64, step.removed as f64, step.unknown as f64],
                    )).collect(),
                    parts: &parts,
                    sum: |_| String::new(),
                }.drawn(&title))
                table {
                    thead { tr { th { (self.l("条件", "condition")) } th.n { (self.l("不符合", "not met")) } th.n { (self.l("情况不明", "unknown")) } th.n { (self.l("剩余", "left")) } th.n { (self.l("剩余面积 m²", "land left m²")) } } }
                    tbody {
                        @for step in steps {
                            tr { td { (self.l(step.zh, step.condition)) } td.n { (number(step.removed as f64, 0)) } td.n { (number(step.unknown as f64, 0)) } td.n { (number(step.left as f64, 0)) } td.n { (number(step.left_area.m2(), 2)) } }
                        }
                    }
                }
            }
        }
    }
}
