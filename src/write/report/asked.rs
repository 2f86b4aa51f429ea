//! What the run was asked: layers, policy, day, thresholds.

use maud::{Markup, html};
use serde_json::Value;

use super::Report;
use crate::write::page::pair;

impl Report<'_> {
    /// The question.
    pub(super) fn asked(&self, summary: &Value) -> Markup {
        let words = self.words();
        let options = &self.scan.measured.options;
        let policy = &options.policy;
        let sources = summary.get("sources").and_then(Value::as_object);
        let layers = sources.into_iter().flatten().map(|(layer, facts)| {
            let name = facts
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or_default();
            format!("{}（{name}）", words.layer(layer))
        });
        let layers: Vec<String> = layers.collect();
        let day = |day: Option<jiff::civil::Date>| {
            day.map_or_else(|| "…".to_owned(), |day| day.to_string())
        };
        let term = format!(
            "{} – {}",
            day(policy.in_force.from),
            day(policy.in_force.to)
        );
        let shown = |place: &str| summary.pointer(place).map(ToString::to_string);
        let text = |place: &str| summary.pointer(place).and_then(Value::as_str);
        html! {
            p {
                (self.l("对全部宗地量算容积率、建筑密度和相邻关系，查找零星地块，按政策逐宗判定，排查闲置低效用地，并测算零增地技改的可行性。",
                    "Measure plot ratio, density and neighbours of every parcel, find scattered land, judge each by the policy, survey idle and inefficient land, and solve upgrades without new land backwards."))
            }
            table.pairs {
                (pair(self.l("政策", "policy"), Some(format!("{} ({})", policy.name, policy.id))))
                (pair(self.l("有效期", "in force"), Some(term)))
                (pair(self.l("判定日", "as of"), Some(options.as_of.to_string())))
                (pair(self.l("输入", "input"), Some(layers.join(self.l("、", ", ")))))
                (pair(self.l("面积口径", "area basis"), text("/area").map(|basis| words.basis(basis))))
                (pair(self.l("计算坐标系", "computing CRS"), Some(format!("{} {}", self.scan.measured.city.crs.label(), self.scan.measured.city.crs.name))))
                (pair(self.l("邻接容差（米）", "tolerance (m)"), shown("/tolerance_m")))
                (pair(self.l("疑似空闲的建筑占比", "nearly empty below"), shown("/survey/vacant_share")))
            }
        }
    }
}
