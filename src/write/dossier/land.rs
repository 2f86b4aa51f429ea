//! How a parcel is used: its row in the survey, the scattered pieces beside it, where it comes from.

use maud::{Markup, html};

use super::Subject;
use crate::write::judgement::measure_text;
use crate::write::page::{number, pair};

/// Columns of `idle.*` that are shown as they stand: column, Chinese, English.
const SHOWN: [(&str, &str, &str); 17] = [
    ("since", "起始日期", "since"),
    ("article", "依据条款", "article"),
    ("contract_id", "合同编号", "contract"),
    ("start_due", "约定动工日期（含延期）", "start due"),
    ("idle_from", "满一年起", "a year over from"),
    ("take_back_from", "满两年起", "two years over from"),
    ("days_over", "超期天数", "days over"),
    ("started", "实际动工", "started"),
    ("completed", "实际竣工", "completed"),
    ("stopped_since", "中止开发建设", "stopped since"),
    ("cause", "闲置原因", "cause"),
    ("developed_share", "已动工面积占比", "share developed"),
    ("invested_share", "已投资额占比", "share invested"),
    ("idle_fee_wan", "闲置费（万元）", "idle fee (10,000 yuan)"),
    ("first_seen", "首次发现", "first seen"),
    ("shortfalls", "低于的标准", "below"),
    ("not_tested", "未能核验", "not tested"),
];

impl Subject<'_> {
    /// Its state in the survey and where it comes from; `None` where nothing is listed.
    pub(super) fn use_of_land(&self) -> Option<Markup> {
        let words = self.of.words();
        let listed: Vec<_> = self.run().idle.of(self.place).collect();
        let lineage: Vec<_> = self.run().lineage.of(self.place).collect();
        let told = lineage.iter().any(|row| row.text("parents").is_some());
        if listed.is_empty() && !told {
            return None;
        }
        let zh = self.of.language == crate::write::Language::Zh;
        Some(html! {
            @for row in &listed {
                table.pairs {
                    (pair(self.l("状态", "state"), row.text("state").map(|state| words.state(state))))
                    (pair(self.l("原因", "reason"), if zh { row.text("reason_zh") } else { row.text("reason") }.map(|text| text.replace('_', " "))))
                    @for (column, zh, en) in SHOWN { (pair(self.l(zh, en), row.text(column).map(|text| self.shown(column, text)))) }
                }
            }
            @if told {
                table {
                    thead { tr { th { (self.l("来源关系", "comes from")) } th { (self.l("原宗地", "parents")) } th { (self.l("日期", "date")) } th { (self.l("依据", "by")) } } }
                    tbody {
                        @for row in &lineage {
                            tr { @for column in ["relation", "parents", "date", "basis"] { td { (row.text(column).unwrap_or_default().replace(';', "、")) } } }
                        }
                    }
                }
            }
        })
    }

    /// A cell of the survey as a reader is told it.
    fn shown(&self, column: &str, text: &str) -> String {
        let words = self.of.words();
        let each = |one: &dyn Fn(&str) -> String| {
            let all: Vec<String> = text.split(';').map(one).collect();
            all.join(self.l("；", "; "))
        };
        match column {
            "shortfalls" => each(&|one| words.shortfall(one)),
            "not_tested" => each(&|name| measure_text(name, self.of.language)),
            "cause" => words.cause(text),
            _ if matches!(text, "true" | "false") => truth(self, text).to_owned(),
            _ => text.to_owned(),
        }
    }

    /// The scattered pieces beside it; `None` where there are none.
    pub(super) fn pieces(&self) -> Option<Markup> {
        let words = self.of.words();
        let layer = self.run().scattered.as_deref()?;
        let id = self.text("parcel_id")?;
        // a piece beside it meets its box but for a narrow gap
        let near = self.run().parcels.shape(self.row).bounds().grown(5.0);
        let mut rows: Vec<usize> = layer
            .index()
            .meeting(near)
            .map(|row| row as usize)
            .collect();
        rows.sort_unstable();
        let has = |row: usize, column: &str| {
            let list = layer.text(row, column);
            list.is_some_and(|list| list.split(';').any(|one| one == id))
        };
        rows.retain(|row| {
            ["neighbours", "sites", "allocated_to"]
                .iter()
                .any(|column| has(*row, column))
        });
        if rows.is_empty() {
            return None;
        }
        Some(html! {
            table {
                thead { tr { th { (self.l("编号", "piece")) } th { (self.l("类型", "kind")) } th { (self.l("来源", "origin")) } th.n { (self.l("面积 m²", "area m²")) } th.n { (self.l("共边 m", "shared m")) } th { (self.l("符合规划", "conforms")) } th { (self.l("配置给", "proposed to")) } }
                }
                tbody {
                    @for row in rows {
                        @let text = |column: &str| layer.text(row, column).unwrap_or_default();
                        @let taker = text("allocated_to");
                        tr {
                            td { (text("piece_id")) }
                            td { (words.piece(&text("kind"))) }
                            td { (words.piece(&text("origin"))) }
                            td.n { (layer.number(row, "area_m2").map_or_else(String::new, |area| number(area, 2))) }
                            td.n { (shared_with(&text("sites"), &text("shared_m"), &id)) }
                            td { (truth(self, &text("conforms_to_plan"))) }
                            td { @if *taker == *id { b { (self.l("本宗地", "this parcel")) } } @else { (taker) } }
                        }
                    }
                }
            }
        })
    }
}

/// The length shared with one of several sites.
fn shared_with<'a>(sites: &str, lengths: &'a str, id: &str) -> &'a str {
    let at = sites.split(';').position(|site| site == id);
    at.and_then(|at| lengths.split(';').nth(at))
        .unwrap_or_default()
}

fn truth<'t>(subject: &'t Subject<'_>, word: &str) -> &'t str {
    match word {
        "true" | "1" => subject.l("是", "yes"),
        "false" | "0" => subject.l("否", "no"),
        _ => subject.l("待核实", "unknown"),
    }
}
