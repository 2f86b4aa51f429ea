//! A shape and the shapes around it → which stretch of its boundary runs along which of them, in order round each ring.

mod claim;
mod pieces;

use std::collections::BTreeMap;

use super::Side;
use super::edges::IndexedEdge;
use claim::claims_along;
use pieces::Ring;

/// A stretch of a ring that runs along one shape, or along none.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// The number of the ring in its shape, shells and holes counted alike.
    pub ring: usize,
    /// Where it begins: the length of the ring up to there, in units of the CRS.
    pub from: f64,
    /// Where it ends. A stretch that goes on across the first corner of the ring is cut in two there.
    pub to: f64,
    /// The label of the shape that it runs along.
    pub label: Option<u32>,
}

impl Stretch {
    /// Its length, in units of the CRS.
    pub fn length(&self) -> f64 {
        self.to - self.from
    }
}

/// The whole boundary of a shape, each ring from end to end without a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Walk {
    /// The stretches, ring after ring, each in the direction of its ring.
    pub stretches: Vec<Stretch>,
}

impl Walk {
    /// The length that runs along the shapes of each label, and along none, in units of the CRS.
    pub fn lengths(&self) -> BTreeMap<Option<u32>, f64> {
        let mut lengths = BTreeMap::new();
        for stretch in &self.stretches {
            *lengths.entry(stretch.label).or_default() += stretch.length();
        }
        lengths
    }

    /// The length of all rings, in units of the CRS.
    pub fn length(&self) -> f64 {
        self.stretches.iter().map(Stretch::length).sum()
    }

    /// How often the label changes going once round every ring, "none" being one of the labels.
    pub fn changes(&self) -> usize {
        let rings = self.stretches.chunk_by(|a, b| a.ring == b.ring);
        let changes = |ring: &[Stretch]| {
            let next = ring.iter().cycle().skip(1);
            let pairs = ring.iter().zip(next);
            pairs
                .filter(|(here, next)| here.label != next.label)
                .count()
        };
        rings.map(changes).sum()
    }
}

/// Walks round a shape that has passed the gate. `around` holds the shapes beside it with the labels that the walk calls
/// them by, which may occur more than once; boundaries nearer than `tolerance` (units of the CRS, 0 for exactly) are one.
///
/// What is shared is what [`contact`](super::contact) counts as shared, stretch by stretch: a corner has no length, however
/// wide the tolerance. Of several shapes the nearest has the stretch, and of those as near the first; a stretch along none
/// that is no longer than the tolerance belongs to its neighbours, half to each.
pub fn walk(shape: Side<'_>, around: &[(u32, Side<'_>)], tolerance: f64) -> Walk {
    let window = shape.1.bounds().grown(tolerance);
    let mut edges = Vec::new();
    for (who, &(_, side)) in around.iter().enumerate() {
        if side.1.bounds().meets(&window) {
            side.1.all_near(side.0, window, |from, to| {
                edges.push((who, IndexedEdge { from, to }));
                true
            });
        }
    }
    let mut stretches = Vec::new();
    for (number, ring) in shape.0.rings().enumerate() {
        let (claims, length) = claims_along(ring, &edges, tolerance);
        let ring = Ring {
            claims,
            length,
            tolerance,
        };
        stretches.extend(ring.stretches().into_iter().map(|piece| Stretch {
            ring: number,
            from: piece.from,
            to: piece.to,
            label: piece.who.map(|who| around[who].0),
        }));
    }
    // shapes may have the same label
    stretches.dedup_by(|next, here| {
        let goes_on = next.ring == here.ring && next.label == here.label;
        if goes_on {
            here.to = next.to;
        }
        goes_on
    });
    Walk { stretches }
}

#[cfg(test)]
mod tests;
