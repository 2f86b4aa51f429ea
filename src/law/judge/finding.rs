//! What was found: a rule on a case, with every condition's evidence.

use super::ground::{Ground, Part};
use super::{Step, Verdict};
use crate::law::measures::{Note, Side, Why};
use crate::law::pack::{Nature, Relation};
use crate::quantity::{Exact, Figure};

/// One rule judged on one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// The article it comes from.
    pub article: String,
    /// What follows from it.
    pub nature: Nature,
    /// The words of that article, where the rule stands in another by how the law is read; else they are the rule's.
    pub quote: Option<String>,
    /// What it says.
    pub verdict: Verdict,
    /// `borderline`, `expired`, `depends_on_reading`, and what the pack puts beside the verdict.
    pub flags: Vec<String>,
    /// Every condition that took part.
    pub conditions: Vec<Condition>,
    /// Which of them decided, by its place.
    pub decisive: Option<usize>,
    /// How the rule joins them.
    pub grounds: Vec<(Part, Ground)>,
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
    pub fn in_short(mut self) -> Self {
        self.conditions = self.deciding().cloned().into_iter().collect();
        self.decisive = self.conditions.first().map(|_| 0);
        self.grounds = Vec::new();
        self.readings.retain(|other| !other.assumed.is_empty());
        for amount in &mut self.amounts {
            amount.working = Vec::new();
        }
        self.changes = Vec::new();
        self.notes = Vec::new();
        self
    }

    /// The condition that decided: the one by which the rule is met or not, by which a case falls under a rule that
    /// classifies or is kept out of it, or that keeps a rule from speaking of the case. A measured one before one of yes
    /// and no; `None` where the rule says nothing.
    pub fn deciding(&self) -> Option<&Condition> {
        self.conditions.get(self.decisive?)
    }

    /// Every condition that brings about the verdict, in the order of the rule.
    pub fn telling(&self) -> Vec<&Condition> {
        let verdict_of = |place: usize| {
            let condition = self.conditions.get(place);
            condition.map_or(Verdict::NotApplicable, |condition| condition.verdict)
        };
        let deciding = self.decisive.map(Ground::Leaf);
        let of_decisive =
            |(_, ground): &&(Part, Ground)| self.decisive.is_some_and(|place| ground.names(place));
        let grounds = self.grounds.iter().filter(of_decisive);
        let mut places: Vec<usize> = grounds
            .flat_map(|(_, ground)| ground.telling(&verdict_of))
            .collect();
        // what decided tells something, wherever it stands
        if let Some(Ground::Leaf(place)) = deciding
            && !places.contains(&place)
        {
            places = vec![place];
        }
        let conditions = places.into_iter();
        conditions
            .filter_map(|place| self.conditions.get(place))
            .collect()
    }
}

/// What a condition is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is to be met.
    Binds,
    /// It tells one case from another: to what a rule applies, what falls under it.
    Tells,
}

/// One measure against its bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The measure or fact; of an amount that decided its name.
    pub measure: String,
    /// What it is there for.
    pub role: Role,
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
    /// The limit on land as it was compared, in m²: rounded outward as the reading `mode` says.
    pub limit_m2: Option<Exact>,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Whether it lies within 0.5 % of the bound.
    pub borderline: bool,
    /// The facts and tables that are missing for it.
    pub missing: Vec<String>,
    /// Why it is unknown, where it is not for want of a fact.
    pub why: Option<Why>,
}

impl Condition {
    /// Whether its value stands to its bound as it should; `None` where that is not known.
    pub const fn holds(&self) -> Option<bool> {
        match self.verdict {
            Verdict::Pass => Some(true),
            Verdict::Fail | Verdict::Discretionary => Some(false),
            Verdict::Unknown | Verdict::NotApplicable => None,
        }
    }

    /// The bound as it was compared, where the bound as it is stated would say something else: a limit on land that was
    /// rounded outward.
    pub fn rounded_bound(&self) -> Option<Figure> {
        let (value, holds) = (self.value.as_ref()?, self.holds()?);
        let stated = self.bound.as_ref()?.number()?;
        if self.relation.holds(&value.number()?, &stated)? == holds {
            return None;
        }
        let limit = self.limit_m2?;
        Some(match value {
            Figure::LandShare { whole, .. } => Figure::LandShare {
                part: limit,
                whole: *whole,
            },
            _ => Figure::land(limit),
        })
    }
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
        /// What another fact is then: floor area as the plot ratio counts it.
        with: Option<(&'static str, Exact)>,
    },
    /// It would be met up to this value of a fact.
    UpTo {
        /// The fact.
        fact: String,
        /// The greatest value.
        value: Exact,
        /// What another fact is then.
        with: Option<(&'static str, Exact)>,
    },
    /// It would be met without one record of a list.
    Without {
        /// The list.
        list: String,
        /// The record: its id, else its place counted from 1.
        record: String,
    },
}
