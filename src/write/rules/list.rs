//! A pack on a day → one row for each rule.

use comfy_table::{Table, presets};
use jiff::civil::Date;
use serde::Serialize;

use super::days;
use crate::law::pack::{Pack, Period};
use crate::write::Language;

/// A rule in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleRow {
    /// Its id.
    pub rule: String,
    /// The article it rests on.
    pub article: String,
    /// The kinds of case it is judged for.
    pub kinds: Vec<String>,
    /// The first day on which this version is in force.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// Whether the day of the list is among them.
    pub in_force: bool,
    /// How many versions the pack has.
    pub versions: usize,
    /// What follows from it: `permits`, `classifies`, `pays`.
    pub nature: &'static str,
    /// What it is about, in Chinese.
    pub zh: String,
    /// What it is about, in English.
    pub en: String,
    #[serde(skip)]
    days: Period,
}

/// The rules of a pack, each in the version by which a case of that day is judged.
pub fn rule_rows(pack: &Pack, as_of: Date) -> Vec<RuleRow> {
    let row = |id: &str| {
        let rule = pack.rule(id, as_of)?;
        let period = pack.period(rule);
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        Some(RuleRow {
            rule: rule.id.clone(),
            article: rule.citation().into_owned(),
            kinds: rule.kinds.clone(),
            from: day(period.from),
            to: day(period.to),
            in_force: period.has(as_of),
            versions: pack.rules.iter().filter(|have| have.id == id).count(),
            nature: rule.nature.name(),
            zh: rule.zh.clone(),
            en: rule.en.clone(),
            days: period,
        })
    };
    pack.rule_ids().into_iter().filter_map(row).collect()
}

/// The rows as a table; a rule out of force has a star.
pub fn rule_table(rows: &[RuleRow], pack: &Pack, as_of: Date, lang: Language) -> String {
    let mut table = Table::new();
    let header = match lang {
        Language::Zh => ["规则", "条款", "适用", "有效期", "内容"],
        Language::En => ["rule", "article", "kinds", "in force", "about"],
    };
    table.load_preset(presets::NOTHING).set_header(header);
    for row in rows {
        let star = if row.in_force { "" } else { " *" };
        table.add_row([
            row.rule.clone(),
            row.article.clone(),
            row.kinds.join(" "),
            format!("{}{star}", days(row.days, lang)),
            lang.of(&row.zh, &row.en).to_owned(),
        ]);
    }
    let count = rows.len();
    let mut text = format!(
        "{} {}\n\n{}\n\n{count} ",
        pack.id,
        pack.name,
        table.trim_fmt()
    );
    text.push_str(lang.of("条规则", "rules"));
    if rows.iter().any(|row| !row.in_force) {
        let (zh, en) = (
            format!("；* {as_of} 不在有效期内"),
            format!("; * not in force on {as_of}"),
        );
        text.push_str(lang.of(&zh, &en));
    }
    text
}
