//! What somebody wants to know of merges.

/// Which parcels are put together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// All connected land of one holder (同一权利人), one proposal each; who does not say who holds it joins nobody.
    #[default]
    Holder,
    /// Any two parcels, or few more, whoever holds them: one would have to acquire the others.
    Any,
}

impl Grouping {
    /// The word on the command line and in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Holder => "holder",
            Self::Any => "any",
        }
    }
}

/// What merges are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeWish {
    /// Which parcels are put together.
    pub grouping: Grouping,
    /// Positions of parcels in their layer that every merge must hold; none for the whole city.
    pub parcels: Vec<u32>,
    /// The most parcels of a group of [`Grouping::Any`], 2 to [`MergeWish::MOST_PARCELS`].
    pub most_parcels: usize,
    /// The most proposals; `None` for a thousand of [`Grouping::Any`], and all of [`Grouping::Holder`].
    pub most: Option<usize>,
}

impl MergeWish {
    /// Groups of more parcels are not looked for: their number grows with each parcel by an order of magnitude.
    pub const MOST_PARCELS: usize = 5;
}

impl Default for MergeWish {
    fn default() -> Self {
        Self {
            grouping: Grouping::Holder,
            parcels: Vec::new(),
            most_parcels: 3,
            most: None,
        }
    }
}
