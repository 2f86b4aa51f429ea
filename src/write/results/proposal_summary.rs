//! What a run of `propose` came to: the summary of its scan, and how many proposals there are and are not.

use super::printed::{Lines, verdict_called};
use crate::write::Language;
use std::collections::BTreeMap;

use serde::Serialize;

use super::Summary;
use crate::features::split::ListedSplits;
use crate::law::judge::Verdict;

/// `summary.json` of `propose`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProposalSummary {
    /// That of the scan.
    #[serde(flatten)]
    pub scan: Summary,
    /// What was proposed.
    pub proposals: ProposalCounts,
}

/// How many proposals there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProposalCounts {
    /// Of what: split, merge, upgrade.
    pub kind: &'static str,
    /// How many parcels were looked at.
    pub looked_at: u64,
    /// How many have a proposal.
    pub parcels: u64,
    /// How many proposals there are.
    pub proposals: u64,
    /// How many were found and withheld, because a rule fails.
    pub withheld: u64,
    /// How many proposals have each verdict.
    pub verdicts: BTreeMap<&'static str, u64>,
    /// How many parcels were left out, by the condition that keeps them from it.
    pub not_possible: BTreeMap<&'static str, u64>,
    /// What was wished for.
    pub wish: BTreeMap<&'static str, String>,
}

impl ProposalCounts {
    /// Counts verdicts.
    pub fn count(&mut self, verdicts: impl Iterator<Item = Verdict>) {
        for verdict in verdicts {
            self.proposals += 1;
            *self.verdicts.entry(verdict.name()).or_default() += 1;
        }
    }

    /// Counts a parcel that is left out.
    pub fn leave_out(&mut self, condition: &'static str) {
        *self.not_possible.entry(condition).or_default() += 1;
    }

    /// Of splits.
    pub fn of_splits(listed: &ListedSplits) -> Self {
        let mut counts = Self {
            kind: "split",
            ..Self::default()
        };
        for of in &listed.parcels {
            counts.looked_at += 1;
            counts.withheld += of.withheld as u64;
            match &of.ways {
                Ok(ways) => {
                    counts.parcels += 1;
                    counts.count(ways.iter().map(|way| way.judgement.verdict));
                }
                Err(why) => counts.leave_out(why.condition()),
            }
        }
        counts
    }

    /// What a person wants to see first.
    pub fn lines(&self, language: Language) -> Vec<(String, String)> {
        let mut lines = Lines::new(language);
        let kind = match self.kind {
            "split" => "分割",
            "merge" => "合并",
            "upgrade" => "零增地技改反算",
            other => other,
        };
        lines.say(
            &format!("{kind}：考察的宗地"),
            &format!("{}: parcels looked at", self.kind),
            self.looked_at.to_string(),
        );
        lines.say(
            "  有方案的宗地",
            "  with a proposal",
            self.parcels.to_string(),
        );
        lines.say("  方案", "  proposals", self.proposals.to_string());
        lines.say(
            "  因违反规则而不列的方案",
            "  withheld, because a rule fails",
            self.withheld.to_string(),
        );
        for (verdict, count) in &self.verdicts {
            let called = verdict_called(verdict, Language::Zh);
            lines.say(
                &format!("  结论：{called}"),
                &format!("  verdict {verdict}"),
                count.to_string(),
            );
        }
        for (condition, count) in &self.not_possible {
            lines.say(
                &format!("  不可行：{}", condition_called(condition)),
                &format!("  not possible: {condition}"),
                count.to_string(),
            );
        }
        lines.done()
    }
}

/// What keeps parcels from a proposal: the word, and what it is called in Chinese.
pub(in crate::write) const CONDITIONS: [(&str, &str); 17] = [
    ("not_industrial", "不是在用的工业用地"),
    ("no_building", "没有可参与计算的建筑"),
    ("holder_unknown", "权利人不明"),
    ("no_partner", "没有可合并的相邻宗地"),
    ("area_unknown", "宗地面积未知"),
    ("area", "面积不够分割"),
    ("areas_asked_for", "与要求的各宗面积不合"),
    ("buildings_unknown", "未提供建筑物图层"),
    ("buildings", "可独立成宗的建筑不足"),
    ("buildings_together", "各宗不能都有可独立成宗的建筑"),
    ("several_parts", "由不相连的几部分组成"),
    ("plot", "图形或要求无法分割"),
    ("access", "对外边界不足"),
    ("free_line", "没有与建筑保持距离的分割线"),
    ("lot_areas", "各宗面积不能满足要求"),
    ("forbidden", "政策规则不允许分割"),
    ("withheld", "找到的方案均违反规则"),
];

fn condition_called(condition: &str) -> &str {
    let known = CONDITIONS.iter().find(|(word, _)| *word == condition);
    known.map_or(condition, |(_, called)| called)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_has_its_chinese() {
        let source = include_str!("../../features/split/hindrance.rs");
        let words = source.split("=> \"").skip(1);
        let words = words.filter_map(|behind| behind.split_once("\",").map(|(word, _)| word));
        let words: Vec<&str> = words
            .filter(|word| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'))
            .collect();
        assert!(words.len() > 12, "{words:?}");
        let others = ["no_building", "holder_unknown", "no_partner"];
        for word in words.into_iter().chain(others) {
            assert!(!condition_called(word).is_ascii(), "{word}");
        }
    }
}
