//! How a parcel of today came to be.

/// How a parcel of today came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It was there, of the same shape and under the same id.
    Same,
    /// It was there, of the same shape and under another id.
    Renumbered,
    /// One earlier parcel became several, and it is one of them (分割).
    Split,
    /// Several earlier parcels became one, which it is (合并).
    Merged,
    /// It has ground of earlier parcels in any other way.
    Reshaped,
    /// It lies on no earlier parcel.
    New,
}

impl Relation {
    /// The word in results for an earlier parcel that no parcel of today lies on.
    pub const GONE: &'static str = "gone";

    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Renumbered => "renumbered",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Reshaped => "reshaped",
            Self::New => "new",
        }
    }
}
