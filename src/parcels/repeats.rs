//! Parcels that lie over each other → which rows are one parcel once more, and how much land is covered twice.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Neighbours, Pair};
use crate::geometry::ContactKind;
use crate::model::{Action, City, Defect, DefectKind, LayerKind, Parcel};
use crate::quantity::Area;

/// A parcel lies over another when at least this part of the smaller is land of both.
const OVER: f64 = 0.9;

/// Two rows of one id have one shape when they share all but this part of the larger.
const SAME_SHAPE: f64 = 1e-3;

/// Pieces make up a registered area when together they come this near to it.
const MAKE_UP: f64 = 0.1;

/// What is given more than once among the parcels, by their positions.
#[derive(Clone, Debug, Default)]
pub struct Repeats {
    /// Rows that are another row of their id once more, in the same or another version, with the first of those: totals
    /// count them once.
    pub same_as: FxHashMap<u32, u32>,
    /// The first rows of those.
    pub firsts: FxHashSet<u32>,
    /// The rows in `same_as` that say the same as the first.
    pub identical: FxHashSet<u32>,
    /// Pieces of one parcel that carry the registered area of all: their own is that of their polygons.
    pub whole_area: FxHashSet<u32>,
    /// The other parcels that lie over or under each parcel; parcels without one are not there.
    pub over: FxHashMap<u32, Vec<u32>>,
    /// Pairs of different parcels with land in common, the lower first, and that land in m².
    pub shared: FxHashMap<(u32, u32), f64>,
    /// Parcels of those pairs.
    pub sharing: FxHashSet<u32>,
    /// Land that more than one parcel covers, m²; land of three counts twice.
    pub land_twice_m2: f64,
}

/// Looks for rows that repeat each other, and parcels over each other; `plane_m2` are the areas of all parcels.
pub fn repeats(city: &City, neighbours: &Neighbours, plane_m2: &[f64]) -> Repeats {
    let mut found = Repeats::default();
    let rows = &city.parcels.rows;
    let area = |at: u32| plane_m2[at as usize];
    let mut covered: FxHashMap<u32, f64> = FxHashMap::default();
    let overlaps = neighbours.pairs.iter().filter(|pair| {
        pair.contact.kind == ContactKind::Overlap && pair.contact.overlap.is_finite()
    });
    for pair in overlaps {
        let (a, b, common) = (pair.a, pair.b, pair.contact.overlap);
        *covered.entry(b).or_default() += common;
        let (less, more) = (area(a).min(area(b)), area(a).max(area(b)));
        let [one, other] = [a, b].map(|at| &rows[at as usize]);
        let is_over = common >= OVER * less;
        if is_over && !one.key().is_empty() && one.key() == other.key() {
            let first = found.same_as.get(&a).copied().unwrap_or(a);
            found.same_as.entry(b).or_insert(first);
            found.firsts.insert(first);
            if more - common <= SAME_SHAPE * more && say_the_same(one, other) {
                found.identical.insert(b);
            }
            continue;
        }
        found.shared.insert((a.min(b), a.max(b)), common);
        found.sharing.extend([a, b]);
        if is_over {
            found.over.entry(a).or_default().push(b);
            found.over.entry(b).or_default().push(a);
        }
    }
    let mut twice: Vec<(u32, f64)> = covered.into_iter().collect();
    twice.sort_unstable_by_key(|(at, _)| *at);
    found.land_twice_m2 = twice.into_iter().map(|(at, m2)| m2.min(area(at))).sum();
    found.whole_area = whole_area(city, &found.same_as, plane_m2);
    found
}

/// Whether two records differ in nothing but their row and the way their id is written.
fn say_the_same(one: &Parcel, other: &Parcel) -> bool {
    let other = Parcel {
        row: one.row,
        id: one.id.clone(),
        other_key: one.other_key.clone(),
        ..other.clone()
    };
    *one == other
}

/// The pieces of parcels that carry the registered area of all pieces: it is nearer to what they come to together than to
/// what any of them is.
fn whole_area(city: &City, same_as: &FxHashMap<u32, u32>, plane_m2: &[f64]) -> FxHashSet<u32> {
    let rows = &city.parcels.rows;
    let mut pieces: Vec<u32> = city.parcels.unclear.iter().copied().collect();
    pieces.retain(|at| !rows[*at as usize].id.is_empty() && !same_as.contains_key(at));
    pieces.sort_unstable_by_key(|at| (rows[*at as usize].key(), *at));
    let same_id = |a: &u32, b: &u32| rows[*a as usize].key() == rows[*b as usize].key();
    let is_whole = |group: &[u32]| {
        let mut given = group
            .iter()
            .filter_map(|at| rows[*at as usize].area_registered)
            .filter(|area| *area > Area::ZERO);
        let Some(registered) = given.next() else {
            return false;
        };
        let m2 = Area::m2(registered);
        let own = |at: &u32| plane_m2[*at as usize];
        let off = |sum: f64| (sum - m2).abs();
        let together = off(group.iter().map(own).sum());
        let makes_up = together <= MAKE_UP * m2 && group.iter().all(|at| together < off(own(at)));
        group.len() > 1 && makes_up && given.all(|other| other == registered)
    };
    let groups = pieces.chunk_by(same_id);
    groups
        .filter(|group| is_whole(group))
        .flatten()
        .copied()
        .collect()
}

impl Repeats {
    /// Counts as neighbours of a parcel each other parcel once, however often it is given, and not itself.
    pub fn count_once(&self, neighbours: &mut Neighbours) {
        if self.same_as.is_empty() {
            return;
        }
        let first = |at: u32| self.same_as.get(&at).copied().unwrap_or(at);
        let beside = |pair: &&Pair| {
            matches!(pair.contact.kind, ContactKind::Edge | ContactKind::Overlap)
                && [pair.a, pair.b].iter().any(|at| {
                    let first = first(*at);
                    first != *at || self.firsts.contains(&first)
                })
        };
        let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
        for pair in neighbours.pairs.iter().filter(beside) {
            for (at, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
                let is_another = first(at) != first(other) && seen.insert((at, first(other)));
                if !is_another {
                    neighbours.count[at as usize] -= 1;
                }
            }
        }
    }

    /// The land that two different parcels have in common, m²; `None` without any.
    pub fn shared_m2(&self, a: u32, b: u32) -> Option<f64> {
        self.shared.get(&(a.min(b), a.max(b))).copied()
    }

    /// A defect for every row that repeats another, every piece with the area of the whole, every parcel over another.
    pub fn defects(&self, city: &City) -> Vec<Defect> {
        let rows = &city.parcels.rows;
        let defect = |at: u32, kind, detail: String| Defect {
            layer: LayerKind::Parcels,
            feature: rows[at as usize].name(),
            kind,
            action: Action::Noted,
            detail,
            at: city
                .parcels
                .shapes
                .get(at as usize)
                .coords()
                .first()
                .copied(),
        };
        let mut defects = Vec::new();
        for at in (0..).take(rows.len()) {
            if self.whole_area.contains(&at) {
                let detail = "each piece of it carries the registered area of all; its polygon is taken for the area of this piece";
                defects.push(defect(at, DefectKind::WholeAreaOnPieces, detail.into()));
            }
            if let Some(first) = self.same_as.get(&at) {
                let how = if self.identical.contains(&at) {
                    "one parcel twice"
                } else {
                    "versions of one parcel that differ"
                };
                let detail = format!(
                    "row {} has the id and place of row {}: {how}, in the totals once",
                    rows[at as usize].row, rows[*first as usize].row
                );
                defects.push(defect(at, DefectKind::ParcelsOver, detail));
            }
            if let Some(others) = self.over.get(&at) {
                let more = if others.len() > 5 { ", …" } else { "" };
                let others: Vec<String> = others
                    .iter()
                    .take(5)
                    .map(|at| rows[*at as usize].name())
                    .collect();
                let detail = format!(
                    "it lies over or under {}{more}: what stands there is whose key says, else either's",
                    others.join(", ")
                );
                defects.push(defect(at, DefectKind::ParcelsOver, detail));
            }
        }
        defects
    }
}
