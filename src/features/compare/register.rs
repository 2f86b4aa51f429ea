//! A register of first-seen and last-seen days, and a run → the register as of that run.

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::change::Fate;
use crate::features::idle::State;
use crate::model::SpellRow;

/// A parcel in one state, for as long as it was seen in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// The parcel, by its id.
    pub parcel_id: CompactString,
    /// The state; never built, which is no matter of the survey.
    pub state: State,
    /// What the state rested on when it was last seen.
    pub rule: CompactString,
    /// The day of the first run that saw it; of its parents', where the state goes on from them.
    pub first_seen: Date,
    /// The day of the last run that saw it.
    pub last_seen: Date,
    /// In how many runs it was seen.
    pub runs: u32,
    /// Since which day it is in that state by its facts, where one is known.
    pub since: Option<Date>,
    /// The day of the first run that showed that the state is over, and what took its place. A spell that is neither closed
    /// nor seen in the last run is one of which nothing shows that it is over.
    pub closed: Option<(Date, CompactString)>,
    /// The parcels that this one came from, in order.
    pub parents: Vec<CompactString>,
}

impl Spell {
    fn key(&self) -> (&str, State) {
        (&self.parcel_id, self.state)
    }
}

/// Every spell that any run saw, by parcel, first day and state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    /// The spells.
    pub spells: Vec<Spell>,
}

/// Why a register cannot be carried on.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("row {row} of the register (`{parcel}`): {why}; mend the row, or begin a new register")]
pub struct RegisterError {
    row: u64,
    parcel: CompactString,
    why: String,
}

/// A parcel as a run sees it; one that its id does not tell apart cannot be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its state, where the survey says one other than built.
    pub state: Option<State>,
    /// What the state rests on.
    pub rule: &'a str,
    /// Since which day it is in that state, where one is known.
    pub since: Option<Date>,
    /// The parcels of the run before that it came from, itself where it was there.
    pub from: Vec<&'a str>,
}

impl Register {
    /// A register as it was read, to be carried on by a run as of `as_of`.
    ///
    /// # Errors
    /// At the first row that contradicts itself or another, or knows a day after `as_of`.
    pub fn of(rows: &[SpellRow], as_of: Date) -> Result<Self, RegisterError> {
        let mut register = Self::default();
        let mut open = FxHashMap::default();
        for row in rows {
            let error = |why: String| RegisterError {
                row: row.row,
                parcel: row.parcel_id.clone(),
                why,
            };
            let spell = spell(row, as_of).map_err(error)?;
            if spell.closed.is_none()
                && let Some(first) = open.insert((spell.parcel_id.clone(), spell.state), row.row)
            {
                let why = format!(
                    "the parcel is `{}` in row {first} already, and that is not closed",
                    spell.state.name()
                );
                return Err(error(why));
            }
            register.spells.push(spell);
        }
        register.sort();
        Ok(register)
    }

    /// The first day of a state that is not over.
    pub fn first_seen(&self, id: &str, state: State) -> Option<Date> {
        self.open(id, state).map(|spell| spell.first_seen)
    }

    /// The spell of a state that is not over.
    pub fn open(&self, id: &str, state: State) -> Option<&Spell> {
        let at = self
            .spells
            .partition_point(|spell| spell.parcel_id.as_str() < id);
        let of_parcel = self.spells[at..]
            .iter()
            .take_while(|spell| spell.parcel_id == id);
        of_parcel
            .filter(|spell| spell.closed.is_none())
            .find(|spell| spell.state == state)
    }

    /// Puts down what a run of which nothing else is known saw: spells that are there are seen again, none is closed.
    pub fn note(&mut self, as_of: Date, seen: &[Sighting<'_>]) {
        *self = self.clone().carried_on(as_of, seen, &|_| Fate::Open);
    }

    /// The register after a run: what it saw again goes on, what it saw first begins, and what became of the rest is as
    /// `fate` says.
    pub fn carried_on(
        self,
        as_of: Date,
        seen: &[Sighting<'_>],
        fate: &dyn Fn(&Spell) -> Fate,
    ) -> Self {
        let open: FxHashMap<(&str, State), &Spell> = self
            .spells
            .iter()
            .filter(|spell| spell.closed.is_none())
            .map(|spell| (spell.key(), spell))
            .collect();
        let mut spells = Vec::with_capacity(self.spells.len() + seen.len());
        // whether the state of that parcel goes on from the parcel of that id, or its id was given to other ground
        let mut going_on = FxHashMap::default();
        for sighting in seen {
            let Some(state) = sighting.state else {
                continue;
            };
            let before: Vec<&Spell> = sighting
                .from
                .iter()
                .filter_map(|id| open.get(&(*id, state)).copied())
                .collect();
            going_on.insert((sighting.id, state), sighting.from.contains(&sighting.id));
            spells.push(sighting.spell(state, as_of, &before));
        }
        for spell in &self.spells {
            if spell.closed.is_some() {
                spells.push(spell.clone());
                continue;
            }
            let goes_on = going_on.get(&spell.key()).copied();
            let closed = match (goes_on, fate(spell)) {
                (Some(true), _) => continue,
                (_, Fate::Over(by)) => Some((as_of, by.into())),
                (Some(false), _) => Some((as_of, CompactString::const_new("id_given_anew"))),
                (None, Fate::Open | Fate::Seen) => None,
            };
            spells.push(Spell {
                closed,
                ..spell.clone()
            });
        }
        let mut register = Self { spells };
        register.sort();
        register
    }

    fn sort(&mut self) {
        let key = |spell: &Spell| {
            (
                spell.first_seen,
                spell.state,
                spell.last_seen,
                spell.closed.clone(),
            )
        };
        self.spells.sort_by(|a, b| {
            a.parcel_id
                .cmp(&b.parcel_id)
                .then_with(|| key(a).cmp(&key(b)))
        });
    }
}

impl Sighting<'_> {
    /// The spell that it begins, or in which those `before` go on.
    fn spell(&self, state: State, as_of: Date, before: &[&Spell]) -> Spell {
        let seen_in = |spell: &&Spell| spell.runs + u32::from(spell.last_seen < as_of);
        let from = self.from.iter().filter(|id| **id != self.id);
        let inherited = before
            .iter()
            .flat_map(|spell| spell.parents.iter().cloned());
        let mut parents: Vec<CompactString> = inherited
            .chain(from.map(|id| CompactString::from(*id)))
            .filter(|id| id != self.id)
            .collect();
        parents.sort_unstable();
        parents.dedup();
        Spell {
            parcel_id: self.id.into(),
            state,
            rule: self.rule.into(),
            first_seen: before
                .iter()
                .map(|spell| spell.first_seen)
                .min()
                .unwrap_or(as_of),
            last_seen: as_of,
            runs: before.iter().map(seen_in).max().unwrap_or(1),
            since: self
                .since
                .or_else(|| before.iter().filter_map(|spell| spell.since).min()),
            closed: None,
            parents,
        }
    }
}

/// A row as a spell; what is wrong with it.
fn spell(row: &SpellRow, as_of: Date) -> Result<Spell, String> {
    let state = State::named(&row.state).filter(|state| *state != State::Built);
    let state = state.ok_or_else(|| format!("`{}` is no state of a register", row.state))?;
    let days = [
        ("first_seen", Some(row.first_seen)),
        ("last_seen", Some(row.last_seen)),
        ("since", row.since),
        ("closed", row.closed),
    ];
    for (name, day) in days {
        if let Some(day) = day.filter(|day| *day > as_of) {
            return Err(format!(
                "`{name}` is {day}, after {as_of}, the day of the run"
            ));
        }
    }
    let order = [Some(row.first_seen), Some(row.last_seen), row.closed];
    if !order.iter().flatten().is_sorted() {
        return Err("its days are not in order: first_seen, last_seen, closed".to_owned());
    }
    let closed = match (row.closed, &row.closed_by) {
        (Some(day), by) => Some((day, by.clone().unwrap_or_default())),
        (None, None) => None,
        (None, Some(by)) => return Err(format!("it is closed by `{by}` on no day")),
    };
    Ok(Spell {
        parcel_id: row.parcel_id.clone(),
        state,
        rule: row.rule.clone().unwrap_or_default(),
        first_seen: row.first_seen,
        last_seen: row.last_seen,
        runs: row.runs,
        since: row.since,
        closed,
        parents: row
            .parents
            .iter()
            .filter(|id| !id.is_empty())
            .cloned()
            .collect(),
    })
}
