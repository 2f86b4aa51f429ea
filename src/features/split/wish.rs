//! What lots are wished for, in the terms of a policy.

use std::collections::BTreeMap;

use crate::features::Known;
use crate::law::pack::{Bound, Pack, Relation};
use crate::quantity::{Area, Exact};

/// What lots a parcel is to be divided into.
#[derive(Clone, Debug, PartialEq)]
pub struct SplitWish {
    /// How many lots.
    pub lots: usize,
    /// The least area of a lot, in m², exactly: 10 亩 are no whole number of 0.01 m².
    pub least_m2: Exact,
    /// The areas that are asked for, in m², one for each lot; they are taken in proportion.
    pub areas_m2: Option<Vec<Exact>>,
    /// How near to a wall a lot line may run, in m.
    pub wall_m: f64,
    /// How much open boundary every lot must have in one stretch, in m.
    pub access_m: f64,
    /// How many bends a lot line may have.
    pub bends: usize,
    /// How many ways at most.
    pub ways: usize,
}

/// The least area of a lot that a policy asks for, in m²: the greatest bound that its rules of splits set on the smallest
/// lot; `None` where they set none.
pub fn least_lot_m2(known: Known<'_>) -> Option<Exact> {
    let options = &known.measured.options;
    let leaves = rules_of_splits(&options.policy, options.as_of)
        .flat_map(|rule| rule.test.iter().flat_map(|test| test.leaves()));
    let bounds = leaves.filter(|leaf| {
        leaf.measure.name == "smallest_lot_area" && leaf.relation == Relation::AtLeast
    });
    bounds
        .filter_map(|leaf| match &leaf.bound {
            Bound::Fixed(figure) => figure.number(),
            _ => None,
        })
        .max()
}

/// The rules in force by which a split is judged.
fn rules_of_splits(
    policy: &Pack,
    as_of: jiff::civil::Date,
) -> impl Iterator<Item = &crate::law::pack::Rule> {
    let of_splits = move |id: &str| {
        policy
            .rule(id, as_of)
            .filter(|rule| rule.kinds.iter().any(|kind| kind == "split"))
    };
    policy.rule_ids().into_iter().filter_map(of_splits)
}

impl SplitWish {
    /// What is wished for, by name, as `summary.json` has it.
    pub fn named(&self) -> BTreeMap<&'static str, String> {
        let m2 = |area: &Exact| {
            area.decimal(2)
                .map_or_else(|| area.to_string(), |area| area.to_string())
        };
        let mut named = BTreeMap::from([
            ("lots", self.lots.to_string()),
            ("least_lot_m2", m2(&self.least_m2)),
            ("wall_distance_m", self.wall_m.to_string()),
            ("access_m", self.access_m.to_string()),
            ("bends", self.bends.to_string()),
            ("ways", self.ways.to_string()),
        ]);
        if let Some(areas) = &self.areas_m2 {
            named.insert(
                "areas_m2",
                areas.iter().map(m2).collect::<Vec<_>>().join(";"),
            );
        }
        named
    }

    /// The least area of a lot of a parcel, in m²: a whole number of 0.01 m², and half of one more for what sharing out rounds
    /// off, where the parcel has room for that; else the bound itself.
    pub(super) fn least_lot_m2(&self, parcel: Area) -> f64 {
        let bound = self.least_m2.to_f64();
        let rounded = (bound * 100.0).ceil() / 100.0 + 0.006;
        #[expect(clippy::cast_precision_loss, reason = "there are a few lots")]
        let lots = self.lots as f64;
        if bound > 0.0 && lots * rounded <= parcel.m2() {
            rounded
        } else {
            bound
        }
    }

    /// The least area of a parcel that can be divided so, as reported: rounded down, as areas are compared to 0.01 m².
    pub(super) fn least_site(&self) -> Option<Area> {
        let lots = i64::try_from(self.lots).ok()?;
        let cents = self.least_m2.times(Exact::int(lots * 100))?;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a bound of a policy is far below 2^53 cents"
        )]
        let whole = cents.to_f64().floor() as i64;
        Some(Area::from_cents(whole))
    }
}
