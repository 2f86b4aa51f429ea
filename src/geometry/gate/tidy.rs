//! One ring → the same ring closed, without repeated points and without spikes.

use geo::Coord;

use super::{Flaw, FlawKind};
use crate::geometry::ring::{cross, dot};

/// A spike is narrower than this, in units of the CRS: a thousandth of the millimetre that surveys keep.
const SPIKE_WIDTH: f64 = 1e-6;

/// A ring that is closed and runs nowhere back on itself; what had to go.
pub(super) struct Tidied {
    pub(super) ring: Vec<Coord>,
    pub(super) found: Vec<Flaw>,
}

pub(super) fn tidy(ring: &[Coord]) -> Tidied {
    let mut found = Vec::new();
    let mut note = |kind, at| {
        if !found.iter().any(|flaw: &Flaw| flaw.kind == kind) {
            found.push(Flaw { kind, at });
        }
    };
    let mut open = ring;
    match ring {
        [first, inner @ .., last] if first == last => open = &ring[..=inner.len()],
        [.., last] => note(FlawKind::UnclosedRing, *last),
        [] => {}
    }
    let mut kept: Vec<Coord> = Vec::with_capacity(ring.len() + 1);
    for &point in open {
        if kept.last() == Some(&point) {
            note(FlawKind::RepeatedPoint, point);
        } else {
            kept.push(point);
        }
    }
    while kept.len() > 1 && kept.first() == kept.last() {
        note(FlawKind::RepeatedPoint, kept[0]);
        kept.pop();
    }
    cut_spikes(&mut kept, SPIKE_WIDTH, &mut |tip| {
        note(FlawKind::Spike, tip);
    });
    if let Some(&first) = kept.first() {
        kept.push(first);
    }
    Tidied { ring: kept, found }
}

/// Takes out the tip of every spike narrower than `width` until none is left; the two sides of a spike then fall together or
/// become one edge. The ring is open; each tip is told.
pub(in crate::geometry) fn cut_spikes(
    open: &mut Vec<Coord>,
    width: f64,
    tell: &mut impl FnMut(Coord),
) {
    let mut clean = 0;
    let mut at = 0;
    while open.len() >= 3 && clean < open.len() {
        let count = open.len();
        let (before, tip, after) = (
            open[(at + count - 1) % count],
            open[at % count],
            open[(at + 1) % count],
        );
        if before == tip || turns_back(before, tip, after, width) {
            tell(tip);
            open.remove(at % count);
            // the corner before the tip has a new neighbour now
            at = (at % count + open.len() - 1) % open.len();
            clean = 0;
        } else {
            at = (at + 1) % count;
            clean += 1;
        }
    }
}

/// Whether the boundary turns back on itself at `tip`: the nearer neighbour lies on the line to the farther one.
pub(super) fn is_spike(before: Coord, tip: Coord, after: Coord) -> bool {
    turns_back(before, tip, after, SPIKE_WIDTH)
}

fn turns_back(before: Coord, tip: Coord, after: Coord, width: f64) -> bool {
    let (back, on) = (before - tip, after - tip);
    let longer = dot(back, back).max(dot(on, on));
    dot(back, on) > 0.0 && cross(back, on).powi(2) <= width * width * longer
}
