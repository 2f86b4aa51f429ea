//! A scan and a wish → the merges that could be done, the best first, each judged by the rules of the policy.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::candidates::{Candidate, Candidates, why_not};
use super::graph::Graph;
use super::holders::{are_alike, connected};
use super::proposal::{MergeProposal, Refused};
use super::small::{GroupSearch, Ranked, score};
use super::wish::{Grouping, MergeWish};
use crate::features::Known;
use crate::geometry::{ContactKind, Shapes, TransformError};
use crate::law::LandUse;
use crate::law::judge::{CaseError, Verdict};
use crate::parcels::areas;
use crate::parcels::measures::AreaBasis;
use crate::progress::Progress;
use crate::quantity::{Area, Exact};

/// Merges that could be done.
#[derive(Debug)]
pub struct Merges {
    /// The best first.
    pub proposals: Vec<MergeProposal>,
    /// The land of each proposal in degrees of the geographic CRS of the results, longitude first.
    pub degrees: Shapes,
    /// What a reader must know: what was left out, and why.
    pub notes: Vec<String>,
}

/// Why merges cannot be proposed.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// The policy has no rules for merges.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// PROJ knows no way to longitude and latitude.
    #[error(transparent)]
    Transform(#[from] TransformError),
    /// Groups of so many parcels are not looked for.
    #[error("groups of `{0}` parcels cannot be looked for; ask for 2 to {most}", most = MergeWish::MOST_PARCELS)]
    Parcels(usize),
}

/// A holder with more connected parcels than this is a district or a word that stands for many, not one merge.
const MOST_OF_A_HOLDER: usize = 100;

/// How many small groups are kept when nobody says.
const MOST: usize = 1000;

/// Proposes merges (合并转让) of industrial parcels that somebody holds, in use or not: connected by shared boundaries, by
/// gaps that the policy takes for errors of digitising, or by a little overlap; with rights that are alike as far as they
/// are known. Each is judged, and withheld only when a rule fails. The order of the parcels and the number of threads
/// change nothing.
///
/// # Errors
/// When the policy has no rules for merges, the CRS no way to degrees, or groups of too many parcels are asked for.
pub fn propose_merges(
    known: Known<'_>,
    wish: &MergeWish,
    progress: &dyn Progress,
) -> Result<Merges, MergeError> {
    if wish.grouping == Grouping::Any && !(2..=MergeWish::MOST_PARCELS).contains(&wish.most_parcels)
    {
        return Err(MergeError::Parcels(wish.most_parcels));
    }
    progress.step("parcels to merge", None);
    let by_holder = wish.grouping == Grouping::Holder;
    let same_holder =
        |one: &Candidate, other: &Candidate| one.owner.is_some() && one.owner == other.owner;
    let found = Candidates::of(known, |one, other| !by_holder || same_holder(one, other));
    let graph = Graph::of(found.at.len(), &found.links);
    let mut notes = found.notes;
    let mut holding: Vec<u32> = wish
        .parcels
        .iter()
        .map(|at| known.measured.order.place[*at as usize])
        .collect();
    holding.sort_unstable();
    holding.dedup();
    for at in &wish.parcels {
        if let Some(why) = why_not(known, *at) {
            let name = known.measured.city.parcels.rows[*at as usize].name();
            notes.push(format!("merges: the parcel `{name}` {why}"));
        }
    }
    let standalone = known
        .measured
        .options
        .policy
        .parameters
        .get("standalone_lot_mu")
        .copied();
    let groups = match wish.grouping {
        Grouping::Holder => {
            let owned = found.at.iter().flatten().filter(|of| of.owner.is_none());
            notes.extend(nobody(owned.count()));
            of_holders(&graph, &found.at, &holding, standalone, &mut notes)
        }
        Grouping::Any => of_any(&graph, &found.at, wish, &holding, standalone, &mut notes),
    };
    progress.step("merges", Some(groups.len() as u64));
    let open_m = open_boundaries(known);
    let built: Vec<Result<MergeProposal, Refused>> = groups
        .into_par_iter()
        .map(|(_, group)| {
            progress.advance(1);
            let members = group
                .iter()
                .filter_map(|at| found.at[*at as usize].as_ref());
            let members: Vec<&Candidate> = members.collect();
            let score = score(&graph, &found.at, &group, standalone);
            let parcels = group
                .iter()
                .map(|at| known.measured.order.parcels[*at as usize]);
            MergeProposal::of(known, parcels.collect(), &members, score, &open_m)
        })
        .collect();
    let mut proposals = allowed(built, &mut notes)?;
    if let Some(most) = most_of(wish) {
        proposals.truncate(most);
    }
    for (rank, proposal) in (1..).zip(&mut proposals) {
        proposal.rank = rank;
    }
    let degrees = with_areas(known, &mut proposals)?;
    Ok(Merges {
        proposals,
        degrees,
        notes,
    })
}

fn most_of(wish: &MergeWish) -> Option<usize> {
    match wish.grouping {
        Grouping::Any => Some(wish.most.unwrap_or(MOST)),
        Grouping::Holder => wish.most,
    }
}

fn nobody(count: usize) -> Option<String> {
    (count > 0).then(|| {
        format!("merges: {count} parcels do not say who holds them, and are joined to nobody")
    })
}

/// The connected land of each holder, the best first.
fn of_holders(
    graph: &Graph,
    candidates: &[Option<Candidate>],
    holding: &[u32],
    standalone: Option<Exact>,
    notes: &mut Vec<String>,
) -> Vec<Ranked> {
    let mut groups = connected(graph, candidates);
    groups.retain(|group| holding.iter().all(|of| group.binary_search(of).is_ok()));
    let large = groups
        .iter()
        .map(Vec::len)
        .filter(|len| *len > MOST_OF_A_HOLDER);
    if let Some(largest) = large.clone().max() {
        let count = large.count();
        notes.push(format!("merges: {count} holders have more than {MOST_OF_A_HOLDER} connected parcels (up to {largest}), which is no one merge; look at them with `any` around a parcel"));
    }
    groups.retain(|group| group.len() <= MOST_OF_A_HOLDER);
    let mut ranked: Vec<Ranked> = groups
        .into_par_iter()
        .map(|group| {
            let score = score(graph, candidates, &group, standalone);
            (Reverse(score.millionths()), group)
        })
        .collect();
    ranked.par_sort_unstable();
    ranked
}

/// The best small groups of whomsoever. Twice as many as are wanted, for a policy may have rules that some of them fail.
fn of_any(
    graph: &Graph,
    candidates: &[Option<Candidate>],
    wish: &MergeWish,
    holding: &[u32],
    standalone: Option<Exact>,
    notes: &mut Vec<String>,
) -> Vec<Ranked> {
    if holding.len() > wish.most_parcels {
        let right = |place: &u32| candidates[*place as usize].as_ref().map(|of| &of.right);
        let within = |place: u32| holding.binary_search(&place).is_ok();
        let is_one = graph.joined_to(holding[0], within).len() == holding.len();
        let known = holding.iter().all(|place| right(place).is_some());
        if !(is_one && known && are_alike(holding, right)) {
            return Vec::new();
        }
        let score = score(graph, candidates, holding, standalone);
        return vec![(Reverse(score.millionths()), holding.to_vec())];
    }
    let within = holding
        .first()
        .map(|first| around(graph, *first, wish.most_parcels - 1));
    let search = GroupSearch {
        graph,
        candidates,
        most_parcels: wish.most_parcels,
        holding,
        within: within.as_deref(),
        standalone,
    };
    let most = most_of(wish).unwrap_or(MOST).saturating_mul(2);
    let (best, cut) = search.best(most);
    if cut > 0 {
        notes.push(format!("merges: {cut} parcels have too many neighbours for every group around them to be looked at"));
    }
    best
}

/// The parcels that so many steps from neighbour to neighbour lead to, in order.
fn around(graph: &Graph, place: u32, steps: usize) -> Vec<u32> {
    let mut found = vec![place];
    for _ in 0..steps {
        let beside = found.iter().flat_map(|at| graph.beside(*at));
        let mut more: Vec<u32> = beside.map(|(to, _)| *to).collect();
        found.append(&mut more);
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// The proposals that no rule forbids, in order.
fn allowed(
    built: Vec<Result<MergeProposal, Refused>>,
    notes: &mut Vec<String>,
) -> Result<Vec<MergeProposal>, CaseError> {
    let (mut proposals, mut withheld) = (Vec::new(), BTreeMap::<String, usize>::new());
    for built in built {
        match built {
            Ok(proposal) if proposal.judgement.verdict == Verdict::Fail => {
                let failed = proposal.judgement.findings.into_iter();
                for finding in failed.filter(|finding| finding.verdict == Verdict::Fail) {
                    *withheld.entry(finding.rule).or_default() += 1;
                }
            }
            Ok(proposal) => proposals.push(proposal),
            Err(Refused::Rules(why)) => return Err(why),
            Err(Refused::Land(why)) => notes.push(format!("merges: one group is left out: {why}")),
        }
    }
    let said = withheld.into_iter();
    notes.extend(said.map(|(rule, count)| {
        format!("merges: {count} groups are withheld, for they fail `{rule}`")
    }));
    Ok(proposals)
}

/// The boundary of each parcel of the layer that runs along no other parcel but roads, m.
fn open_boundaries(known: Known<'_>) -> Vec<f64> {
    let metres = known.measured.city.crs.metres().unwrap_or(f64::NAN);
    let shapes = &known.measured.city.parcels.shapes;
    let mut open: Vec<f64> = (0..shapes.len())
        .into_par_iter()
        .map(|at| crate::geometry::perimeter(shapes.get(at)) * metres)
        .collect();
    let is_road = |at: u32| {
        known.measured.city.parcels.rows[at as usize].land_use == Some(LandUse::Transport)
    };
    for pair in &known.measured.neighbours.pairs {
        if matches!(pair.contact.kind, ContactKind::Edge | ContactKind::Overlap) {
            for (at, other) in [(pair.a, pair.b), (pair.b, pair.a)] {
                if !is_road(other) {
                    open[at as usize] -= pair.contact.shared;
                }
            }
        }
    }
    for open in &mut open {
        *open = open.max(0.0);
    }
    open
}

/// Gives each proposal the area of its land where all areas of its parcels are measured; the land in degrees.
fn with_areas(known: Known<'_>, proposals: &mut [MergeProposal]) -> Result<Shapes, TransformError> {
    let mut shapes = Shapes::default();
    for proposal in &*proposals {
        shapes.push(proposal.land.union.shape());
    }
    let measured = areas(&shapes, &known.measured.city.crs, &known.measured.degrees)?;
    for (at, proposal) in proposals.iter_mut().enumerate() {
        let all = |basis| proposal.parts.iter().all(|part| part.basis == basis);
        if all(AreaBasis::Plane) {
            proposal.area = Area::from_m2(measured.plane_m2[at]);
        } else if all(AreaBasis::Ellipsoid) {
            proposal.area = Area::from_m2(measured.ellipsoid_m2[at]);
        }
    }
    Ok(measured.degrees)
}
