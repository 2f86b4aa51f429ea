//! A city, its scattered land and its upgrades → what they come to, district by district or by any column of the parcels.

use std::collections::BTreeMap;

use super::{SiteUpgrade, Solution, Upgrades};
use crate::features::scattered::{Bar, Piece, Pieces};
use crate::model::{City, Parcel};
use crate::quantity::{Area, Decimal};

/// Scattered land and the sites it helps, in one group of parcels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupTotals {
    /// Pieces, the same land once; each belongs to the group of the site that it is proposed to, else of the first that it
    /// borders.
    pub pieces: u64,
    /// Their land, hundredths of a m².
    pub land: i64,
    /// Pieces that may be proposed: not barred, and not wanted otherwise by the plan.
    pub free: u64,
    /// Their land, hundredths of a m².
    pub free_land: i64,
    /// Pieces proposed to a site.
    pub allotted: u64,
    /// Their land, hundredths of a m².
    pub allotted_land: i64,
    /// Industrial sites that bear a building.
    pub sites: u64,
    /// Those with a piece beside them that may be proposed.
    pub beside: u64,
    /// Those that get a piece, where the plan leaves room and the rule does not fail with it.
    pub helped: u64,
    /// Those of them where the plan leaves no room for an upgrade without the land.
    pub newly_feasible: u64,
    /// The new floor area that the plan leaves room for on the sites helped, more than without their pieces, hundredths of
    /// a m².
    pub unlocked: i64,
}

impl GroupTotals {
    fn add(&mut self, more: &Self) {
        let Self {
            pieces,
            land,
            free,
            free_land,
            allotted,
            allotted_land,
            sites,
            beside,
            helped,
            newly_feasible,
            unlocked,
        } = more;
        self.pieces += pieces;
        self.land += land;
        self.free += free;
        self.free_land += free_land;
        self.allotted += allotted;
        self.allotted_land += allotted_land;
        self.sites += sites;
        self.beside += beside;
        self.helped += helped;
        self.newly_feasible += newly_feasible;
        self.unlocked += unlocked;
    }

    fn of_piece(pieces: &Pieces, taker: Option<u32>, at: usize) -> Self {
        let land = pieces.land[at].map_or(0, Area::cents);
        let is_taken = taker.is_some();
        let piece = &pieces.found.pieces[at];
        let is_free = piece.is_free() && !piece.links.is_empty();
        Self {
            pieces: 1,
            land,
            free: u64::from(is_free),
            free_land: if is_free { land } else { 0 },
            allotted: u64::from(is_taken),
            allotted_land: if is_taken { land } else { 0 },
            ..Self::default()
        }
    }

    fn of_site(site: &SiteUpgrade) -> Self {
        let is_helped = site.need.is_feasible() == Some(true);
        let headroom = |solution: &Solution| solution.room.headroom;
        let with_pieces = site.need.with_pieces.as_ref().and_then(headroom);
        let more = with_pieces
            .zip(headroom(&site.need.alone))
            .and_then(|(with, alone)| with.minus(alone)?.decimal(2));
        Self {
            sites: 1,
            beside: u64::from(!site.candidates.is_empty()),
            helped: u64::from(is_helped),
            newly_feasible: u64::from(is_helped && site.need.alone.is_feasible() == Some(false)),
            unlocked: more.filter(|_| is_helped).map_or(0, Decimal::units),
            ..Self::default()
        }
    }
}

/// The totals of each group, by its name, and of all; parcels of which the column says nothing are in the group without
/// a name.
pub fn group_totals<'a>(
    city: &'a City,
    pieces: &Pieces,
    upgrades: &Upgrades,
) -> (BTreeMap<&'a str, GroupTotals>, GroupTotals) {
    let rows = &city.parcels.rows;
    let mut groups: BTreeMap<&str, GroupTotals> = BTreeMap::new();
    let mut add = |parcel: Option<u32>, more: &GroupTotals| {
        let parcel = parcel.map(|at| &rows[at as usize]);
        let name = parcel.and_then(|parcel| group(city, parcel)).unwrap_or("");
        groups.entry(name).or_default().add(more);
    };
    for (at, piece) in pieces.found.pieces.iter().enumerate() {
        if piece.bar == Some(Bar::SameLand) {
            continue;
        }
        let taker = upgrades.takers[at];
        add(
            taker.or_else(|| first_beside(piece)),
            &GroupTotals::of_piece(pieces, taker, at),
        );
    }
    for site in &upgrades.sites {
        add(Some(site.parcel), &GroupTotals::of_site(site));
    }
    let mut all = GroupTotals::default();
    for group in groups.values() {
        all.add(group);
    }
    (groups, all)
}

/// The parcel to whose group a piece belongs: the site that it is proposed to, else the first that it borders.
pub fn home_of_piece(pieces: &Pieces, upgrades: &Upgrades, piece: usize) -> Option<u32> {
    let beside = || first_beside(&pieces.found.pieces[piece]);
    upgrades.takers[piece].or_else(beside)
}

fn first_beside(piece: &Piece) -> Option<u32> {
    let site = piece.links.first().map(|link| link.parcel);
    site.or_else(|| piece.neighbours.first().copied())
}

/// The group of a parcel: what the column of `--group-by` says, else its district.
fn group<'a>(city: &City, parcel: &'a Parcel) -> Option<&'a str> {
    match city.group_by {
        Some(_) => parcel.terms.as_ref()?.group.as_deref(),
        None => parcel.district.as_deref(),
    }
}
