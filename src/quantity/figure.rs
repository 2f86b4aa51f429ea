//! Numbers with their units, yes or no, words and days: everything that a rule can compare.

use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Exact;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// Square metres of land: the comparison modes of bounds in 亩 apply to these alone.
    Land,
    /// Square metres of floor or footprint.
    Floor,
    /// A share of one.
    Share,
    /// A plot ratio (容积率).
    PlotRatio,
    /// 万元.
    Wan,
    /// 万元 for each 亩.
    WanPerMu,
    /// 元 for each m².
    YuanPerM2,
    /// Metres.
    Metres,
    /// Things that are counted: never near a bound.
    Count,
}

impl Unit {
    /// Whether its numbers are measured, so that they can lie near a bound.
    pub const fn is_measured(self) -> bool {
        !matches!(self, Self::Count)
    }

    /// How it is written behind a number.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Land | Self::Floor => "m²",
            Self::Share | Self::PlotRatio | Self::Count => "",
            Self::Wan => "万元",
            Self::WanPerMu => "万元/亩",
            Self::YuanPerM2 => "元/m²",
            Self::Metres => "m",
        }
    }
}

/// Something known that a rule can compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Figure {
    /// A number.
    Number(Exact, Unit),
    /// A piece of land as a share of another, both in m²: a bound on it is a bound on the piece.
    LandShare {
        /// The piece.
        part: Exact,
        /// What it is a share of; never zero.
        whole: Exact,
    },
    /// Yes or no.
    Truth(bool),
    /// One of a few words, or any text.
    Word(CompactString),
    /// Several words.
    Words(Vec<CompactString>),
    /// A day.
    Day(Date),
}

impl Figure {
    /// The number, where it is one; a share of land as a fraction.
    pub fn number(&self) -> Option<Exact> {
        match self {
            Self::Number(number, _) => Some(*number),
            Self::LandShare { part, whole } => part.over(*whole),
            Self::Truth(_) | Self::Word(_) | Self::Words(_) | Self::Day(_) => None,
        }
    }

    /// What its number counts.
    pub const fn unit(&self) -> Option<Unit> {
        match self {
            Self::Number(_, unit) => Some(*unit),
            Self::LandShare { .. } => Some(Unit::Share),
            Self::Truth(_) | Self::Word(_) | Self::Words(_) | Self::Day(_) => None,
        }
    }

    /// Square metres of land.
    pub const fn land(m2: Exact) -> Self {
        Self::Number(m2, Unit::Land)
    }

    /// A share of one.
    pub const fn share(share: Exact) -> Self {
        Self::Number(share, Unit::Share)
    }

    /// A count of things.
    pub fn count(things: usize) -> Self {
        Self::Number(
            Exact::int(i64::try_from(things).unwrap_or(i64::MAX)),
            Unit::Count,
        )
    }
}
