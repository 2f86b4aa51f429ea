//! A rule that is unknown for want of facts → what it says where those that are missing are what they usually are.

use std::borrow::Cow;

use super::finding::OtherReading;
use super::rule::{Judged, plainly};
use super::{Case, Verdict, verdict_alone};
use crate::law::facts::{Fact, Facts, fact, facts};
use crate::law::pack::Rule;

/// The verdict under the usual value of what is missing, of as few facts as it takes; `None` where nothing that is missing
/// has a usual value. The verdict itself stays unknown: nobody has said that the case is a usual one.
pub(super) fn usually(rule: &Rule, case: &Case<'_>, judged: &Judged) -> Option<OtherReading> {
    if judged.verdict != Verdict::Unknown {
        return None;
    }
    let mut assumed: Vec<&'static Fact> = Vec::new();
    let mut found = None;
    let mut missing = judged.missing.clone();
    // what is assumed can lead on to facts that were not asked for before
    loop {
        let known = if assumed.is_empty() {
            Cow::Borrowed(case.facts)
        } else {
            Cow::Owned(filled(case.facts, &assumed))
        };
        let new = missing.iter().filter_map(|name| fact(name));
        // what was given and contradicts something is not put right by what is usual
        let is_given = |name: &str| case.facts.one.figure(name).is_some();
        let new = new.filter(|fact| !is_given(fact.name));
        let new = new.filter(|fact| assumed.iter().all(|have| have.name != fact.name));
        let new: Vec<_> = new.filter(|fact| fact.usual_in(&known).is_some()).collect();
        if new.is_empty() {
            break;
        }
        assumed.extend(new);
        let judged = under(rule, case, &assumed);
        missing.clone_from(&judged.missing);
        let decided = judged.verdict != Verdict::Unknown;
        found = Some(judged);
        if decided {
            break;
        }
    }
    let found = found?;
    if found.verdict != Verdict::Unknown {
        spare(rule, case, found.verdict, &mut assumed);
    }
    let place = |name: &str| facts().iter().position(|fact| fact.name == name);
    assumed.sort_by_key(|fact| place(fact.name));
    let assumed: Vec<_> = assumed
        .iter()
        .filter_map(|fact| Some((fact.name, fact.usual?)))
        .collect();
    let each: Vec<_> = assumed
        .iter()
        .map(|(name, usual)| format!("{name}={usual}"))
        .collect();
    Some(OtherReading {
        reading: format!("assume={}", each.join(",")),
        verdict: found.verdict,
        amounts: found.amounts,
        note_only: false,
        assumed,
    })
}

/// Leaves out every assumption without which the verdict is the same.
fn spare(rule: &Rule, case: &Case<'_>, verdict: Verdict, assumed: &mut Vec<&'static Fact>) {
    let mut at = 0;
    while at < assumed.len() && assumed.len() > 1 {
        let mut fewer = assumed.clone();
        fewer.remove(at);
        let facts = filled(case.facts, &fewer);
        let fewer_known = Case {
            facts: &facts,
            ..*case
        };
        if verdict_alone(rule, &fewer_known) == verdict {
            *assumed = fewer;
        } else {
            at += 1;
        }
    }
}

fn under(rule: &Rule, case: &Case<'_>, assumed: &[&'static Fact]) -> Judged {
    let facts = filled(case.facts, assumed);
    let case = Case {
        facts: &facts,
        ..*case
    };
    plainly(rule, &case, case.choices)
}

/// The facts with the usual value of some that are missing.
fn filled(facts: &Facts, assumed: &[&'static Fact]) -> Facts {
    let mut filled = facts.clone();
    for fact in assumed {
        if let Some(usual) = fact.usual_in(&filled) {
            filled.one.set(fact.name, usual);
        }
    }
    filled
}
