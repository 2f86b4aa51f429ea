//! What is narrower than land can be → defects: the gaps that digitising leaves between parcels.

use geo::Coord;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Search;
use super::beside::Scene;
use super::left_over::LeftOver;
use crate::geometry::{
    Bounds, EdgeIndex, Scratch, inscribed_circle, is_narrower, nearest_place, plane_area,
};
use crate::model::{Action, Defect, DefectKind, LayerKind};
use crate::parcels::{Indexed, Pair};

/// Under a guessed boundary a sliver with more of its boundary along no parcel lies at the hull, and is the guess's fault.
const MOST_OPEN: f64 = 0.3;

/// What is nearer than this, in m, touches but for rounding.
const NOISE_M: f64 = 1e-6;

/// What a sliver is.
enum SliverFound {
    /// A gap, with the parcels around it.
    Sliver(Vec<u32>, Defect),
    /// No wider than the tolerance; m².
    OneBoundary(f64),
    /// Between parcels and a guessed boundary.
    OfTheGuess,
}

/// What was found of slivers.
pub(super) struct Slivers {
    pub(super) defects: Vec<Defect>,
    /// Slivers no wider than the tolerance, which are one boundary: how many, and their area in m².
    pub(super) one_boundary: (usize, f64),
}

/// The slivers that are wider than the tolerance as defects, then the parcels that are nearer than a sliver is wide
/// without touching and without a sliver between them.
pub(super) fn slivers(search: &Search<'_>, scene: &Scene<'_>, left: &LeftOver) -> Slivers {
    let name = |parcel: u32| search.city.parcels.rows[parcel as usize].name();
    let defect = |between: &[u32], detail: String, at| Defect {
        layer: LayerKind::Parcels,
        feature: between
            .first()
            .map(|first| name(*first))
            .unwrap_or_default(),
        kind: DefectKind::Sliver,
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
        let area = plane_area(shape) * scene.metres * scene.metres;
        if is_narrower(shape, scene.tolerance_m / scene.metres) {
            return SliverFound::OneBoundary(area);
        }
        let edges = EdgeIndex::of(shape);
        let beside = scene.beside((shape, &edges), None, false, &mut Scratch::default());
        let is_gap = beside.neighbours.len() > 1 && beside.sides.open <= MOST_OPEN;
        if left.is_guess && !is_gap {
            return SliverFound::OfTheGuess;
        }
        // a circle too small to be found leaves the first corner and no width
        let circle = inscribed_circle(shape, NOISE_M / scene.metres);
        let width = circle.map_or(0.0, |circle| 2.0 * circle.radius * scene.metres);
        let corner = shape.coords().first().copied();
        let place = circle.map(|circle| circle.centre).or(corner);
        let detail = format!(
            "{area:.2} m² beside {} belongs to no parcel and is {width:.3} m wide: a gap of digitising, not land",
            listed(&beside.neighbours)
        );
        let found = defect(&beside.neighbours, detail, place);
        SliverFound::Sliver(beside.neighbours, found)
    };
    let all: Vec<SliverFound> = (0..left.slivers.len()).into_par_iter().map(look).collect();
    let (mut slivers, mut one_boundary) = (Vec::new(), (0, 0.0));
    for found in all {
        match found {
            SliverFound::Sliver(around, defect) => slivers.push((around, defect)),
            SliverFound::OneBoundary(area) => {
                one_boundary = (one_boundary.0 + 1, one_boundary.1 + area);
            }
            SliverFound::OfTheGuess => {}
        }
    }
    let mut covered: FxHashSet<(u32, u32)> = FxHashSet::default();
    for (around, _) in &slivers {
        for a in around {
            covered.extend(around.iter().map(|b| (*a, *b)));
        }
    }
    let apart = |pair: &&Pair| {
        let narrow = pair.contact.gap > scene.tolerance_m.max(NOISE_M)
            && pair.contact.gap < scene.thresholds.sliver_width_m;
        narrow && pair.contact.overlap == 0.0 && !covered.contains(&(pair.a, pair.b))
    };
    let pairs: Vec<&Pair> = search.neighbours.pairs.iter().filter(apart).collect();
    let land = Indexed::of(&left.land);
    let gap = |pair: &&Pair| {
        let place = scene.gap_between(pair)?;
        let is_land = land.boxes.meeting(Bounds::of(&[place])).any(|at| {
            let (shape, edges) = land.side(at as usize);
            edges.winding(shape, place).is_none_or(|turns| turns > 0)
        });
        if is_land {
            return None;
        }
        let detail = format!(
            "`{}` is {:.6} m away and does not touch it: a gap of digitising, not land",
            name(pair.b),
            pair.contact.gap
        );
        Some(defect(&[pair.a], detail, Some(place)))
    };
    let gaps = pairs.par_iter().filter_map(gap);
    let gaps: Vec<Defect> = gaps.collect();
    let defects = slivers.into_iter().map(|(_, defect)| defect).chain(gaps);
    Slivers {
        defects: defects.collect(),
        one_boundary,
    }
}

impl Scene<'_> {
    /// Where two parcels come nearest, if nothing else lies there: parcels beside each other whose corners are a little
    /// apart have no gap between the corners.
    fn gap_between(&self, pair: &Pair) -> Option<Coord> {
        let sides = [pair.a, pair.b].map(|parcel| self.parcels.side(parcel as usize));
        let reach = self.thresholds.sliver_width_m / self.metres;
        let place = nearest_place(sides[0], sides[1], reach)?;
        let near = Bounds::of(&[place]).grown(self.tolerance_m.max(NOISE_M) / self.metres);
        let is_filled = |layer: &Indexed<'_>, but: &[u32]| {
            let mut others = layer.boxes.meeting(near);
            others.any(|other| {
                let (shape, edges) = layer.side(other as usize);
                let beside = || !edges.all_near(shape, near, |_, _| false);
                !but.contains(&other)
                    && (edges.winding(shape, place).is_none_or(|turns| turns > 0) || beside())
            })
        };
        let obstacles = self.obstacles.as_ref().map(|(_, indexed)| indexed);
        let filled = is_filled(self.parcels, &[pair.a, pair.b])
            || [obstacles, self.given.as_ref()]
                .into_iter()
                .flatten()
                .any(|layer| is_filled(layer, &[]));
        (!filled).then_some(place)
    }
}
