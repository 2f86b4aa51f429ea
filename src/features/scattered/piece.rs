//! A piece of scattered land (零星地块): where it was found, what it is, and which industrial sites it borders.

use compact_str::CompactString;

/// A piece of scattered land, without its shape. Lengths in m.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Where it was found.
    pub origin: Origin,
    /// Its parcel's id, its own, or one made of its place.
    pub id: CompactString,
    /// What it is by its shape and surroundings.
    pub kind: PieceKind,
    /// What lies along its boundary.
    pub sides: Sides,
    /// The diameter of the largest circle in it; `None` where its outline is too intricate to tell.
    pub width_m: Option<f64>,
    /// Polsby and Popper's `4πA/P²`, from 0 to 1.
    pub compactness: f64,
    /// The industrial sites beside it, in order.
    pub links: Vec<Link>,
    /// Every parcel that shares a stretch of boundary with it, in order.
    pub neighbours: Vec<u32>,
    /// Whether the plan wants its land industrial (符合规划); `None` where that is unknown.
    pub conforms: Option<bool>,
    /// Why it is proposed to nobody, whatever the rules say.
    pub bar: Option<Bar>,
}

impl Piece {
    /// Whether it may be proposed to a site.
    pub fn is_free(&self) -> bool {
        self.bar.is_none() && self.conforms != Some(false)
    }
}

/// Where a piece was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A parcel that is recorded as vacant or unallotted, by its position.
    Recorded(u32),
    /// A feature of the layer of known candidates, by its position.
    Given(u32),
    /// Land that no layer records.
    Unrecorded,
}

impl Origin {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recorded(_) => "recorded",
            Self::Given(_) => "given",
            Self::Unrecorded => "unrecorded",
        }
    }
}

/// What a piece is (粤府办〔2009〕122号 names the three).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// 边角地: between sites and the edge of a block, a road or water.
    Corner,
    /// 夹心地: surrounded by sites.
    Enclosed,
    /// 插花地: interlocked with sites and other land.
    Interlocked,
    /// None of these.
    Other,
}

impl PieceKind {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Corner => "corner",
            Self::Enclosed => "enclosed",
            Self::Interlocked => "interlocked",
            Self::Other => "other",
        }
    }
}

/// What lies along the boundary of a piece: shares of the length of all its rings.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sides {
    /// Along industrial sites.
    pub sites: f64,
    /// Along any other parcel.
    pub parcels: f64,
    /// Along no parcel: a road, water, the edge of the block.
    pub open: f64,
    /// How often, once round, a stretch along sites changes to one that is not, or back.
    pub changes: u32,
    /// How many parcels there are along it.
    pub touching: u32,
}

/// An industrial site beside a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The position of the parcel in its layer.
    pub parcel: u32,
    /// The length of boundary that both share; 0 across a gap.
    pub shared_m: f64,
    /// What lies between them, where they do not touch.
    pub across: Option<Across>,
}

/// What separates a piece from a site.
#[derive(Clone, Debug, PartialEq)]
pub struct Across {
    /// The least distance between the two, m.
    pub gap_m: f64,
    /// The obstacle, by its position in its layer.
    pub obstacle: u32,
}

/// Why a piece is proposed to nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// It was found under a guessed boundary.
    Guess,
    /// It has been granted already.
    Granted,
    /// It lies on a parcel that is not vacant.
    OnParcel(u32),
    /// It is the land of another piece.
    SameLand,
    /// Most of it is road, water or green.
    OnObstacle(u32),
    /// A building stands on it.
    BuiltOn,
    /// A feature that was set aside for its shape may lie on it.
    LeftOut,
}

impl Bar {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guess => "guessed_boundary",
            Self::Granted => "granted",
            Self::OnParcel(_) => "on_parcel",
            Self::SameLand => "same_land",
            Self::OnObstacle(_) => "on_obstacle",
            Self::BuiltOn => "built_on",
            Self::LeftOut => "left_out_feature",
        }
    }
}
