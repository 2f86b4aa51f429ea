//! A city's TOML pack → what its policy says: articles, readings, rules as trees of conditions, amounts, tables.

mod amend;
mod amount;
mod assemble;
mod bound;
mod build;
mod build_amount;
mod contents;
mod counting;
mod error;
mod file;
mod load;
mod quote;
mod quoted_bound;
mod reading;
mod rule;
mod units;
mod vocabulary;

pub use amount::{After, Amount, ByClass, Path, Rates, StepFrom, of_class};
pub use assemble::KINDS;
pub use contents::{Article, Pack, Reading, Table};
pub use counting::{Counting, HighStorey};
pub use error::PackError;
pub use quoted_bound::{Quoted, quoted_bound};
pub use rule::{
    Bound, Edition, Flag, Leaf, MeasureName, Nature, Node, Period, Relation, Rule, Words,
};
pub use vocabulary::{Sort, Vocabulary};
