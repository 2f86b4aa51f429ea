//! A rule on a case → a finding: verdict, flags, evidence, other readings, amounts, what would change it.

use super::alone::{is_about_others, told};
use super::amount::reckon;
use super::assume::usually;
use super::changes::changes;
use super::evaluate::{evaluate, reach};
use super::finding::{AmountFound, Change, Condition, Finding, OtherReading, Role};
use super::ground::{Ground, Part};
use super::readings::{DependsOn, dependence, other_readings};
use super::{Case, Verdict};
use crate::law::measures::{Note, Side, Subject};
use crate::law::pack::{Flag, Node, Relation, Rule};
use crate::quantity::{Exact, Figure, Unit};

/// Judges one rule on one case, with the other readings and what would change the verdict.
pub fn judge_rule(rule: &Rule, case: &Case<'_>) -> Finding {
    let judged = plainly(rule, case, case.choices);
    let depends_on = dependence(rule);
    let readings: Vec<_> = other_readings(rule, &depends_on, case, &judged).collect();
    let depends = readings.iter().any(|other| differs(&judged, other));
    let changes = changes(rule, case, judged.verdict);
    finding(rule, case, judged, (readings, depends), changes)
}

/// Judges one rule on one case of many: without what would change the verdict, and of other readings no more than whether
/// it depends on them, where it is known under this one.
pub fn judge_briefly(rule: &Rule, case: &Case<'_>) -> Finding {
    RuleForMany::of(rule).judge(case)
}

/// A rule with what is the same of it for every case.
pub struct RuleForMany<'a> {
    rule: &'a Rule,
    depends_on: Vec<DependsOn<'a>>,
}

impl<'a> RuleForMany<'a> {
    /// Looks at a rule.
    pub fn of(rule: &'a Rule) -> Self {
        Self {
            rule,
            depends_on: dependence(rule),
        }
    }

    /// As [`judge_briefly`].
    pub fn judge(&self, case: &Case<'_>) -> Finding {
        let rule = self.rule;
        let judged = plainly(rule, case, case.choices);
        let known = !matches!(judged.verdict, Verdict::Unknown | Verdict::NotApplicable);
        let depends = known
            && other_readings(rule, &self.depends_on, case, &judged)
                .any(|other| differs(&judged, &other));
        finding(rule, case, judged, (Vec::new(), depends), Vec::new())
    }

    /// The same where the rule speaks of the case; `None` where what it applies to keeps it from that.
    pub fn judge_if_applicable(&self, case: &Case<'_>) -> Option<Finding> {
        (!is_about_others(self.rule, case)).then(|| self.judge(case))
    }
}

/// The verdict of a rule alone, by its test.
pub(super) fn verdict_of(rule: &Rule, case: &Case<'_>) -> Verdict {
    let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
    let test = rule.test.as_ref();
    test.map_or(Verdict::NotApplicable, |test| told(test, &subject))
}

/// Whether another reading says something else; what is unknown for want of a fact under it does not make this one
/// doubtful.
fn differs(judged: &Judged, other: &OtherReading) -> bool {
    let known = |name: &str| {
        let mut amounts = judged.amounts.iter();
        amounts.any(|amount| amount.name == name && amount.value.is_some())
    };
    let otherwise = other.verdict != Verdict::Unknown && other.verdict != judged.verdict;
    let more = || {
        let mut amounts = other.amounts.iter();
        amounts.any(|amount| amount.value.is_some() && known(&amount.name))
    };
    !other.note_only && (otherwise || more())
}

fn finding(
    rule: &Rule,
    case: &Case<'_>,
    judged: Judged,
    (mut readings, depends): (Vec<OtherReading>, bool),
    changes: Vec<Change>,
) -> Finding {
    // what would usually be so is shown beside the verdict, which does not depend on it
    readings.extend(usually(rule, case, &judged));
    let mut flags = judged.flags;
    if depends {
        let status = flags
            .iter()
            .take_while(|flag| *flag == "borderline" || *flag == "expired")
            .count();
        flags.insert(status, "depends_on_reading".to_owned());
    }
    let subject = Subject::new(case.facts, case.pack, case.choices, case.as_of);
    let words = rule.words_under(|reading| subject.choice(reading));
    Finding {
        rule: rule.id.clone(),
        article: words.map_or_else(
            || rule.citation().into_owned(),
            |words| words.article.clone(),
        ),
        quote: words.map(|words| words.quote.clone()),
        nature: rule.nature,
        verdict: judged.verdict,
        flags,
        conditions: judged.conditions,
        decisive: judged.decisive,
        grounds: judged.grounds,
        readings,
        amounts: judged.amounts,
        changes,
        missing: judged.missing,
        notes: judged.notes,
    }
}

/// A rule judged under one reading.
pub(super) struct Judged {
    pub verdict: Verdict,
    flags: Vec<String>,
    conditions: Vec<Condition>,
    decisive: Option<usize>,
    grounds: Vec<(Part, Ground)>,
    pub amounts: Vec<AmountFound>,
    pub missing: Vec<String>,
    notes: Vec<Note>,
}

/// What the trees of a rule come to.
#[derive(Default)]
struct Trees {
    /// Every condition of those that took part: of what it applies to where that keeps it from speaking or is unknown.
    conditions: Vec<Condition>,
    grounds: Vec<(Part, Ground)>,
}

impl Trees {
    fn reach(
        &mut self,
        node: &Node,
        (part, role): (Part, Role),
        subject: &Subject<'_>,
    ) -> (Verdict, Option<usize>) {
        let reached = reach(node, subject, role, &mut self.conditions);
        self.grounds
            .extend(reached.ground.map(|ground| (part, ground)));
        (reached.verdict, reached.decisive)
    }
}

pub(super) fn plainly(rule: &Rule, case: &Case<'_>, choices: &[(String, String)]) -> Judged {
    let subject = Subject::new(case.facts, case.pack, choices, case.as_of);
    let mut trees = Trees::default();
    let mut near = false;
    let mut applies = (Verdict::Pass, None);
    if let Some(when) = &rule.when {
        applies = trees.reach(when, (Part::When, Role::Tells), &subject);
        near = trees.conditions.iter().any(|asked| asked.borderline);
        // to what it applies is said where that keeps it from speaking
        if !matches!(applies.0, Verdict::Fail | Verdict::Unknown) {
            trees = Trees::default();
        }
    }
    let found = rule.test.as_ref().map(|test| {
        if rule.classifies {
            falls_under(rule, test, &subject, &mut trees)
        } else {
            trees.reach(test, (Part::Test, Role::Binds), &subject)
        }
    });
    let (verdict, mut decisive) = match (applies.0, found) {
        (Verdict::Fail, _) => (Verdict::NotApplicable, applies.1),
        (_, None) => (Verdict::NotApplicable, None),
        (Verdict::Unknown, _) => applies,
        (_, Some(found)) => found,
    };
    let verdict = softened(rule, verdict, &mut trees);
    let given = amounts(rule, verdict, &subject);
    let settled = given.settle(rule, verdict);
    if let Some(condition) = given.evidence(rule).filter(|_| settled != verdict) {
        decisive = Some(trees.conditions.len());
        trees.conditions.push(condition);
    }
    let (verdict, conditions) = (settled, trees.conditions);
    let flags = flags(rule, case, verdict, (&conditions, near), &subject);
    let of_conditions = conditions
        .iter()
        .filter(|condition| verdict == Verdict::Unknown && condition.verdict == Verdict::Unknown);
    let of_conditions = of_conditions.flat_map(|condition| &condition.missing);
    let mut missing: Vec<String> = Vec::new();
    for name in of_conditions.chain(&given.uncapped).chain(&given.lacking) {
        if !missing.contains(name) {
            missing.push(name.clone());
        }
    }
    if !given.uncapped.is_empty() {
        subject.note(
            "缺少封顶所需的事实，金额为上限".to_owned(),
            "a cap cannot be applied for want of a fact: the amount is the most it can be"
                .to_owned(),
        );
    }
    Judged {
        verdict,
        flags,
        conditions,
        decisive,
        grounds: trees.grounds,
        amounts: given.amounts,
        missing,
        notes: subject.take_notes(),
    }
}

/// 原则上 of a whole rule: not to meet it needs consent, by every condition that is not met.
fn softened(rule: &Rule, verdict: Verdict, trees: &mut Trees) -> Verdict {
    if !rule.soft || verdict != Verdict::Fail {
        return verdict;
    }
    for condition in &mut trees.conditions {
        if condition.verdict == Verdict::Fail {
            condition.verdict = Verdict::Discretionary;
        }
    }
    for (_, ground) in &mut trees.grounds {
        ground.soften();
    }
    Verdict::Discretionary
}

/// To meet the test of a rule that classifies is to fall under it; to meet only its second test is to be suspected. What
/// decided is the condition by which it does either, else one that keeps it out.
fn falls_under(
    rule: &Rule,
    test: &Node,
    subject: &Subject<'_>,
    trees: &mut Trees,
) -> (Verdict, Option<usize>) {
    let (test, by) = trees.reach(test, (Part::Test, Role::Tells), subject);
    let suspect = rule
        .suspect
        .as_ref()
        .map(|suspect| trees.reach(suspect, (Part::Suspect, Role::Tells), subject));
    match (test, suspect) {
        (Verdict::Pass, _) => (Verdict::Fail, by),
        (Verdict::Unknown, _) => (Verdict::Unknown, by),
        (Verdict::Fail, Some((Verdict::Unknown, by))) => (Verdict::Unknown, by),
        (Verdict::Discretionary, _) => (Verdict::Discretionary, by),
        (_, Some((Verdict::Pass | Verdict::Discretionary, by))) => (Verdict::Discretionary, by),
        (Verdict::Fail, _) => (Verdict::Pass, by),
        (Verdict::NotApplicable, _) => (Verdict::NotApplicable, None),
    }
}

/// The amounts of a rule, the caps that are missing to them, and what they cannot be had without.
#[derive(Default)]
struct Given {
    amounts: Vec<AmountFound>,
    uncapped: Vec<String>,
    lacking: Vec<String>,
}

impl Given {
    /// The verdict when it is known what the rule gives: a number that cannot be had is unknown, and what comes to nothing
    /// is not due.
    fn settle(&self, rule: &Rule, verdict: Verdict) -> Verdict {
        let number = |found: &AmountFound| found.value.as_ref().and_then(Figure::number);
        let positive = || {
            let due = rule.amounts.iter().zip(&self.amounts);
            due.filter(|(amount, _)| amount.positive)
                .map(|(_, found)| found)
        };
        let is_nothing = |found: &AmountFound| number(found) == Some(Exact::ZERO);
        let nothing = positive().any(is_nothing);
        match verdict {
            Verdict::NotApplicable if rule.test.is_none() && !self.lacking.is_empty() => {
                Verdict::Unknown
            }
            Verdict::Pass if nothing => Verdict::Fail,
            Verdict::Pass
                if !self.uncapped.is_empty() || positive().any(|found| found.value.is_none()) =>
            {
                Verdict::Unknown
            }
            verdict => verdict,
        }
    }

    /// The amount that comes to nothing, or that cannot be known, as the condition that turned the verdict.
    fn evidence(&self, rule: &Rule) -> Option<Condition> {
        let is_nothing = |found: &AmountFound| {
            found.value.as_ref().and_then(Figure::number) == Some(Exact::ZERO)
        };
        let positive = || {
            let due = rule.amounts.iter().zip(&self.amounts);
            due.filter(|(amount, _)| amount.positive)
                .map(|(_, found)| found)
        };
        let found = positive()
            .find(|found| is_nothing(found))
            .or_else(|| positive().find(|found| found.value.is_none()))
            .or_else(|| positive().next())?;
        let unit = found.value.as_ref().and_then(Figure::unit);
        let nothing = is_nothing(found);
        let missing = self.uncapped.iter().chain(&self.lacking).cloned();
        Some(Condition {
            measure: found.name.clone(),
            role: Role::Binds,
            value: found.value.clone(),
            open: (!nothing && found.value.is_some()).then_some(Side::Below),
            relation: Relation::MoreThan,
            bound: Some(Figure::Number(Exact::ZERO, unit.unwrap_or(Unit::Wan))),
            margin: None,
            margin_m2: None,
            limit_m2: None,
            verdict: if nothing {
                Verdict::Fail
            } else {
                Verdict::Unknown
            },
            borderline: false,
            missing: if nothing {
                Vec::new()
            } else {
                missing.collect()
            },
            why: None,
        })
    }
}

fn amounts(rule: &Rule, verdict: Verdict, subject: &Subject<'_>) -> Given {
    let mut given = Given::default();
    // what a rule gives that does not apply for another reason than being a mere number is nobody's
    if rule.test.is_some() && verdict == Verdict::NotApplicable {
        return given;
    }
    for amount in &rule.amounts {
        let reckoned = reckon(amount, verdict, subject);
        given.uncapped.extend(reckoned.uncapped);
        given.lacking.extend(reckoned.missing);
        given.amounts.push(reckoned.found);
    }
    given
}

/// The flags of a finding by the conditions of its test, and whether one of what it applies to is near its bound.
fn flags(
    rule: &Rule,
    case: &Case<'_>,
    verdict: Verdict,
    (conditions, near): (&[Condition], bool),
    subject: &Subject<'_>,
) -> Vec<String> {
    let met = matches!(verdict, Verdict::Pass | Verdict::Discretionary);
    let mut seen = Vec::new();
    let goes = |flag: &&Flag| match &flag.when {
        None => met,
        Some(_) if flag.if_met && !met => false,
        Some(when) => evaluate(when, subject, &mut seen) == Verdict::Pass,
    };
    let own: Vec<&str> = rule
        .flags
        .iter()
        .filter(goes)
        .map(|flag| flag.text.as_str())
        .collect();
    let test = conditions
        .iter()
        .filter(|_| verdict != Verdict::NotApplicable);
    let borderline = near || test.chain(&seen).any(|condition| condition.borderline);
    let expired = !case.pack.period(rule).has(case.as_of);
    let status = borderline
        .then_some("borderline")
        .into_iter()
        .chain(expired.then_some("expired"));
    let mut flags: Vec<String> = Vec::new();
    for flag in status.chain(own) {
        if flags.iter().all(|have| have != flag) {
            flags.push(flag.to_owned());
        }
    }
    flags
}
