//! What an upgrade of a site would take, alone and with the scattered land proposed to it.

use maud::{Markup, html};

use super::Subject;
use crate::read::RunRow;
use crate::write::judgement::{measure_text, stated_called};
use crate::write::page::{number, pair};

impl Subject<'_> {
    /// The site solved backwards; `None` where it is no industrial site with buildings.
    pub(super) fn upgrade(&self) -> Option<Markup> {
        let row = self.run().upgrades.of(self.place).next()?;
        let given = self.run().allocation.of(self.place).next();
        let m2 = |row: RunRow<'_>, column: &str| {
            row.number(column)
                .map(|value| format!("{} m²", number(value, 2)))
        };
        let unknown = || self.l("待核实", "unknown").to_owned();
        let or_unknown = |text: Option<String>| text.unwrap_or_else(unknown);
        let feasible = |column: &str| match row.text(column) {
            Some("true") => self.l("可行", "feasible").to_owned(),
            Some("false") => self.l("不可行", "not feasible").to_owned(),
            _ => unknown(),
        };
        let with = row.text("pieces");
        let share = row
            .number("share_of_site")
            .map(|share| format!("{:.2}%", share * 100.0));
        let rules = row.text("forbidden_by").map(|ids| {
            let named = |id: &str| {
                let rule = self
                    .of
                    .pack
                    .and_then(|pack| pack.rule(id, self.run().facts.as_of));
                rule.map_or_else(
                    || id.to_owned(),
                    |rule| self.l(&rule.zh, &rule.en).to_owned(),
                )
            };
            let rules: Vec<String> = ids.split(';').map(named).collect();
            rules.join(self.l("、", ", "))
        });
        let assumes: Vec<String> = row
            .list("assumes")
            .map(|one| match one.split_once('=') {
                Some((name, value)) => {
                    let value = stated_called(value, name, self.of.language);
                    format!("{} = {value}", measure_text(name, self.of.language))
                }
                None => one.to_owned(),
            })
            .collect();
        Some(html! {
            table {
                thead { tr { th {} th { (self.l("不增地", "without new land")) } th { (self.l("配置零星地块", "with scattered land")) } } }
                tbody {
                    tr {
                        th scope="row" { (self.l("零星地块", "pieces")) }
                        td { "–" }
                        td {
                            @match with {
                                Some(pieces) => { (pieces.replace(';', "、")) " " (m2(row, "scattered_m2").unwrap_or_default()) @if let Some(share) = share { (self.l("，占原用地 ", ", of the site ")) (share) } }
                                None => { (self.l("未配置", "none proposed")) }
                            }
                        }
                    }
                    tr {
                        th scope="row" { (self.l("最少须新增建筑面积", "least new floor area")) }
                        td.formula { (or_unknown(m2(row, "needed_new_floor_alone_m2"))) }
                        td.formula { @if with.is_some() { (or_unknown(m2(row, "needed_new_floor_m2"))) } @else { "–" } }
                    }
                    tr {
                        th scope="row" { (self.l("规划尚可新增建筑面积", "what the plan leaves")) }
                        td.formula { (or_unknown(m2(row, "plan_headroom_alone_m2"))) }
                        td.formula { @if with.is_some() { (or_unknown(m2(row, "plan_headroom_m2"))) } @else { "–" } }
                    }
                    tr {
                        th scope="row" { (self.l("可行性", "feasible")) }
                        td { (feasible("feasible_alone")) }
                        td { @if with.is_some() { (feasible("feasible")) } @else { "–" } }
                    }
                }
            }
            table.pairs {
                (pair(self.l("不允许的规则", "forbidden by"), rules))
                @if let Some(given) = given {
                    (pair(self.l("相邻可配置地块", "candidates"), given.text("candidates").map(|list| list.replace(';', "、"))))
                    (pair(self.l("最多可配置面积", "most it may take"), m2(given, "most_land_m2")))
                    (pair(self.l("此前已供零星地块", "granted before"), m2(given, "granted_before_m2")))
                }
                @if !assumes.is_empty() { (pair(self.l("假定（须核实）", "assumed, to be verified"), Some(assumes.join(self.l("；", "; "))))) }
            }
        })
    }
}
