//! Joins to each parcel all that a rule may look at: its areas, what stands on it, what lies beside it.

mod areas;
mod disagreements;
mod footprint;
mod indexed;
mod lineage;
mod named;
mod neighbours;
mod occupants;
mod order;
mod origins;
mod part;
mod plan;
mod relation;
mod scattered;
mod shares;

pub use areas::{Areas, areas};
pub use disagreements::join_defects;
pub use indexed::Indexed;
pub use lineage::{Basis, Lineage, Product, Recorded, lineage};
pub use named::{NamedParcels, Naming, named_parcels};
pub use neighbours::{Neighbours, Pair, neighbours};
pub use occupants::{JoinedBy, Occupant, Occupants, occupants};
pub use order::{Order, canonical_order, order_by_id, order_of, plan_order};
pub use origins::{Origins, Parent, SameId, Today, origins};
pub use plan::{PlanOfParcel, plan_of_parcels};
pub use relation::Relation;
pub use scattered::{
    Across, Bar, Link, Origin, Piece, PieceKind, Scattered, Search, Sides, ThresholdError,
    Thresholds, find_scattered,
};
pub use shares::{Assigned, Assignment, Ground, Share, ground};
