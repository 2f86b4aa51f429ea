//! Buildings on land that several parcels cover → to which of them each belongs, where that can be told.

use rustc_hash::FxHashMap;

use super::footprint::footprint;
use super::shares::on_parcels;
use super::{Assigned, Assignment, Ground, Repeats, Share};
use crate::geometry::Cover;
use crate::model::{Building, Layer, Parcel, is_below_ground, key, parcel_key};

/// Less of a building on land of two parcels is what two surveys of one line differ by.
const MATERIAL: f64 = 0.01;

/// To whom the part of a building belongs that stands on land of two parcels.
#[derive(Clone, Copy)]
enum Whose {
    First,
    Second,
    Either,
}

/// The layers of a city that matter here; `metres` in one unit of the CRS.
pub struct Stacked<'a> {
    /// The parcels.
    pub parcels: &'a Layer<Parcel>,
    /// The buildings.
    pub buildings: &'a Layer<Building>,
    /// Which parcels lie over each other.
    pub repeats: &'a Repeats,
    /// How buildings over a line count.
    pub assignment: Assignment,
    /// Metres in one unit of the CRS.
    pub metres: f64,
}

/// Of one part of a building, what two parcels cover, m².
#[derive(Clone, Copy, Default)]
struct StackedPart {
    /// What is proven to be another parcel's: at least, and at most where several take of it.
    taken: (f64, f64),
    either: f64,
}

impl StackedPart {
    fn take(&mut self, m2: f64) {
        self.taken = (self.taken.0.max(m2), self.taken.1 + m2);
    }
}

impl Ground {
    /// Counts a building on land of several parcels where its key says, else above ground; where neither tells, its part
    /// there belongs to either.
    pub fn settle_over(&mut self, over: &Stacked<'_>) {
        let mut by_building: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        let on_shared = self.shares.iter().enumerate();
        for (at, share) in
            on_shared.filter(|(_, share)| over.repeats.sharing.contains(&share.parcel))
        {
            by_building.entry(share.building).or_default().push(at);
        }
        let mut buildings: Vec<_> = by_building.into_iter().collect();
        buildings.sort_unstable_by_key(|(building, _)| *building);
        let mut parts: FxHashMap<usize, StackedPart> = FxHashMap::default();
        for (_, on) in buildings {
            for (place, &one) in on.iter().enumerate() {
                for &other in &on[place + 1..] {
                    let pair = [&self.shares[one], &self.shares[other]];
                    let Some(common) = self.on_both(pair, over) else {
                        continue;
                    };
                    match over.whose(pair) {
                        Whose::First => parts.entry(other).or_default().take(common),
                        Whose::Second => parts.entry(one).or_default().take(common),
                        Whose::Either => {
                            for at in [one, other] {
                                parts.entry(at).or_default().either += common;
                            }
                        }
                    }
                }
            }
        }
        self.settle(&parts, over);
        self.cede_given_away(over);
    }

    /// Notes the parcels whose parts a reading gives to a parcel over them: their land is not empty.
    fn cede_given_away(&mut self, over: &Stacked<'_>) {
        if self.given_away.is_empty() {
            return;
        }
        let whole = self.shares.iter();
        let on: FxHashMap<u32, u32> = whole.map(|share| (share.building, share.parcel)).collect();
        for (parcel, building) in &self.given_away {
            let taker = on.get(building);
            if taker.is_some_and(|taker| over.repeats.shared_m2(*parcel, *taker).is_some()) {
                self.ceded.insert(*parcel);
            }
        }
    }

    /// How much of a building stands on land of both parcels of two of its parts, m², where that matters.
    fn on_both(&self, [one, other]: [&Share; 2], over: &Stacked<'_>) -> Option<f64> {
        let land = over.repeats.shared_m2(one.parcel, other.parcel)?;
        let building = self.building_m2[one.building as usize];
        let (a, b) = (one.part_m2.ok()?, other.part_m2.ok()?);
        let least = MATERIAL * building;
        if a.min(b).min(land) < least {
            return None;
        }
        let is_whole = |part: f64| part >= building * (1.0 - 1e-9);
        if is_whole(a) || is_whole(b) {
            return Some(a.min(b));
        }
        let mut cover = Cover::default();
        let shape = over.buildings.shapes.get(one.building as usize);
        shape.rings().for_each(|ring| cover.add(ring, 0));
        for share in [one, other] {
            let parcel = over.parcels.shapes.get(share.parcel as usize);
            parcel.rings().for_each(|ring| cover.add(ring, 1));
        }
        let on_any =
            cover.area(|[building, land]| building > 0 && land > 0) * over.metres * over.metres;
        let common = (a + b - on_any).min(a).min(b);
        (common >= least).then_some(common)
    }

    /// Takes from each part what is proven to be another parcel's, and notes what is either's.
    fn settle(&mut self, parts: &FxHashMap<usize, StackedPart>, over: &Stacked<'_>) {
        let mut changed: Vec<u32> = Vec::new();
        let mut gone: Vec<bool> = vec![false; self.shares.len()];
        let mut parts: Vec<(usize, StackedPart)> =
            parts.iter().map(|(at, part)| (*at, *part)).collect();
        parts.sort_unstable_by_key(|(at, _)| *at);
        for (at, part) in parts {
            let share = &mut self.shares[at];
            let Ok(m2) = share.part_m2 else { continue };
            let rest = m2 - part.taken.0;
            if part.taken.0 > 0.0 {
                changed.push(share.parcel);
                self.ceded.insert(share.parcel);
                share.part_m2 = Ok(rest.max(0.0));
            }
            if rest <= MATERIAL * m2 {
                gone[at] = true;
                continue;
            }
            let either = (part.either + part.taken.1 - part.taken.0).min(rest);
            if either > 0.0 {
                share.assigned = Assigned::Either;
                self.either.insert((share.parcel, share.building), either);
            }
        }
        if changed.is_empty() {
            return;
        }
        let mut gone = gone.into_iter();
        self.shares.retain(|_| !gone.next().unwrap_or(false));
        self.on_parcel = on_parcels(&self.shares, self.on_parcel.len());
        changed.sort_unstable();
        changed.dedup();
        for at in changed {
            let at = at as usize;
            let clip = (over.assignment == Assignment::Split).then(|| over.parcels.shapes.get(at));
            let shape = |building: u32| over.buildings.shapes.get(building as usize);
            let covered = footprint(clip, self.on(at), shape, over.metres).0;
            self.footprint_m2[at] = covered;
        }
    }
}

impl Stacked<'_> {
    /// Whose the ground is that a building has on two parcels: of the one that its record or its number names, else of the
    /// one that is not below ground.
    fn whose(&self, pair: [&Share; 2]) -> Whose {
        let key_of = |share: &Share| self.parcels.rows[share.parcel as usize].key();
        let building = &self.buildings.rows[pair[0].building as usize];
        let numbered = match &building.parcel_id {
            Some(_) => None,
            None => Some(parcel_key(&building.id)).filter(|of| *of != key(&building.id)),
        };
        let is_named = pair.map(|share| {
            share.assigned == Assigned::Key || numbered.as_deref() == Some(key_of(share))
        });
        let is_below = pair.map(|share| is_below_ground(key_of(share)));
        match (is_named, is_below) {
            ([true, false], _) | ([false, false], [false, true]) => Whose::First,
            ([false, true], _) | ([false, false], [true, false]) => Whose::Second,
            _ => Whose::Either,
        }
    }
}
