//! Every rule with its verdicts, the readings where the law leaves a choice, and how things were measured.

use maud::{Markup, html};

use super::Report;
use crate::write::page::{choice_called, reading_called};

const VERDICTS: [&str; 5] = ["pass", "fail", "discretionary", "unknown", "not_applicable"];

impl Report<'_> {
    /// Rules, readings, methods.
    pub(super) fn methods(&self) -> Markup {
        let words = self.words();
        let options = &self.scan.measured.options;
        let policy = &options.policy;
        let rule = |id: &str| policy.rule(id, options.as_of);
        let readings = &self.summary.readings;
        html! {
            h3 { (self.l("各规则结论（宗地、合同或企业数）", "Rules with their verdicts: parcels, contracts or enterprises")) }
            table {
                thead { tr { th { (self.l("条款", "article")) } th { (self.l("规则", "rule")) } @for verdict in VERDICTS { th.n { (words.verdict(verdict, None)) } } } }
                tbody {
                    @for (id, counts) in &self.summary.verdicts {
                        tr {
                            td { (rule(id).map(crate::law::pack::Rule::citation).unwrap_or_default()) }
                            td { (rule(id).map_or(id.as_str(), |rule| self.l(&rule.zh, &rule.en))) @if rule(id).is_some_and(|rule| rule.classifies) { span.soft { (self.l("（认定类：“不符合”即属于）", " (classifies: not met = falls under it)")) } } }
                            @for verdict in VERDICTS { td.n { (counts.get(verdict).map(ToString::to_string).unwrap_or_default()) } }
                        }
                    }
                }
            }
            @if !self.summary.not_judged.is_empty() {
                p.note {
                    (self.l("因各图层均无所需事实而未逐宗判定的规则：", "Rules that no layer could decide: "))
                    @for (at, id) in self.summary.not_judged.keys().enumerate() { @if at > 0 { (self.l("、", ", ")) } (rule(id).map_or(id.as_str(), |rule| self.l(&rule.zh, &rule.en))) }
                }
            }
            h3 { (self.l("读法（法律留白处所取口径）", "Readings, where the law leaves a choice")) }
            table {
                thead { tr { th { (self.l("事项", "about")) } th { (self.l("所取", "chosen")) } th { (self.l("含义", "which means")) } } }
                tbody {
                    @for (name, choice) in readings {
                        @let about = reading_called(Some(policy), name, self.language);
                        tr {
                            td { (about) @if about != name { br; span.soft { (name) } } }
                            td { (choice) }
                            td { (choice_called(Some(policy), (name.as_str(), choice.as_str()), self.language).unwrap_or_default()) }
                        }
                    }
                }
            }
            h3 { (self.l("量算方法", "How things were measured")) }
            ul {
                li { (self.l("容积率 = 计容建筑面积 ÷ 用地面积；层高超过政策所定高度的楼层按政策倍数计容；建筑密度 = 基底面积 ÷ 用地面积，重叠的基底只计一次。", "Plot ratio = counted floor area ÷ area, storeys higher than the policy sets counted as it says; density = footprint ÷ area, overlapping footprints once.")) }
                li { (self.l("跨宗地线的建筑按各宗内部分计；比率用未取整数值计算，面积印至 0.01 m²。", "A building over a line counts in each parcel by its part; ratios are taken of unrounded figures, areas printed to 0.01 m².")) }
                li { (self.l("缺少的事实一律记为“待核实”，不作通过处理；0.5% 以内接近限值的标“临界”。", "A fact that is missing is unknown, never a pass; within 0.5 % of a bound is marked borderline.")) }
                li { (self.l("几何线索（空地、低建筑密度）只作疑似，须实地核查后认定。", "Clues of geometry alone make land a suspect; a finding takes a look on site.")) }
            }
        }
    }
}
