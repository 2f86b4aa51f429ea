//! What a verdict rests on: conditions by their place, joined as the rule joins them.

use super::Verdict;

/// How parts are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Every one must hold.
    All,
    /// One must hold.
    Any,
    /// The first says which of the others is to hold.
    If,
}

/// A condition, or several joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// A condition, by its place among those of the finding.
    Leaf(usize),
    /// Several.
    Joined {
        /// How.
        join: Join,
        /// What they come to.
        verdict: Verdict,
        /// The parts that took part, at least two.
        parts: Vec<Ground>,
    },
}

/// Which tree of a rule it is that a ground stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// To what the rule applies.
    When,
    /// What must hold, or by what a case falls under the rule.
    Test,
    /// By what a case is suspected of falling under it.
    Suspect,
}

impl Ground {
    /// Parts joined; one alone stands for itself, and parts joined in the same way are one row.
    pub(super) fn joined(
        join: Join,
        verdict: Verdict,
        parts: impl Iterator<Item = Self>,
    ) -> Option<Self> {
        let mut flat = Vec::new();
        for part in parts {
            match part {
                Self::Joined {
                    join: same,
                    parts: of,
                    ..
                } if same == join && join != Join::If => flat.extend(of),
                part => flat.push(part),
            }
        }
        match flat.len() {
            0 => None,
            1 => flat.pop(),
            _ => Some(Self::Joined {
                join,
                verdict,
                parts: flat,
            }),
        }
    }

    /// 原则上: what fails needs consent instead.
    pub(super) fn soften(&mut self) {
        let Self::Joined { verdict, parts, .. } = self else {
            return;
        };
        if *verdict == Verdict::Fail {
            *verdict = Verdict::Discretionary;
        }
        for part in parts {
            part.soften();
        }
    }

    /// Whether that condition is among it.
    pub fn names(&self, place: usize) -> bool {
        match self {
            Self::Leaf(own) => *own == place,
            Self::Joined { parts, .. } => parts.iter().any(|part| part.names(place)),
        }
    }

    /// The places of the conditions that bring about the verdict: of all that must hold those that do not, else each; of
    /// those of which one must hold, likewise; of what depends on something else, what came of it.
    pub(super) fn telling(&self, verdict_of: &dyn Fn(usize) -> Verdict) -> Vec<usize> {
        match self {
            Self::Leaf(place) => vec![*place],
            Self::Joined {
                join,
                verdict,
                parts,
            } => {
                let asked = usize::from(*join == Join::If && *verdict != Verdict::Unknown);
                let of = |part: &&Self| match part {
                    Self::Leaf(place) => verdict_of(*place) == *verdict,
                    Self::Joined { verdict: own, .. } => own == verdict,
                };
                let parts = parts.iter().skip(asked).filter(of);
                parts.flat_map(|part| part.telling(verdict_of)).collect()
            }
        }
    }
}
