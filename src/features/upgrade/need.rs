//! What an upgrade of a site would take: the solution, and the room for it.

use crate::law::judge::{Finding, Verdict};
use crate::quantity::Exact;

/// What an upgrade of a site would take.
#[derive(Clone, Debug, PartialEq)]
pub struct UpgradeNeed {
    /// Without any scattered land.
    pub alone: Solution,
    /// With its pieces of scattered land, where there are any.
    pub with_pieces: Option<Solution>,
    /// What the rule of scattered land says of the pieces when that much is built, where there are pieces.
    pub finding: Option<Finding>,
}

impl UpgradeNeed {
    /// The upgrade that is proposed: with its pieces, where there are any.
    pub fn proposed(&self) -> &Solution {
        self.with_pieces.as_ref().unwrap_or(&self.alone)
    }

    /// Whether the upgrade can be done with the pieces; `None` where there are none, or it is unknown.
    pub fn is_feasible(&self) -> Option<bool> {
        self.with_pieces.as_ref()?.is_feasible()
    }
}

/// An upgrade with the least new floor that it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The floor that is needed, and that the plan leaves.
    pub room: Room,
    /// What the rules of upgrades come to when what is needed is built.
    pub verdict: Verdict,
    /// The ids of the rules that forbid it.
    pub failing: Vec<String>,
    /// The places in the policy of the rules that cannot be judged yet.
    pub undecided: Vec<u16>,
}

impl Solution {
    /// Whether no rule that can be judged forbids it and the plan leaves room for what is needed; `None` where that is
    /// unknown.
    pub fn is_feasible(&self) -> Option<bool> {
        if self.failing.is_empty() {
            self.room.is_enough()
        } else {
            Some(false)
        }
    }
}

/// New floor that is needed, and that the plan leaves room for; m².
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The least new floor area that meets a gate and the least plot ratio of the plan; `None` where none does, or it is
    /// unknown.
    pub needed: Option<Exact>,
    /// The new floor area that the greatest plot ratio of the plan leaves; `None` where that is unknown.
    pub headroom: Option<Exact>,
}

impl Room {
    /// Whether the two meet.
    pub fn is_enough(&self) -> Option<bool> {
        Some(self.needed? <= self.headroom?)
    }
}
