//! Roads, parcels and buildings that were set aside for their shape → land that may be theirs, and is offered to nobody.

use super::{Bar, Origin, Scattered, Search};
use crate::geometry::{Bounds, BoxIndex};
use crate::model::{City, LeftOut, Outline};

/// The outlines of features that were set aside and that take up land.
pub(super) struct LostOutlines<'a> {
    outlines: Vec<&'a Outline>,
    boxes: BoxIndex,
}

impl<'a> LostOutlines<'a> {
    /// Of parcels, buildings, obstacles and known pieces.
    pub(super) fn of(city: &'a City) -> Self {
        let mut all: Vec<&Outline> = outlines(&city.parcels.left_out).collect();
        if let Some(layer) = &city.buildings {
            all.extend(outlines(&layer.left_out));
        }
        if let Some(layer) = &city.obstacles {
            all.extend(outlines(&layer.left_out));
        }
        if let Some(layer) = &city.scattered {
            all.extend(outlines(&layer.left_out));
        }
        all.retain(|outline| outline.bounds().is_some());
        let boxes = all.iter().filter_map(|outline| outline.bounds());
        let boxes = BoxIndex::new(boxes);
        Self {
            outlines: all,
            boxes,
        }
    }

    /// Whether one of them may have ground in common with what lies in a box.
    pub(super) fn may_lie_on(&self, window: Bounds) -> bool {
        let mut near = self.boxes.meeting(window);
        near.any(|at| self.outlines[at as usize].may_meet(window))
    }
}

/// Bars every piece on which a feature that was set aside may lie.
pub(super) fn bar_left_out(search: &Search<'_>, scattered: &mut Scattered) {
    let lost = LostOutlines::of(search.city);
    let shapes = &scattered.shapes;
    for (at, piece) in scattered.pieces.iter_mut().enumerate() {
        let by_key = match piece.origin {
            Origin::Recorded(parcel) => !search.aside.on(parcel as usize).is_empty(),
            Origin::Given(_) | Origin::Unrecorded => false,
        };
        if by_key || lost.may_lie_on(shapes.get(at).bounds()) {
            piece.bar = piece.bar.or(Some(Bar::LeftOut));
        }
    }
}

/// What a reader must know of land on which something was set aside.
pub(super) fn notes_of_left_out(city: &City, (count, m2): (usize, f64)) -> Vec<String> {
    let mut notes = Vec::new();
    if count > 0 {
        notes.push(format!(
            "scattered: {count} unrecorded areas, together {m2:.2} m², may be the land of features that were left out for \
             their shape; they are not listed (mend those features, see defects.csv)"
        ));
    }
    let unplaced = |name: &str, left: usize| {
        (left > 0).then(|| {
            format!(
                "scattered: {left} {name} were left out and nothing tells where they lie; land found may be theirs"
            )
        })
    };
    notes.extend(unplaced("parcels", without_place(&city.parcels.left_out)));
    if let Some(layer) = &city.obstacles {
        notes.extend(unplaced("obstacles", without_place(&layer.left_out)));
    }
    if let Some(layer) = &city.boundary
        && !layer.left_out.is_empty()
    {
        let left = layer.left_out.len();
        notes.push(format!(
            "boundary: {left} blocks were left out for their shape; land in them is not looked for"
        ));
    }
    notes
}

fn without_place<T>(left_out: &[LeftOut<T>]) -> usize {
    let lost = left_out
        .iter()
        .filter(|left| left.outline.bounds().is_none());
    lost.count()
}

fn outlines<T>(left_out: &[LeftOut<T>]) -> impl Iterator<Item = &Outline> {
    left_out.iter().map(|left| &left.outline)
}
