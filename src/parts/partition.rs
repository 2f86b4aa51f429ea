//! A lake → a plan: half-open rectangles by the middle of the boxes, and what each must see.

use geo::Coord;

use super::{Part, PartError};
use crate::geometry::{Bounds, BoxIndex};
use crate::lake::Lake;
use crate::model::LayerKind;

/// A millimetre, by which boxes are grown so that what touches a box is seen.
pub(super) const TOUCH: f64 = 1e-3;

/// Half-open rectangles that together are the plane.
enum Tree {
    Leaf(usize),
    Split {
        by_x: bool,
        at: f64,
        below: Box<Tree>,
        above: Box<Tree>,
    },
}

/// A rectangle without ends where there is none: west, south, east, north.
type Rectangle = [Option<f64>; 4];

/// Cuts a lake into parts of at most so many parcels; `reach` is how near a parcel counts as beside, in units of the CRS.
/// Parcels whose boxes have one middle are never told apart.
///
/// # Errors
/// When the lake cannot be read.
pub fn partition(lake: &Lake, most: usize, reach: f64) -> Result<Vec<Part>, PartError> {
    let parcels = lake.boxes(LayerKind::Parcels)?;
    let mut middles: Vec<Coord> = parcels.iter().map(|(_, bounds)| bounds.centre()).collect();
    let mut leaves: Vec<(Rectangle, u64)> = Vec::new();
    let tree = split(&mut middles, [None; 4], most.max(1), &mut leaves);
    let mut see = vec![Bounds::EMPTY; leaves.len()];
    let blocks = lake.boxes(LayerKind::Boundary)?;
    let index = BoxIndex::new(blocks.iter().map(|(_, bounds)| *bounds));
    let buildings = lake.boxes(LayerKind::Buildings)?;
    let standing = BoxIndex::new(buildings.iter().map(|(_, bounds)| *bounds));
    for (_, bounds) in &parcels {
        let see = &mut see[tree.leaf(bounds.centre())];
        for building in standing.meeting(*bounds) {
            *see = see.union(buildings[building as usize].1);
        }
    }
    let layers = [parcels, buildings, blocks.clone()];
    for (_, bounds) in layers.iter().flatten() {
        let see = &mut see[tree.leaf(bounds.centre())];
        *see = see.union(*bounds);
        for block in index.meeting(bounds.grown(TOUCH)) {
            *see = see.union(blocks[block as usize].1);
        }
    }
    let parts = u32::try_from(leaves.len()).unwrap_or(u32::MAX);
    let part = |((part, (own, parcels)), see): ((u32, (Rectangle, u64)), Bounds)| {
        let [own_west, own_south, own_east, own_north] = own;
        let part = Part {
            lake: lake.manifest.id.clone(),
            pass: 1,
            part,
            parts,
            parcels,
            own_west,
            own_south,
            own_east,
            own_north,
            ..Part::default()
        };
        part.seeing(see.grown(reach + TOUCH))
    };
    Ok((0..).zip(leaves).zip(see).map(part).collect())
}

/// Splits places at the middle one across the longer side, as long as they are too many.
fn split(
    places: &mut [Coord],
    own: Rectangle,
    most: usize,
    leaves: &mut Vec<(Rectangle, u64)>,
) -> Tree {
    let bounds = Bounds::of(places);
    let (width, height) = (bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y);
    let leaf = |leaves: &mut Vec<(Rectangle, u64)>| {
        leaves.push((own, places.len() as u64));
        Tree::Leaf(leaves.len() - 1)
    };
    if places.len() <= most || (width <= 0.0 && height <= 0.0) {
        return leaf(leaves);
    }
    let by_x = width >= height;
    let of = |place: &Coord| if by_x { place.x } else { place.y };
    places.sort_unstable_by(|a, b| of(a).total_cmp(&of(b)));
    let half = of(&places[places.len() / 2]);
    // what lies on the line is above it; with all lower places on it too, the line is the next one
    let least = of(&places[0]);
    let at = if half > least {
        half
    } else {
        let next = places.iter().map(of).find(|at| *at > least);
        next.unwrap_or(half)
    };
    let count = places.partition_point(|place| of(place) < at);
    let (low, high) = places.split_at_mut(count);
    let (mut below, mut above) = (own, own);
    let side = usize::from(!by_x);
    below[side + 2] = Some(at);
    above[side] = Some(at);
    Tree::Split {
        by_x,
        at,
        below: Box::new(split(low, below, most, leaves)),
        above: Box::new(split(high, above, most, leaves)),
    }
}

impl Tree {
    /// The number of the rectangle that holds a place.
    fn leaf(&self, place: Coord) -> usize {
        match self {
            Self::Leaf(number) => *number,
            Self::Split {
                by_x,
                at,
                below,
                above,
            } => {
                let is_below = if *by_x { place.x < *at } else { place.y < *at };
                if is_below { below } else { above }.leaf(place)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_in_one_rectangle_and_none_has_too_many() {
        let mut places: Vec<Coord> = (0..1000)
            .map(|at| Coord {
                x: f64::from(at * 7919 % 1009),
                y: f64::from(at * 31 % 17),
            })
            .collect();
        let all = places.clone();
        let mut leaves = Vec::new();
        let tree = split(&mut places, [None; 4], 60, &mut leaves);
        let mut counts = vec![0; leaves.len()];
        for place in all {
            let leaf = tree.leaf(place);
            counts[leaf] += 1;
            let ([west, south, east, north], _) = leaves[leaf];
            let inside = |least: Option<f64>, at: f64, most: Option<f64>| {
                least.is_none_or(|least| least <= at) && most.is_none_or(|most| at < most)
            };
            assert!(inside(west, place.x, east) && inside(south, place.y, north));
        }
        for (count, (_, expected)) in counts.iter().zip(&leaves) {
            assert!(*count > 0 && *count <= 60 && *count == *expected);
        }
    }

    #[test]
    fn places_that_are_one_place_stay_together() {
        let mut places = vec![Coord { x: 1.0, y: 2.0 }; 9];
        let mut leaves = Vec::new();
        split(&mut places, [None; 4], 2, &mut leaves);
        assert_eq!(leaves, [([None; 4], 9)]);
    }
}
