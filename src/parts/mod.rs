//! A lake cut into parts that are measured alone, on any machine, and what they found joined again.
//!
//! | step | in → out |
//! |---|---|
//! | [`partition`] | lake → plan: which features each part owns, and the box that it must see |
//! | [`measure`] | lake, plan, number of a part → a folder: what was found of the features it owns, and what it leaves open |
//! | [`reopen`] | folders → a plan of what is open, with the boxes that this needs |
//! | [`gather`] | folders → what layers have in common over the whole city, every feature once |
//!
//! A part finds what hangs on a place: buildings on parcels, neighbours, plan blocks, the land left over. What hangs on
//! keys, groups and sums is found of the whole once it is gathered. No margin of a fixed width stands for completeness: a
//! part says of each feature whether it saw all that this feature touches, and leaves it open where it did not.

mod error;
mod gather;
mod measure;
mod open;
mod partition;
mod plan;
mod rows;
mod seen;
mod write;

pub use error::PartError;
pub use gather::{folders, gather, options_of};
pub use measure::{PartFound, measure};
pub use open::reopen;
pub use partition::partition;
pub use plan::{Part, read_plan, write_plan};
pub use write::{OPTIONS, PartFacts, write_part};
