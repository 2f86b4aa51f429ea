//! What lies along the boundary of a piece → its kind, in the order of the published tests.

use super::{PieceKind, Sides, Thresholds};
use crate::geometry::{Stretch, Walk};

/// Shares that are drawn to be equal differ by less than this.
const ROUNDING: f64 = 1e-9;

impl Sides {
    /// Adds up a walk whose labels are parcels.
    pub(super) fn of(walk: &Walk, is_site: impl Fn(u32) -> bool) -> Self {
        let on_site = |stretch: &Stretch| stretch.label.is_some_and(&is_site);
        let whole = walk.length();
        let share = |along: &dyn Fn(&Stretch) -> bool| {
            let stretches = walk.stretches.iter().filter(|stretch| along(stretch));
            // from 0 up: the empty sum is −0
            stretches
                .map(Stretch::length)
                .fold(0.0, |sum, length| sum + length)
                / whole
        };
        let labels = walk.stretches.iter().filter_map(|stretch| stretch.label);
        let mut parcels: Vec<u32> = labels.collect();
        parcels.sort_unstable();
        parcels.dedup();
        let rings = walk.stretches.chunk_by(|a, b| a.ring == b.ring);
        let changes = |ring: &[Stretch]| {
            let next = ring.iter().cycle().skip(1);
            let pairs = ring.iter().zip(next);
            pairs
                .filter(|(here, next)| on_site(here) != on_site(next))
                .count()
        };
        let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
        Self {
            sites: share(&on_site),
            parcels: share(&|stretch| stretch.label.is_some() && !on_site(stretch)),
            open: share(&|stretch| stretch.label.is_none()),
            changes: count(rings.map(changes).sum()),
            touching: count(parcels.len()),
        }
    }

    /// The first kind whose test holds: enclosed by the share along sites, a corner by the share along no parcel,
    /// interlocked by how often the boundary alternates.
    pub(super) fn kind(&self, thresholds: &Thresholds) -> PieceKind {
        let reaches = |share: f64, bound: f64| share >= bound - ROUNDING;
        if reaches(self.sites, thresholds.enclosed_share) {
            PieceKind::Enclosed
        } else if reaches(self.open, thresholds.corner_share) && self.sites > 0.0 {
            PieceKind::Corner
        } else if self.touching >= 2 && f64::from(self.changes) >= thresholds.interlocked_changes {
            PieceKind::Interlocked
        } else {
            PieceKind::Other
        }
    }
}
