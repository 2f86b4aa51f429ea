//! What is narrower than land can be → defects: the gaps that digitising leaves between parcels.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Search;
use super::beside::Scene;
use super::left_over::LeftOver;
use crate::geometry::{EdgeIndex, Scratch, inscribed_circle, plane_area};
use crate::model::{Action, Defect, LayerKind};
use crate::site::Pair;

/// Under a guessed boundary a sliver with more of its boundary along no parcel lies at the hull, and is the guess's fault.
const MOST_OPEN: f64 = 0.3;

/// Parcels nearer than this, in m, touch but for rounding.
const NOISE_M: f64 = 1e-6;

/// The slivers as defects, then the parcels that are nearer than a sliver is wide without one found between them.
pub(super) fn sliver_defects(
    search: &Search<'_>,
    scene: &Scene<'_>,
    left: &LeftOver,
) -> Vec<Defect> {
    let name = |parcel: u32| search.city.parcels.rows[parcel as usize].name();
    let defect = |between: &[u32], detail: String, at| Defect {
        layer: LayerKind::Parcels,
        feature: between
            .first()
            .map(|first| name(*first))
            .unwrap_or_default(),
        kind: "sliver",
        action: Action::Noted,
        detail,
        at,
    };
    let listed = |parcels: &[u32]| {
        let names: Vec<String> = parcels
            .iter()
            .map(|parcel| format!("`{}`", name(*parcel)))
            .collect();
        names.join(", ")
    };
    let look = |at: usize| {
        let shape = left.slivers.get(at);
        let edges = EdgeIndex::of(shape);
        let beside = scene.beside((shape, &edges), None, &mut Scratch::default());
        let is_gap = beside.neighbours.len() > 1 && beside.sides.open <= MOST_OPEN;
        if left.is_guess && !is_gap {
            return None;
        }
        let circle = inscribed_circle(shape, 5e-4 / scene.metres)?;
        let width = 2.0 * circle.radius * scene.metres;
        let area = plane_area(shape) * scene.metres * scene.metres;
        let detail = format!(
            "{area:.2} m² beside {} belongs to no parcel and is {width:.3} m wide: a gap of digitising, not land",
            listed(&beside.neighbours)
        );
        let found = defect(&beside.neighbours, detail, Some(circle.centre));
        Some((beside.neighbours, found))
    };
    let slivers: Vec<(Vec<u32>, Defect)> = (0..left.slivers.len())
        .into_par_iter()
        .filter_map(look)
        .collect();
    let mut covered: FxHashSet<(u32, u32)> = FxHashSet::default();
    for (around, _) in &slivers {
        for a in around {
            covered.extend(around.iter().map(|b| (*a, *b)));
        }
    }
    let apart = |pair: &&Pair| {
        let contact = &pair.contact;
        let narrow = contact.gap > NOISE_M && contact.gap <= scene.thresholds.sliver_width_m;
        narrow && contact.overlap == 0.0 && !covered.contains(&(pair.a, pair.b))
    };
    let gaps = search.neighbours.pairs.iter().filter(apart).map(|pair| {
        let detail = format!(
            "`{}` is {:.6} m away and does not touch it: a gap of digitising, not land",
            name(pair.b),
            pair.contact.gap
        );
        let at = search
            .parcels
            .shapes
            .get(pair.a as usize)
            .coords()
            .first()
            .copied();
        defect(&[pair.a], detail, at)
    });
    let gaps: Vec<Defect> = gaps.collect();
    slivers
        .into_iter()
        .map(|(_, defect)| defect)
        .chain(gaps)
        .collect()
}
