//! The parcels of a city and its policy → what each rule that speaks of parcels says of each.

mod deciding;
mod judging;

pub use judging::{Cell, FindingRow, Judged, SubjectKind, TextId, Texts, judge_parcels};
