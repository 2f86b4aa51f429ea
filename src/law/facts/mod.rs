//! Facts about one case: what a rule can ask for, by name, wherever it was had from.

mod accept;
mod kind;
mod record;
mod registry;
mod rights;
mod words;

pub use accept::{Given, HIGHEST_PLOT_RATIO, accept};
pub use kind::{Authority, Fact, FactKind};
pub use record::{Facts, Record, SharedEdge};
pub use registry::{LISTS, fact, facts};
