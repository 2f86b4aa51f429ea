//! The measures that a pack may name: known to whoever reads it, not to this module.

use super::MeasureName;
use crate::quantity::Unit;

/// What a measure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A number of this unit.
    Number(Unit),
    /// Yes or no.
    Truth,
    /// A word.
    Word,
    /// A day.
    Day,
    /// Numbers by year or by storey: only amounts can be taken of it.
    Series,
}

/// The measures that there are.
pub trait Vocabulary {
    /// The place and sort of a measure.
    fn measure(&self, name: &str) -> Option<(u16, Sort)>;

    /// Whether that is the name of a fact, and not of a measure that is computed.
    fn is_fact(&self, name: &str) -> bool;

    /// The lists of records that a case can have.
    fn lists(&self) -> &[&str];

    /// The name that looks most like one that is not known.
    fn like(&self, name: &str) -> Option<&str>;

    /// The tables that measures can look into, and the unit of their numbers.
    fn tables(&self) -> &[(&str, Unit)];

    /// The numbers that measures and the search for scattered land take from a pack, and their units; what ends in `_mu` is
    /// counted in 亩.
    fn parameters(&self) -> &[(&str, Unit)];

    /// The readings that measures depend on, with the choices they know.
    fn readings(&self) -> &[(&str, &[&str])];
}

impl dyn Vocabulary + '_ {
    /// The measure of that name.
    ///
    /// # Errors
    /// A few words that say it is unknown, and which one may be meant.
    pub(super) fn named(&self, name: &str) -> Result<(MeasureName, Sort), String> {
        if let Some((place, sort)) = self.measure(name) {
            let name = name.into();
            return Ok((MeasureName { name, place }, sort));
        }
        let like = self
            .like(name)
            .map_or(String::new(), |like| format!("; is `{like}` meant?"));
        Err(format!("no measure is called `{name}`{like}"))
    }
}
