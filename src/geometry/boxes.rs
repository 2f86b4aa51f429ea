//! Boxes of features and boxes of places → the features that lie there.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::{Bounds, BoxIndex, Shapes};

/// The boxes around the features of a layer, by their positions.
pub struct Boxes {
    boxes: Vec<Bounds>,
    /// Made when it is first asked for.
    index: OnceLock<BoxIndex>,
}

impl Boxes {
    /// Of some shapes.
    pub fn of(shapes: &Shapes) -> Self {
        let all = (0..shapes.len()).into_par_iter();
        Self::with(all.map(|at| shapes.get(at).bounds()).collect())
    }

    /// These.
    pub fn with(boxes: Vec<Bounds>) -> Self {
        Self {
            boxes,
            index: OnceLock::new(),
        }
    }

    /// The positions of the boxes that share a point with a place, in no particular order.
    pub fn positions(&self, place: Bounds) -> impl Iterator<Item = usize> + '_ {
        let index = || BoxIndex::new(self.boxes.iter().copied());
        let index = self.index.get_or_init(index);
        index.meeting(place).map(|at| at as usize)
    }

    /// The boxes that share a point with a place, in no particular order.
    pub fn near(&self, place: Bounds) -> impl Iterator<Item = Bounds> + '_ {
        self.positions(place).map(|at| self.boxes[at])
    }

    /// The box of a feature.
    pub fn at(&self, at: u32) -> Bounds {
        self.boxes[at as usize]
    }

    /// The boxes of some features, each grown by a margin.
    pub fn some(&self, at: &[u32], margin: f64) -> Vec<Bounds> {
        at.iter().map(|at| self.at(*at).grown(margin)).collect()
    }

    /// The features whose box shares a point with one of `places`, by rising position.
    pub fn meeting(&self, places: &[Bounds]) -> Vec<u32> {
        self.filtered(places, |_, _| true)
    }

    /// The features whose box shares ground, not only a line, with one of `places`.
    pub fn over(&self, places: &[Bounds]) -> Vec<u32> {
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
        let found = self.boxes.par_iter().enumerate().filter(|(_, bounds)| {
            let mut near = index.meeting(**bounds);
            all.meets(bounds) && near.any(|place| how(&places[place as usize], bounds))
        });
        found.filter_map(|(at, _)| u32::try_from(at).ok()).collect()
    }
}
