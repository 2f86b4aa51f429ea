//! The first of each list of opportunities: upgrades with scattered land, idle land, inefficient land.

use maud::{Markup, html};

use super::Report;
use crate::features::idle::{State, Surveyed};
use crate::features::upgrade::SiteUpgrade;
use crate::quantity::Exact;
use crate::write::page::number;

/// So many of each list.
const MOST: usize = 20;

impl Report<'_> {
    /// The lists.
    pub(super) fn chances(&self) -> Markup {
        html! {
            h3 { (self.l("配置零星地块后可行的技改（按可多建面积排序）", "Upgrades that are feasible with scattered land, by the floor they could add")) }
            (self.upgrades())
            h3 { (self.l("闲置与疑似闲置（按面积）", "Idle and suspected idle, by area")) }
            (self.states(&[State::Idle, State::SuspectedIdle]))
            h3 { (self.l("低效（按面积）", "Inefficient, by area")) }
            (self.states(&[State::Inefficient]))
        }
    }

    fn upgrades(&self) -> Markup {
        let room = |site: &&SiteUpgrade| {
            let solution = site.need.with_pieces.as_ref();
            solution
                .and_then(|solution| solution.room.headroom)
                .map_or(0.0, Exact::to_f64)
        };
        let feasible = self.scan.upgrades.sites.iter();
        let mut sites: Vec<&SiteUpgrade> = feasible
            .filter(|site| !site.pieces.is_empty() && site.need.is_feasible() == Some(true))
            .collect();
        // a stable order: equal ones stay in the order of parcels
        sites.sort_by(|a, b| room(b).total_cmp(&room(a)));
        let all = sites.len();
        let m2 = |value: Option<Exact>| {
            value.map_or_else(|| "–".to_owned(), |value| number(value.to_f64(), 2))
        };
        if sites.is_empty() {
            return html! { p { (self.l("无。", "None.")) } };
        }
        html! {
            table {
                thead { tr { th.n { "#" } th { (self.l("宗地", "parcel")) } th { (self.l("权利人", "holder")) } th { (self.l("区、镇", "place")) } th { (self.l("零星地块", "pieces")) } th.n { (self.l("增地 亩", "land mu")) } th.n { (self.l("最少新建 m²", "least new floor m²")) } th.n { (self.l("规划尚可建 m²", "plan leaves m²")) } th { (self.l("结论", "verdict")) } } }
                tbody {
                    @for (rank, site) in sites.iter().take(MOST).enumerate() {
                        @let solution = site.need.with_pieces.as_ref();
                        @let verdict = solution.map_or("unknown", |solution| solution.verdict.name());
                        tr {
                            td.n { (rank + 1) }
                            (self.named(site.parcel))
                            td { (site.pieces.iter().map(|at| self.scan.pieces.found.pieces[*at as usize].id.as_str()).collect::<Vec<_>>().join("、")) }
                            td.n { (site.pieces_m2.mu().to_string()) }
                            td.n { (m2(solution.and_then(|solution| solution.room.needed))) }
                            td.n { (m2(solution.and_then(|solution| solution.room.headroom))) }
                            td { span class=(format!("verdict {verdict}")) { (self.words().verdict(verdict, None)) } }
                        }
                    }
                }
            }
            (self.rest(all, "allocation.csv"))
        }
    }

    fn states(&self, wanted: &[State]) -> Markup {
        let mut listed: Vec<&Surveyed> = self
            .survey
            .into_iter()
            .flat_map(crate::features::idle::Survey::listed)
            .filter(|of| wanted.contains(&of.stage.state))
            .collect();
        listed.sort_by_key(|of| std::cmp::Reverse(of.area.map(crate::quantity::Area::cents)));
        let all = listed.len();
        if listed.is_empty() {
            return html! { p { (self.l("无。", "None.")) } };
        }
        let zh = self.language == crate::write::Language::Zh;
        html! {
            table {
                thead { tr { th.n { "#" } th { (self.l("宗地", "parcel")) } th { (self.l("权利人", "holder")) } th { (self.l("区、镇", "place")) } th { (self.l("状态", "state")) } th { (self.l("原因", "reason")) } th { (self.l("起始", "since")) } th.n { (self.l("面积 m²", "area m²")) } } }
                tbody {
                    @for (rank, of) in listed.iter().take(MOST).enumerate() {
                        tr {
                            td.n { (rank + 1) }
                            (self.named(of.parcel))
                            td { (self.words().state(of.stage.state.name())) }
                            td { @if zh { (of.stage.reason.zh()) } @else { (of.stage.reason.name().replace('_', " ")) } }
                            td { (of.stage.since.map(|day| day.to_string()).unwrap_or_default()) }
                            td.n { (of.area.map_or_else(|| "–".to_owned(), |area| number(area.m2(), 2))) }
                        }
                    }
                }
            }
            (self.rest(all, "idle.*"))
        }
    }

    fn rest(&self, all: usize, file: &str) -> Markup {
        html! {
            @if all > MOST {
                p.note { (self.l("共 ", "")) (all) (self.l(" 宗，其余见 ", " in all; the others are in ")) (file) (self.l("。", ".")) }
            }
        }
    }
}
