//! What was found: a rule on a case, with every condition's evidence.

use super::{Step, Verdict};
use crate::measure::case::{Note, Side, Why};
use crate::policy::Relation;
use crate::quantity::{Exact, Figure};

/// One rule judged on one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// The article it comes from.
    pub article: String,
    /// What it says.
    pub verdict: Verdict,
    /// `borderline`, `expired`, `depends_on_reading`, and what the pack puts beside the verdict.
    pub flags: Vec<String>,
    /// Every condition that took part.
    pub conditions: Vec<Condition>,
    /// The verdict under every other reading of what the law leaves open.
    pub readings: Vec<OtherReading>,
    /// The numbers that the rule gives.
    pub amounts: Vec<AmountFound>,
    /// What would change the verdict.
    pub changes: Vec<Change>,
    /// The facts and tables that are missing, when it is unknown for their sake.
    pub missing: Vec<String>,
    /// What was assumed.
    pub notes: Vec<Note>,
}

impl Finding {
    /// The finding with the condition that decided alone, as one of very many.
    pub(super) fn in_short(mut self) -> Self {
        self.conditions = self.deciding().cloned().into_iter().collect();
        self.readings.retain(|other| !other.assumed.is_empty());
        for amount in &mut self.amounts {
            amount.working = Vec::new();
        }
        self.changes = Vec::new();
        self.notes = Vec::new();
        self
    }

    /// The condition that decided: the first that says what the rule says, a measured one before one of yes and no.
    pub fn deciding(&self) -> Option<&Condition> {
        let mut like = self
            .conditions
            .iter()
            .filter(|condition| condition.verdict == self.verdict);
        let measured = like.clone().find(|condition| condition.margin.is_some());
        measured
            .or_else(|| like.next())
            .or_else(|| self.conditions.first())
    }
}

/// One measure against its bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The measure or fact.
    pub measure: String,
    /// What it is.
    pub value: Option<Figure>,
    /// In which direction it may lie beyond that, for want of what is missing.
    pub open: Option<Side>,
    /// How it must stand to the bound.
    pub relation: Relation,
    /// The bound.
    pub bound: Option<Figure>,
    /// How far it is on the right side of the bound, in its own unit; negative when it is on the wrong one.
    pub margin: Option<Exact>,
    /// The same in m² of land, where the measure is a share of land.
    pub margin_m2: Option<Exact>,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Whether it lies within 0.5 % of the bound.
    pub borderline: bool,
    /// The facts and tables that are missing for it.
    pub missing: Vec<String>,
    /// Why it is unknown, where it is not for want of a fact.
    pub why: Option<Why>,
}

/// The verdict under another reading.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherReading {
    /// `far_site=original`.
    pub reading: String,
    /// What the rule says then.
    pub verdict: Verdict,
    /// The amounts that would differ then.
    pub amounts: Vec<AmountFound>,
    /// Whether it is shown only, and too far from the words to make the verdict depend on it.
    pub note_only: bool,
    /// The missing facts that are given their usual value in it, each with that value; none where the law is read otherwise.
    pub assumed: Vec<(&'static str, &'static str)>,
}

/// A number that a rule gives.
#[derive(Clone, Debug, PartialEq)]
pub struct AmountFound {
    /// Its name, with its unit.
    pub name: String,
    /// What it is; `None` when it cannot be known.
    pub value: Option<Figure>,
    /// How it was had, step by step.
    pub working: Vec<Step>,
}

impl AmountFound {
    /// Whether another comes to the same, however it was had.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

/// What would change a verdict.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// It would be met from this value of a fact on.
    From {
        /// The fact.
        fact: String,
        /// The least value.
        value: Exact,
    },
    /// It would be met up to this value of a fact.
    UpTo {
        /// The fact.
        fact: String,
        /// The greatest value.
        value: Exact,
    },
    /// It would be met without one record of a list.
    Without {
        /// The list.
        list: String,
        /// The record: its id, else its place counted from 1.
        record: String,
    },
}
