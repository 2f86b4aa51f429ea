//! The shapes of two runs → what each parcel of the later was, and what became of the ground of the earlier.

use std::borrow::Cow;

use rustc_hash::FxHashSet;

use super::kinship::Kinship;
use super::matching::{Ancestor, Match};
use crate::features::lineage::{Origins, Today, origins};
use crate::geometry::{Bounds, Shapes, plane_area};
use crate::model::{Account, Defect, DefectKind, FormerParcel, Layer, Parcel, RunParcel};
use crate::parcels::{Indexed, Relation, canonical_order};

/// Shares of ground that two surveys of one boundary differ by at most.
const SLACK: f64 = 0.01;

/// The parcels of two runs, the earlier first.
pub(super) struct MatchingGround<'a> {
    pub(super) shapes: [&'a Shapes; 2],
    pub(super) ids: [&'a [RunParcel]; 2],
}

/// What the ground shows.
pub(super) struct OnGround {
    pub(super) later: Vec<Match>,
    /// Parcels of the earlier run on which none of the later lies.
    pub(super) gone: FxHashSet<u32>,
    pub(super) dispersed: Vec<(u32, Vec<(u32, f64)>)>,
    pub(super) defects: Vec<Defect>,
    pub(super) notes: Vec<String>,
}

/// Compares shapes; `metres` are in one unit of their CRS.
pub(super) fn on_ground(
    ground: &MatchingGround<'_>,
    (tolerance_m, metres): (f64, f64),
    advance: &(dyn Fn(u64) + Sync),
) -> OnGround {
    let [(before, before_at), (today, today_at)] =
        [0, 1].map(|side| with_shape(ground.shapes[side]));
    let former = layer(&before, &before_at, |row, at| FormerParcel {
        row,
        id: ground.ids[0][at as usize].id.clone(),
        other_key: None,
        area_registered: None,
    });
    let parcels = layer(&today, &today_at, |row, at| Parcel {
        row,
        id: ground.ids[1][at as usize].id.clone(),
        ..Parcel::default()
    });
    let (indexed, order) = (Indexed::of(&parcels.shapes), canonical_order(&parcels));
    let seen = Today {
        parcels: &parcels,
        indexed: &indexed,
        order: &order,
    };
    let (origins, mut defects, notes) = origins(&seen, &former, (tolerance_m, metres), advance);
    // how a doubtful parcel came to be is judged here anew
    defects.retain(|defect| defect.kind != DefectKind::UnclearOrigin);
    let web = Web::of(&origins, &parcels, &former);
    let mut later = vec![Match::default(); ground.shapes[1].len()];
    for (at, &place) in (0..).zip(&today_at) {
        let mut found = web.matched(at);
        for ancestor in &mut found.ancestors {
            ancestor.at = before_at[ancestor.at as usize];
        }
        later[place as usize] = found;
    }
    let dispersed = web
        .dispersed(&later, &before_at)
        .into_iter()
        .map(|(at, on)| {
            let on = on
                .into_iter()
                .map(|(at, share)| (today_at[at as usize], share));
            (before_at[at as usize], on.collect())
        });
    OnGround {
        gone: web
            .gone()
            .into_iter()
            .map(|at| before_at[at as usize])
            .collect(),
        dispersed: dispersed.collect(),
        later,
        defects,
        notes,
    }
}

/// The shapes that are not empty, and their positions.
fn with_shape(shapes: &Shapes) -> (Cow<'_, Shapes>, Vec<u32>) {
    let filled = (0..)
        .zip(shapes.iter())
        .filter(|(_, shape)| !shape.is_empty());
    let at: Vec<u32> = filled.map(|(at, _)| at).collect();
    if at.len() == shapes.len() {
        return (Cow::Borrowed(shapes), at);
    }
    let mut some = Shapes::default();
    for &at in &at {
        some.push(shapes.get(at as usize));
    }
    (Cow::Owned(some), at)
}

fn layer<T>(shapes: &Shapes, at: &[u32], record: impl Fn(u32, u32) -> T) -> Layer<T> {
    Layer {
        rows: (0..).zip(at).map(|(row, at)| record(row, *at)).collect(),
        shapes: shapes.clone(),
        account: Account::default(),
        unclear: FxHashSet::default(),
        left_out: Vec::new(),
    }
}

/// Ground in common, by the positions of parcels that have a shape.
struct Web<'a> {
    origins: &'a Origins,
    parcels: &'a Layer<Parcel>,
    former: &'a Layer<FormerParcel>,
    /// The areas of the parcels of both runs, the earlier first.
    areas: [Vec<f64>; 2],
    /// The parcels on each of the earlier run, rising, and the share of it that each takes.
    on_former: Vec<Vec<(u32, f64)>>,
    /// The shares that are taken of each of the earlier run, added up.
    taken_of: Vec<f64>,
}

impl<'a> Web<'a> {
    fn of(
        origins: &'a Origins,
        parcels: &'a Layer<Parcel>,
        former: &'a Layer<FormerParcel>,
    ) -> Self {
        let areas = [&former.shapes, &parcels.shapes]
            .map(|shapes| shapes.iter().map(plane_area).collect::<Vec<f64>>());
        let mut on_former = vec![Vec::new(); former.rows.len()];
        for (at, area) in (0..).zip(&areas[1]) {
            for parent in origins.parents(at) {
                let share = parent.share * area / areas[0][parent.former as usize];
                on_former[parent.former as usize].push((at, share.min(1.0)));
            }
        }
        let sum = |on: &Vec<(u32, f64)>| on.iter().map(|(_, share)| share).sum();
        Self {
            origins,
            parcels,
            former,
            areas,
            taken_of: on_former.iter().map(sum).collect(),
            on_former,
        }
    }

    /// The share of an earlier parcel that a later one takes.
    fn taken(&self, former: u32, at: u32) -> f64 {
        let on = &self.on_former[former as usize];
        on.binary_search_by_key(&at, |(by, _)| *by)
            .map_or(0.0, |place| on[place].1)
    }

    fn matched(&self, at: u32) -> Match {
        let parents = self.origins.parents(at);
        let all = |kinship| Match {
            kinship,
            ancestors: parents
                .iter()
                .map(|parent| Ancestor {
                    at: parent.former,
                    share: Some(parent.share),
                })
                .collect(),
        };
        let Some(relation) = self.origins.relations[at as usize] else {
            return all(None);
        };
        match relation {
            Relation::Same => all(Some(Kinship::Same)),
            Relation::Renumbered => all(Some(Kinship::Renumbered)),
            Relation::Split => all(Some(Kinship::Split)),
            Relation::Merged => all(Some(Kinship::Merged)),
            Relation::New => all(Some(Kinship::New)),
            Relation::Reshaped => {
                let one = |found: (Option<Kinship>, u32)| Match {
                    kinship: found.0,
                    ancestors: all(None)
                        .ancestors
                        .into_iter()
                        .filter(|ancestor| ancestor.at == found.1)
                        .collect(),
                };
                self.coinciding(at)
                    .map(one)
                    .or_else(|| self.is_double(at).then(|| all(None)))
                    .or_else(|| {
                        self.successor(at)
                            .map(|former| one((Some(Kinship::Reshaped), former)))
                    })
                    .unwrap_or_else(|| all(Some(Kinship::SplitAndMerged)))
            }
        }
    }

    /// The one earlier parcel of its very shape, among others that overlap it; its id decides between several.
    fn coinciding(&self, at: u32) -> Option<(Option<Kinship>, u32)> {
        let parents = self.origins.parents(at).iter();
        let same: Vec<u32> = parents
            .filter(|parent| {
                parent.share >= 1.0 - SLACK && self.taken(parent.former, at) >= 1.0 - SLACK
            })
            .map(|parent| parent.former)
            .collect();
        let key = self.parcels.rows[at as usize].key();
        let of_id = |former: &&u32| self.former.rows[**former as usize].key() == key;
        match (same.iter().find(of_id), same.as_slice()) {
            (Some(former), _) => Some((Some(Kinship::Same), *former)),
            (None, [only]) => {
                let others = self.on_former[*only as usize].len();
                let kinship = (others == 1).then_some(Kinship::Renumbered);
                Some((kinship, *only))
            }
            (None, _) => None,
        }
    }

    /// Whether its ground is counted twice in a run, so that what came of what is not clear.
    fn is_double(&self, at: u32) -> bool {
        let parents = self.origins.parents(at);
        let own: f64 = parents.iter().map(|parent| parent.share).sum();
        let exceeded = |former: u32| self.taken_of[former as usize] > 1.0 + 2.0 * SLACK;
        own > 1.0 + 2.0 * SLACK || parents.iter().any(|parent| exceeded(parent.former))
    }

    /// The only earlier parcel of which it takes most, where it lies on it for the most part.
    fn successor(&self, at: u32) -> Option<u32> {
        let parents = self.origins.parents(at).iter();
        let mut most = parents.filter(|parent| self.taken(parent.former, at) > 0.5);
        let first = most.next()?;
        (most.next().is_none() && first.share > 0.5).then_some(first.former)
    }

    /// The earlier parcels on which nothing lies, as far as all was measured.
    fn gone(&self) -> Vec<u32> {
        let unmeasured: Vec<Bounds> = (0..)
            .zip(&self.origins.relations)
            .filter(|(_, relation)| relation.is_none())
            .map(|(at, _): (usize, _)| self.parcels.shapes.get(at).bounds())
            .collect();
        let is_sure = |at: &u32| {
            let bounds = self.former.shapes.get(*at as usize).bounds();
            !unmeasured.iter().any(|other| other.meets(&bounds))
        };
        self.origins.gone.iter().copied().filter(is_sure).collect()
    }

    /// The earlier parcels that are nobody's ancestor, with what lies on them and the share of that which does.
    fn dispersed(&self, later: &[Match], before_at: &[u32]) -> Vec<(u32, Vec<(u32, f64)>)> {
        let ancestors = later.iter().flat_map(|found| &found.ancestors);
        let known: FxHashSet<u32> = ancestors.map(|ancestor| ancestor.at).collect();
        let lost = (0..)
            .zip(&self.on_former)
            .filter(|(at, on)| !on.is_empty() && !known.contains(&before_at[*at as usize]));
        let share = |former: u32, (at, taken): &(u32, f64)| {
            let share = taken * self.areas[0][former as usize] / self.areas[1][*at as usize];
            (*at, share.min(1.0))
        };
        lost.map(|(at, on)| (at, on.iter().map(|one| share(at, one)).collect()))
            .collect()
    }
}
