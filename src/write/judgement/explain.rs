//! A finding in words: what decided, by how much, what is missing and who knows it, what would change it.

use super::condition::{condition_text, measure_text};
use super::figures::number_text;
use super::words::stated_called;
use crate::law::facts::fact;
use crate::law::judge::{Change, Condition, Finding, OtherReading, Verdict};
use crate::law::pack::{Nature, Rule};
use crate::quantity::{Exact, Unit};
use crate::write::Language;

/// A verdict in words; of a rule that classifies it says whether a case falls under it, and of one that only says what a case
/// is in principle that it is to be decided.
pub(in crate::write) fn verdict_text(
    verdict: Verdict,
    rule: Option<&Rule>,
    language: Language,
) -> &'static str {
    let classifies = rule.is_some_and(|rule| rule.classifies);
    let only_says = rule.is_some_and(|rule| rule.nature == Nature::Classifies && !rule.classifies);
    let (zh, en) = match (verdict, classifies) {
        (Verdict::Discretionary, _) if only_says => {
            ("原则上不属于，须认定", "in principle not: to be decided")
        }
        (Verdict::Pass, false) => ("符合", "met"),
        (Verdict::Fail, false) => ("不符合", "not met"),
        (Verdict::Discretionary, false) => (
            "原则上超出，须经同意",
            "beyond what holds in principle: needs consent",
        ),
        (Verdict::Pass, true) => ("不属于", "does not fall under it"),
        (Verdict::Fail, true) => ("属于", "falls under it"),
        (Verdict::Discretionary, true) => ("疑似，须认定", "suspected: to be decided"),
        (Verdict::Unknown, _) => ("待核实", "unknown"),
        (Verdict::NotApplicable, _) => ("不适用", "not applicable"),
    };
    language.of(zh, en)
}

/// The name of the fact that is missing: one of a list carries its place, one of a year its year.
pub(super) fn plain_name(name: &str) -> String {
    let plain: Vec<&str> = name
        .split('.')
        .filter(|part| part.parse::<u64>().is_err())
        .collect();
    plain.join(".")
}

/// What one missing fact is called, and who knows it, where that is known.
pub(in crate::write) fn missing_of(
    name: &str,
    language: Language,
) -> (String, Option<&'static str>) {
    match fact(&plain_name(name)) {
        Some(fact) => {
            let (zh, en) = fact.from.names();
            let called = language.of(fact.zh, fact.en).to_owned();
            (called, Some(language.of(zh, en)))
        }
        None => (missing_text(&[name.to_owned()], language), None),
    }
}

/// What is missing, each with who knows it.
pub(super) fn missing_text(missing: &[String], language: Language) -> String {
    let each = missing.iter().map(|name| match fact(&plain_name(name)) {
        Some(fact) => {
            let (zh, en) = fact.from.names();
            let (name_text, from) = (language.of(fact.zh, fact.en), language.of(zh, en));
            language
                .of("{0}（{1}，可查{2}）", "{0} ({1}; ask {2})")
                .replace("{0}", name_text)
                .replace("{1}", name)
                .replace("{2}", from)
        }
        None => match (name.strip_prefix("table "), name.strip_prefix("parameter ")) {
            (Some(table), _) => table_text(table, language),
            (_, Some(parameter)) => language
                .of(
                    "参数 {}（由用户在政策包中提供）",
                    "parameter {} (the user adds it in a pack)",
                )
                .replace("{}", parameter),
            _ => name.clone(),
        },
    });
    each.collect::<Vec<_>>().join(language.of("；", "; "))
}

/// A table that the pack has not, or not the row of.
pub(super) fn table_text(table: &str, language: Language) -> String {
    language
        .of(
            "表 {}（由用户在政策包中提供）",
            "table {} (the user adds it in a pack)",
        )
        .replace("{}", table)
}

/// What would change the verdict.
pub(super) fn change_text(change: &Change, language: Language) -> String {
    match change {
        Change::From {
            fact: name,
            value,
            with,
        } => language
            .of("{0}从 {1} 起符合", "met from {1} of {0}")
            .replace("{0}", &measure_text(name, language))
            .replace("{1}", &floor_text(*value, with.as_ref(), language))
            .replace("） 起", "）起"),
        Change::UpTo {
            fact: name,
            value,
            with,
        } => language
            .of("{0}不超过 {1} 则符合", "met up to {1} of {0}")
            .replace("{0}", &measure_text(name, language))
            .replace("{1}", &floor_text(*value, with.as_ref(), language)),
        Change::Without { record, .. } => language
            .of("去掉地块 {} 则符合", "met without piece {}")
            .replace("{}", record),
    }
}

/// Floor area in both measures, where what is built counts otherwise than once.
fn floor_text(value: Exact, with: Option<&(&'static str, Exact)>, language: Language) -> String {
    let plain = number_text(value, Unit::Floor, language);
    match with.filter(|(_, counted)| *counted != value) {
        Some((_, counted)) => language
            .of("{0}（计容 {1}）", "{0} (counted as {1})")
            .replace("{0}", &plain)
            .replace("{1}", &number_text(*counted, Unit::Floor, language)),
        None => plain,
    }
}

/// What would hold if what is missing were what it usually is: facts with their values, and the verdict then.
pub(in crate::write) fn usual_text<'a>(
    assumed: impl Iterator<Item = (&'a str, &'a str)>,
    verdict: Verdict,
    rule: Option<&Rule>,
    language: Language,
) -> String {
    let each = assumed.map(|(name, usual)| {
        let name_text = measure_text(name, language);
        let usual = match fact(usual) {
            Some(same_as) => measure_text(same_as.name, language),
            None => stated_called(usual, name, language),
        };
        format!("{name_text} = {usual}")
    });
    let each: Vec<_> = each.collect();
    language
        .of(
            "如按通常情形（{0}；须核实）则：{1}",
            "if as usual ({0}; to be verified): {1}",
        )
        .replace("{0}", &each.join(language.of("，", ", ")))
        .replace("{1}", verdict_text(verdict, rule, language))
}

/// What a rule says of a case, and why.
pub(in crate::write) struct Sentence<'a> {
    /// What it says.
    pub verdict: Verdict,
    /// The rule.
    pub rule: Option<&'a Rule>,
    /// The conditions that bring it about.
    pub because: &'a [&'a Condition],
    /// What is missing.
    pub missing: &'a [String],
    /// What is usual of what is missing, and the verdict then.
    pub usual: Option<(&'a [(&'a str, &'a str)], Verdict)>,
}

impl Sentence<'_> {
    /// The sentence: `不符合。容积率：0.52，低于下限 0.7，差 0.18`.
    pub fn text(&self, language: Language) -> String {
        let mut parts = vec![verdict_text(self.verdict, self.rule, language).to_owned()];
        let because = self.because.iter();
        let because: Vec<_> = because
            .map(|condition| condition_text(condition, self.rule, language))
            .collect();
        if !because.is_empty() {
            parts.push(because.join(language.of("；", "; ")));
        } else if self.verdict == Verdict::NotApplicable {
            parts.push(nothing_text(self.rule, language).to_owned());
        }
        if !self.missing.is_empty() {
            let missing = missing_text(self.missing, language);
            parts.push(format!("{}{missing}", language.of("缺：", "missing: ")));
        }
        parts.extend(self.usual.map(|(assumed, verdict)| {
            usual_text(assumed.iter().copied(), verdict, self.rule, language)
        }));
        parts.join(language.of("。", ". "))
    }
}

/// Why a rule says nothing, where no condition keeps it from speaking.
pub(super) fn nothing_text(rule: Option<&Rule>, language: Language) -> &'static str {
    if rule.is_none_or(|rule| rule.test.is_some()) {
        language.of(
            "未提供可据以判断的数据",
            "nothing is given that it could be judged by",
        )
    } else {
        language.of(
            "本条只给出数额，不作判定",
            "it gives a number and no verdict",
        )
    }
}

/// A finding in one line; `rule` is the one it is of.
pub fn explanation(finding: &Finding, rule: Option<&Rule>, language: Language) -> String {
    let usual = usual_of(finding);
    let sentence = Sentence {
        verdict: finding.verdict,
        rule,
        because: &finding.telling(),
        missing: &finding.missing,
        usual: usual.map(|other| (&other.assumed[..], other.verdict)),
    };
    let mut parts = vec![sentence.text(language)];
    parts.extend(
        finding
            .changes
            .iter()
            .map(|change| change_text(change, language)),
    );
    parts.extend(
        finding
            .notes
            .iter()
            .map(|note| language.of(&note.zh, &note.en).to_owned()),
    );
    parts.join(language.of("。", ". "))
}

/// The reading under what is usual, where it says something else.
pub(super) fn usual_of(finding: &Finding) -> Option<&OtherReading> {
    finding
        .readings
        .iter()
        .find(|other| !other.assumed.is_empty() && other.verdict != finding.verdict)
}
