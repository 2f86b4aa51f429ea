//! A measured city and what else is a fact of its parcels → their facts.

use super::lineage::{Lineage, Product};
use super::scattered::Pieces;
use super::{Joined, facts_of_parcel};
use crate::law::facts::Facts;
use crate::parcels::Measured;

/// All from which the facts of a parcel are made.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The city.
    pub measured: &'a Measured,
    /// Where its parcels come from, when that is known.
    pub lineage: Option<&'a Lineage>,
    /// The scattered land beside them, and what they were granted of it before.
    pub pieces: &'a Pieces,
}

impl Known<'_> {
    /// The facts of the parcel at a position of its layer, as a check file would state them.
    pub fn facts_of(&self, at: usize) -> Facts {
        let measured = self.measured;
        let position = u32::try_from(at).unwrap_or(u32::MAX);
        let joined = Joined {
            plan: measured.plan.as_ref().and_then(|plan| plan[at]),
            granted: self.pieces.granted.get(&position).copied(),
            product: self
                .lineage
                .map_or_else(Product::default, |lineage| lineage.products[at]),
            industry: measured.occupants.industry(position),
            terms: measured.terms(position),
        };
        facts_of_parcel(&measured.city, &measured.measures, joined, at)
    }
}
