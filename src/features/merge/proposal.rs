//! A group of parcels → the merge that is proposed of them: its land, its figures before and after, what the rules say.

use super::bonds::{Bond, BondKind, bonds_among, snap_gap_m};
use super::candidates::Candidate;
use super::facts::facts_of;
use super::figures::{PartFigures, Together};
use super::land::{MergedLand, merged_land};
use super::score::Score;
use crate::features::Known;
use crate::geometry::{ResidualError, compactness};
use crate::law::judge::{CaseError, Judgement, judge_proposal};
use crate::quantity::Area;

/// A merge that could be done.
#[derive(Clone, Debug)]
pub struct MergeProposal {
    /// Its place among all, from 1.
    pub rank: u32,
    /// The positions of its parcels in their layer, by the order of parcels.
    pub parcels: Vec<u32>,
    /// What each of them is before, in the same order.
    pub parts: Vec<PartFigures>,
    /// What they come to together.
    pub together: Together,
    /// The land they would be.
    pub land: MergedLand,
    /// Its area: of the merged polygon where all areas are measured, else the sum of those that are registered.
    pub area: Option<Area>,
    /// The boundary between them that goes, m.
    pub shared_m: f64,
    /// The boundary of the merged land along roads, water and whatever else is no other parcel, m.
    pub frontage_m: f64,
    /// The same of the parcel that has most of it.
    pub frontage_most_m: f64,
    /// How round the merged land is (Polsby and Popper).
    pub compactness: Option<f64>,
    /// How much it gains.
    pub score: Score,
    /// What the rules of the policy say of it.
    pub judgement: Judgement,
    /// What a reader must look at: `gap_closed`, `overlap`, `rights_unknown`, `term_unknown`, `holders_differ`,
    /// `holder_unknown`, `large_group`, `in_parts`.
    pub flags: Vec<&'static str>,
}

/// A group of more parcels is flagged.
const LARGE_GROUP: usize = 20;

impl MergeProposal {
    /// Its name in results: `M00001` is the first.
    pub fn id(&self) -> String {
        format!("M{:05}", self.rank)
    }

    /// What its area is: `registered`, `plane`, `ellipsoid`, or `mixed` where its parcels differ in that.
    pub fn area_basis(&self) -> &'static str {
        let mut bases = self.parts.iter().map(|part| part.basis);
        let first = bases.next();
        match first {
            Some(first) if bases.all(|basis| basis == first) => first.name(),
            _ => "mixed",
        }
    }

    /// Floor area as the policy counts it over the merged area (容积率).
    pub fn plot_ratio(&self) -> Option<f64> {
        Some(self.together.far_floor_area_m2? / self.area?.m2())
    }

    /// Ground covered by buildings over the merged area (建筑密度).
    pub fn building_density(&self) -> Option<f64> {
        Some(self.together.footprint_m2? / self.area?.m2())
    }

    /// The proposal of a group, without its place among others.
    pub(super) fn of(
        known: Known<'_>,
        parcels: Vec<u32>,
        candidates: &[&Candidate],
        score: Score,
        open_m: &[f64],
    ) -> Result<Self, Refused> {
        let bonds = bonds_among(known, &parcels);
        let facts = facts_of(known, &parcels, &bonds);
        let case = known.measured.options.case(&facts);
        let judgement = judge_proposal(&case, "merge")?;
        let land = merged_land(known, &parcels)?;
        let parts: Vec<PartFigures> = candidates.iter().map(|of| of.figures.clone()).collect();
        let together = Together::of(&parts.iter());
        // boundaries that face each other across land are not shared
        let snap = snap_gap_m(known);
        let joining = bonds.iter().filter(|bond| bond.gap_m <= snap);
        let open = parcels.iter().map(|at| open_m[*at as usize]);
        Ok(Self {
            rank: 0,
            flags: flags(candidates, &bonds, &land, &together),
            area: together.area,
            shared_m: joining.map(|bond| bond.length_m).sum(),
            frontage_m: open.clone().sum(),
            frontage_most_m: open.fold(0.0, f64::max),
            compactness: compactness(land.union.shape()),
            parcels,
            parts,
            together,
            land,
            score,
            judgement,
        })
    }
}

/// Why a group cannot be proposed.
pub(super) enum Refused {
    Rules(CaseError),
    Land(ResidualError),
}

impl From<CaseError> for Refused {
    fn from(why: CaseError) -> Self {
        Self::Rules(why)
    }
}

impl From<ResidualError> for Refused {
    fn from(why: ResidualError) -> Self {
        Self::Land(why)
    }
}

fn flags(
    candidates: &[&Candidate],
    bonds: &[Bond],
    land: &MergedLand,
    together: &Together,
) -> Vec<&'static str> {
    let owners = || candidates.iter().map(|of| of.owner.as_ref());
    let known: Vec<_> = owners().flatten().collect();
    let flags = [
        ("gap_closed", land.closed_gap_m > 0.0),
        (
            "overlap",
            bonds.iter().any(|bond| bond.kind == BondKind::Overlap),
        ),
        (
            "rights_unknown",
            candidates.iter().any(|of| !of.right.is_known()),
        ),
        ("term_unknown", together.term_end.is_none()),
        (
            "holders_differ",
            known.windows(2).any(|pair| pair[0] != pair[1]),
        ),
        ("holder_unknown", owners().any(|owner| owner.is_none())),
        ("large_group", candidates.len() > LARGE_GROUP),
        ("in_parts", land.union.parts > 1),
    ];
    flags
        .into_iter()
        .filter_map(|(flag, is_so)| is_so.then_some(flag))
        .collect()
}
