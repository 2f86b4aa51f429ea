//! A pack and its gaps → what it holds and what it lacks.

use std::fmt::Write as _;

use serde::Serialize;

use super::days;
use super::gaps::GapShown;
use crate::law::judge::{Gap, gaps};
use crate::law::pack::{Pack, Period};
use crate::write::Language;

/// What a valid pack holds, and its gaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackShown {
    /// Its id.
    pub policy: String,
    /// Its title.
    pub name: String,
    /// The first day on which it is in force.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// How many articles it has, those of packs that it extends among them, as all that follows.
    pub articles: usize,
    /// How many rules, each once.
    pub rules: usize,
    /// How many versions of rules.
    pub versions: usize,
    /// How many readings it declares.
    pub readings: usize,
    /// Its tables by name.
    pub tables: Vec<String>,
    /// Its numbers by name.
    pub parameters: Vec<String>,
    /// SHA-256 of it and of the packs it extends.
    pub sha256: String,
    /// Its gaps, warnings first.
    pub gaps: Vec<GapShown>,
    #[serde(skip)]
    days: Period,
}

impl PackShown {
    /// A pack with its gaps.
    pub fn of(pack: &Pack) -> Self {
        let gaps: Vec<Gap> = gaps(pack);
        Self {
            policy: pack.id.clone(),
            name: pack.name.clone(),
            from: pack.in_force.from.map(|day| day.to_string()),
            to: pack.in_force.to.map(|day| day.to_string()),
            articles: pack.articles.len(),
            rules: pack.rule_ids().len(),
            versions: pack.rules.len(),
            readings: pack
                .readings
                .iter()
                .filter(|reading| reading.is_declared())
                .count(),
            tables: pack.tables.keys().cloned().collect(),
            parameters: pack.parameters.keys().cloned().collect(),
            sha256: pack.sha256.clone(),
            gaps: gaps.iter().map(GapShown::of).collect(),
            days: pack.in_force,
        }
    }

    /// The same as text.
    pub fn text(&self, lang: Language) -> String {
        let rows = [
            ("有效期", "in force", days(self.days, lang)),
            ("条款", "articles", self.articles.to_string()),
            ("规则", "rules", count(self.rules, self.versions, lang)),
            ("读法", "readings", self.readings.to_string()),
            ("表", "tables", list(&self.tables)),
            ("参数", "parameters", list(&self.parameters)),
            ("SHA-256", "SHA-256", self.sha256.clone()),
        ];
        let mut text = format!("{} {}\n", self.policy, self.name);
        for (zh, en, value) in rows {
            let _ = writeln!(text, "  {}{}{value}", lang.of(zh, en), lang.of("：", ": "));
        }
        let warnings = self
            .gaps
            .iter()
            .filter(|gap| gap.level == "warning")
            .count();
        let (zh, en) = (
            format!("有效的政策包，{warnings} 条提醒"),
            format!("a valid pack; warnings: {warnings}"),
        );
        let _ = writeln!(text, "{}", lang.of(&zh, &en));
        for gap in &self.gaps {
            let level = match gap.level {
                "warning" => lang.of("提醒", "warning"),
                _ => lang.of("说明", "info"),
            };
            let _ = writeln!(
                text,
                "  {level}{}{}",
                lang.of("：", ": "),
                lang.of(&gap.zh, &gap.en)
            );
        }
        text.trim_end().to_owned()
    }
}

fn count(rules: usize, versions: usize, lang: Language) -> String {
    if rules == versions {
        rules.to_string()
    } else {
        format!("{rules} ({versions} {})", lang.of("个版本", "versions"))
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        "–".to_owned()
    } else {
        names.join(", ")
    }
}
