//! Rule × case → finding: verdict, flags, evidence of every condition, other readings, what would change it.

mod amount;
mod case;
mod changes;
mod compare;
mod evaluate;
mod finding;
mod readings;
mod rule;
mod verdict;

pub use case::{Case, CaseError, Judgement, judge};
pub use changes::least_floor;
pub use finding::{AmountFound, Change, Condition, Finding, OtherReading};
pub use readings::readings_of;
pub use rule::{judge_briefly, judge_rule};
pub use verdict::Verdict;
