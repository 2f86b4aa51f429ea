//! A site → named quantities, or why they are unknown.

mod area;
mod contradictions;
mod floor_area;
mod lost;
mod parcel;
mod site_facts;

pub use area::{AreaBasis, AreaChoice};
pub use contradictions::contradictions;
pub use floor_area::{FarBasis, FloorAreas, floor_areas};
pub use parcel::{OnSite, ParcelMeasures, measure_parcels};
pub use site_facts::{Joined, facts_of_parcel, is_given_by_a_city};
