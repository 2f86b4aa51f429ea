//! A run → `report.html`: one page that a head of department reads, bounded in size however great the city is.

mod asked;
mod chances;
mod distributions;
mod districts;
mod funnel;
mod methods;
mod overview;
mod problems;

use std::fs;

use maud::{Markup, html};
use serde_json::Value;

use super::page::{Words, document, hatchings, number, provenance};
use super::{Language, ResultFolder, Summary, WriteError};
use crate::features::idle::{State, Step, Survey};
use crate::law::judge::Verdict;
use crate::model::Defect;
use crate::run::Scan;

/// What a report is made of.
pub struct Report<'a> {
    /// The city as it was measured and judged.
    pub scan: &'a Scan,
    /// Its idle and inefficient land, where it was looked for.
    pub survey: Option<&'a Survey>,
    /// How many parcels each condition removed.
    pub steps: &'a [Step],
    /// The problems of the data.
    pub defects: &'a [&'a Defect],
    /// What stands in `summary.json`.
    pub summary: &'a Summary,
    /// The language of the page.
    pub language: Language,
}

impl Report<'_> {
    /// Writes `report.html`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &ResultFolder) -> Result<(), WriteError> {
        let name = "report.html";
        fs::write(folder.path(name), self.page()).map_err(|why| folder.io_error(name, why))
    }

    const fn l<'t>(&self, zh: &'t str, en: &'t str) -> &'t str {
        self.language.of(zh, en)
    }

    const fn words(&self) -> Words {
        Words(self.language)
    }

    /// The page.
    pub fn page(&self) -> String {
        let title = self.l(
            "城镇用地容积率与节约集约用地分析报告",
            "Plot ratio and land use: report of a run",
        );
        let summary = serde_json::to_value(self.summary).unwrap_or(Value::Null);
        let section = |zh, en, body: Markup| {
            html! { section { h2 { (self.l(zh, en)) } (body) } }
        };
        let body = html! {
            (hatchings())
            h1 { (title) }
            (self.notice())
            (section("一、任务", "1 What was asked", self.asked(&summary)))
            (section("二、数据问题（请先看）", "2 Problems found in the data: read these first", self.problems()))
            (section("三、主要结果", "3 Main results", self.tiles()))
            (section("四、总览图", "4 Overview", self.overview()))
            (section("五、筛选过程", "5 How all became few", self.funnel()))
            (section("六、容积率与建筑密度分布", "6 Plot ratio and density against their limits", self.distributions()))
            (section("七、分区情况", "7 By district", self.districts()))
            (section("八、可盘活机会（前列）", "8 Opportunities, the first of each list", self.chances()))
            (section("九、判定汇总、方法与口径", "9 Rules, methods and readings", self.methods()))
            (section("十、数据来源", "10 Where this comes from", provenance(&summary, self.language)))
        };
        document(title, self.language, &body)
    }

    /// What must be known before anything else: the policy has ended or has not begun.
    fn notice(&self) -> Markup {
        let options = &self.scan.measured.options;
        let notice = super::term_notice(&options.policy, options.as_of, self.language);
        html! { @if let Some(notice) = notice { p.lead.fail { (notice) } } }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of parcels, printed")]
    fn tiles(&self) -> Markup {
        let totals = &self.summary.totals;
        let count = |wanted: Verdict| {
            let verdicts = self.scan.judged.verdicts.iter();
            verdicts.filter(|verdict| **verdict == Some(wanted)).count() as f64
        };
        let state = |wanted: State| {
            let parcels = self.survey.into_iter().flat_map(|survey| &survey.parcels);
            parcels.filter(|of| of.stage.state == wanted).count() as f64
        };
        let tile = |value: String, zh: &str, en: &str| {
            html! { div.tile { b { (value) } span { (self.l(zh, en)) } } }
        };
        let whole = |count: f64| number(count, 0);
        html! {
            div.tiles {
                (tile(whole(totals.parcels as f64), "宗地", "parcels"))
                (tile(totals.area_m2.map_or_else(|| self.l("待核实", "unknown").to_owned(), |m2| number(m2 / 10_000.0, 2)), "用地面积（公顷）", "land (ha)"))
                @if self.scan.measured.options.tasks.rules {
                    (tile(whole(count(Verdict::Pass)), "现状符合", "as they stand: met"))
                    (tile(whole(count(Verdict::Fail)), "现状不符合", "not met"))
                    (tile(whole(count(Verdict::Unknown)), "待核实", "unknown"))
                }
                @if self.survey.is_some() {
                    (tile(whole(state(State::Idle)), "闲置", "idle"))
                    (tile(whole(state(State::SuspectedIdle)), "疑似闲置", "suspected idle"))
                    (tile(whole(state(State::Inefficient)), "低效", "inefficient"))
                }
                @if let Some(upgrades) = &totals.upgrades {
                    (tile(whole(upgrades.sites as f64), "有建筑的工业宗地", "industrial sites with buildings"))
                    (tile(whole(upgrades.feasible_with_it as f64), "配地后技改可行", "upgrades feasible with scattered land"))
                }
                @if let Some(scattered) = &totals.scattered {
                    (tile(number(scattered.allotted_m2 / 10_000.0, 2), "拟配置零星地块（公顷）", "scattered land allotted (ha)"))
                }
            }
        }
    }

    /// The district, then the town of a parcel, and who holds it: what lists say beside its id.
    fn named(&self, at: u32) -> Markup {
        let parcel = &self.scan.measured.city.parcels.rows[at as usize];
        let row = self
            .scan
            .measured
            .city
            .parcels
            .unclear
            .contains(&at)
            .then_some(parcel.row);
        let file = super::dossier_file(&parcel.id, row);
        let place = parcel.district.iter().chain(&parcel.town);
        let place: Vec<&str> = place.map(compact_str::CompactString::as_str).collect();
        html! {
            td { (parcel.name()) @if let Some(row) = row { " (" (self.l("第 ", "row ")) (row) ")" } span.screen.soft title=(file) {} }
            td { (parcel.owner.as_deref().unwrap_or_default()) }
            td { (place.join(" ")) }
        }
    }
}
