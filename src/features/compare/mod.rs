//! Two runs → what changed, and since when each state is known; nothing whose facts are missing is ever called cured.

mod carried;
mod change;
mod counts;
mod differences;
mod ground;
mod kinship;
mod listed;
mod map;
mod matching;
mod register;
mod rows;
mod scanned;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::civil::Date;

pub use change::{Change, Fate, Now, Past, Why, change, fate, is_on_list};
pub use counts::{Kind, Sum};
pub use kinship::Kinship;
pub use map::ChangeMap;
pub use matching::{Ancestor, Match, MatchedBy, Matching, match_runs};
pub use register::{Register, RegisterError, Sighting, Spell};
pub use rows::{Counts, Row};
pub use scanned::register_of_scan;

use crate::features::idle::State;
use crate::model::{About, Defect, Run, RunParcel};
use rows::Sides;

/// What changed from one run to a later one.
#[derive(Debug)]
pub struct Comparison<'a> {
    /// The two runs, the earlier first.
    pub runs: [&'a Run; 2],
    /// The states of their parcels; `None` where the survey did not look at one.
    pub states: [Vec<Option<State>>; 2],
    /// Which parcel is which.
    pub matching: Matching,
    /// Everything of which something matters.
    pub rows: Vec<Row>,
    /// The registers as of each run.
    pub registers: [Register; 2],
    /// The rows summed up.
    pub sums: BTreeMap<Kind, Sum>,
    /// The parcels of the later run of which nothing matters.
    pub rest: Sum,
    /// What is not clear on the ground.
    pub defects: Vec<Defect>,
    /// What a reader must know.
    pub notes: Vec<String>,
}

/// Why two runs cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareError {
    /// The earlier run is the later one.
    #[error(
        "`{earlier}` is as of {earlier_day}, after `{later}`, which is as of {later_day}; name the earlier run first"
    )]
    Order {
        /// The folder named first.
        earlier: String,
        /// Its day.
        earlier_day: Date,
        /// The folder named second.
        later: String,
        /// Its day.
        later_day: Date,
    },
    /// A run that says what is not known.
    #[error("{0}")]
    State(String),
    /// A register that cannot be carried on.
    #[error("`{folder}`: {why}")]
    Register {
        /// The folder that holds it.
        folder: String,
        /// What is wrong with it.
        why: RegisterError,
    },
}

/// Compares two runs, whose shapes are in one CRS; boundaries nearer than `tolerance_m` are one.
///
/// # Errors
/// When the runs are the wrong way round, or the earlier one's register or a state cannot be understood.
pub fn compare<'a>(
    earlier: &'a Run,
    later: &'a Run,
    tolerance_m: f64,
    advance: &(dyn Fn(u64) + Sync),
) -> Result<Comparison<'a>, CompareError> {
    if later.facts.as_of < earlier.facts.as_of {
        return Err(CompareError::Order {
            earlier: earlier.facts.folder.clone(),
            earlier_day: earlier.facts.as_of,
            later: later.facts.folder.clone(),
            later_day: later.facts.as_of,
        });
    }
    let states = [
        listed::states(earlier).map_err(CompareError::State)?,
        listed::states(later).map_err(CompareError::State)?,
    ];
    let before =
        carried::register_of(earlier, &states[0]).map_err(|why| CompareError::Register {
            folder: earlier.facts.folder.clone(),
            why,
        })?;
    let mut matching = match_runs(earlier, later, tolerance_m, advance);
    let sides = Sides {
        runs: [earlier, later],
        states: [&states[0], &states[1]],
    };
    let rows = sides.rows(&matching);
    let sums = counts::counts(&sides, &rows);
    let after = carried::carried_on(&sides, &matching, before.clone());
    let mut notes = differences::differences(&earlier.facts, &later.facts);
    notes.append(&mut matching.notes);
    let unclear = later.parcels.iter().filter(|parcel| !parcel.is_clear());
    let unclear = unclear.filter(|parcel| parcel.listed.is_some()).count();
    if unclear > 0 {
        notes.push(format!(
            "{unclear} listed parcels share their id or have none: the register cannot follow them"
        ));
    }
    let rest = rest(later, &rows);
    Ok(Comparison {
        runs: [earlier, later],
        defects: std::mem::take(&mut matching.defects),
        matching,
        rows,
        registers: [before, after],
        sums,
        rest,
        notes,
        states,
    })
}

/// The parcels of the later run that have no row.
fn rest(later: &Run, rows: &[Row]) -> Sum {
    let mut told = vec![false; later.parcels.len()];
    let counted = rows.iter().filter(|row| row.counts == Some(Counts::Later));
    counted
        .filter_map(|row| row.later)
        .for_each(|at| told[at as usize] = true);
    let mut rest = Sum::default();
    let others = later.parcels.iter().zip(told).filter(|(_, told)| !told);
    others.for_each(|(parcel, _)| rest.add(parcel.area));
    rest
}

impl Comparison<'_> {
    /// The parcels of a row with their states, the earlier first.
    pub fn sides(&self, row: &Row) -> [Option<(&RunParcel, Option<State>)>; 2] {
        let side = |run: usize, at: Option<u32>| {
            let at = at? as usize;
            Some((&self.runs[run].parcels[at], self.states[run][at]))
        };
        [side(0, row.earlier), side(1, row.later)]
    }

    /// What lists say of the parcels of either run.
    pub fn said(&self) -> impl Iterator<Item = About> {
        let parcels = self.runs.map(|run| &run.parcels[..]);
        About::ALL.into_iter().filter(move |about| {
            let mut all = parcels.iter().copied().flatten();
            all.any(|parcel| parcel.about(*about).is_some())
        })
    }

    /// The days of a row: since when by its facts, first and last seen. They are those of the state it was in, where it
    /// left the list, else of the state it is in.
    pub fn days(&self, row: &Row) -> [Option<Date>; 3] {
        let sides = self.sides(row);
        let told = |run: usize| {
            let (parcel, state) = sides[run]?;
            let state = state.filter(|state| *state != State::Built)?;
            let since = parcel.listed.as_ref().and_then(|listed| listed.since);
            let spell = self.registers[run]
                .open(&parcel.id, state)
                .filter(|_| parcel.is_clear());
            Some((
                state,
                [
                    since,
                    spell.map(|spell| spell.first_seen),
                    spell.map(|spell| spell.last_seen),
                ],
            ))
        };
        let [before, after] = [0, 1].map(told);
        let is_left = |side: Option<(State, _)>| side.is_some_and(|(state, _)| is_on_list(state));
        let stands = |side: Option<(State, _)>| {
            side.is_some_and(|(state, _)| is_on_list(state) || state == State::Unknown)
        };
        let days = if is_left(before) && !stands(after) {
            before
        } else {
            after.or(before)
        };
        days.map(|(_, days)| days).unwrap_or_default()
    }
}
