//! What measuring a city and judging it was told beside the sources.

use jiff::civil::Date;

use super::Assignment;
use super::measures::AreaChoice;
use super::tasks::Tasks;
use super::wall_strip::WallStrip;
use crate::geometry::Reach;
use crate::law::facts::Facts;
use crate::law::judge::Case;
use crate::law::measures::Choices;
use crate::law::pack::Pack;

/// What a scan was told beside its inputs.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which area ratios are taken to.
    pub area: AreaChoice,
    /// What counts as touching, in metres.
    pub reach: Reach,
    /// To which parcel a building over a line counts.
    pub assignment: Assignment,
    /// The policy whose counting rules are used.
    pub policy: Pack,
    /// How the law is read, where not as the policy does.
    pub readings: Choices,
    /// The day as of which everything is judged.
    pub as_of: Date,
    /// What is to be found beside the measures.
    pub tasks: Tasks,
}

impl Options {
    /// The strip along the walls of buildings that is no building on the land beside; `metres` in one unit of the CRS.
    pub const fn walls(&self, metres: f64) -> WallStrip {
        WallStrip {
            width_m: self.reach.tolerance,
            metres,
        }
    }

    /// Facts as the rules are asked about them in this run.
    pub fn case<'a>(&'a self, facts: &'a Facts) -> Case<'a> {
        Case {
            facts,
            pack: &self.policy,
            choices: &self.readings,
            as_of: self.as_of,
        }
    }
}
