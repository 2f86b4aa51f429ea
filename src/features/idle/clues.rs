//! What the ground of a surveyed parcel suggests: proxies with their figures, which yield suspicion and never a finding.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::parcel::Surveyed;
use super::state::{Reason, State};
use super::{Shortfall, Survey};
use crate::features::Known;
use crate::geometry::open_land::{self, OpenGround};
use crate::geometry::{ContactKind, ShapeRef, plane_area};
use crate::law::LandUse;
use crate::law::pack::Relation;
use crate::quantity::{Area, Exact};

/// Of how many neighbours a median says something.
const NEIGHBOURS: usize = 3;

/// How wide the cells are on which open land is told, metres.
const CELL_M: f64 = 1.0;

/// A proxy on a parcel.
#[derive(Clone, Debug, PartialEq)]
pub struct Clue {
    /// The position of the parcel in its layer.
    pub parcel: u32,
    /// What was looked at.
    pub kind: ClueKind,
    /// What it is.
    pub value: Exact,
    /// How it stands to the bound.
    pub relation: Relation,
    /// From where on it is a clue.
    pub bound: Exact,
    /// The open land that it speaks of, in units of the computing CRS.
    pub open: Option<OpenGround>,
}

/// What a clue looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClueKind {
    /// Buildings cover little or nothing of it.
    Footprint,
    /// Its plot ratio is below the least of its plan.
    Plan,
    /// Its plot ratio is below that of its industry.
    Industry,
    /// Its plot ratio is below that of its contract.
    Contract,
    /// Its plot ratio is below half of the median of the industrial parcels beside it.
    Neighbours,
    /// Much of it is further from every building than the distance set.
    OpenLand,
}

impl ClueKind {
    /// The word in the column `clue`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Footprint => "footprint_share",
            Self::Plan => "plot_ratio_to_plan",
            Self::Industry => "plot_ratio_to_industry",
            Self::Contract => "plot_ratio_to_contract",
            Self::Neighbours => "plot_ratio_to_half_of_neighbours",
            Self::OpenLand => "open_land_m2",
        }
    }

    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Footprint => "建筑基底占比",
            Self::Plan => "容积率与规划下限",
            Self::Industry => "容积率与行业控制值",
            Self::Contract => "容积率与合同约定",
            Self::Neighbours => "容积率与相邻工业宗地中位数之半",
            Self::OpenLand => "建筑退距以外的空地面积",
        }
    }
}

/// Every clue on the surveyed parcels that are not granted to nobody, by the order of parcels and then by kind.
pub fn clues(known: Known<'_>, survey: &Survey, advance: &(dyn Fn(u64) + Sync)) -> Vec<Clue> {
    let ratios: FxHashMap<u32, Exact> = (0..)
        .zip(&known.measured.city.parcels.rows)
        .filter(|(_, parcel)| parcel.land_use == Some(LandUse::Industrial))
        .filter_map(|(at, _)| Some((at, plot_ratio(known, at)?)))
        .collect();
    let mut beside: FxHashMap<u32, Vec<Exact>> = FxHashMap::default();
    for pair in &known.measured.neighbours.pairs {
        if matches!(pair.contact.kind, ContactKind::Edge | ContactKind::Overlap)
            && let (Some(a), Some(b)) = (ratios.get(&pair.a), ratios.get(&pair.b))
        {
            beside.entry(pair.a).or_default().push(*b);
            beside.entry(pair.b).or_default().push(*a);
        }
    }
    let of_parcel = |of: &Surveyed| {
        advance(1);
        if of.stage.state == State::ApprovedNotSupplied {
            return Vec::new();
        }
        let mut clues: Vec<Clue> = footprint(of, survey).into_iter().collect();
        clues.extend(
            of.shortfalls
                .found
                .iter()
                .filter_map(|short| shortfall(of, short)),
        );
        let ratio = ratios.get(&of.parcel).copied().filter(|_| stands(of));
        let is_known = !known.measured.aside.beside.contains_key(&of.parcel);
        let beside = beside.get(&of.parcel).filter(|_| is_known);
        clues.extend(neighbours(of, ratio, beside));
        clues.extend(open_land(known, survey, of));
        clues.sort_by_key(|clue| clue.kind);
        clues
    };
    survey
        .parcels
        .par_iter()
        .with_min_len(16)
        .flat_map_iter(of_parcel)
        .collect()
}

fn stands(of: &Surveyed) -> bool {
    of.ground.is_some_and(|ground| ground.buildings > 0)
}

fn plot_ratio(known: Known<'_>, at: u32) -> Option<Exact> {
    let measures = &known.measured.measures[at as usize];
    let exact = |m2: f64| Area::from_m2(m2).map(Exact::from);
    let floor = measures.on_site.as_ref().ok()?.far_floor_area.ok()?;
    exact(floor)?.over(exact(measures.area.ok()?)?)
}

fn clue(of: &Surveyed, kind: ClueKind, value: Exact, bound: Exact) -> Clue {
    Clue {
        parcel: of.parcel,
        kind,
        value,
        relation: Relation::LessThan,
        bound,
        open: None,
    }
}

fn footprint(of: &Surveyed, survey: &Survey) -> Option<Clue> {
    let ground = of.ground?;
    let bound = survey.options.vacant_share;
    ground
        .is_empty(&survey.options)
        .then(|| clue(of, ClueKind::Footprint, ground.share, bound))
}

fn shortfall(of: &Surveyed, short: &Shortfall) -> Option<Clue> {
    let kind = match short.reason {
        Reason::BelowPlan => ClueKind::Plan,
        Reason::BelowIndustry => ClueKind::Industry,
        Reason::BelowContract => ClueKind::Contract,
        _ => return None,
    };
    Some(clue(of, kind, short.value?.0, short.bound?))
}

/// Of a parcel beside which another may lie that was left out, the median of those beside it is not known.
fn neighbours(of: &Surveyed, ratio: Option<Exact>, beside: Option<&Vec<Exact>>) -> Option<Clue> {
    let (ratio, mut beside) = (ratio?, beside?.clone());
    if beside.len() < NEIGHBOURS {
        return None;
    }
    beside.sort_unstable();
    let middle = beside.len() / 2;
    let twice = if beside.len() % 2 == 1 {
        beside[middle].times(Exact::int(2))?
    } else {
        beside[middle - 1].plus(beside[middle])?
    };
    let half = twice.over(Exact::int(4))?;
    (ratio < half).then(|| clue(of, ClueKind::Neighbours, ratio, half))
}

/// The open land of a parcel, where there is enough of it beyond the distance set.
fn open_land(known: Known<'_>, survey: &Survey, of: &Surveyed) -> Option<Clue> {
    let options = &survey.options;
    let (ground, buildings) = (
        known.measured.ground.as_ref()?,
        known.measured.city.buildings.as_ref()?,
    );
    let at = of.parcel as usize;
    if !known.measured.aside.on(at).is_empty() {
        return None;
    }
    let metres = known.measured.city.crs.metres()?;
    if of
        .area
        .is_some_and(|area| Exact::from(area) < options.open_m2)
    {
        return None;
    }
    let (first, count) = ground.on_parcel[at];
    let shares = ground.shares[first as usize..][..count as usize].iter();
    let footprints: Vec<ShapeRef<'_>> = shares
        .map(|share| buildings.shapes.get(share.building as usize))
        .collect();
    let least_m2 = options.open_m2.to_f64();
    let parcel = known.measured.city.parcels.shapes.get(at);
    let uncovered_m2 = plane_area(parcel) * metres * metres - ground.footprint_m2[at].ok()?;
    // what stands on it takes at least its footprint
    if uncovered_m2 < least_m2 {
        return None;
    }
    let asked = open_land::Options {
        distance: options.setback_m / metres,
        cell: CELL_M / metres,
        least_free: least_m2 / (metres * metres),
    };
    let open = open_land::open_land(parcel, &footprints, &asked)?;
    let free = Area::from_m2(open.free * metres * metres).map(Exact::from)?;
    if free < options.open_m2 {
        return None;
    }
    Some(Clue {
        relation: Relation::AtLeast,
        open: Some(open),
        ..clue(of, ClueKind::OpenLand, free, options.open_m2)
    })
}
