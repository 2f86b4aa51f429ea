//! How parcels of two runs stand to each other.

/// How a parcel of the later run came to be, or what became of one of the earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kinship {
    /// The same parcel, of the same shape and under the same id.
    Same,
    /// The same parcel, its boundary moved.
    Reshaped,
    /// The same shape under another id.
    Renumbered,
    /// One became several (分割).
    Split,
    /// Several became one (合并).
    Merged,
    /// Ground was divided anew among several.
    SplitAndMerged,
    /// It lies on none of the earlier run.
    New,
    /// None of the later run lies on it.
    Gone,
}

impl Kinship {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Reshaped => "reshaped",
            Self::Renumbered => "renumbered",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::SplitAndMerged => "split_and_merged",
            Self::New => "new",
            Self::Gone => "gone",
        }
    }

    /// Whether one parcel became one: its state can be followed.
    pub const fn is_one_to_one(self) -> bool {
        matches!(self, Self::Same | Self::Reshaped | Self::Renumbered)
    }
}
