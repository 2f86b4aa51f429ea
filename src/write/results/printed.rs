//! A run → what a person is shown of it first: names and values in their language.

use super::{Summary, Totals};
use crate::law::judge::Verdict;
use crate::model::LAYERS;
use crate::write::Language;

/// Names and values.
pub(super) struct Lines {
    language: Language,
    all: Vec<(String, String)>,
}

impl Lines {
    pub(super) const fn new(language: Language) -> Self {
        Self {
            language,
            all: Vec::new(),
        }
    }

    /// Adds a line.
    pub(super) fn say(&mut self, zh: &str, en: &str, value: String) {
        self.all.push((self.language.of(zh, en).to_owned(), value));
    }

    /// All of them.
    pub(super) fn done(self) -> Vec<(String, String)> {
        self.all
    }
}

impl Summary {
    /// What a person wants to see first: names and values.
    pub fn lines(&self, language: Language) -> Vec<(String, String)> {
        let mut lines = Lines::new(language);
        for (layer, counts) in &self.layers {
            let called = layer_called(layer, language);
            lines.say(
                &format!("{called}：读入"),
                &format!("{called} read"),
                counts.read().to_string(),
            );
            lines.say(
                "  参与分析 / 修复后分析 / 未参与",
                "  analysed / repaired / quarantined",
                counts.fates(),
            );
        }
        self.building_lines(&mut lines);
        let pairs = &self.totals.pairs;
        lines.say(
            "相邻：共边 / 重叠 / 点接 / 隔缝",
            "neighbours: edge / overlap / point / gap",
            format!(
                "{} / {} / {} / {}",
                pairs.edge, pairs.overlap, pairs.point, pairs.gap
            ),
        );
        for (rule, verdicts) in &self.verdicts {
            let counts = verdicts
                .iter()
                .map(|(verdict, count)| format!("{count} {}", verdict_called(verdict, language)));
            let counts = counts.collect::<Vec<_>>().join(language.of("，", ", "));
            // terminals disagree how wide these are
            let title = self.rule_called(rule, Language::Zh);
            let title = title.replace(['“', '”'], "");
            let with_id = format!("{title}（{rule}）");
            // so much the column of names has of a terminal
            let fits = breadth(&with_id) <= 42;
            lines.say(if fits { &with_id } else { &title }, rule, counts);
        }
        if !self.not_judged.is_empty() {
            lines.say(
                "因图层缺少事实而未列出的规则",
                "rules not listed, for want of facts",
                self.not_judged.len().to_string(),
            );
        }
        for (layer, counts) in &self.keys {
            let called = layer_called(layer, language);
            lines.say(
                &format!("{called}编号：找到/未找到/重号/位置不符"),
                &format!("keys of {called}: met/none/ambiguous/elsewhere"),
                counts.fates(),
            );
        }
        land_lines(&self.totals, &mut lines);
        if let Some(survey) = &self.survey {
            survey.say(&mut lines);
        }
        let value = format!("{} {}", self.crs.code, self.crs.name);
        lines.say("计算坐标系", "computed in", value);
        let mut lines = lines.done();
        lines.push(self.policy_line(language));
        lines
    }

    /// The policy and the day as of which everything is judged.
    pub fn policy_line(&self, language: Language) -> (String, String) {
        let expired = if self.policy.expired {
            language.of("（不在有效期）", " (expired)")
        } else {
            ""
        };
        let value = format!("{}, {}{expired}", self.policy.id, self.as_of);
        (
            language.of("政策，判定日", "policy, as of").to_owned(),
            value,
        )
    }

    fn building_lines(&self, lines: &mut Lines) {
        let language = lines.language;
        let totals = &self.totals;
        let land = match (totals.area_m2, language) {
            (Some(m2), _) => format!("{m2:.2}"),
            (None, Language::Zh) => format!(
                "{:.2} 至 {:.2} 之间",
                totals.area_at_least_m2, totals.area_at_most_m2
            ),
            (None, Language::En) => format!(
                "between {:.2} and {:.2}",
                totals.area_at_least_m2, totals.area_at_most_m2
            ),
        };
        lines.say("土地面积（平方米）", "land area (m²)", land);
        lines.say(
            "重叠的土地（平方米） / 重复给出的宗地",
            "land covered twice (m²) / rows that repeat a parcel",
            format!("{:.2} / {}", totals.land_twice_m2, totals.parcels_repeated),
        );
        let Some(buildings) = &totals.buildings else {
            let value = language.of("不明：未提供建筑", "unknown: no buildings given");
            return lines.say("容积率、建筑密度", "plot ratio, density", value.to_owned());
        };
        lines.say(
            "基底面积（平方米）",
            "footprint (m²)",
            format!("{:.2}", buildings.footprint_m2),
        );
        lines.say(
            "建筑面积（平方米）",
            "floor area (m²)",
            sum(
                buildings.floor_area_m2,
                buildings.floor_area_unknown_parcels,
                language,
            ),
        );
        lines.say(
            "计容建筑面积（平方米）",
            "counted floor area (m²)",
            sum(
                buildings.far_floor_area_m2,
                buildings.far_floor_area_unknown_parcels,
                language,
            ),
        );
        lines.say(
            "容积率不明的宗地",
            "parcels of unknown plot ratio",
            buildings.far_floor_area_unknown_parcels.to_string(),
        );
        if buildings.buildings_left_out > 0 {
            lines.say(
                "未参与的建筑 / 因此不明的宗地",
                "buildings left out / parcels they leave unknown",
                format!(
                    "{} / {}",
                    buildings.buildings_left_out, buildings.parcels_with_buildings_left_out
                ),
            );
        }
    }
}

/// How wide a text is on a terminal: a Chinese character is two.
fn breadth(text: &str) -> usize {
    text.chars().map(|c| 1 + usize::from(!c.is_ascii())).sum()
}

/// A layer as a person calls it.
pub(super) fn layer_called(layer: &str, language: Language) -> String {
    let entry = LAYERS.iter().find(|entry| entry.role.name == layer);
    let zh = entry.map_or(layer, |entry| entry.zh);
    language.of(zh, layer).to_owned()
}

/// A verdict as a person calls it.
pub fn verdict_called(verdict: &str, language: Language) -> &str {
    let zh = [
        (Verdict::Pass, "符合"),
        (Verdict::Fail, "不符合"),
        (Verdict::Discretionary, "需同意"),
        (Verdict::Unknown, "不明"),
        (Verdict::NotApplicable, "不适用"),
    ];
    let zh = zh.into_iter().find(|(of, _)| of.name() == verdict);
    language.of(zh.map_or(verdict, |(_, zh)| zh), verdict)
}

/// A sum, and over how many parcels it is not known.
fn sum(known: Option<f64>, unknown: u64, language: Language) -> String {
    match (known, unknown, language) {
        (None, _, _) => language.of("不明", "unknown").to_owned(),
        (Some(m2), 0, _) => format!("{m2:.2}"),
        (Some(m2), parcels, Language::Zh) => format!("{m2:.2}（另有 {parcels} 宗不明）"),
        (Some(m2), parcels, Language::En) => format!("{m2:.2}, {parcels} parcels unknown"),
    }
}

/// What a person wants to see of scattered land, and of where parcels come from.
fn land_lines(totals: &Totals, lines: &mut Lines) {
    let language = lines.language;
    if let Some(scattered) = &totals.scattered {
        lines.say(
            "零星地块：有记录 / 已知 / 无记录",
            "scattered pieces: recorded / given / unrecorded",
            format!(
                "{} / {} / {}",
                scattered.recorded, scattered.given, scattered.unrecorded
            ),
        );
        lines.say(
            "  拟配置块数，面积（平方米）",
            "  allotted, and their area (m²)",
            format!("{}, {:.2}", scattered.allotted, scattered.allotted_m2),
        );
    }
    if let Some(upgrades) = &totals.upgrades {
        lines.say(
            "有建筑的工业宗地",
            "industrial sites with buildings",
            upgrades.sites.to_string(),
        );
        lines.say(
            "  邻零星地块 / 拟配置 / 配置后可实施",
            "  beside scattered land / given some / feasible",
            format!(
                "{} / {} / {}",
                upgrades.beside_vacant_land, upgrades.given_some, upgrades.feasible_with_it
            ),
        );
    }
    if let Some(relations) = &totals.lineage {
        let counts = relations
            .iter()
            .map(|(name, count)| format!("{count} {}", relation_called(name, language)));
        let counts = counts.collect::<Vec<_>>().join(language.of("，", ", "));
        lines.say("宗地来源", "where parcels come from", counts);
    }
}

fn relation_called(relation: &str, language: Language) -> &str {
    let zh = match relation {
        "same" => "未变",
        "renumbered" => "换号",
        "split" => "分割",
        "merged" => "合并",
        "reshaped" => "界线调整",
        "new" => "新设",
        "gone" => "已注销",
        "unknown" => "不明",
        other => other,
    };
    language.of(zh, relation)
}
