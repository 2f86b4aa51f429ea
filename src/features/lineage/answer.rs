//! Whether a parcel is the product of a split, and of a merge: no, unknown or yes.

/// An answer; of two that hold at once, the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    No,
    Unknown,
    Yes,
}

impl Answer {
    /// As a fact.
    pub(super) const fn known(self) -> Option<bool> {
        match self {
            Self::No => Some(false),
            Self::Unknown => None,
            Self::Yes => Some(true),
        }
    }
}

/// The answers to both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answers {
    pub(super) split: Answer,
    pub(super) merge: Answer,
}

impl Answers {
    pub(super) const NO: Self = Self::both(Answer::No);
    pub(super) const UNKNOWN: Self = Self::both(Answer::Unknown);
    pub(super) const YES: Self = Self::both(Answer::Yes);

    const fn both(answer: Answer) -> Self {
        Self {
            split: answer,
            merge: answer,
        }
    }

    /// The greater of each.
    pub(super) fn max(self, other: Self) -> Self {
        Self {
            split: self.split.max(other.split),
            merge: self.merge.max(other.merge),
        }
    }
}
