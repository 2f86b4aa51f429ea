//! A judgement as a person reads it: every rule with its article, every condition with a mark, what would change it.

use jiff::civil::Date;

use super::chain::chain;
use super::condition::condition_text;
use super::explain::{change_text, missing_text, nothing_text, usual_of, usual_text, verdict_text};
use super::figures::figure_text;
use super::headline::headline;
use super::working::{amount_text, working_text};
use crate::law::judge::{Finding, Judgement, OtherReading, Verdict};
use crate::law::pack::{Pack, Rule};
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
    pub as_of: Date,
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
                .replace("{}", &heading.as_of.to_string())
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
            classifying(judgement, heading.pack),
            language
        ),
        flags_text(&head_flags(judgement), heading.pack, language)
    ));
    lines.push(format!("  {}", headline(judgement, heading.pack, language)));
    let notes = heading.notes.iter();
    lines.extend(notes.map(|note| format!("  * {}", language.message(note))));
    for finding in &judgement.findings {
        lines.push(String::new());
        let rule = heading.pack.rule(&finding.rule, heading.as_of);
        finding_lines(finding, (rule, heading.pack), language, &mut lines);
    }
    lines.join("\n")
}

/// What the marks before conditions mean.
pub const fn marks(language: Language) -> &'static str {
    language.of(
        "标记：✓ 满足，✗ 不满足，△ 原则上超出，? 待核实；● 是，○ 否（只用来判断属于何种情形）",
        "Marks: ✓ met, ✗ not met, △ beyond what holds in principle, ? unknown; ● so, ○ not so (what only tells one case from another)",
    )
}

/// A rule of the verdict, where every one says what a case falls under, not what it must meet.
fn classifying<'a>(judgement: &Judgement, pack: &'a Pack) -> Option<&'a Rule> {
    let of = |finding: &Finding| {
        let rule = pack.rules.iter().find(|rule| rule.id == finding.rule);
        rule.filter(|rule| rule.classifies)
    };
    let mut rules = judgement.findings.iter().map(of);
    let first = rules.next()?;
    rules.all(|rule| rule.is_some()).then_some(first)?
}

fn finding_lines(
    finding: &Finding,
    (rule, pack): (Option<&Rule>, &Pack),
    language: Language,
    lines: &mut Vec<String>,
) {
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
            verdict_text(finding.verdict, rule, language),
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
    let says = match (finding.verdict, rule) {
        (Verdict::NotApplicable, Some(rule)) if rule.test.is_none() => {
            nothing_text(Some(rule), language)
        }
        (verdict, rule) => verdict_text(verdict, rule, language),
    };
    lines.push(format!(
        "  → {says}{}",
        flags_text(&finding.flags, pack, language)
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
            let of_pack = rule.and_then(|rule| rule.amount(&amount.name));
            Some(format!(
                "{}{} = {}",
                language.of("，", ", "),
                of_pack.map_or(amount.name.as_str(), |of| language.of(&of.zh, &of.en)),
                figure_text(amount.value.as_ref()?, language)
            ))
        });
        let note = if other.note_only {
            language.of("（仅提示）", " (shown only)")
        } else {
            ""
        };
        lines.push(format!(
            "    {}{}{}{note}{}",
            reading_text(&other.reading, pack, language),
            language.of("，则", ": "),
            verdict_text(other.verdict, rule, language),
            amounts.collect::<String>()
        ));
    }
    lines.extend(usual_of(finding).map(|other| {
        let assumed = other.assumed.iter().copied();
        let text = usual_text(assumed, other.verdict, rule, language);
        format!("    {text}")
    }));
}

/// Another way to read the law, by what it is about and what is chosen.
fn reading_text(reading: &str, pack: &Pack, language: Language) -> String {
    let head = language
        .of("另一读法（{}）：", "read otherwise ({}) – ")
        .replace("{}", reading);
    let said = reading.split_once('=').and_then(|(name, choice)| {
        let of = pack.reading(name).filter(|of| of.is_declared())?;
        let meaning = language.of_pack(pack, of.meanings.get(choice)?);
        Some((language.of(&of.zh, &of.en), meaning))
    });
    match (said, language) {
        (Some((about, meaning)), Language::Zh) => {
            // a quotation within another
            let meaning = meaning.replace('“', "‘").replace('”', "’");
            format!("{head}{about}——取“{meaning}”")
        }
        (Some((about, meaning)), Language::En) => format!("{head}{about}: {meaning}"),
        (None, _) => head.trim_end_matches(['：', '–', ' ']).to_owned(),
    }
}

/// The flags of a case: what goes with a rule that is met is of no use where the case is not.
fn head_flags(judgement: &Judgement) -> Vec<String> {
    let met = matches!(judgement.verdict, Verdict::Pass | Verdict::Discretionary);
    let of_state =
        |flag: &&String| ["borderline", "expired", "depends_on_reading"].contains(&flag.as_str());
    let flags = judgement.flags.iter();
    flags
        .filter(|flag| met || of_state(flag))
        .cloned()
        .collect()
}

fn flags_text(flags: &[String], pack: &Pack, language: Language) -> String {
    let named = flags.iter().map(|flag| match flag.as_str() {
        "borderline" => language.of("临界", "borderline"),
        "expired" => language.of("已过有效期", "expired"),
        "depends_on_reading" => language.of("取决于读法", "depends on the reading"),
        own => language.of_pack(pack, own),
    });
    let named: Vec<&str> = named.collect();
    if named.is_empty() {
        String::new()
    } else {
        format!("  [{}]", named.join(language.of("；", "; ")))
    }
}
