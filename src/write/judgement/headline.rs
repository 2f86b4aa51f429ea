//! A judgement → one sentence: what was decided by the rules that permit or forbid, what stands beside them, what is still to be
//! found out.

use super::condition::measure_text;
use super::explain::{plain_name, verdict_text};
use crate::judge::{Finding, Judgement, Verdict};
use crate::policy::{Nature, Pack};
use crate::write::Language;

/// The sentence under the verdict of a check.
pub(super) fn headline(judgement: &Judgement, pack: &Pack, language: Language) -> String {
    let findings = judgement.findings.iter();
    let (permits, beside): (Vec<&Finding>, Vec<&Finding>) =
        findings.partition(|finding| finding.nature == Nature::Permits);
    let mut parts = Vec::new();
    if !permits.is_empty() {
        parts.push(decided(&permits, pack, language));
    }
    if !beside.is_empty() {
        let each = beside
            .iter()
            .map(|finding| one_beside(finding, pack, language));
        let each = each.collect::<Vec<_>>().join(language.of("，", ", "));
        let head = if permits.is_empty() {
            ""
        } else {
            language.of("另列（不影响结论）：", "beside it, without turning it: ")
        };
        parts.push(format!("{head}{each}"));
    }
    let missing = missing(permits.into_iter().chain(beside), language);
    if !missing.is_empty() {
        parts.push(format!(
            "{}{}",
            language.of("尚须查明：", "still to be found out: "),
            missing.join(language.of("、", ", "))
        ));
    }
    format!(
        "{}{}",
        parts.join(language.of("；", "; ")),
        language.of("。", ".")
    )
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
    let mut parts = vec![
        language
            .of(
                "准许或禁止的条款中适用 {0} 条，符合 {1} 条",
                "of the rules that permit or forbid {0} apply, {1} are met",
            )
            .replace("{0}", &applies.count().to_string())
            .replace("{1}", &named(Verdict::Pass).len().to_string()),
    ];
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
    parts.join(language.of("，", "; "))
}

fn one_beside(finding: &Finding, pack: &Pack, language: Language) -> String {
    let classifies = pack
        .rules
        .iter()
        .any(|rule| rule.id == finding.rule && rule.classifies);
    let verdict = verdict_text(finding.verdict, classifies, language);
    let title = title(finding, pack, language);
    language
        .of("“{0}”{1}", "“{0}” {1}")
        .replace("{0}", &title)
        .replace("{1}", verdict)
}

fn title(finding: &Finding, pack: &Pack, language: Language) -> String {
    let rule = pack.rules.iter().find(|rule| rule.id == finding.rule);
    rule.map_or_else(
        || finding.rule.clone(),
        |rule| language.of(&rule.zh, &rule.en).to_owned(),
    )
}

/// What findings are unknown without, in plain words, each once.
fn missing<'a>(findings: impl Iterator<Item = &'a Finding>, language: Language) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in findings.flat_map(|finding| &finding.missing) {
        let text = measure_text(&plain_name(name), language);
        if !names.contains(&text) {
            names.push(text);
        }
    }
    names
}
