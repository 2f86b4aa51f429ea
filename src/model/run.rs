//! An earlier run of this program, as its folder of results tells it.

use std::collections::BTreeMap;

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use serde_json::Value;

use super::About;
use crate::geometry::{Crs, Shapes};
use crate::quantity::{Area, Decimal};

/// The results of a run.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was computed, and of what.
    pub facts: RunFacts,
    /// Its parcels by id; those that share one, or have none, by where they lie.
    pub parcels: Vec<RunParcel>,
    /// The shape of each parcel, empty where it has none that can be used; `None` where no map layer is there.
    pub shapes: Option<(Shapes, Crs)>,
    /// The parcels with an enterprise that is known not to pay little tax, by their names.
    pub taxed: FxHashSet<String>,
    /// The register of first-seen and last-seen days, where the run left one.
    pub register: Option<Vec<SpellRow>>,
    /// What a reader must know of how it was read.
    pub notes: Vec<String>,
}

/// What `summary.json` says of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct RunFacts {
    /// The folder as the user wrote it.
    pub folder: String,
    /// The version of the program that wrote it.
    pub version: String,
    /// The day as of which everything was judged.
    pub as_of: Date,
    /// The id of the policy.
    pub policy: String,
    /// Every choice that figures depend on, by its name: policy, readings, area basis, CRS, thresholds.
    pub choices: BTreeMap<String, String>,
    /// The sources by layer, with sizes and SHA-256, as they were written.
    pub sources: BTreeMap<String, Value>,
}

/// A parcel of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunParcel {
    /// Its id; empty when the input had none.
    pub id: CompactString,
    /// Its row in the input of that run, where its id does not tell it apart.
    pub row: Option<u32>,
    /// The area that ratios were taken to.
    pub area: Option<Area>,
    /// The area on the plane.
    pub plane: Option<Area>,
    /// 容积率, to six decimals.
    pub plot_ratio: Option<Decimal>,
    /// What the rules said of it.
    pub verdict: Option<CompactString>,
    /// The word for what its land is used for.
    pub land_use: Option<CompactString>,
    /// The word for the state of its land in the register of parcels.
    pub status: Option<CompactString>,
    /// The count of buildings on it, where that was known.
    pub buildings: Option<u32>,
    /// Its row in `idle.*`.
    pub listed: Option<Box<Listed>>,
    /// What lists say of it, in the order of [`About::ALL`]; `None` where its run said nothing.
    pub about: Option<Box<[Option<CompactString>; About::ALL.len()]>>,
}

impl RunParcel {
    /// Whether its id tells it apart from all others of its run.
    pub fn is_clear(&self) -> bool {
        self.row.is_none() && !self.id.is_empty()
    }

    /// What lists say of it.
    pub fn about(&self, about: About) -> Option<&str> {
        let at = About::ALL.iter().position(|one| *one == about)?;
        self.about.as_ref()?[at].as_deref()
    }
}

/// A row of `idle.*`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The word for the state.
    pub state: CompactString,
    /// The word for the reason.
    pub reason: Option<CompactString>,
    /// The rule, or what takes its place.
    pub rule: Option<CompactString>,
    /// Since which day, where one is known.
    pub since: Option<Date>,
    /// How many contracts name the parcel.
    pub contracts: u32,
    /// The limits that it stays below, as they are listed.
    pub shortfalls: Option<CompactString>,
}

/// A row of `register.csv`, its days read and its words not yet looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpellRow {
    /// Its row, 1 being the first below the header.
    pub row: u64,
    /// The parcel.
    pub parcel_id: CompactString,
    /// The word for the state.
    pub state: CompactString,
    /// The first day on which it was seen in that state.
    pub first_seen: Date,
    /// The last.
    pub last_seen: Date,
    /// In how many runs.
    pub runs: u32,
    /// The day since which it is in that state by its facts, where one is known.
    pub since: Option<Date>,
    /// The day of the first run that showed that the state is over.
    pub closed: Option<Date>,
    /// What it was then.
    pub closed_by: Option<CompactString>,
    /// What the state rested on.
    pub rule: Option<CompactString>,
    /// The parcels that this one came from.
    pub parents: Vec<CompactString>,
}
