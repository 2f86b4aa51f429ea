//! A problem found in the input, and what was done about it.

use geo::Coord;

use super::{DefectKind, LayerKind};

/// A problem found in the input.
#[derive(Clone, Debug, PartialEq)]
pub struct Defect {
    /// The layer that has it.
    pub layer: LayerKind,
    /// The id of the feature, or `row N` (0-based) when it has none; empty for the layer as a whole.
    pub feature: String,
    /// The kind of problem.
    pub kind: DefectKind,
    /// What was done.
    pub action: Action,
    /// What a reader needs to know beside the kind.
    pub detail: String,
    /// Where, in the computing CRS.
    pub at: Option<Coord>,
}

impl Defect {
    /// A problem about which nothing was done: the feature was analysed as it is.
    pub const fn noted(
        layer: LayerKind,
        feature: String,
        kind: DefectKind,
        detail: String,
        at: Option<Coord>,
    ) -> Self {
        Self {
            layer,
            feature,
            kind,
            action: Action::Noted,
            detail,
            at,
        }
    }
}

/// What was done about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Mended; the feature was analysed.
    Repaired,
    /// The feature was left out of every measure.
    Quarantined,
    /// Nothing; the feature was analysed as it is.
    Noted,
}

impl Action {
    /// The word in the column `action`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Repaired => "repaired",
            Self::Quarantined => "quarantined",
            Self::Noted => "noted",
        }
    }
}

/// The name of a feature in messages: its id, or its 0-based row.
pub fn feature_name(id: &str, row: u32) -> String {
    if id.is_empty() {
        format!("row {row}")
    } else {
        id.to_owned()
    }
}
