//! The state of a parcel in two runs, and what is known of it in the later → what changed, as far as it can be defended.
//!
//! The order of states from good to bad, in which a change is better or worse:
//! built 建成, under construction 在建 | inefficient 低效, supplied but not started 供而未用, approved but not supplied 批而未供,
//! suspected idle 疑似闲置, idle 闲置. Those behind the stroke are on the list of land to be dealt with: what comes onto it is
//! new, and what leaves it is cured where the facts of the later run show that it did, else unknown.

use crate::features::idle::{IDLE_RULE, State};

/// What changed between two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It came onto the list.
    New,
    /// It left the list, and the facts say why.
    Cured,
    /// Its state is what it was.
    Unchanged,
    /// Its state is further from good.
    Worse,
    /// Its state is nearer to good.
    Better,
    /// Its ground was split: its state goes on under other ids, or not.
    Split,
    /// Its ground was merged.
    Merged,
    /// No parcel of the later run lies on it.
    Gone,
    /// Facts are missing on a side.
    Unknown,
    /// It is on the list of neither run.
    None,
}

impl Change {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Cured => "cured",
            Self::Unchanged => "unchanged",
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Gone => "gone",
            Self::Unknown => "unknown",
            Self::None => "none",
        }
    }
}

/// Why a change is unknown, or what a reader must know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The state was unknown in the earlier run.
    UnknownBefore,
    /// The state is unknown in the later run.
    UnknownNow,
    /// The survey of the earlier run did not look at it.
    NotSurveyedBefore,
    /// The survey of the later run did not look at it.
    NotSurveyedNow,
    /// The earlier state rests on a contract, and no contract of the later run names the parcel.
    NoContract,
    /// The earlier state rests on the register of parcels, which does not say it any more.
    NoRecord,
    /// The earlier state rests on what stands there, and the buildings of the later run are not known.
    NoBuildings,
    /// The limit that it stayed below was not tested, or is not shown to be kept.
    NotTested,
    /// Which parcel it was is not clear.
    Unmatched,
}

impl Why {
    /// The word in results.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnknownBefore => "unknown_before",
            Self::UnknownNow => "unknown_now",
            Self::NotSurveyedBefore => "not_surveyed_before",
            Self::NotSurveyedNow => "not_surveyed_now",
            Self::NoContract => "no_contract_now",
            Self::NoRecord => "no_record_now",
            Self::NoBuildings => "no_buildings_now",
            Self::NotTested => "not_tested_now",
            Self::Unmatched => "unmatched",
        }
    }
}

/// A parcel in the earlier run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past<'a> {
    /// Its state; `None` where the survey did not look at it.
    pub state: Option<State>,
    /// What the state rests on: a rule, or what takes its place in the column `rule`.
    pub rule: &'a str,
}

/// A parcel in the later run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own that is there or is not"
)]
pub struct Now {
    /// Its state; `None` where the survey did not look at it.
    pub state: Option<State>,
    /// Whether a contract names it.
    pub contract: bool,
    /// Whether the register of parcels says the state of its land.
    pub record: bool,
    /// Whether it is known what stands on it.
    pub buildings: bool,
    /// Whether the limit that it stayed below is shown to be kept.
    pub tested: bool,
}

/// Whether a state is on the list of land to be dealt with.
pub const fn is_on_list(state: State) -> bool {
    badness(state) >= 2
}

/// How far a state is from good; unknown is nowhere.
const fn badness(state: State) -> u8 {
    match state {
        State::Unknown | State::Built => 0,
        State::UnderConstruction => 1,
        State::Inefficient => 2,
        State::SuppliedNotStarted => 3,
        State::ApprovedNotSupplied => 4,
        State::SuspectedIdle => 5,
        State::Idle => 6,
    }
}

/// What changed on a parcel that is the same in both runs.
pub fn change(past: &Past<'_>, now: &Now) -> (Change, Option<Why>) {
    let unknown = |why| (Change::Unknown, Some(why));
    let (before, after) = match (past.state, now.state) {
        (Some(State::Unknown), Some(State::Unknown)) | (None, None) => {
            return (Change::Unchanged, None);
        }
        (Some(State::Unknown), _) => return unknown(Why::UnknownBefore),
        (_, Some(State::Unknown)) => return unknown(Why::UnknownNow),
        (None, Some(after)) if is_on_list(after) => {
            return (Change::New, Some(Why::NotSurveyedBefore));
        }
        (Some(before), None) if is_on_list(before) => return unknown(Why::NotSurveyedNow),
        (None, Some(_)) => return (Change::None, Some(Why::NotSurveyedBefore)),
        (Some(_), None) => return (Change::None, Some(Why::NotSurveyedNow)),
        (Some(before), Some(after)) => (before, after),
    };
    if before == after {
        return (Change::Unchanged, None);
    }
    let (was_on, is_on) = (is_on_list(before), is_on_list(after));
    if is_on && !was_on {
        return (Change::New, None);
    }
    if badness(after) > badness(before) {
        return (Change::Worse, None);
    }
    match wants(before, past.rule, *now) {
        Some(why) if was_on => unknown(why),
        _ if was_on && !is_on => (Change::Cured, None),
        _ => (Change::Better, None),
    }
}

/// The facts that are missing to say that a state is over.
fn wants(before: State, rule: &str, now: Now) -> Option<Why> {
    let (is_there, why) = match rule {
        _ if before == State::Inefficient => (now.tested, Why::NotTested),
        IDLE_RULE | "contract" => (now.contract, Why::NoContract),
        "record" => (now.record || now.contract, Why::NoRecord),
        "proxy:ground" => (now.buildings || now.contract, Why::NoBuildings),
        _ => (false, Why::NotTested),
    };
    (!is_there).then_some(why)
}

/// What became of a state that was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It was seen again.
    Seen,
    /// Nothing shows that it is over.
    Open,
    /// It is over; what took its place.
    Over(&'static str),
}

/// What became of the state of a parcel that is the same in both runs.
pub fn fate(past: &Past<'_>, now: &Now) -> Fate {
    let Some(after) = now.state else {
        return Fate::Open;
    };
    match (past.state, change(past, now).0) {
        (Some(before), _) if before == after => Fate::Seen,
        (Some(State::Unknown), _) => Fate::Over(after.name()),
        (_, Change::Unknown) => Fate::Open,
        _ => Fate::Over(after.name()),
    }
}
