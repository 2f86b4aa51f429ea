//! The parcels of two runs → which is which: by the ground that they share, and by id where shapes are not there.

#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

use super::ground::{MatchingGround, OnGround, on_ground};
use super::kinship::Kinship;
use crate::model::{Defect, Run, RunParcel};

/// How parcels were matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchedBy {
    /// By their shapes; ids tell what was renumbered.
    Shape,
    /// By their ids alone.
    Id,
}

impl MatchedBy {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shape => "shape",
            Self::Id => "id",
        }
    }
}

/// A parcel of the earlier run, and how much of the later one lies on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ancestor {
    /// Its position in the earlier run.
    pub at: u32,
    /// The share of the parcel of the later run that lies on it, from 0 to 1; `None` where shapes do not say it.
    pub share: Option<f64>,
}

/// What a parcel of the later run was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Match {
    /// How it came to be; `None` where that is not clear.
    pub kinship: Option<Kinship>,
    /// What it was, by the order of the earlier run.
    pub ancestors: Vec<Ancestor>,
}

/// Which parcel is which.
#[derive(Clone, Debug)]
pub struct Matching {
    /// How it was told.
    pub by: MatchedBy,
    /// What each parcel of the later run was.
    pub later: Vec<Match>,
    /// What became of each parcel of the earlier run; `None` where that is not clear.
    pub earlier: Vec<Option<Kinship>>,
    /// Parcels of the earlier run that are nobody's ancestor though their ground is still covered, with those that lie on
    /// it.
    pub dispersed: Vec<(u32, Vec<(u32, f64)>)>,
    /// What is not clear on the ground.
    pub defects: Vec<Defect>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// Tells which parcel of two runs is which. Boundaries nearer than `tolerance_m` are one; shapes of both are in one CRS.
pub fn match_runs(
    earlier: &Run,
    later: &Run,
    tolerance_m: f64,
    advance: &(dyn Fn(u64) + Sync),
) -> Matching {
    let shaped = earlier.shapes.as_ref().zip(later.shapes.as_ref());
    let Some(((before, _), (today, crs))) = shaped else {
        return by_id(earlier, later);
    };
    let metres = crs.metres().unwrap_or(1.0);
    let ground = MatchingGround {
        shapes: [before, today],
        ids: [&earlier.parcels, &later.parcels],
    };
    let mut found = on_ground(&ground, (tolerance_m, metres), advance);
    without_shape(&mut found, earlier, later);
    let mut matching = Matching {
        by: MatchedBy::Shape,
        earlier: Vec::new(),
        later: found.later,
        dispersed: found.dispersed,
        defects: found.defects,
        notes: found.notes,
    };
    matching.earlier = fates(earlier.parcels.len(), &matching, &found.gone);
    matching
}

/// Where one of two parcels of an id has no shape that can be used, they are one by their id, and how is not clear.
fn without_shape(found: &mut OnGround, earlier: &Run, later: &Run) {
    let ids = clear_ids(&earlier.parcels);
    let is_empty = |run: &Run, at: u32| {
        let shapes = run.shapes.as_ref();
        shapes.is_none_or(|(shapes, _)| shapes.get(at as usize).is_empty())
    };
    for (at, (parcel, found)) in (0..).zip(later.parcels.iter().zip(&mut found.later)) {
        let same = ids.get(parcel.id.as_str()).filter(|_| parcel.is_clear());
        let shapeless = is_empty(later, at);
        let is_unseen = |before: &&u32| shapeless || is_empty(earlier, **before);
        if shapeless
            || (found.kinship == Some(Kinship::New) && same.is_some_and(|at| is_unseen(&at)))
        {
            let ancestor = same.map(|&at| Ancestor { at, share: None });
            *found = Match {
                kinship: None,
                ancestors: ancestor.into_iter().collect(),
            };
        }
    }
}

/// Matches by ids alone; a parcel that its id does not tell apart is not matched.
fn by_id(earlier: &Run, later: &Run) -> Matching {
    let [before, today] = [&earlier.parcels, &later.parcels].map(|parcels| clear_ids(parcels));
    let later_ones = later.parcels.iter().map(|parcel| {
        let same = before.get(parcel.id.as_str()).filter(|_| parcel.is_clear());
        let Some(&at) = same else {
            let kinship = parcel.is_clear().then_some(Kinship::New);
            return Match {
                kinship,
                ancestors: Vec::new(),
            };
        };
        let kinship = if differ(&earlier.parcels[at as usize], parcel) {
            Kinship::Reshaped
        } else {
            Kinship::Same
        };
        Match {
            kinship: Some(kinship),
            ancestors: vec![Ancestor { at, share: None }],
        }
    });
    let mut matching = Matching {
        by: MatchedBy::Id,
        later: later_ones.collect(),
        earlier: Vec::new(),
        dispersed: Vec::new(),
        defects: Vec::new(),
        notes: vec![
            "matched by id alone, as a run has no map of its parcels: a parcel that was split, merged or renumbered shows as \
             gone and as new; scan with `--format geojson` or another map format to match by shape"
                .to_owned(),
        ],
    };
    let is_gone = |parcel: &RunParcel| parcel.is_clear() && !today.contains_key(parcel.id.as_str());
    let gone = (0..).zip(&earlier.parcels);
    let gone: FxHashSet<u32> = gone
        .filter(|(_, parcel)| is_gone(parcel))
        .map(|(at, _)| at)
        .collect();
    matching.earlier = fates(earlier.parcels.len(), &matching, &gone);
    matching
}

/// Whether the plane areas of two parcels show that they are not of one shape.
fn differ(before: &RunParcel, today: &RunParcel) -> bool {
    let areas = before.plane.zip(today.plane);
    areas.is_some_and(|(a, b)| (a.cents() - b.cents()).abs() > a.cents().abs() / 100)
}

/// The positions of parcels that their id tells apart.
fn clear_ids(parcels: &[RunParcel]) -> FxHashMap<&str, u32> {
    let clear = (0..).zip(parcels).filter(|(_, parcel)| parcel.is_clear());
    clear.map(|(at, parcel)| (parcel.id.as_str(), at)).collect()
}

/// What became of each parcel of the earlier run, by what its descendants are.
fn fates(count: usize, matching: &Matching, gone: &FxHashSet<u32>) -> Vec<Option<Kinship>> {
    let mut of: Vec<Vec<Option<Kinship>>> = vec![Vec::new(); count];
    for descendant in &matching.later {
        for ancestor in &descendant.ancestors {
            of[ancestor.at as usize].push(descendant.kinship);
        }
    }
    for (at, _) in &matching.dispersed {
        of[*at as usize].push(Some(Kinship::SplitAndMerged));
    }
    let fate = |(at, found): (u32, Vec<Option<Kinship>>)| match found.split_first() {
        None => gone.contains(&at).then_some(Kinship::Gone),
        Some((first, rest)) if rest.iter().all(|one| one == first) => *first,
        Some(_) if found.contains(&None) => None,
        Some(_) => Some(Kinship::SplitAndMerged),
    };
    (0..).zip(of).map(fate).collect()
}
