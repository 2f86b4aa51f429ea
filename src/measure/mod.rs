//! A site → named quantities, or why they are unknown.

pub mod case;
mod floor_area;
mod parcel;
mod site_facts;

pub use floor_area::{FarBasis, FloorAreas, floor_areas};
pub use parcel::{AreaBasis, AreaChoice, OnSite, ParcelMeasures, measure_parcels};
pub use site_facts::{Joined, facts_of_parcel, is_given_by_a_city};
