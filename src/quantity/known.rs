//! A quantity that is known, or the reason why it is not.

use serde::{Deserialize, Serialize};

use std::fmt;

/// Why a figure cannot be had. Nothing that is missing ever becomes a zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Missing {
    /// The run was given no layer of buildings.
    Buildings,
    /// A building says neither its storeys nor its floor area.
    Storeys,
    /// Neither storey heights nor a building height are known.
    StoreyHeight,
    /// A building does not say what it is used for.
    BuildingUse,
    /// No registered or contract area in the input.
    RegisteredArea,
    /// The coordinates cannot be taken to the CGCS2000 ellipsoid.
    Position,
    /// A building that may stand there was left out for its shape.
    LeftOut,
    /// Buildings that stand there may be one building given more than once.
    MaybeTwice,
    /// Parcels lie over each other, and nothing tells to which of them what stands there belongs.
    ParcelsOver,
    /// Figures contradict each other, and it is not known which is right.
    Contradiction,
    /// The geometry could not be measured in a way that two methods agree on.
    Measurement,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Buildings => "no building layer",
            Self::Storeys => "storeys unknown",
            Self::StoreyHeight => "storey height unknown",
            Self::BuildingUse => "use of a building unknown",
            Self::RegisteredArea => "no registered area",
            Self::Position => "position on the ellipsoid unknown",
            Self::LeftOut => "a building was left out",
            Self::MaybeTwice => "buildings may be given twice",
            Self::ParcelsOver => "parcels lie over each other",
            Self::Contradiction => "figures contradict each other",
            Self::Measurement => "two ways of measuring disagree",
        })
    }
}

/// A figure, or why it is missing.
pub type Quantity<T> = Result<T, Missing>;
