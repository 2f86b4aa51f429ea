//! Joins to each parcel all that a rule may look at: its areas, what stands on it, what lies beside it.

mod areas;
mod aside;
mod disagreements;
mod displaced;
mod footprint;
mod grants;
mod indexed;
mod joins;
mod lineage;
mod named;
mod neighbours;
mod occupants;
mod order;
mod origins;
mod part;
mod plan;
mod relation;
mod repeats;
mod scattered;
mod shares;
mod stacked;
mod storeys;
mod twice;

pub use areas::{Areas, areas};
pub use aside::{Aside, AsideBuilding};
pub use disagreements::join_defects;
pub use displaced::displaced;
pub use grants::{Grants, Terms, grants};
pub use indexed::Indexed;
pub use joins::{JoinCounts, Joins, building_keys, lineage_keys};
pub use lineage::{Basis, Lineage, Product, Recorded, lineage};
pub use named::{NamedParcels, Naming, named_parcels};
pub use neighbours::{Neighbours, Pair, neighbours};
pub use occupants::{JoinedBy, Occupant, Occupants, occupants};
pub use order::{Order, canonical_order, order_by_id, order_of, plan_order};
pub use origins::{Origins, Parent, SameId, Today, origins};
pub use plan::{PlanOfParcel, plan_of_parcels};
pub use relation::Relation;
pub use repeats::{Repeats, repeats};
pub use scattered::{
    Across, Bar, Link, Origin, Piece, PieceKind, Scattered, Search, Sides, ThresholdError,
    Thresholds, cut_regions, find_scattered, regions,
};
pub use shares::{Assigned, Assignment, Ground, Overlay, Share, Together, ground, overlay};
pub use stacked::Stacked;
pub use storeys::{StoreyJoin, join_storeys};
pub use twice::{Doubtful, Twice};
