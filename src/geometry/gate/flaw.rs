//! What can be wrong with a polygon, and what came of it.

use geo::Coord;

/// Something wrong with a polygon, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flaw {
    /// What is wrong.
    pub kind: FlawKind,
    /// A place on the polygon where it can be seen, in the computing CRS.
    pub at: Coord,
}

/// The kinds of flaw that the gate knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlawKind {
    /// A coordinate that is infinite or not a number.
    NotFinite,
    /// A coordinate that no place on Earth has.
    OutOfRange,
    /// A ring or a whole polygon that encloses nothing.
    ZeroArea,
    /// The same point twice in a row.
    RepeatedPoint,
    /// A ring whose last point is not its first.
    UnclosedRing,
    /// A ring that runs the other way than its kind does in this layer.
    WrongWinding,
    /// The boundary runs out along a line and back on it.
    Spike,
    /// A ring that crosses or touches itself (a bow-tie).
    SelfIntersection,
    /// A hole that is not inside its shell, or lies across another hole.
    HoleOutside,
    /// A ring called a hole has its shell inside.
    InsideOut,
    /// Two parts of a multipolygon that cover the same ground.
    OverlappingParts,
    /// Mending gave areas on which two methods do not agree.
    BeyondRepair,
}

impl FlawKind {
    /// The name in the column `kind` of `defects.csv`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotFinite => "non_finite",
            Self::OutOfRange => "out_of_range",
            Self::ZeroArea => "zero_area",
            Self::RepeatedPoint => "repeated_point",
            Self::UnclosedRing => "unclosed_ring",
            Self::WrongWinding => "wrong_winding",
            Self::Spike => "spike",
            Self::SelfIntersection => "self_intersection",
            Self::HoleOutside => "hole_outside",
            Self::InsideOut => "inside_out",
            Self::OverlappingParts => "overlapping_parts",
            Self::BeyondRepair => "beyond_repair",
        }
    }
}

/// What became of a polygon at the gate.
#[derive(Clone, Debug, PartialEq)]
pub enum Admission {
    /// It was valid.
    Clean,
    /// It is valid now; each kind of flaw once, where it was first met.
    Repaired(Vec<Flaw>),
    /// It cannot be measured.
    Refused(Flaw),
}

impl Admission {
    /// Clean without a flaw, repaired with some.
    pub(super) fn of(mut flaws: Vec<Flaw>) -> Self {
        if flaws.is_empty() {
            return Self::Clean;
        }
        flaws.sort_by_key(|flaw| flaw.kind);
        flaws.dedup_by_key(|flaw| flaw.kind);
        Self::Repaired(flaws)
    }
}
