//! Survey layers (`DCDYTB`, `DCQTB`) → what is wrong with them, their areas in 亩, and such layers made of what is known.

mod attributes;
mod facts;
mod finding;
mod logic;
mod mu;
mod topology;

use crate::read::SurveyRead;

pub use facts::{UnitFacts, ZoneFacts, units_of, zones_of};
pub use finding::{SurveyFamily, SurveyFinding};
pub use mu::mu;

/// Checks the layers that there are, by three of the families that the survey's own quality control has: attributes,
/// topology, and what units and zones say of each other. Only what follows from the fields and shapes themselves is
/// checked, and under names of its own: the rules of the official checker and their numbers are not published.
pub fn check_survey(units: Option<&SurveyRead>, zones: Option<&SurveyRead>) -> Vec<SurveyFinding> {
    let mut findings = Vec::new();
    for read in [units, zones].into_iter().flatten() {
        let measured = topology::MeasuredUnit::of(read);
        attributes::check(&read.layer, &measured.areas, &mut findings);
        topology::check(read, &measured, &mut findings);
    }
    if let (Some(units), Some(zones)) = (units, zones) {
        logic::check(&units.layer, &zones.layer, &mut findings);
    }
    findings.sort();
    findings
}
