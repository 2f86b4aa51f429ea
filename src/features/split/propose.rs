//! Parcels and a wish → ways to split each, ranked, or the condition that keeps it from being split.

use geo::Coord;
use rayon::prelude::*;

use super::hindrance::NoSplit;
use super::lots::Split;
use super::plot::{buildings_for_lots, is_under_construction, plot};
use super::wish::SplitWish;
use crate::features::Known;
use crate::features::Surroundings;
use crate::geometry::Shapes;
use crate::geometry::division::{Hindrance, Scores, Way, Wish, divide};
use crate::law::facts::{Facts, Record};
use crate::law::judge::{Judgement, Verdict, judge_proposal};
use crate::progress::Progress;
use crate::quantity::{Area, Exact, Figure};

/// A way to split a parcel.
#[derive(Clone, Debug)]
pub struct SplitProposal {
    /// Its place among the ways of its parcel, from 1.
    pub rank: u32,
    /// The lots as they were measured.
    pub split: Split,
    /// The shapes of the lots, in the computing CRS.
    pub shapes: Shapes,
    /// The lot lines, in the computing CRS.
    pub lines: Vec<Vec<Coord>>,
    /// How good it is.
    pub scores: Scores,
    /// What the rules of the policy say of it.
    pub judgement: Judgement,
}

/// What rounding takes off the length of a boundary, in m.
const OPEN_M: f64 = 1e-3;

/// What was proposed for a parcel.
#[derive(Clone, Debug)]
pub struct SplitsOfParcel {
    /// The position of the parcel in its layer.
    pub parcel: u32,
    /// Ways to split it, the best first, or what keeps it from being split.
    pub ways: Result<Vec<SplitProposal>, NoSplit>,
    /// How many ways were found that break a rule.
    pub withheld: usize,
}

/// Proposes splits of parcels, in the order in which they are given. Every way is judged by the rules of the policy, and
/// withheld where one fails; what is unknown is shown.
pub fn propose_splits(
    known: Known<'_>,
    parcels: &[u32],
    wish: &SplitWish,
    progress: &dyn Progress,
) -> Vec<SplitsOfParcel> {
    progress.step("splits", Some(parcels.len() as u64));
    let around = Surroundings::of(known.measured);
    let of_parcel = |parcel: &u32| {
        progress.advance(1);
        let (ways, withheld) = match found(known, &around, *parcel, wish) {
            Ok(found) => allowed(found, wish.ways),
            Err(why) => (Err(why), 0),
        };
        SplitsOfParcel {
            parcel: *parcel,
            ways,
            withheld,
        }
    };
    parcels.par_iter().with_max_len(16).map(of_parcel).collect()
}

/// Those that break no rule, ranked; or the rules that all of them break.
fn allowed(found: Vec<SplitProposal>, most: usize) -> (Result<Vec<SplitProposal>, NoSplit>, usize) {
    let ways = found.len();
    let (broken, mut kept): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|way| way.judgement.verdict == Verdict::Fail);
    let withheld = broken.len();
    if kept.is_empty() {
        let mut rules: Vec<String> = broken
            .iter()
            .flat_map(|way| failed(&way.judgement))
            .collect();
        rules.sort();
        rules.dedup();
        return (Err(NoSplit::Withheld { ways, rules }), withheld);
    }
    kept.truncate(most);
    for (way, rank) in kept.iter_mut().zip(1..) {
        way.rank = rank;
    }
    (Ok(kept), withheld)
}

/// The ways that lines find, each judged, the best first.
fn found(
    known: Known<'_>,
    around: &Surroundings<'_>,
    parcel: u32,
    wish: &SplitWish,
) -> Result<Vec<SplitProposal>, NoSplit> {
    let area = may_be_split(known, parcel, wish)?;
    let (plot, origin) = plot(known, around, parcel);
    let metres = known.measured.city.crs.metres().unwrap_or(f64::NAN);
    let ways =
        divide(&plot, &in_units(known, parcel, area, wish, metres)?).map_err(NoSplit::Lines)?;
    let proposal = |way: Way| {
        let mut shapes = Shapes::default();
        for lot in &way.lots {
            shapes.push_ring(&lot.shell);
            lot.holes.iter().for_each(|hole| shapes.push_ring(hole));
            shapes.end_part();
            shapes.end_shape();
        }
        for c in shapes.coords_mut() {
            *c = *c + origin;
        }
        let split = Split::of(known, around, parcel, &shapes, known.measured.options.as_of);
        let judgement = judged(known, &split.facts(known))?;
        let lines = way
            .lines
            .iter()
            .map(|line| line.iter().map(|&c| c + origin).collect());
        Some(SplitProposal {
            rank: 0,
            split,
            lines: lines.collect(),
            shapes,
            scores: way.scores,
            judgement,
        })
    };
    let ways: Vec<SplitProposal> = ways.into_iter().filter_map(proposal).collect();
    // measured with the lots beside each other, which the search sees one by one
    let open = |way: &SplitProposal| {
        way.split
            .lots
            .iter()
            .map(|lot| lot.open_m)
            .fold(f64::INFINITY, f64::min)
    };
    let most = ways.iter().map(open).fold(0.0, f64::max);
    let kept: Vec<SplitProposal> = ways
        .into_iter()
        .filter(|way| open(way) >= wish.access_m - OPEN_M)
        .collect();
    if kept.is_empty() {
        return Err(NoSplit::Lines(Hindrance::Access {
            access: most,
            given_up: true,
        }));
    }
    Ok(kept)
}

/// The area of a parcel that may be split at all.
fn may_be_split(known: Known<'_>, parcel: u32, wish: &SplitWish) -> Result<Area, NoSplit> {
    let at = parcel as usize;
    if !known.measured.is_industrial_site(at) {
        return Err(NoSplit::NotIndustrial);
    }
    let area = known.measured.measures[at]
        .area
        .ok()
        .and_then(Area::from_m2)
        .ok_or(NoSplit::AreaUnknown)?;
    if let Some(needed) = wish.least_site().filter(|needed| area < *needed) {
        return Err(NoSplit::TooSmall {
            needed,
            there: area,
        });
    }
    if known.measured.ground.is_none() {
        return Err(NoSplit::BuildingsUnknown);
    }
    let there = buildings_for_lots(known, parcel);
    if there < wish.lots {
        return Err(NoSplit::TooFewBuildings {
            needed: wish.lots,
            there,
        });
    }
    let parts = known.measured.city.parcels.shapes.get(at).parts().len();
    if parts != 1 {
        return Err(NoSplit::Parts(parts));
    }
    let mut facts = known.facts_of(at);
    if is_under_construction(known, parcel) {
        // whatever the lots are, one of them is not completed
        let mut lot = Record::default();
        lot.set("lot.completed", Figure::Truth(false));
        facts.lists.insert("lot", vec![lot]);
    }
    // what fails without a word of lots fails with any
    let rules = judged(known, &facts).map_or(Vec::new(), |judgement| failed(&judgement));
    if rules.is_empty() {
        Ok(area)
    } else {
        Err(NoSplit::Forbidden { rules })
    }
}

/// The wish in units of the CRS and areas of the plane, of which registered areas are a multiple.
fn in_units(
    known: Known<'_>,
    parcel: u32,
    area: Area,
    wish: &SplitWish,
    metres: f64,
) -> Result<Wish, NoSplit> {
    let plane_m2 = known.measured.areas.plane_m2[parcel as usize];
    let scale = plane_m2 / area.m2() / (metres * metres);
    let asked = |areas: &Vec<Exact>| {
        let asked: Vec<f64> = areas.iter().map(|area| area.to_f64()).collect();
        let asked_m2: f64 = asked.iter().sum();
        if (asked_m2 / area.m2() - 1.0).abs() > 0.01 {
            return Err(NoSplit::AreasAskedFor {
                asked_m2,
                there: area,
            });
        }
        Ok(asked
            .iter()
            .map(|m2| m2 * (area.m2() / asked_m2) * scale)
            .collect())
    };
    Ok(Wish {
        lots: wish.lots,
        least_area: wish.least_lot_m2(area) * scale,
        areas: wish.areas_m2.as_ref().map(asked).transpose()?,
        clearance: wish.wall_m / metres,
        least_access: wish.access_m / metres,
        most_bends: wish.bends,
        ways: wish.ways,
    })
}

/// What the rules of splits say of facts; `None` where the policy has none.
fn judged(known: Known<'_>, facts: &Facts) -> Option<Judgement> {
    let options = &known.measured.options;
    let case = options.case(facts);
    judge_proposal(&case, "split").ok()
}

fn failed(judgement: &Judgement) -> Vec<String> {
    let failed = judgement
        .findings
        .iter()
        .filter(|finding| finding.verdict == Verdict::Fail);
    failed.map(|finding| finding.rule.clone()).collect()
}
