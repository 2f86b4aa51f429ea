//! Two parcels that lie beside each other → whether that joins them in a merge, and by how much boundary.

use crate::features::Known;
use crate::geometry::{
    Contact, ContactKind, EdgeIndex, Reach, Scratch, Shapes, contact, facing, perimeter, union_of,
};
use crate::parcels::Pair;

/// How two parcels of a merge hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BondKind {
    /// They share a stretch of boundary.
    Edge,
    /// Their boundaries face each other across a gap, which may be one of digitising.
    Gap,
    /// Both cover some ground.
    Overlap,
}

/// A boundary that two parcels share, or face each other along; a corner is none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bond {
    /// The position in the layer of the parcel that comes first in order.
    pub a: u32,
    /// The position of the other.
    pub b: u32,
    /// How they hang together.
    pub kind: BondKind,
    /// The length of the stretch, m.
    pub length_m: f64,
    /// How wide the gap along it is at most, m; 0 where the boundaries touch.
    pub gap_m: f64,
    /// The ground that both cover, m².
    pub overlap_m2: f64,
}

/// Boundaries nearer than this, m, are one line: surveys keep millimetres.
const MILLIMETRE: f64 = 1e-3;

/// The bonds among some parcels of the layer, by the order of parcels; gaps as far as the scan looked for them.
pub fn bonds_among(known: Known<'_>, parcels: &[u32]) -> Vec<Bond> {
    let mut places: Vec<u32> = parcels
        .iter()
        .map(|at| known.measured.order.place[*at as usize])
        .collect();
    places.sort_unstable();
    places.dedup();
    let mut scratch = Scratch::default();
    let mut bonds = Vec::new();
    for place in &places {
        for pair in pairs_of(known, *place) {
            let other = known.measured.order.place[pair.b as usize];
            if places.binary_search(&other).is_ok() {
                bonds.extend(bond(known, pair, &mut scratch));
            }
        }
    }
    bonds
}

/// The pairs whose first parcel is at a place of the order.
fn pairs_of(known: Known<'_>, place: u32) -> &[Pair] {
    let pairs = &known.measured.neighbours.pairs;
    let place_of = |pair: &Pair| known.measured.order.place[pair.a as usize];
    let from = pairs.partition_point(|pair| place_of(pair) < place);
    let count = pairs[from..].partition_point(|pair| place_of(pair) == place);
    &pairs[from..from + count]
}

/// What joins two parcels; `None` for a corner.
pub(super) fn bond(known: Known<'_>, pair: &Pair, scratch: &mut Scratch) -> Option<Bond> {
    let kind = match pair.contact.kind {
        ContactKind::Edge => BondKind::Edge,
        ContactKind::Gap => BondKind::Gap,
        ContactKind::Overlap => BondKind::Overlap,
        ContactKind::Point => return None,
    };
    let shapes = &known.measured.city.parcels.shapes;
    let metres = known.measured.city.crs.metres().unwrap_or(f64::NAN);
    let (one, other) = (shapes.get(pair.a as usize), shapes.get(pair.b as usize));
    let edges = [EdgeIndex::of(one), EdgeIndex::of(other)];
    let (one, other) = ((one, &edges[0]), (other, &edges[1]));
    let tolerance = known.measured.options.reach.tolerance;
    let mut within = |tolerance: f64| -> Option<Contact> {
        let reach = Reach {
            tolerance: tolerance / metres,
            gap: tolerance / metres,
        };
        contact(one, other, reach, scratch)
    };
    let apart = |within: f64| {
        let facing = facing(one, other, within / metres);
        (facing.length * metres, facing.width * metres)
    };
    let (length_m, gap_m) = match kind {
        BondKind::Edge => {
            let gap_m = apart(tolerance).1;
            let is_line = gap_m <= MILLIMETRE
                || within(MILLIMETRE).is_some_and(|at| at.kind != ContactKind::Point);
            (pair.contact.shared, if is_line { 0.0 } else { gap_m })
        }
        BondKind::Gap => {
            let snap = snap_gap_m(known);
            if pair.contact.gap > snap {
                (apart(known.measured.options.reach.gap).0, pair.contact.gap)
            } else {
                // nearer than that boundaries are one line, corners are still corners
                let near = within(snap).filter(|near| near.kind == ContactKind::Edge)?;
                (near.shared * metres, apart(snap).1)
            }
        }
        BondKind::Overlap => (in_common(known, pair)? * metres, 0.0),
    };
    (length_m > MILLIMETRE / 2.0).then_some(Bond {
        a: pair.a,
        b: pair.b,
        kind,
        length_m,
        gap_m,
        overlap_m2: pair.contact.overlap,
    })
}

/// The boundary that a union of two parcels does away with, halved: what they share, and round the ground that both cover
/// half the way, which for a strip is its length.
fn in_common(known: Known<'_>, pair: &Pair) -> Option<f64> {
    let shapes = &known.measured.city.parcels.shapes;
    let mut both = Shapes::default();
    both.push(shapes.get(pair.a as usize));
    both.push(shapes.get(pair.b as usize));
    let apart: f64 = both.iter().map(perimeter).sum();
    Some((apart - union_of(&both, 0.0).ok()?.perimeter) / 2.0)
}

/// The widest gap that the policy takes for an error of digitising, m; 0 where it says nothing of that.
pub(super) fn snap_gap_m(known: Known<'_>) -> f64 {
    let parameter = known.measured.options.policy.parameters.get("snap_gap_m");
    parameter.map_or(0.0, |metres| metres.to_f64())
}
