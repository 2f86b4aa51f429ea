//! Sites and the pieces beside them → which pieces are proposed to which site, over the whole city.

use std::collections::BTreeMap;

use super::{AllottedGroup, LandPiece, NODE_BUDGET, UpgradeRules, allot};
use crate::features::Known;
use crate::features::scattered::Link;
use crate::law::facts::{Facts, Record};
use crate::law::judge::most_land;
use crate::law::pack::Rule;
use crate::quantity::{Area, Exact, Figure};

/// A site before its pieces are allotted.
pub(super) struct Site {
    pub(super) parcel: u32,
    pub(super) facts: Facts,
    pub(super) granted: Area,
    /// The pieces beside it that may be proposed, in their order, with what joins them.
    pub(super) beside: Vec<(u32, Link)>,
}

/// What is proposed for a site.
pub(super) struct Proposed {
    /// The most land that it may take.
    pub(super) most: Area,
    /// The pieces, in their order.
    pub(super) pieces: Vec<u32>,
}

/// What is proposed for each site, and what a reader of that must know.
pub(super) fn allotted(
    known: Known<'_>,
    rules: &UpgradeRules<'_>,
    sites: &[Site],
) -> (Vec<Proposed>, Vec<String>) {
    let (names, pieces) = pieces(known, sites);
    let caps: Vec<u64> = sites
        .iter()
        .map(|site| cap(known, rules.scattered, site))
        .collect();
    let mut proposed: Vec<Proposed> = caps
        .iter()
        .map(|cents| Proposed {
            most: Area::from_cents(i64::try_from(*cents).unwrap_or(i64::MAX)),
            pieces: Vec::new(),
        })
        .collect();
    if pieces.is_empty() {
        return (proposed, Vec::new());
    }
    let feasible = |site: usize, cents: u64| {
        let m2 = i64::try_from(cents)
            .ok()
            .and_then(|cents| Exact::fraction(cents, 100));
        m2.is_some_and(|m2| {
            let solved = rules.solved(
                &known.measured.options.case(&sites[site].facts),
                &[of_area(m2)],
            );
            solved.is_feasible() == Some(true)
        })
    };
    let mut notes =
        vec!["upgrades, allocation: solved under what the column `assumes` names".to_owned()];
    match allot(&caps, &pieces, &feasible, NODE_BUDGET) {
        Ok(allotment) => {
            notes.extend(unproven(&allotment.groups));
            for (piece, taker) in names.into_iter().zip(allotment.takers) {
                if let Some(taker) = taker {
                    proposed[taker].pieces.push(piece);
                }
            }
        }
        Err(why) => notes.push(format!("allocation: nothing is proposed, {why}")),
    }
    (proposed, notes)
}

/// Says how far from the best the allotment may be, where that is not proven to be nothing.
fn unproven(groups: &[AllottedGroup]) -> Option<String> {
    let open: Vec<&AllottedGroup> = groups.iter().filter(|group| !group.is_proven()).collect();
    let sum = |of: fn(&AllottedGroup) -> u64| open.iter().map(|group| of(group)).sum::<u64>();
    let cents = sum(|group| group.area_at_most - group.area);
    let sites = sum(|group| group.feasible_at_most.saturating_sub(group.feasible) as u64);
    (!open.is_empty()).then(|| {
        format!(
            "allocation: {} of {} groups of sites and pieces are too large to be sure that no better allotment exists; at most {}.{:02} m² more could be put to use, or as much with at most {sites} more sites helped",
            open.len(),
            groups.len(),
            cents / 100,
            cents % 100
        )
    })
}

/// The pieces that border a site, by their order, and what the allotment must know of them.
fn pieces(known: Known<'_>, sites: &[Site]) -> (Vec<u32>, Vec<LandPiece>) {
    let mut borders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, site) in sites.iter().enumerate() {
        for (piece, _) in &site.beside {
            borders.entry(*piece).or_default().push(at);
        }
    }
    let land = |piece: u32| {
        let area = known.pieces.land[piece as usize]?;
        u64::try_from(area.cents()).ok().filter(|cents| *cents > 0)
    };
    borders
        .into_iter()
        .filter_map(|(piece, borders)| {
            Some((
                piece,
                LandPiece {
                    area: land(piece)?,
                    borders,
                },
            ))
        })
        .unzip()
}

/// The most land that a site may take, in hundredths of a m².
fn cap(known: Known<'_>, rule: &Rule, site: &Site) -> u64 {
    let cents = |m2: Exact| m2.times(Exact::int(100)).and_then(Exact::as_int);
    if site.beside.is_empty() {
        return 0;
    }
    let most = most_land(rule, &known.measured.options.case(&site.facts)).and_then(cents);
    most.and_then(|cents| u64::try_from(cents).ok())
        .unwrap_or(0)
}

/// Land of this area that fits a site in every other way.
fn of_area(m2: Exact) -> Record {
    let mut record = Record::default();
    record.set("scattered.area_m2", Figure::land(m2));
    record.set("scattered.adjacent", Figure::Truth(true));
    record.set("scattered.conforms_to_plan", Figure::Truth(true));
    record
}
