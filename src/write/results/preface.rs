//! A run → what its workbooks say of it: by what it was judged, what was chosen, what it rests on.

use super::Summary;
use super::printed::layer_called;
use super::summary::SourceFacts;
use crate::law::pack::Pack;
use crate::run::Scan;
use crate::write::judgement::measure_text;
use crate::write::page::{choice_called, reading_called};
use crate::write::{Language, Preface};

impl Summary {
    /// What workbooks say of the run.
    pub fn preface<'a>(&self, scan: &'a Scan, language: Language) -> Preface<'a> {
        Preface {
            policy: &scan.measured.options.policy,
            line: self.line(language),
            notes: self.said(&scan.measured.options.policy, language),
            language,
        }
    }

    fn line(&self, language: Language) -> String {
        let area = self.area_basis(language);
        let expired = match (self.policy.expired, language) {
            (false, _) => "",
            (true, Language::Zh) => "（不在有效期）",
            (true, Language::En) => " (expired)",
        };
        match language {
            Language::Zh => format!(
                "政策：{}{expired}    判定日：{}    面积依据：{area}    空白为不明或待填",
                self.policy.id, self.as_of
            ),
            Language::En => format!(
                "Policy: {}{expired}    As of: {}    Area: {area}    Empty: unknown, or to be filled in",
                self.policy.id, self.as_of
            ),
        }
    }

    fn area_basis(&self, language: Language) -> &'static str {
        match self.area {
            "registered" => language.of(
                "登记面积，无登记面积的用平面面积",
                "registered, else on the plane",
            ),
            "plane" => language.of("平面面积", "on the plane"),
            _ => language.of("椭球面积", "on the ellipsoid"),
        }
    }

    fn readings_said(&self, policy: &Pack, language: Language) -> String {
        let readings = self.readings.iter();
        let readings = readings.map(|(name, choice)| {
            let about = reading_called(Some(policy), name, language);
            let means = choice_called(Some(policy), (name.as_str(), choice.as_str()), language);
            let means = means.map_or_else(String::new, |means| match language {
                Language::Zh => format!("（{means}）"),
                Language::En => format!(" ({means})"),
            });
            match language {
                Language::Zh => format!("{about}：{choice}{means}"),
                Language::En => format!("{name}={choice}{means}"),
            }
        });
        readings.collect::<Vec<_>>().join("；")
    }

    fn missing_said(&self, language: Language) -> String {
        let missing = self.not_judged.iter();
        let missing = missing.map(|(rule, facts)| {
            let facts = facts.iter().map(|name| measure_text(name, language));
            let facts = facts.collect::<Vec<_>>();
            match language {
                Language::Zh => {
                    format!("{}：{}", self.rule_called(rule, language), facts.join("、"))
                }
                Language::En => format!("{rule}: {}", facts.join(", ")),
            }
        });
        missing.collect::<Vec<_>>().join("；")
    }

    fn said(&self, policy: &Pack, language: Language) -> Vec<(String, String)> {
        let mut said = Vec::new();
        let mut say = |zh: &str, en: &str, text: String| {
            if !text.is_empty() {
                said.push((language.of(zh, en).to_owned(), text));
            }
        };
        let term = [&self.policy.effective_from, &self.policy.effective_to];
        let term = term.map(|day| day.as_deref().unwrap_or("…"));
        say(
            "政策",
            "Policy",
            format!(
                "{}（{}），{} – {}",
                self.policy.name, self.policy.id, term[0], term[1]
            ),
        );
        say("政策包校验", "Pack (SHA-256)", self.policy.sha256.clone());
        say("判定日", "As of", self.as_of.clone());
        say("条文口径", "Readings", self.readings_said(policy, language));
        say("面积依据", "Area", self.area_basis(language).to_owned());
        say(
            "按惯常取值",
            "Assumptions",
            language
                .of(
                    "无人提供而按惯常取值的事项，逐行列在“按惯常取值”栏；须由企业或主管部门核实。",
                    "Facts that nobody gave and that were taken as usual stand in each row; enterprise or office must confirm them.",
                )
                .to_owned(),
        );
        say(
            "计算坐标系",
            "Computed in",
            format!("{} {}", self.crs.code, self.crs.name),
        );
        say(
            "邻接容差",
            "Tolerance",
            match language {
                Language::Zh => format!(
                    "界线相距不超过 {} 米视为同一界线；隔缝列至 {} 米",
                    self.tolerance_m, self.gap_m
                ),
                Language::En => format!(
                    "boundaries within {} m are one; gaps are listed up to {} m",
                    self.tolerance_m, self.gap_m
                ),
            },
        );
        for (layer, source) in &self.sources {
            say(
                "数据来源",
                "Source",
                format!(
                    "{}{}{}",
                    layer_called(layer, language),
                    language.of("：", ": "),
                    files(source)
                ),
            );
        }
        for (layer, counts) in &self.layers {
            say(
                "要素去向",
                "Features",
                format!(
                    "{}{}{}",
                    layer_called(layer, language),
                    language.of("：", ": "),
                    counts.said(language)
                ),
            );
        }
        say(
            "未能判定的规则及缺少的事实",
            "Rules not judged, and what is missing",
            self.missing_said(language),
        );
        for note in &self.notes {
            say("提示", "Note", language.message(note).into_owned());
        }
        say("程序", "Program", self.program.said());
        said
    }
}

fn files(source: &SourceFacts) -> String {
    let layer = source
        .layer
        .as_ref()
        .map_or(String::new(), |layer| format!(":{layer}"));
    let files = source.files.iter();
    let files = files.map(|file| format!("{} {} B SHA-256 {}", file.name, file.bytes, file.sha256));
    format!(
        "{}{layer}（{}）",
        source.name,
        files.collect::<Vec<_>>().join("；")
    )
}
