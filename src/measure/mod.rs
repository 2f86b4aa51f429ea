//! A site → named quantities, or why they are unknown.

pub mod case;
mod floor_area;
mod parcel;

pub use floor_area::{FarBasis, FloorAreas, floor_areas};
pub use parcel::{AreaBasis, AreaChoice, OnSite, ParcelMeasures, measure_parcels};
