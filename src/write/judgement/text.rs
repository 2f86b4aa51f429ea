//! A judgement as a person reads it: every rule with its article, every condition with a mark, what would change it.

use super::chain::chain;
use super::condition::condition_text;
use super::explain::{change_text, missing_text, nothing_text, usual_of, usual_text, verdict_text};
use super::figures::figure_text;
use super::headline::headline;
use super::working::{amount_text, working_text};
use crate::judge::{Finding, Judgement, OtherReading, Verdict};
use crate::policy::{Pack, Rule};
use crate::write::Language;

/// What stands above a judgement.
pub struct Heading<'a> {
    /// The name of the case.
    pub file: &'a str,
    /// Its kind.
    pub kind: &'a str,
    /// The policy it was judged by.
    pub pack: &'a Pack,
    /// The day as of which it was judged.
    pub as_of: String,
    /// What was said while its facts were gathered.
    pub notes: &'a [String],
}

/// The chain of a judgement, line by line.
pub fn judgement_text(judgement: &Judgement, heading: &Heading<'_>, language: Language) -> String {
    let mut lines = vec![
        format!("{}  ({})", heading.file, heading.kind),
        format!(
            "{}{} · {}",
            language.of("依据：", "Policy: "),
            heading.pack.name,
            language
                .of("判定日 {}", "as of {}")
                .replace("{}", &heading.as_of)
        ),
    ];
    let expired = judgement.flags.iter().any(|flag| flag == "expired");
    if expired {
        lines.push(
            language
                .of(
                    "政策已过有效期（或尚未施行），仅供参考",
                    "Outside the policy's term: for reference only",
                )
                .to_owned(),
        );
    }
    lines.push(format!(
        "{}{}{}",
        language.of("结论：", "Verdict: "),
        verdict_text(
            judgement.verdict,
            all_classify(judgement, heading.pack),
            language
        ),
        flags_text(&judgement.flags, language)
    ));
    lines.push(format!("  {}", headline(judgement, heading.pack, language)));
    lines.extend(heading.notes.iter().map(|note| format!("  * {note}")));
    for finding in &judgement.findings {
        lines.push(String::new());
        let rule = heading
            .pack
            .rules
            .iter()
            .find(|rule| rule.id == finding.rule);
        finding_lines(finding, rule, language, &mut lines);
    }
    lines.join("\n")
}

/// Whether the verdict is over rules that say what a case falls under, not what it must meet.
fn all_classify(judgement: &Judgement, pack: &Pack) -> bool {
    let classifies = |id: &str| {
        pack.rules
            .iter()
            .any(|rule| rule.id == id && rule.classifies)
    };
    judgement
        .findings
        .iter()
        .all(|finding| classifies(&finding.rule))
}

fn finding_lines(
    finding: &Finding,
    rule: Option<&Rule>,
    language: Language,
    lines: &mut Vec<String>,
) {
    let classifies = rule.is_some_and(|rule| rule.classifies);
    let title = rule.map_or("", |rule| language.of(&rule.zh, &rule.en));
    lines.push(format!("{}  {title}  [{}]", finding.article, finding.rule));
    if finding.verdict == Verdict::NotApplicable && finding.amounts.is_empty() {
        let because: Vec<_> = finding
            .telling()
            .into_iter()
            .map(|condition| condition_text(condition, rule, language))
            .collect();
        let because = if because.is_empty() {
            nothing_text(rule, language).to_owned()
        } else {
            because.join(language.of("；", "; "))
        };
        lines.push(format!(
            "  → {}{}{because}",
            verdict_text(finding.verdict, classifies, language),
            language.of("：", ": ")
        ));
        return;
    }
    if let Some(rule) = rule {
        let quote = finding.quote.as_ref().unwrap_or(&rule.quote);
        lines.push(format!("  “{quote}”"));
        lines.extend(
            rule.amended
                .iter()
                .map(|(article, quote)| format!("  {article}  “{quote}”")),
        );
    }
    chain(finding, rule, language, lines);
    lines.push(format!(
        "  → {}{}",
        verdict_text(finding.verdict, classifies, language),
        flags_text(&finding.flags, language)
    ));
    for amount in &finding.amounts {
        let of_pack = rule.and_then(|rule| rule.amount(&amount.name));
        lines.push(format!("    {}", amount_text(amount, of_pack, language)));
        let working = working_text(amount, language).into_iter();
        lines.extend(working.map(|step| format!("      {step}")));
    }
    if !finding.missing.is_empty() {
        lines.push(format!(
            "    {}{}",
            language.of("缺：", "missing: "),
            missing_text(&finding.missing, language)
        ));
    }
    lines.extend(
        finding
            .changes
            .iter()
            .map(|change| format!("    {}", change_text(change, language))),
    );
    lines.extend(
        finding
            .notes
            .iter()
            .map(|note| format!("    * {}", language.of(&note.zh, &note.en))),
    );
    let differing =
        |other: &&OtherReading| other.verdict != finding.verdict || !other.amounts.is_empty();
    let otherwise = finding
        .readings
        .iter()
        .filter(|other| other.assumed.is_empty());
    for other in otherwise.filter(differing) {
        let amounts = other.amounts.iter().filter_map(|amount| {
            Some(format!(
                ", {} = {}",
                amount.name,
                figure_text(amount.value.as_ref()?, language)
            ))
        });
        lines.push(format!(
            "    {} {}{}{}{}",
            language.of("另一读法", "read otherwise,"),
            other.reading,
            language.of("：", ": "),
            verdict_text(other.verdict, classifies, language),
            amounts.collect::<String>()
        ));
    }
    lines.extend(usual_of(finding).map(|other| {
        let assumed = other.assumed.iter().copied();
        let text = usual_text(assumed, other.verdict, classifies, language);
        format!("    {text}")
    }));
}

fn flags_text(flags: &[String], language: Language) -> String {
    let named = flags.iter().map(|flag| match flag.as_str() {
        "borderline" => language.of("临界", "borderline"),
        "expired" => language.of("已过有效期", "expired"),
        "depends_on_reading" => language.of("取决于读法", "depends on the reading"),
        own => own,
    });
    let named: Vec<&str> = named.collect();
    if named.is_empty() {
        String::new()
    } else {
        format!("  [{}]", named.join(language.of("；", "; ")))
    }
}
