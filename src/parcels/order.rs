//! The order in which parcels and plan blocks are told apart in every result, whatever their order on disk.

use rayon::prelude::*;

use crate::geometry::Shapes;
use crate::model::{Layer, Parcel, PlanBlock};

/// Features by id; those that share one, or have none, by where they lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The position in the layer of the feature at each place.
    pub parcels: Vec<u32>,
    /// The place of each feature of the layer.
    pub place: Vec<u32>,
}

/// Puts parcels in order.
pub fn canonical_order(parcels: &Layer<Parcel>) -> Order {
    by_id(&parcels.shapes, |at| &parcels.rows[at as usize].id)
}

/// Puts plan blocks in order.
pub fn plan_order(plan: &Layer<PlanBlock>) -> Order {
    order_by_id(plan, |block| &block.id)
}

/// Puts the features of any layer in order.
pub fn order_by_id<T: Sync>(layer: &Layer<T>, id: fn(&T) -> &str) -> Order {
    by_id(&layer.shapes, |at| id(&layer.rows[at as usize]))
}

/// Puts shapes in order by the names that `id` gives them.
pub fn order_of<'a>(shapes: &Shapes, id: impl Fn(u32) -> &'a str + Sync) -> Order {
    by_id(shapes, id)
}

fn by_id<'a>(shapes: &Shapes, id: impl Fn(u32) -> &'a str + Sync) -> Order {
    let count = u32::try_from(shapes.len()).unwrap_or(u32::MAX);
    let mut order: Vec<u32> = (0..count).collect();
    let corner = |at: u32| shapes.get(at as usize).bounds();
    order.par_sort_unstable_by(|&a, &b| {
        let by_place = || {
            let (a, b) = (corner(a), corner(b));
            let numbers = |c: crate::geometry::Bounds| [c.min.x, c.min.y, c.max.x, c.max.y];
            let pairs = numbers(a).into_iter().zip(numbers(b));
            pairs
                .map(|(a, b)| a.total_cmp(&b))
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        };
        id(a).cmp(id(b)).then_with(by_place).then_with(|| a.cmp(&b))
    });
    let mut place = vec![0; order.len()];
    (0..count).for_each(|at| place[order[at as usize] as usize] = at);
    Order {
        parcels: order,
        place,
    }
}
