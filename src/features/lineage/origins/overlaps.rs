//! Two layers of parcels → every pair that has ground in common, and how much.

use rayon::prelude::*;

use super::size::Size;
use crate::geometry::{Bounds, ShapeRef};
use crate::parcels::common;
use crate::parcels::{Indexed, Order};
use crate::quantity::Quantity;

/// Ground in common, by positions in the layers; in square units of the CRS.
#[derive(Clone, Copy, Debug)]
pub(super) struct Overlap {
    pub(super) parcel: u32,
    pub(super) former: u32,
    pub(super) area: f64,
}

/// Finds all pairs with more ground in common than two surveys differ by, by position of the parcel and then by the order
/// of earlier parcels, and the parcels of which a part could not be measured, rising. `one` is a square metre.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no layer has 2^32 features"
)]
pub(super) fn overlaps(
    (today, today_order): (&Indexed<'_>, &Order),
    (before, before_order): (&Indexed<'_>, &Order),
    (sizes, one): (&[Vec<Size>; 2], f64),
    advance: &(dyn Fn(u64) + Sync),
) -> (Vec<Overlap>, Vec<u32>) {
    let chunk = 1024;
    let count = today_order.place.len();
    let find = |start: usize| {
        let here = start..count.min(start + chunk);
        advance(here.len() as u64);
        let (mut found, mut unmeasured) = (Vec::with_capacity(here.len()), Vec::new());
        for at in here {
            let first = found.len();
            let (own, bounds) = (sizes[0][at], today.side(at).1.bounds());
            for former in before.boxes.meeting(bounds) {
                let other = before.side(former as usize).1.bounds();
                let least = own.least(sizes[1][former as usize], one);
                if both(bounds, other) <= least {
                    continue;
                }
                match in_common(today, at as u32, before, former, own.area) {
                    Some(Ok(area)) if area > least => found.push(Overlap {
                        parcel: at as u32,
                        former,
                        area,
                    }),
                    Some(Err(_)) => unmeasured.push(at as u32),
                    _ => {}
                }
            }
            found[first..].sort_unstable_by_key(|one| before_order.place[one.former as usize]);
        }
        (found, unmeasured)
    };
    let starts: Vec<usize> = (0..count).step_by(chunk).collect();
    let parts: Vec<_> = starts.into_par_iter().map(find).collect();
    let (mut found, mut unmeasured) = (Vec::new(), Vec::new());
    for (overlaps, without) in parts {
        found.extend(overlaps);
        unmeasured.extend(without);
    }
    unmeasured.dedup();
    (found, unmeasured)
}

/// The area of what two boxes share.
fn both(a: Bounds, b: Bounds) -> f64 {
    let wide = a.max.x.min(b.max.x) - a.min.x.max(b.min.x);
    let high = a.max.y.min(b.max.y) - a.min.y.max(b.min.y);
    wide.max(0.0) * high.max(0.0)
}

/// The area that two shapes share; most parcels are what they were, point by point.
fn in_common(
    today: &Indexed<'_>,
    at: u32,
    before: &Indexed<'_>,
    former: u32,
    whole: f64,
) -> Option<Quantity<f64>> {
    let shapes: [ShapeRef<'_>; 2] = [
        today.shapes.get(at as usize),
        before.shapes.get(former as usize),
    ];
    let [a, b] = shapes;
    if a.coords().len() == b.coords().len() && a.rings().eq(b.rings()) {
        return Some(Ok(whole));
    }
    common(today, at, before, former, whole)
}
