//! Boxes of features and boxes of places → the features that lie there.

use rayon::prelude::*;

use crate::geometry::{Bounds, BoxIndex, Shapes};

/// The boxes around the features of a layer, by their positions.
pub(super) struct Boxes(Vec<Bounds>);

impl Boxes {
    pub(super) fn of(shapes: &Shapes) -> Self {
        let all = (0..shapes.len()).into_par_iter();
        Self(all.map(|at| shapes.get(at).bounds()).collect())
    }

    pub(super) fn at(&self, at: u32) -> Bounds {
        self.0[at as usize]
    }

    /// The boxes of some features, each grown by a margin.
    pub(super) fn some(&self, at: &[u32], margin: f64) -> Vec<Bounds> {
        at.iter().map(|at| self.at(*at).grown(margin)).collect()
    }

    /// The features whose box shares a point with one of `places`, by rising position.
    pub(super) fn meeting(&self, places: &[Bounds]) -> Vec<u32> {
        self.filtered(places, |_, _| true)
    }

    /// The features whose box shares ground, not only a line, with one of `places`.
    pub(super) fn over(&self, places: &[Bounds]) -> Vec<u32> {
        self.filtered(places, |one, other| {
            one.min.x < other.max.x
                && other.min.x < one.max.x
                && one.min.y < other.max.y
                && other.min.y < one.max.y
        })
    }

    fn filtered(
        &self,
        places: &[Bounds],
        how: impl Fn(&Bounds, &Bounds) -> bool + Sync,
    ) -> Vec<u32> {
        let all = places
            .iter()
            .fold(Bounds::EMPTY, |all, one| all.union(*one));
        let index = BoxIndex::new(places.iter().copied());
        let found = self.0.par_iter().enumerate().filter(|(_, bounds)| {
            let mut near = index.meeting(**bounds);
            all.meets(bounds) && near.any(|place| how(&places[place as usize], bounds))
        });
        found.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
    }
}

/// Adds positions to rising ones; whether any is new.
pub(super) fn add(have: &mut Vec<u32>, more: &[u32]) -> bool {
    let before = have.len();
    have.extend(more);
    have.sort_unstable();
    have.dedup();
    have.len() > before
}
