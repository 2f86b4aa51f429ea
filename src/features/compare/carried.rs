//! Two matched runs and the register of the earlier → the registers as of each.

use rustc_hash::FxHashMap;

use super::change::{Fate, Past, fate};
use super::kinship::Kinship;
use super::listed::now;
use super::matching::{Ancestor, Match, Matching};
use super::register::{Register, RegisterError, Sighting, Spell};
use super::rows::Sides;
use crate::features::idle::State;
use crate::model::{Run, RunParcel};

/// The register of a run, with what the run itself saw; without a register all was first seen then.
pub(super) fn register_of(run: &Run, states: &[Option<State>]) -> Result<Register, RegisterError> {
    let as_of = run.facts.as_of;
    let rows = run.register.as_deref().unwrap_or_default();
    let mut register = Register::of(rows, as_of)?;
    let seen: Vec<Sighting<'_>> = run
        .parcels
        .iter()
        .zip(states)
        .filter(|(parcel, _)| parcel.is_clear())
        .map(|(parcel, state)| sighting(parcel, *state, vec![&parcel.id]))
        .collect();
    register.note(as_of, &seen);
    Ok(register)
}

fn sighting<'a>(parcel: &'a RunParcel, state: Option<State>, from: Vec<&'a str>) -> Sighting<'a> {
    let listed = parcel.listed.as_ref();
    Sighting {
        id: &parcel.id,
        state: state.filter(|state| *state != State::Built),
        rule: listed
            .and_then(|listed| listed.rule.as_deref())
            .unwrap_or_default(),
        since: listed.and_then(|listed| listed.since),
        from,
    }
}

/// Two matched runs, their parcels by their ids.
struct Carrying<'a> {
    sides: &'a Sides<'a>,
    matching: &'a Matching,
    by_id: [FxHashMap<&'a str, u32>; 2],
    /// The parcels of the later run that each of the earlier became.
    heirs: Vec<Vec<u32>>,
}

/// Carries the register of the earlier run on by the later.
pub(super) fn carried_on(sides: &Sides<'_>, matching: &Matching, before: Register) -> Register {
    let by_id = sides.runs.map(|run| {
        let clear = (0..)
            .zip(&run.parcels)
            .filter(|(_, parcel)| parcel.is_clear());
        clear
            .map(|(at, parcel)| (parcel.id.as_str(), at))
            .collect::<FxHashMap<_, _>>()
    });
    let mut heirs = vec![Vec::new(); matching.earlier.len()];
    for (at, found) in (0..).zip(&matching.later) {
        for ancestor in &found.ancestors {
            heirs[ancestor.at as usize].push(at);
        }
    }
    let of = Carrying {
        sides,
        matching,
        by_id,
        heirs,
    };
    let later = sides.runs[1];
    let seen: Vec<Sighting<'_>> = (0..)
        .zip(&later.parcels)
        .filter(|(_, parcel)| parcel.is_clear())
        .map(|(at, parcel)| sighting(parcel, sides.later(at).1, of.from(at)))
        .collect();
    before.carried_on(later.facts.as_of, &seen, &|spell| of.fate(spell))
}

impl<'a> Carrying<'a> {
    /// The ids of the parcels whose days a parcel goes on with.
    fn from(&self, at: u32) -> Vec<&'a str> {
        let (parcel, _) = self.sides.later(at);
        let Match { kinship, ancestors } = &self.matching.later[at as usize];
        let hands_on = |ancestor: &&Ancestor| match kinship {
            None => self.sides.earlier(ancestor.at).0.id == parcel.id,
            Some(Kinship::SplitAndMerged) => ancestor.share.is_some_and(|share| share > 0.5),
            Some(_) => true,
        };
        if ancestors.is_empty() && !self.by_id[0].contains_key(parcel.id.as_str()) {
            // the earlier run did not have it, but a run before that may
            return vec![&parcel.id];
        }
        let ancestors = ancestors.iter().filter(hands_on);
        let ancestors = ancestors.map(|ancestor| self.sides.earlier(ancestor.at).0);
        ancestors
            .filter(|ancestor| ancestor.is_clear())
            .map(|ancestor| ancestor.id.as_str())
            .collect()
    }

    fn fate(&self, spell: &Spell) -> Fate {
        let id = spell.parcel_id.as_str();
        let past = Past {
            state: Some(spell.state),
            rule: &spell.rule,
        };
        let now_at = |at: u32, before: &RunParcel| {
            let (parcel, state) = self.sides.later(at);
            fate(&past, &now(self.sides.runs[1], parcel, state, before))
        };
        let Some(&earlier) = self.by_id[0].get(id) else {
            let later = self.by_id[1].get(id);
            return later.map_or(Fate::Open, |&at| now_at(at, &RunParcel::default()));
        };
        match (
            self.matching.earlier[earlier as usize],
            self.heirs[earlier as usize].as_slice(),
        ) {
            (Some(kinship), &[only]) if kinship.is_one_to_one() => {
                let (before, _) = self.sides.earlier(earlier);
                match now_at(only, before) {
                    // it goes on under its new id
                    Fate::Seen if self.sides.later(only).0.is_clear() => Fate::Over(kinship.name()),
                    found => found,
                }
            }
            (None, _) => Fate::Open,
            (Some(kinship), _) => Fate::Over(kinship.name()),
        }
    }
}
