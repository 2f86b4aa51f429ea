//! The rows of a comparison → how many parcels and how much land changed, and how.

use std::collections::BTreeMap;

use super::change::{Change, is_on_list};
use super::rows::{Counts, Row, Sides};
use crate::features::idle::State;
use crate::quantity::Area;

/// Parcels that changed alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// What changed.
    pub change: Change,
    /// The state in the earlier run; of several parcels the worst, where any is on the list.
    pub before: Option<State>,
    /// The state in the later run.
    pub after: Option<State>,
}

/// Parcels and their land.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many parcels.
    pub parcels: u64,
    /// Their printed areas in 0.01 m², added up.
    pub cents: i64,
    /// How many of them have no area.
    pub without_area: u64,
}

impl Sum {
    /// Adds a parcel.
    pub fn add(&mut self, area: Option<Area>) {
        self.parcels += 1;
        self.cents = self.cents.saturating_add(area.map_or(0, Area::cents));
        self.without_area += u64::from(area.is_none());
    }

    /// Adds another sum.
    pub fn with(mut self, other: Self) -> Self {
        self.parcels += other.parcels;
        self.cents = self.cents.saturating_add(other.cents);
        self.without_area += other.without_area;
        self
    }
}

/// Sums rows up by kind: each parcel of the later run that has a row once, by its own area, and each of the earlier run that
/// none of these counts.
pub(super) fn counts(sides: &Sides<'_>, rows: &[Row]) -> BTreeMap<Kind, Sum> {
    let mut sums: BTreeMap<Kind, Sum> = BTreeMap::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let group = rows[at + 1..].iter().take_while(|row| row.counts.is_none());
        let group = &rows[at..=at + group.count()];
        at += group.len();
        let before = group
            .iter()
            .filter_map(|row| sides.earlier(row.earlier?).1)
            .max_by_key(|state| (is_on_list(*state), *state == State::Unknown, *state));
        let (area, after) = match row.counts {
            Some(Counts::Earlier) | None => {
                let earlier = row.earlier.map(|at| sides.earlier(at).0.area);
                (earlier.flatten(), None)
            }
            Some(Counts::Later) => {
                let later = row.later.map(|at| sides.later(at));
                (
                    later.and_then(|(parcel, _)| parcel.area),
                    later.and_then(|(_, state)| state),
                )
            }
        };
        let kind = Kind {
            change: row.change,
            before,
            after,
        };
        sums.entry(kind).or_default().add(area);
    }
    sums
}
