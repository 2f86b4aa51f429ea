//! A judgement → one sentence: what was decided by the rules that permit or forbid, what stands beside them, what is still to be
//! found out.

use super::condition::measure_text;
use super::explain::{plain_name, table_text, verdict_text};
use crate::law::judge::{Finding, Judgement, Verdict};
use crate::law::pack::{Nature, Pack};
use crate::write::Language;

/// The sentence under the verdict of a check.
pub(super) fn headline(judgement: &Judgement, pack: &Pack, language: Language) -> String {
    let findings = judgement.findings.iter();
    // where a case names its rules, all of them count
    let (permits, beside): (Vec<&Finding>, Vec<&Finding>) =
        findings.partition(|finding| finding.nature == Nature::Permits);
    let all_count = judgement.by_name;
    let applies = |finding: &&Finding| finding.verdict != Verdict::NotApplicable;
    // what does not speak of the case is left to its own line, unless nothing else is said
    let (speak, silent): (Vec<&Finding>, Vec<&Finding>) = beside.into_iter().partition(applies);
    let beside = if permits.is_empty() && speak.is_empty() {
        silent
    } else {
        speak
    };
    let mut parts = Vec::new();
    if !permits.is_empty() {
        parts.push(decided(&permits, pack, language));
    }
    if !beside.is_empty() {
        let each = beside
            .iter()
            .map(|finding| one_beside(finding, pack, language));
        let each = each.collect::<Vec<_>>().join(language.of("，", ", "));
        let head = if permits.is_empty() || all_count {
            ""
        } else {
            language.of(
                "另列（不影响结论）：",
                "beside the verdict, and not part of it: ",
            )
        };
        parts.push(format!("{head}{each}"));
    }
    let missing = missing(permits.into_iter().chain(beside), language);
    if !missing.is_empty() {
        parts.push(format!(
            "{}{}",
            language.of("尚须查明：", "still to be found out: "),
            listed(&missing, language)
        ));
    }
    let sentence = parts.join(language.of("；", "; "));
    let mut letters = sentence.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    let stop = language.of("。", ".");
    first
        .into_iter()
        .chain(letters)
        .chain(stop.chars())
        .collect()
}

/// How many of the rules that permit or forbid are met, and which are not.
fn decided(permits: &[&Finding], pack: &Pack, language: Language) -> String {
    let named = |verdict: Verdict| {
        let of = permits.iter().filter(|finding| finding.verdict == verdict);
        of.map(|finding| title(finding, pack, language))
            .collect::<Vec<_>>()
    };
    let applies = permits
        .iter()
        .filter(|finding| finding.verdict != Verdict::NotApplicable);
    let (apply, met) = (applies.count(), named(Verdict::Pass).len());
    let one = |count: usize| count == 1;
    if apply == 0 {
        let none = "准许或禁止的条款均不适用";
        return language
            .of(none, "none of the rules that permit or forbid applies")
            .to_owned();
    }
    let mut parts = vec![match language {
        Language::Zh => format!("准许或禁止的条款中适用 {apply} 条，符合 {met} 条"),
        Language::En => format!(
            "of the rules that permit or forbid, {apply} {}, of which {met} {} met",
            if one(apply) { "applies" } else { "apply" },
            if one(met) { "is" } else { "are" },
        ),
    }];
    for (verdict, zh, en) in [
        (Verdict::Fail, "不符合：", "not met: "),
        (Verdict::Discretionary, "须经同意：", "needs consent: "),
        (Verdict::Unknown, "待核实：", "not known: "),
    ] {
        let titles = named(verdict);
        if !titles.is_empty() {
            let titles = titles.join(language.of("、", ", "));
            parts.push(format!("{}{titles}", language.of(zh, en)));
        }
    }
    parts.join(language.of("；", "; "))
}

fn one_beside(finding: &Finding, pack: &Pack, language: Language) -> String {
    let rule = pack.rules.iter().find(|rule| rule.id == finding.rule);
    let classifies = rule.is_some_and(|rule| rule.classifies);
    let verdict = verdict_text(finding.verdict, rule, language);
    let title = title(finding, pack, language);
    let text = match (classifies, finding.verdict, language) {
        (true, Verdict::Pass | Verdict::Fail, Language::Zh) => "{1}{0}",
        (true, Verdict::Fail, Language::En) => "falls under {0}",
        (true, Verdict::Pass, Language::En) => "does not fall under {0}",
        (_, _, Language::Zh) => "{0}：{1}",
        (_, _, Language::En) => "{0}: {1}",
    };
    text.replace("{0}", &title).replace("{1}", verdict)
}

/// A rule by its article and what it is about: `二（七）“不得二次分割”`.
fn title(finding: &Finding, pack: &Pack, language: Language) -> String {
    let rule = pack.rules.iter().find(|rule| rule.id == finding.rule);
    let about = rule.map_or(finding.rule.as_str(), |rule| {
        language.of(&rule.zh, &rule.en)
    });
    // a quotation within another
    let about = about.replace('“', "‘").replace('”', "’");
    language
        .of("{0}“{1}”", "{0} “{1}”")
        .replace("{0}", &finding.article)
        .replace("{1}", &about)
}

/// How many missing facts the sentence names: the findings name them all.
const NAMED: usize = 12;

fn listed(names: &[String], language: Language) -> String {
    let list = names[..names.len().min(NAMED)].join(language.of("、", ", "));
    if names.len() <= NAMED {
        return list;
    }
    language
        .of(
            "{0}等 {1} 项（见以下各条）",
            "{0} and others, {1} in all (see below)",
        )
        .replace("{0}", &list)
        .replace("{1}", &names.len().to_string())
}

/// What findings are unknown without, in plain words, each once.
fn missing<'a>(findings: impl Iterator<Item = &'a Finding>, language: Language) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in findings.flat_map(|finding| &finding.missing) {
        let plain = plain_name(name);
        let text = match plain.strip_prefix("table ") {
            Some(table) => table_text(table, language),
            None => measure_text(&plain, language),
        };
        if !names.contains(&text) {
            names.push(text);
        }
    }
    names
}
