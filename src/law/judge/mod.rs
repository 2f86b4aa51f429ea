//! Rule × case → finding: verdict, flags, evidence of every condition, other readings, what would change it.

mod alone;
mod amount;
mod asks;
mod assume;
mod case;
mod changes;
mod compare;
mod decidable;
mod evaluate;
mod finding;
mod gaps;
mod ground;
mod readings;
mod rule;
mod strict;
mod titles;
mod verdict;
mod working;

pub use alone::verdict_alone;
pub use asks::{Asks, asks_of};
pub use case::{
    Case, CaseError, Judgement, decisive, headline, judge, judge_proposal, rules_of_kind,
};
pub use changes::{floor_left, least_floor, most_land};
pub use decidable::can_be_decided;
pub use finding::{AmountFound, Change, Condition, Finding, OtherReading, Role};
pub use gaps::{Gap, TABLES_OF_KINDS, gaps};
pub use ground::{Ground, Join, Part};
pub use readings::readings_of;
pub use rule::{RuleForMany, judge_briefly, judge_rule};
pub use strict::beside_a_limit;
pub use verdict::Verdict;
pub use working::Step;
