//! Shapes of parcels → which lie beside each other, and how.

use rayon::prelude::*;

use super::{Indexed, Order};
use crate::geometry::{Contact, ContactKind, Reach, Scratch, contact};

/// Two parcels that lie beside each other; lengths in m, areas in m².
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The position in the layer of the parcel that comes first in order.
    pub a: u32,
    /// The position of the other.
    pub b: u32,
    /// How they lie to each other.
    pub contact: Contact,
}

/// Which parcels lie beside each other.
#[derive(Clone, Debug)]
pub struct Neighbours {
    /// All pairs, by the order of their first and then of their second parcel.
    pub pairs: Vec<Pair>,
    /// How many neighbours each parcel of the layer has: pairs that share an edge or overlap.
    pub count: Vec<u32>,
}

/// Finds all pairs of parcels within reach of each other; `reach` in metres, `metres` in one unit of the CRS.
///
/// The work grows with the number of pairs that are near each other, not with the square of the parcels.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no layer has 2^32 features"
)]
pub fn neighbours(
    indexed: &Indexed<'_>,
    order: &Order,
    reach: Reach,
    metres: f64,
    advance: &(dyn Fn(u64) + Sync),
) -> Neighbours {
    let reach = Reach {
        tolerance: reach.tolerance / metres,
        gap: reach.gap / metres,
    };
    let count = indexed.shapes.len();
    let far = reach.tolerance.max(reach.gap);
    let chunk = 1024;
    let starts: Vec<usize> = (0..count).step_by(chunk).collect();
    let found = starts.into_par_iter().flat_map_iter(|start| {
        let here = start..count.min(start + chunk);
        advance(here.len() as u64);
        let (mut pairs, mut scratch) = (Vec::new(), Scratch::default());
        for at in here {
            for other in indexed
                .boxes
                .meeting(indexed.side(at).1.bounds().grown(far))
            {
                // each pair once, measured along the boundary of the one that comes first
                if order.place[at] < order.place[other as usize] {
                    let (a, b) = (at, other as usize);
                    let contact = contact(indexed.side(a), indexed.side(b), reach, &mut scratch);
                    pairs.extend(contact.map(|contact| Pair {
                        a: a as u32,
                        b: other,
                        contact: in_metres(contact, metres),
                    }));
                }
            }
        }
        pairs
    });
    Neighbours::of(found.collect(), order)
}

impl Neighbours {
    /// Of pairs in whatever order, each of them once.
    pub fn of(mut pairs: Vec<Pair>, order: &Order) -> Self {
        let place = |at: u32| order.place[at as usize];
        pairs.par_sort_unstable_by_key(|pair| (place(pair.a), place(pair.b)));
        let mut count = vec![0; order.place.len()];
        for pair in pairs
            .iter()
            .filter(|pair| matches!(pair.contact.kind, ContactKind::Edge | ContactKind::Overlap))
        {
            count[pair.a as usize] += 1;
            count[pair.b as usize] += 1;
        }
        Self { pairs, count }
    }
}

fn in_metres(contact: Contact, metres: f64) -> Contact {
    Contact {
        shared: contact.shared * metres,
        overlap: contact.overlap * metres * metres,
        gap: contact.gap * metres,
        ..contact
    }
}
