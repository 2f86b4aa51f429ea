//! Parcels that lie beside each other → what their merge (合并转让) would be, and the merges that could be done.
//!
//! | step | in → out |
//! |---|---|
//! | [`bonds`], [`facts`], [`land`] | parcels → their shared boundaries, the facts of their merge, the land they would be |
//! | [`candidates`], [`graph`] | a scan → who could be merged with whom |
//! | [`holders`], [`small`] | who could be merged → connected land of one holder, or the best small groups |
//! | [`figures`], [`score`] | a group → before and after, and how much it gains |
//! | [`propose`](mod@propose), [`proposal`] | a wish → proposals, each judged |

mod bonds;
mod candidates;
mod facts;
mod figures;
mod graph;
mod holders;
mod land;
mod proposal;
mod propose;
mod score;
mod small;
mod wish;

pub use bonds::{Bond, BondKind, bonds_among};
pub use facts::{merge_facts, parcel_record};
pub use figures::{PartFigures, Together};
pub use land::{MergedLand, merged_land};
pub use proposal::MergeProposal;
pub use propose::{MergeError, Merges, propose_merges};
pub use score::Score;
pub use wish::{Grouping, MergeWish};
