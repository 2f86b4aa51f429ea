//! A scan → the survey of idle and inefficient land: the state of every parcel, its enterprises, and how it was found.

mod clues;
mod granted;
mod ground;
mod inefficient;
mod ladder;
mod open_land;
mod parcel;
mod state;
mod targets;
mod tenants;
mod totals;
mod units;

pub use clues::{Clue, ClueKind, clues};
pub use granted::{Grant, IDLE_RULE};
pub use ground::{OnGround, looks_at};
pub use inefficient::{INDUSTRY, LOW_TAX, Shortfall, Shortfalls};
pub use ladder::{Step, ladders};
pub use open_land::OpenLand;
pub use parcel::{Basis, Surveyed};
pub use state::{Reason, Stage, State};
pub use targets::{Target, targets};
pub use tenants::{LandFrom, Tenant, Tenants};
pub use totals::{Counted, GROUPINGS, Grouping, SurveyGroup, grouped};
pub use units::survey_units;

use rayon::prelude::*;

use crate::features::Known;
use crate::features::limits::{Judged, SubjectKind};
use crate::model::{Defect, LayerKind};
use crate::parcels::Joins;
use crate::quantity::Exact;

/// From where on the ground of a parcel is a clue. These are the program's own, no law's: an office sets them as it sees fit.
#[derive(Clone, Debug, PartialEq)]
pub struct SurveyOptions {
    /// A parcel of which buildings cover less than this share is nearly empty.
    pub vacant_share: Exact,
    /// Land nearer to a building than this belongs to it, metres.
    pub setback_m: f64,
    /// Open land beyond that is worth a look from this area on, m².
    pub open_m2: Exact,
    /// The limits below which a built parcel is inefficient; below others it is noted.
    pub criteria: Vec<Reason>,
}

/// The survey of a city.
#[derive(Debug)]
pub struct Survey {
    /// Every parcel that was surveyed, in the order of parcels: those that a contract names, industrial and warehouse land,
    /// and land recorded as empty or granted to nobody.
    pub parcels: Vec<Surveyed>,
    /// The enterprises.
    pub tenants: Tenants,
    /// What could not be joined, or contradicts itself.
    pub defects: Vec<Defect>,
    /// How the keys of the table of enterprises fared.
    pub joins: Joins,
    /// What it was told.
    pub options: SurveyOptions,
}

/// Surveys a city; `advance` is told of parcels as they are done.
pub fn survey(known: Known<'_>, options: SurveyOptions, advance: &(dyn Fn(u64) + Sync)) -> Survey {
    let mut tenants = tenants::tenants(known);
    let defects = std::mem::take(&mut tenants.defects);
    let joined = parcel::Registers {
        known,
        options: &options,
        tenants: &tenants,
    };
    let surveyed = known
        .measured
        .order
        .parcels
        .par_iter()
        .with_min_len(64)
        .filter_map(|at| {
            advance(1);
            let is_another = known.measured.repeats.identical.contains(at);
            joined.surveyed(*at).filter(|_| !is_another)
        });
    let mut joins = Joins::new();
    if known.measured.city.enterprises.is_some() {
        joins.insert(LayerKind::Enterprises, known.measured.occupants.keys);
    }
    Survey {
        parcels: surveyed.collect(),
        tenants,
        defects,
        joins,
        options,
    }
}

impl Survey {
    /// What the rules say of contracts and enterprises: idle land by the parcel it was judged for, enterprises by their place.
    pub fn judged(&self, known: Known<'_>) -> Judged {
        let (policy, as_of) = (&known.measured.options.policy, known.measured.options.as_of);
        let mut judged = Judged::default();
        for of in &self.parcels {
            let finding = of
                .grant
                .iter()
                .filter_map(|(_, grant)| grant.finding.as_ref());
            judged.add((SubjectKind::Grant, of.parcel), policy, as_of, finding);
        }
        for (at, tenant) in (0..).zip(&self.tenants.all) {
            let findings = tenant
                .judgement
                .iter()
                .flat_map(|judgement| &judgement.findings);
            judged.add((SubjectKind::Enterprise, at), policy, as_of, findings);
        }
        judged
    }

    /// The rows of `idle.*`: parcels that a contract names, or that are in another state than built.
    pub fn listed(&self) -> impl Iterator<Item = &Surveyed> {
        let is_listed = |of: &&Surveyed| of.stage.state != State::Built || !of.contracts.is_empty();
        self.parcels.iter().filter(is_listed)
    }
}
