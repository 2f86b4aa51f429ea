//! A site → named quantities, or why they are unknown.

mod area;
mod contradictions;
mod floor_area;
mod lost;
mod parcel;

pub use area::{AreaBasis, AreaChoice};
pub use contradictions::contradictions;
pub use floor_area::{FarBasis, FloorAreas, floor_areas};
pub use parcel::{OnSite, ParcelMeasures, measure_parcels};
