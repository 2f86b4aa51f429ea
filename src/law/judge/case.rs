//! A case and a policy → every finding, and what they come to together.

use jiff::civil::Date;

use super::rule::{judge_briefly, judge_rule};
use super::{AmountFound, Finding, Verdict};
use crate::law::facts::Facts;
use crate::law::pack::{KINDS, Nature, Pack, Rule};
use crate::text::meant;

/// One case under one policy.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// What is known.
    pub facts: &'a Facts,
    /// The policy.
    pub pack: &'a Pack,
    /// How the law is read, where not as the pack does.
    pub choices: &'a [(String, String)],
    /// The day as of which it is judged.
    pub as_of: Date,
}

/// Everything found on a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// `all` over the findings by the rules that the case names; by those that permit or forbid where it names none.
    pub verdict: Verdict,
    /// Whether the case names its rules, so that every one of them counts.
    pub by_name: bool,
    /// The flags of the findings, each once.
    pub flags: Vec<String>,
    /// One for each rule.
    pub findings: Vec<Finding>,
}

impl Judgement {
    /// What some rules say of a case, each as `find` finds it, and what that comes to.
    pub fn by(rules: &[&Rule], find: impl Fn(&Rule) -> Finding) -> Self {
        let findings: Vec<Finding> = rules.iter().map(|rule| find(rule)).collect();
        let mut flags: Vec<String> = Vec::new();
        for flag in findings.iter().flat_map(|finding| &finding.flags) {
            if !flags.contains(flag) {
                flags.push(flag.clone());
            }
        }
        Self {
            verdict: headline(
                rules
                    .iter()
                    .copied()
                    .zip(findings.iter().map(|finding| finding.verdict)),
            ),
            by_name: false,
            flags,
            findings,
        }
    }

    /// Takes a flag off every finding, where it is said of all of them together.
    pub fn forget_flag(&mut self, flag: &str) {
        let findings = self.findings.iter_mut();
        for flags in findings.map(|finding| &mut finding.flags) {
            flags.retain(|have| have != flag);
        }
        self.flags.retain(|have| have != flag);
    }

    /// The amounts of all findings.
    pub fn amounts(&self) -> impl Iterator<Item = &AmountFound> {
        self.findings.iter().flat_map(|finding| &finding.amounts)
    }
}

/// Why a case cannot be judged.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CaseError {
    /// The case names a rule that the pack does not have.
    #[error("the policy `{policy}` has no rule `{rule}`{like}; `plotratio rules list` shows them")]
    NoRule {
        /// The pack.
        policy: String,
        /// The rule.
        rule: String,
        /// What may be meant.
        like: String,
    },
    /// There is no such kind of case.
    #[error("`kind = \"{kind}\"` is not known; there are {known}")]
    NoKind {
        /// The kind.
        kind: String,
        /// The kinds that there are.
        known: String,
    },
    /// The pack has no rules for such a case.
    #[error(
        "the policy `{policy}` has no rules for the kind `{kind}`; name them with `rules = [...]`"
    )]
    NoRules {
        /// The pack.
        policy: String,
        /// The kind.
        kind: String,
    },
}

/// Judges a case of a kind by every rule of that kind, or by the rules it names.
///
/// # Errors
/// When it names a rule that is not there, or there is none for its kind.
pub fn judge(
    case: &Case<'_>,
    kind: &str,
    rules: Option<&[String]>,
) -> Result<Judgement, CaseError> {
    judge_by(case, kind, rules, judge_rule)
}

/// Judges one proposal of many by every rule of its kind: of each finding the condition that decided is kept, and neither
/// other readings nor what would change it.
///
/// # Errors
/// When there is no rule for its kind.
pub fn judge_proposal(case: &Case<'_>, kind: &str) -> Result<Judgement, CaseError> {
    judge_by(case, kind, None, |rule, case| {
        judge_briefly(rule, case).in_short()
    })
}

fn judge_by(
    case: &Case<'_>,
    kind: &str,
    rules: Option<&[String]>,
    by: impl Fn(&Rule, &Case<'_>) -> Finding,
) -> Result<Judgement, CaseError> {
    let pack = case.pack;
    if !KINDS.contains(&kind) {
        return Err(CaseError::NoKind {
            kind: kind.to_owned(),
            known: KINDS.join(", "),
        });
    }
    let named = |id: &String| {
        pack.rule(id, case.as_of).ok_or_else(|| CaseError::NoRule {
            policy: pack.id.clone(),
            rule: id.clone(),
            like: meant(id, pack.rule_ids().into_iter()),
        })
    };
    let named_by_case = rules.is_some();
    let rules = match rules {
        Some(rules) => rules.iter().map(named).collect::<Result<_, _>>()?,
        None => rules_of_kind(pack, kind, case.as_of),
    };
    if rules.is_empty() {
        return Err(CaseError::NoRules {
            policy: pack.id.clone(),
            kind: kind.to_owned(),
        });
    }
    let mut judgement = Judgement::by(&rules, |rule| by(rule, case));
    if named_by_case {
        judgement.by_name = true;
        judgement.verdict = Verdict::all(judgement.findings.iter().map(|finding| finding.verdict));
    }
    Ok(judgement)
}

/// What the verdicts of the rules of a kind on one case come to: of those that are [`decisive`].
pub fn headline<'a>(verdicts: impl Iterator<Item = (&'a Rule, Verdict)>) -> Verdict {
    let all: Vec<(&Rule, Verdict)> = verdicts.collect();
    let any = all.iter().any(|(rule, _)| permits(rule));
    let decisive = all.into_iter().filter(|(rule, _)| !any || permits(rule));
    Verdict::all(decisive.map(|(_, verdict)| verdict))
}

/// The rules of a kind on which it turns whether a case may go ahead: not those by which it falls under something or is
/// paid, unless there are no others.
pub fn decisive<'a>(rules: &[&'a Rule]) -> Vec<&'a Rule> {
    let any = rules.iter().any(|rule| permits(rule));
    let of = rules.iter().copied();
    of.filter(|rule| !any || permits(rule)).collect()
}

fn permits(rule: &Rule) -> bool {
    rule.nature == Nature::Permits
}

/// The rules that are judged on every case of a kind, as they are in force on a day, in the order of the pack.
pub fn rules_of_kind<'a>(pack: &'a Pack, kind: &str, as_of: Date) -> Vec<&'a Rule> {
    let in_force = pack
        .rule_ids()
        .into_iter()
        .filter_map(|id| pack.rule(id, as_of));
    in_force
        .filter(|rule| rule.kinds.iter().any(|of| of == kind))
        .collect()
}
