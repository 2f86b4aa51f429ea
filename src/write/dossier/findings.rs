//! What each rule says of a parcel: article → quoted words → condition → value → bound → verdict.

use maud::{Markup, html};

use super::Subject;
use crate::law::pack::Relation;
use crate::read::RunRow;
use crate::write::judgement::{cell_text, measure_text, missing_of};

/// The order in which verdicts are told: what needs doing first.
const ORDER: [&str; 4] = ["fail", "discretionary", "unknown", "pass"];

const RELATIONS: [Relation; 6] = [
    Relation::AtLeast,
    Relation::AtMost,
    Relation::MoreThan,
    Relation::LessThan,
    Relation::OneOf,
    Relation::Is,
];

impl Subject<'_> {
    /// The findings; `None` where no rule was judged.
    pub(super) fn findings(&self) -> Option<Markup> {
        let rows: Vec<RunRow<'_>> = self.run().findings.of(self.place).collect();
        if rows.is_empty() {
            return None;
        }
        let rank = |row: &RunRow<'_>| {
            let verdict = row.text("verdict").unwrap_or_default();
            ORDER.iter().position(|of| *of == verdict)
        };
        let mut told: Vec<RunRow<'_>> = rows
            .iter()
            .copied()
            .filter(|row| rank(row).is_some())
            .collect();
        told.sort_by_key(rank);
        let others = rows.iter().filter(|row| rank(row).is_none());
        let others: Vec<String> = others.map(|row| self.rule_name(*row)).collect();
        Some(html! {
            @if self.of.pack.is_none() {
                p.note { (self.l("未附条文原文：本机没有与该次计算相同的政策文本；可用 --policy 指定政策包文件。", "Without the words of the articles: the text of the policy that the run was judged by is not here; name its pack with --policy.")) }
            }
            @for row in told { (self.finding(row)) }
            @if !others.is_empty() {
                p.soft { (self.l("不适用：", "Not applicable: ")) (others.join(self.l("、", ", "))) }
            }
        })
    }

    fn finding(&self, row: RunRow<'_>) -> Markup {
        let language = self.of.language;
        let words = self.of.words();
        let verdict = row.text("verdict").unwrap_or_default();
        let rule = self.rule_of(row);
        let measure = row.text("measure");
        let relation = row.text("relation");
        let relation = relation.map(|word| {
            let known = RELATIONS
                .into_iter()
                .find(|relation| relation.name() == word);
            known.map_or_else(|| word.to_owned(), |relation| relation.sign().to_owned())
        });
        let figure = |column: &str| {
            row.text(column).zip(measure).map_or_else(
                || "–".to_owned(),
                |(cell, measure)| cell_text(cell, measure, language),
            )
        };
        let subject = match row.text("subject_kind") {
            Some("upgrade") => Some(self.l("拟技改方案", "the upgrade proposed")),
            Some("grant") => Some(self.l("出让合同", "the contract")),
            Some("enterprise") => Some(self.l("企业", "the enterprise")),
            _ => None,
        };
        let flags: Vec<String> = row.list("flags").map(|flag| words.flag(flag)).collect();
        html! {
            div class=(format!("finding {verdict}")) {
                div {
                    b { (row.text("article").unwrap_or_default()) " " (self.rule_name(row)) } " "
                    span class=(format!("verdict {verdict}")) { (words.verdict(verdict, rule)) }
                    @if let Some(subject) = subject { " " span.soft { (self.l("对象：", "of ")) (subject) @if subject == self.l("企业", "the enterprise") { " " (row.text("subject_id").unwrap_or_default()) } } }
                    @for flag in &flags { " " span.soft { "［" (flag) "］" } }
                }
                @if let Some(rule) = rule {
                    blockquote {
                        "“" (rule.quote) "”"
                        @for (article, quote) in &rule.amended { br; (article) "：“" (quote) "”" }
                    }
                }
                @if let Some(measure) = measure {
                    table {
                        thead { tr { th { (self.l("起决定作用的条件", "condition that decides")) } th { (self.l("数值", "value")) } th { (self.l("关系", "relation")) } th { (self.l("限值", "bound")) } } }
                        tbody { tr {
                            td { (measure_text(measure, language)) }
                            td.formula { (figure("value")) }
                            td { (relation.unwrap_or_default()) }
                            td.formula { (figure("bound")) }
                        } }
                    }
                }
                p.soft { (self.explanation(row)) }
            }
        }
    }

    /// What is said of it in a sentence: as the run says it in Chinese, what is missing in English.
    fn explanation(&self, row: RunRow<'_>) -> String {
        if self.of.language == crate::write::Language::Zh {
            let text = row.text("explanation").unwrap_or_default();
            return text
                .split_once('：')
                .map_or(text, |(_, rest)| rest)
                .to_owned();
        }
        let missing = row.list("missing").map(|name| {
            let (called, from) = missing_of(name, self.of.language);
            from.map_or_else(|| called.clone(), |from| format!("{called} (ask {from})"))
        });
        let missing: Vec<String> = missing.collect();
        if missing.is_empty() {
            return String::new();
        }
        format!("missing: {}", missing.join("; "))
    }

    fn rule_of(&self, row: RunRow<'_>) -> Option<&crate::law::pack::Rule> {
        self.rule_named(row.text("rule")?)
    }

    /// The rule of that id, where the text of the policy is here.
    pub(super) fn rule_named(&self, id: &str) -> Option<&crate::law::pack::Rule> {
        self.of.pack?.rule(id, self.run().facts.as_of)
    }

    /// What a rule is called, with its id.
    fn rule_name(&self, row: RunRow<'_>) -> String {
        let id = row.text("rule").unwrap_or_default();
        match self.rule_of(row) {
            Some(rule) => self.l(&rule.zh, &rule.en).to_owned(),
            None => id.to_owned(),
        }
    }

    /// What is missing over all rules, and who knows it; `None` where nothing is.
    pub(super) fn missing(&self) -> Option<Markup> {
        let mut facts: Vec<(String, Vec<String>)> = Vec::new();
        for row in self.run().findings.of(self.place) {
            for name in row.list("missing") {
                let rule = self.rule_name(row);
                match facts.iter_mut().find(|(have, _)| have == name) {
                    Some((_, rules)) if rules.contains(&rule) => {}
                    Some((_, rules)) => rules.push(rule),
                    None => facts.push((name.to_owned(), vec![rule])),
                }
            }
        }
        for row in self.run().idle.of(self.place) {
            for name in row.list("missing") {
                if !facts.iter().any(|(have, _)| have == name) {
                    facts.push((
                        name.to_owned(),
                        vec![self.l("闲置低效认定", "the state of the land").to_owned()],
                    ));
                }
            }
        }
        if facts.is_empty() {
            return None;
        }
        Some(html! {
            table {
                thead { tr { th { (self.l("缺少的事实", "fact")) } th { (self.l("向谁查", "who knows it")) } th { (self.l("用于", "for")) } } }
                tbody {
                    @for (name, rules) in &facts {
                        @let (called, from) = missing_of(name, self.of.language);
                        tr {
                            td { (called) br; span.soft { (name) } }
                            td { (from.unwrap_or("–")) }
                            td { (rules.join(self.l("、", ", "))) }
                        }
                    }
                }
            }
        })
    }
}
